"""The difference between two texts of bytes as one splice, which can be put in and taken out again."""

from typing import NamedTuple


class Splice(NamedTuple):
    """From `start`, `removed` was replaced by `inserted`."""

    start: int
    removed: bytes
    inserted: bytes

    def put_in(self, before: bytes) -> bytes:
        """Return what follows from `before`."""
        return before[: self.start] + self.inserted + before[self.start + len(self.removed) :]

    def taken_out(self, after: bytes) -> bytes:
        """Return what `after` followed from."""
        return after[: self.start] + self.removed + after[self.start + len(self.inserted) :]


def splice_between(before: bytes, after: bytes) -> Splice:
    """Return the splice that makes `after` of `before`: all but what they share at their beginning and at their end."""
    start = _shared(before, after)
    end = _shared_end(before[start:], after[start:])
    return Splice(start, before[start : len(before) - end], after[start : len(after) - end])


def _shared(one: bytes, other: bytes) -> int:
    """Count the bytes that both begin with. Comparing halves is done by the machine, and so far quicker than a loop."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shared_end(one: bytes, other: bytes) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
