"""Words as people type them, turned into a query for the full-text index: as they stand, or as words that are like them."""

import threading
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import filterfalse, islice
from typing import NamedTuple

from supportplan.domain.search_words import is_number, with_single_letters, words_in

_MOST_WORDS = 8
_MOST_ALIKE = 12
_MOST_LONGER = 40
# The index keeps beginnings of up to so many letters ready.
_READY = 4
_AFTER_ALL = "\U0010ffff"


class Vocabulary:
    """The words of the index, so that the beginning of a word is completed and a wrong letter forgiven.

    Numbers are left out: another number is another case, not a slip of the pen. A word that has left the index may
    stay here: it finds nothing there.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._lock = threading.Lock()
        self._sorted = sorted(set(filterfalse(is_number, words)))
        self._by_length = defaultdict[int, _Shelf](lambda: _Shelf([], []))
        for word in self._sorted:
            self._by_length[len(word)].forward.append(word)
        for shelf in self._by_length.values():
            shelf.backward.extend(sorted(word[::-1] for word in shelf.forward))

    def add(self, words: Iterable[str]) -> None:
        """Add words that came into the index."""
        with self._lock:
            for word in filterfalse(is_number, words):
                if not _holds(self._sorted, word):
                    insort(self._sorted, word)
                    shelf = self._by_length[len(word)]
                    insort(shelf.forward, word)
                    insort(shelf.backward, word[::-1])

    def strictly(self, typed: str) -> str:
        """Return the query for what holds every word, or a longer one that begins with it; empty if nothing can."""
        with self._lock:
            return _all_of(self._longer(word) for word in words_in(typed)[:_MOST_WORDS])

    def loosely(self, typed: str) -> str:
        """Return the query for what holds, of every word, it or one that is like it; empty if nothing can."""
        words = words_in(typed)[:_MOST_WORDS]
        spelt_short = words_in(with_single_letters(typed))[:_MOST_WORDS]
        with self._lock:
            alike = [
                self._alike(word) + (self._alike(short) if short != word else [])
                for word, short in zip(words, spelt_short, strict=True)
            ]
            if alike and not alike[-1]:
                alike[-1] = self._beginning_alike(words[-1])
            return _all_of(
                [*self._longer(word), *map(_exactly, found)] for word, found in zip(words, alike, strict=True)
            )

    def _longer(self, word: str) -> list[str]:
        """Return the terms for a word and those that begin with it.

        To name them is quicker than to ask the index for a beginning: there it gathers all their cases first.
        """
        if len(word) > _READY and not is_number(word):
            found = self._sorted[_beginning_with(self._sorted, word)]
            if len(found) <= _MOST_LONGER:
                return [_exactly(one) for one in found]
        return [f"{_exactly(word)}*"]

    def _alike(self, word: str) -> list[str]:
        """Return the words that differ in a letter or two, the closest first."""
        errors = _errors_forgiven(word)
        backward = word[::-1]
        for first, last in _shared_letters(len(word), errors):
            beginning, ending = self._swapped_in_the_middle(word), list[str]()
            for length in range(len(word) - errors, len(word) + errors + 1):
                if shelf := self._by_length.get(length):
                    beginning += shelf.forward[_beginning_with(shelf.forward, word[:first])]
                    ending += shelf.backward[_beginning_with(shelf.backward, backward[:last])]
            found = _closest(word, beginning, errors)
            found |= {one[::-1]: distance for one, distance in _closest(backward, ending, errors).items()}
            if found:
                return sorted(found, key=found.__getitem__)[:_MOST_ALIKE]
        return []

    def _swapped_in_the_middle(self, word: str) -> list[str]:
        """Return the word that has the two letters in the middle the other way round, if it is one."""
        half = len(word) // 2
        swapped = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
        return [swapped] if _holds(self._sorted, swapped) else []

    def _beginning_alike(self, word: str) -> list[str]:
        """Return longer words whose beginning is like a word that may still be being typed."""
        errors = _errors_forgiven(word)
        beginnings: dict[str, list[str]] = {}
        for one in self._sorted[_beginning_with(self._sorted, word[:2])] if errors else ():
            if len(one) > len(word):
                beginnings.setdefault(one[: len(word)], []).append(one)
        closest = _closest(word, list(beginnings), errors)
        return list(islice((one for beginning in closest for one in beginnings[beginning]), _MOST_ALIKE))


class _Shelf(NamedTuple):
    """Words of one length in order; and spelt backward, in the order of that."""

    forward: list[str]
    backward: list[str]


def _beginning_with(words: Sequence[str], letters: str) -> slice:
    """Say where, among words in order, those are that begin with some letters."""
    first = bisect_left(words, letters)
    return slice(first, bisect_left(words, letters + _AFTER_ALL, first))


def _holds(words: Sequence[str], word: str) -> bool:
    """Say whether a word is among words in order."""
    place = bisect_left(words, word)
    return words[place : place + 1] == [word]


def _exactly(word: str) -> str:
    return f'"{word}"'


def _all_of(words: Iterable[list[str]]) -> str:
    parts = [dict.fromkeys(terms) for terms in words]
    return " AND ".join(f"({' OR '.join(terms)})" for terms in parts) if all(parts) else ""


def _errors_forgiven(word: str) -> int:
    if len(word) < 3 or is_number(word):
        return 0
    return 1 if len(word) < 8 else 2


def _shared_letters(length: int, errors: int) -> tuple[tuple[int, int], ...]:
    """Return how many letters at their beginning or their end words must share to be compared, one try after another.

    One error leaves one half of a word as it was, unless two letters changed places where the halves meet; two nearly
    always leave the first letters or the second half. Many words end alike, few begin or go on alike: so a search takes
    as long among a hundred thousand people as among a hundred.
    """
    half = length // 2
    return ((), ((half, length - half),), ((3, length - half), (2, 2)))[errors]


def _closest(word: str, among: Sequence[str], errors: int) -> dict[str, int]:
    """Return the words that differ in no more than so many letters, and in how many, the closest first."""
    # Imported here: it takes a tenth of a second, and most searches find what was typed.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, among, scorer=OSA.distance, score_cutoff=errors, limit=_MOST_ALIKE)
    return {one: distance for one, distance, _ in found}
