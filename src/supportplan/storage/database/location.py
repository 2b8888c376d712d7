"""Where the store lies, the names of its files, and that nobody else may read them."""

import os
from pathlib import Path

from platformdirs import user_data_path

from supportplan.disk import flush_folder
from supportplan.domain.problems import BadInput, DiskRefused

ENVIRONMENT = "SUPPORTPLAN_STORE"
DATABASE = "store.db"
KEYSLOTS = "keyslots.json"
BACKUPS = "backups"
# A store that was brought back from a backup and is whole, on its way to its place.
RESTORED = "restored"

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600

# Parts of a path that the usual programs for copying files to other computers leave in it.
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "pcloud": "pCloud",
    "syncthing": "Syncthing",
}


def written_path(written: str) -> Path:
    """Return the path that somebody wrote, with `~` for a home folder. Raises BadInput where nobody here has that home."""
    try:
        return Path(written).expanduser()
    except RuntimeError:
        raise BadInput(
            "There is nobody of that name on this computer.",
            where=written,
            mend="Begin with ~/ for your own folder, or write the whole path.",
        ) from None


def default_folder() -> Path:
    """Return the folder of this user's store: what SUPPORTPLAN_STORE says, or the place the system has for it.

    Raises BadInput for the home of nobody.
    """
    named = os.environ.get(ENVIRONMENT)
    return written_path(named) if named else user_data_path("supportplan", appauthor=False) / "store"


def is_store(folder: Path) -> bool:
    """Say whether there is a store in a folder, or what is left of one."""
    return any((folder / name).exists() for name in (KEYSLOTS, DATABASE, RESTORED))


def make_private_folder(folder: Path) -> None:
    """Make a folder that only this user may enter, whatever the umask.

    A folder that already holds something is left as it is: it may serve other things too. Raises DiskRefused where a
    file stands in its place.
    """
    if folder.is_file():
        raise DiskRefused(
            "A file stands where a folder should be.", where=str(folder), mend="Move it away, then try again."
        )
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=PRIVATE_FOLDER)
        flush_folder(part.parent)
    if not any(folder.iterdir()):
        folder.chmod(PRIVATE_FOLDER)


def make_private_file(path: Path) -> None:
    """Make an empty file that only this user may read. SQLite gives its side files the same mode."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def synced_by(folder: Path) -> str:
    """Return the name of the service that copies a folder to other computers, as far as its path tells; empty if none does."""
    for part in folder.absolute().parts:
        for sign, service in _SYNCED.items():
            if part.lower().startswith(sign):
                return service
    return ""


def open_to_others(folder: Path) -> bool:
    """Say whether other users of this computer may look into a folder."""
    return os.name != "nt" and folder.exists() and bool(folder.stat().st_mode & 0o077)
