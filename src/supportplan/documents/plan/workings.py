"""How each figure of a plan was worked out, what the sums take for granted, and the page that is signed."""

from collections.abc import Iterator

from supportplan.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    LastPage,
    NewPage,
    Paragraph,
    Row,
    SignatureField,
    Table,
)
from supportplan.documents.plan.words import AMOUNT, Source, period_words, price_source, schedules_used
from supportplan.domain.costing import total_traces
from supportplan.domain.days import day_words
from supportplan.domain.money import plain
from supportplan.domain.short import shortened

_TOTALS = (
    ("recurring", "Recurring"),
    ("one_off", "One-off"),
    ("contingency", "Contingency"),
    ("cash_value", "Cash value"),
    ("in_house_value", "Value of in-house services"),
    ("other_value", "From other funders"),
    ("total_budget", "Total budget"),
)
_A_NAME = 80


def waiting_words(source: Source) -> str:
    """Say how many supports the totals leave out because they cannot be costed yet; nothing where there are none."""
    count = len({missing.support for missing in source.costing.waiting})
    if not count:
        return ""
    return f"{count} {'support is' if count == 1 else 'supports are'} not costed yet, so the totals leave {'it' if count == 1 else 'them'} out."


def workings(source: Source) -> Iterator[Block]:
    """Write the trace of every figure, and what the sums assume."""
    yield NewPage(apart=True)
    yield Heading(2, "How each figure was worked out")
    yield Paragraph("Every sum can be done again with a pocket calculator.")
    columns = (Column("What", share=2), Column("The sum", share=3))
    schedules = schedules_used(source.plan)
    supports = [
        Row(
            (
                Cell(source.support_name(support)),
                Cell(str(line.trace), price_source(support, name_schedule=len(schedules) > 1)),
            )
        )
        for support in source.plan.supports
        if (line := source.costing.line(support.id)) is not None and line.trace.steps
    ]
    if supports:
        yield Heading(3, "Each support")
        if len(schedules) == 1:
            yield Paragraph(f"Prices with a code are from {schedules[0]}.", "note")
        yield Table("How the cost of each support was worked out", columns, tuple(supports))
    yield Heading(3, "The totals")
    traces = total_traces(source.costing)
    totals = [Row((Cell(words), Cell(str(traces[key])))) for key, words in _TOTALS]
    if source.plan.contribution is not None:
        totals.append(Row((Cell("The person contributes"), Cell(str(source.costing.contribution)))))
    yield Table("How the totals were worked out", columns, tuple(totals))
    yield Heading(3, "What the sums take for granted")
    yield Bullets(tuple(_assumptions(source)))


def _assumptions(source: Source) -> Iterator[str]:
    plan, period = source.plan, source.plan.period
    yield (
        "Each amount is rounded to the penny where it is printed: below half a penny down, half a penny and above up. "
        "Totals are sums of printed amounts."
    )
    weekly = [
        support
        for support in plan.supports
        if support.paid_by != "nobody" and support.every in ("week", "fortnight", "four_weeks")
    ]
    other_year = period.money_weeks is not None and period.money_weeks != 52
    if period.days in (365, 366):
        over = period.days - 364
        if other_year and period.money_weeks is not None:
            yield (
                f"Weekly, fortnightly and four-weekly money is counted over {plain(period.money_weeks)} weeks a year. "
                "Monthly, quarterly and yearly money is not changed by this."
            )
        elif weekly or not plan.supports:
            yield (
                f"A year of money has 52 weeks, which are 364 days. This plan covers {period.days} days: "
                f"weekly money for the {over} extra {'day' if over == 1 else 'days'} is not in the totals."
            )
    else:
        yield (
            f"This plan covers {period.days:,} {'day' if period.days == 1 else 'days'}, which is not a whole year: recurring money is the "
            "weekly amount x days / 7. Monthly, quarterly and yearly amounts are turned into weekly ones by a year of 52 weeks."
        )
    used = {support.every for support in plan.supports if support.paid_by != "nobody"}
    counted = [
        f"{plain(weeks)} {words}"
        for every, weeks, words in (
            ("term_week", period.term_weeks, "term weeks"),
            ("holiday_week", period.holiday_weeks, "holiday weeks"),
        )
        if weeks is not None and every in used
    ]
    if counted:
        yield f"The plan's period has {' and '.join(counted)}."
    if "occasion" in used:
        yield "Support given on occasions is counted by their number, never by a proportion of the year."
    yield "Prices are copied into the plan from the schedules of costs that it names. A later schedule does not change this plan."
    if any(len(support.outcomes) > 1 for support in plan.supports):
        yield "Support that serves several outcomes is counted once, under the first."
    yield "Support that nobody is paid for costs nothing, and is still part of the plan."
    currency = {"GBP": "pounds sterling", "EUR": "euros", "USD": "US dollars"}.get(plan.money, plan.money)
    yield f"All amounts are in {currency}."


def last_page(source: Source) -> LastPage:
    """Write the page that is signed: the totals, and a place for each signer."""
    plan, totals = source.plan, source.costing.totals
    costing = source.costing
    amount = source.amount_row
    rows = [
        amount("Recurring", totals.recurring, note=f"for {period_words(plan.period)}"),
        amount("One-off", totals.one_off, note="paid once"),
    ]
    if costing.contingency_held_by == "family":
        rows.append(amount("Contingency", totals.contingency, note="held by the family"))
    rows += [
        amount("Cash value of the Individual Budget", totals.cash_value, weight="grand_total"),
        amount("Value of in-house services", totals.in_house_value, note="given, not paid out"),
        amount("Total budget", totals.total_budget, weight="grand_total"),
    ]
    if costing.contingency_held_by == "authority":
        rows.append(amount("Contingency", totals.contingency, note="held by the authority, in neither total"))
    if totals.other_value:
        rows.append(amount("From other funders", totals.other_value, note="in neither total"))
    if costing.contribution.result:
        rows += [
            amount("The person contributes", costing.contribution.result, note="taken off the cash value"),
            amount("Paid after the contribution", costing.net, weight="total"),
        ]
    blocks: list[Block] = [
        Heading(2, "The totals, and who agrees to them"),
        Table("Totals", (Column("Money"), AMOUNT), tuple(rows)),
    ]
    if waiting := waiting_words(source):
        blocks.append(Paragraph(waiting, "warning"))
    blocks.append(
        Paragraph(
            f"By signing here I agree to this plan: {shortened(source.version, 40)}. {source.facts.statement}".strip(),
            "note",
        )
    )
    return LastPage(tuple(blocks), signature_fields(source))


def signature_fields(source: Source) -> tuple[SignatureField, ...]:
    """Return the place of each signer, with who has signed there already."""
    return tuple(
        SignatureField(
            role=shortened(signer.words, 2 * _A_NAME),
            name=shortened(
                signer.name or (source.plan.person.name if signer.role == "person" else ""), _A_NAME
            ),
            signed=shortened(signer.signed, 2 * _A_NAME),
            on=day_words(signer.on) if signer.on else "",
            key=signer.role,
            drawing=signer.drawing,
        )
        for signer in source.facts.signers
    )
