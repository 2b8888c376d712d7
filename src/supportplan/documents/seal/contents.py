"""What a PDF holds: the words of its pages as a viewer has them, the plan inside, and what it says of itself.

Only the process that examines files calls this.
"""

from io import BytesIO
from typing import Any

import msgspec
import pypdfium2
from pyhanko.pdf_utils.reader import PdfFileReader

from supportplan.documents.pdf.finish import ATTACHED, VIEWS
from supportplan.domain.canonical import digest
from supportplan.domain.examined import Contents

_MOST_PAGES = 1_000


def contents(pdf: bytes) -> Contents:
    """Read what a file holds; nothing of one that cannot be read."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return Contents()
    try:
        pages = tuple(
            document[place].get_textpage().get_text_bounded()
            for place in range(min(len(document), _MOST_PAGES))
        )
        return Contents(
            pages=pages,
            plan=_attached(document, ATTACHED),
            views=_attached(document, VIEWS),
            about=_about(pdf),
        )
    except pypdfium2.PdfiumError:
        return Contents()
    finally:
        document.close()


def _attached(document: Any, name: str) -> bytes | None:
    """Return the file of a name that is inside; nothing where there is none, or more than one."""
    held = [document.get_attachment(place) for place in range(document.count_attachments())]
    found = [one for one in held if one.get_name() == name]
    return bytes(found[0].get_data()) if len(found) == 1 else None


def _about(pdf: bytes) -> str:
    """Take a digest of what a file says of itself, in both ways, and of whether viewers are to draw its fields anew.

    pyHanko lets a signature change all of these.
    """
    reader = PdfFileReader(BytesIO(pdf))
    described = _held(reader.root, "/Metadata")
    info = _held(reader.trailer, "/Info") or {}
    anew = _held(_held(reader.root, "/AcroForm") or {}, "/NeedAppearances")
    said = (
        b"" if described is None else described.encoded_data,
        sorted((str(key), repr(info[key])) for key in info),
        repr(anew),
    )
    return digest(msgspec.msgpack.encode(said))


def _held(by: Any, key: str) -> Any:
    # Its `get` gives where a value is, and not the value.
    return by[key] if key in by else None  # noqa: SIM401
