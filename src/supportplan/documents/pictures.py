"""The pictures of easy read: those that come with the program, and a team's own from a folder.

A picture is named by its topic: `money.png` or `money.jpg`. A text file beside it, `money.txt`, says in words what it
shows; without one it only adorns the words beside it, and readers of screens pass over it.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from supportplan.documents.bundled import bundled, bundled_names
from supportplan.documents.model import Picture
from supportplan.documents.plan.topics import BROADER
from supportplan.documents.reading import read_file
from supportplan.domain.problems import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image as Dots

_ENDINGS = (".png", ".jpg", ".jpeg")
_MOST_BYTES = 20 * 1024**2
_MOST_WORDS = 4 * 1024
_MOST_PIXELS = 50_000_000
# 50 mm at 300 dots an inch: more is not seen on paper and makes the file large.
_SIDE = 590


@cache
def bundled_pictures() -> Mapping[str, Picture]:
    """Return the pictures that come with the program."""
    return {name: Picture(bundled(f"easy_read/{name}.png")) for name in bundled_names("easy_read", ".png")}


def own_pictures(folder: Path) -> Mapping[str, Picture]:
    """Read a team's own pictures from a folder, each made small and rid of what a camera notes beside it.

    A folder that is not there holds none. Raises BadInput for a file that is no picture or too large to be one.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)
    except OSError:
        return {}
    return {path.stem: Picture(_small(path), _words(path)) for path in files}


def topics() -> tuple[str, ...]:
    """Return the topics that a picture can be for, in order; those of outcomes go by their domain's key."""
    return tuple(BROADER)


def _words(path: Path) -> str:
    beside = path.with_suffix(".txt")
    if not beside.is_file():
        return ""
    return " ".join(read_file(beside, most=_MOST_WORDS).decode("utf-8", "replace").split())


def _small(path: Path) -> bytes:
    """Return a picture as it is put into a file: upright, no larger than it is printed, and only its dots."""
    from PIL import Image, ImageOps

    raw = read_file(path, most=_MOST_BYTES)
    try:
        with Image.open(BytesIO(raw), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise _unfit(path)
            kind = opened.format
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((_SIDE, _SIDE))
            picture = _on_white(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _unfit(path) from None
    made = BytesIO()
    if kind == "PNG":
        picture.save(made, "PNG", optimize=True)
    else:
        picture.save(made, "JPEG", quality=85)
    return made.getvalue()


def _on_white(picture: "Dots") -> "Dots":
    """Lay a picture on white: paper shows nothing through it, and a file that is kept for years may not either."""
    from PIL import Image

    seen_through = picture.convert("RGBA")
    ground = Image.new("RGBA", seen_through.size, "white")
    return Image.alpha_composite(ground, seen_through).convert("RGB")


def _unfit(path: Path) -> BadInput:
    return BadInput(
        "is not a picture that can be printed",
        where=path.name,
        mend="Save it again as PNG or JPEG, or take it out of the folder of pictures.",
    )
