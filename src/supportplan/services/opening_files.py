"""Opening a file with what the computer has for it, and where a person keeps their documents."""

import getpass
import os
import shlex
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


def can_open() -> bool:
    """Say whether a file that is opened here would be seen: there is a desktop, and whoever sits here sits at it."""
    if os.environ.get("SSH_CONNECTION"):
        return False
    return sys.platform in ("win32", "darwin") or (_has_desktop() and _opener() is not None)


def open_file(path: Path) -> None:
    """Open a file in the program that the computer has for it. Raises NotAllowed where none can be seen, with what else to do."""
    if not can_open():
        raise NotAllowed("It cannot be opened from here.", where=str(path), mend=how_to_fetch(path))
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a file that this program has just written
        return
    subprocess.Popen(  # noqa: S603 - a file that this program has just written
        [_opener() or "", str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def how_to_fetch(path: Path) -> str:
    """Say how to come to a file that was saved where nothing can be opened."""
    command = fetching_command(path)
    if not command:
        return "It is saved. This computer has no desktop, or no program for it: open it on one that has."
    return f"It is saved. To fetch it, on the computer before you: {command}"


def fetching_command(path: Path) -> str:
    """Return the command that fetches a file to the computer that somebody sits at; empty where that is this one."""
    connection = os.environ.get("SSH_CONNECTION", "").split()
    if len(connection) < 4:
        return ""
    host = f"[{connection[2]}]" if ":" in connection[2] else connection[2]
    port = "" if connection[3] == "22" else f" -P {connection[3]}"
    return f"scp{port} {shlex.quote(f'{getpass.getuser()}@{host}:{path}')} ."


def _opener() -> str | None:
    return shutil.which("open" if sys.platform == "darwin" else "xdg-open")


def _has_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
