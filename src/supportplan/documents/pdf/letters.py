"""Which font has a letter, and what cannot be printed. Nothing here draws, so it is known before anything is drawn.

Letters of the text's own font come first, then Noto Sans, then the font of the letter's script. A letter that no font
has is printed as a visible sign.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from supportplan.documents.bundled import bundled
from supportplan.documents.model import Document, texts_of

if TYPE_CHECKING:
    from uharfbuzz import Face

REGULAR = "AtkinsonHyperlegibleNext-Regular"
BOLD = "AtkinsonHyperlegibleNext-Bold"
LACKING = "\N{REPLACEMENT CHARACTER}"


class Script(NamedTuple):
    """A script whose letters change with their neighbours: the family that has it, and where its letters are."""

    family: str
    letters: str


SCRIPTS = (
    Script("NotoNaskhArabic", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    Script("NotoSansBengali", "\u0980-\u09ff"),
    Script("NotoSansDevanagari", "\u0900-\u097f"),
    Script("NotoSansGurmukhi", "\u0a00-\u0a7f"),
    Script("NotoSansGujarati", "\u0a80-\u0aff"),
    Script("NotoSansTamil", "\u0b80-\u0bff"),
    Script("NotoSansHebrew", "\u0590-\u05ff\ufb1d-\ufb4f"),
)
_SMALL = SCRIPTS[0]
# The letter noon as it stands alone, by whose height that of the others is known.
_STEMLESS = "\N{ARABIC LETTER NOON}"
_SHAPED = re.compile(f"[{''.join(script.letters for script in SCRIPTS)}]")
_OF_SCRIPT = tuple((re.compile(f"[{script.letters}]"), script.family) for script in SCRIPTS)
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

_NEW_LINES = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c]")
# The letters of every plan in English; a text of these needs no closer look.
USUAL = re.compile(r"[ -~£\u2013\u2019]*")


def is_shaped(text: str) -> bool:
    """Whether a text has letters whose shape and order follow from their neighbours."""
    return not text.isascii() and _SHAPED.search(text) is not None


def printable(text: str) -> str:
    """Compose accents, make line breaks one kind and blanks one width; leave out what has no ink by its nature."""
    if text.isascii():
        return _NEW_LINES.sub("\n", text).replace("\t", " ")
    composed = unicodedata.normalize("NFC", _NEW_LINES.sub("\n", text))
    kept = _JOINERS if is_shaped(text) else ""
    return "".join(letter if letter in kept else _blank_or_letter(letter) for letter in composed)


def _blank_or_letter(letter: str) -> str:
    if letter.isascii() or letter == "\N{NO-BREAK SPACE}":
        return " " if letter == "\t" else letter
    kind = unicodedata.category(letter)
    if kind == "Zs":
        return " "
    # Direction marks and variation selectors steer letters beside them; they print nothing themselves.
    if kind == "Cf" or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter


@cache
def face(font: str) -> "Face":
    """Open a font for shaping."""
    from uharfbuzz import Blob, Face

    return Face(Blob(bundled(f"fonts/{font}.ttf")))


@cache
def enlarged(font: str) -> float:
    """Return by how much letters of a font are enlarged, so that those without a stem are as high as an English x.

    Arabic letters are drawn much smaller in their font than the letters beside them; all others are left as they are.
    Bold ones are enlarged as the regular ones are. The lines of shaped text have room for this.
    """
    if not font.startswith(_SMALL.family):
        return 1.0
    return _height("x", REGULAR) / _height(_STEMLESS, f"{_SMALL.family}-Regular")


def _height(letter: str, font: str) -> float:
    """How far a letter reaches above its line, as a part of its size."""
    from uharfbuzz import Font

    opened = Font(face(font))
    glyph = opened.get_nominal_glyph(ord(letter))
    extents = opened.get_glyph_extents(glyph) if glyph is not None else None
    return extents.y_bearing / face(font).upem if extents is not None else 1.0


@cache
def _letters(font: str) -> frozenset[int]:
    return frozenset(face(font).unicodes)


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """Cut a printable text where the font changes: each piece with its font, which is never one that lacks it."""
    if {*map(ord, text)} - {ord("\n")} <= _letters(font):
        return [(text, font)] if text else []
    found: list[tuple[str, str]] = []
    for letter in text:
        before = found[-1][1] if found else font
        of = _font_of(letter, font, before)
        drawn = letter if of else LACKING
        of = of or _fallback(font)
        if found and before == of:
            found[-1] = found[-1][0] + drawn, of
        else:
            found.append((drawn, of))
    return found


def lacking(document: Document) -> tuple[str, ...]:
    """Return the letters of a document that no font has, in order: each is printed as a sign.

    Nothing is drawn for this, so it can be asked before a copy is made.
    """
    return lacking_in(texts_of(document))


def lacking_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the letters of some texts that no font has, in order."""
    found: set[str] = set()
    for text in texts:
        if not USUAL.fullmatch(text):
            found |= {letter for letter in set(printable(text)) if not _font_of(letter, REGULAR, REGULAR)}
    return tuple(sorted(found))


def _font_of(letter: str, font: str, before: str) -> str:
    """Find the font for a letter that comes after one in a font; none where no font has it."""
    code = ord(letter)
    if letter == "\n":
        return before
    # Marks, blanks and signs stay with the script that they stand in, or its letters would not be joined.
    if (
        before not in (font, _fallback(font))
        and not letter.isalnum()
        and (letter in _JOINERS or code in _letters(before))
    ):
        return before
    if letter in _JOINERS:
        return font
    for one in (font, _fallback(font)):
        if code in _letters(one):
            return one
    weight = font.rpartition("-")[2]
    for pattern, family in _OF_SCRIPT:
        if pattern.match(letter) and code in _letters(f"{family}-{weight}"):
            return f"{family}-{weight}"
    return ""


def _fallback(font: str) -> str:
    return f"NotoSans-{font.rpartition('-')[2]}"
