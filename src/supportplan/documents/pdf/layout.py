"""The numbers of each copy: sizes, margins, greys and paragraph styles, for A4 paper.

Left aligned, never hyphenated, no italics and no underlining, lines of at most 70 letters: clear print, as UKAAF and
RNIB ask for it. The standard copy has 14 pt text on 1.4 lines and tables of 12 pt. Large print has 18 pt throughout, feet
and labels too; easy read 16 pt on 1.5 lines.
"""

from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from supportplan.documents.model import Edition
from supportplan.documents.pdf.letters import BOLD, REGULAR

PAGE = A4
MARGIN = 20 * mm
WIDTH = PAGE[0] - 2 * MARGIN

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
# How far the words beside a thick rule are from where it begins.
BAR_AND_GAP = BAR + 6
GAP = 14

# What is written stands this far above the line that it is written on, and what is drawn this far from all around it.
OFF_THE_LINE = 3
AROUND_DRAWING = 5
BETWEEN_SIGNATURES = 3 * mm
MOST_BETWEEN_SIGNATURES = 8 * mm
# The seal stands in the margin at the head of the last page: three lines of words, clear of the heading.
SEAL_HEIGHT = 12.5 * mm
SEAL_ABOVE = 3 * mm

# The place of a picture in easy read, and what lies between it and its words.
PICTURE = 50 * mm
BESIDE_PICTURE = 8 * mm


class Breaks(NamedTuple):
    """Where rows may be carried over to the next page, in points.

    A row that is higher than `may_break` may be, once `worth_beginning` of it fits; a lower one never is. A table or card
    that is lower than `keep_whole` stays whole.
    """

    may_break: float
    worth_beginning: float
    keep_whole: float


class Sizes(NamedTuple):
    """What one copy is set in: sizes in points, the height of a line as a multiple of its size, lengths in points.

    `small` is the size of tables, labels and feet. `foot` is the room under the text; `foot_lines` how many lines stand
    in it. `labels` is the width of the labels of a card, `text` that of running text. Where `boxed`, people sign in a box
    and not on a line.
    """

    headings: tuple[float, float, float]
    body: float
    small: float
    voice: float
    leading: float
    foot: float
    foot_lines: int
    labels: float
    text: float
    breaks: Breaks
    sign_width: float
    sign_height: float
    date_width: float
    boxed: bool = False


class Layout:
    """The sizes and styles of one copy."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.foot = sizes.foot
        self.height = PAGE[1] - MARGIN - sizes.foot
        self._leading = sizes.leading
        first, second, third = sizes.headings
        body, small = sizes.body, sizes.small
        self.headings = {
            1: self._style("h1", first, leading=1.25, bold=True, after=14, text_width=True),
            2: self._style("h2", second, leading=1.25, bold=True, before=10, after=8, text_width=True),
            3: self._style("h3", third, bold=True, before=2, after=5, text_width=True),
        }
        self.body = self._style("body", body, after=GAP, text_width=True)
        self.note = self._style("note", small, grey=True, after=GAP, text_width=True)
        self.bullet = self._style("bullet", body, after=6, indent=body * 8 / 7, text_width=True)
        self.voice = self._style("voice", sizes.voice, bold=True)
        self.warning = self._style("warning", body, bold=True)
        self.words = self._style("words", body)

        self.cell = self._style("cell", small)
        self.cell_bold = self._style("cell-bold", small, bold=True)
        self.cell_note = self._style("cell-note", small, grey=True)
        self.cell_total = self._style("cell-total", max(small, 14), bold=True)
        self.amount = self._style("amount", small, right=True)
        self.amount_bold = self._style("amount-bold", small, bold=True, right=True)
        self.amount_note = self._style("amount-note", small, grey=True, right=True)
        self.amount_total = self._style("amount-total", max(small, 14), bold=True, right=True)
        self.label = self._style("label", small, grey=True)
        self.fact_label = self._style("fact-label", body, grey=True)
        self.fact_label_bold = self._style("fact-label-bold", body, bold=True)
        self.fact = self._style("fact", body)
        self.fact_amount = self._style("fact-amount", body, right=True)
        self.fact_amount_bold = self._style("fact-amount-bold", body, bold=True, right=True)
        self.card_title = self._style("card-title", body, bold=True)

    def _style(
        self,
        name: str,
        size: float,
        *,
        leading: float | None = None,
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
            leading=size * (leading or self._leading),
            textColor=GREY if grey else INK,
            alignment=TA_RIGHT if right else TA_LEFT,
            spaceBefore=before,
            spaceAfter=after,
            leftIndent=indent,
            rightIndent=WIDTH - self.sizes.text if text_width else 0,
            bulletFontName=font,
            bulletFontSize=size,
            # Only a word that is longer than its whole line is ever broken; a column of amounts is never too narrow.
            splitLongWords=1,
            allowWidows=0,
            allowOrphans=0,
            embeddedHyphenation=0,
            uriWasteReduce=0,
        )


STANDARD = Layout(
    Sizes(
        headings=(24, 18, 14),
        body=14,
        small=12,
        voice=16,
        leading=1.4,
        foot=22 * mm,
        foot_lines=1,
        labels=50 * mm,
        text=150 * mm,
        breaks=Breaks(may_break=80 * mm, worth_beginning=40 * mm, keep_whole=90 * mm),
        sign_width=115 * mm,
        sign_height=14 * mm,
        date_width=45 * mm,
    )
)
LARGE_PRINT = Layout(
    Sizes(
        headings=(28, 22, 18),
        body=18,
        small=18,
        voice=20,
        leading=1.4,
        foot=32 * mm,
        foot_lines=2,
        labels=62 * mm,
        text=WIDTH,
        breaks=Breaks(may_break=110 * mm, worth_beginning=50 * mm, keep_whole=140 * mm),
        sign_width=105 * mm,
        sign_height=20 * mm,
        date_width=60 * mm,
    )
)
EASY_READ = Layout(
    Sizes(
        headings=(26, 20, 16),
        body=16,
        small=16,
        voice=16,
        leading=1.5,
        foot=30 * mm,
        foot_lines=2,
        labels=70 * mm,
        text=150 * mm,
        breaks=Breaks(may_break=110 * mm, worth_beginning=50 * mm, keep_whole=115 * mm),
        sign_width=110 * mm,
        sign_height=30 * mm,
        date_width=55 * mm,
        boxed=True,
    )
)
_LAYOUTS: dict[Edition, Layout] = {
    "standard": STANDARD,
    "large_print": LARGE_PRINT,
    "easy_read": EASY_READ,
    "letter": STANDARD,
}


def layout_of(edition: Edition) -> Layout:
    """Return what a copy is set in."""
    return _LAYOUTS[edition]
