"""Pages: the frame that text flows in, what stands at the foot of each, and the outline that readers show beside."""

from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from supportplan.documents.model import Document
from supportplan.documents.pdf.layout import (
    BAND,
    BAND_ABOVE,
    GREY,
    INK,
    MARGIN,
    PAGE,
    WIDTH,
    Layout,
)
from supportplan.documents.pdf.letters import REGULAR, printable
from supportplan.documents.pdf.shaping import draw_pieces, shaped_line
from supportplan.documents.pdf.structure import TaggedCanvas

# The line above the feet, and the base of the lowest line in them.
_LINE_UNDER_TEXT = 6 * mm
_LOWEST = 11 * mm


class _NumberedCanvas(TaggedCanvas):
    """A canvas whose pages say `Page 3 of 9`: each page shows a form that is drawn when the number of pages is known."""

    def __init__(self, *given: Any, layout: Layout, **named: Any) -> None:
        super().__init__(*given, **named)
        self._size = layout.sizes.small

    def show_page_number(self) -> None:
        self.doForm(_form(self.getPageNumber()))

    def save(self) -> None:
        count = self.getPageNumber() - 1
        for page in range(1, count + 1):
            self.beginForm(_form(page), 0, 0, *PAGE)
            self.setFont(REGULAR, self._size)
            self.setFillColor(GREY)
            self.drawRightString(PAGE[0] - MARGIN, _LOWEST, f"Page {page} of {count}")
            self.endForm()
        super().save()


def _form(page: int) -> str:
    return f"page-{page}"


class Pages(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    """The pages of one document."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self._layout = layout
        self._buffer = BytesIO()
        super().__init__(
            self._buffer,
            pagesize=PAGE,
            title=document.title,
            author=document.author,
            subject=document.subject,
            creator="supportplan",
            producer="supportplan",
            lang=document.language,
            # Each page begins in a font of ours, so that no page names one that is not in the file.
            initialFontName=REGULAR,
            # The same plan gives the same bytes: no clock, no random identifier.
            invariant=1,
            # Whoever finishes the file compresses it.
            pageCompression=0,
        )
        frame = Frame(
            MARGIN,
            layout.foot,
            WIDTH,
            layout.height,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate("page", [frame], onPageEnd=self._foot))
        words = " ".join(f"{document.person} · {document.version}".split())
        self._foot_words = shaped_line(printable(words), REGULAR)
        self.page_count = 0

    def made(self, story: list[Flowable]) -> bytes:
        """Lay the story out and return the file."""
        self.build(story, canvasmaker=partial(_canvas, layout=self._layout))
        return self._buffer.getvalue()

    def _foot(self, canvas: _NumberedCanvas, _: Any) -> None:
        self.page_count = canvas.getPageNumber()
        canvas.saveState()
        if self.page_count == 1:
            with canvas.artifact():
                self._draw_band(canvas)
        with canvas.artifact("/Type /Pagination /Subtype /Footer"):
            self._draw_foot(canvas)
        canvas.restoreState()

    def _draw_band(self, canvas: _NumberedCanvas) -> None:
        canvas.setFillColor(INK)
        top = PAGE[1] - MARGIN + BAND_ABOVE
        canvas.rect(MARGIN, top, WIDTH, BAND, stroke=0, fill=1)

    def _draw_foot(self, canvas: _NumberedCanvas) -> None:
        canvas.setStrokeColor(GREY)
        canvas.setLineWidth(0.5)
        line = self._layout.foot - _LINE_UNDER_TEXT
        canvas.line(MARGIN, line, PAGE[0] - MARGIN, line)
        canvas.setFillColor(GREY)
        sizes = self._layout.sizes
        base = _LOWEST + (sizes.foot_lines - 1) * sizes.small * 1.3
        draw_pieces(canvas, self._foot_words, MARGIN, base, sizes.small)
        canvas.show_page_number()


def _canvas(*given: Any, **named: Any) -> _NumberedCanvas:
    """Make the canvas, and ask readers to show the document's title, not its file name."""
    canvas = _NumberedCanvas(*given, **named)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
