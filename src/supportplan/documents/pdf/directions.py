"""In which order the letters of a line stand on the page, where some are written from right to left.

The algorithm of Unicode (UAX 9) for text without explicit marks of direction, which are never printed.
"""

import unicodedata
from typing import NamedTuple

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
# Kinds that have a direction; numbers count as if they were written from right to left.
_STRONG = ("L", "R", "EN", "AN")


class Run(NamedTuple):
    """Letters of a line that are written in one direction: where they begin and end in the text."""

    start: int
    end: int
    leftward: bool


def begins_leftward(text: str) -> bool:
    """Whether a text is one that is written from right to left: its first letter decides."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def visual_runs(line: str, *, leftward: bool) -> list[Run]:
    """Return the runs of a line as they stand from left to right, in a text of the given direction."""
    levels = _levels(line, 1 if leftward else 0)
    pieces: list[tuple[int, Run]] = []
    for place, level in enumerate(levels):
        if pieces and pieces[-1][0] == level:
            pieces[-1] = level, pieces[-1][1]._replace(end=place + 1)
        else:
            pieces.append((level, Run(place, place + 1, level % 2 == 1)))
    for turned in range(max(levels, default=0), 0, -1):
        pieces = _turned(pieces, turned)
    return [run for _, run in pieces]


def _turned(pieces: list[tuple[int, Run]], level: int) -> list[tuple[int, Run]]:
    """Turn round every row of runs that are of a level or above it (L2)."""
    found: list[tuple[int, Run]] = []
    row: list[tuple[int, Run]] = []
    for piece in pieces:
        if piece[0] >= level:
            row.append(piece)
        else:
            found += [*reversed(row), piece]
            row = []
    return [*found, *reversed(row)]


def _levels(line: str, base: int) -> list[int]:
    outside = "R" if base else "L"
    kinds = [unicodedata.bidirectional(letter) or "L" for letter in line]
    _settle_marks_and_numbers(kinds, outside)
    _settle_brackets(line, kinds, outside)
    _settle_neutrals(kinds, outside)
    return [_level(kind, base) for kind in kinds]


def _level(kind: str, base: int) -> int:
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _settle_marks_and_numbers(kinds: list[str], outside: str) -> None:
    """Rules W1 to W7: marks follow their letter, numbers the letters before them, signs the numbers beside them."""
    strong = outside
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = kinds[place - 1] if place else outside
        if kinds[place] in ("L", "R", "AL"):
            strong = kinds[place]
        elif kinds[place] == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and (
            (kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))
        ):
            kinds[place] = before
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = order.step
        for place in order:
            if kinds[place] == "ET" and kinds[place - step] == "EN":
                kinds[place] = "EN"
    strong = outside
    for place, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _settle_brackets(line: str, kinds: list[str], outside: str) -> None:
    """Rule N0: a pair of brackets has one direction, that of the text if anything in it has, else that before it."""
    for start, end in _pairs(line, kinds):
        within = {_side(kind) for kind in kinds[start + 1 : end] if kind in _STRONG}
        if outside in within:
            kinds[start] = kinds[end] = outside
        elif within:
            before = next((_side(kind) for kind in reversed(kinds[:start]) if kind in _STRONG), outside)
            kinds[start] = kinds[end] = before


def _pairs(line: str, kinds: list[str]) -> list[tuple[int, int]]:
    """The places of brackets that belong together, by where they open."""
    found = []
    opened: list[tuple[str, int]] = []
    for place, letter in enumerate(line):
        if kinds[place] != "ON":
            continue
        if letter in _BRACKETS:
            opened.append((_BRACKETS[letter], place))
        elif letter in (closing for closing, _ in opened):
            while opened:
                closing, start = opened.pop()
                if closing == letter:
                    found.append((start, place))
                    break
    return sorted(found)


def _settle_neutrals(kinds: list[str], outside: str) -> None:
    """Rules N1 and N2: what has no direction takes that of both its sides, or that of the text."""
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] not in _STRONG:
            end += 1
        if end > place:
            before = _side(kinds[place - 1]) if place else outside
            after = _side(kinds[end]) if end < len(kinds) else outside
            kinds[place:end] = [before if before == after else outside] * (end - place)
        place = end + 1


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"
