"""Opening and printing a file with what the computer has for it, and where a person keeps their documents."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from platformdirs import user_documents_path

from supportplan.domain.problems import NotAllowed


def documents_folder() -> Path:
    """Return the folder where this person keeps documents, or their home where there is none."""
    found = user_documents_path()
    return found if found.is_dir() else Path.home()


def open_file(path: Path) -> None:
    """Open a file in the program that the computer has for it. Raises NotAllowed where it has none."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a file that this program has just written
        return
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        raise NotAllowed(
            "This computer has no program to open it with.",
            where=str(path),
            mend="Open the file yourself: it is saved.",
        )
    _start(opener, path)


def print_file(path: Path) -> None:
    """Print a file on the usual printer. Raises NotAllowed where there is none."""
    if sys.platform == "win32":
        os.startfile(path, "print")  # noqa: S606 - a file that this program has just written
        return
    printer = shutil.which("lp")
    if printer is None:
        raise NotAllowed(
            "No printer is set up on this computer.", mend="Open the file, and print it from there."
        )
    done = subprocess.run([printer, str(path)], capture_output=True, check=False)  # noqa: S603 - a file of our own
    if done.returncode:
        raise NotAllowed(
            "The printer did not take it.",
            mend="Check that it is on, or open the file and print it from there.",
        )


def _start(opener: str, path: Path) -> None:
    subprocess.Popen(  # noqa: S603 - a file that this program has just written
        [opener, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
