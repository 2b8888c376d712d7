"""The copies that can be made of a case: the one list that every place which makes, prints or saves one reads."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from supportplan.documents.model import Document, Edition
from supportplan.domain.cases.steps import CopyKind, Medium
from supportplan.services.copies import case_document
from supportplan.services.desk import Desk
from supportplan.services.views_page import views_document


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

    @property
    def sealed(self) -> bool:
        """Whether it is the sealed file, once somebody has signed."""
        return self.kind == "standard" and self.medium == "pdf"

    @property
    def signed(self) -> bool:
        """Whether people sign on its last page."""
        return self.kind not in ("letter", "views")


_EDITIONS: dict[Edition, str] = {
    "standard": "Standard",
    "large_print": "Large print",
    "easy_read": "Easy read",
    "letter": "Decision letter",
}


def on_offer(edition: Edition, medium: Medium = "pdf") -> CopyOnOffer:
    """Return a copy as one kind of file: PDF, or a web page."""
    words = _EDITIONS[edition]
    key = edition if medium == "pdf" else f"{edition}_{medium}"
    return CopyOnOffer(key, words, edition, medium, partial(case_document, edition=edition))


STANDARD = on_offer("standard")
COPIES: tuple[CopyOnOffer, ...] = (
    *(on_offer(edition) for edition in _EDITIONS),
    CopyOnOffer("views", "Both views", "views", "pdf", views_document),
    on_offer("standard", "html")._replace(key="web_page", words="Web page"),
)
