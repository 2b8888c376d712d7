"""The copies that can be made of a case: the one list that every place which makes, prints or saves one reads."""

from collections.abc import Callable
from typing import NamedTuple

from supportplan.documents.model import Document
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


COPIES: tuple[CopyOnOffer, ...] = (CopyOnOffer("standard", "Standard", "standard", "pdf", case_document),)
STANDARD = COPIES[0]
