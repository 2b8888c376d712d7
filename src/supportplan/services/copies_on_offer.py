"""The copies that can be made of a case: the one list that every place which makes, prints or saves one reads."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from supportplan.documents.model import Document, Edition
from supportplan.domain.cases.steps import CopyKind, Medium
from supportplan.services.copies import case_document
from supportplan.services.desk import Desk


class CopyOnOffer(NamedTuple):
    """A copy that can be made: its key, its words, what the case's records call it, and as which kind of file.

    `document` builds what it says. Only a PDF is printed; every other kind is opened and saved.
    """

    key: str
    words: str
    kind: CopyKind
    medium: Medium
    document: Callable[[Desk], Document]

    @property
    def ending(self) -> str:
        """The ending of its file's name."""
        return f".{self.medium}"

    @property
    def printable(self) -> bool:
        """Whether a printer takes it as it is."""
        return self.medium == "pdf"


STANDARD = CopyOnOffer("standard", "Standard", "standard", "pdf", case_document)


def web_page(edition: Edition) -> CopyOnOffer:
    """Return the copy of an edition that is a web page: read on any screen, and aloud."""
    return CopyOnOffer(
        f"{edition}_web_page", "Web page", edition, "html", partial(case_document, edition=edition)
    )


COPIES: tuple[CopyOnOffer, ...] = (
    STANDARD,
    CopyOnOffer(
        "large_print", "Large print", "large_print", "pdf", partial(case_document, edition="large_print")
    ),
    CopyOnOffer("easy_read", "Easy read", "easy_read", "pdf", partial(case_document, edition="easy_read")),
    CopyOnOffer("letter", "Decision letter", "letter", "pdf", partial(case_document, edition="letter")),
    web_page("standard"),
)
