"""Texts as words to search by: without capitals, accents and what nobody sees, in every script.

Whatever is searched, cases or rates, is split here and nowhere else, so that what is typed meets what is kept.
"""

import re
import unicodedata
from itertools import groupby

_PLAIN = re.compile(r"[a-z]+|[0-9]+")
_KINDS = {"L": "letters", "M": "letters", "N": "number"}
# Nothing is seen of these, and few keyboards have them: marks of direction, joiners, soft hyphens, variants of a glyph.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
# Letters whose stroke or lack of a dot Unicode does not take for an accent, and those that are two without it. What
# looks like an apostrophe is a letter to Unicode, and none to those who type it.
_RESPELT = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("ʹʺʻʼʽˈꞌ", "'")
)
_AS_ONE_LETTER = str.maketrans(
    {"ß": "s", "ẞ": "s", "æ": "a", "Æ": "a", "œ": "o", "Œ": "o", "þ": "t", "Þ": "t"}
)
# The combining classes of marks that are left out when people type: strokes and nuktas (1 to 7), points of Hebrew and
# Arabic (10 to 36), accents (200 and above). The others are vowels, or join letters: without them it is another word.
_ACCENTS = frozenset((*range(1, 8), *range(10, 37), *range(200, 241)))


def words_in(text: str) -> tuple[str, ...]:
    """Split a text into its words as they are compared: letters with their vowel signs, or digits.

    They hold no signs, no spaces and no capital letters, and splitting them again gives the same words. `C1042` and
    `C-1042` are the same two.
    """
    if text.isascii():
        return tuple(_PLAIN.findall(text.lower()))
    folded = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).casefold().translate(_RESPELT)
    bare = (
        sign for sign in unicodedata.normalize("NFKD", folded) if unicodedata.combining(sign) not in _ACCENTS
    )
    # Composed again, for one syllable of Hangul is one letter to whoever mistypes it.
    composed = unicodedata.normalize("NFC", "".join(bare))
    return tuple("".join(signs) for kind, signs in groupby(composed, key=_kind) if kind)


def is_number(word: str) -> bool:
    """Say whether a word is one of digits."""
    return _kind(word[0]) == "number"


def with_single_letters(text: str) -> str:
    """Return a text with one letter for each that is else spelt as two: a slip in `ß` is one slip, not two."""
    return text.translate(_AS_ONE_LETTER)


def words_to_find(text: str) -> tuple[str, ...]:
    """Return the words under which a text is found: its own, and in one those that only a sign parts.

    `O'Brien` is found under `o` and `brien`, and under `obrien`; `485-777` under each number, and under `485777`.
    """
    found: dict[str, None] = {}
    for spelling in dict.fromkeys((text, with_single_letters(text))):
        for run in spelling.split():
            words = words_in(run)
            found.update(dict.fromkeys(words))
            found.update(dict.fromkeys("".join(parted) for _, parted in groupby(words, key=is_number)))
    return tuple(found)


def _kind(sign: str) -> str:
    return _KINDS.get(unicodedata.category(sign)[0], "")
