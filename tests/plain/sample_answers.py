"""What somebody would type in plain mode to write the sample plan down, from an empty store to the PDF."""

from collections.abc import Iterator
from pathlib import Path

from supportplan.domain.money import plain
from supportplan.domain.plan import Emergency, Plan, Support
from supportplan.domain.support_edits import ONCE
from supportplan.domain.support_words import PAID_BY_WORDS, SUPPORTER_WORDS
from supportplan.domain.units import EVERY_WORDS, UNIT_WORDS
from supportplan.services.profiles import profile_of
from supportplan.services.questions import QUESTIONS

ENTER = ""


def whole_visit(plan: Plan, pdf: Path, *, passphrase: str = "") -> Iterator[str]:
    """The whole visit; with a passphrase it is answered here too."""
    yield from ("Fay Example", "facilitator")
    if passphrase:
        yield from (passphrase, passphrase)
    yield from ("prices", "example")
    yield from in_a_new_case(plan, pdf)


def in_a_new_case(plan: Plan, pdf: Path) -> Iterator[str]:
    """From a new case to the PDF, in a store that has the example's prices."""
    yield from ("new", plan.person.name, plan.person.known_as)
    yield from _basics(plan)
    yield "talk"
    for question in QUESTIONS:
        yield from _lines(question.read(plan))
    yield from _outcomes(plan)
    yield "supports"
    for support in plan.supports:
        yield "new"
        yield from _support(plan, support)
    yield "back"
    yield from _risks(plan)
    yield from ("money", "all", ENTER, "a percentage", "5", "recurring money", "the family")
    yield from ("a quarter", "1 September 2026", "0", "a week")
    yield from ("checks", "totals", "explain", "read")
    yield from ("sign", "1", "with parental responsibility", ENTER, "Jo Example", ENTER, "yes")
    yield from ("2", ENTER, "Fay Example", ENTER, "yes", "3", ENTER, "Ann Approver", ENTER, "yes", "back")
    yield from ("print", "save", ENTER, str(pdf), ENTER, ENTER, "leave")


def _basics(plan: Plan) -> Iterator[str]:
    period, review = plan.period, plan.review
    assert plan.person.date_of_birth
    assert review
    assert period.term_weeks
    assert period.holiday_weeks
    yield from ("basics", "all", ENTER, ENTER)
    yield f"{plan.person.date_of_birth:%d/%m/%Y}"
    yield plan.person.reference
    yield from ("1 September 2026", f"{period.end:%d/%m/%Y}", f"{review.due:%d/%m/%Y}")
    yield from (plain(period.term_weeks), plain(period.holiday_weeks), profile_of(plan).name)


def _outcomes(plan: Plan) -> Iterator[str]:
    yield "outcomes"
    for outcome in plan.outcomes:
        yield "new"
        for words in (outcome.text, outcome.baseline, outcome.success):
            yield from _lines(words)
        yield (outcome.domain or "").replace("_", " ")
        yield "for now" if outcome.horizon == "now" else "for the future"
    yield "back"


def _support(plan: Plan, support: Support) -> Iterator[str]:
    numbers = {one.id: str(number) for number, one in enumerate(plan.outcomes, start=1)}
    assert support.supporter
    assert support.quantity is not None
    assert support.unit
    yield ", ".join(numbers[one] for one in support.outcomes)
    yield support.what
    yield SUPPORTER_WORDS[support.supporter.kind]
    yield support.supporter.name
    yield PAID_BY_WORDS[support.paid_by]
    yield plain(support.quantity)
    yield UNIT_WORDS[support.unit][1]
    yield EVERY_WORDS[support.every] if support.every else ONCE
    if support.every == "occasion":
        yield str(support.occasions)
    if support.rate is None:
        return
    if support.on:
        yield f"{support.on:%d/%m/%Y}"
    if support.rate.item:
        yield from (support.rate.item, "1")
    else:
        yield from (f"£{support.rate.amount}", support.rate.reason)
    profile = profile_of(plan)
    stream, route = profile.stream(support.stream or ""), profile.route(support.route or "")
    yield from (stream.name if stream else ENTER, route.name if route else ENTER)


def _risks(plan: Plan) -> Iterator[str]:
    numbers = {one.id: str(number) for number, one in enumerate(plan.supports, start=1)}
    yield "risks"
    for risk in plan.risks:
        yield "new"
        yield from _lines(risk.text)
        yield from _lines(risk.action)
        yield " and ".join(numbers[one] for one in risk.supports)
    emergency = plan.emergency or Emergency()
    yield "What happens in an emergency"
    yield from _lines(emergency.trigger)
    yield from _lines(emergency.first_action)
    yield from (emergency.who, emergency.phone, "back")


def _lines(words: str) -> Iterator[str]:
    yield from (*words.splitlines(), ENTER)
