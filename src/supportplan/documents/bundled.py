"""The files that come with the program: profiles, frameworks, the sample case, a schedule, words, fonts, pictures."""

from contextlib import AbstractContextManager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

SAMPLE_PLAN = "sample/plan.json"
HAND_OVER_WORDS = "hand_over/words.txt"
SAMPLE_SCHEDULE = "schedules/coventry-direct-payment-rates-2024-04-01.csv"


def bundled(path: str) -> bytes:
    """Return the bytes of a file in the program's data folder, such as `profiles/coventry.json`."""
    return _data().joinpath(path).read_bytes()


def bundled_path(path: str) -> AbstractContextManager[Path]:
    """Lend a file in the program's data folder as one that has a path, to be read as somebody's own would be."""
    return resources.as_file(_data().joinpath(path))


def bundled_names(folder: str, ending: str = ".json") -> tuple[str, ...]:
    """Return the names of the files with an ending in a data folder, without it, in order: JSON documents, if not said."""
    return tuple(
        sorted(
            path.name.removesuffix(ending)
            for path in _data().joinpath(folder).iterdir()
            if path.name.endswith(ending)
        )
    )


def _data() -> Traversable:
    return resources.files("supportplan").joinpath("data")
