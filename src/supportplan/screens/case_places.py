"""The places of a case: their names, the letter that leads there, and how each is opened. Every one is opened lazily."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from supportplan.screens.case_place import CasePlace
from supportplan.services.desk import Desk


class CasePlaceName(NamedTuple):
    """A place of a case: its key, the letter that leads there, its words, and where its screen is found."""

    key: str
    letter: str
    words: str
    module: str
    screen: str


CASE_PLACES = (
    CasePlaceName("talk", "T", "Talk: about the person", "talk", "Talk"),
    CasePlaceName("heart", "O", "Outcomes and supports", "heart", "Heart"),
    CasePlaceName("budget", "B", "Budget and funding", "budget", "Budget"),
    CasePlaceName("money", "M", "How the money works", "money_rules", "MoneyRules"),
    CasePlaceName("basics", "N", "Name, days and review", "basics", "Basics"),
    CasePlaceName("risks", "R", "Risks and emergencies", "risks", "Risks"),
    CasePlaceName("parked", "K", "Parked notes", "parked", "Parked"),
    CasePlaceName("checks", "C", "Ready to agree?", "checks", "Checks"),
    CasePlaceName("signing", "S", "Signing", "signing", "Signatures"),
    CasePlaceName("preview", "P", "Preview and print", "preview", "Preview"),
    CasePlaceName("versions", "V", "Versions, and what changed", "versions", "Versions"),
)


def open_place(key: str, desk: Desk) -> CasePlace[Any]:
    """Make the screen of a place."""
    found = next(place for place in CASE_PLACES if place.key == key)
    screen: Callable[[Desk], CasePlace[Any]] = getattr(
        import_module(f"supportplan.screens.{found.module}"), found.screen
    )
    return screen(desk)
