"""A profile in words: every setting with what it means, for a person who chooses or edits one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from supportplan.domain.money import plain, show
from supportplan.domain.profile import (
    ContingencyDefault,
    Interval,
    PeriodDefault,
    PricePoint,
    Profile,
    Signer,
    Spending,
)
from supportplan.domain.units import EVERY_WORDS, periods


class Fact(NamedTuple):
    """One setting of a profile: its key in the document, what it is about, and what it says."""

    key: str
    label: str
    words: str


_UNSAID = "not stated"

_ORDER = {
    "plan_first": "the plan first, then the budget",
    "budget_first": "the indicative budget first, then the plan",
}
_OF = {"recurring": "recurring money", "one_off": "one-off money", "all": "one-off and recurring money"}
_TIMING = {"advance": "in advance", "arrears": "in arrears"}


_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def facts(profile: Profile, framework_names: Mapping[str, str] = _NO_NAMES) -> tuple[Fact, ...]:
    """Say what a profile sets, in the order in which a plan meets it; what it leaves open is said too.

    `framework_names` are what people call the outcome frameworks, by their keys.
    """
    payments, review, cap, appeal = profile.payments, profile.review, profile.cap, profile.appeal
    return (
        Fact("name", "Profile", profile.name),
        Fact("authority", "Authority", profile.authority),
        Fact("source", "Source", profile.source),
        Fact(
            "example_of",
            "Standing",
            f"a dated example from {profile.example_of}: ask what is done now"
            if profile.example_of
            else "not tied to a date",
        ),
        Fact("currency", "Currency", profile.money),
        Fact("order", "Order of steps", _ORDER[profile.order] if profile.order else _UNSAID),
        Fact(
            "frameworks",
            "Outcome frameworks",
            ", ".join(framework_names.get(key, key) for key in profile.frameworks) or "any",
        ),
        Fact(
            "streams",
            "Funding streams",
            "; ".join(
                stream.name + ("" if stream.in_budget else " (assessed apart)") for stream in profile.streams
            )
            or "any",
        ),
        Fact("routes", "Routes", "; ".join(one.name for one in profile.routes) or "any"),
        Fact(
            "residential_by_direct_payment",
            "Residential services by direct payment",
            "allowed" if profile.residential_by_direct_payment else "not allowed",
        ),
        Fact("period", "Weeks of a new plan", _weeks(profile.period)),
        Fact(
            "price_points",
            "Price points",
            "; ".join(_price(point, profile.money) for point in profile.price_points) or "none",
        ),
        Fact(
            "over_indicative",
            "Over the indicative budget",
            f"up to {plain(profile.over_indicative)} per cent"
            if profile.over_indicative is not None
            else f"{_UNSAID}; any excess is pointed out",
        ),
        Fact(
            "cap",
            "Limit for one child",
            show(cap.amount, profile.money)
            + (f"; more under the profile '{cap.enhanced}'" if cap.enhanced else "")
            if cap
            else "none",
        ),
        Fact("contingency", "Contingency", _contingency(profile.contingency)),
        Fact(
            "payments",
            "Payments",
            f"{EVERY_WORDS[payments.every].replace('a ', 'every ')}, {_TIMING[payments.timing]}"
            if payments
            else _UNSAID,
        ),
        Fact(
            "surplus_weeks",
            "Unspent money",
            f"may be asked back beyond {profile.surplus_weeks} weeks' worth"
            if profile.surplus_weeks
            else _UNSAID,
        ),
        Fact(
            "review",
            "Review",
            f"after {_interval(review.first)}, then every {_interval(review.then)}" if review else _UNSAID,
        ),
        Fact("approver", "Agreed by", profile.approver),
        Fact("signers", "Signatures", "; ".join(map(_signer, profile.signers))),
        Fact("reasons", "Reasons for decisions", "; ".join(one.words for one in profile.reasons) or _UNSAID),
        Fact("appeal", "Appeal", f"{appeal.route}, within {appeal.days} days" if appeal else _UNSAID),
        Fact("spending", "Use of the money", _spending(profile.spending)),
        Fact("note", "Note", profile.note or "none"),
    )


def _weeks(period: PeriodDefault | None) -> str:
    if period is None:
        return "52 in a year; term and holidays not stated"
    parts = [f"{periods(period.money_weeks, 'week')} in a year"] if period.money_weeks is not None else []
    if period.term_weeks is not None:
        parts.append(periods(period.term_weeks, "term_week"))
    if period.holiday_weeks is not None:
        parts.append(periods(period.holiday_weeks, "holiday_week"))
    return ", ".join(parts) or _UNSAID


def _price(point: PricePoint, currency: str) -> str:
    cut = f", of which {show(point.net, currency)} after the top-slice" if point.net is not None else ""
    return f"{point.name}: {show(point.gross, currency)} a point{cut}"


def _contingency(contingency: ContingencyDefault | None) -> str:
    if contingency is None:
        return _UNSAID
    held = f"held by the {contingency.held_by}"
    if contingency.top_slice:
        return f"a top-slice of the price point, {held}"
    if contingency.percent is not None and contingency.of is not None:
        return f"{plain(contingency.percent)} per cent of {_OF[contingency.of]}, {held}"
    return f"as each plan agrees, {held}"


def _spending(spending: Spending | None) -> str:
    if spending is None:
        return _UNSAID
    parts = (
        f"not for: {'; '.join(spending.not_for)}" if spending.not_for else "",
        f"papers to keep: {'; '.join(spending.records)}" if spending.records else "",
        f"changes: {spending.changes}" if spending.changes else "",
        f"source: {spending.source}",
    )
    return ". ".join(part.rstrip(".") for part in parts if part)


def _interval(interval: Interval) -> str:
    return f"{interval.count} {interval.unit}{'' if interval.count == 1 else 's'}"


def _signer(signer: Signer) -> str:
    return signer.words + (" (somebody may sign for them)" if signer.may_be_represented else "")
