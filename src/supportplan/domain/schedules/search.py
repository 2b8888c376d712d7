"""Finding a rate among thousands while it is typed: words in any order, their beginnings, initials, missing letters.

Every word that is typed has to be found in a row; how well it is found decides the order. The same rows and the same
words, in whatever order they are typed, give the same answer.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice

from rapidfuzz import fuzz, process

from supportplan.domain.schedules.schedule import DayType, Row
from supportplan.domain.search_words import words_in, words_to_find

_SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "per", "the", "to", "with")
)
_MOST_TYPED = 200
_MOST_WORDS = 12

# How well a typed word is found, the best first.
_WHOLE, _INITIALS, _BEGINNING, _INSIDE, _SLIP, _LEFT_OUT = 100, 95, 90, 60, 50, 45
# What a row is called counts for more than its code, and that for more than where it stands.
_CALLED, _CODED, _BESIDE = 6, 4, 0
# Below this likeness, out of 100, two words are not the same word with a slip of the finger.
_LIKE = 74
_SHORTEST = 3

_DAY_WORDS: Mapping[DayType, str] = {
    "any": "",
    "weekday": "weekday",
    "sat": "saturday weekend",
    "sun": "sunday weekend",
    "bank_holiday": "bank holiday",
    "night_waking": "waking night",
    "sleep_in": "sleep in night",
}

_Scores = dict[int, int]


class RateIndex:
    """The rows of one or more schedules, ready to be searched at every key."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: tuple[Row, ...] = tuple(rows)
        self._places: dict[str, _Scores] = {}
        initials: dict[str, _Scores] = {}
        # Of rows that fit as well, the one for any day comes first, then the one with the shorter name.
        self._order: list[tuple[bool, int, int]] = []
        for place, row in enumerate(self.rows):
            called = words_in(row.name)
            self._order.append((row.day_type != "any", len(called), place))
            for word in words_to_find(f"{row.category} {row.tier} {_DAY_WORDS[row.day_type]} {row.area}"):
                self._places.setdefault(word, {})[place] = _BESIDE
            for word in (*words_to_find(row.item_code), "".join(words_in(row.item_code))):
                self._places.setdefault(word, {})[place] = _CODED
            for word in words_to_find(row.name):
                self._places.setdefault(word, {})[place] = _CALLED
            for letters in _initials(called):
                initials.setdefault(letters, {})[place] = _CALLED
        self._vocabulary = sorted(self._places)
        self._initials = initials
        self._all_initials = sorted(initials)

    def search(
        self, typed: str, *, on: date | None = None, area: str | None = None, most: int = 50
    ) -> tuple[Row, ...]:
        """Return the rows that fit what was typed, the best first; in the schedule's order where nothing was typed.

        `on` and `area` keep the rows that are valid on a day and in an area.
        """
        words = sorted(set(_joined(words_in(typed[:_MOST_TYPED]))[:_MOST_WORDS]))
        scores = self._scores(words, slips=False) or (self._scores(words, slips=True) if words else {})
        ranked = (
            sorted(scores, key=lambda place: (-scores[place], self._order[place]))
            if words
            else range(len(self.rows))
        )
        fitting = (
            row
            for row in map(self.rows.__getitem__, ranked)
            if (on is None or row.valid(on)) and (area is None or row.covers(area))
        )
        return tuple(islice(fitting, most))

    def _scores(self, words: Sequence[str], *, slips: bool) -> _Scores:
        """Return the rows in which every word is found, with the sum of how well."""
        total: _Scores | None = None
        for word in words:
            found = self._as_typed(word)
            if slips or not found:
                found = self._mistyped(word) | found
            total = (
                found
                if total is None
                else {place: score + found[place] for place, score in total.items() if place in found}
            )
        return total or {}

    def _as_typed(self, word: str) -> _Scores:
        """Find a word as it stands: whole, as a beginning, as initials; or, where it is none of them, inside words."""
        best: _Scores = {}
        for known in _beginning(self._vocabulary, word):
            _keep_best(best, self._places[known], _WHOLE if known == word else _BEGINNING)
        for letters in _beginning(self._all_initials, word) if len(word) > 1 else ():
            _keep_best(best, self._initials[letters], _INITIALS)
        if not best and len(word) >= _SHORTEST:
            for known in self._vocabulary:
                if word in known:
                    _keep_best(best, self._places[known], _INSIDE)
        return best

    def _mistyped(self, word: str) -> _Scores:
        """Find the words that are nearly this one, or begin nearly so; and those that it is with letters left out."""
        best: _Scores = {}
        if len(word) < _SHORTEST or word.isdecimal():
            return best
        beginnings = [known[: len(word) + 1] for known in self._vocabulary]
        for _, likeness, at in process.extract(
            word, beginnings, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None, processor=None
        ):
            _keep_best(best, self._places[self._vocabulary[at]], _SLIP * round(likeness) // 100)
        letters = re.compile(".*".join(map(re.escape, word)))
        for known in _beginning(self._vocabulary, word[0]):
            if letters.match(known):
                _keep_best(best, self._places[known], _LEFT_OUT)
        return best


def _keep_best(best: _Scores, places: _Scores, score: int) -> None:
    for place, weight in places.items():
        if best.get(place, -1) < score + weight:
            best[place] = score + weight


def _beginning(words: Sequence[str], start: str) -> Iterator[str]:
    """Yield the words, out of sorted ones, that begin so."""
    for at in range(bisect_left(words, start), len(words)):
        if not words[at].startswith(start):
            return
        yield words[at]


def _joined(words: Iterable[str]) -> list[str]:
    """Join letters that are typed apart, which are initials: `p a sat` is `pa`, `sat`."""
    found: list[str] = []
    for single, run in groupby(words, key=lambda word: len(word) == 1 and word.isalpha()):
        together = list(run)
        found += ["".join(together)] if single else together
    return found


def _initials(words: Sequence[str]) -> set[str]:
    """Return the initials of a name from each of its words on, with and without its small words."""
    every = "".join(word[0] for word in words)
    large = "".join(word[0] for word in words if word not in _SMALL_WORDS)
    return {letters[start:] for letters in (every, large) for start in range(len(letters) - 1)}
