"""The places of a case: their names, the letter that leads there, and how each is opened. Every one is opened lazily."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from supportplan.domain.cases.left_off import LeftOff
from supportplan.screens.case_place import CasePlace
from supportplan.services.desk import Desk


class CasePlaceName(NamedTuple):
    """A place of a case: its key, the letter that leads there, its words, and where its screen is found.

    `also` are other words that people look for it by.
    """

    key: str
    letter: str
    words: str
    module: str
    screen: str
    also: str = ""


CASE_PLACES = (
    CasePlaceName(
        "talk",
        "T",
        "Talk: about the person",
        "talk",
        "Talk",
        "conversation, good week, people, communication",
    ),
    CasePlaceName("heart", "O", "Outcomes and supports", "heart", "Heart"),
    CasePlaceName("budget", "B", "Budget and funding", "budget", "Budget", "charts, costs, payments"),
    CasePlaceName(
        "money",
        "M",
        "How the money works",
        "money_rules",
        "MoneyRules",
        "contingency, payments, contribution, indicative budget",
    ),
    CasePlaceName(
        "basics",
        "N",
        "Name, days and review",
        "basics",
        "Basics",
        "dates, birthday, reference, weeks, scheme, person",
    ),
    CasePlaceName("risks", "E", "Risks and emergencies", "risks", "Risks", "safety, telephone, danger"),
    CasePlaceName("parked", "K", "Parked notes", "parked", "Parked", "memo, to file"),
    CasePlaceName("checks", "R", "Ready to agree?", "checks", "Checks", "missing, sign-off, finished"),
    CasePlaceName(
        "views",
        "W",
        "Two views: young person, parent",
        "views",
        "TwoViews",
        "disagree, disagreement, opinion",
    ),
    CasePlaceName(
        "deciding",
        "D",
        "The decision",
        "deciding",
        "Deciding",
        "send, submit, panel, approver, agreed, refused",
    ),
    CasePlaceName("signing", "S", "Signing", "signing", "Signatures", "signatures, agree"),
    CasePlaceName(
        "print",
        "P",
        "Print, open or save",
        "print_and_open",
        "PrintAndOpen",
        "PDF, paper, printer, preview, copy, give out, issue",
    ),
    CasePlaceName("preview", "L", "All of it in words", "preview", "Preview", "preview, text, read"),
    CasePlaceName(
        "copies", "G", "Copies given out", "copies_given", "CopiesGiven", "issued, log, again, to whom"
    ),
    CasePlaceName("versions", "V", "Versions, and what changed", "versions", "Versions", "history, compare"),
    CasePlaceName(
        "timeline",
        "A",
        "All that happened so far",
        "timeline",
        "Timeline",
        "timeline, history, log, who, when",
    ),
    CasePlaceName(
        "closing",
        "F",
        "Finish or review the plan",
        "closing",
        "Closing",
        "close, closed, end, ended, amend, supersede",
    ),
    CasePlaceName(
        "hand_over",
        "H",
        "Hand over to another computer",
        "hand_over",
        "HandOver",
        "export, bundle, send, transfer, stick",
    ),
    CasePlaceName(
        "together",
        "J",
        "Join plans made apart",
        "bring_together",
        "BringTogether",
        "merge, conflict, differ, choose",
    ),
)
# What is opened from outcomes and supports, for one of them.
_INSIDE = (
    CasePlaceName("outcome", "", "Words of an outcome", "outcome", "OutcomeWords"),
    CasePlaceName("support", "", "Support", "support", "SupportEditor"),
)


def name_of(screen: CasePlace[Any]) -> CasePlaceName | None:
    """Return the name of the place that a screen is, or None for one that a case is not left at."""
    kind = type(screen)
    names = (*CASE_PLACES, *_INSIDE)
    return next(
        (one for one in names if (one.screen, one.module) == (kind.__name__, kind.__module__.split(".")[-1])),
        None,
    )


def places_left(desk: Desk, left: LeftOff | None) -> list[CasePlace[Any]]:
    """Make the screens that lead to where a case was left: outcomes and supports, and what stood over them.

    What was looked at may be gone since, or have been left by a newer program: then they lead as far as they can.
    """
    from supportplan.screens.heart import Heart

    if left is None:
        return [Heart(desk)]
    if left.place == "heart":
        return [Heart(desk, at=left.thing)]
    if left.place == "talk":
        from supportplan.screens.talk import Talk

        return [Heart(desk), Talk(desk, at=left.thing)]
    if left.place == "outcome" and any(one.id == left.thing for one in desk.plan.outcomes):
        from supportplan.screens.outcome import OutcomeWords

        return [Heart(desk, at=left.thing), OutcomeWords(desk, left.thing)]
    support = next((one for one in desk.plan.supports if one.id == left.thing), None)
    if left.place == "support" and support is not None:
        from supportplan.screens.support import SupportEditor

        heart = Heart(desk, at="".join(support.outcomes[:1]), inside=support.id)
        return [heart, SupportEditor(desk, support.id)]
    if any(one.key == left.place for one in CASE_PLACES):
        return [Heart(desk), open_place(left.place, desk)]
    return [Heart(desk)]


def open_place(key: str, desk: Desk) -> CasePlace[Any]:
    """Make the screen of a place."""
    found = next(place for place in CASE_PLACES if place.key == key)
    screen: Callable[[Desk], CasePlace[Any]] = getattr(
        import_module(f"supportplan.screens.{found.module}"), found.screen
    )
    return screen(desk)
