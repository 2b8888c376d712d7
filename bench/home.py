"""Home over 100,000 cases through the real app: how long the thread that paints was ever held while somebody uses it."""

import asyncio
import gc
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from bench.cases import FEW, fill
from bench.material import PASSPHRASE, People, new_store
from bench.measure import Effort
from bench.table import Line
from supportplan.app import SupportPlan
from supportplan.screens.home import Home
from supportplan.storage.store import Store

# DESIGN 11: the thread that paints is never held for longer.
MOST_HELD = 0.05
_LOOKS_EVERY = 0.001


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Fill a small store and a large one, and use home over each in the same way."""
    os.environ["SUPPORTPLAN_PREFERENCES"] = str(folder / "preferences.json")
    found: dict[int, dict[str, float]] = {}
    for count in (FEW, effort.many_cases):
        place = folder / f"{count}-cases"
        with new_store(place) as store:
            fill(store, count)
        with Store.unlock(place, PASSPHRASE) as store:
            found[count] = asyncio.run(_used(store))
    yield from lines_of(found[effort.many_cases], found[FEW], effort.many_cases)


def lines_of(many: dict[str, float], few: dict[str, float], count: int) -> Iterator[Line]:
    """Return a line for each thing that was done; the longest hold of all is held against what it may be at most."""
    for what, held in many.items():
        yield Line(f"home, {count:,} cases: held while {what}", held, "s", f"the same at {FEW}", few[what])
    yield Line(f"home, {count:,} cases: held at most", max(many.values()), "s", "50 ms", MOST_HELD, 1.0)


async def _used(store: Store) -> dict[str, float]:
    """Open home, scroll, page, go to the end, search with and without a slip; return how long each held the thread."""
    app = SupportPlan(None)
    # Without the practice case: home is opened over this store.
    app.begin = lambda: None  # type: ignore[method-assign, assignment, misc]
    found: dict[str, float] = {}
    names = People()
    surname = names.name(3)[1].lower()
    wrong = surname[:2] + surname[3] + surname[2] + surname[4:]
    keys: dict[str, list[str]] = {
        "moving down 60 rows": ["down"] * 60,
        "paging down 30 times": ["pagedown"] * 30,
        "going to the end and back": ["end", "home", "end", "home"],
        "searching for all with a C": ["slash", "c", "escape"],
        "searching for a surname": ["slash", *surname, "escape"],
        "searching with a typing error": ["slash", *wrong, "escape"],
        "showing each kind": ["f", "f", "f", "f"],
    }
    async with app.run_test(size=(80, 24)) as pilot:
        gc.collect()
        async with _watched(found, "opening"):
            await app.push_screen(Home(store))
            await _settled(app, pilot)
        for what, pressed in keys.items():
            async with _watched(found, what):
                for key in pressed:
                    await pilot.press(key)
                    await _settled(app, pilot)
    return found


async def _settled(app: SupportPlan, pilot: Pilot[None]) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


@asynccontextmanager
async def _watched(found: dict[str, float], what: str) -> AsyncIterator[None]:
    """Look at the clock all the time, in the thread that paints: the longest that it could not look is how long it was held."""
    longest = [0.0]
    watching = asyncio.create_task(_watch(longest.append))
    try:
        yield
    finally:
        watching.cancel()
        found[what] = max(longest)


async def _watch(note: Callable[[float], None]) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(_LOOKS_EVERY)
        now = time.perf_counter()
        note(now - before - _LOOKS_EVERY)
        before = now
