"""Words as people type them, turned into a query for the full-text index: as they stand, or as words that are like them."""

import threading
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from supportplan.domain.search_words import with_single_letters, words_in

_MOST_WORDS = 8
_MOST_ALIKE = 12
_MOST_LONGER = 40
# The index keeps beginnings of up to so many letters ready.
_READY = 3
# How many letters at their beginning or their end words must share to be compared, at first and then where none is found.
_MOST_SHARED, _LEAST_SHARED = 3, 2
_AFTER_ALL = "\U0010ffff"


class Vocabulary:
    """The words of the index, so that the beginning of a word is completed and a wrong letter forgiven.

    Words with a number are left out but for the letters they begin with: another number is another case, not a slip
    of the pen. A word that has left the index may stay here: it finds nothing there.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._lock = threading.Lock()
        known = set(words)
        self._sorted = sorted(filter(_is_spelt, known))
        self._before_numbers = sorted({_letters_first(word) for word in known if not _is_spelt(word)})
        self._by_length: dict[int, _Shelf] = {}
        for word in self._sorted:
            self._by_length.setdefault(len(word), _Shelf([], [], [])).forward.append(word)
        for shelf in self._by_length.values():
            shelf.by_end.extend(sorted(shelf.forward, key=_backward))
            shelf.backward.extend(map(_backward, shelf.by_end))

    def add(self, words: Iterable[str]) -> None:
        """Add words that came into the index."""
        with self._lock:
            for word in words:
                if not _is_spelt(word):
                    _insert_new(self._before_numbers, _letters_first(word))
                elif _insert_new(self._sorted, word):
                    self._by_length.setdefault(len(word), _Shelf([], [], [])).add(word)

    def strictly(self, typed: str) -> str:
        """Return the query for what holds every word, or a longer one that begins with it; empty if nothing can."""
        with self._lock:
            return _all_of(self._longer(word) for word in words_in(typed)[:_MOST_WORDS])

    def loosely(self, typed: str) -> str:
        """Return the query for what holds, of every word, it or one that is like it; empty if nothing can."""
        words = words_in(typed)[:_MOST_WORDS]
        spelt_short = words_in(with_single_letters(typed))[:_MOST_WORDS]
        with self._lock:
            return _all_of(
                self._longer(word)
                + (
                    self._alike(word) + (self._alike(short) if short != word else [])
                    or (self._beginning_alike(word) if place == len(words) else [])
                )
                for place, (word, short) in enumerate(zip(words, spelt_short, strict=True), 1)
            )

    def _longer(self, word: str) -> list[str]:
        """Return the terms for a word and those that begin with it.

        To name them is quicker than to ask the index for a beginning: there it gathers all their cases first.
        """
        if len(word) <= _READY or not _is_spelt(word) or _any_beginning_with(self._before_numbers, word):
            return [f'"{word}"*']
        found = self._sorted[_beginning_with(self._sorted, word)]
        return [f'"{word}"*'] if len(found) > _MOST_LONGER else [f'"{one}"' for one in found]

    def _alike(self, word: str) -> list[str]:
        """Return the terms for words that differ in a letter or two.

        Only words that share the beginning or the end are compared: one error leaves one of them as it was, and two
        nearly always do. So a search takes as long among a hundred thousand people as among a hundred.
        """
        errors = _errors_forgiven(word)
        # With one letter more, two that changed places in the middle could touch both.
        half = (len(word) - 1) // 2
        for shared in dict.fromkeys((min(half, _MOST_SHARED), min(half, _LEAST_SHARED))) if errors else ():
            if found := _closest(word, self._sharing(word, shared, errors), errors):
                return [f'"{one}"' for one in found]
        return []

    def _sharing(self, word: str, shared: int, errors: int) -> list[str]:
        """Return the words of about the same length that begin or end with the same letters; some of them twice."""
        found: list[str] = []
        for length in range(len(word) - errors, len(word) + errors + 1):
            if shelf := self._by_length.get(length):
                found += shelf.forward[_beginning_with(shelf.forward, word[:shared])]
                found += shelf.by_end[_beginning_with(shelf.backward, _backward(word)[:shared])]
        return found

    def _beginning_alike(self, word: str) -> list[str]:
        """Return the terms for longer words whose beginning is like a word that may still be being typed."""
        errors = _errors_forgiven(word)
        beginnings: dict[str, list[str]] = {}
        for one in self._sorted[_beginning_with(self._sorted, word[:2])] if errors else ():
            if len(one) > len(word):
                beginnings.setdefault(one[: len(word)], []).append(one)
        found = (
            one for beginning in _closest(word, list(beginnings), errors) for one in beginnings[beginning]
        )
        return [f'"{one}"' for one in islice(found, _MOST_ALIKE)]


class _Shelf(NamedTuple):
    """Words of one length: in order, spelt backward in the order of that, and as they are in that same order."""

    forward: list[str]
    backward: list[str]
    by_end: list[str]

    def add(self, word: str) -> None:
        insort(self.forward, word)
        place = bisect_left(self.backward, _backward(word))
        self.backward.insert(place, _backward(word))
        self.by_end.insert(place, word)


def _backward(word: str) -> str:
    return word[::-1]


def _beginning_with(words: Sequence[str], letters: str) -> slice:
    """Say where, among words in order, those are that begin with some letters."""
    first = bisect_left(words, letters)
    return slice(first, bisect_left(words, letters + _AFTER_ALL, first))


def _any_beginning_with(words: Sequence[str], letters: str) -> bool:
    place = bisect_left(words, letters)
    return place < len(words) and words[place].startswith(letters)


def _insert_new(words: list[str], word: str) -> bool:
    """Insert a word in its order; return whether it was not there yet."""
    place = bisect_left(words, word)
    is_new = words[place : place + 1] != [word]
    if is_new:
        words.insert(place, word)
    return is_new


def _all_of(words: Iterable[list[str]]) -> str:
    parts = [dict.fromkeys(terms) for terms in words]
    return " AND ".join(f"({' OR '.join(terms)})" for terms in parts) if all(parts) else ""


def _is_spelt(word: str) -> bool:
    return not any(sign.isdigit() for sign in word)


def _letters_first(word: str) -> str:
    """Return the letters before the first digit."""
    return "".join(takewhile(lambda sign: not sign.isdigit(), word))


def _errors_forgiven(word: str) -> int:
    if len(word) < 3 or not _is_spelt(word):
        return 0
    return 1 if len(word) < 8 else 2


def _closest(word: str, among: Sequence[str], errors: int) -> list[str]:
    # Imported here: it takes a tenth of a second, and most searches find what was typed.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    # A word may be among them twice.
    found = process.extract(word, among, scorer=OSA.distance, score_cutoff=errors, limit=2 * _MOST_ALIKE)
    return list(dict.fromkeys(one for one, _, _ in found))[:_MOST_ALIKE]
