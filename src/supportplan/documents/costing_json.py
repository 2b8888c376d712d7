"""A costing as one JSON document, with every amount a decimal text."""

from decimal import Decimal
from typing import Any

from supportplan.domain.costing import Costing, Totals
from supportplan.domain.payments import Payment
from supportplan.domain.pricing import Line


def costing_json(costing: Costing, payments: tuple[Payment, ...]) -> dict[str, Any]:
    """Return totals, lines with their traces, payments, and the same totals by outcome, stream, route and supporter."""
    return {
        "currency": costing.currency,
        **_totals(costing.totals),
        "contingency_held_by": costing.contingency_held_by,
        "contribution": _amount(costing.contribution.result),
        "net": _amount(costing.net),
        "lines": [_line(line) for line in costing.lines],
        "payments": [_payment(payment) for payment in payments],
        "by": {
            grouping: {name: _totals(totals) for name, totals in groups.items()}
            for grouping, groups in costing.by.items()
        },
    }


def _totals(totals: Totals) -> dict[str, str | None]:
    return {name: _amount(getattr(totals, name)) for name in totals.__struct_fields__}


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.support,
        "per_period": _amount(line.per_period),
        "weekly": _amount(line.weekly),
        "amount": _amount(line.amount),
        "top_up": _amount(line.top_up),
        "trace": str(line.trace),
    }


def _payment(payment: Payment) -> dict[str, Any]:
    shown = {"on": payment.on.isoformat(), "amount": _amount(payment.amount), "kind": payment.kind}
    return shown if payment.support is None else {**shown, "support": payment.support}


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
