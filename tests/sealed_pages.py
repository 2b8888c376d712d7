"""What stands on the pages of a sealed plan. What is signed stands in fields, which programs that read text pass over."""

from io import BytesIO
from pathlib import Path

import pikepdf


def as_seen(file: Path) -> BytesIO:
    """Return a PDF whose fields have become part of their pages, as a viewer shows them."""
    seen = BytesIO()
    with pikepdf.Pdf.open(file) as sealed:
        sealed.flatten_annotations()
        sealed.save(seen)
    seen.seek(0)
    return seen
