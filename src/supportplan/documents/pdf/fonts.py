"""The fonts of every document, and setting text in them."""

from functools import cache
from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus.paraparser import ParaFrag, ParaParser

from supportplan.documents.bundled import bundled
from supportplan.documents.pdf.letters import BOLD, REGULAR, USUAL, is_shaped, printable, runs


@cache
def load_font(name: str) -> None:
    """Register a font once in a process."""
    pdfmetrics.registerFont(TTFont(name, BytesIO(bundled(f"fonts/{name}.ttf"))))


def load_fonts() -> None:
    """Register the fonts of every document; those of other scripts are registered by the first who needs them."""
    for name in (REGULAR, BOLD, "NotoSans-Regular", "NotoSans-Bold"):
        load_font(name)


@cache
def _usual_fragment(style: ParagraphStyle) -> ParaFrag:
    """An empty piece of a style, with all that ReportLab wants to know of one."""
    _, (fragment,), _ = ParaParser().parse("x", style)
    fragment.text = ""
    return fragment


class Typesetter:
    """Sets text in the fonts."""

    def __init__(self) -> None:
        load_fonts()
        self._widths: dict[tuple[str, str, float], float] = {}

    def fragments(self, text: str, style: ParagraphStyle) -> list[ParaFrag]:
        """Return a text as the pieces that ReportLab makes a paragraph of: each of one font, or a line break."""
        usual = _usual_fragment(style)
        if USUAL.fullmatch(text):
            return [usual.clone(text=text)]
        found = []
        for run, font in runs(printable(text), style.fontName):
            first, *others = run.split("\n")
            found.append(usual.clone(text=first, fontName=font))
            for other in others:
                found.append(usual.clone(text="", lineBreak=True))
                found.append(usual.clone(text=other, fontName=font))
        return [piece for piece in found if piece.text or hasattr(piece, "lineBreak")] or [usual.clone()]

    def width(self, text: str, font: str, size: float) -> float:
        """Return how wide a text on one line is, in points."""
        key = (text, font, size)
        if key not in self._widths:
            self._widths[key] = _width(printable(text), font, size)
        return self._widths[key]


def _width(text: str, font: str, size: float) -> float:
    if is_shaped(text):
        from supportplan.documents.pdf.shaping import shaped_width

        return shaped_width(text, font) * size / 1000
    return float(sum(pdfmetrics.stringWidth(run, of, size) for run, of in runs(text, font)))
