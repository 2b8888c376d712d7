"""Printing a PDF: which printers there are, handing it over, and following it until the printer has it or says why not.

A print that gets stuck is taken back: it must not come out later, when nobody stands beside it.
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from supportplan.domain.problems import NotAllowed
from supportplan.services import cups
from supportplan.storage.store import Store

# Called with what is being done, how much of it is done, and how much there is to do; may raise to stop it.
Progress = Callable[[str, int, int], None]

# More prints at once than this were hardly meant, and cannot be called back once they are on their way.
MOST_COPIES = 20
# A print that has not come through after so many seconds is taken back.
_MOST_SECONDS = 600.0
_BETWEEN_LOOKS = 0.5
# The name that stands on a shared printer's display and in its list: it says nothing of anybody.
_TITLE = "Support plan"
_HANDING_OVER = "Handing it to the printer"
_MEND = "Put that right, then print it again; or choose another printer. Nothing is lost."
_TAKEN_BACK = "The print was taken back, so that it does not come out later with nobody beside it."

# What printers say in keywords [RFC 8011, 5.4.12; PWG 5100.9], in words. What is not here is no reason to worry.
_TROUBLES = {
    "media-empty": "it has no paper",
    "media-needed": "it waits for other paper",
    "media-jam": "paper is stuck in it",
    "input-tray-missing": "its paper tray is missing",
    "output-area-full": "its output tray is full",
    "cover-open": "its cover is open",
    "door-open": "its door is open",
    "interlock-open": "its door is open",
    "toner-empty": "its toner is used up",
    "marker-supply-empty": "its ink or toner is used up",
    "marker-waste-full": "its waste tank is full",
    "paused": "it is stopped",
    "moving-to-paused": "it is stopped",
    "shutdown": "it is off",
    "offline": "it cannot be reached: it may be off",
    "timed-out": "it cannot be reached: it may be off",
    "connecting-to-device": "it is being looked for",
    "cups-missing-filter": "this computer lacks a part that it needs",
    "cups-insecure-filter": "this computer does not trust a part that it needs",
}
_HOLDS = {
    "job-hold-until-specified": "it holds this print until somebody releases it",
    "cups-held-for-authentication": "it wants a name and a password first",
    "job-password-wait": "it wants a password at the printer first",
}
_WENT_WRONG = (
    "aborted-by-system", "job-completed-with-errors", "job-canceled-by-operator", "job-canceled-at-device",
    "job-canceled-by-user", "document-format-error", "unsupported-document-format",
)  # fmt: skip


class Printer(NamedTuple):
    """A printer: its name, what people call it, whether it is the usual one, and whether it prints on both sides."""

    name: str
    words: str
    usual: bool
    both_sides: bool


class HowToPrint(NamedTuple):
    """How a print is wanted: on which printer, on both sides or one, how many times, and whether the signatures alone."""

    printer: str
    two_sided: bool = False
    copies: int = 1
    signatures: bool = False


def printed_by_the_usual_program() -> bool:
    """Say whether the program that shows PDFs prints them here too, and asks for printer, sides and copies itself."""
    return sys.platform == "win32"


def printers() -> tuple[Printer, ...]:
    """Return the printers that can be chosen, the usual one first. Raises NotAllowed where there are none, and says why."""
    if printed_by_the_usual_program():
        return ()
    names = cups.printer_names()
    if not names:
        raise _no_printer()
    usual = cups.usual_printer()
    found = []
    for name in sorted(names, key=lambda name: name != usual):
        facts = cups.facts_of(name)
        found.append(Printer(name, facts.words, name == usual, facts.both_sides))
    return tuple(found)


def print_pdf(store: Store, pdf: bytes, how: HowToPrint, progress: Progress) -> None:
    """Print a PDF, and return when the printer has taken all of it: whether it came out, only whoever stands there knows.

    No file of it is made, but where another program prints it: that one passes through the store's own folder. Raises
    NotAllowed with what the printer says where it does not print; nothing then comes out later either.
    """
    if printed_by_the_usual_program():
        _print_by_the_usual_program(store.passing.put("support-plan.pdf", pdf))
        return
    from supportplan.documents.pdf.for_paper import signature_pages, with_signatures_on_a_sheet_of_their_own

    progress(_HANDING_OVER, 0, 0)
    pages = signature_pages(pdf) if how.signatures else None
    laid_out = with_signatures_on_a_sheet_of_their_own(pdf) if how.two_sided and not pages else pdf
    answered = cups.hand_over(laid_out, _options(how, pages), lambda: progress(_HANDING_OVER, 0, 0))
    if not answered.done:
        raise _refused(how.printer, answered.complained)
    job = cups.job_id(answered.said)
    if job:
        try:
            _follow(job, how.printer, progress)
        except BaseException:
            cups.take_back(job)
            raise


def _print_by_the_usual_program(path: Path) -> None:
    if sys.platform == "win32":
        import os

        try:
            os.startfile(path, "print")  # noqa: S606 - a file that this program has just written
        except OSError:
            raise NotAllowed(
                "No program on this computer prints PDF files.",
                mend="Install a PDF reader, or save the file and print it on another computer. Nothing is lost.",
            ) from None


def printed_pages(pdf: bytes, pages: int, how: HowToPrint) -> int:
    """Return how many pages of a PDF, which has so many `pages`, come out each time that it is printed so."""
    from supportplan.documents.pdf.for_paper import signature_pages

    return len(signature_pages(pdf)) if how.signatures else pages


def _options(how: HowToPrint, pages: range | None) -> list[str]:
    options = {
        "media": "A4",
        "sides": "two-sided-long-edge" if how.two_sided and not pages else "one-sided",
        # What is promised to be 14 or 18 points is printed as such, not fitted to a printer's edges.
        "print-scaling": "none",
    } | ({"page-ranges": f"{pages[0]}-{pages[-1]}"} if pages else {})
    named = [part for key, value in options.items() for part in ("-o", f"{key}={value}")]
    return ["-d", how.printer, "-t", _TITLE, "-n", str(how.copies), *named]


def _follow(job: str, printer: str, progress: Progress) -> None:
    """Wait until a print has come through. Raises NotAllowed where it is stuck, or went wrong."""
    began = time.monotonic()
    while (waiting := cups.waiting_job(job)) is not None:
        facts = cups.facts_of(printer)
        troubles = [_TROUBLES[one] for one in facts.reasons if one in _TROUBLES]
        holds = [_HOLDS[one] for one in waiting.reasons if one in _HOLDS]
        says = "; ".join(dict.fromkeys(holds + troubles)) or waiting.status
        if holds or facts.stopped:
            raise _stuck(facts.words, says or "it is stopped")
        if time.monotonic() - began > _MOST_SECONDS:
            raise _stuck(facts.words, says or "it has not come through within ten minutes")
        progress(f"The printer says: {says}" if says else "Printing", 0, 0)
        time.sleep(_BETWEEN_LOOKS)
    ended = cups.ended_job(job)
    if ended is not None and any(one in _WENT_WRONG for one in ended.reasons):
        raise NotAllowed(
            "The printer stopped before all of it was printed.",
            where=cups.facts_of(printer).words,
            mend=f"{_said(ended.status)}{_MEND}",
        )


def _no_printer() -> NotAllowed:
    if not cups.scheduler_runs():
        return NotAllowed(
            "The printing of this computer is switched off.",
            mend="Restart the computer, or ask whoever looks after it. Until then, save the file and print it elsewhere.",
        )
    return NotAllowed(
        "No printer is set up on this computer.",
        mend="Switch the printer on and add it in the computer's settings; or save the file and print it elsewhere.",
    )


def _refused(printer: str, complained: str) -> NotAllowed:
    """Say in plain words why `lp` did not take a print."""
    says = re.sub(r"^lp:\s*(Error\s*-\s*)?", "", complained)
    if not cups.scheduler_runs():
        return _no_printer()
    if "not exist" in says or printer not in cups.printer_names():
        return NotAllowed(
            "That printer is not there any more.",
            where=printer,
            mend="Switch it on and connect it, or choose another one. Nothing is lost.",
        )
    if "not accepting" in says:
        return NotAllowed("The printer takes no prints at the moment.", where=printer, mend=_MEND)
    if "media" in says.casefold():
        return NotAllowed("The printer does not take A4 paper.", where=printer, mend=f"{_said(says)}{_MEND}")
    return NotAllowed("The printer did not take it.", where=printer, mend=f"{_said(says)}{_MEND}")


def _stuck(printer: str, says: str) -> NotAllowed:
    return NotAllowed(
        "The printer does not print it.", where=printer, mend=f"{_said(says)}{_TAKEN_BACK} {_MEND}"
    )


def _said(words: str) -> str:
    """Hand on what a printer says, as a sentence; nothing where it says nothing."""
    said = " ".join(words.split()).rstrip(".")
    return f"It says: {said}. " if said else ""
