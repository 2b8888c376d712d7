"""Printing from the screen: what is asked, what is noted and when, and what is said where it does not work."""

import asyncio
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.widget import Widget

from supportplan.app import SupportPlan
from supportplan.domain.problems import NotAllowed
from supportplan.screens.came_out import CameOut
from supportplan.screens.case_places import open_place
from supportplan.screens.copies_given import CopiesGiven
from supportplan.screens.notice import Notice
from supportplan.screens.print_and_open import PrintAndOpen
from supportplan.screens.print_form import PrintForm
from supportplan.screens.save_as import Fetch, SaveAs
from supportplan.screens.send_first import SendFirst
from supportplan.services import opening_files
from supportplan.services.issuing import copies_given
from supportplan.services.printing import printers
from supportplan.services.sealing import sealed_file
from supportplan.services.signing import HowSigned, sign
from supportplan.services.submitting import sent_plan, submit
from supportplan.services.views import GivenViews, write_down
from supportplan.widgets.choice import OneOf, Tick
from supportplan.widgets.chooser import Choice
from supportplan.widgets.fields import CountField
from supportplan.widgets.row_list import RowList
from supportplan.widgets.word_fields import WordsField
from tests.printing import WAITING, Commands, commands
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import on, press, shown, until


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Commands]:
    monkeypatch.setattr("supportplan.screens.print_and_open.printers", printers)
    with commands(tmp_path / "commands") as there:
        yield there


def test_a_copy_is_noted_on_paper_only_when_it_came_out(lp: Commands) -> None:
    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            screen = PrintAndOpen(desk)
            await opened(app, pilot, screen)
            assert screen.query_one(Choice).value == "office"
            screen.query_one(WordsField).show("Jo Example")
            await press(app, pilot, "print")
            await on(app, pilot, SendFirst)
            # A copy that nobody signs.
            await press(app, pilot, "as_it_is")
            await on(app, pilot, CameOut)
            assert sent_plan(desk) is None
            await press(app, pilot, "no")
            await until(pilot, lambda: app.screen is screen and "Not noted as given out" in shown(app))
            assert copies_given(desk.store, desk.case) == ()
            await press(app, pilot, "print")
            await on(app, pilot, SendFirst)
            await press(app, pilot, "send")
            await on(app, pilot, CameOut)
            sent = sent_plan(desk)
            assert sent is not None
            assert sent.stands
            assert "The printer has taken it: " in shown(app)
            await press(app, pilot, "yes")
            await until(pilot, lambda: "Noted: on paper, for Jo Example" in shown(app))
            (given,) = copies_given(desk.store, desk.case)
            assert (given.issued.to, given.issued.medium) == ("Jo Example", "paper")
            assert len(lp.calls("lp")) == 2
            assert "sides=two-sided-long-edge" in lp.calls("lp")[0]["arguments"]

    asyncio.run(visit())


def test_it_is_printed_again_where_it_came_out_badly(lp: Commands) -> None:
    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            screen = PrintAndOpen(desk)
            await opened(app, pilot, screen)
            screen.query_one("#pages", OneOf)._choose("signatures")
            await pilot.pause()
            assert not screen.query_one(Tick).display
            await press(app, pilot, "print")
            await on(app, pilot, SendFirst)
            await press(app, pilot, "send")
            await on(app, pilot, CameOut)
            await press(app, pilot, "again")
            await until(pilot, lambda: len(lp.calls("lp")) == 2 and isinstance(app.screen, CameOut))
            await press(app, pilot, "yes")
            await until(pilot, lambda: len(copies_given(desk.store, desk.case)) == 1)
            assert copies_given(desk.store, desk.case)[0].issued.copy == "signature_page"
            assert {one["sha256"] for one in lp.calls("lp")} == {lp.calls("lp")[0]["sha256"]}

    asyncio.run(visit())


def test_a_printer_that_is_gone_is_said_and_nothing_is_noted(lp: Commands) -> None:
    lp.answer("lp ", complained="lp: Error - The printer or class does not exist.\n", exit=1)

    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            submit(desk)
            await opened(app, pilot, PrintAndOpen(desk))
            await press(app, pilot, "print")
            await on(app, pilot, Notice)
            assert "That printer is not there any more" in shown(app)
            await pilot.press("enter")
            assert copies_given(desk.store, desk.case) == ()

    asyncio.run(visit())


def test_a_print_can_be_stopped_and_is_taken_back(lp: Commands) -> None:
    lp.answer("lpstat -W not-completed", said=WAITING.format("Status: No paper\n\tAlerts: job-printing\n"))

    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            submit(desk)
            screen = PrintAndOpen(desk)
            await opened(app, pilot, screen)
            await press(app, pilot, "print")
            await until(pilot, lambda: "The printer says: No paper" in shown(app))
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is screen)
            assert "Stopped." in shown(app)
            assert [one["arguments"] for one in lp.calls("cancel")] == [["office-7"]]

    asyncio.run(visit())


def test_where_nothing_can_be_printed_it_says_why_and_can_be_saved(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def none_there() -> Any:
        raise NotAllowed("No printer is set up on this computer.", mend="Save the file.")

    monkeypatch.setattr("supportplan.screens.print_and_open.printers", none_there)
    monkeypatch.setattr("supportplan.screens.print_and_open.documents_folder", lambda: tmp_path)

    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            screen = PrintAndOpen(desk)
            await opened(app, pilot, screen)
            assert "No printer is set up on this computer." in " ".join(shown(app).split())
            assert "[ Print ]" not in shown(app)
            await pilot.press("f4")
            assert app.screen is screen
            await pilot.press("ctrl+s")
            await on(app, pilot, SaveAs)
            await press(app, pilot, "save")
            await until(pilot, lambda: len(copies_given(desk.store, desk.case)) == 1)
            assert len(list(tmp_path.glob("*.pdf"))) == 1

    asyncio.run(visit())


def test_a_number_of_prints_that_cannot_be_meant_is_not_printed(lp: Commands) -> None:
    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            screen = PrintAndOpen(desk)
            await opened(app, pilot, screen)
            screen.query_one(CountField).show("400")
            await pilot.press("f4")
            await pilot.pause()
            assert app.screen is screen
            assert not lp.calls("lp")
            assert screen.query_one(CountField).problem

    asyncio.run(visit())


def test_what_is_opened_is_not_noted_and_goes_with_the_store(
    lp: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Path, bytes]] = []
    monkeypatch.setattr("supportplan.screens.print_and_open.can_open", lambda: True)
    monkeypatch.setattr(
        "supportplan.screens.print_and_open.open_file", lambda path: seen.append((path, path.read_bytes()))
    )

    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            screen = PrintAndOpen(desk)
            await opened(app, pilot, screen)
            await press(app, pilot, "open")
            await until(pilot, lambda: "Opened, to look at" in shown(app))
            assert desk.store.records(desk.case) == ()
            assert seen[0][0].is_relative_to(desk.store.folder)

    asyncio.run(visit())
    assert seen[0][1].startswith(b"%PDF-")
    assert not seen[0][0].exists()


def test_over_ssh_it_is_saved_and_the_command_that_fetches_it_is_said(
    lp: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.9 2222")
    monkeypatch.setattr("supportplan.screens.print_and_open.documents_folder", lambda: tmp_path)
    monkeypatch.setattr("getpass.getuser", lambda: "pat")

    async def visit() -> str:
        async with practice(120, 40) as (app, pilot, desk):
            await opened(app, pilot, PrintAndOpen(desk))
            await press(app, pilot, "open")
            await on(app, pilot, SaveAs)
            await press(app, pilot, "save")
            await on(app, pilot, Fetch)
            said = " ".join(shown(app).replace("│", " ").split())
            await press(app, pilot, "copy")
            return f"{said} {app.clipboard}"

    said = asyncio.run(visit())
    (file,) = tmp_path.glob("*.pdf")
    assert "scp -P 2222 pat@192.0.2.9:" in said
    assert said.endswith(f"scp -P 2222 pat@192.0.2.9:{file} .")


@pytest.mark.parametrize("name", ["plan.pdf", "a plan; rm -rf ~.pdf", "it's.pdf"])
def test_the_command_that_fetches_a_file_is_one_argument_a_file(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "2001:db8::7 50000 2001:db8::9 22")
    monkeypatch.setattr("getpass.getuser", lambda: "pat")
    command = opening_files.fetching_command(Path("/documents") / name)
    shell = subprocess.run(
        ["sh", "-c", f"scp() {{ printf '%s\\n' \"$@\"; }}; {command}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shell.stdout.splitlines() == [f"pat@[2001:db8::9]:/documents/{name}", "."]


def test_the_same_copy_is_given_again_from_the_list(
    lp: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("supportplan.screens.print_and_open.documents_folder", lambda: tmp_path)

    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, PrintAndOpen(desk))
            await _save(app, pilot)
            first = next(tmp_path.glob("*.pdf")).read_bytes()
            next(tmp_path.glob("*.pdf")).unlink()
            await opened(app, pilot, CopiesGiven(desk))
            assert "Standard copy as PDF, version 1" in shown(app)
            app.screen.query_one(RowList).focus()
            await pilot.press("enter")
            again = await on(app, pilot, PrintAndOpen)
            await until(pilot, lambda: bool(again.query_one(PrintForm).printers))
            assert "The very same file again" in shown(app)
            await _save(app, pilot)
            assert next(tmp_path.glob("*.pdf")).read_bytes() == first
            assert len(copies_given(desk.store, desk.case)) == 2

    asyncio.run(visit())


async def _save(app: SupportPlan, pilot: Any) -> None:
    await press(app, pilot, "save")
    await on(app, pilot, SaveAs)
    await press(app, pilot, "save")
    await until(pilot, lambda: "Saved, " in shown(app))


def test_what_cannot_be_printed_is_said_before_a_copy_is_made(lp: Commands) -> None:
    async def said() -> str:
        async with practice(80, 24) as (app, pilot, desk):
            desk.change(
                replace(desk.plan, person=replace(desk.plan.person, name="Wei 李 ᐃ")), "Wrote the name"
            )
            await opened(app, pilot, PrintAndOpen(desk))
            return shown(app)

    assert "Caution: 2 characters cannot be printed, and \ufffd will stand" in asyncio.run(said())


def test_no_thread_reads_what_is_chosen_on_the_screen(
    lp: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere: list[str] = []
    query_one = Widget.query_one

    def watched(self: Widget, *given: Any, **named: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            elsewhere.append(str(given))
        return query_one(self, *given, **named)

    monkeypatch.setattr(Widget, "query_one", watched)
    monkeypatch.setattr("supportplan.screens.print_and_open.documents_folder", lambda: tmp_path)
    monkeypatch.setattr("supportplan.screens.print_and_open.can_open", lambda: True)
    monkeypatch.setattr("supportplan.screens.print_and_open.open_file", lambda _: None)

    async def visit() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            submit(desk)
            screen = PrintAndOpen(desk)
            await opened(app, pilot, screen)
            await press(app, pilot, "open")
            await until(pilot, lambda: "Opened, to look at" in shown(app))
            await _save(app, pilot)
            await press(app, pilot, "print")
            await on(app, pilot, CameOut)
            await press(app, pilot, "yes")
            await until(pilot, lambda: "Noted: on paper" in shown(app))

    asyncio.run(visit())
    assert not elsewhere


def test_views_that_the_sealed_copy_lacks_are_said_where_it_is_printed_and_where_it_is_signed(
    lp: Commands,
) -> None:
    async def said() -> tuple[str, str]:
        async with practice(100, 30) as (app, pilot, desk):
            sign(desk, "person", HowSigned("Sam Example"))
            await asyncio.to_thread(sealed_file, desk.store, desk.case, desk.keep())
            write_down(desk, GivenViews("I do not want this any more.", "It is fine."))
            await opened(app, pilot, PrintAndOpen(desk))
            await until(pilot, lambda: "Views were written down" in shown(app))
            printing = shown(app)
            await opened(app, pilot, open_place("signing", desk))
            await until(pilot, lambda: "Views were written down" in shown(app))
            return printing, shown(app)

    for words in asyncio.run(said()):
        assert "give the copy “Both views” with it" in " ".join(words.split())
