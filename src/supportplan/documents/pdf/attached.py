"""Reading what this program attached to a PDF that it made itself."""

from io import BytesIO

from supportplan.documents.pdf.finish import VIEWS


def views_in(pdf: bytes) -> bytes:
    """Return the views that a PDF of this program carries, as data; nothing where it carries none."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(pdf)) as opened:
        held = opened.attachments.get(VIEWS)
        return held.get_file().read_bytes() if held is not None else b""
