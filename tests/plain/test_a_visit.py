"""A visit as a whole: the way in, cases found and begun, and leaving at any moment with everything saved."""

from pathlib import Path

import pytest

from supportplan.domain.plan import Plan
from supportplan.domain.problems import WrongPassphrase
from supportplan.plain.session import practice_visit, visit
from supportplan.services.cases import list_cases, working_plan
from supportplan.services.opening import unlock
from supportplan.services.schedules import sample_schedule
from tests.plain.conftest import PASSPHRASE, Conversation
from tests.plain.sample_answers import in_a_new_case


def talk_in(folder: Path, *answers: str, secret: str | None = PASSPHRASE) -> str:
    """Visit with these answers, and return all that was said."""
    talk = Conversation(answers)
    visit(talk.asker, folder, secret=secret)
    return str(talk)


def plans_in(folder: Path) -> list[Plan]:
    """The plans as the store has them, those last worked on first."""
    with unlock(folder, lambda: PASSPHRASE) as store:
        return [working_plan(store, row.case) for row in list_cases(store, most=50).rows]


def test_a_first_visit_sets_the_store_up_and_says_the_recovery_code(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    said = talk_in(
        folder, "", "Fay", "broker", "short", "short", PASSPHRASE, "another", PASSPHRASE, PASSPHRASE, secret=None
    )  # fmt: skip
    assert "Type your name first." in said
    assert "The two passphrases differ." in said
    code = said.split("keep it apart from this computer.\n")[1].splitlines()[0]
    with unlock(folder, lambda: code) as store:
        assert store.author == "Fay, broker"
    assert said.endswith("Everything is saved.\nGoodbye.")


def test_a_wrong_passphrase_is_asked_for_again_but_one_from_a_file_is_not(folder: Path) -> None:
    said = talk_in(folder, "wrong wrong wrong", PASSPHRASE, "leave", secret=None)
    assert "That is not the passphrase, nor the recovery code. Try again." in said
    assert "Everything is saved." in said
    with pytest.raises(WrongPassphrase):
        talk_in(folder, secret="wrong wrong wrong")


def test_whoever_goes_away_at_the_passphrase_leaves_in_good_order(folder: Path) -> None:
    assert talk_in(folder, secret=None).endswith("Passphrase? \nGoodbye.")


def test_cases_are_begun_found_and_opened(folder: Path) -> None:
    said = talk_in(
        folder,
        *("new", "...", "", "Sam Example", "", "back"),
        *("new", "Mia Sample", "Mi", "back"),
        *("find exampel", "1", "notes", "Ring Jo", "", "back"),
        *("7", "Atlantis", "?", "leave"),
    )
    assert "at least one letter" in said
    assert "Nothing is spelled just like that. Close to it:\n1. Sam Example, draft, £0.00." in said
    assert said.count("That is none of the choices.") == 2
    assert [plan.person.name for plan in plans_in(folder)] == ["Sam Example", "Mia Sample"]
    assert plans_in(folder)[0].parked[0].text == "Ring Jo"


def test_the_name_on_plans_is_changed_kept_or_left_as_it_was(folder: Path) -> None:
    said = talk_in(
        folder, "name", "Fay Newname", "broker", "name", "", "", "name", "back", "name", "", ".", "leave"
    )
    assert said.count("You are on plans as Fay Newname, broker.") == 2
    assert "Your name? Now: Fay Newname. Enter keeps it. " in said
    with unlock(folder, lambda: PASSPHRASE) as store:
        assert store.author == "Fay Newname"


def test_a_schedule_that_cannot_be_read_is_said_and_asked_for_again(folder: Path, tmp_path: Path) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text("Code,Service,Unit,Price,From\nPA,Assistant,hour,£17.00,2026-04-01\n", encoding="utf-8")
    said = talk_in(folder, "prices", str(tmp_path / "none.csv"), str(rates), "leave")
    assert f"You typed: {tmp_path / 'none.csv'}" in said
    assert "Taken in: rates, 1 price, from 1 April 2026 on." in said


def test_a_schedule_brought_in_by_mistake_is_withdrawn_and_offered_again(folder: Path) -> None:
    name = sample_schedule().name
    said = talk_in(
        folder, "prices", f"withdraw {name}", "withdraw nobody's", "", "prices", f"offer {name}", "", "leave"
    )
    assert f"Withdrawn: {name}, version 2024-04-01." in said
    assert "There is no such schedule of costs in the store." in said
    assert f"{name}, version 2024-04-01, withdrawn." in said
    assert f"Offered again: {name}, version 2024-04-01." in said


def test_the_practice_plan_is_opened_and_taken_away(folder: Path) -> None:
    assert "cash value £11,731.26" in talk_in(folder, "practice", "back", "leave")
    talk = Conversation(["totals", "leave"])
    practice_visit(talk.asker)
    assert "Total budget: £13,891.26." in str(talk)
    assert plans_in(folder) == []


@pytest.mark.parametrize("answers", [3, 5, 21, 34, 61, 120, 240])
def test_the_answers_may_end_anywhere_and_all_before_is_saved(
    folder: Path, tmp_path: Path, sample: Plan, answers: int
) -> None:
    given = list(in_a_new_case(sample, tmp_path / "plan.pdf"))[:answers]
    said = talk_in(folder, *given)
    assert said.endswith("Everything is saved.\nGoodbye.")
    before = plans_in(folder)
    assert before[0].person.name == "Sam Example"
    again = talk_in(folder, "1", "read", "leave")
    assert [words for words in given if len(words) > 30 and words not in again] == []
    assert plans_in(folder) == before
