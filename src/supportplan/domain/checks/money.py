"""Checks of what each support costs: rates and their sources, quantities, funders, streams and routes."""

from collections.abc import Iterator

from supportplan.domain.checks.finding import Check, Fault, Place, Subject
from supportplan.domain.plan import Support, answered
from supportplan.domain.profile import DIRECT_PAYMENT, RESIDENTIAL
from supportplan.domain.units import PERIOD_WORDS, Every, Unit

# The most minutes that a period can hold: months, quarters and years by their longest.
_UNIT_MINUTES: dict[Unit, int] = {
    "minute": 1,
    "quarter_hour": 15,
    "half_hour": 30,
    "hour": 60,
    "half_day": 720,
    "day": 1_440,
    "night": 1_440,
    "week": 10_080,
}
_PERIOD_DAYS: dict[Every, int] = {
    "week": 7,
    "fortnight": 14,
    "four_weeks": 28,
    "month": 31,
    "quarter": 92,
    "year": 366,
    "term_week": 7,
    "holiday_week": 7,
}


def _costed(subject: Subject) -> Iterator[Fault]:
    for missing in subject.costing.waiting:
        place = Place("Support", "supports", missing.at, missing.support)
        yield place.fault(f"cannot be costed: {missing.words}.", missing.field, "Add it.")


def _rate_reason(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        rate = support.rate
        if rate is not None and not answered(rate.item) and not answered(rate.reason):
            yield place.fault(
                "has a price of its own, and no reason for it.",
                "rate.reason",
                "Choose a price from the list, or say why this one is right: a quote, the going rate, the skill needed.",
            )


def _rate_source(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        rate = support.rate
        if rate is not None and answered(rate.item):
            for field, text in (("schedule", rate.schedule), ("version", rate.version)):
                if not answered(text):
                    yield place.fault(
                        f"names a row of a schedule of costs, but not its {field}.",
                        f"rate.{field}",
                        "Choose the row from the schedule again.",
                    )


def _zero(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        if support.quantity is not None and not support.quantity:
            yield place.fault(
                "has a quantity of nothing.",
                "quantity",
                "Give how much there is of it, or take the support out.",
            )
        if support.paid_by != "nobody" and support.rate is not None and not support.rate.amount:
            yield place.fault(
                "has a rate of nothing.",
                "rate.amount",
                "Give what one unit costs, or say that nobody is paid for it.",
            )


def _possible(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        if words := _more_than_there_is(support, subject.plan.period.days):
            yield place.fault(
                f"gives each member of staff {words}.",
                "quantity",
                "Check the quantity, the unit and how often; the number of staff is counted apart.",
            )


def _more_than_there_is(support: Support, plan_days: int) -> str:
    """Say what a support takes more time than, or nothing: 168 hours a week are all there are."""
    minutes = _UNIT_MINUTES.get(support.unit) if support.unit is not None else None
    if support.quantity is None or minutes is None:
        return ""
    days = _PERIOD_DAYS.get(support.every) if support.every is not None else None
    if days is not None and support.every is not None:
        if support.quantity * minutes > days * 1_440:
            return f"more than the {days * 24:,} hours of a {PERIOD_WORDS[support.every][0]}"
    elif support.quantity * (support.occasions or 1) * minutes > plan_days * 1_440:
        return "more time than the whole plan has"
    return ""


def _unpaid_rate(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        if support.paid_by == "nobody" and support.rate is not None:
            yield place.fault(
                "carries a rate though nobody is paid for it.", "rate", "Take the rate out, or say who pays."
            )


def _payer(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        if support.paid_by == "other" and not answered(support.payer):
            yield place.fault(
                "is paid from another funder, and does not say which.",
                "payer",
                "Name who pays: the inclusion grant, the NHS, a charity.",
            )


def _top_up(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        top_up = support.rate.top_up if support.rate else None
        if top_up is None:
            continue
        for field, wrong, words, mend in (
            ("payer", not answered(top_up.payer), "does not say who pays it", "Name who pays it."),
            ("amount", not top_up.amount, "is nothing", "Give the amount a unit, or take it out."),
            ("amount", support.paid_by != "budget", "is on a support that the budget does not pay",
             "A top-up stands beside what the budget pays: take it out, or say that the budget pays."),
        ):  # fmt: skip
            if wrong:
                yield place.fault(f"has a top-up that {words}.", f"rate.top_up.{field}", mend)


def _residential(subject: Subject) -> Iterator[Fault]:
    for support, place in _direct_payments_where_residential_may_not_be(subject):
        if support.stream == RESIDENTIAL:
            yield place.fault(
                "is residential and goes by direct payment, which this profile rules out.",
                "route",
                "Choose another route, such as a service that the council arranges.",
            )


def _residential_nights(subject: Subject) -> Iterator[Fault]:
    for support, place in _direct_payments_where_residential_may_not_be(subject):
        supporter = support.supporter.kind if support.supporter else None
        if (
            support.stream != RESIDENTIAL
            and support.unit == "night"
            and supporter in ("agency", "statutory", "in_house")
        ):
            yield place.fault(
                "is counted in nights from an agency or service and goes by direct payment.",
                "route",
                "If it is residential, this profile rules a direct payment out: choose another route.",
            )


def _direct_payments_where_residential_may_not_be(subject: Subject) -> Iterator[tuple[Support, Place]]:
    if not subject.profile.residential_by_direct_payment:
        for support, place in subject.budget_lines:
            if support.route == DIRECT_PAYMENT:
                yield support, place


def _stream_apart(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.budget_lines:
        stream = subject.profile.stream(support.stream) if support.stream else None
        if stream is not None and not stream.in_budget:
            yield place.fault(
                "is in the budget, but its funding stream is assessed apart.",
                "stream",
                "Say that another funder pays and name it, or choose another stream.",
            )


def _offered(subject: Subject) -> Iterator[Fault]:
    profile = subject.profile
    for support, place in subject.supports:
        if support.stream and profile.streams and profile.stream(support.stream) is None:
            yield place.fault(
                "has a funding stream that this profile does not list.",
                "stream",
                f"Choose one of {', '.join(stream.key for stream in profile.streams)}.",
            )
        if support.route and profile.routes and profile.route(support.route) is None:
            yield place.fault(
                "has a route that this profile does not list.",
                "route",
                f"Choose one of {', '.join(route.key for route in profile.routes)}.",
            )


MONEY = (
    Check("costed", "budget", "blocks", "Every paid support is costed.", _costed),
    Check("rate_reason", "budget", "blocks", "Every price is from the price list, or has its reason.", _rate_reason),
    Check("rate_source", "budget", "blocks", "Every price from a list says which list, and its version.", _rate_source),
    Check("zero", "budget", "blocks", "No amount and no price is nought.", _zero),
    Check("possible_quantity", "budget", "blocks", "No support takes more time than there is.", _possible),
    Check("unpaid_rate", "budget", "blocks", "Unpaid help has no price.", _unpaid_rate),
    Check("payer", "budget", "blocks", "Every other funder is named.", _payer),
    Check("top_up", "budget", "blocks", "Every top-up is in order.", _top_up),
    Check("residential", "budget", "blocks", "No direct payment is for residential services where it may not be.", _residential),
    Check("residential_nights", "budget", "advice", "No direct payment looks like a residential service.", _residential_nights),
    Check("stream_apart", "budget", "blocks", "Money that is assessed apart is not in this budget.", _stream_apart),
    Check("offered", "budget", "advice", "Funding streams and routes are ones that this scheme has.", _offered),
)  # fmt: skip
