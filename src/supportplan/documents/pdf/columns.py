"""How wide each column of a table is."""

import re

from reportlab.lib.units import mm

from supportplan.documents.model import Card, Cell, Row, Table
from supportplan.documents.pdf.fonts import Typesetter
from supportplan.documents.pdf.layout import BAR_AND_GAP, PAD_X, WIDTH, Layout
from supportplan.documents.pdf.letters import BOLD
from supportplan.domain.problems import CannotWrite

_NARROWEST = 16 * mm
_NARROWEST_LABEL = 40 * mm
# A word that is wider than this is broken where its column is narrower; every shorter one stays whole.
_LONGEST_WORD = 40 * mm
# A note under an amount stays on one line if it is no wider than this.
_LONGEST_NOTE = 30 * mm
# How much further apart than others amounts stand beside one another, where words leave room for it.
_BETWEEN_AMOUNTS = 4 * mm
_MONEY = re.compile(r"\d[\d,]*\.\d\d")


def column_widths(model: Table, setter: Typesetter, layout: Layout) -> list[float]:
    """Share the page's width out: amounts get what they need, words share the rest, ordinary words are never broken.

    Raises CannotWrite where the amounts leave no room for words.
    """
    widths = [_least_width(model, place, setter, layout) for place in range(len(model.columns))]
    words = [place for place, column in enumerate(model.columns) if column.holds != "amount"]
    room = WIDTH - sum(width for place, width in enumerate(widths) if place not in words)
    if room < _NARROWEST * len(words):
        raise _too_long()
    asked = _that_fit({place: widths[place] for place in words}, room)
    amounts = [place for place in range(len(widths)) if place not in words]
    if len(amounts) > 1:
        more = min((room - sum(asked.values())) / len(amounts), _BETWEEN_AMOUNTS)
        for place in amounts:
            widths[place] += more
        room -= more * len(amounts)
    shares = {place: model.columns[place].share for place in words}
    for place, width in _shared_out(asked, shares, room).items():
        widths[place] = width
    return widths


def amount_width(model: Card, setter: Typesetter, layout: Layout) -> float:
    """How wide the amounts of a card are. Raises CannotWrite where they leave no room for what they are called."""
    size = layout.fact.fontSize
    amounts = [line for fact in model.facts if fact.holds == "amount" for line in fact.text.splitlines()]
    widest = max((setter.width(line, BOLD, size) for line in amounts), default=0.0) + 2 * PAD_X + 0.5
    if WIDTH - BAR_AND_GAP - widest < _NARROWEST_LABEL:
        raise _too_long()
    return widest


def _too_long() -> CannotWrite:
    return CannotWrite(
        "an amount is too long for the width of the page",
        where="a table of the plan",
        mend="Check the quantities and rates: one of them is far larger than what any support costs.",
    )


def _least_width(model: Table, place: int, setter: Typesetter, layout: Layout) -> float:
    """How wide a column must be: for amounts their longest, for words the longest word that is not absurdly long."""
    column = model.columns[place]
    headers = Row(tuple(Cell(each.header, each.header) for each in model.columns))
    widest = 0.0
    for row in (headers, *model.rows):
        if place == 0 and row.weight != "row":
            continue
        for text in _unbroken(row, place):
            width = setter.width(
                text, BOLD, (layout.cell_total if row.weight == "grand_total" else layout.cell).fontSize
            )
            if (
                column.holds == "amount" and "\n" not in text and (" " not in text or width <= _LONGEST_NOTE)
            ) or (
                column.holds != "amount"
                and " " not in text
                and (width <= _LONGEST_WORD or _MONEY.search(text))
            ):
                widest = max(widest, width)
    # A little more than is needed, because sums of fractions differ in their last place.
    return widest + 2 * PAD_X + 0.5


def _unbroken(row: Row, place: int) -> list[str]:
    """What would best stay on one line: each word, and each line of a note."""
    cell = row.cells[place]
    return [
        *cell.text.split(),
        *cell.note.split(),
        *(" ".join(line.split()) for line in cell.note.splitlines()),
    ]


def _that_fit(asked: dict[int, float], room: float) -> dict[int, float]:
    """Cut down what columns of words ask for where it is too much together: those lose most that ask for most."""
    asked = {place: min(width, room) for place, width in asked.items()}
    over = sum(asked.values()) - room
    if over <= 0:
        return asked
    spare = {place: max(width - _NARROWEST, 0.0) for place, width in asked.items()}
    return {place: width - over * spare[place] / sum(spare.values()) for place, width in asked.items()}


def _shared_out(asked: dict[int, float], shares: dict[int, int], room: float) -> dict[int, float]:
    """Give each column its share of the room, but at least what it asks for."""
    given = dict(asked)
    sharing = set(asked)
    while sharing:
        left = room - sum(width for place, width in given.items() if place not in sharing)
        each = left / sum(shares[place] for place in sharing)
        tight = {place for place in sharing if each * shares[place] < asked[place]}
        if not tight:
            given |= {place: each * shares[place] for place in sharing}
            break
        sharing -= tight
    return given
