"""Scans of signed pages: a JPEG or a PDF, told by what is in the file and never by its name."""

from io import BytesIO

from supportplan.domain.problems import BadInput

_MEND = "Scan or photograph the page again, and save it as JPEG or PDF."


def demand_scan(data: bytes) -> None:
    """Raise BadInput, in plain words, for what is neither a JPEG that can be shown nor a PDF that can be opened."""
    if data.startswith(b"\xff\xd8\xff"):
        _demand_jpeg(data)
    elif data.startswith(b"%PDF-"):
        _demand_pdf(data)
    elif not data:
        raise BadInput("The file is empty.", mend=_MEND)
    else:
        raise BadInput("The file is neither a JPEG picture nor a PDF, whatever its name says.", mend=_MEND)


def _demand_jpeg(data: bytes) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as picture:
            # Small: only whether every part can be read matters, and a large picture would fill the memory.
            picture.draft("L", (64, 64))
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise BadInput("The picture is damaged or cut off, and cannot be shown whole.", mend=_MEND) from None


def _demand_pdf(data: bytes) -> None:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise BadInput(
            "The PDF is locked with a password, so that nobody could look at the scan later.",
            mend="Save it without a password, and try again.",
        ) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise BadInput("The PDF is damaged, and cannot be opened.", mend=_MEND) from None
    if not pages:
        raise BadInput("The PDF has no page in it.", mend=_MEND)
