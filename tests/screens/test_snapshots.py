"""Every screen as text, at the two sizes people have: a change of any of them is seen.

`SUPPORTPLAN_SNAPSHOTS=write make test` writes them anew; look at what changed before you commit it.
"""

import asyncio
import os
import re
from datetime import date
from pathlib import Path

import pytest

from supportplan.widgets.lines import ELLIPSIS
from tests.screens.every_place import PLACES, opened, practice
from tests.screens.on_screen import shown

KEPT = Path(__file__).parent / "snapshots"
WRITE = os.environ.get("SUPPORTPLAN_SNAPSHOTS") == "write"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (60, 20)])
def test_every_screen_looks_as_it_did(
    columns: int, rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", "/preferences.json")
    for place in ("backups", "hand_over"):
        monkeypatch.setattr(f"supportplan.screens.{place}.documents_folder", lambda: Path("/documents"))
    for name, text in asyncio.run(_all(columns, rows)).items():
        looks_as_it_did(f"{name}-{columns}x{rows}", text)


def looks_as_it_did(name: str, text: str) -> None:
    """Hold what stands on a screen against what stood there when its snapshot was written, or write that."""
    file = KEPT / f"{name}.txt"
    if WRITE:
        KEPT.mkdir(exist_ok=True)
        file.write_text(timeless(text) + "\n", encoding="utf-8")
    assert timeless(text) + "\n" == file.read_text(encoding="utf-8"), f"{file.name} looks otherwise now"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (60, 20)])
def test_no_amount_is_ever_cut(columns: int, rows: int, tmp_path: Path) -> None:
    for file in KEPT.glob(f"*-{columns}x{rows}.txt"):
        assert not re.search(rf"£[\d,]*\.?\d?{ELLIPSIS}", file.read_text(encoding="utf-8")), file.name


_A_DAY = "24 November 2026"


async def _all(columns: int, rows: int) -> dict[str, str]:
    found: dict[str, str] = {}
    async with practice(columns, rows) as (app, pilot, desk):
        for name, make in PLACES.items():
            await opened(app, pilot, make(desk))
            found[name] = shown(app)
            app.pop_screen()
            await pilot.pause()
    return found


def timeless(text: str) -> str:
    """Take the day and the hour out: they are other ones each time."""
    text = re.sub(r"Saved \d\d:\d\d", "Saved 00:00", text)
    text = re.sub(r"today at \d\d:\d\d", "today at 00:00", text)
    text = re.sub(r"[ \d]\d [A-Z][a-z]{2} \d\d:\d\d", "24 Nov 00:00", text)
    text = text.replace(f"{date.today():%Y-%m-%d}", "2026-11-24")  # noqa: DTZ011 - the day on the wall
    text = re.sub(r"(Prepared by: \w+ on) \d+ \w+ \d{4}", rf"\1 {_A_DAY}", text)
    return re.sub(r"(Date: )(\d+ \w+ \d{4})(, by this computer's clock\.)( *)", _in_its_frame, text)


def _in_its_frame(found: re.Match[str]) -> str:
    """Put another day in, and leave the edge of the frame at its right where it was: days are not of one length."""
    before, day, after, room = found.groups()
    return f"{before}{_A_DAY}{after}{' ' * (len(room) + len(day) - len(_A_DAY))}"
