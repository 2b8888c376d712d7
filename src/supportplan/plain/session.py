"""A visit from the first line to the last: set up or unlock, the cases, and leaving with everything saved."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from supportplan.domain.problems import Problem, WrongPassphrase
from supportplan.plain.asker import Asker, Leave
from supportplan.services.opening import is_store, make_store, unlock

if TYPE_CHECKING:
    from supportplan.services.opening import Store

_CODE = (
    "This is your recovery code. It opens your plans if you forget the passphrase, and it is said only now. "
    "Write it down on paper, and keep it apart from this computer."
)


def visit(asker: Asker, folder: Path, *, case: str | None = None, secret: str | None = None) -> None:
    """Work in the store of a folder until whoever answers leaves; `secret` opens it where the passphrase is not asked for.

    Raises WrongPassphrase for a secret that was handed in, and Problem where the store cannot be opened at all.
    """
    try:
        store = _enter(asker, folder, secret)
    except (Leave, KeyboardInterrupt):
        asker.say("Goodbye.")
        return
    with store:
        try:
            from supportplan.plain.home import at_home

            at_home(asker, store, case=case)
        except (Leave, KeyboardInterrupt) as leaving:
            asker.say(str(leaving) or str(Leave()))
            _back_up(asker, store)
            asker.say("Goodbye.")


def practice_visit(asker: Asker) -> None:
    """Work in the practice plan until whoever answers leaves."""
    from supportplan.plain.home import practise

    with suppress(Leave, KeyboardInterrupt):
        practise(asker)
    asker.say("The practice plan is gone. Goodbye.")


def _enter(asker: Asker, folder: Path, secret: str | None) -> Store:
    """Return the open store: the one there is, or a new one. Raises Leave."""
    asker.say(
        "supportplan, in plain lines. A question mark helps at every question; Ctrl+D leaves, and all is saved."
    )
    if not is_store(folder):
        return _set_up(asker, folder, secret)
    given = secret if secret is not None else _remembered(asker, folder)
    while True:
        try:
            typed = given if given is not None else asker.secret("Passphrase? ")
            asker.say("Unlocking takes about a second.")
            return unlock(folder, lambda typed=typed: typed)  # type: ignore[misc]
        except WrongPassphrase:
            if secret is not None:
                raise
            given = None
            asker.say("That is not the passphrase, nor the recovery code. Try again.")


def _set_up(asker: Asker, folder: Path, secret: str | None) -> Store:
    asker.say("Welcome. Everything you write stays on this computer, encrypted.")
    while not (name := asker.name("Your name, as it stands on the plans that you write? ")):
        asker.say("Type your name first.")
    role = asker.line("Your role, such as facilitator? Enter leaves it out. ")
    asker.say("Your passphrase opens the plans: three words or more that do not belong together.")
    while True:
        opens = secret if secret is not None else _new_passphrase(asker)
        try:
            code = make_store(folder, opens, name=name, role=role)
            break
        except Problem as problem:
            if secret is not None:
                raise
            asker.say_problem(problem)
    asker.say(_CODE, code)
    return unlock(folder, lambda: opens)


def _new_passphrase(asker: Asker) -> str:
    while True:
        first = asker.secret("Passphrase? ")
        if asker.secret("The same again? ") == first:
            return first
        asker.say("The two passphrases differ. Type both again.")


def _remembered(asker: Asker, folder: Path) -> str | None:
    from supportplan.services.remembered import remembered

    try:
        return remembered(folder)
    except Problem as problem:
        asker.say_problem(problem)
        return None


def _back_up(asker: Asker, store: Store) -> None:
    """Make today's backup, if there is none yet. That it cannot be made undoes nothing."""
    try:
        store.back_up_daily()
    except (Problem, OSError):
        asker.say("Caution: today's backup could not be made.")
