"""Laying a finished PDF out for the printer. What is kept, and given as a file, is the PDF as it was."""

from io import BytesIO


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def with_last_page_on_its_own_sheet(pdf: bytes) -> bytes:
    """Return a PDF for both sides of the paper whose last page, which is signed, begins a sheet of its own.

    Where it would come out on the back of another page, an empty page is put before it.
    """
    from pikepdf import Array, Dictionary, Name, Page, Pdf

    with Pdf.open(BytesIO(pdf)) as opened:
        count = len(opened.pages)
        if count % 2:
            return pdf
        edges = Array([float(edge) for edge in opened.pages[-1].mediabox])
        empty = Dictionary(Type=Name.Page, MediaBox=edges, Resources=Dictionary())
        opened.pages.insert(count - 1, Page(opened.make_indirect(empty)))
        into = BytesIO()
        opened.save(into, deterministic_id=True)
    return into.getvalue()
