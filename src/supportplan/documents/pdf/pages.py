"""Pages: the frame that text flows in, what stands at the foot of each, and the outline that readers show beside."""

from io import BytesIO
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from supportplan.documents.model import Document
from supportplan.documents.pdf import layout
from supportplan.documents.pdf.letters import REGULAR, printable
from supportplan.documents.pdf.shaping import draw_pieces, shaped_line
from supportplan.documents.pdf.structure import TaggedCanvas

_SIZE = 12


class _NumberedCanvas(TaggedCanvas):
    """A canvas whose pages say `Page 3 of 9`: each page shows a form that is drawn when the number of pages is known."""

    def show_page_number(self) -> None:
        self.doForm(_form(self.getPageNumber()))

    def save(self) -> None:
        count = self.getPageNumber() - 1
        for page in range(1, count + 1):
            self.beginForm(_form(page), 0, 0, *layout.PAGE)
            self.setFont(REGULAR, _SIZE)
            self.setFillColor(layout.GREY)
            self.drawRightString(
                layout.PAGE[0] - layout.MARGIN, layout.FOOTER_BASE, f"Page {page} of {count}"
            )
            self.endForm()
        super().save()


def _form(page: int) -> str:
    return f"page-{page}"


class Pages(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    """The pages of one document."""

    def __init__(self, document: Document) -> None:
        self._buffer = BytesIO()
        super().__init__(
            self._buffer,
            pagesize=layout.PAGE,
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
            layout.MARGIN,
            layout.FOOT,
            layout.WIDTH,
            layout.HEIGHT,
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
        self.build(story, canvasmaker=_canvas)
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
        canvas.setFillColor(layout.INK)
        top = layout.PAGE[1] - layout.MARGIN + layout.BAND_ABOVE
        canvas.rect(layout.MARGIN, top, layout.WIDTH, layout.BAND, stroke=0, fill=1)

    def _draw_foot(self, canvas: _NumberedCanvas) -> None:
        canvas.setStrokeColor(layout.GREY)
        canvas.setLineWidth(0.5)
        canvas.line(layout.MARGIN, layout.FOOTER_LINE, layout.PAGE[0] - layout.MARGIN, layout.FOOTER_LINE)
        canvas.setFillColor(layout.GREY)
        draw_pieces(canvas, self._foot_words, layout.MARGIN, layout.FOOTER_BASE, _SIZE)
        canvas.show_page_number()


def _canvas(*given: Any, **named: Any) -> _NumberedCanvas:
    """Make the canvas, and ask readers to show the document's title, not its file name."""
    canvas = _NumberedCanvas(*given, **named)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
