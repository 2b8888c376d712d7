"""The neutral document: what a printed, read or spoken copy says, in what order and of what kind. No format in it.

A renderer decides how each kind looks. What a tag layer, a large-print copy or a web page needs is said here once:
levels of headings, which cells are headers, which columns hold amounts, what a figure shows in words, and what each
signature field is for.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from supportplan.domain.cases.drawing import Drawing

Tone = Literal["body", "voice", "note", "warning"]
Holds = Literal["words", "figure", "amount"]
Weight = Literal["row", "total", "grand_total"]
# How a plan is told and set: a renderer chooses sizes and shapes by it.
Edition = Literal["standard", "large_print", "easy_read", "letter"]


class Heading(msgspec.Struct, frozen=True):
    """A heading of level 1 to 3; levels are never skipped."""

    level: Literal[1, 2, 3]
    text: str


class Paragraph(msgspec.Struct, frozen=True):
    """Running text; line breaks in it are kept.

    `voice` is what the person says in their own words, `note` is less important, and `warning`
    must not be overlooked.
    """

    text: str
    tone: Tone = "body"


class Bullets(msgspec.Struct, frozen=True):
    """A list whose order does not matter."""

    items: tuple[str, ...]


class Cell(msgspec.Struct, frozen=True):
    """What stands in one place of a table: a text, and a smaller one under it."""

    text: str
    note: str = ""


class Column(msgspec.Struct, frozen=True):
    """A column of a table.

    `holds` says what its cells are: `amount` cells are aligned at the right and never broken, `figure` cells (dates,
    quantities) are broken between words only. `share` is how much of the room that is left a column of words gets,
    relative to the others.
    """

    header: str
    holds: Holds = "words"
    share: int = 1


class Row(msgspec.Struct, frozen=True):
    """A row of a table. Its first cell is the row's header. A total counts what stands above it."""

    cells: tuple[Cell, ...]
    weight: Weight = "row"


class Table(msgspec.Struct, frozen=True):
    """A table with a header for each column and each row, and a caption that says what it holds."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Fact(msgspec.Struct, frozen=True):
    """A label and what it stands for; `holds` and `weight` are those of a table's column and row."""

    label: str
    text: str
    holds: Holds = "words"
    weight: Weight = "row"


class Card(msgspec.Struct, frozen=True):
    """A box of facts that belong together."""

    title: str
    facts: tuple[Fact, ...]


class Bar(msgspec.Struct, frozen=True):
    """One bar of a figure: what it is, its value as printed, and its length from 0 to 1000."""

    label: str
    value: str
    length: int


class Figure(msgspec.Struct, frozen=True):
    """Bars that show how amounts compare, and the same in words for who cannot see them."""

    title: str
    bars: tuple[Bar, ...]
    words: str


class Picture(msgspec.Struct, frozen=True):
    """A picture: the bytes of a PNG or JPEG, and what it shows in words; no words where it only adorns."""

    data: bytes
    words: str = ""


class Idea(msgspec.Struct, frozen=True):
    """One idea, for whoever reads with pictures: a short sentence or two, and a picture beside it where there is one.

    `own_words` are what somebody wrote or said themselves, under our sentence and set apart from it; `more` is what we
    add to them. `with_next` tells that it stays on one page with the next one.
    """

    text: str
    picture: Picture | None = None
    own_words: str = ""
    more: str = ""
    with_next: bool = False


class SignatureField(msgspec.Struct, frozen=True):
    """A place for one signature and its date: `role` says who signs, `name` whose place it is where that is known.

    `key` is the role's key, by which a sealed file names the field; without one there is none, and it is signed in ink.
    Where it is signed already, `signed` says by whom and how, and `on` the day; else there are lines to write on.
    `drawing` is what they drew, where they signed so.
    """

    role: str
    name: str = ""
    signed: str = ""
    on: str = ""
    key: str = ""
    drawing: Drawing | None = None


class NewPage(msgspec.Struct, frozen=True):
    """What follows begins on a new page, unless half of a page is free still.

    It always does where it is `apart`: taken out of the paper, to be kept by itself.
    """

    apart: bool = False


Block = Heading | Paragraph | Bullets | Table | Card | Figure | Idea | NewPage


class LastPage(msgspec.Struct, frozen=True):
    """The page that is signed: the totals and the signatures, together.

    Where not all signatures fit on one page, each page of signatures repeats the `totals`.
    """

    totals: tuple[Block, ...]
    signatures: tuple[SignatureField, ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A whole document. `person` and `version` are short enough to stand on every page.

    What nobody signs, such as a letter, has nothing on its last page. A renderer chooses sizes and shapes by the `edition`.
    `source` is the plan that it was made from, as canonical JSON, and `views` are those it prints beside the plan: a file
    that can hold another carries them.
    """

    title: str
    language: str
    subject: str
    author: str
    person: str
    version: str
    blocks: tuple[Block, ...]
    last_page: LastPage
    edition: Edition = "standard"
    source: bytes = b""
    views: bytes = b""


def texts_of(part: object) -> Iterator[str]:
    """Yield every text of a document, or of a part of one, in its order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts_of(one)
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from texts_of(getattr(part, name))
