"""Checking a sealed plan in the app: the file is typed, and the answer stands there in words."""

import asyncio
from pathlib import Path

from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.domain.cases.steps import Sealed
from supportplan.screens.case_places import open_place
from supportplan.screens.doing import Doing
from supportplan.screens.notice import Notice
from supportplan.screens.verify import Verify
from supportplan.services.sealing import sealed_file, sealed_steps
from supportplan.services.signing import HowSigned, sign
from supportplan.widgets.buttons import Buttons
from tests.documents.seal.sealed_files import unsealed
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import shown


async def _checked(app: SupportPlan, pilot: Pilot[None], file: Path) -> str:
    app.screen.query_one("#file").query_one("Input").value = str(file)  # type: ignore[attr-defined]
    await pilot.press("enter")
    await pilot.pause()
    while isinstance(app.screen, Doing):
        await pilot.pause(0.05)
    await pilot.pause()
    return shown(app)


def test_a_file_is_checked_against_its_case_and_the_answer_says_what_is_proven(tmp_path: Path) -> None:
    async def seen() -> tuple[str, str, str]:
        async with practice(100, 44) as (app, pilot, desk):
            sign(desk, "person", HowSigned("Sam [/] Example"))
            made = await asyncio.to_thread(sealed_file, desk.store, desk.case, desk.keep())
            assert made is not None
            (tmp_path / "plan.pdf").write_bytes(made.pdf)
            (tmp_path / "draft.pdf").write_bytes(unsealed())
            (tmp_path / "letter.pdf").write_text("Dear all", encoding="utf-8")
            await opened(app, pilot, Verify(desk.store))
            holds = await _checked(app, pilot, tmp_path / "plan.pdf")
            draft = await _checked(app, pilot, tmp_path / "draft.pdf")
            letter = await _checked(app, pilot, tmp_path / "letter.pdf")
            assert isinstance(app.screen, Notice)
            return holds, draft, letter

    holds, draft, letter = asyncio.run(seen())
    assert "This sealed plan holds." in holds
    assert "[x] It is the newest sealed file of its case, to the last byte." in holds
    assert "- Sam [/] Example (The person" in holds
    assert "- Nobody yet: " in holds
    assert "What this does not prove" in holds
    assert "There is no seal in this file." in draft
    assert "What this does not prove" not in draft
    assert "This did not work" in letter
    assert "letter.pdf" in letter


def test_it_is_reached_from_home_by_its_letter_and_by_its_name() -> None:
    from supportplan.screens.actions import ACTIONS
    from supportplan.screens.commands import HOME_WAYS, found

    assert next(one for one in ACTIONS if one.id == "home.verify").keys == "v"
    assert [one.id for one in found(HOME_WAYS, "seal")] == ["visit.verify"]


def test_what_is_signed_in_the_app_is_sealed_there_and_then() -> None:
    async def sealed_now() -> tuple[int, int]:
        async with practice(100, 44) as (app, pilot, desk):
            await opened(app, pilot, open_place("signing", desk))
            await pilot.press("enter")
            await pilot.pause()
            for letter in "Sam":
                await pilot.press(letter)
            buttons = app.screen.query_one(Buttons)
            buttons.post_message(Buttons.Pressed(buttons, "sign"))
            steps: tuple[Sealed, ...] = ()
            for _ in range(600):
                await pilot.pause(0.1)
                records = desk.store.records(desk.case)
                plans = [one.entry.id for one in records if one.entry.kind == "plan"]
                steps = sealed_steps(records, plans[-1])
                if steps:
                    break
            return len(steps), len(steps[0].signatures)

    assert asyncio.run(sealed_now()) == (1, 1)
