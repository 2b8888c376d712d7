"""What is asked before a copy is printed, opened or saved: which copy, which pages, which printer, how often, for whom."""

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.cases.steps import CopyKind
from supportplan.services.copies_on_offer import COPIES, STANDARD, CopyOnOffer
from supportplan.services.issuing import THE_FAMILY, CopyGiven, given_words
from supportplan.services.printing import MOST_COPIES, HowToPrint, Printer, printed_by_the_usual_program
from supportplan.widgets.choice import OneOf, Option, Tick
from supportplan.widgets.chooser import Choice
from supportplan.widgets.fields import CountField
from supportplan.widgets.lines import typed
from supportplan.widgets.word_fields import WordsField

_WHOLE, _SIGNATURES = "whole", "signatures"


class PrintForm(VerticalScroll, can_focus=False):
    """The form, of a copy of the plan on the desk or of one `again` that was given before. It shows only what applies."""

    def __init__(self, again: CopyGiven | None) -> None:
        super().__init__()
        self._again = again
        self.printers: tuple[Printer, ...] = ()

    def compose(self) -> ComposeResult:
        """Make the fields."""
        yield self._which()
        yield from self._how()
        yield WordsField("For whom", id="whom", hint="type a name")

    def on_mount(self) -> None:
        """Offer what is usual."""
        self.query_one(CountField).show("1")
        self.query_one("#whom", WordsField).show(THE_FAMILY if self._again is None else self._again.issued.to)

    @property
    def offer(self) -> CopyOnOffer:
        """The copy that is chosen, where it is not one that was given before. Read before a thread makes it."""
        return next(one for one in COPIES if one.key == self.query_one("#kind", OneOf).value)

    @property
    def ending(self) -> str:
        """The ending of the file's name."""
        return self.offer.ending if self._again is None else self._again.ending

    @property
    def kind(self) -> CopyKind:
        """Which copy it is, as the case's records call it."""
        return self.offer.kind if self._again is None else self._again.issued.copy

    @property
    def whom(self) -> str:
        """Whom it is for."""
        return self.query_one("#whom", WordsField).text.strip() or THE_FAMILY

    @property
    def can_print(self) -> bool:
        """Whether this copy can be printed here: on a printer that is chosen, or by the program that shows PDFs."""
        printable = self.offer.printable if self._again is None else self._again.printable
        return printable and (self._printer is not None or printed_by_the_usual_program())

    @property
    def asks_for_sides(self) -> bool:
        """Whether it is asked if both sides of the paper are printed."""
        return bool(self.query_one(Tick).display)

    def how_to_print(self) -> HowToPrint | None:
        """Return how it is to be printed; None, with the cursor at its field, where the number of prints cannot be read."""
        count = self.query_one(CountField)
        if count.display and count.value is None:
            count.focus()
            return None
        alone, sides = self._signatures_alone, self.query_one(Tick)
        return HowToPrint(
            printer=self.query_one(Choice).value,
            two_sided=sides.display and sides.value and not alone,
            copies=count.value or 1,
            signatures=alone,
        )

    def offer_printers(self, found: Sequence[Printer], usual: str, *, two_sided: bool) -> None:
        """Offer these printers, with the usual one chosen, and whether on both sides."""
        self.printers = tuple(found)
        if found:
            self.query_one(Choice).show(usual, [Option(one.name, one.words) for one in found])
            self.query_one(Tick).show(value=two_sided)
        self.show_what_applies()

    def show_what_applies(self) -> None:
        """Ask for what the copy, the printer and this computer can do."""
        printer = self._printer
        asked = self.can_print and printer is not None
        for name in ("#printer", "#count"):
            self.query_one(name).display = asked
        self.query_one("#pages").display = asked and (self._again is not None or self.offer.signed)
        both = printer is not None and printer.both_sides
        self.query_one("#sides").display = asked and both and not self._signatures_alone

    def _which(self) -> Widget:
        if self._again is not None:
            return Static(typed(f"The very same file again: {given_words(self._again)}"), id="again")
        options = [Option(one.key, one.words) for one in COPIES]
        return OneOf("Which copy", options, id="kind", value=STANDARD.key)

    def _how(self) -> Iterator[Widget]:
        alone = self._again is not None and self._again.issued.copy == "signature_page"
        pages = [Option(_WHOLE, "all"), Option(_SIGNATURES, "the signatures alone")]
        yield OneOf("Pages", pages, id="pages", value=_SIGNATURES if alone else _WHOLE)
        yield Choice("Printer", [], id="printer", width=44)
        yield Tick("Both sides of the paper", id="sides")
        yield CountField("Prints", ("print", "prints"), most=MOST_COPIES, id="count")

    @property
    def _printer(self) -> Printer | None:
        return next((one for one in self.printers if one.name == self.query_one(Choice).value), None)

    @property
    def _signatures_alone(self) -> bool:
        """Whether only what is signed is printed."""
        pages = self.query_one("#pages", OneOf)
        return bool(pages.display) and pages.value == _SIGNATURES
