"""Words as people type them, turned into a query for the full-text index: as they stand, or as words that are like them."""

import re
import threading
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterable
from itertools import islice

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8
_MOST_ALIKE = 12
_MOST_LONGER = 40
# The index keeps beginnings of up to so many letters ready.
_READY = 3
# The ends that words alike share: of a word of five letters or more two letters, else one.
_LONG = 5
_LONG_END, _SHORT_END = 2, 1
_AFTER_ALL = "\U0010ffff"


def words_in(text: str) -> tuple[str, ...]:
    """Split a text as the index does: into letters and digits, without capitals and accents."""
    bare = (
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign)
    )
    return tuple(_WORD.findall("".join(bare)))


class Vocabulary:
    """The words of the index, so that the beginning of a word is completed and a wrong letter forgiven.

    Numbers are left out: another number is another case, not a slip of the pen. A word that has left the index may
    stay here: it finds nothing there.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._lock = threading.Lock()
        self._sorted = sorted(word for word in words if _is_spelt(word))
        self._sharing: dict[tuple[str, int], list[str]] = {}
        for word in self._sorted:
            self._enter(word)

    def add(self, words: Iterable[str]) -> None:
        """Add words that came into the index."""
        with self._lock:
            for word in filter(_is_spelt, words):
                place = bisect_left(self._sorted, word)
                if self._sorted[place : place + 1] != [word]:
                    insort(self._sorted, word)
                    self._enter(word)

    def strictly(self, typed: str) -> str:
        """Return the query for what holds every word, or a longer one that begins with it; empty if nothing can."""
        with self._lock:
            return _all_of(self._longer(word) for word in words_in(typed)[:_MOST_WORDS])

    def loosely(self, typed: str) -> str:
        """Return the query for what holds, of every word, it or one that is like it; empty if nothing can."""
        words = words_in(typed)[:_MOST_WORDS]
        with self._lock:
            return _all_of(
                self._longer(word)
                + (self._alike(word) or (self._beginning_alike(word) if place == len(words) else []))
                for place, word in enumerate(words, 1)
            )

    def _enter(self, word: str) -> None:
        # Near the border between short and long a word is found from both sides of it.
        short = _ends(word, _SHORT_END) if len(word) <= _LONG else ()
        long = _ends(word, _LONG_END) if len(word) >= _LONG - 1 else ()
        for end in (*short, *long):
            self._sharing.setdefault((end, len(word)), []).append(word)

    def _longer(self, word: str) -> list[str]:
        """Return the terms for a word and those that begin with it.

        To name them is quicker than to ask the index for a beginning: there it gathers all their cases first.
        """
        if len(word) <= _READY or not _is_spelt(word):
            return [f'"{word}"*']
        found = self._beginning_with(word)
        return [f'"{word}"*'] if len(found) > _MOST_LONGER else [f'"{one}"' for one in found]

    def _alike(self, word: str) -> list[str]:
        """Return the terms for words that differ in a letter or two.

        Only words that share the beginning or the end are compared: one error leaves one of them as it was, and two
        nearly always do. So a search takes as long among a hundred thousand people as among a hundred.
        """
        errors = _errors_forgiven(word)
        if not errors:
            return []
        lengths = range(len(word) - errors, len(word) + errors + 1)
        ends = _ends(word, _SHORT_END if len(word) < _LONG else _LONG_END)
        near = {one for length in lengths for end in ends for one in self._sharing.get((end, length), ())}
        return [f'"{one}"' for one in _closest(word, near, errors)]

    def _beginning_alike(self, word: str) -> list[str]:
        """Return the terms for longer words whose beginning is like a word that may still be being typed."""
        errors = _errors_forgiven(word)
        beginnings: dict[str, list[str]] = {}
        for one in self._beginning_with(word[:2]) if errors else ():
            if len(one) > len(word):
                beginnings.setdefault(one[: len(word)], []).append(one)
        found = (one for beginning in _closest(word, beginnings, errors) for one in beginnings[beginning])
        return [f'"{one}"' for one in islice(found, _MOST_ALIKE)]

    def _beginning_with(self, letters: str) -> list[str]:
        first = bisect_left(self._sorted, letters)
        return self._sorted[first : bisect_left(self._sorted, letters + _AFTER_ALL, first)]


def _all_of(words: Iterable[list[str]]) -> str:
    parts = [dict.fromkeys(terms) for terms in words]
    return " AND ".join(f"({' OR '.join(terms)})" for terms in parts) if all(parts) else ""


def _is_spelt(word: str) -> bool:
    return not any(sign.isdigit() for sign in word)


def _ends(word: str, count: int) -> tuple[str, str]:
    """A word's first letters and its last, told apart."""
    return f"{word[:count]}-", f"-{word[-count:]}"


def _errors_forgiven(word: str) -> int:
    if len(word) < 3 or not _is_spelt(word):
        return 0
    return 1 if len(word) < 8 else 2


def _closest(word: str, among: Iterable[str], errors: int) -> list[str]:
    # Imported here: it takes a tenth of a second, and most searches find what was typed.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, list(among), scorer=OSA.distance, score_cutoff=errors, limit=_MOST_ALIKE)
    return [one for one, _, _ in found]
