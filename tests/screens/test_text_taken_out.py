"""The text of a place, copied or saved: all of what the place knows, and never a claim that the terminal took it."""

import asyncio
import re
from pathlib import Path

import pdfplumber
import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.domain.edits import with_outcome
from supportplan.domain.plan import Plan
from supportplan.domain.problems import NotAllowed
from supportplan.screens.notice import Notice, Sure
from supportplan.screens.outcome import OutcomeWords
from supportplan.screens.preview import Preview
from supportplan.screens.print_and_open import PrintAndOpen
from supportplan.screens.save_as import SaveAs
from supportplan.screens.screen_text import text_on
from supportplan.screens.unlock import Unlock
from supportplan.screens.versions import Versions
from supportplan.services import issuing
from supportplan.services.copies import case_document, document_of, text_of, write_text
from supportplan.services.desk import Desk
from supportplan.services.issuing import issue_copy
from supportplan.services.signing import HowSigned, sign
from supportplan.widgets.word_fields import PassphraseField, WordsField
from tests.screens.every_place import PLACES, opened, practice
from tests.screens.on_screen import press, shown
from tests.sealed_pages import as_seen


def test_the_preview_copies_the_whole_plan_and_says_honestly_what_it_did() -> None:
    async def taken() -> tuple[str, str, str]:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Preview(desk))
            await pilot.press("f5")
            await pilot.pause()
            return app.clipboard, text_of(case_document(desk)), shown(app)

    clipboard, whole, screen = asyncio.run(taken())
    assert clipboard == whole
    assert len(clipboard.splitlines()) > 24, "more than the screen shows"
    assert "Copied, if your terminal allows it." in screen
    assert "Not there when you paste? Then save it as a text file." in screen


def test_the_preview_says_which_letters_cannot_be_printed_before_anything_is_saved() -> None:
    async def looked_at(name: str) -> str:
        async with practice(80, 24) as (app, pilot, desk):
            person = replace(desk.plan.person, name=name)
            desk.change(replace(desk.plan, person=person), "Wrote the name")
            await opened(app, pilot, Preview(desk))
            return shown(app)

    assert "cannot be printed" not in asyncio.run(looked_at("سیان Ŵyn সিয়ান"))
    screen = asyncio.run(looked_at("Wei 李 \ue000 ᐃ"))
    assert "Caution: 3 characters cannot be printed, and \ufffd will stand in the place of" in screen
    assert "U+E000" in screen


def test_an_outcome_copies_its_words_as_they_were_typed() -> None:
    async def taken() -> str:
        async with practice(80, 24) as (app, pilot, desk):
            first = desk.plan.outcomes[0]
            words = "[/] Zoe\u0308 said:\n漢字 [red]yes[/red]"
            desk.change(with_outcome(desk.plan, replace(first, text=words, baseline="")), "Wrote")
            await opened(app, pilot, OutcomeWords(desk, first.id))
            await pilot.press("f5")
            return app.clipboard

    text = asyncio.run(taken())
    assert "\n[/] Zoe\u0308 said:\n漢字 [red]yes[/red]" in text
    assert "How is it now?" not in text, "what was not answered is left out"


def test_a_version_copies_what_changed() -> None:
    async def taken() -> tuple[str, str]:
        async with practice(80, 40) as (app, pilot, desk):
            desk.keep()
            desk.change(replace(desk.plan, person=replace(desk.plan.person, about="Loves dogs")), "Wrote")
            await opened(app, pilot, Versions(desk))
            await pilot.press("f5")
            return app.clipboard, shown(app)

    text, screen = asyncio.run(taken())
    assert "Loves dogs" in text
    assert "~ changed" in text or "+ added" in text
    assert "Loves dogs" in screen


@pytest.mark.parametrize(
    "name", ["heart", "budget", "checks", "risks", "schedules", "home", "settings", "support"]
)
def test_any_place_copies_what_it_shows(name: str) -> None:
    async def taken() -> tuple[str, str]:
        async with practice(100, 40) as (app, pilot, desk):
            await opened(app, pilot, PLACES[name](desk))
            text, screen = text_on(app.screen), shown(app)
            await pilot.press("f5")
            assert "Copied" in shown(app)
            return text, screen

    text, screen = asyncio.run(taken())
    words = [word for word in text.split() if word.isalpha()]
    assert len(words) > 10
    assert [word for word in words if word not in screen] == []
    assert "Esc Back" not in text


def test_a_passphrase_is_never_copied() -> None:
    async def taken() -> str:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Unlock(desk.store.folder))
            app.screen.query_one(PassphraseField).show("four secret words here")
            await pilot.press("f5")
            await pilot.pause()
            return app.clipboard

    assert "secret" not in asyncio.run(taken())


def test_a_pdf_that_could_not_be_written_is_not_said_to_be_on_its_way(tmp_path: Path) -> None:
    async def run() -> None:
        async with practice(110, 24) as (app, pilot, desk):
            await opened(app, pilot, PrintAndOpen(desk))
            await press(app, pilot, "save")
            await _name(app, pilot, tmp_path / "no such folder" / "plan")
            await _until(app, pilot, Notice)
            await pilot.press("enter")
            await _until(app, pilot, PrintAndOpen)
            assert "Noted as given" not in shown(app)

    asyncio.run(run())


def test_the_plan_is_saved_as_text_and_where_is_said(tmp_path: Path) -> None:
    async def saved() -> tuple[str, str]:
        async with practice(110, 24) as (app, pilot, desk):
            await opened(app, pilot, Preview(desk))
            await pilot.press("s")
            await _name(app, pilot, tmp_path / "plan")
            await _until(app, pilot, Preview)
            return text_of(case_document(desk)), shown(app)

    whole, screen = asyncio.run(saved())
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8") == whole
    assert "Saved as text:" in screen


def test_preview_and_text_show_the_version_and_the_signatures_that_the_pdf_shows(tmp_path: Path) -> None:
    async def taken() -> tuple[str, str, Path]:
        async with practice(110, 24) as (app, pilot, desk):
            sign(desk, "person", HowSigned("Sam Example"))
            await opened(app, pilot, Preview(desk))
            await pilot.press("f5")
            await pilot.press("s")
            await _name(app, pilot, tmp_path / "plan")
            await _until(app, pilot, Preview)
            copy = await asyncio.to_thread(issue_copy, desk, tmp_path / "plan.pdf", given_to="Sam")
            return app.clipboard, (tmp_path / "plan.txt").read_text(encoding="utf-8"), copy.path

    shown_words, saved, file = asyncio.run(taken())
    assert shown_words == saved
    with pdfplumber.open(as_seen(file)) as pdf:
        pages = [" ".join((page.extract_text() or "").split()) for page in pdf.pages]
    stamp = re.search("Version 1 · [0-9a-f]{8}", pages[0])
    assert stamp is not None
    assert f"This copy: {stamp[0]}" in saved
    assert "Sam Example By typed name." in pages[-1]
    assert "Signature: Sam Example, by typed name" in saved


def test_what_is_there_is_written_over_only_where_that_is_said(tmp_path: Path) -> None:
    async def asked(answer: list[str]) -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Preview(desk))
            await pilot.press("s")
            await _name(app, pilot, tmp_path / "plan.txt")
            await _until(app, pilot, Sure)
            await pilot.press(*answer)
            await _until(app, pilot, Preview)

    file = tmp_path / "plan.txt"
    file.write_text("Support plan for somebody else", encoding="utf-8")
    asyncio.run(asked(["enter"]))
    assert file.read_text(encoding="utf-8") == "Support plan for somebody else"
    asyncio.run(asked(["right", "enter"]))
    assert file.read_text(encoding="utf-8").startswith("Support plan for Sam")


def test_what_the_case_does_not_allow_is_said_and_not_taken_for_a_file_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise NotAllowed("the plan has ended", mend="Start a new plan in this case.")

    monkeypatch.setattr(issuing, "record_step", refuse)

    async def said() -> str:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, PrintAndOpen(desk))
            await press(app, pilot, "save")
            await _name(app, pilot, tmp_path / "plan.pdf")
            await _until(app, pilot, Notice)
            return shown(app)

    assert "The plan has ended" in asyncio.run(said())


def test_a_file_that_is_no_plan_is_left_alone_and_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("A shopping list", encoding="utf-8")

    async def said() -> str:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Preview(desk))
            await pilot.press("s")
            await _name(app, pilot, file)
            await _until(app, pilot, Notice)
            return shown(app)

    assert "That file was not touched." in asyncio.run(said())
    assert file.read_text(encoding="utf-8") == "A shopping list"


def test_no_plan_has_to_be_a_person_s_to_be_written_as_text(sample: Plan, tmp_path: Path) -> None:
    nobody = replace(sample, person=replace(sample.person, name=""))
    assert (
        write_text(document_of(nobody), tmp_path / "a.txt")
        .read_text(encoding="utf-8")
        .startswith("Support plan")
    )


async def _name(app: SupportPlan, pilot: Pilot[None], file: Path) -> None:
    await _until(app, pilot, SaveAs)
    app.screen.query_one(WordsField).show(str(file))
    await pilot.press("tab", "enter")
    await pilot.pause()


async def _until(app: SupportPlan, pilot: Pilot[None], kind: type[object]) -> None:
    async with asyncio.timeout(20):
        while not isinstance(app.screen, kind):
            await pilot.pause(0.02)
    for worker in [one for one in app.workers if one.node is app.screen]:
        if isinstance(app.screen, Preview):
            await worker.wait()
    await pilot.pause()


def test_a_desk_is_not_changed_by_copying() -> None:
    async def same() -> bool:
        async with practice(80, 24) as (app, pilot, desk):
            assert isinstance(desk, Desk)
            before = desk.body
            await opened(app, pilot, Preview(desk))
            await pilot.press("f5")
            return desk.body == before

    assert asyncio.run(same())
