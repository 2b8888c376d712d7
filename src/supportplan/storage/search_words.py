"""Words as people type them, turned into a full-text query: as they stand, or into words of the index that are like them."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_MOST_WORDS = 8
_MOST_ALIKE = 12


def words_in(typed: str) -> tuple[str, ...]:
    """Split a text as the index does: letters and digits, without capitals and accents."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", typed.casefold()) if not unicodedata.combining(sign)
    )
    return tuple(_WORD.findall(bare.replace("_", " ")))[:_MOST_WORDS]


def strictly(typed: str) -> str:
    """Return the query for cases that hold each word, or a longer one that begins with it."""
    return " AND ".join(f'"{word}"*' for word in words_in(typed))


class Vocabulary:
    """The words of the index, so that one typed wrongly can be found.

    Whoever errs once in a word leaves its beginning or its end as it was: words are looked for among those that share
    one of them, and among all only where nothing is found there.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._all: dict[int, list[str]] = {}
        self._sharing: dict[str, list[str]] = {}
        for word in words:
            # Errors in a number are no errors of spelling: another number is another case.
            if any(sign.isdigit() for sign in word):
                continue
            self._all.setdefault(len(word), []).append(word)
            for key in _ends(word):
                self._sharing.setdefault(key, []).append(word)

    def loosely(self, typed: str) -> str:
        """Return the query for cases that hold, for each word typed, it or one like it; empty where a word has none."""
        words = words_in(typed)
        parts = []
        for place, word in enumerate(words):
            alike = self._alike(word) or (self._beginning_alike(word) if place == len(words) - 1 else [])
            either = [f'"{word}"*', *(f'"{one}"' for one in alike)]
            parts.append(f"({' OR '.join(either)})")
        return " AND ".join(parts)

    def _alike(self, word: str) -> list[str]:
        errors = _errors_allowed(word)
        if not errors:
            return []
        near = {one for key in _ends(word) for one in self._sharing.get(key, ())}
        return _closest(word, near, errors) or _closest(word, self._of_length(word, errors), errors)

    def _of_length(self, word: str, errors: int) -> list[str]:
        lengths = range(len(word) - errors, len(word) + errors + 1)
        return [one for length in lengths for one in self._all.get(length, ())]

    def _beginning_alike(self, word: str) -> list[str]:
        """The last word may still be being typed: compare it with the beginnings of longer words."""
        errors = _errors_allowed(word)
        if not errors:
            return []
        longer = {
            one for key in _ends(word)[:1] for one in self._sharing.get(key, ()) if len(one) > len(word)
        }
        beginnings: dict[str, list[str]] = {}
        for one in longer:
            beginnings.setdefault(one[: len(word)], []).append(one)
        found = _closest(word, beginnings, errors)
        return [one for beginning in found for one in beginnings[beginning]][:_MOST_ALIKE]


def _ends(word: str) -> tuple[str, str]:
    """The word's first letters and its last: of a long word two, of a short one one."""
    count = 2 if len(word) > 4 else 1
    return f"{word[:count]}-", f"-{word[-count:]}"


def _errors_allowed(word: str) -> int:
    if len(word) < 3 or any(sign.isdigit() for sign in word):
        return 0
    return 1 if len(word) < 8 else 2


def _closest(word: str, among: Iterable[str], errors: int) -> list[str]:
    # Imported here: it takes a tenth of a second, and most searches find what was typed.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, list(among), scorer=OSA.distance, score_cutoff=errors, limit=_MOST_ALIKE)
    return [one for one, _, _ in found]
