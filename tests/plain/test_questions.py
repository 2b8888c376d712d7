"""The road through questions: keeping, clearing, going back, and being asked again."""

from datetime import date

import pytest

from supportplan.domain.cases.steps import Signature
from supportplan.domain.profile import Signer
from supportplan.plain.asker import Leave
from supportplan.plain.case import work_on
from supportplan.plain.signing import _state
from supportplan.services.desk import Desk
from supportplan.services.opening import unlock
from supportplan.services.signing import Signing
from tests.plain.conftest import PASSPHRASE, Conversation


def visit(desk: Desk, *answers: str) -> str:
    """Give answers in a case, and leave; return all that was said."""
    talk = Conversation([*answers, "leave"])
    with pytest.raises(Leave, match="Everything is saved"):
        work_on(talk.asker, desk)
    return str(talk)


def test_enter_and_skip_keep_what_stands_there_and_a_full_stop_takes_it_out(desk: Desk) -> None:
    visit(desk, "talk", "Funny", "", "Her dog", "", "done")
    said = visit(desk, "talk", "back", "skip", "back", ".", "done")
    assert "What matters most to you? End with an empty line. Now: Her dog. " in said
    assert "Taken out." in said
    assert (desk.plan.person.about, desk.plan.person.important_to) == ("Funny", "")


def test_back_from_the_first_question_leads_to_the_menu(desk: Desk) -> None:
    said = visit(desk, "talk", "back")
    assert said.endswith("Sam. What now? ")


def test_a_question_mark_says_more_and_asks_again(desk: Desk) -> None:
    said = visit(desk, "talk", "?", "Kind", "", "done")
    assert "What would your best friend say about you?" in said
    assert "Enter keeps what is there." in said
    assert desk.plan.person.about == "Kind"


def test_a_word_in_quotation_marks_is_an_answer(desk: Desk) -> None:
    visit(desk, "talk", '"back"', "", "done")
    assert desk.plan.person.about == "back"


@pytest.mark.parametrize(
    ("field", "wrong", "words", "right"),
    [
        ("3", "13/13/2009", "no such day", "1 may 2009"),
        ("1", "...", "at least one letter", "Sam Sample"),
        ("6", "1 may 1999", "ends before it starts", "in 1 year"),
        ("8", "many", "That is not a number", "38"),
        ("10", "Atlantis", "none of the choices", "General"),
    ],
)
def test_what_cannot_be_read_is_said_repeated_and_asked_again(
    desk: Desk, field: str, wrong: str, words: str, right: str
) -> None:
    before = desk.plan
    said = visit(desk, "basics", field, wrong, right, "back")
    assert words in said
    assert f"You typed: {wrong}" in said
    assert desk.plan != before


def test_an_emptied_figure_of_the_money_rules_is_said_as_what_it_came_to(desk: Desk) -> None:
    percentage = ("2", "a percentage", "3", ".")
    paid = ("6", "a month", "7", "1 april 2028", "7", "clear")
    said = visit(desk, "money", *percentage, *paid, "back")
    assert "0 per cent." in said
    assert desk.plan.contingency is not None
    assert desk.plan.contingency.percent == 0
    assert desk.plan.payments is not None
    assert desk.plan.payments.first == desk.plan.period.start


def test_undo_goes_back_over_the_whole_visit_and_over_a_restart(desk: Desk) -> None:
    visit(desk, "talk", "Funny", "", "Her dog", "", "done", "undo")
    assert (desk.plan.person.about, desk.plan.person.important_to) == ("Funny", "")
    folder, case = desk.store.folder, desk.case
    desk.store.close()
    with unlock(folder, lambda: PASSPHRASE) as store:
        again = Desk(store, case)
        said = visit(again, "undo", "redo", "undo", "undo", "undo")
        assert "Undone: Wrote down: about." in said
        assert "Done again: Wrote down: about." in said
        assert "There is nothing to undo." in said
        assert again.plan.person.about == ""


def test_the_menu_takes_numbers_and_words_and_says_so_otherwise(desk: Desk) -> None:
    said = visit(desk, "9", "tot", "", "dance")
    assert said.count("The plan runs from") == 2
    assert "Type a word or a number; help lists them." in said
    assert "You typed: dance" in said


def test_a_list_that_was_said_is_not_said_again_but_for_what_is_new(desk: Desk) -> None:
    said = visit(desk, "outcomes", "new", "Swim", "", "", "", "1", "now", "new", "Cook", "", "done", "back")
    assert said.count("a new outcome") == 1
    assert said.count("1. Swim") == 1
    assert said.count("2. Cook") == 1
    assert said.count("1. Autonomy") == 1


def test_an_outcome_is_moved_and_taken_away(desk: Desk) -> None:
    visit(
        desk,
        "outcomes",
        "new",
        "Swim",
        "",
        "done",
        "new",
        "Cook",
        "",
        "done",
        "2",
        "up",
        "2",
        "remove",
        "back",
    )
    assert [one.text for one in desk.plan.outcomes] == ["Cook"]


def test_notes_are_parked_and_taken_out(desk: Desk) -> None:
    visit(desk, "notes", "Ask about the bus", "Ring Jo", "1", "")
    assert [one.text for one in desk.plan.parked] == ["Ring Jo"]


def test_what_is_long_is_said_before_its_question_and_what_is_very_long_is_cut(desk: Desk) -> None:
    said = visit(desk, "talk", "Two\nlines", "", "word " * 600, "", "done", "talk", "back", "back", "done")
    assert (
        "Now: Two\nlines.\nQuestion 1 of 9. What do people like about you? End with an empty line. \n" in said
    )
    assert "In all 2,999 letters; the command read says the whole of it." in said


def test_a_role_that_has_signed_is_listed_with_the_day_in_words() -> None:
    signer = Signer(role="person", words="The person")
    signature = Signature(
        format="supportplan/signature",
        version=1,
        plan="0" * 64,
        role="person",
        name="Jo Example",
        on=date(2026, 11, 26),
    )
    assert _state(Signing(signer, signature)) == "signed by Jo Example on 26 November 2026"
