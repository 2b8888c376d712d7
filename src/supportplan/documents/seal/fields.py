"""What can be read in the fields of a PDF, as a viewer shows them, and whether a name is among it.

Only the process that examines files calls this.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
from pypdfium2 import raw

from supportplan.documents.pdf.letters import LACKING, REGULAR, is_shaped, printable, runs

_MOST_PAGES = 1_000
_MOST_FIELDS = 200
# A longer name may be broken in its field, or cut there.
_MOST_LETTERS = 40

_Place = tuple[float, float, float, float]


def words_in_fields(pdf: bytes) -> dict[str, str]:
    """Return what can be read where each field lies on its page, by the names of the fields."""
    shown: dict[str, str] = {}
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number in range(min(len(document), _MOST_PAGES)):
            with closing(document[number]) as page:
                places = list(_fields(page))
                # What is in a field becomes part of the page, for only that is read.
                flat = bool(places) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            if flat == raw.FLATTEN_SUCCESS:
                with closing(document[number]) as page, closing(page.get_textpage()) as words:
                    for name, place in places:
                        shown[name] = shown.get(name, "") + words.get_text_bounded(*place)
    return shown


def names(shown: str, name: str) -> bool:
    """Say whether a name can be read in what a field shows, but for letters that no font has.

    What is written in scripts whose letters are shaped by their neighbours, such as Arabic and Bengali, is not read back
    as it was typed: of such a name nothing is said.
    """
    looked_for = printable(" ".join(name.split()))
    if is_shaped(looked_for):
        return True
    drawn = _packed("".join(piece for piece, _ in runs(looked_for, REGULAR)))[:_MOST_LETTERS]
    return all(part in _packed(shown) for part in drawn.split(LACKING))


def _fields(page: Any) -> Iterator[tuple[str, _Place]]:
    """Yield the fields on a page: their names, and left, bottom, right and top in points."""
    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_FIELDS)):
        field = raw.FPDFPage_GetAnnot(page.raw, number)
        try:
            edges = raw.FS_RECTF()
            if (name := _name(field)) and raw.FPDFAnnot_GetRect(field, edges):
                yield name, (edges.left, edges.bottom, edges.right, edges.top)
        finally:
            raw.FPDFPage_CloseAnnot(field)


def _name(field: Any) -> str:
    size = raw.FPDFAnnot_GetStringValue(field, b"T", None, 0)
    room = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(field, b"T", ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return room.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _packed(text: str) -> str:
    """Leave out the blanks, for where lines are broken is not the name's, and write every letter in one way."""
    return unicodedata.normalize("NFKC", "".join(text.split()))
