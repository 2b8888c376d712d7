"""How pages are filled: what belongs together stands on one page, no total alone, and few pages are half empty."""

from functools import cache
from io import BytesIO

import pdfplumber
import pytest
from msgspec.structs import replace

from supportplan.documents.model import Edition, Heading
from supportplan.documents.pdf.for_paper import signature_pages
from supportplan.documents.pdf.layout import PAGE, layout_of
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.plan.words import Signer
from supportplan.domain.plan import Plan
from tests.copies import FACTS, copy_of
from tests.plans import LONG_WORD, plan_of, sample_plan

PLANS: dict[str, Plan] = {
    "the sample": sample_plan(),
    "one line": plan_of(1),
    "60 lines": plan_of(60),
    "long texts": plan_of(7, text="A text that goes on and on. " * 12),
    "words of 400 letters": plan_of(7, text=LONG_WORD, name=LONG_WORD),
}
TOTALS = ("In all", "All payments", "Recurring, in the plan's period", "Cash value of the Individual Budget")
# What the people at Coventry are called who sign.
SIGNERS = (
    Signer("person", "The person whose plan it is, or somebody who may sign for them"),
    Signer("facilitator", "The social worker who assessed the outcomes"),
    Signer("approver", "For the council that awards the budget"),
)


@cache
def made(name: str, edition: Edition) -> bytes:
    return render_pdf(copy_of(PLANS[name], edition, replace(FACTS, signers=SIGNERS))).pdf


@cache
def pages(name: str, edition: Edition) -> tuple[str, ...]:
    """The words of each page above its foot, in lines."""
    return tuple(words for words, _ in _read(name, edition))


@cache
def filled(name: str, edition: Edition) -> tuple[float, ...]:
    """How far each page is filled, from 0 to 1."""
    return tuple(part for _, part in _read(name, edition))


@cache
def _read(name: str, edition: Edition) -> tuple[tuple[str, float], ...]:
    layout = layout_of(edition)
    foot = PAGE[1] - layout.foot
    with pdfplumber.open(BytesIO(made(name, edition))) as file:
        above = [page.crop((0, 0, PAGE[0], foot)) for page in file.pages]
        return tuple(
            (
                page.extract_text(),
                1 - (foot - max(word["bottom"] for word in page.extract_words())) / layout.height,
            )
            for page in above
        )


# A support that fills most of a page has no room for its total beside it.
@pytest.mark.parametrize("edition", ["standard", "large_print"])
@pytest.mark.parametrize("name", [name for name in PLANS if name != "words of 400 letters"])
def test_no_page_begins_with_the_total_of_what_stands_before_it(name: str, edition: Edition) -> None:
    for page in pages(name, edition)[1:]:
        first, *_ = page.splitlines()
        assert not first.startswith(TOTALS), first
        assert not first.endswith(", in all"), first


@pytest.mark.parametrize("edition", ["standard", "large_print", "easy_read", "letter"])
@pytest.mark.parametrize("name", PLANS)
def test_no_heading_is_left_alone_at_the_foot_of_a_page(name: str, edition: Edition) -> None:
    document = copy_of(PLANS[name], edition, replace(FACTS, signers=SIGNERS))
    headings = {block.text for block in document.blocks if isinstance(block, Heading)}
    for page in pages(name, edition):
        assert page.splitlines()[-1] not in headings


@pytest.mark.parametrize("name", PLANS)
def test_what_the_person_wants_stands_above_how_one_knows_that_it_works(name: str) -> None:
    for page in pages(name, "easy_read"):
        assert page.count("You want this:") == page.count("This is how we know that it works:")


@pytest.mark.parametrize("name", PLANS)
def test_what_may_go_wrong_stands_above_what_is_done_then(name: str) -> None:
    for page in pages(name, "easy_read"):
        assert page.count("This could go wrong:") == page.count("This is what we do then:")


@pytest.mark.parametrize("edition", ["standard", "large_print", "easy_read"])
def test_what_to_do_in_an_emergency_is_on_one_page(edition: Edition) -> None:
    (page,) = (page for page in pages("the sample", edition) if "In an emergency" in page)
    emergency = sample_plan().emergency
    assert emergency is not None
    after = " ".join(page[page.index("In an emergency") :].split())
    # The words of easy read stand beside a picture, and those of a card beside its labels: a few from each end are enough.
    for text in (emergency.trigger, emergency.first_action, emergency.who, emergency.phone):
        first, *_, last = text.split()
        assert first in after
        assert last in after


@pytest.mark.parametrize("edition", ["standard", "large_print", "easy_read"])
def test_three_people_sign_on_one_page(edition: Edition) -> None:
    assert len(signature_pages(made("the sample", edition))) == 1


@pytest.mark.parametrize(("edition", "most"), [("large_print", 30), ("easy_read", 16), ("standard", 17)])
def test_the_sample_takes_no_more_pages_than_it_needs(edition: Edition, most: int) -> None:
    parts = filled("the sample", edition)
    assert len(parts) <= most
    assert sum(part < 0.4 for part in parts) <= 3
    assert sum(parts) / len(parts) > 0.75
