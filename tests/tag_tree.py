"""The tags of a PDF as a tree that tests can ask: read from the file itself, words and all."""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import pdfplumber
import pikepdf


class Tag(NamedTuple):
    """An element of the file: its kind, what its attributes say, and the elements in it."""

    kind: str
    attributes: dict[str, str]
    within: tuple["Tag", ...]

    def all(self, kind: str) -> Iterator["Tag"]:
        """Every element of a kind in it, in the order they are read."""
        if self.kind == kind:
            yield self
        for one in self.within:
            yield from one.all(kind)


def tag_tree(pdf: bytes) -> Tag:
    """Read the tree of a file."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as file:
        return _tag(file.Root.StructTreeRoot.K)


def _tag(element: pikepdf.Object) -> Tag:
    attributes = {name: str(value) for name, value in element.get("/A", pikepdf.Dictionary()).items()}
    for name in ("/Alt", "/ActualText"):
        if name in element:
            attributes[name] = str(element[name])
    return Tag(
        str(element.S).removeprefix("/"),
        attributes,
        tuple(_tag(kid) for kid in kids_of(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid),
    )


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """What an element of a file holds: elements, marks and fields."""
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def words_by_tags(pdf: bytes) -> str:
    """The words of a file as somebody hears them who follows its tags: each element's on a line, in the order of the tree."""
    with pdfplumber.open(BytesIO(pdf)) as read, pikepdf.Pdf.open(BytesIO(pdf)) as file:
        marks: dict[tuple[int, int], str] = {}
        for number, page in enumerate(read.pages):
            for letter in page.chars:
                if letter["mcid"] is not None:
                    key = number, letter["mcid"]
                    marks[key] = marks.get(key, "") + letter["text"]
        numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(file.pages)}
        return "\n".join(_words(file.Root.StructTreeRoot.K, numbers, marks))


def _words(
    element: pikepdf.Object, pages: dict[object, int], marks: dict[tuple[int, int], str]
) -> Iterator[str]:
    own = ""
    for kid in kids_of(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _words(kid, pages, marks)
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            own += marks.get((pages[kid.Pg.objgen], int(kid.MCID)), "")
        elif not isinstance(kid, pikepdf.Dictionary):
            own += marks.get((pages[element.Pg.objgen], int(kid)), "")
    if own:
        yield own
