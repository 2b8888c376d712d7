"""What the copies say: easy read, large print, the decision letter, and what the money may be used for."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from supportplan.documents.model import Card, Document, Heading, Idea, Table
from supportplan.documents.pictures import bundled_pictures
from supportplan.documents.plan.easy_read import easy_read
from supportplan.documents.plan.easy_words import often
from supportplan.documents.plan.letter import Decided, decision_letter
from supportplan.documents.plan.topics import BROADER, pick
from supportplan.documents.plan.words import PlanFacts
from supportplan.domain.cases.asked_and_agreed import asked_and_agreed
from supportplan.domain.cases.steps import Views
from supportplan.domain.costing import cost
from supportplan.domain.money import show
from supportplan.domain.plan import Plan
from tests.copies import FACTS, a_decision, copy_of, decided, said, source_of
from tests.plans import document_of, plan_from, plan_of, sample_plan
from tests.random_plans import plans

VIEWS = Views(
    format="supportplan/views",
    version=1,
    plan="a" * 64,
    on=date(2026, 11, 24),
    young_person="I want to go on the bus by myself.",
    parent="I would rather that somebody goes along until spring.",
    disagree=True,
    words="Whether Sam goes on the bus alone before spring.",
)


def ideas(document: Document) -> list[Idea]:
    return [block for block in (*document.blocks, *document.last_page.totals) if isinstance(block, Idea)]


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.:?!])\s+", text) if one]


@settings(max_examples=60)
@given(plans())
def test_no_sentence_of_easy_read_is_longer_than_15_words(plan: Plan) -> None:
    for idea in ideas(copy_of(plan, "easy_read", replace(FACTS, views=VIEWS))):
        for sentence in (*sentences(idea.text), *sentences(idea.more)):
            assert len(sentence.split()) <= 15, sentence


def test_easy_read_keeps_what_people_said_as_they_said_it() -> None:
    plan = sample_plan()
    own = {idea.own_words for idea in ideas(copy_of(plan, "easy_read", replace(FACTS, views=VIEWS)))}
    assert plan.person.about in own
    assert {outcome.text for outcome in plan.outcomes} <= own
    assert {risk.action for risk in plan.risks} <= own
    assert {VIEWS.young_person, VIEWS.parent, VIEWS.words} <= own


def test_what_is_too_long_for_a_row_is_left_to_the_long_plan_and_never_cut() -> None:
    long = "All of it in my own words. " * 40
    plan = sample_plan()
    told = copy_of(replace(plan, person=replace(plan.person, about=long)), "easy_read")
    (row,) = (idea for idea in ideas(told) if idea.text.startswith("What people like"))
    assert row.own_words == ""
    assert "They are in your long plan." in row.text


@settings(max_examples=60)
@given(plans())
def test_easy_read_has_each_of_its_sentences_on_a_line_of_its_own(plan: Plan) -> None:
    for idea in ideas(copy_of(plan, "easy_read", replace(FACTS, views=VIEWS))):
        for line in (*idea.text.splitlines(), *idea.more.splitlines()):
            assert len(re.findall(r"[.?!](?:\s|$)", line)) <= 1, line


def test_easy_read_speaks_to_the_person_and_never_of_them() -> None:
    for idea in ideas(copy_of(sample_plan(), "easy_read", replace(FACTS, views=VIEWS))):
        for word in ("agency", "occasion", "will", "in-house", "statutory", "the person"):
            assert word not in re.findall(r"[\w-]+", f"{idea.text} {idea.more}"), idea
    first, *_ = copy_of(sample_plan(), "easy_read").last_page.signatures
    assert first.role == "You, or somebody who may sign for you"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"quantity": "2", "unit": "hour", "every": "week"}, "2 hours every week."),
        ({"quantity": "1.5", "unit": "hour", "every": "fortnight"}, "1 hour and 30 minutes every two weeks."),
        ({"quantity": "0.25", "unit": "hour", "every": "month"}, "15 minutes every month."),
        ({"quantity": "0.333", "unit": "hour", "every": "month"}, "0.333 hours every month."),
        ({"quantity": "1", "unit": "week", "every": "week"}, "This is every week."),
        ({"quantity": "12", "unit": "hour", "every": "holiday_week"}, "12 hours every week of the school holidays."),
        ({"quantity": "1", "unit": "night", "every": "occasion", "occasions": 12}, "12 times: 1 night each time."),
        ({"quantity": "1", "unit": "day", "every": "occasion", "occasions": 1}, "Once: 1 day."),
        ({"quantity": "1", "unit": "each", "every": "occasion", "occasions": 24}, "24 times."),
        ({"quantity": "3", "unit": "hour", "every": "term_week"}, "3 hours every week of the school term."),
        ({"quantity": "1", "unit": "each", "kind": "one_off"}, ""),
    ],
)  # fmt: skip
def test_easy_read_says_how_often_in_plain_words(given: dict[str, object], words: str) -> None:
    document = document_of(1)
    support = document["supports"][0]
    del support["every"]
    (found,) = plan_from({**document, "supports": [support | given]}).supports
    assert often(found) == words


def test_a_card_of_large_print_says_what_a_note_is_and_keeps_what_one_person_pays_together() -> None:
    large = copy_of(plan_of(2), "large_print")
    cards = [block for block in large.blocks if isinstance(block, Card)]
    facts = {
        fact.label: fact.text for card in cards for fact in card.facts if card.title.endswith("friends 2")
    }
    assert facts["Unit cost"] == "£16.36 an hour\n£10.91 a person"
    (risk,) = (card for card in cards if any(fact.label == "About" for fact in card.facts))
    assert risk.facts[0].text == "Swimming with friends 1"


def test_easy_read_of_many_supports_says_that_there_are_more() -> None:
    assert any("There is more help." in idea.text for idea in ideas(copy_of(plan_of(200), "easy_read")))


def test_every_topic_leads_to_a_picture_that_comes_with_the_program() -> None:
    pictures = bundled_pictures()
    assert {topic for topic, broader in BROADER.items() if not broader} == set(pictures)
    assert set(BROADER.values()) - {""} <= set(BROADER)
    for topic in (*BROADER, "social_participation"):
        assert pick(pictures, topic) is not None
    assert all(idea.picture for idea in ideas(copy_of(sample_plan(), "easy_read"))[:-1])


def test_without_pictures_a_row_is_its_words() -> None:
    assert not any(idea.picture for idea in ideas(easy_read(source_of(sample_plan()), {})))


def test_the_views_stand_side_by_side_and_a_disagreement_is_not_smoothed_over() -> None:
    for edition in ("standard", "large_print"):
        told = "\n".join(said(copy_of(sample_plan(), edition, replace(FACTS, views=VIEWS))))
        assert VIEWS.young_person in told
        assert VIEWS.parent in told
        assert f"Where we do not agree\n{VIEWS.words}" in told
    assert "Where we do not agree" not in "\n".join(said(copy_of(sample_plan(), "standard")))


def test_large_print_has_cards_and_no_tables() -> None:
    large = copy_of(sample_plan(), "large_print")
    blocks = (*large.blocks, *large.last_page.totals)
    assert not any(isinstance(block, Table) for block in blocks)
    assert any(isinstance(block, Card) for block in blocks)


def part(document: Document, heading: str) -> str:
    """What stands under a heading, up to the next of its level."""
    found, inside = [], False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            inside = block.text == heading
        if inside:
            found.append(block)
    whole = replace(
        document, blocks=tuple(found), last_page=replace(document.last_page, totals=(), signatures=())
    )
    return "\n".join(said(whole))


def test_what_the_money_may_be_used_for_is_the_plans_and_what_it_may_not_be_is_the_profiles() -> None:
    plan = sample_plan()
    told = part(copy_of(plan, "standard"), "What this money may be used for")
    for support in plan.supports:
        assert (support.what in told) == (support.paid_by in ("budget", "in_house"))
    assert show(cost(plan).totals.cash_value) in told
    assert "Anything that is against the law" in told
    assert "The council's agreement of 2026" in told
    assert "8 weeks" in told
    nothing = part(copy_of(plan, "standard", PlanFacts()), "What this money may be used for")
    assert "Anything" not in nothing
    assert "No list of what is not allowed was at hand" in nothing


def test_the_letter_says_line_by_line_what_was_asked_and_agreed() -> None:
    given = decided(sample_plan())
    letter = decision_letter(given)
    assert given.agreed is not None
    compared = asked_and_agreed(given.asked.plan, given.agreed.plan)
    told = "\n".join(said(letter))
    for line in compared.cash.lines:
        assert line.what in told
        assert show(line.asked or cost(given.asked.plan).totals.one_off * 0) in told
    assert f"{show(abs(compared.cash.difference))}\nless" in told
    assert "Another hour can be had from the youth club." in told
    for words in (
        "Your plan was agreed with changes.",
        "Who decided: Mair Morgan, Team manager, on 26 November 2026.",
        "The same outcome can be met at less cost",
        "The youth club is free on Fridays.",
        show(compared.cash.agreed),
        "every three months",
        "The person whose plan it is",
        "Write to the council's complaints manager",
        "24 December 2026",
        "Ann Example",
    ):
        assert words in told, words
    assert letter.last_page.signatures == ()


@pytest.mark.parametrize(
    ("verdict", "words"), [("refused", "Your plan was not agreed."), ("returned", "Your plan was sent back.")]
)
def test_a_letter_about_a_plan_that_was_not_agreed_promises_nothing(verdict: str, words: str) -> None:
    asked = source_of(sample_plan())
    letter = decision_letter(Decided(decision=a_decision(verdict=verdict), asked=asked, agreed=None))
    told = "\n".join(said(letter))
    assert words in told
    assert "Until a plan is agreed and signed, no money is paid from it." in told
    assert "How and when it is paid" not in told
    assert "If you do not agree with this decision" in told


def test_a_decision_without_a_way_of_appeal_says_whom_to_ask_for_it() -> None:
    facts = PlanFacts(prepared_by="Ann Example")
    asked = source_of(sample_plan(), facts)
    decision = a_decision(verdict="refused", appeal_by=None)
    told = "\n".join(said(decision_letter(Decided(decision=decision, asked=asked, agreed=None))))
    assert "does not say how to have it looked at again" in told
    assert "Last day" not in told
    decision = a_decision(
        verdict="refused",
        appeal_by=None,
        appeal="Write to the panel within a month.",
        contact="024 7600 0000",
    )
    told = "\n".join(said(decision_letter(Decided(decision=decision, asked=asked, agreed=None))))
    assert "does not say how" not in told
    assert "Write to the panel within a month." in told
    assert "Mair Morgan\n024 7600 0000" in told


@settings(max_examples=25)
@given(plans())
def test_any_plan_has_every_copy(plan: Plan) -> None:
    for edition in ("large_print", "easy_read", "letter"):
        document = copy_of(plan, edition)
        levels = [block.level for block in document.blocks if isinstance(block, Heading)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
