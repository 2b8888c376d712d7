from supportplan.domain.asking import to_ask
from supportplan.domain.edits import with_outcome
from supportplan.domain.plan import Outcome, Plan
from tests.plans import sample_plan


def plan() -> Plan:
    return sample_plan()


def test_an_outcome_without_words_is_asked_for_words_and_for_people_first() -> None:
    asked = to_ask(with_outcome(plan(), Outcome(id="new")), Outcome(id="new"))
    assert asked[0] == "If this went well, what would be different?"
    assert "Who already does some of this with you" in asked[1]


def test_what_is_said_already_is_not_asked_again() -> None:
    whole = plan()
    asked = " ".join(to_ask(whole, whole.outcomes[0]))
    assert "How will we both know" not in asked
    assert "How is it now" not in asked


def test_only_paid_help_leads_to_asking_what_they_would_do_themselves() -> None:
    whole = plan()
    assert any("yourself" in words for words in to_ask(whole, whole.outcomes[0]))
