"""Asking for the passphrase: from a file that SUPPORTPLAN_PASSPHRASE_FILE names, the system's keyring, or the prompt.

Never from an argument: those are seen by everybody on the computer, and kept in the shell's history.
"""

import getpass
import os
import sys
from pathlib import Path

from supportplan.documents.reading import read_file
from supportplan.domain.problems import BadInput
from supportplan.services.remembered import remembered

ENVIRONMENT = "SUPPORTPLAN_PASSPHRASE_FILE"
_MOST = 8 * 1024


def passphrase(folder: Path, *, ask_keyring: bool = True) -> str:
    """Return the passphrase or recovery code of a store; a backup may be older than what the keyring remembers."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return first_line(Path(named))
    return (remembered(folder) if ask_keyring else None) or _typed("Passphrase: ")


def new_passphrase(file: Path | None) -> str:
    """Return a new passphrase: from a file, or typed twice."""
    if file is not None:
        return first_line(file)
    first = _typed("New passphrase: ")
    if first != _typed("The same again: "):
        raise BadInput("The two passphrases differ.", mend="Type the same one twice.")
    return first


def first_line(file: Path) -> str:
    """Return the first line of a file that holds a passphrase."""
    lines = file_text(file).splitlines()
    if not lines or not lines[0]:
        raise BadInput(
            "holds no passphrase", where=str(file), mend="Write the passphrase into its first line."
        )
    return lines[0]


def file_text(file: Path) -> str:
    """Return a small text file whole."""
    try:
        return read_file(file, most=_MOST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("is not text", where=str(file), mend="Check that it is the right file.") from None


def _typed(words: str) -> str:
    if not sys.stdin.isatty():
        raise BadInput(
            "The store's passphrase is needed, and there is nobody to ask.",
            mend=f"Run the command in a terminal, or let {ENVIRONMENT} name a file that holds the passphrase.",
        )
    try:
        return getpass.getpass(words)
    except EOFError:
        raise BadInput("No passphrase was typed.", mend="Try again.") from None
