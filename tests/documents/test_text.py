from datetime import date

from supportplan.documents.plan.as_json import plan_json
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.words import PlanFacts, Signer
from supportplan.documents.text import render_text
from supportplan.domain.canonical import canonical
from supportplan.domain.costing import cost
from supportplan.domain.money import show
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Plan, read_plan
from tests.plans import LONG_WORD, MARKUP, POLISH, WELSH, plan_of, sample_plan


def text(plan: Plan, facts: PlanFacts | None = None) -> str:
    costing = cost(plan)
    return render_text(plan_document(plan, costing, calendar(plan, costing), facts))


def test_no_line_is_longer_than_eighty_signs_but_for_one_word() -> None:
    for plan in (sample_plan(), plan_of(60), plan_of(3, text=LONG_WORD), plan_of(0)):
        for line in text(plan).splitlines():
            assert len(line) <= 80 or " " not in line.strip().removeprefix("- ") or LONG_WORD in line


def test_a_row_reads_as_its_header_and_each_column_with_its_name() -> None:
    assert (
        "An extra youth worker at Friday youth club\n"
        "  Who: Canley Youth Club (Agency)\n"
        "  Level of support: 2 hours on each of 38 occasions\n"
        "  Unit cost: £5.50 (an hour)\n"
        "  Cost: £418.00\n"
    ) in text(sample_plan())


def test_the_totals_and_the_places_to_sign_come_last() -> None:
    found = text(sample_plan())
    last = found[found.index("The totals, and who agrees to them") :]
    assert "Cash value of the Individual Budget: £11,731.26" in last
    assert "Total budget: £13,891.26" in last
    assert last.count("Signature: ____") == 3
    assert found.endswith("\n")


def test_every_amount_and_what_people_wrote_is_in_the_text() -> None:
    for wrote in (MARKUP, f"{WELSH}\n{POLISH}"):
        plan = plan_of(20, text=wrote)
        flat = " ".join(text(plan).split())
        assert " ".join(wrote.split()) in flat
        for line in cost(plan).lines:
            assert line.paid_by == "nobody" or show(line.amount) in flat


def test_line_breaks_are_kept() -> None:
    assert "first line\nsecond line\n" in text(plan_of(1, text="first line\nsecond line"))


def test_the_json_copy_is_the_plan_itself_laid_out_to_read() -> None:
    for plan in (sample_plan(), plan_of(9, text=MARKUP + WELSH)):
        copy = plan_json(plan)
        assert canonical(read_plan(copy)) == canonical(plan)
        assert b'\n  "person": {\n' in copy


def test_who_has_signed_is_read_out_in_the_place_of_a_line() -> None:
    facts = PlanFacts(
        signers=(Signer("person", "The person", signed="Jo, by typed name", on=date(2026, 5, 1)),)
    )
    read = text(sample_plan(), facts)
    assert "Signature: Jo, by typed name  Date: 1 May 2026" in read
    assert "____" not in read


def test_a_version_is_called_by_its_name_alone() -> None:
    read = " ".join(text(plan_of(1), PlanFacts(version="Version 1")).split())
    assert "I agree to this plan: Version 1 · " in read
    assert "This copy: Version 1 · " in read
