"""A copy on its way to paper: printed as often as is wanted, and noted in the case only once somebody says it came out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from supportplan.services.issuing import note_on_paper
from supportplan.services.printing import print_pdf, printed_pages
from supportplan.services.usual_printer import remember_printer, remembered_printer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supportplan.services.desk import Desk
    from supportplan.services.issuing import MadeCopy
    from supportplan.services.printing import HowToPrint, Printer, Progress

# What whoever stands at the printer says: it came out, it did not, print it again; or nobody stands there.
CameOut = Literal["yes", "no", "again", "nobody"]


class OnPaper:
    """One print, however it is asked about: `while paper.waits: paper.print(progress); paper.answer(asked())`.

    `there` are the printers that there are, `given_to` whom the copy is for. `make` makes the copy, once, when it is
    printed first. `noted` says whether the case notes it; `pages` how many pages came out last, of each print.
    """

    def __init__(
        self,
        desk: Desk,
        how: HowToPrint,
        *,
        there: Sequence[Printer],
        given_to: str,
        make: Callable[[], MadeCopy],
    ) -> None:
        self._desk = desk
        self._there = there
        self._make = make
        self._made: MadeCopy | None = None
        self.how = how
        self.given_to = given_to
        self.waits = True
        self.noted = False
        self.pages = 0

    @property
    def made(self) -> MadeCopy:
        """The copy. It is made before the first print, or when it is asked for."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def print(self, progress: Progress) -> MadeCopy:
        """Print it, and return it when the printer has taken all of it. Raises what making and printing it does."""
        if self._made is None:
            progress("Making the copy", 0, 0)
        print_pdf(self._desk.store, self.made.content, self.how, progress)
        self.pages = printed_pages(self.made.content, self.made.pages, self.how)
        return self.made

    def answer(self, said: CameOut) -> None:
        """Take the answer to whether it came out: with `again` it waits to be printed once more, with `yes` it is noted.

        The printer is remembered where it did all that it was asked to, whatever came out. Raises as `note_on_paper` does.
        """
        self.waits = said == "again"
        if self.waits:
            return
        if self._there:
            self._remember()
        if said == "yes":
            note_on_paper(self._desk, self.made, given_to=self.given_to, signature_page=self.how.signatures)
            self.noted = True

    def _remember(self) -> None:
        store, how = self._desk.store, self.how
        # Signatures alone have no other side: what is usual for a whole plan stays so.
        both = remembered_printer(store, self._there)[1] if how.signatures else how.two_sided
        remember_printer(store, self._there, how.printer, two_sided=both)
