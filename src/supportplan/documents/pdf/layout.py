"""The numbers of the standard copy: sizes, margins, greys and paragraph styles, for A4 paper.

14 pt text on 1.4 lines, tables of at least 12 pt, lines of at most 150 mm, left aligned, never hyphenated, no italics
and no underlining: clear print, as UKAAF and RNIB ask for it.
"""

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from supportplan.documents.pdf.letters import BOLD, REGULAR

PAGE = A4
MARGIN = 20 * mm
FOOT = 22 * mm
WIDTH = PAGE[0] - 2 * MARGIN
HEIGHT = PAGE[1] - MARGIN - FOOT
TEXT_WIDTH = 150 * mm
FOOTER_LINE = 16 * mm
FOOTER_BASE = 10.5 * mm

INK = HexColor("#0b0c0c")
GREY = HexColor("#505a5f")
TINT = HexColor("#f3f2f1")

# A band of ink above the title.
BAND = 2 * mm
BAND_ABOVE = 3 * mm

PAD_X = 5
PAD_Y = 4
PAD_CARD = 2
BAR = 4
GAP = 14

SIGN_WIDTH = 115 * mm
DATE_WIDTH = 45 * mm
SIGN_HEIGHT = 14 * mm
BETWEEN_SIGNATURES = 3 * mm
MOST_BETWEEN_SIGNATURES = 8 * mm
# The seal stands in the margin at the head of the last page: two lines of words.
SEAL_HEIGHT = 12 * mm
SEAL_ABOVE = 1 * mm

# A row or card that is higher than this may be carried over to the next page; a lower one never is.
MAY_BREAK: float = 80 * mm
# How much of such a row must fit before it is begun on a page.
WORTH_BEGINNING: float = 40 * mm
# A table that is lower than this stays whole.
KEEP_WHOLE: float = 90 * mm


def _style(
    name: str,
    size: float,
    *,
    leading: float = 1.4,
    bold: bool = False,
    grey: bool = False,
    right: bool = False,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    text_width: bool = False,
) -> ParagraphStyle:
    font = BOLD if bold else REGULAR
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * leading,
        textColor=GREY if grey else INK,
        alignment=TA_RIGHT if right else TA_LEFT,
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=indent,
        rightIndent=WIDTH - TEXT_WIDTH if text_width else 0,
        bulletFontName=font,
        bulletFontSize=size,
        # Only a word that is longer than its whole line is ever broken; a column of amounts is never too narrow.
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
        embeddedHyphenation=0,
        uriWasteReduce=0,
    )


HEADINGS = {
    1: _style("h1", 24, leading=1.25, bold=True, after=14, text_width=True),
    2: _style("h2", 18, leading=1.25, bold=True, before=10, after=8, text_width=True),
    3: _style("h3", 14, bold=True, before=2, after=5, text_width=True),
}
BODY = _style("body", 14, after=GAP, text_width=True)
NOTE = _style("note", 12, grey=True, after=GAP, text_width=True)
BULLET = _style("bullet", 14, after=6, indent=16, text_width=True)
VOICE = _style("voice", 16, bold=True)
WARNING = _style("warning", 14, bold=True)

CELL = _style("cell", 12)
CELL_BOLD = _style("cell-bold", 12, bold=True)
CELL_NOTE = _style("cell-note", 12, grey=True)
CELL_TOTAL = _style("cell-total", 14, bold=True)
AMOUNT = _style("amount", 12, right=True)
AMOUNT_BOLD = _style("amount-bold", 12, bold=True, right=True)
AMOUNT_NOTE = _style("amount-note", 12, grey=True, right=True)
AMOUNT_TOTAL = _style("amount-total", 14, bold=True, right=True)
LABEL = _style("label", 12, grey=True)
FACT_LABEL = _style("fact-label", 14, grey=True)
FACT = _style("fact", 14)
CARD_TITLE = _style("card-title", 14, bold=True)
