"""Printing: how the printer is asked, what it answers in plain words, and that nothing is left behind or comes out later."""

import hashlib
import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from msgspec.structs import replace

from supportplan.documents.model import Edition
from supportplan.documents.pdf.for_paper import (
    page_count,
    signature_pages,
    with_signatures_on_a_sheet_of_their_own,
)
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.plan.words import Signer
from supportplan.domain.plan import Plan
from supportplan.domain.problems import NotAllowed
from supportplan.services.copies import document_of
from supportplan.services.printing import HowToPrint, print_pdf, printed_pages, printers
from supportplan.services.usual_printer import remember_printer, remembered_printer
from supportplan.storage.store import Store
from tests.copies import FACTS, copy_of
from tests.plans import plan_of, sample_plan
from tests.printing import OFFICE, WAITING, Commands, PrintServer, commands, print_server
from tests.storage.stores import new_store


def nothing(_doing: str, _done: int, _of: int) -> None:
    """Go on, whatever is being done."""


class _Stop(Exception):
    """Somebody wants it to stop."""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(document_of(sample_plan())).pdf


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def lp(tmp_path: Path) -> Iterator[Commands]:
    with commands(tmp_path / "commands") as there:
        yield there


def words_of(problem: NotAllowed) -> str:
    return f"{problem.what} {problem.where} {problem.mend}"


def test_the_printers_are_told_by_their_names_and_what_they_can_do(lp: Commands) -> None:
    office, portable = printers()
    assert (office.name, office.words, office.usual, office.both_sides) == (
        "office",
        "Office, by the stairs",
        True,
        True,
    )
    assert (portable.name, portable.usual, portable.both_sides) == ("portable", False, False)
    assert {one["language"] for one in lp.calls()} == {"C.UTF-8"}


def test_a_print_names_its_paper_sides_and_copies_and_nobodys_name(
    lp: Commands, store: Store, pdf: bytes
) -> None:
    print_pdf(store, pdf, HowToPrint("office", copies=2), nothing)
    (call,) = lp.calls("lp")
    assert call["arguments"] == [
        *("-d", "office", "-t", "Support plan", "-n", "2"),
        *("-o", "media=A4", "-o", "sides=one-sided", "-o", "print-scaling=none"),
    ]
    assert call["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert not (store.folder / "passing").exists()


def test_the_signatures_alone_are_printed_on_one_side(lp: Commands, store: Store, pdf: bytes) -> None:
    print_pdf(store, pdf, HowToPrint("office", two_sided=True, signatures=True), nothing)
    (call,) = lp.calls("lp")
    last = page_count(pdf)
    assert f"page-ranges={last}-{last}" in call["arguments"]
    assert "sides=one-sided" in call["arguments"]


@pytest.mark.parametrize("edition", ["standard", "large_print", "easy_read"])
@pytest.mark.parametrize("signers", [1, 3, 9])
def test_every_page_that_is_signed_comes_with_the_signatures(
    edition: Edition, signers: int, lp: Commands, store: Store
) -> None:
    roles = tuple(Signer(f"role-{number}", f"Signer {number}") for number in range(signers))
    made = render_pdf(copy_of(plan_of(1), edition, replace(FACTS, signers=roles)))
    with pdfplumber.open(BytesIO(made.pdf)) as file:
        signed = [page.page_number for page in file.pages if "Signature Date" in page.extract_text()]
    assert list(signature_pages(made.pdf)) == signed
    assert len(signed) == 1 if signers == 1 else len(signed) > 1 if signers == 9 else signed
    how = HowToPrint("office", signatures=True)
    print_pdf(store, made.pdf, how, nothing)
    assert f"page-ranges={signed[0]}-{signed[-1]}" in lp.calls("lp")[0]["arguments"]
    assert printed_pages(made.pdf, made.pages, how) == len(signed)
    assert printed_pages(made.pdf, made.pages, HowToPrint("office")) == made.pages
    with pikepdf.open(BytesIO(with_signatures_on_a_sheet_of_their_own(made.pdf))) as laid_out:
        assert len(laid_out.pages) == made.pages + (signed[0] % 2 == 0)
        assert "/Contents" in laid_out.pages[signed[0] // 2 * 2]


def test_a_printer_whose_name_looks_like_an_option_is_a_printer(
    lp: Commands, store: Store, pdf: bytes
) -> None:
    print_pdf(store, pdf, HowToPrint("-o; rm -rf ~"), nothing)
    assert lp.calls("lp")[0]["arguments"][:2] == ["-d", "-o; rm -rf ~"]


@pytest.mark.parametrize("pages", range(1, 8))
def test_on_both_sides_the_last_page_begins_a_sheet_of_its_own(pages: int) -> None:
    made = pikepdf.new()
    for number in range(pages):
        made.add_blank_page(page_size=(500 + number, 842))
    into = BytesIO()
    made.save(into)
    laid_out = with_signatures_on_a_sheet_of_their_own(into.getvalue())
    with pikepdf.open(BytesIO(laid_out)) as opened:
        widths = [int(page.mediabox[2]) for page in opened.pages]
    assert len(widths) % 2 == 1
    assert widths[-1] == 500 + pages - 1
    assert widths[: pages - 1] == [500 + number for number in range(pages - 1)]
    assert (laid_out == into.getvalue()) == (pages % 2 == 1)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            {"lp ": {"complained": "lp: Error - The printer or class does not exist.\n", "exit": 1}},
            "That printer is not there any more",
        ),
        (
            {"lp ": {"complained": 'lp: Destination "office" is not accepting jobs.\n', "exit": 1}},
            "takes no prints at the moment",
        ),
        (
            {"lp ": {"complained": "lp: Unsupported media value.\n", "exit": 1}},
            "does not take A4 paper",
        ),
        (
            {"lp ": {"complained": "lp: The printer is on fire\n", "exit": 1}},
            r"did not take it\. office It says: The printer is on fire\.",
        ),
        (
            {
                "lp ": {"complained": "lp: Error - The printer or class does not exist.\n", "exit": 1},
                "lpstat -r": {"said": "scheduler is not running\n"},
            },
            "printing of this computer is switched off",
        ),
        (
            {"lpstat -W not-completed": {"said": WAITING.format("Alerts: job-hold-until-specified\n")}},
            "it holds this print until somebody releases it",
        ),
        (
            {
                "lpstat -W not-completed": {"said": WAITING.format("Alerts: none\n")},
                "lpoptions -p office": {
                    "said": OFFICE.replace("state=3", "state=5").replace("=none", "=paused,media-empty-error")
                },
            },
            "it is stopped; it has no paper.*taken back",
        ),
        (
            {
                "lpstat -W not-completed": {"said": ["", ""]},
                "lpstat -W completed": {
                    "said": WAITING.format("Status: Filter failed\n\tAlerts: aborted-by-system\n")
                },
            },
            r"stopped before all of it was printed.*Filter failed",
        ),
    ],
)
def test_what_a_printer_answers_is_said_in_plain_words(
    lp: Commands, store: Store, pdf: bytes, answers: dict[str, dict[str, object]], expected: str
) -> None:
    for beginning, answer in answers.items():
        lp.answer(beginning, **answer)
    with pytest.raises(NotAllowed) as raised:
        print_pdf(store, pdf, HowToPrint("office"), nothing)
    assert re.search(expected, words_of(raised.value), re.DOTALL), words_of(raised.value)
    assert raised.value.mend
    stuck = bool({"lpstat -W not-completed"} & answers.keys())
    assert [one["arguments"] for one in lp.calls("cancel")] == ([["office-7"]] if stuck else [])


def test_what_the_printer_waits_for_is_said_until_it_goes_on(lp: Commands, store: Store, pdf: bytes) -> None:
    waiting = WAITING.format("Status: Warming up\n\tAlerts: job-printing\n")
    lp.answer("lpstat -W not-completed", said=[waiting, waiting, ""])
    lp.answer("lpoptions -p office", said=[OFFICE.replace("=none", "=media-empty-warning"), OFFICE])
    said: list[str] = []
    print_pdf(store, pdf, HowToPrint("office"), lambda doing, _done, _of: said.append(doing))
    assert "The printer says: it has no paper" in said
    assert "The printer says: Warming up" in said
    assert not lp.calls("cancel")


def test_a_print_that_is_stopped_is_taken_back(lp: Commands, store: Store, pdf: bytes) -> None:
    lp.answer("lpstat -W not-completed", said=WAITING.format("Alerts: job-printing\n"))

    def stop(doing: str, _done: int, _of: int) -> None:
        if doing == "Printing":
            raise _Stop

    with pytest.raises(_Stop):
        print_pdf(store, pdf, HowToPrint("office"), stop)
    assert [one["arguments"] for one in lp.calls("cancel")] == [["office-7"]]


def test_who_stops_while_it_is_handed_over_leaves_no_program_and_no_print(
    lp: Commands, store: Store, pdf: bytes
) -> None:
    lp.answer("lp ", said="request id is office-9 (0 file(s))\n", sleeps=1.0)
    told: list[str] = []

    def stop(doing: str, _done: int, _of: int) -> None:
        told.append(doing)
        if len(told) > 1:
            raise _Stop

    with pytest.raises(_Stop):
        print_pdf(store, pdf, HowToPrint("office"), stop)
    assert [one["arguments"] for one in lp.calls("cancel")] == [["office-9"]]


def test_a_plan_larger_than_a_pipe_gets_through_to_a_command_that_is_slow_to_read(
    lp: Commands, store: Store, pdf: bytes
) -> None:
    lp.begin_slowly("lp", 1.0)
    large = pdf + b" " * 3_000_000
    print_pdf(store, large, HowToPrint("office"), nothing)
    assert lp.printed == large


def test_a_command_that_never_answers_is_ended(
    lp: Commands, store: Store, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("supportplan.services.cups._HANDING_OVER_SECONDS", 0.5)
    monkeypatch.setattr("supportplan.services.cups._LAST_SECONDS", 0.1)
    lp.answer("lp ", sleeps=600)
    with pytest.raises(NotAllowed, match="does not answer"):
        print_pdf(store, pdf, HowToPrint("office"), nothing)
    with pytest.raises(ProcessLookupError):
        os.kill(lp.calls("lp")[0]["pid"], 0)


def test_a_computer_without_printing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotAllowed, match="no printing set up"):
        printers()


def test_a_computer_without_printers_says_so(lp: Commands) -> None:
    lp.answer("lpstat -e", said="", exit=1)
    with pytest.raises(NotAllowed, match="No printer is set up"):
        printers()


def test_the_printer_is_remembered_for_the_printers_that_there_are(lp: Commands, store: Store) -> None:
    there = printers()
    assert remembered_printer(store, there) == ("office", True)
    remember_printer(store, there, "portable", two_sided=False)
    store.flush()
    assert remembered_printer(store, there) == ("portable", False)
    at_home = there[1:]
    assert remembered_printer(store, at_home) == ("portable", False)
    lp.answer("lpstat -e", said="office\nportable\nkitchen\n")
    lp.answer("lpoptions -p kitchen", said="printer-info=Kitchen printer-type=16\n")
    elsewhere = printers()
    remember_printer(store, elsewhere, "kitchen", two_sided=True)
    store.flush()
    assert remembered_printer(store, elsewhere) == ("kitchen", True)
    assert remembered_printer(store, there) == ("portable", False)
    assert remembered_printer(store, ()) == ("", False)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    with print_server(tmp_path_factory.mktemp("cups")) as running:
        yield running


def test_a_real_print_server_prints_the_pages_that_were_meant(
    server: PrintServer, store: Store, pdf: bytes, sample: Plan
) -> None:
    office = next(one for one in printers() if one.name == "office")
    assert (office.words, office.usual, office.both_sides) == ("Office, by the stairs", True, True)
    print_pdf(store, pdf, HowToPrint("office", two_sided=True), nothing)
    with pdfplumber.open(server.paper) as paper, pdfplumber.open(BytesIO(pdf)) as meant:
        printed = [page.extract_text() for page in paper.pages]
        expected = [page.extract_text() for page in meant.pages]
        # True to size: what is 14 points on the screen is 14 points on the paper.
        assert {round(one["size"], 1) for one in paper.pages[0].chars} == {
            round(one["size"], 1) for one in meant.pages[0].chars
        }
    assert [page for page in printed if page] == expected
    assert printed[-1] == expected[-1]
    assert len(printed) % 2 == 1
    print_pdf(store, pdf, HowToPrint("office", signatures=True), nothing)
    with pdfplumber.open(server.paper) as paper:
        assert [page.extract_text() for page in paper.pages] == expected[-1:]
    assert server.waiting() == ""


def test_a_real_print_server_that_cannot_print_says_why_and_keeps_nothing(
    server: PrintServer, store: Store, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("supportplan.services.printing._MOST_SECONDS", 120.0)
    with pytest.raises(NotAllowed, match="not there any more"):
        print_pdf(store, pdf, HowToPrint("elsewhere"), nothing)
    server.run("cupsreject", "-r", "No", "office")
    with pytest.raises(NotAllowed, match="takes no prints"):
        print_pdf(store, pdf, HowToPrint("office"), nothing)
    server.run("cupsaccept", "office")
    server.run("cupsdisable", "-r", "Out of toner", "office")
    with pytest.raises(NotAllowed, match="does not print it") as stopped:
        print_pdf(store, pdf, HowToPrint("office"), nothing)
    assert "it is stopped" in words_of(stopped.value)
    server.run("cupsenable", "office")
    said: list[str] = []

    def stop_when_it_says_why(doing: str, _done: int, _of: int) -> None:
        said.append(doing)
        if doing.startswith("The printer says"):
            raise _Stop

    with pytest.raises(_Stop):
        print_pdf(store, pdf, HowToPrint("gone"), stop_when_it_says_why)
    assert server.waiting() == ""
