"""The sign-off checks: one thing wrong in a good plan is found by one check, named, placed and put in plain words."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain import canonical
from supportplan.domain.checks import CHECKS, check, failed
from supportplan.domain.checks.finding import QUESTIONS, Finding
from supportplan.domain.costing import cost
from supportplan.domain.plan import Plan, answered, read_plan
from supportplan.domain.profile import Profile, read_profile
from tests.random_plans import plans

Edit = Callable[[dict[str, Any]], object]


def profile(name: str = "coventry", **more: object) -> Profile:
    raw = resources.files("supportplan").joinpath(f"data/profiles/{name}.json").read_bytes()
    return read_profile(msgspec.json.encode(msgspec.json.decode(raw) | more))


def edited(plan: Plan, edit: Edit) -> Plan:
    """The same plan with its document changed."""
    document = msgspec.json.decode(canonical.canonical(plan))
    edit(document)
    return read_plan(msgspec.json.encode(document))


def wrong(plan: Plan, by: Profile, *, indicative: Decimal | None = None) -> list[Finding]:
    return [one for one in check(plan, cost(plan), by, indicative=indicative) if not one.passed]


def support(document: dict[str, Any], place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = document["supports"][place]
    return found


def sets(path: str, value: object) -> Edit:
    """An edit that sets, or with None takes out, what is at a path such as `supports[0].rate.reason`."""

    def edit(document: dict[str, Any]) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in re.findall(r"\w+", path)]
        at: Any = document
        for part in way:
            at = at[part] if isinstance(part, int) else at.setdefault(part, {})
        if value is None:
            del at[last]
        else:
            at[last] = value

    return edit


def all_of(*edits: Edit) -> Edit:
    return lambda document: [edit(document) for edit in edits]


OFF_SCHEDULE = {"amount": "10.00", "unit": "hour", "reason": "The going rate"}
TOP_UP = {"amount": "1.00", "payer": "Jo"}


@pytest.mark.parametrize("name", ["coventry", "general"])
def test_the_sample_plan_may_be_signed(sample: Plan, name: str) -> None:
    assert failed(check(sample, cost(sample), profile(name))) == ()


def test_under_its_own_profile_the_sample_plan_passes_every_check_in_order(sample: Plan) -> None:
    found = check(sample, cost(sample), profile())
    assert [one.check for one in found] == [one.name for one in CHECKS]
    assert all(one.passed and one.reason.endswith(".") and not one.where for one in found)


def test_the_seven_questions_are_all_asked_in_their_order() -> None:
    asked = list(dict.fromkeys(one.question for one in CHECKS))
    assert asked == [question.key for question in QUESTIONS]
    assert len(QUESTIONS) == 7
    for question in QUESTIONS:
        assert question.asks.endswith("?")
        assert question.not_agreed_if.startswith("The plan will not be agreed if ")
        assert any(one.level == "blocks" for one in CHECKS if one.question == question.key)


def test_names_are_unique_and_words_plain() -> None:
    names = [one.name for one in CHECKS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z_]+", name) for name in names)


ONE_FAULT: list[tuple[str, str, Edit]] = [
    ("important_to", "person.important_to", sets("person.important_to", "...")),
    ("about", "person.communication", sets("person.communication", " - ")),
    ("birth", "person.date_of_birth", sets("person.date_of_birth", "2026-09-01")),
    ("birth", "person.date_of_birth", sets("person.date_of_birth", "1899-01-01")),
    ("birth_known", "person.date_of_birth", sets("person.date_of_birth", None)),
    ("outcome_words", "outcomes[0].text", sets("outcomes[0].text", "?")),
    ("outcome_success", "outcomes[0].success", sets("outcomes[0].success", "")),
    ("outcome_framework", "outcomes[0].framework", sets("outcomes[0].framework", "shanarri")),
    ("outcome_framework", "outcomes[0].framework", sets("outcomes[0].framework", None)),
    ("outcome_supported", "outcomes[4]", lambda plan: plan["outcomes"].append(
        {"id": "lonely", "text": "A", "success": "B"})),
    ("budget_outcome", "supports[0].outcomes", sets("supports[0].outcomes", None)),
    ("support_outcome", "supports[9].outcomes", lambda plan: (
        sets("supports[9].outcomes", None)(plan), sets("supports[9].paid_by", "nobody")(plan))),
    ("support_what", "supports[1].what", sets("supports[1].what", "")),
    ("support_who", "supports[1].supporter", sets("supports[1].supporter", None)),
    ("supporter_name", "supports[1].supporter.name", sets("supports[1].supporter", {"kind": "agency"})),
    ("support_level", "supports[9].quantity", sets("supports[9].quantity", None)),
    ("costed", "supports[0].rate", sets("supports[0].rate", None)),
    ("rate_reason", "supports[0].rate.reason", sets(
        "supports[0].rate", {"amount": "10.00", "unit": "hour", "reason": " "})),
    ("rate_source", "supports[0].rate.version", sets(
        "supports[0].rate", {"amount": "10.00", "unit": "hour", "item": "A", "schedule": "B"})),
    ("zero", "supports[0].quantity", sets("supports[0].quantity", "0")),
    ("zero", "supports[0].rate.amount", sets("supports[0].rate", OFF_SCHEDULE | {"amount": "0.00"})),
    ("possible_quantity", "supports[0].quantity", sets("supports[0].quantity", "168.0001")),
    ("unpaid_rate", "supports[9].rate", sets("supports[9].rate", OFF_SCHEDULE)),
    ("payer", "supports[0].payer", sets("supports[0].paid_by", "other")),
    ("top_up", "supports[0].rate.top_up.amount", sets(
        "supports[0].rate", OFF_SCHEDULE | {"top_up": TOP_UP | {"amount": "0"}})),
    ("top_up", "supports[0].rate.top_up.payer", sets(
        "supports[0].rate", OFF_SCHEDULE | {"top_up": TOP_UP | {"payer": "-"}})),
    ("top_up", "supports[0].rate.top_up.amount", all_of(
        sets("supports[0].rate", OFF_SCHEDULE | {"top_up": TOP_UP}),
        sets("supports[0].paid_by", "in_house"))),
    ("residential", "supports[0].route", sets("supports[0].stream", "residential")),
    ("residential_nights", "supports[10].route", all_of(
        sets("supports[10].paid_by", "budget"), sets("supports[10].route", "direct_payment"))),
    ("stream_apart", "supports[0].stream", sets("supports[0].stream", "access_to_work")),
    ("offered", "supports[0].stream", sets("supports[0].stream", "lottery")),
    ("offered", "supports[0].route", sets("supports[0].route", "pigeon")),
    ("contribution", "contribution.amount", sets("contribution", {"amount": "5000.00", "every": "week"})),
    ("money_weeks", "period.money_weeks", sets("period.money_weeks", "53.01")),
    ("money_weeks", "period.money_weeks", sets("period.money_weeks", "39")),
    ("term_weeks", "period.term_weeks", sets("period.term_weeks", "38")),
    ("support_dates", "supports[0].end", sets("supports[0].end", "2027-09-01")),
    ("support_dates", "supports[0].start", sets("supports[0].start", "2026-08-31")),
    ("idle_dates", "supports[0].on", sets("supports[0].on", "2026-10-01")),
    ("idle_dates", "supports[6].start", sets("supports[6].start", "2026-10-01")),
    ("part_counts", "supports[3].every", sets("supports[3].end", "2027-01-31")),
    ("payments", "payments", sets("payments", None)),
    ("payments_first", "payments.first", sets("payments.first", "2026-08-31")),
    ("payments_first", "payments.first", sets("payments.first", "2027-09-01")),
    ("managed_by", "answers.managed_by", sets("answers.managed_by", "\n")),
    ("risks", "risks", sets("risks", [])),
    ("risk_words", "risks[0].action", sets("risks[0].action", "")),
    ("emergency", "emergency.phone", sets("emergency.phone", "...")),
    ("in_control", "answers.in_control", sets("answers.in_control", "")),
    ("action_plan", "answers.action_plan", sets("answers.action_plan", "")),
    ("review", "review.due", sets("review", None)),
    ("review_in_time", "review.due", sets("review.due", "2026-09-01")),
    ("review_in_time", "review.due", sets("review.due", "2027-09-01")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "where", "edit"), ONE_FAULT)
def test_one_thing_wrong_is_found_once_and_placed(sample: Plan, name: str, where: str, edit: Edit) -> None:
    plan = edited(sample, edit)
    (found,) = wrong(plan, profile())
    assert (found.check, found.where) == (name, where)
    assert found.reason.endswith(".")
    assert found.mend.endswith((".", "?"))
    for things, all_things in (
        ("outcomes", plan.outcomes),
        ("supports", plan.supports),
        ("risks", plan.risks),
    ):
        if place := re.match(rf"{things}\[(\d+)\]", where):
            assert found.id == all_things[int(place[1])].id


def test_an_empty_plan_is_asked_all_seven_questions(sample: Plan) -> None:
    bare = Plan(format=sample.format, version=1, id="p", case="c", person=sample.person, period=sample.period)
    bare = edited(bare, sets("person", {"name": "Sam"}))
    blocked = {one.question for one in wrong(bare, profile("general")) if one.level == "blocks"}
    assert blocked == {question.key for question in QUESTIONS} - {"support"}
    with_outcome = edited(bare, sets("outcomes", [{"id": "o1", "text": "Swim"}]))
    blocked = {one.question for one in wrong(with_outcome, profile("general")) if one.level == "blocks"}
    assert blocked == {question.key for question in QUESTIONS} - {"change"}


def test_each_place_where_a_check_fails_has_its_finding(sample: Plan) -> None:
    found = wrong(
        edited(sample, all_of(sets("supports[0].what", ""), sets("supports[4].what", ""))), profile()
    )
    assert [(one.check, one.where) for one in found] == [
        ("support_what", "supports[0].what"),
        ("support_what", "supports[4].what"),
    ]
    assert failed(found) == ("support_what",)


def test_advice_does_not_block(sample: Plan) -> None:
    found = wrong(edited(sample, sets("person.date_of_birth", None)), profile())
    assert [one.level for one in found] == ["advice"]
    assert failed(found) == ()


# What a profile settles


def budget_of(sample: Plan, *amounts: str) -> Plan:
    """The sample plan with nothing but one-off lines of these amounts."""

    def edit(document: dict[str, Any]) -> None:
        document["supports"] = [
            {"id": f"s{place}", "outcomes": ["friends"], "what": "A thing", "paid_by": "budget", "kind": "one_off",
             "supporter": {"kind": "agency", "name": "Shop"}, "quantity": "1", "unit": "each",
             "rate": {"amount": amount, "unit": "each", "reason": "Quote"}}
            for place, amount in enumerate(amounts)
        ]  # fmt: skip
        document["outcomes"] = document["outcomes"][:1]
        for key in ("contingency", "risks"):
            document.pop(key)
        document["risks"] = [{"id": "r", "text": "A", "action": "B"}]
        document["outcomes"][0] |= {"framework": "every_child_matters", "domain": "be_healthy"}

    return edited(sample, edit)


def test_a_limit_in_another_currency_is_not_compared(sample: Plan) -> None:
    by = profile(cap={"amount": "1.00"})
    plan = msgspec.structs.replace(sample, currency="EUR")
    found = next(one for one in wrong(plan, by) if one.check == "cap")
    assert "in EUR" in found.reason
    assert "in GBP" in found.reason


def test_the_cap_refuses_two_pence_too_many(sample: Plan) -> None:
    """BHLP: £999.99 and £0.02 against £1,000.00 (FIELD 5)."""
    assert wrong(budget_of(sample, "999.99", "0.01"), profile("gloucestershire-bhlp")) == []
    over = budget_of(sample, "999.99", "0.02")
    (found,) = wrong(over, profile("gloucestershire-bhlp"))
    assert (found.check, found.level) == ("cap", "blocks")
    assert "£1,000.01" in found.reason
    assert "£1,000.00" in found.reason
    assert "£0.01" in found.mend
    assert "gloucestershire-bhlp-enhanced" in found.mend
    assert wrong(over, profile("gloucestershire-bhlp-enhanced")) == []


def test_an_indicative_budget_comes_first_where_the_profile_says_so(sample: Plan) -> None:
    plan = budget_of(sample, "5500.00")
    names = [one.check for one in wrong(plan, profile("gloucestershire-taking-control"))]
    assert names == ["indicative_known", "contingency"]
    names = [
        one.check for one in wrong(plan, profile("gloucestershire-taking-control"), indicative=Decimal(5_500))
    ]
    assert names == ["contingency"]


def test_a_top_slice_says_what_the_indicative_budget_was(sample: Plan) -> None:
    cut = {"held_by": "authority", "top_slice": {"points": "100", "gross": "71", "net": "55"}}
    by = profile("gloucestershire-taking-control")
    assert wrong(edited(budget_of(sample, "5500.00"), sets("contingency", cut)), by) == []
    (found,) = wrong(edited(budget_of(sample, "5500.01"), sets("contingency", cut)), by)
    assert (found.check, found.level) == ("indicative", "advice")
    assert "£5,500.01" in found.reason
    assert "£5,500.00" in found.reason


@pytest.mark.parametrize(("amount", "over"), [("1100.00", False), ("1100.01", True)])
def test_a_tolerance_over_the_indicative_budget(sample: Plan, amount: str, over: bool) -> None:
    by = profile("newcastle", over_indicative="10", contingency={"held_by": "authority"})
    plan = edited(budget_of(sample, amount), sets("contingency", {"held_by": "authority", "amount": "0.00"}))
    names = [one.check for one in wrong(plan, by, indicative=Decimal(1_000))]
    assert names == (["indicative"] if over else [])


def test_who_holds_contingency(sample: Plan) -> None:
    found = wrong(sample, profile("redbridge"))
    held = next(one for one in found if one.check == "contingency_holder")
    assert held.level == "advice"
    assert held.reason == "The family holds the contingency; in this profile the authority does."
    without = wrong(edited(sample, sets("contingency", None)), profile("redbridge"))
    assert "contingency" in failed(without)
    nothing = edited(sample, sets("contingency", {"held_by": "authority", "amount": "0.00"}))
    assert not {one.check for one in wrong(nothing, profile("redbridge"))} & {
        "contingency",
        "contingency_holder",
    }


@pytest.mark.parametrize(
    ("due", "names"),
    [
        ("2026-09-01", ["review_in_time"]),
        ("2026-09-02", []),
        ("2027-03-01", []),
        ("2027-03-02", ["review_first"]),
        ("2027-09-01", ["review_first"]),
        ("2027-09-02", ["review_in_time"]),
    ],
)
def test_the_review_by_the_profiles_interval(sample: Plan, due: str, names: list[str]) -> None:
    plan = edited(sample, all_of(sets("review.due", due), sets("payments.every", "four_weeks")))
    assert [one.check for one in wrong(plan, profile("general"))] == names


def test_a_review_within_weeks(sample: Plan) -> None:
    by = profile(review={"first": {"count": 8, "unit": "week"}, "then": {"count": 12, "unit": "month"}})
    assert wrong(edited(sample, sets("review.due", "2026-10-27")), by) == []
    (found,) = wrong(edited(sample, sets("review.due", "2026-10-28")), by)
    assert found.check == "review_first"
    assert "27 October 2026" in found.mend


def test_payments_in_arrears_do_not_begin_on_the_first_day(sample: Plan) -> None:
    by = profile(payments={"every": "quarter", "timing": "arrears"})
    (found,) = wrong(sample, by)
    assert (found.check, found.where) == ("payments_usual", "payments.first")
    assert wrong(edited(sample, sets("payments.first", "2026-12-01")), by) == []


# Sums of time


@pytest.mark.parametrize(
    ("most", "unit", "every"),
    [
        ("168", "hour", "week"),
        ("10080", "minute", "week"),
        ("336", "half_hour", "week"),
        ("7", "night", "week"),
        ("14", "half_day", "week"),
        ("336", "hour", "fortnight"),
        ("28", "night", "four_weeks"),
        ("31", "day", "month"),
        ("168", "hour", "holiday_week"),
    ],
)
def test_no_more_time_than_there_is(sample: Plan, most: str, unit: str, every: str) -> None:
    def counted(quantity: Decimal) -> list[str]:
        rate = {"amount": "1.00", "unit": unit, "reason": "Quote"}
        change = {"quantity": str(quantity), "unit": unit, "every": every, "rate": rate, "staff": 3}
        return [
            one.check for one in wrong(edited(sample, lambda plan: support(plan).update(change)), profile())
        ]

    assert counted(Decimal(most)) == []
    assert counted(Decimal(most) + Decimal("0.01")) == ["possible_quantity"]


def test_no_more_time_than_the_plan_has(sample: Plan) -> None:
    """365 days hold 365 nights, however they are bought."""

    def nights(occasions: int) -> Edit:
        return lambda plan: support(plan, 10).update({"occasions": occasions, "quantity": "1"})

    assert wrong(edited(sample, nights(365)), profile()) == []
    (found,) = wrong(edited(sample, nights(366)), profile())
    assert (found.check, found.id) == ("possible_quantity", "nights")


@pytest.mark.parametrize(
    ("end", "term", "holiday", "fits"),
    [
        ("2027-08-31", "39", "13", True),
        ("2027-08-31", "38", "14", True),
        ("2027-08-31", "38", "13", False),
        ("2027-08-31", None, "13", True),
        ("2027-08-31", None, "53", False),
        ("2027-03-31", "24", "7", True),
        ("2027-03-31", "25", "7", False),
        ("2027-03-29", "24", "7", True),
        ("2027-03-28", "24", "7", False),
        ("2027-08-30", "39", "13", True),
    ],
)
def test_term_and_holiday_weeks(sample: Plan, end: str, term: str | None, holiday: str, fits: bool) -> None:
    """1 September 2026 to 31 March 2027 are 212 days: thirty weeks and two days, which touch 31 weeks."""
    plan = edited(
        sample,
        all_of(
            sets("period.end", end), sets("period.term_weeks", term), sets("period.holiday_weeks", holiday)
        ),
    )
    assert ("term_weeks" in failed(check(plan, cost(plan), profile()))) != fits


def test_a_support_that_counts_weeks_of_which_there_are_none(sample: Plan) -> None:
    plan = edited(sample, all_of(sets("period.term_weeks", "52"), sets("period.holiday_weeks", "0")))
    (found,) = wrong(plan, profile())
    assert (found.check, found.where) == ("term_weeks", "period.holiday_weeks")


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_that_cannot_be_meant(sample: Plan, year: int) -> None:
    bare = edited(sample, all_of(sets("supports", []), sets("risks", []), sets("payments", None)))
    moved = msgspec.structs.replace(
        bare,
        period=msgspec.structs.replace(bare.period, start=date(year, 1, 1), end=date(year, 12, 31)),
    )
    assert "period_year" in failed(check(moved, cost(moved), profile("general")))


def test_more_than_a_year_is_pointed_out(sample: Plan) -> None:
    found = wrong(edited(sample, sets("period.end", "2027-09-02")), profile())
    assert [(one.check, one.level) for one in found] == [("period_length", "advice")]


# What is never said


def texts(found: tuple[Finding, ...]) -> str:
    return "\n".join(f"{one.reason} {one.mend} {one.where}" for one in found)


FIXED = {
    "format", "id", "case", "profile", "currency", "outcomes", "supports", "kind", "paid_by", "unit", "every", "of",
    "held_by", "framework", "domain", "horizon", "stream", "route", "amount", "quantity", "percent", "points", "gross",
    "net", "money_weeks", "term_weeks", "holiday_weeks", "start", "end", "on", "due", "first", "date_of_birth",
}  # fmt: skip


def canaries(value: Any, under: str = "") -> Any:
    """A document in which every answered text that a person typed says the same."""
    if isinstance(value, dict):
        return {key: canaries(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [canaries(part, under) for part in value]
    return "Canary 4711" if isinstance(value, str) and under not in FIXED and answered(value) else value


def test_no_finding_repeats_what_people_wrote(sample: Plan) -> None:
    """Every typed text of the sample is made a canary, then every way of failing is tried."""
    for name, _, edit in ONE_FAULT:
        document = msgspec.json.decode(canonical.canonical(edited(sample, edit)))
        plan = read_plan(msgspec.json.encode(canaries(document)))
        assert canonical.canonical(plan).count(b"Canary") > 40
        for by in ("coventry", "general", "gloucestershire-bhlp", "redbridge"):
            said = texts(check(plan, cost(plan), profile(by)))
            assert "canary" not in said.lower(), name


@given(plan=plans(), by=st.sampled_from(["general", "coventry", "gloucestershire-bhlp", "redbridge"]))
def test_any_plan_can_be_checked_and_every_finding_leads_somewhere(plan: Plan, by: str) -> None:
    found = check(plan, cost(plan), profile(by))
    assert {one.check for one in found} == {one.name for one in CHECKS}
    document = msgspec.json.decode(canonical.canonical(plan))
    for one in found:
        assert bool(one.where) != one.passed
        assert bool(one.mend) != one.passed
        top = re.match(r"\w+", one.where)
        assert top is None or top[0] in Plan.__struct_fields__
        if place := re.match(r"(\w+)\[(\d+)\]", one.where):
            assert document[place[1]][int(place[2])]["id"] == one.id
        else:
            assert not one.id
