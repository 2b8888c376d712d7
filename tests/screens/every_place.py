"""Every screen of the program over the practice case, opened without a terminal."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from supportplan.app import SupportPlan
from supportplan.domain.cases.steps import CopyIssued
from supportplan.domain.problems import BadInput
from supportplan.screens.actions import ACTIONS
from supportplan.screens.backups import Backups
from supportplan.screens.bring_back import BringBack
from supportplan.screens.bring_in_prices import BringInPrices
from supportplan.screens.came_out import CameOut
from supportplan.screens.case_places import CASE_PLACES, open_place
from supportplan.screens.commands import Commands
from supportplan.screens.draw_signature import DrawSignature
from supportplan.screens.first_run import FirstRun
from supportplan.screens.heart import Heart
from supportplan.screens.help import Help
from supportplan.screens.home import Home
from supportplan.screens.new_case import NewCase
from supportplan.screens.notice import Notice
from supportplan.screens.outcome import OutcomeWords
from supportplan.screens.parked import ParkNote
from supportplan.screens.passphrase import NewPassphrase
from supportplan.screens.prices import Prices
from supportplan.screens.print_and_open import PrintAndOpen
from supportplan.screens.risks import EmergencyForm, RiskForm
from supportplan.screens.save_as import Fetch
from supportplan.screens.schedules import Schedules
from supportplan.screens.settings import Settings
from supportplan.screens.sign_here import SignHere
from supportplan.screens.support import SupportEditor
from supportplan.screens.support_more import SupportMore
from supportplan.screens.take_in import TakeIn
from supportplan.screens.tour import Tour
from supportplan.screens.unlock import Unlock
from supportplan.screens.verify import Verify
from supportplan.screens.your_name import YourName
from supportplan.services.desk import Desk
from supportplan.services.issuing import CopyGiven
from supportplan.services.signing import STATEMENT, signings

Make = Callable[[Desk], Screen[Any]]

_GIVEN = CopyGiven(
    "0" * 64,
    "2026-11-24T10:24:00Z",
    "Pat Planner",
    CopyIssued(
        format="supportplan/copy",
        version=1,
        plan="1" * 64,
        on=date(2026, 11, 24),
        to="Jo Example",
        copy="standard",
        medium="paper",
        file="2" * 64,
    ),
    version=2,
    signed=True,
    kept=True,
)
PLACES: dict[str, Make] = {
    **{place.key: (lambda desk, key=place.key: open_place(key, desk)) for place in CASE_PLACES},  # type: ignore[misc]
    "outcome": lambda desk: OutcomeWords(desk, desk.plan.outcomes[0].id),
    "support": lambda desk: SupportEditor(desk, desk.plan.supports[0].id),
    "support_more": lambda desk: SupportMore(desk, desk.plan.supports[0].id),
    "prices": Prices,
    "risk": lambda desk: RiskForm(desk, desk.plan.risks[0].id),
    "emergency": EmergencyForm,
    "home": lambda desk: Home(desk.store),
    "new_case": lambda desk: NewCase(desk.store),
    "schedules": lambda desk: Schedules(desk.store),
    "import": lambda desk: BringInPrices(desk.store),
    "backups": lambda desk: Backups(desk.store),
    "bring_back": lambda _: BringBack(Path("/store"), 12),
    "take_in": lambda desk: TakeIn(desk.store),
    "verify": lambda desk: Verify(desk.store),
    "settings": lambda _: Settings(),
    "new_passphrase": lambda desk: NewPassphrase(desk.store),
    "your_name": lambda desk: YourName(desk.store),
    "help": lambda _: Help("heart", of_a_case=True),
    "commands": lambda _: Commands(ACTIONS[:12]),
    "tour": lambda _: Tour(),
    "unlock": lambda desk: Unlock(desk.store.folder),
    "first_run": lambda desk: FirstRun(desk.store.folder / "another"),
    "park": lambda _: ParkNote(),
    "sign_here": lambda desk: SignHere(desk, signings(desk)[0]),
    "draw_signature": lambda desk: DrawSignature(desk.plan.person.name, "The person", STATEMENT),
    "came_out": lambda _: CameOut(14, 2),
    "fetch": lambda _: Fetch(Path("/documents/support-plan.pdf")),
    "print_again": lambda desk: PrintAndOpen(desk, again=_GIVEN),
    "notice": lambda _: Notice(BadInput("The disk is full.", where="a folder", mend="Free some space.")),
}


@asynccontextmanager
async def practice(columns: int, rows: int) -> AsyncIterator[tuple[SupportPlan, Pilot[None], Desk]]:
    """Open the app on the practice case, and wait until it has come to rest."""
    app = SupportPlan(None)
    async with app.run_test(size=(columns, rows)) as pilot:
        while not isinstance(app.screen, Heart):
            await pilot.pause(0.02)
        await app.screen.painted.wait()
        await pilot.pause()
        yield app, pilot, app.screen.desk


async def opened(app: SupportPlan, pilot: Pilot[None], screen: Screen[Any]) -> None:
    """Open a screen over what is there, and wait until what it fetches has come."""
    app.push_screen(screen)
    await pilot.pause()
    for worker in [worker for worker in app.workers if worker.node is screen]:
        await worker.wait()
    await pilot.pause()
    await pilot.pause()
