"""Asking for the passphrase: from a file that SUPPORTPLAN_PASSPHRASE_FILE names, the system's keyring, or the prompt.

Never from an argument: those are seen by everybody on the computer, and kept in the shell's history.
"""

import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from supportplan.cli.answers import tell
from supportplan.cli.asking import demand_somebody
from supportplan.domain.problems import BadInput, NotAllowed, WrongPassphrase
from supportplan.services.remembered import is_remembered, remembered
from supportplan.services.secret_files import first_line

if TYPE_CHECKING:
    from supportplan.services.opening import Store

ENVIRONMENT = "SUPPORTPLAN_PASSPHRASE_FILE"
KEYS_ENVIRONMENT = "SUPPORTPLAN_KEYS_PASSPHRASE_FILE"

Ask = Callable[[], str]
_Opened = TypeVar("_Opened")


class AtHand(NamedTuple):
    """A passphrase that need not be asked for; `chosen` where somebody has named its file for this very run."""

    secret: str
    chosen: bool


def opened_with_passphrase(folder: Path, opening: Callable[[Ask], _Opened]) -> _Opened:
    """Do what needs a store's passphrase. Where the remembered one opens it no longer, ask at the prompt."""
    given_by_keyring = False

    def ask() -> str:
        nonlocal given_by_keyring
        kept = None if os.environ.get(ENVIRONMENT) else _remembered(folder)
        given_by_keyring = kept is not None
        return passphrase() if kept is None else kept

    try:
        return opening(ask)
    except WrongPassphrase:
        if not given_by_keyring:
            raise
        tell_outdated()
    return opening(passphrase)


def tell_outdated() -> None:
    """Say that the keyring holds an old passphrase, and how to have the right one remembered."""
    tell(
        "The passphrase remembered by this computer no longer opens the store. "
        "To have the right one remembered: supportplan passphrase --remember"
    )


def may_be_at_hand(folder: Path) -> bool:
    """Say whether a file or the keyring may have the passphrase of a store. This takes no time, as asking them may."""
    return bool(os.environ.get(ENVIRONMENT)) or is_remembered(folder)


def passphrase_at_hand(folder: Path) -> AtHand | None:
    """Return the passphrase of a store where a file or the keyring has it; None where it has to be asked for."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return AtHand(first_line(Path(named)), chosen=True)
    kept = _remembered(folder)
    return None if kept is None else AtHand(kept, chosen=False)


def passphrase() -> str:
    """Return the passphrase or recovery code, asking no keyring: that of a backup may be older than the store's."""
    named = os.environ.get(ENVIRONMENT)
    return first_line(Path(named)) if named else _typed("Passphrase: ")


def words_told(file: Path | None) -> str:
    """Return the words that open a hand-over file: from a file, or typed."""
    return first_line(file) if file is not None else _typed("The words that open it: ", _WORDS)


def new_words(file: Path | None) -> str:
    """Return words of one's own that are to open a hand-over file: from a file, or typed twice."""
    if file is not None:
        return first_line(file)
    first = _typed("Words that are to open it: ", _WORDS)
    if first != _typed("The same again: ", _WORDS):
        raise BadInput("They differ.", mend="Type the same words twice.")
    return first


def key_passphrase(folder: Path) -> str:
    """Return the passphrase of the keys in a folder: from a file that is named for it, the keyring, or the prompt."""
    named = os.environ.get(KEYS_ENVIRONMENT)
    kept = None if named else _remembered(folder)
    if kept is not None:
        return kept
    return first_line(Path(named)) if named else _typed("Passphrase of the keys: ", _KEYS)


def opened_keys(store: "Store") -> None:
    """Open the keys that seal plans, where they have a passphrase of their own: ask for it."""
    from supportplan.services import key_files

    if key_files.has_to_be_asked(store):
        key_files.open_keys(store, key_passphrase(key_files.keys_folder(store.folder)))


def new_passphrase(file: Path | None) -> str:
    """Return a new passphrase: from a file, or typed twice."""
    if file is not None:
        return first_line(file)
    first = _typed("New passphrase: ")
    if first != _typed("The same again: "):
        raise BadInput("The two passphrases differ.", mend="Type the same one twice.")
    return first


def _remembered(folder: Path) -> str | None:
    try:
        return remembered(folder)
    except NotAllowed as problem:
        tell(f"The passphrase remembered by this computer cannot be had. {problem.what}")
        return None


class _Needed(NamedTuple):
    """What is needed where somebody has to type it, how else it is given, and what to say where nothing is typed."""

    what: str
    mend: str
    nothing: str


_PASSPHRASE = _Needed(
    "The store's passphrase is needed, and there is nobody to ask.",
    f"Run the command in a terminal, or let {ENVIRONMENT} name a file that holds the passphrase.",
    "No passphrase was typed.",
)
_WORDS = _Needed(
    "The words that open the hand-over file are needed, and there is nobody to ask.",
    "Run the command in a terminal, or let --words-file name a file that holds them.",
    "No words were typed.",
)
_KEYS = _Needed(
    "The passphrase of the keys is needed, and there is nobody to ask.",
    f"Run the command in a terminal, or let {KEYS_ENVIRONMENT} name a file that holds the passphrase.",
    "No passphrase was typed.",
)


def _typed(asked: str, needed: _Needed = _PASSPHRASE) -> str:
    demand_somebody(needed.what, mend=needed.mend)
    try:
        return getpass.getpass(asked)
    except EOFError:
        raise BadInput(needed.nothing, mend="Try again.") from None
