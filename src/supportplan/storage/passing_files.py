"""Files that only pass through: a plan that another program is to show or print, without having been saved by anybody.

They are in clear, so they lie in the store's own folder, for its owner only, and go when the store is closed. What a
killed program leaves goes when the store is opened next.
"""

import shutil
from pathlib import Path

from supportplan.disk import write_whole
from supportplan.storage.database.connection import translate_errors
from supportplan.storage.database.location import make_private_folder

_FOLDER = "passing"


class PassingFiles:
    """The files of one store that pass through."""

    def __init__(self, store_folder: Path) -> None:
        self._folder = store_folder / _FOLDER

    def put(self, name: str, content: bytes) -> Path:
        """Write a file and return where it lies; one of the same name gives way. Raises DiskRefused."""
        path = self._folder / name
        with translate_errors(path):
            make_private_folder(self._folder)
            write_whole(path, lambda file: file.write(content))
        return path

    def clear(self) -> None:
        """Remove them all. What another program does not let go of is left for the next time."""
        shutil.rmtree(self._folder, ignore_errors=True)
