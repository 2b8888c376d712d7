"""Every copy of a plan to test with: the three of the plan, and the letter about a decision that changed it."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from msgspec.structs import replace

from supportplan.documents.model import (
    Block,
    Bullets,
    Card,
    Document,
    Edition,
    Figure,
    Heading,
    Idea,
    Paragraph,
    Table,
)
from supportplan.documents.pictures import bundled_pictures
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.easy_read import easy_read
from supportplan.documents.plan.large_print import large_print
from supportplan.documents.plan.letter import Decided, decision_letter
from supportplan.documents.plan.words import PlanFacts, Source
from supportplan.domain.cases.steps import Decision, LineDecided, ReasonCode
from supportplan.domain.costing import cost
from supportplan.domain.money import Quantity
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Plan
from supportplan.domain.profile import Appeal, Spending

EDITIONS: tuple[Edition, ...] = get_args(Edition)
FACTS = PlanFacts(
    authority="Somewhere Council",
    approver="The manager who agrees plans",
    prepared_by="Ann Example",
    prepared_on=date(2026, 11, 24),
    spending=Spending(
        not_for=("Anything that is against the law",),
        records=("Bills and receipts",),
        changes="Ask before you spend.",
        source="The council's agreement of 2026",
    ),
    surplus_weeks=8,
    appeal=Appeal(route="Write to the council's complaints manager", days=28),
)


def source_of(plan: Plan, facts: PlanFacts = FACTS) -> Source:
    """All that a copy is made from."""
    costing = cost(plan)
    return Source(plan=plan, costing=costing, payments=calendar(plan, costing), facts=facts)


def copy_of(plan: Plan, edition: Edition, facts: PlanFacts = FACTS) -> Document:
    """A copy of a plan. The letter is about a decision that gave less of the first support than was asked for."""
    source = source_of(plan, facts)
    match edition:
        case "standard":
            return plan_document(plan, source.costing, source.payments, facts)
        case "large_print":
            return large_print(source)
        case "easy_read":
            return easy_read(source, bundled_pictures())
        case "letter":
            return decision_letter(decided(plan, facts))


def decided(plan: Plan, facts: PlanFacts = FACTS) -> Decided:
    """A decision that agreed a plan with less of its first support."""
    first, *others = plan.supports or (None,)
    if first is None:
        return Decided(decision=a_decision(verdict="agreed"), asked=source_of(plan), agreed=source_of(plan))
    less = replace(plan, supports=(replace(first, quantity=Quantity("1")), *others))
    return Decided(
        decision=a_decision(
            verdict="agreed_with_changes",
            instead="b" * 64,
            lines=(LineDecided(support=first.id, why="Another hour can be had from the youth club."),),
        ),
        asked=source_of(plan, facts),
        agreed=source_of(less, facts),
        awaited=("The person whose plan it is",),
    )


def a_decision(**given: object) -> Decision:
    """A decision with its reasons."""
    whole: dict[str, object] = {
        "format": "supportplan/decision",
        "version": 1,
        "plan": "a" * 64,
        "by": "Mair Morgan",
        "role": "Team manager",
        "on": date(2026, 11, 26),
        "reason_codes": (ReasonCode(key="less_cost", words="The same outcome can be met at less cost"),),
        "reasons": "The youth club is free on Fridays.",
        "appeal_by": date(2026, 12, 24),
    }
    return Decision(**(whole | given))  # type: ignore[arg-type]  # the fields are named above


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
                yield block.title
                yield from (text for bar in block.bars for text in (bar.label, bar.value))
            case Idea():
                yield from (block.text, block.own_words, block.more)
            case Table():
                yield from (column.header for column in block.columns)
                yield from (
                    text for row in block.rows for cell in row.cells for text in (cell.text, cell.note)
                )


def said(document: Document) -> list[str]:
    """Everything that a document says, signers included, without what says nothing."""
    page = document.last_page
    found = [*texts(document.blocks), *texts(page.totals)]
    found += [text for field in page.signatures for text in (field.role, field.name)]
    return [text for text in found if text.strip()]
