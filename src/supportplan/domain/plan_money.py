"""The money in a plan: the price of a unit, what is set aside, what the person pays, how it is paid out."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from supportplan.domain.canonical import Document
from supportplan.domain.field_types import Name, Text
from supportplan.domain.money import Amount, Percent, Quantity, UnitPrice
from supportplan.domain.units import PaidEvery, Unit

Holder = Literal["family", "authority"]


class TopUp(Document, frozen=True, kw_only=True):
    """What somebody adds to a dearer rate: an amount a unit, never part of the cash value."""

    amount: UnitPrice
    payer: Name


class Rate(Document, frozen=True, kw_only=True):
    """The price of one unit, copied from a row of a schedule of costs, or a price of our own with its reason."""

    amount: UnitPrice
    unit: Unit
    item: Text = ""
    schedule: Text = ""
    version: Text = ""
    reason: Text = ""
    top_up: TopUp | None = None


class TopSlice(Document, frozen=True, kw_only=True):
    """Contingency kept back from an allocation: points x (gross - net price a point) [S 3.20]."""

    points: Quantity
    gross: UnitPrice
    net: UnitPrice

    def __post_init__(self) -> None:
        """Refuse a net price above the gross one."""
        if self.net > self.gross:
            raise ValueError("has a net price a point above the gross one")


class Contingency(Document, frozen=True, kw_only=True):
    """Money for what nobody can plan: a percentage, a fixed amount or a top-slice, and who holds it."""

    held_by: Holder
    percent: Percent | None = None
    of: Literal["recurring", "one_off", "all"] | None = None
    amount: Amount | None = None
    top_slice: TopSlice | None = None

    json_schema: ClassVar[Mapping[str, Any]] = {
        "oneOf": [{"required": [way]} for way in ("percent", "amount", "top_slice")],
        "dependentRequired": {"percent": ["of"], "of": ["percent"]},
    }

    def __post_init__(self) -> None:
        """Demand exactly one way of working it out."""
        if sum(way is not None for way in (self.percent, self.amount, self.top_slice)) != 1:
            raise ValueError("needs one of 'percent', 'amount' and 'top_slice'")
        if (self.percent is None) != (self.of is None):
            raise ValueError("needs 'percent' and 'of' together")


class Contribution(Document, frozen=True, kw_only=True):
    """What the person pays towards the plan, rounded in their favour."""

    amount: Amount
    every: PaidEvery


class Payments(Document, frozen=True, kw_only=True):
    """How often the money is paid, and from which day."""

    every: PaidEvery
    first: date
