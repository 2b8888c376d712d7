"""The tags of a page: what each mark means, and in which order it is read.

ReportLab draws marks and knows nothing of what they mean. So each flowable of ours carries an `Element`; the canvas
wraps what it draws in that element's tag, and writes the tree of elements into the file (ISO 32000-1, 14.7 and 14.8).
Whatever is in no element is an artifact: rules, tints, the head and foot of pages, and a table's header when it is
drawn again on the next page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
)
from reportlab.pdfgen.canvas import Canvas


class Element(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """A part of the document: its `kind` is a structure type of PDF, such as `H1`, `TD` or `Figure`.

    It becomes part of the tree when the first of it is drawn, so that the tree has the order of the pages, and an
    element of which nothing is drawn is not in it. `attributes` are written into its dictionary as they stand.
    """

    __RefOnly__ = 1

    def __init__(self, kind: str, within: "Element | None" = None, attributes: str = "") -> None:
        self.kind = kind
        self.within = within
        self.attributes = attributes
        self.taken_in = False
        self._parts: list[Element | SignaturePlaceholder | tuple[str, int]] = []

    def add(self, part: "Element | SignaturePlaceholder | tuple[str, int]") -> None:
        """Add what comes next in it: an element, a field, or the marks of a page by the page's name and their number."""
        self._parts.append(part)

    def format(self, document: Any) -> bytes:
        """Write its dictionary."""
        pages = [part[0] for part in self._parts if isinstance(part, tuple)]
        page = f"/Pg {_named(pages[0], document)} " if pages else ""
        kids = [
            (str(part[1]) if part[0] == pages[0] else _marks_elsewhere(part, document))
            if isinstance(part, tuple)
            else part.as_kid(document)
            for part in self._parts
        ]
        # A kid that is alone is no list of one: the check of what was changed in a sealed file finds fields only so.
        held = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
        within = _reference(self.within, document) if self.within is not None else "null"
        return f"<</Type /StructElem /S /{self.kind} /P {within} {page}{self.attributes} /K {held}>>".encode()

    def as_kid(self, document: Any) -> str:
        """How its parent names it."""
        return _reference(self, document)


class SignaturePlaceholder(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """A signature field that nobody has signed: `words` say what it is for to somebody who cannot see the page."""

    __RefOnly__ = 1

    def __init__(
        self, name: str, words: str, page: str, box: tuple[float, float, float, float], key: int
    ) -> None:
        self._name = name
        self._words = words
        self._page = page
        self._box = box
        self._key = key
        # An empty picture, so that every reader shows the same: nothing.
        self._empty = PDFStream(
            PDFDictionary(
                {
                    "Type": PDFName("XObject"),
                    "Subtype": PDFName("Form"),
                    "BBox": PDFArray([0, 0, box[2] - box[0], box[3] - box[1]]),
                }
            ),
            "",
        )

    def format(self, document: Any) -> bytes:
        """Write its dictionary, which is that of the field and of the place on the page."""
        page = _named(self._page, document)
        rect = " ".join(f"{edge:.2f}" for edge in self._box)
        return (
            f"<</Type /Annot /Subtype /Widget /FT /Sig /T {pdf_text(self._name)} /TU {pdf_text(self._words)} /F 4 "
            f"/P {page} /Rect [{rect}] /StructParent {self._key} /AP <</N {_reference(self._empty, document)}>> >>"
        ).encode()

    def as_kid(self, document: Any) -> str:
        """How the element that holds it names it."""
        return f"<</Type /OBJR /Obj {_reference(self, document)} /Pg {_named(self._page, document)}>>"


class _Raw(PDFObject):  # type: ignore[misc]
    __RefOnly__ = 1

    def __init__(self, text: str) -> None:
        self._text = text

    def format(self, _: Any) -> bytes:
        return self._text.encode()


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas that tags what is drawn on it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._root = Element("Document")
        self._root.taken_in = True
        # For each page, and after them for each field, what a reader finds there: the elements by the number of their marks.
        self._page_marks: list[list[Element]] = [[]]
        self._fields: list[tuple[SignaturePlaceholder, Element]] = []
        self._in_artifact = False

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """Tag what is drawn meanwhile as a part of an element."""
        if self._in_artifact:
            yield
            return
        self.take_in(element)
        marks = self._page_marks[-1]
        element.add((self._doc.thisPageName(), len(marks)))
        self._code.append(f"/{element.kind} <</MCID {len(marks)}>> BDC")
        marks.append(element)
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """Mark what is drawn meanwhile as nothing to be read: it repeats, or is there for the eye."""
        if self._in_artifact:
            yield
            return
        self._code.append(f"/Artifact <<{kind}>> BDC" if kind else "/Artifact BMC")
        self._in_artifact = True
        yield
        self._in_artifact = False
        self._code.append("EMC")

    def take_in(self, element: Element) -> None:
        """Put an element into the tree after what is there already; a cell with no words has its place, too."""
        if element.taken_in or self._in_artifact:
            return
        element.taken_in = True
        if element.within is None:
            element.within = self._root
        self.take_in(element.within)
        element.within.add(element)

    def place_to_sign(self, name: str, words: str, box: tuple[float, float, float, float]) -> None:
        """Put a signature field on the page: its left, bottom, right and top edge are given from the page's corner."""
        page = self._doc.thisPageName()
        # Its element holds the field alone: marks beside it would be read as its label.
        element = Element("Form")
        self.take_in(element)
        field = SignaturePlaceholder(name, words, page, box, _FIRST_FIELD + len(self._fields))
        element.add(field)
        self._fields.append((field, element))
        self._doc.addAnnotation(name, field)
        self._annotatePage(name)

    def translate(self, dx: float, dy: float) -> None:
        """Move the corner: what every flowable does, so it is worth the shortest way."""
        a, b, c, d, e, f = self._currentMatrix  # type: ignore[has-type]
        self._currentMatrix = a, b, c, d, a * dx + c * dy + e, b * dx + d * dy + f
        self._code.append(f"1 0 0 1 {dx:.3f} {dy:.3f} cm")

    def showPage(self) -> None:  # noqa: N802  (ReportLab's name)
        """Begin the numbers of the marks anew with each page."""
        super().showPage()
        self._page_marks.append([])

    def save(self) -> None:
        """Write the tree, then the file."""
        document = self._doc
        self._root.within = _Tree(self._root, self._page_marks, self._fields)
        document.Catalog.StructTreeRoot = self._root.within
        if self._fields:
            document.Catalog.AcroForm = _Fields([field for field, _ in self._fields])
        super().save()


# The keys of fields in the tree begin where no key of a page comes.
_FIRST_FIELD = 100_000


class _Tree(PDFObject):  # type: ignore[misc]
    """The root of the tree, and the way back from marks to elements."""

    __RefOnly__ = 1

    def __init__(
        self,
        root: Element,
        pages: list[list[Element]],
        fields: list[tuple[SignaturePlaceholder, Element]],
    ) -> None:
        self._root = root
        self._pages = pages
        self._fields = fields

    def format(self, document: Any) -> bytes:
        ways = [
            f"{number} [{' '.join(_reference(element, document) for element in marks)}]"
            for number, marks in enumerate(self._pages)
            if marks
        ]
        ways += [
            f"{_FIRST_FIELD + number} {_reference(element, document)}"
            for number, (_, element) in enumerate(self._fields)
        ]
        parents = _reference(_Raw(f"<</Nums [{' '.join(ways)}]>>"), document)
        following = _FIRST_FIELD + len(self._fields)
        return (
            f"<</Type /StructTreeRoot /K {_reference(self._root, document)} /ParentTree {parents} "
            f"/ParentTreeNextKey {following}>>"
        ).encode()


class _Fields(PDFObject):  # type: ignore[misc]
    __RefOnly__ = 1

    def __init__(self, fields: list[SignaturePlaceholder]) -> None:
        self._fields = fields

    def format(self, document: Any) -> bytes:
        names = " ".join(_reference(field, document) for field in self._fields)
        return f"<</Fields [{names}] /SigFlags 1>>".encode()


def figure_attributes(words: str, box: tuple[float, float, float, float]) -> str:
    """Write the attributes of a figure's element: what it shows, in words, and its box on the page, lower left to upper right."""
    edges = " ".join(f"{edge:.2f}" for edge in box)
    return f"/Alt {pdf_text(words)} /A <</O /Layout /Placement /Block /BBox [{edges}]>>"


def pdf_text(text: str) -> str:
    """Write a text as a string of PDF."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _marks_elsewhere(marks: tuple[str, int], document: Any) -> str:
    return f"<</Type /MCR /Pg {_named(marks[0], document)} /MCID {marks[1]}>>"


def _reference(written: PDFObject, document: Any) -> str:
    reference: bytes = document.Reference(written).format(document)
    return reference.decode()


def _named(name: str, document: Any) -> str:
    reference: bytes = PDFObjectReference(name).format(document)
    return reference.decode()
