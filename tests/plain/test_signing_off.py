"""A plan in plain mode from draft to signed: sent, turned down without a reason, agreed with changes, and signed by all."""

from pathlib import Path

from msgspec.structs import replace

from supportplan.domain.cases.state import state
from supportplan.domain.edits import with_support
from supportplan.domain.money import Quantity
from supportplan.plain.case import work_on
from supportplan.services.clock import today
from supportplan.services.copies import case_document
from supportplan.services.desk import Desk
from supportplan.services.practice import Practice
from supportplan.services.sealing import sealed_file
from supportplan.services.signing import signings
from tests.plain.conftest import Conversation


def talk(desk: Desk, *answers: str) -> str:
    conversation = Conversation([*answers, "back"])
    work_on(conversation.asker, desk)
    return str(conversation)


def at(desk: Desk) -> str:
    return state(desk.store.records(desk.case), today()).state


def test_from_draft_to_signed() -> None:
    practice = Practice()
    try:
        desk = practice.desk()
        assert "has not been sent for a decision yet" in talk(desk, "decision")
        assert "Sent. Now it waits for the decision." in talk(desk, "send", "yes")
        # A day to come and no reason are asked for again, and nothing else is.
        said = talk(
            desk,
            *("decision", "refused", "Pat Panel", "", "in 2 weeks", "", "", "Ring us", "024 7600 0000"),
            *("yes", "1", "", "yes", "today", "yes"),
        )
        assert "a decision needs its reasons" in said
        assert "cannot have a day that is still to come" in said
        assert said.count("Who decided? ") == 1
        assert "The decision is recorded." in said
        assert at(desk) == "refused"
        assert "Whom to ask: 024 7600 0000." in talk(desk, "history")
        assert "the plan was not agreed" in talk(desk, "sign", "1", "", "", "Sam Example", "", "yes", "")
        assert "Sent." in talk(desk, "send", "yes")
        support = next(one for one in desk.plan.supports if one.kind == "recurring" and one.rate)
        fewer = replace(support, quantity=Quantity("1"))
        desk.change(with_support(desk.plan, fewer), "Fewer hours").result()
        said = talk(
            desk,
            *("decision", "agreed with changes", "School gives the rest.", "Pat Panel", "The panel", ""),
            *("less, same", "1, 2", "It is enough.", "", "", "", "yes"),
        )
        assert f"{support.what}: asked £" in said
        assert "Cash value: asked £11,731.26, agreed £" in said
        assert "The decision is recorded." in said
        assert at(desk) == "agreed_with_changes"
        said = talk(
            desk,
            "sign",
            *("1", "with parental responsibility", "", "Jo Example", "Grandad", "yes"),
            *("2", "", "Fran Facilitator", "", "yes"),
            *("3", "ink", "Pat Panel", "Fran", "", "", "", "yes"),
            "",
        )
        assert said.count("Signed.") == 3
        assert "signed by Jo Example, with parental responsibility on" in said
        assert "in ink on the printed plan" in said
        code = str(case_document(desk).version).rpartition(" ")[2]
        assert f"the plan that was signed: {code}" in talk(desk, "sign", "1", "")
        assert at(desk) in ("signed", "active")
        said = talk(desk, "history")
        assert "Version 2 has the changes in it." in said
        assert "There too: Grandad." in said
        said = talk(desk, "views", "I like it.", "", "Too soon.", "", "yes", "The bus.", "", "yes", "history")
        assert "They do not agree. The bus." in said
        said = talk(desk, "review", "the plan ends", "Sam moved away.", "", "yes")
        assert "The plan is ended." in said
        assert at(desk) == "closed"
    finally:
        practice.close()


def test_a_yes_typed_once_too_often_signs_in_nobodys_name() -> None:
    practice = Practice()
    try:
        desk = practice.desk()
        said = talk(desk, "sign", "1", "", "", "yes", "Sam Example", "", "yes", "")
        assert "Is “yes” a name?" in said
        assert [one.name for one in signings(desk) if one.valid] == ["Sam Example"]
    finally:
        practice.close()


def test_views_after_the_sealing_are_said_to_be_missing_and_saved_on_a_page_of_their_own(
    tmp_path: Path,
) -> None:
    practice = Practice()
    try:
        desk = practice.desk()
        talk(desk, "sign", "1", "", "", "Sam Example", "", "yes", "")
        sealed_file(desk.store, desk.case, desk.keep())
        assert "not in the sealed copy" not in talk(desk, "print", "back", "sign", "")
        talk(desk, "views", "I like it.", "", "Too soon.", "", "no", "yes")
        assert talk(desk, "print", "back", "sign", "").count("not in the sealed copy") == 2
        file = tmp_path / "views.pdf"
        said = talk(desk, "print", "save", "both views", str(file), "Jo Example", "given", "back", "back")
        assert "Saved, 1 page" in said
        assert "Page of both views as PDF, version 1" in said
        assert file.read_bytes().startswith(b"%PDF-")
    finally:
        practice.close()
