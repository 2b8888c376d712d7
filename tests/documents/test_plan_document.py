from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from supportplan.documents.model import (
    Block,
    Bullets,
    Card,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
)
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.words import PlanFacts, Signer
from supportplan.domain.costing import cost
from supportplan.domain.money import show
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Plan
from supportplan.services.copies import document_of as printed
from supportplan.services.profiles import frameworks
from tests.plans import LONG_WORD, document_of, plan_from, plan_of, sample_document, sample_plan
from tests.random_plans import plans


def document(plan: Plan, facts: PlanFacts | None = None) -> Document:
    costing = cost(plan)
    return plan_document(plan, costing, calendar(plan, costing), facts)


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Everything that blocks say, in order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Bullets():
                yield from block.items
            case Card():
                yield block.title
                yield from (text for fact in block.facts for text in (fact.label, fact.text))
            case Figure():
                yield block.words
            case Table():
                yield from (column.header for column in block.columns)
                yield from (
                    text for row in block.rows for cell in row.cells for text in (cell.text, cell.note)
                )


def said(made: Document) -> str:
    return "\n".join((*texts(made.blocks), *texts(made.last_page.totals)))


def table(made: Document, caption: str) -> list[tuple[str, ...]]:
    """The texts of the cells of a table, the columns' headers first."""
    (found,) = (
        block
        for block in (*made.blocks, *made.last_page.totals)
        if isinstance(block, Table) and block.caption == caption
    )
    return [
        tuple(column.header for column in found.columns),
        *(tuple(cell.text for cell in row.cells) for row in found.rows),
    ]


def changed(**keys: Any) -> Plan:
    return plan_from(sample_document() | keys)


def test_the_last_page_of_the_sample_holds_its_totals_with_the_period_they_cover() -> None:
    made = document(sample_plan())
    assert table(made, "Totals")[1:] == [
        ("Recurring", "£10,792.16"),
        ("One-off", "£399.49"),
        ("Contingency", "£539.61"),
        ("Cash value of the Individual Budget", "£11,731.26"),
        ("Value of in-house services", "£2,160.00"),
        ("Total budget", "£13,891.26"),
    ]
    assert "for 1 September 2026 to 31 August 2027" in list(texts(made.last_page.totals))
    assert "£11,191.65" not in said(made), "one-off and recurring are never one sum"


def test_the_payment_calendar_adds_up_to_the_cash_value() -> None:
    assert table(document(sample_plan()), "Payment calendar")[1:] == [
        ("1 September 2026", "Instalment 1 of 4", "£2,832.95"),
        ("7 September 2026", "Enhanced check (DBS) for a second personal assistant", "£49.50"),
        ("14 September 2026", "Laptop that can run music software", "£349.99"),
        ("1 December 2026", "Instalment 2 of 4", "£2,832.94"),
        ("1 March 2027", "Instalment 3 of 4", "£2,832.94"),
        ("1 June 2027", "Instalment 4 of 4", "£2,832.94"),
        ("All payments: the cash value", "", "£11,731.26"),
    ]


def test_one_off_and_recurring_costs_stand_apart_with_their_totals() -> None:
    made = document(sample_plan())
    recurring, one_off = table(made, "Recurring costs"), table(made, "One-off costs")
    assert (recurring[-1][0], recurring[-1][-1]) == (
        "Recurring, 1 September 2026 to 31 August 2027",
        "£10,792.16",
    )
    assert (one_off[-1][0], one_off[-1][-1]) == ("One-off, paid once", "£399.49")
    assert len(recurring) == 1 + 6 + 1
    assert len(one_off) == 1 + 2 + 1


def test_the_persons_words_stand_above_what_they_cost() -> None:
    made = document(sample_plan())
    blocks = list(made.blocks)
    for outcome in sample_plan().outcomes:
        place = blocks.index(Paragraph(outcome.text, "voice"))
        assert isinstance(blocks[place - 1], Heading)
        assert isinstance(next(block for block in blocks[place:] if isinstance(block, Table)), Table)


def test_each_outcome_says_who_how_much_unit_cost_and_cost() -> None:
    made = document(sample_plan())
    assert table(made, "Support for Outcome 1: Social participation") == [
        ("Support", "Who", "Level of support", "Unit cost", "Cost"),
        (
            "Personal assistant for swimming on Saturdays and one evening out",
            "Alex Żuławska",
            "6 hours a week",
            "£16.29",
            "£5,082.48",
        ),
        (
            "An extra youth worker at Friday youth club",
            "Canley Youth Club",
            "2 hours on each of 38 occasions",
            "£5.50",
            "£418.00",
        ),
        ("Recurring, in the plan's period", "", "", "", "£5,500.48"),
    ]
    assert table(made, "Support for Outcome 4: Personal comfort")[1:] == [
        (
            "Mum's evenings: tea, tablets, and sitting with Sam until sleep",
            "Jo Example",
            "21 hours a week",
            "none",
            "no cost",
        ),
        (
            "A night a month at the short breaks house",
            "Coventry short breaks",
            "1 night on each of 12 occasions",
            "£180.00",
            "£2,160.00",
        ),
        ("In-house services, valued", "", "", "", "£2,160.00"),
    ]


def test_support_for_several_outcomes_is_printed_once_and_named_under_the_others() -> None:
    made = document(sample_plan())
    what = "Personal assistant for days out in the school holidays"
    in_outcomes = [
        block.caption
        for block in made.blocks
        if isinstance(block, Table)
        and block.caption.startswith("Support for")
        and any(row.cells[0].text == what for row in block.rows)
    ]
    assert in_outcomes == ["Support for Outcome 2: Autonomy"]
    assert f"Helps here too: {what} (written and costed under Outcome 2)" in said(made)
    assert "Helps Outcome 1 too" in said(made)


@settings(max_examples=40)
@given(plans())
def test_everything_in_any_plan_is_printed(plan: Plan) -> None:
    made = document(plan)
    words, costing = said(made), cost(plan)
    for support in plan.supports:
        assert support.what.strip() in words
    for outcome in plan.outcomes:
        assert outcome.text.strip() in words
    for line in costing.lines:
        if line.paid_by != "nobody":
            assert show(line.amount, plan.money) in words
        assert not line.trace.steps or str(line.trace) in words
    last = "\n".join(texts(made.last_page.totals))
    totals = costing.totals
    for figure in (
        totals.one_off,
        totals.recurring,
        totals.cash_value,
        totals.in_house_value,
        totals.total_budget,
    ):
        assert show(figure, plan.money) in last
    levels = [block.level for block in (*made.blocks, *made.last_page.totals) if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_support_without_an_outcome_is_printed_too() -> None:
    raw = sample_document()
    del raw["supports"][0]["outcomes"]
    made = document(plan_from(raw))
    assert table(made, "Support that names no outcome")[1][-1] == "£5,082.48"


def test_contingency_that_the_authority_holds_stands_beside_and_in_neither_total() -> None:
    made = document(changed(contingency={"percent": "5", "of": "recurring", "held_by": "authority"}))
    rows = table(made, "Totals")
    assert ("Cash value of the Individual Budget", "£11,191.65") in rows
    assert rows[-1] == ("Contingency", "£539.61")
    assert "held by the authority, in neither total" in said(made)
    assert "The authority holds it, so it is in neither total" in said(made)


def test_other_funders_and_top_ups_are_printed_in_neither_total() -> None:
    raw = sample_document()
    raw["supports"][1] |= {"paid_by": "other", "payer": "Inclusion grant"}
    raw["supports"][0]["rate"]["top_up"] = {"amount": "1.00", "payer": "Grandad"}
    made = document(plan_from(raw))
    assert table(made, "Paid from other funders")[1:] == [
        (
            "An extra youth worker at Friday youth club",
            "Inclusion grant",
            "2 hours on each of 38 occasions",
            "£418.00",
        ),
        ("From other funders", "", "", "£418.00"),
    ]
    assert table(made, "Top-ups")[1][1:] == (
        "Grandad",
        "6 hours x £1.00 = £6.00 a week; x 52 weeks = £312.00",
        "£312.00",
    )
    assert ("Recurring", "£10,374.16") in table(made, "Totals")


def test_gross_contribution_and_net_are_shown() -> None:
    made = document(changed(contribution={"amount": "10.00", "every": "week"}))
    assert table(made, "Contribution")[1:] == [
        ("Cash value before the contribution", "£11,731.26"),
        ("The person contributes", "£520.00"),
        ("Paid to the person", "£11,211.26"),
    ]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (
            {"start": "2026-09-01", "end": "2027-08-31"},
            "This plan covers 365 days: weekly money for the 1 extra day is not in the totals.",
        ),
        (
            {"start": "2027-09-01", "end": "2028-08-31"},
            "This plan covers 366 days: weekly money for the 2 extra days is not in the totals.",
        ),
        (
            {"start": "2026-09-01", "end": "2027-08-31", "money_weeks": "52.143"},
            "counted over 52.143 weeks a year",
        ),
        (
            {"start": "2026-09-01", "end": "2027-03-31"},
            "This plan covers 212 days, which is not a whole year",
        ),
    ],
)
def test_what_the_sums_take_for_granted_is_said(period: dict[str, str], words: str) -> None:
    raw = document_of(6)
    raw["period"] = {"term_weeks": "39", "holiday_weeks": "13", **period}
    assert words in said(document(plan_from(raw)))


def test_double_handed_and_shared_support_is_spelled_out() -> None:
    raw = document_of(1)
    raw["supports"][0] |= {"quantity": "3", "staff": 2, "people": 3}
    words = said(document(plan_from(raw)))
    assert "2 staff x 3 hours = 6 staff-hours" in words
    assert "shared by 3 people" in words


def test_what_the_profile_and_the_case_know_is_printed() -> None:
    facts = PlanFacts(
        authority="Coventry City Council",
        scheme="Individual budgets",
        version="Version 3",
        prepared_by="Rhiannon Facilitator",
        prepared_on=date(2026, 8, 3),
        signers=(Signer("person", "The person"), Signer("approver", "For the panel", "Pat Panel")),
        streams={"social_care": "Community Care"},
    )
    made = document(sample_plan(), facts)
    words = said(made)
    assert "Coventry City Council, Individual budgets" in words
    assert "Rhiannon Facilitator on 3 August 2026" in words
    assert "Community Care" in words
    assert made.version.startswith("Version 3 · ")
    assert [(one.role, one.name) for one in made.last_page.signatures] == [
        ("The person", "Sam Example"),
        ("For the panel", "Pat Panel"),
    ]


def test_frameworks_that_name_a_domain_differently_do_not_mix() -> None:
    raw = sample_document()
    raw["outcomes"][0] |= {"framework": "ascot", "domain": "dignity"}
    found = printed(plan_from(raw))
    ascot = next(one for one in frameworks() if one.id == "ascot")
    expected = next(domain.name for domain in ascot.domains if domain.key == "dignity")
    assert f"Outcome 1: {expected}" in said(found)
    facts = PlanFacts(domains={("one", "dignity"): "First", ("two", "dignity"): "Second"})
    raw["outcomes"][0] |= {"framework": "two"}
    assert "Outcome 1: Second" in said(document(plan_from(raw), facts))


def test_the_cover_names_each_schedule_with_its_version() -> None:
    assert "Coventry direct payment rates (example), version 2024-04-01" in said(document(sample_plan()))


def test_a_plan_that_is_not_costed_yet_says_so_on_the_cover_and_on_the_last_page() -> None:
    raw = sample_document()
    del raw["supports"][0]["rate"]
    made = document(plan_from(raw))
    words = "1 support is not costed yet, so the totals leave it out."
    assert Paragraph(words, "warning") in made.blocks
    assert Paragraph(words, "warning") in made.last_page.totals


def test_a_plan_with_nothing_in_it_is_a_document_too() -> None:
    nothing = plan_from(
        {
            "format": "supportplan/plan",
            "version": 1,
            "id": "p",
            "case": "c",
            "person": {"name": "Sam"},
            "period": {"start": "2026-09-01", "end": "2026-09-01"},
        }
    )
    made = document(nothing)
    assert "No outcomes are written down yet." in said(made)
    assert table(made, "Totals")[-1] == ("Total budget", "£0.00")


def test_the_figure_says_in_words_what_it_shows() -> None:
    (figure,) = (block for block in document(sample_plan()).blocks if isinstance(block, Figure))
    assert [bar.length for bar in figure.bars] == [1000, int(Decimal("5291.68") * 1000 / Decimal("5500.48"))]
    for bar in figure.bars:
        assert bar.label in figure.words
        assert bar.value in figure.words


def test_what_stands_on_every_page_is_short() -> None:
    made = document(plan_of(1, name=LONG_WORD), PlanFacts(version=LONG_WORD))
    assert len(made.person) <= 40
    assert len(made.version) <= 40
