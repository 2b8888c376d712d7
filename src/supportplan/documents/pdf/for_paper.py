"""Laying a finished PDF out for the printer. What is kept, and given as a file, is the PDF as it was."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import OutlineItem, Pdf


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def signature_pages(pdf: bytes) -> range:
    """Return the numbers of the pages that are signed, counted from 1: one, or as many as the signatures need.

    Each of them begins with the same heading, the last of the plan. A file without headings is signed on its last page.
    """
    from pikepdf import Pdf

    with Pdf.open(BytesIO(pdf)) as opened:
        return _signature_pages(opened)


def with_signatures_on_a_sheet_of_their_own(pdf: bytes) -> bytes:
    """Return a PDF for both sides of the paper whose pages that are signed begin a sheet.

    Where the first of them would come out on the back of another page, an empty page is put before it.
    """
    from pikepdf import Array, Dictionary, Name, Page, Pdf

    with Pdf.open(BytesIO(pdf)) as opened:
        first = _signature_pages(opened).start
        if first % 2:
            return pdf
        edges = Array([float(edge) for edge in opened.pages[-1].mediabox])
        empty = Dictionary(Type=Name.Page, MediaBox=edges, Resources=Dictionary())
        opened.pages.insert(first - 1, Page(opened.make_indirect(empty)))
        into = BytesIO()
        opened.save(into, deterministic_id=True)
    return into.getvalue()


def _signature_pages(opened: Pdf) -> range:
    last = len(opened.pages)
    with opened.open_outline() as outline:
        headings = list(_all(outline.root))
    numbers = {page.objgen: number for number, page in enumerate(opened.pages, start=1)}
    first = last
    for heading in reversed(headings):
        if heading.title != headings[-1].title:
            break
        first = numbers[heading.destination[0].objgen]  # type: ignore[index]  # a page and a place on it
    return range(first, last + 1)


def _all(items: list[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _all(item.children)
