"""How large a price list may be, and how often whoever waits for it is told how far it has come."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from supportplan.domain.problems import BadInput, Stopped
from supportplan.domain.schedules.columns import letter
from supportplan.domain.schedules.reading_rows import RawRow

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
# What Excel allows in a cell.
MOST_LETTERS = 32_767

_STEP = 256


class Watch(NamedTuple):
    """Whoever waits for long work: told how far it has come, and asked whether to go on."""

    progress: Callable[[int, int], None] = lambda _done, _whole: None
    cancelled: Callable[[], bool] = lambda: False

    def look(self, done: int, whole: int) -> None:
        """Tell how much is done of the whole (0 where nobody knows); raise Stopped where it was cancelled."""
        if self.cancelled():
            raise Stopped(
                "the file was not read to its end", mend="Nothing was changed. Start again when you like."
            )
        self.progress(done, whole)


def too_large(name: str) -> BadInput:
    """Say that a file, or what it unpacks to, is larger than any price list."""
    return BadInput(
        f"holds more than {MOST_BYTES // 1024**2} MB",
        where=name,
        mend="Save only the sheet with the prices, as CSV.",
    )


def too_long(name: str) -> BadInput:
    """Say that a file has more rows than any price list."""
    return BadInput(f"has more than {MOST_ROWS:,} rows", where=name, mend="Save only the rows with prices.")


def too_wide(name: str, number: int) -> BadInput:
    """Say that a row is wider than any price list."""
    return BadInput(
        f"has more than {MOST_COLUMNS} columns",
        where=f"{name}, row {number}",
        mend="Save only the columns that matter.",
    )


def bounded(
    number: int,
    texts: Sequence[str],
    name: str,
    unworked: tuple[int, ...] = (),
    *,
    since_1904: bool = False,
) -> RawRow:
    """Make a row of texts, without the blanks at its end. Raises BadInput where it is beyond all bounds."""
    if number > MOST_ROWS:
        raise too_long(name)
    width = len(texts)
    while width and not texts[width - 1] and width - 1 not in unworked:
        width -= 1
    if width > MOST_COLUMNS:
        raise too_wide(name, number)
    row = tuple(texts[:width])
    for place, text in enumerate(row, start=1):
        if len(text) > MOST_LETTERS:
            raise BadInput(
                f"has a cell with more than {MOST_LETTERS:,} characters",
                where=f"{name}, row {number}, column {letter(place)}",
                mend="Shorten it, or check that this is the right file.",
            )
    return RawRow(number, row, unworked, since_1904)


def every_so_often(number: int) -> bool:
    """Say whether it is time to look up from the rows."""
    return number % _STEP == 0
