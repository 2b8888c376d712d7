"""A row of a schedule of costs in words, the same wherever it is shown."""

from supportplan.domain.money import show
from supportplan.domain.schedules.schedule import Row
from supportplan.domain.units import per


def row_words(row: Row) -> str:
    """Say what is paid for, and in which area where it is priced for one alone."""
    return f"{row.name}, {row.area}" if row.area else row.name


def price_words(row: Row, currency: str) -> str:
    """Say what one unit costs: `£16.29 an hour`, or `by quote`."""
    return "by quote" if row.rate is None else f"{show(row.rate, currency)} {per(row.unit)}"
