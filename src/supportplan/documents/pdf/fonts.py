"""The fonts of every document, and setting text in them so that nothing is dropped."""

import re
import unicodedata
from functools import cache
from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus.paraparser import ParaFrag, ParaParser

from supportplan.documents.bundled import bundled

REGULAR = "AtkinsonHyperlegibleNext-Regular"
BOLD = "AtkinsonHyperlegibleNext-Bold"
_FALLBACK = {REGULAR: "NotoSans-Regular", BOLD: "NotoSans-Bold"}
LACKING = "\ufffd"

_NEW_LINES = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c]")
# The letters of every plan in English; a text of these needs no closer look.
_USUAL = re.compile(r"[ -%'-;=?-~£\u2013\u2019]*")


@cache
def load_fonts() -> None:
    """Register the fonts once in a process."""
    for name in (*_FALLBACK, *_FALLBACK.values()):
        pdfmetrics.registerFont(TTFont(name, BytesIO(bundled(f"fonts/{name}.ttf"))))


@cache
def _letters(font: str) -> frozenset[int]:
    load_fonts()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


@cache
def _usual_fragment(style: ParagraphStyle) -> ParaFrag:
    """An empty piece of a style, with all that ReportLab wants to know of one."""
    _, (fragment,), _ = ParaParser().parse("x", style)
    fragment.text = ""
    return fragment


class Typesetter:
    """Sets text in the fonts and remembers the characters that no font has."""

    def __init__(self) -> None:
        load_fonts()
        self.lacking: set[str] = set()
        self._widths: dict[tuple[str, str, float], float] = {}

    def fragments(self, text: str, style: ParagraphStyle) -> list[ParaFrag]:
        """Return a text as the pieces that ReportLab makes a paragraph of: each of one font, or a line break."""
        usual = _usual_fragment(style)
        if _USUAL.fullmatch(text):
            return [usual.clone(text=text)]
        found = []
        for run, font in self._runs(text, style.fontName):
            first, *others = run.split("\n")
            found.append(usual.clone(text=first, fontName=font))
            for other in others:
                found.append(usual.clone(text="", lineBreak=True))
                found.append(usual.clone(text=other, fontName=font))
        return [piece for piece in found if piece.text or hasattr(piece, "lineBreak")] or [usual.clone()]

    def plain(self, text: str, font: str) -> list[tuple[str, str]]:
        """Return a text on one line as pieces, each with the font it is drawn in."""
        return self._runs(" ".join(text.split()), font)

    def width(self, text: str, font: str, size: float) -> float:
        """Return how wide a text on one line is, in points."""
        key = (text, font, size)
        if key not in self._widths:
            self._widths[key] = sum(
                pdfmetrics.stringWidth(run, of, size) for run, of in self._runs(text, font)
            )
        return self._widths[key]

    def _runs(self, text: str, font: str) -> list[tuple[str, str]]:
        """Cut a text where the font changes."""
        runs: list[tuple[str, str]] = []
        for letter in _printable(text):
            of, letter_set = self._font_of(letter, font)
            if runs and runs[-1][1] == of:
                runs[-1] = (runs[-1][0] + letter_set, of)
            else:
                runs.append((letter_set, of))
        return runs

    def _font_of(self, letter: str, font: str) -> tuple[str, str]:
        code = ord(letter)
        if letter == "\n" or code in _letters(font):
            return font, letter
        fallback = _FALLBACK[font]
        if code in _letters(fallback):
            return fallback, letter
        self.lacking.add(letter)
        return fallback, LACKING


def _printable(text: str) -> str:
    """Compose accents, make line breaks one kind and blanks one width; leave out what has no ink by its nature."""
    if text.isascii():
        return _NEW_LINES.sub("\n", text).replace("\t", " ")
    composed = unicodedata.normalize("NFC", _NEW_LINES.sub("\n", text))
    return "".join(_blank_or_letter(letter) for letter in composed)


def _blank_or_letter(letter: str) -> str:
    if letter.isascii() or letter == "\N{NO-BREAK SPACE}":
        return " " if letter == "\t" else letter
    kind = unicodedata.category(letter)
    if kind == "Zs":
        return " "
    # Joiners, direction marks and variation selectors steer letters beside them; they print nothing themselves.
    if kind == "Cf" or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter
