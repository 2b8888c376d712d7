"""Home as somebody uses it: it lists everything, fetches what is in view, says what waits, and opens where it was left."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.left_off import LeftOff
from supportplan.domain.plan import read_plan
from supportplan.domain.problems import StoreDamaged
from supportplan.screens.case_place import CasePlace
from supportplan.screens.case_places import places_left
from supportplan.screens.case_rows import BLOCK, CaseRows
from supportplan.screens.heart import Heart
from supportplan.screens.home import Home
from supportplan.screens.support import SupportEditor
from supportplan.screens.talk import Talk
from supportplan.services.desk import Desk
from supportplan.storage.cases.case_index import CaseIndex
from supportplan.storage.cases.case_projection import Glance
from supportplan.storage.store import Store
from supportplan.widgets.row_list import RowList
from tests.plans import sample_document
from tests.screens.on_screen import shown
from tests.storage.stores import Clock, new_store, plan_bytes

MANY = 3_000


def keep(store: Store, name: str, **more: Any) -> None:
    """A case with the sample's plan, its id the name."""
    document = sample_document() | {"case": name.replace(" ", "-")} | more
    document["person"] = {"name": name, "reference": f"R-{name[:3]}"}
    plan = read_plan(json.dumps(document).encode())
    store.drafts.save(plan.case, canonical(plan), "Began").result()


def keep_all(store: Store, names: Sequence[str]) -> None:
    """A case for each name, the last of them the newest."""
    for name in names:
        keep(store, name)


def keep_many(store: Store) -> None:
    """Some thousands of cases; the newest has the highest number."""
    plan = plan_bytes()
    for number in range(MANY):
        glance = Glance(name=f"Person {number:04}", reference=f"C-{number:04}")
        saving = store.drafts.save(f"case-{number:04}", plan, "Began", shown=glance)
    saving.result()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    return tmp_path / "store"


def at_home(
    folder: Path,
    fill: Callable[[Store], object],
    use: Callable[[SupportPlan, Pilot[None], Home], Any],
    size: tuple[int, int] = (80, 24),
) -> None:
    """Open home over a store that was filled, and use it."""

    async def run() -> None:
        with new_store(folder, Clock()) as store:
            fill(store)
            async with home_of(store, size) as (app, pilot, home):
                await use(app, pilot, home)

    asyncio.run(run())


@asynccontextmanager
async def home_of(
    store: Store, size: tuple[int, int]
) -> AsyncIterator[tuple[SupportPlan, Pilot[None], Home]]:
    app = SupportPlan(None)
    app.begin = lambda: None  # type: ignore[method-assign, assignment, misc] # no practice case: home is opened here
    async with app.run_test(size=size) as pilot:
        home = Home(store)
        await app.push_screen(home)
        await settled(app, pilot)
        yield app, pilot, home


async def settled(app: SupportPlan, pilot: Pilot[None]) -> None:
    """Wait until nothing is being fetched, and what came has been painted."""
    for _ in range(3):
        await pilot.pause()
        await app.workers.wait_for_complete()
    await pilot.pause()


async def press(app: SupportPlan, pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settled(app, pilot)
    return shown(app)


async def on_top(app: SupportPlan, pilot: Pilot[None], kind: type[CasePlace[Any]]) -> CasePlace[Any]:
    """Wait until a place of a case is on top, and return it."""
    while not isinstance(app.screen, kind):
        await pilot.pause(0.02)
    await app.screen.painted.wait()
    await pilot.pause()
    return app.screen


def test_thousands_are_listed_and_only_what_is_in_view_is_fetched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[int] = []
    built: list[int] = []
    rows_at, line = CaseIndex.rows_at, CaseRows._line

    def counted(self: CaseIndex, places: Sequence[int]) -> Any:
        fetched.append(len(places))
        return rows_at(self, places)

    def built_line(self: CaseRows, at: int) -> Any:
        built.append(at)
        return line(self, at)

    monkeypatch.setattr(CaseIndex, "rows_at", counted)
    monkeypatch.setattr(CaseRows, "_line", built_line)

    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        assert f"{MANY:,} plans." in shown(app)
        assert fetched == [BLOCK, BLOCK], "once for the first paint, once with all places"
        assert "> Person 2999" in shown(app)
        at_end = await press(app, pilot, "end", "up", "up")
        assert "> Person 0000" in at_end
        assert "Person 0005" in at_end
        assert len(fetched) == 3
        assert "> Person 2999" in await press(app, pilot, "home")
        await press(app, pilot, *["pagedown"] * 20)
        assert sum(fetched) <= 9 * BLOCK
        assert len(built) < 2_000, "rows are made when they are painted, and not to find the cursor"
        found = await press(app, pilot, "slash", *"C-1234")
        assert "1 plan of 3,000." in found
        assert "> Person 1234" in found

    at_home(folder, keep_many, use)


def test_however_far_one_scrolls_few_cases_are_kept(folder: Path) -> None:
    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        for number in range(0, MANY, BLOCK):
            home.query_one(RowList).at = number
            await settled(app, pilot)
        assert home._rows is not None
        assert len(home._rows._blocks) == 24
        assert "> Person 2999" in await press(app, pilot, "home")

    at_home(folder, keep_many, use)


def test_a_case_goes_on_under_the_cursor_when_it_has_become_the_newest(folder: Path) -> None:
    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        assert "> Tom Ng" in await press(app, pilot, "down")
        await pilot.press("enter")
        heart = await on_top(app, pilot, Heart)
        heart.change(heart.plan.__class__(**{**_fields(heart.plan), "risks": ()}), "Removed the risks")
        await pilot.press("escape")
        while app.screen is not home:
            await pilot.pause(0.02)
        await settled(app, pilot)
        lines = shown(app).splitlines()
        (at,) = [line for line in lines if line.startswith(" > ")]
        assert "Tom Ng" in at
        assert lines.index(at) == 7, "it is the first now"

    at_home(folder, partial(keep_all, names=("Tom Ng", "Jan Kowalski")), use)


def _fields(plan: Any) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in plan.__struct_fields__}


def test_the_money_is_held_against_the_budget_in_a_word(folder: Path) -> None:
    def fill(store: Store) -> None:
        keep(store, "Over", indicative="9000.00")
        keep(store, "Within", indicative="20000.00")
        keep(store, "Without")

    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        seen = {
            line[3:].split()[0]: line.split()[-1]
            for line in shown(app).splitlines()
            if "£" in line and "Draft" in line
        }
        assert {name: seen[name] for name in ("Over", "Within", "Without")} == {
            "Over": "OVER",
            "Within": "OK",
            "Without": "-",
        }
        assert "is OVER the budget of £9,000.00" in await press(app, pilot, "down", "down")

    at_home(folder, fill, use)


def test_what_waits_is_counted_and_can_be_shown_alone(folder: Path) -> None:
    def fill(store: Store) -> None:
        keep(store, "Parked Person", parked=[{"id": "n1", "text": "The bus"}])
        keep(store, "Plain Person")

    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        assert "2 plans. 1 needs you today." in shown(app)
        filtered = await press(app, pilot, "f")
        assert "(*) needs me" in filtered
        assert "1 plan that need" in filtered
        assert "Place 1 parked note" in filtered
        assert "Plain Person" not in filtered
        assert "Plain Person" in await press(app, pilot, "escape")
        assert "Nobody" not in shown(app)
        await press(app, pilot, "f", "f", "f")
        assert "0 plans signed of 2. Esc shows all." in shown(app)

    at_home(folder, fill, use)


def test_a_search_says_when_it_is_loose_and_when_there_is_nobody(folder: Path) -> None:
    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        loosely = await press(app, pilot, "slash", *"kowlaski")
        assert "Nothing is spelled just like that. 1 plan close to it:" in loosely
        assert "> Jan Kowalski" in loosely
        assert "Nobody of that name is here." in await press(app, pilot, *"zzqqx")
        everybody = await press(app, pilot, "escape")
        assert "Tom Ng" in everybody
        assert "2 plans." in everybody

    at_home(folder, partial(keep_all, names=("Tom Ng", "Jan Kowalski")), use)


def test_in_the_search_arrows_move_and_enter_twice_opens(folder: Path) -> None:
    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        assert "> Tom Kowalski" in await press(app, pilot, "slash", *"kowal", "down")
        await pilot.press("enter", "enter")
        assert (await on_top(app, pilot, Heart)).plan.person.name == "Tom Kowalski"

    at_home(folder, partial(keep_all, names=("Tom Kowalski", "Jan Kowalski")), use)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
def test_an_empty_home_says_what_it_is_for_and_the_first_step(folder: Path, size: tuple[int, int]) -> None:
    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        words = " ".join(shown(app).split())
        assert "Every plan you write is kept here" in words
        assert "N starts the first plan." in words
        assert "> + Start a new plan" in words
        assert "practice plan" in words
        assert "Cash value" not in words

    at_home(folder, lambda _: None, use, size)


def test_a_case_opens_where_it_was_left_and_esc_leads_back_through_the_heart(folder: Path) -> None:
    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        await pilot.press("enter")
        await on_top(app, pilot, Heart)
        await pilot.press("t")
        await on_top(app, pilot, Talk)
        await press(app, pilot, "ctrl+s", "ctrl+s")
        asked = app.screen.query_one("#asked").render()
        await pilot.press("escape", "escape")
        while app.screen is not home:
            await pilot.pause(0.02)
        await settled(app, pilot)
        assert "You left off at: Talk: about the person: " in shown(app)
        await pilot.press("enter")
        talk = await on_top(app, pilot, Talk)
        assert str(talk.query_one("#asked").render()) == str(asked)
        await pilot.press("escape")
        await on_top(app, pilot, Heart)
        await pilot.press("escape")
        while app.screen is not home:
            await pilot.pause(0.02)

    at_home(folder, lambda store: keep(store, "Sam Example"), use)


def test_what_was_looked_at_is_opened_again_and_what_is_gone_leads_as_far_as_it_can(folder: Path) -> None:
    def opened(desk: Desk, place: str, thing: str = "") -> list[tuple[str, str]]:
        screens = places_left(desk, LeftOff(place=place, thing=thing))
        return [(type(screen).__name__, getattr(screen, "_at", "") or "") for screen in screens]

    with new_store(folder, Clock()) as store:
        keep(store, "Sam")
        desk = Desk(store, "Sam")
        support = desk.plan.supports[-1]
        outcome = support.outcomes[0]
        assert opened(desk, "heart", outcome) == [("Heart", outcome)]
        assert opened(desk, "support", support.id) == [("Heart", outcome), ("SupportEditor", "")]
        assert opened(desk, "support", "gone") == [("Heart", "")]
        assert opened(desk, "outcome", outcome) == [("Heart", outcome), ("OutcomeWords", "")]
        assert opened(desk, "outcome", "gone") == [("Heart", "")]
        for place, screen in (("budget", "Budget"), ("checks", "Checks"), ("parked", "Parked")):
            assert opened(desk, place) == [("Heart", ""), (screen, "")]
        assert opened(desk, "made by a newer program") == [("Heart", "")]


def test_from_a_support_that_was_left_one_comes_back_to_its_row(folder: Path) -> None:
    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        desk = Desk(home._store, "Sam-Example")
        support = desk.plan.supports[1]
        desk.leave_at(LeftOff(place="support", thing=support.id))
        await press(app, pilot, "enter")
        await on_top(app, pilot, SupportEditor)
        await pilot.press("ctrl+s")
        heart = await on_top(app, pilot, Heart)
        assert heart.focused is heart.query_one("#supports")
        assert heart.query_one("#supports", RowList).key == support.id

    at_home(folder, lambda store: keep(store, "Sam Example"), use)


def test_a_row_that_has_gone_says_so_and_opens_nothing(folder: Path) -> None:
    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        await press(app, pilot, "f")
        assert home._rows is not None
        # Meanwhile the first of all has been worked on elsewhere, and has another place.
        keep(home._store, "Person-again")
        home._store.drafts.save("case-0000", plan_bytes("Person 0000"), "Wrote").result()
        await press(app, pilot, "f", "end", "up", "up")
        assert "> Person 0001" in shown(app)
        stale = home._rows._places[-1]
        home._store.drafts.save("case-0001", plan_bytes("Person 0001"), "Wrote").result()
        home._rows.take((len(home._rows._places) - 1) // BLOCK, {})
        home.query_one(RowList).refresh()
        await settled(app, pilot)
        assert "(no longer in the list)" in shown(app)
        home._open_place(stale)
        await settled(app, pilot)
        assert "no longer in the list" in shown(app).splitlines()[0]
        assert app.screen is home

    at_home(folder, keep_many, use)


def test_a_part_of_the_list_that_cannot_be_read_is_said_and_the_rest_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows_at = CaseIndex.rows_at

    def damaged(self: CaseIndex, places: Sequence[int]) -> Any:
        if places and places[-1] < BLOCK:
            raise StoreDamaged("A part of the store is damaged, so it is not shown or changed.")
        return rows_at(self, places)

    monkeypatch.setattr(CaseIndex, "rows_at", damaged)

    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        seen = await press(app, pilot, "end", "up", "up")
        assert "(this part of the list cannot be read" in seen
        assert "A part of the store is damaged" in seen.splitlines()[0]
        assert "> Person 2999" in await press(app, pilot, "home")

    at_home(folder, keep_many, use)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
def test_names_of_any_script_leave_the_columns_in_line(folder: Path, size: tuple[int, int]) -> None:
    names = ("王小明 王小明 王小明 王小明 王小明", "Zofia", "Ń" * 60, "[/] [b]")

    async def use(app: SupportPlan, pilot: Pilot[None], home: Home) -> None:
        from rich.cells import cell_len

        lines = [line for line in shown(app).splitlines() if "Draft " in line]
        assert len(lines) == 4
        assert len({cell_len(line[: line.index("Draft ")]) for line in lines}) == 1
        assert any("[/] [b]" in line for line in lines)

    def fill(store: Store) -> None:
        for number, name in enumerate(names):
            document = sample_document() | {"case": f"c{number}", "person": {"name": name}}
            plan = read_plan(json.dumps(document).encode())
            store.drafts.save(plan.case, canonical(plan), "Began").result()

    at_home(folder, fill, use, size)
