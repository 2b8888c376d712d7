"""Texts that somebody wrote, made fit for one line: nothing in them that steers a terminal, none longer than its place."""

import unicodedata

_APART, _TOGETHER = "\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"
# The combining class of the sign that takes a letter of an Indic script its vowel.
_VIRAMA = 9


def printable(text: str, instead: str = " ") -> str:
    """Return a text with another sign in the place of each that cannot be shown, line breaks among them.

    What parts or joins letters in Persian and in the scripts of India needs no place: the one stays, the other, of which
    terminals differ over how wide it makes its letters, is left out.
    """
    if text.isprintable():
        return text
    return "".join(_shown(text, at, instead) for at in range(len(text)))


def shortened(text: str, most: int) -> str:
    """Return a text on one line of at most `most` characters; where some are left out, it ends in `…`."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def is_joiner(text: str, at: int) -> bool:
    """Say whether a sign is one that nobody sees, but that parts or joins the letters it stands between."""
    if text[at] not in (_APART, _TOGETHER) or not at or not _can_join(text[at - 1]):
        return False
    # A word may end in a consonant without its vowel, as names in Malayalam do.
    return unicodedata.combining(text[at - 1]) == _VIRAMA or _can_join(text[at + 1 : at + 2])


def _shown(text: str, at: int, instead: str) -> str:
    sign = text[at]
    if sign.isprintable():
        return sign
    if is_joiner(text, at):
        return sign if sign == _APART else ""
    return instead


def _can_join(sign: str) -> bool:
    """Say whether a sign can be joined to another: letters and their marks, and the parts of one picture."""
    return bool(sign) and (
        unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) in ("So", "Sk")
    )
