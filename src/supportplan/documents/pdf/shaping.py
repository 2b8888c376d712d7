"""Text whose letters change with their neighbours, or run from right to left: shaped by HarfBuzz, laid out here.

ReportLab's paragraphs know neither. Everything else is left to them. Each line says in its `ActualText` what it reads,
because the pieces that letters are drawn with have no meaning of their own.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics

from supportplan.documents.pdf.directions import begins_leftward, visual_runs
from supportplan.documents.pdf.fonts import load_font
from supportplan.documents.pdf.letters import REGULAR, enlarged, face, runs
from supportplan.documents.pdf.structure import pdf_text

# Letters of these scripts reach higher and lower than Latin ones.
LEADING = 1.6
# Pieces that are no letter by themselves are named by their number in the font, in a plane where no letters are.
_PIECES = 0xF0000


class Glyph(NamedTuple):
    """A piece that is drawn: its font, what ReportLab knows it by, and in thousandths of the size how far it moves on and aside.

    `reads` is what it stands for together with the pieces after it that stand for nothing by themselves.
    """

    font: str
    sign: str
    advance: float
    aside: float
    up: float
    reads: str


class Piece(NamedTuple):
    """Letters of a line in one direction, as they are read and as they are drawn from left to right."""

    text: str
    leftward: bool
    glyphs: tuple[Glyph, ...]


class Line(NamedTuple):
    """A line: its pieces from left to right, their width in thousandths of the size, and the direction of its text.

    `broken` tells that what was typed on one line did not fit, and this is a part of it.
    """

    pieces: tuple[Piece, ...]
    width: float
    leftward: bool
    broken: bool


class ShapedText:
    """A text laid out in lines. Its width and height are known once it is wrapped."""

    def __init__(self, text: str, style: ParagraphStyle) -> None:
        self.text = text
        self._style = style
        self._lines: tuple[Line, ...] = ()
        self._width = 0.0

    @property
    def runs_leftward(self) -> bool:
        """Whether any of it is written from right to left."""
        return any(piece.leftward for line in self._lines for piece in line.pieces)

    @property
    def _leading(self) -> float:
        return max(float(self._style.leading), LEADING * float(self._style.fontSize))

    @property
    def first_baseline(self) -> float:
        """How far under its upper edge the first line stands."""
        return self._leading - 0.42 * float(self._style.fontSize)

    def wrap(self, width: float) -> float:
        """Break it into lines of a width and return its height."""
        if self._width != width:
            self._width = width
            room = (width - self._style.leftIndent - self._style.rightIndent) * 1000 / self._style.fontSize
            self._lines = tuple(
                line for typed in self.text.split("\n") for line in _lines(typed, self._style.fontName, room)
            )
        return len(self._lines) * self._leading

    def split(self, width: float, height: float) -> tuple["ShapedText", "ShapedText"] | None:
        """Cut it so that its first part fits a height; none where not one line would fit, or all would."""
        self.wrap(width)
        fitting = int((height + 1e-6) // self._leading)
        if not 0 < fitting < len(self._lines):
            return None
        return self._part(self._lines[:fitting]), self._part(self._lines[fitting:])

    def _part(self, lines: tuple[Line, ...]) -> "ShapedText":
        part = ShapedText(self.text, self._style)
        part._lines, part._width = lines, self._width
        return part

    def draw(self, canvas: Any) -> None:
        """Draw it, its lower left corner where the canvas is."""
        canvas.setFillColor(self._style.textColor)
        y = len(self._lines) * self._leading - self.first_baseline
        for line in self._lines:
            draw_pieces(canvas, line.pieces, self._left(line), y, self._style.fontSize)
            y -= self._leading

    def _left(self, line: Line) -> float:
        """Where a line begins: at the right where its text is of several lines and written from there.

        A name over English words, such as what its owner is, stays over them.
        """
        style = self._style
        all_of_it = len(self._lines) > 1 and all(one.leftward or not one.pieces for one in self._lines)
        if style.alignment == TA_RIGHT or (line.leftward and (line.broken or all_of_it)):
            return self._width - float(style.rightIndent) - line.width * float(style.fontSize) / 1000
        return float(style.leftIndent)


def shaped_line(text: str, font: str) -> tuple[Piece, ...]:
    """Shape a text as one line of an English document, whatever it begins with."""
    return _pieces(text, font, leftward=False)


def draw_pieces(canvas: Any, pieces: tuple[Piece, ...], x: float, y: float, size: float) -> None:
    """Draw pieces of a line from left to right, and say what they read where their glyphs do not."""
    for piece in pieces:
        for reads, glyphs in _by_what_they_read(piece):
            if reads:
                canvas.addLiteral(f"/Span <</ActualText {pdf_text(reads)}>> BDC")
            x = _draw_glyphs(canvas, glyphs, x, y, size)
            if reads:
                canvas.addLiteral("EMC")


def _by_what_they_read(piece: Piece) -> Iterator[tuple[str, list[Glyph]]]:
    """Group the glyphs of a piece: each group with what it reads, or nothing where its letters say so themselves.

    Programs that take text from a page turn letters round that run from right to left. So there a group is as few
    letters as go together; elsewhere it is the whole piece.
    """
    if all(glyph.sign == glyph.reads for glyph in piece.glyphs):
        yield "", list(piece.glyphs)
    elif not piece.leftward:
        yield piece.text, list(piece.glyphs)
    else:
        group: list[Glyph] = []
        for glyph in piece.glyphs:
            if group and glyph.reads:
                yield _read(group)
                group = []
            group.append(glyph)
        yield _read(group)


def _read(group: list[Glyph]) -> tuple[str, list[Glyph]]:
    reads = group[0].reads
    return ("" if len(group) == 1 and group[0].sign == reads else reads), group


def _draw_glyphs(canvas: Any, glyphs: list[Glyph], x: float, y: float, size: float) -> float:
    """Draw glyphs and return where the next stands; those that stand where their widths put them are one string."""
    words = canvas.beginText(x, y)
    at = x
    held, font, start = "", "", x
    for glyph in glyphs:
        natural = pdfmetrics.stringWidth(glyph.sign, glyph.font, 1000 * enlarged(glyph.font))
        plain = not (glyph.aside or glyph.up) and abs(natural - glyph.advance) < 0.01
        if held and (glyph.font != font or not plain):
            _draw_string(words, font, size, start, y, held)
            held = ""
        if plain:
            if not held:
                font, start = glyph.font, at
            held += glyph.sign
        else:
            aside, up = glyph.aside * size / 1000, glyph.up * size / 1000
            _draw_string(words, glyph.font, size, at + aside, y + up, glyph.sign)
        at += glyph.advance * size / 1000
    if held:
        _draw_string(words, font, size, start, y, held)
    canvas.drawText(words)
    return at


def _draw_string(words: Any, font: str, size: float, x: float, y: float, string: str) -> None:
    words.setTextOrigin(x, y)
    words.setFont(font, size * enlarged(font))
    words.textOut(string)


def _lines(typed: str, font: str, room: float) -> list[Line]:
    """Break what was typed on one line into as many as its words need."""
    leftward = begins_leftward(typed)
    blank = shaped_width(" ", font)
    broken: list[tuple[str, bool]] = []
    line, used = "", 0.0
    for word in typed.split():
        width = shaped_width(word, font)
        if line and used + blank + width > room:
            broken.append((line, True))
            line, used = "", 0.0
        while not line and width > room and len(part := _fitting(word, font, room)) < len(word):
            broken.append((part, False))
            word = word[len(part) :]
            width = shaped_width(word, font)
        line, used = (f"{line} {word}", used + blank + width) if line else (word, width)
    broken.append((line, False))
    # A blank parts the last word of a line from the first of the next, for those who read words and see no lines.
    return [
        Line(
            _pieces(text + " " * goes_on, font, leftward=leftward),
            shaped_width(text, font),
            leftward,
            len(broken) > 1,
        )
        for text, goes_on in broken
    ]


def _fitting(word: str, font: str, room: float) -> str:
    """The longest beginning of a word that fits, not cut before a mark; at least one letter."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if shaped_width(word[:middle], font) <= room else (low, middle - 1)
    while low > 1 and low < len(word) and unicodedata.category(word[low])[0] in "MC":
        low -= 1
    return word[:low]


def shaped_width(text: str, font: str) -> float:
    """Return how wide a text on one line is, in thousandths of its size."""
    return sum(glyph.advance for piece in shaped_line(text, font) for glyph in piece.glyphs)


def _pieces(line: str, font: str, *, leftward: bool) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for run in visual_runs(line, leftward=leftward):
        parts = runs(line[run.start : run.end], font)
        found += [
            Piece(text, run.leftward, _shaped(text, of, run.leftward))
            for text, of in (reversed(parts) if run.leftward else parts)
        ]
    return tuple(found)


@lru_cache(maxsize=4096)
def _shaped(text: str, font: str, leftward: bool) -> tuple[Glyph, ...]:
    """Shape letters of one font and direction, from left to right."""
    import uharfbuzz

    load_font(font)
    opened = face(font)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftward else "ltr"
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    # Two Latin letters that are drawn as one would be read as another letter.
    latin = font.startswith((REGULAR.partition("-")[0], "NotoSans-"))
    uharfbuzz.shape(
        uharfbuzz.Font(opened), buffer, {"liga": False, "clig": False, "kern": False} if latin else {}
    )
    scale = 1000 / opened.upem * enlarged(font)
    begun = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(begun, [*begun[1:], len(text)], strict=True))
    found = []
    before = -1
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        reads = text[info.cluster : ends[info.cluster]]
        found.append(
            Glyph(
                font,
                _sign(font, info.codepoint, reads),
                position.x_advance * scale,
                position.x_offset * scale,
                position.y_offset * scale,
                reads if info.cluster != before else "",
            )
        )
        before = info.cluster
    return tuple(found)


def _sign(font: str, glyph: int, reads: str) -> str:
    """Name a piece so that ReportLab draws it: by its letter where that is what it is, else by its number."""
    known = pdfmetrics.getFont(font).face
    if known.charToGlyph.get(ord(reads[0])) == glyph:
        return reads[0]
    code = _PIECES + glyph
    if code not in known.charToGlyph:
        import uharfbuzz

        opened = face(font)
        known.charToGlyph[code] = glyph
        known.charWidths[code] = uharfbuzz.Font(opened).get_glyph_h_advance(glyph) * 1000 / opened.upem
    return chr(code)
