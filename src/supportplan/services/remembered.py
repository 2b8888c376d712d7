"""The passphrase in the system's keyring: off until the facilitator turns it on for a store.

Any program of the same user can read a keyring, so this trades safety for comfort, and needs the extra
`supportplan[keyring]`. A file beside the store says that it is on; without it no keyring is asked.
"""

from pathlib import Path
from types import ModuleType

from supportplan.domain.problems import NotAllowed, Problem

_SERVICE = "supportplan"
_MARK = "passphrase-in-keyring"
# In its place while the keyring could not be opened to take the passphrase out.
_TO_FORGET = "passphrase-to-forget"


def is_remembered(folder: Path) -> bool:
    """Say whether the keyring is to be asked for the passphrase of a store."""
    return (folder / _MARK).exists()


def remembered(folder: Path) -> str | None:
    """Return the passphrase that the keyring holds for a store, if that is turned on and it holds one.

    Raises NotAllowed where the keyring cannot be opened.
    """
    if not is_remembered(folder):
        return None
    keyring = _keyring()
    try:
        found: str | None = keyring.get_password(_SERVICE, _name(folder))
    except keyring.errors.KeyringError:
        raise _no_keyring() from None
    return found


def remember(folder: Path, passphrase: str) -> None:
    """Put a store's passphrase into the keyring; raise NotAllowed where there is none."""
    keyring = _keyring()
    mark = folder / _MARK
    mark.touch(mode=0o600)
    try:
        keyring.set_password(_SERVICE, _name(folder), passphrase)
    except keyring.errors.KeyringError:
        mark.unlink(missing_ok=True)
        raise _no_keyring() from None


def forget(folder: Path) -> bool:
    """Ask the keyring for a store's passphrase no more, and take it out.

    Returns False where the keyring could not be opened, so that the passphrase may still be in it; that is remembered,
    and tried again by whoever asks next.
    """
    mark, left = folder / _MARK, folder / _TO_FORGET
    if mark.exists():
        mark.replace(left)
    if not left.exists():
        return True
    try:
        keyring = _keyring()
        keyring.delete_password(_SERVICE, _name(folder))
    except NotAllowed:
        return False
    except keyring.errors.PasswordDeleteError:
        pass  # It was taken out by other means, which is what was wanted.
    except keyring.errors.KeyringError:
        return False
    left.unlink()
    return True


def _name(folder: Path) -> str:
    return str(folder.resolve())


def _keyring() -> ModuleType:
    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise NotAllowed(
            "Remembering the passphrase needs an extra part of supportplan.",
            mend="Install supportplan[keyring], or go on without it.",
        ) from None
    return keyring


def _no_keyring() -> Problem:
    return NotAllowed(
        "This computer has no keyring that is open.",
        mend="Unlock the system's keyring, or type the passphrase each time.",
    )
