"""Random plan documents for properties: every kind of support, sharing, period, contingency and payment."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st

from supportplan.domain import canonical
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.units import A_YEAR, UNITS

EVERY = [*A_YEAR, "term_week", "holiday_week", "occasion"]
TYPED = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40)
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=30)


def figures(most: int, places: int) -> st.SearchStrategy[str]:
    """Decimals as a document writes them, trailing noughts included."""

    def write(whole: int, fraction: str) -> str:
        return f"{whole}.{fraction}" if fraction else str(whole)

    digits = st.text("0123456789", max_size=places)
    return st.builds(write, st.integers(0, most - 1), digits)


def optional(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the keys, the others left out."""
    return st.fixed_dictionaries({}, optional=keys)


def days(start: date, length: int) -> st.SearchStrategy[str]:
    """Days within a span, as a document writes them."""
    return st.integers(0, length - 1).map(lambda step: (start + timedelta(days=step)).isoformat())


@st.composite
def _supports(draw: st.DrawFn, number: int, start: date, length: int, outcomes: list[str]) -> dict[str, Any]:
    paid_by = draw(st.sampled_from(["budget", "budget", "budget", "in_house", "other", "nobody"]))
    kind = draw(st.sampled_from(["recurring", "recurring", "one_off"]))
    support: dict[str, Any] = {"id": f"s{number}", "paid_by": paid_by, "kind": kind}
    support |= draw(
        optional(
            what=TYPED.filter(bool),
            outcomes=st.lists(st.sampled_from(outcomes), min_size=1, unique=True)
            if outcomes
            else st.nothing(),
            stream=st.sampled_from(["social_care", "health"]),
            route=st.sampled_from(["direct_payment", "council"]),
            supporter=st.sampled_from(["self", "family", "agency", "in_house"]).map(
                lambda kind: {"kind": kind}
            ),
            staff=st.integers(1, 3),
            people=st.integers(1, 7),
        )
    )
    if kind == "recurring":
        support["every"] = draw(st.sampled_from(EVERY))
        if support["every"] == "occasion":
            support["occasions"] = draw(st.integers(1, 200))
        if draw(st.booleans()):
            support["start"], support["end"] = sorted(
                draw(st.tuples(days(start, length), days(start, length)))
            )
    elif draw(st.booleans()):
        support["on"] = draw(days(start, length))
    support |= {"quantity": draw(figures(400, 3)), "unit": draw(st.sampled_from(UNITS))}
    if paid_by != "nobody":
        support["rate"] = {"amount": draw(figures(5_000, 4)), "unit": support["unit"]}
        if draw(st.integers(0, 9)) == 0:
            support["rate"]["top_up"] = {"amount": draw(figures(20, 4)), "payer": draw(NAMES)}
    return support


CONTINGENCIES: list[Callable[[], st.SearchStrategy[dict[str, Any]]]] = [
    lambda: st.fixed_dictionaries(
        {"percent": figures(100, 2), "of": st.sampled_from(["recurring", "one_off", "all"])}
    ),
    lambda: st.fixed_dictionaries({"amount": figures(5_000, 2)}),
    lambda: st.just({"top_slice": {"points": "100", "gross": "71", "net": "55"}}),
]


@st.composite
def plan_documents(draw: st.DrawFn) -> dict[str, Any]:
    """A plan document as decoded JSON."""
    start = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 1_000)))
    length = draw(st.sampled_from([1, 28, 212, 364, 365, 366, 367, 730]))
    outcomes = [f"o{number}" for number in range(draw(st.integers(0, 3)))]
    period = {"start": start.isoformat(), "end": (start + timedelta(days=length - 1)).isoformat()}
    period |= {"term_weeks": "39", "holiday_weeks": "13"}
    period |= draw(optional(money_weeks=st.sampled_from(["52", "52.142857", "52.179"])))
    plan: dict[str, Any] = {
        "format": "supportplan/plan",
        "version": 1,
        "id": "p1",
        "case": "c1",
        "period": period,
    }
    plan["person"] = {"name": draw(NAMES)} | draw(
        optional(about=TYPED.filter(bool), important_to=TYPED.filter(bool))
    )
    if outcomes:
        plan["outcomes"] = [{"id": one} | draw(optional(text=TYPED.filter(bool))) for one in outcomes]
    if count := draw(st.integers(0, 8)):
        plan["supports"] = [draw(_supports(number, start, length, outcomes)) for number in range(count)]
    if draw(st.booleans()):
        held = {"held_by": draw(st.sampled_from(["family", "authority"]))}
        plan["contingency"] = held | draw(draw(st.sampled_from(CONTINGENCIES))())
    if draw(st.integers(0, 3)):
        plan["payments"] = {"every": draw(st.sampled_from(list(A_YEAR))), "first": draw(days(start, length))}
    return plan | draw(optional(currency=st.just("GBP"), profile=st.just("coventry")))


def plans() -> st.SearchStrategy[Plan]:
    """Random plans."""
    return plan_documents().map(lambda document: read_plan(msgspec.json.encode(document)))


def again(plan: Plan) -> Plan:
    """The plan after a round trip through its canonical bytes."""
    return read_plan(canonical.canonical(plan))
