"""The pictures that the guide shows: what each is called, and the way there from the practice case."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec.structs import replace
from textual.screen import Screen

from supportplan.domain.edits import with_note, with_outcome, with_support
from supportplan.domain.money import Amount, Quantity, UnitPrice
from supportplan.domain.plan import ParkedNote, Plan
from supportplan.screens.draw_signature import DrawSignature
from supportplan.screens.first_run import FirstRun
from supportplan.screens.home import Home
from supportplan.screens.schedules import Schedules
from supportplan.screens.unlock import Unlock
from supportplan.services.desk import Desk
from supportplan.services.preferences import Looks
from supportplan.services.schedule_versions import keep_schedule
from supportplan.services.schedules import sample_schedule
from supportplan.services.signing import STATEMENT


class Picture(NamedTuple):
    """A picture: its name, the place of the case or the screen that it shows, and the keys pressed there.

    `prepare` makes the practice case into what the picture needs. With `signed` a signature is drawn on the sheet there.
    """

    name: str
    place: str = "heart"
    keys: tuple[str, ...] = ()
    screen: Callable[[Desk], Screen[Any]] | None = None
    prepare: Callable[[Desk], None] | None = None
    columns: int = 100
    rows: int = 30
    looks: Looks = "day"
    signed: bool = False


def _with_a_budget(desk: Desk) -> None:
    desk.change(replace(desk.plan, indicative=Amount("12000.00")), "Changed the indicative budget")


def _with_more_hours(desk: Desk) -> None:
    desk.keep()
    support = desk.plan.supports[0]
    desk.change(with_support(desk.plan, replace(support, quantity=Quantity("7"))), "Changed a support")


def _unfinished(desk: Desk) -> None:
    """Leave out what is often still missing after the first visit."""
    plan: Plan = with_outcome(desk.plan, replace(desk.plan.outcomes[1], success=""))
    laptop = next(one for one in plan.supports if one.id == "laptop")
    if laptop.rate is not None:
        plan = with_support(plan, replace(laptop, rate=replace(laptop.rate, reason="")))
    desk.change(plan, "Took out what was written")


def _with_notes(desk: Desk) -> None:
    plan = desk.plan
    for number, text in enumerate(("Would like to learn to cook pasta", "Ask Nia about the bus on Sundays")):
        plan = with_note(plan, ParkedNote(id=f"note-{number}", text=text))
    desk.change(plan, "Parked a note")


def _with_next_years_prices(desk: Desk) -> None:
    """Bring in next year's list, with everything that has an hourly price three in the hundred dearer."""
    now = sample_schedule()
    rows = tuple(
        replace(row, rate=UnitPrice(f"{round(row.rate * Decimal('1.03'), 2)}"))
        if row.rate is not None and row.unit == "hour"
        else row
        for row in now.rows
    )
    keep_schedule(desk.store, replace(now, label="2025-04-01", rows=rows))


ALBUM = (
    Picture("setting-up", screen=lambda desk: FirstRun(desk.store.folder / "another")),
    Picture("cases", screen=lambda desk: Home(desk.store), rows=12),
    Picture("locked", screen=lambda desk: Unlock(desk.store.folder), rows=16),
    Picture("heart"),
    Picture("heart-evening", looks="evening"),
    Picture("heart-high-contrast", looks="high-contrast"),
    Picture("heart-small", columns=80, rows=24),
    Picture("talk", place="talk"),
    Picture("outcome", keys=("tab", "home", "enter")),
    Picture("support", keys=("tab", "home", "down", "enter")),
    Picture("prices", keys=("tab", "home", "down", "enter", "f4"), rows=24),
    Picture("budget", place="budget", prepare=_with_a_budget, rows=40),
    Picture("money", place="money", prepare=_with_a_budget),
    Picture("risks", place="risks", rows=22),
    Picture("parked", place="parked", prepare=_with_notes, rows=14),
    Picture("checks", place="checks", prepare=_unfinished),
    Picture("print", place="print", rows=18),
    Picture("preview", place="preview"),
    Picture("signing", place="signing", rows=16),
    Picture(
        "draw-signature",
        screen=lambda desk: DrawSignature(desk.plan.person.name, "The person whose plan it is", STATEMENT),
        signed=True,
    ),
    Picture("versions", place="versions", prepare=_with_more_hours, rows=18),
    Picture("price-lists", screen=lambda desk: Schedules(desk.store), prepare=_with_next_years_prices),
)
