"""The fields of one line that are read as a figure: a day, a quantity, money, a percentage. What reads them takes a while to load."""

from collections.abc import Callable
from datetime import date

from supportplan.domain.money import Amount, Percent, Quantity, UnitPrice, show
from supportplan.domain.said_amounts import (
    quantity_said_back,
    said_amount,
    said_count,
    said_percent,
    said_price,
    said_quantity,
)
from supportplan.domain.said_days import day_said_back, said_day
from supportplan.domain.units import Unit, per
from supportplan.widgets.field import Field


class DayField(Field[date]):
    """A day, typed as people say it and said back with its weekday."""

    def __init__(
        self, label: str, today: date, *, id: str | None = None, past: bool = False, hint: str = ""
    ) -> None:
        """Make a field for a day; with `past` for one like a birthday."""
        super().__init__(label, id=id, width=22, hint=hint or "like 1 april, 23/11/26, next tue, in 6 weeks")
        self._today = today
        self._past = past

    def read(self, text: str) -> date:
        """Read a day."""
        return said_day(text, self._today, past=self._past)

    def say_back(self, value: date) -> str:
        """Say the day with its weekday."""
        return day_said_back(value)


class QuantityField(Field[Quantity]):
    """How much of something; of hours also as 6h30."""

    def __init__(
        self,
        label: str,
        unit: Callable[[], Unit | None],
        *,
        id: str | None = None,
        hint: str = "type 6, 7.5 or 6h30",
    ) -> None:
        """Make a field; `unit` says what is counted at the moment, where that is known."""
        super().__init__(label, id=id, width=10, hint=hint)
        self._unit = unit

    def read(self, text: str) -> Quantity:
        """Read a quantity."""
        return said_quantity(text, self._unit())

    def say_back(self, value: Quantity) -> str:
        """Say it with its unit."""
        unit = self._unit()
        return quantity_said_back(value, unit) if unit else ""


class CountField(Field[int]):
    """A whole number of something, at least one. `counted` is its noun, for one and for more."""

    def __init__(
        self, label: str, counted: tuple[str, str], *, most: int, id: str | None = None, hint: str = "type 3"
    ) -> None:
        """Make a field for a count up to `most`."""
        super().__init__(label, id=id, width=10, hint=hint)
        self._counted = counted
        self._most = most

    def read(self, text: str) -> int:
        """Read a whole number."""
        return said_count(text, most=self._most)

    def say_back(self, value: int) -> str:
        """Say it with its noun."""
        return f"{value:,} {self._counted[0] if value == 1 else self._counted[1]}"


class PriceField(Field[UnitPrice]):
    """What one unit costs."""

    def __init__(
        self,
        label: str,
        currency: str,
        *,
        unit: Callable[[], Unit | None] = lambda: None,
        id: str | None = None,
    ) -> None:
        """Make a field for a price in a currency; `unit` says what it buys at the moment, where that is known."""
        super().__init__(label, id=id, width=12, hint="type 16.29")
        self._currency = currency
        self._unit = unit

    def read(self, text: str) -> UnitPrice:
        """Read a price."""
        return said_price(text, self._currency)

    def say_back(self, value: UnitPrice) -> str:
        """Say it as it will be printed, and what it buys."""
        unit = self._unit()
        return f"{show(value, self._currency)} {per(unit)}" if unit else show(value, self._currency)


class AmountField(Field[Amount]):
    """An amount of money, to the penny."""

    def __init__(
        self, label: str, currency: str, *, id: str | None = None, hint: str = "type 1,240 or 1240.50"
    ) -> None:
        """Make a field for an amount in a currency."""
        super().__init__(label, id=id, width=14, hint=hint)
        self._currency = currency

    def read(self, text: str) -> Amount:
        """Read an amount."""
        return said_amount(text, self._currency)

    def say_back(self, value: Amount) -> str:
        """Say it as it will be printed."""
        return show(value, self._currency)


class PercentField(Field[Percent]):
    """A percentage."""

    def __init__(self, label: str, *, id: str | None = None, hint: str = "type 5 or 2.5") -> None:
        """Make a field for a percentage."""
        super().__init__(label, id=id, width=8, hint=hint)

    def read(self, text: str) -> Percent:
        """Read a percentage."""
        return said_percent(text)

    def say_back(self, value: Percent) -> str:
        """Say it with its sign."""
        return f"{value}%"
