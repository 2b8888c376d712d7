"""What the doctor found, and what to do about it, in the words of the command line."""

from collections.abc import Iterator
from pathlib import Path

from supportplan.cli.answers import say
from supportplan.services.keeping import Examination, Remedy

_LEVELS = {"wrong": "To mend", "advice": "Advice", "sound": "In order"}

_WORDS = {
    Remedy.RESTORE: (
        "Go on with the newest backup: supportplan restore FILE --replace. The store as it is now is set aside, and "
        "nothing of it is deleted. Where you have worked since that backup, first save what can be read: supportplan "
        "doctor --salvage FOLDER"
    ),
    Remedy.KEYS_FROM_BACKUP: (
        "The plans are not touched. Bring the newest backup back into another folder (supportplan restore FILE --store "
        "FOLDER), and copy the file keyslots.json from that folder into {folder}"
    ),
    Remedy.OPEN: "Open the store: any command does, such as supportplan case list",
    Remedy.CLEAR_AWAY: "Do it again. That clears them away.",
    Remedy.BACK_UP: (
        "Automatic backups lie on the same disk as the store. Keep one elsewhere too, on a USB stick: supportplan "
        "backup FILE"
    ),
    Remedy.REMOVE_BACKUP: "Delete that file; the store and its other backups do not need it.",
    Remedy.REBUILD_LIST: "Build the list again from the plans: supportplan doctor --mend",
    Remedy.UNDO_LAST_EDIT: (
        "Install the newest supportplan. If it cannot read them either, take the last edit back: supportplan case undo ID"
    ),
    Remedy.UPDATE: "Install the newest supportplan. Nothing was changed.",
    Remedy.ANOTHER_FOLDER: "Name the folder of your store with --store.",
    Remedy.MOVE: "Move the store to a folder of this computer alone, and name that with --store.",
    Remedy.SHUT_FOLDER: "Shut it to them: chmod 700 '{folder}'",
    Remedy.SHUT_FILES: "Shut them: chmod 600 '{folder}'/*.*",
    Remedy.FREE_SPACE: "Delete what you no longer need from this disk, or move it to another one.",
    Remedy.SET_CLOCK: "Look at the date that this computer shows, and set it right.",
}


def say_examination(found: Examination, folder: Path) -> None:
    """Say what was found of the store in a folder."""
    for level, what, remedy in found.findings:
        say(f"{_LEVELS[level]:<8}  {what}")
        if remedy:
            say(f"          What to do: {_words(remedy, folder)}")
    say("The store is well." if found.well else "The store needs attention.")


def examination_as_json(found: Examination, folder: Path) -> dict[str, object]:
    """Return what was found as a document; `remedy` is a name that stays, `mend` the same in words."""
    return {"well": found.well, "findings": list(_findings(found, folder))}


def _findings(found: Examination, folder: Path) -> Iterator[dict[str, str]]:
    for level, what, remedy in found.findings:
        mend = {"remedy": remedy.value, "mend": _words(remedy, folder)} if remedy else {}
        yield {"level": level, "what": what, **mend}


def _words(remedy: Remedy, folder: Path) -> str:
    return _WORDS[remedy].format(folder=folder)
