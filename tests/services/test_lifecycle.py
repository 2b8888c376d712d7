"""From draft to signed on one laptop: sent, decided, signed by all; and what stands in the way is said."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from supportplan.domain.cases.next_step import next_step
from supportplan.domain.cases.state import state
from supportplan.domain.edits import with_note, with_support
from supportplan.domain.money import Quantity
from supportplan.domain.plan import ParkedNote
from supportplan.domain.problems import BadInput, NotAllowed, NotFound
from supportplan.services.clock import today
from supportplan.services.closing import close, review
from supportplan.services.copies import case_document
from supportplan.services.deciding import (
    GivenDecision,
    compared,
    decide,
    reasons_for,
    standing_decision,
    usual_appeal,
)
from supportplan.services.desk import Desk
from supportplan.services.recording import MOST_BLOB_BYTES, blob
from supportplan.services.signing import HowSigned, sign, signings
from supportplan.services.submitting import sent_plan, submit
from supportplan.services.timeline import timeline_of
from supportplan.services.views import GivenViews, views_of, write_down

ROLES = ("person", "facilitator", "approver")
YES = GivenDecision("agreed", "Pat Panel", today(), reason_codes=("meets_outcomes",))


def at(desk: Desk) -> str:
    return state(desk.store.records(desk.case), today()).state


def sign_all(desk: Desk, *roles: str) -> None:
    for role in roles or ROLES:
        sign(desk, role, HowSigned(f"Somebody {role}"))


def less(desk: Desk) -> str:
    """Take an hour from one support, as a panel would; return its id."""
    one = next(one for one in desk.plan.supports if one.paid_by == "budget" and one.kind == "recurring")
    assert one.quantity is not None
    fewer = replace(one, quantity=Quantity(str(one.quantity - 1)))
    desk.change(with_support(desk.plan, fewer), "Took an hour").result()
    return one.id


def test_a_facilitator_without_a_panel_sends_signs_and_records_the_decision(desk: Desk) -> None:
    submit(desk)
    assert at(desk) == "submitted"
    with pytest.raises(NotAllowed, match="sent already"):
        submit(desk)
    sign_all(desk, "person")
    assert desk.signed is not None
    assert desk.signed.words == "Signed by 1 of 3"
    sign_all(desk, "facilitator", "approver")
    assert at(desk) == "submitted"
    assert desk.signed.words == "Signed by 3 of 3"
    assert next_step("submitted", on=today()).words == "Wait for the decision"
    decide(desk, YES)
    assert at(desk) in ("signed", "active")
    assert desk.signed.words == "Signed"
    found = [one.words for one in timeline_of(desk.store, desk.case)]
    assert found[0] == "Version 1 was written"
    assert found[1] == "Version 1 was sent for a decision"
    assert found[-1] == "Version 1: agreed by Pat Panel"


@pytest.mark.parametrize("verdict", ["returned", "refused"])
def test_turned_down_with_reasons_and_sent_again(desk: Desk, verdict: str) -> None:
    submit(desk)
    bare = GivenDecision(verdict, "Pat Panel", today())  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="reasons") as refused:
        decide(desk, bare)
    assert refused.value.where == "reasons"
    with pytest.raises(NotAllowed, match="reasons"):
        decide(desk, bare._replace(reasons=" ... "))
    decide(desk, bare._replace(reasons="Say how the nights are covered."))
    assert at(desk) == verdict
    with pytest.raises(NotAllowed, match="not agreed"):
        sign_all(desk, "person")
    submit(desk)
    assert at(desk) == "submitted"
    decide(desk, YES)
    assert at(desk) == "agreed"


def test_a_decision_has_a_day_that_can_be_and_reasons_that_there_are(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="No plan of this case has been sent"):
        decide(desk, YES)
    submit(desk)
    for day, words in (
        (today() + timedelta(days=1), "still to come"),
        (today() - timedelta(days=1), "from before"),
    ):
        with pytest.raises(NotAllowed, match=words) as refused:
            decide(desk, YES._replace(on=day))
        assert refused.value.where == "on"
    with pytest.raises(NotFound, match="no reason called"):
        decide(desk, YES._replace(reason_codes=("because",)))
    with pytest.raises(BadInput):
        decide(desk, YES._replace(by="..."))
    assert [one.entry.kind for one in desk.store.records(desk.case)] == ["plan", "submitted"]


def test_agreed_with_changes_is_a_new_version_and_says_what_was_asked(desk: Desk) -> None:
    desk.change(replace(desk.plan, profile="general"), "Chose another scheme").result()
    sign_all(desk, "person")
    given = YES._replace(verdict="agreed_with_changes", reasons="One hour is given by school.")
    with pytest.raises(NotAllowed, match="no change") as refused:
        decide(desk, given)
    assert refused.value.where == "verdict"
    support = less(desk)
    with pytest.raises(NotAllowed, match="changed after it was sent"):
        decide(desk, YES)
    asked = compared(desk)
    assert asked is not None
    assert asked.cash.difference < 0
    decide(
        desk,
        given._replace(lines={support: "School gives it.", "other": " "}, contact=" panel@council.example "),
    )
    found = standing_decision(desk)
    assert found is not None
    assert found.compared is not None
    assert (found.compared.cash.asked, found.compared.cash.agreed) == (asked.cash.asked, asked.cash.agreed)
    line = next(one for one in found.compared.cash.lines if one.support == support)
    assert line.why == "School gives it."
    assert found.decision.appeal == usual_appeal(desk)
    assert found.decision.contact == "panel@council.example"
    assert found.decision.appeal_by == today() + timedelta(days=28)
    assert at(desk) == "agreed_with_changes"
    # Who signed what was asked for signs again what was agreed.
    assert [one.void for one in signings(desk)] == ["The plan was changed after it.", "", ""]
    sent = sent_plan(desk)
    assert sent is not None
    assert (sent.version, sent.changed) == ("Version 2", False)
    sign_all(desk)
    assert at(desk) in ("signed", "active")
    void = [one for one in timeline_of(desk.store, desk.case) if one.void]
    assert [one.words for one in void] == ["Version 1 was signed by Somebody person"]


def test_a_change_makes_a_new_version_and_earlier_signatures_void(desk: Desk) -> None:
    sign_all(desk, "person", "facilitator")
    decide(desk, YES)
    less(desk)
    assert desk.signed is None
    assert [one.valid for one in signings(desk)] == [False, False, False]
    assert signings(desk)[0].void == "The plan was changed after this."
    sign_all(desk, "approver")
    assert at(desk) == "submitted"
    assert [one.valid for one in signings(desk)] == [False, False, True]
    assert sum(bool(one.void) for one in timeline_of(desk.store, desk.case)) == 2


def test_a_signed_plan_is_reviewed_superseded_and_ended(desk: Desk) -> None:
    sign_all(desk)
    decide(desk, YES)
    review(desk, "begun")
    assert at(desk) == "under_review"
    review(desk, "continues", next_due=today() + timedelta(days=90))
    less(desk)
    sign_all(desk)
    decide(desk, YES)
    states = [one.state for one in state(desk.store.records(desk.case), desk.plan.period.start).standings]
    assert states == ["superseded", "active"]
    with pytest.raises(NotAllowed, match="reasons") as refused:
        close(desk, " ")
    assert refused.value.where == "reasons"
    close(desk, "Sam moved away.")
    assert at(desk) == "closed"
    with pytest.raises(NotAllowed):
        close(desk, "Again.")
    assert [one.words for one in timeline_of(desk.store, desk.case)][-1] == "The plan was ended"


def test_a_draft_is_ended_too(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="in force"):
        review(desk, "begun")
    close(desk, "The family went another way.")
    assert at(desk) == "closed"


# Ways to sign

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"


def jpeg() -> bytes:
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.effect_noise((400, 300), 90).save(made, "JPEG")
    return made.getvalue()


@pytest.mark.parametrize("data", [jpeg(), PDF], ids=["jpeg", "pdf"])
def test_a_signature_in_ink_with_its_scan(desk: Desk, tmp_path: Path, data: bytes) -> None:
    scan = tmp_path / "signed.bin"
    scan.write_bytes(data)
    ink = HowSigned(
        "Jo Example", "ink", basis="with parental responsibility", on=today(), seen_by="Fran", scan=str(scan)
    )
    submit(desk)
    sign(desk, "person", ink)
    (found, *_) = signings(desk)
    assert found.valid
    assert found.signature is not None
    assert found.signature.scan is not None
    assert blob(desk.store, desk.case, found.signature.scan) == data
    # The scan is told with the signature, and not once more.
    assert len(timeline_of(desk.store, desk.case)) == 3


def bad_scans(tmp_path: Path) -> dict[str, tuple[Path, str]]:
    def written(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(200 * 1024**2)
    return {
        "a text": (written("scan.jpg", b"This is a letter."), "neither a JPEG picture nor a PDF"),
        "nothing in it": (written("empty.pdf", b""), "empty"),
        "cut off": (written("cut.jpg", jpeg()[:2_000]), "damaged or cut off"),
        "half a PDF": (written("half.pdf", b"%PDF-1.7\nand no more"), "damaged"),
        "200 MB": (large, "200 MB. A case takes at most 25 MB"),
        "not there": (tmp_path / "nowhere.pdf", "no such file"),
        "a folder": (tmp_path, "no such file"),
    }


@pytest.mark.parametrize(
    "which", ["a text", "nothing in it", "cut off", "half a PDF", "200 MB", "not there", "a folder"]
)
def test_a_scan_that_is_none_is_refused_in_words_and_nothing_is_recorded(
    desk: Desk, tmp_path: Path, which: str
) -> None:
    scan, words = bad_scans(tmp_path)[which]
    with pytest.raises(BadInput, match=words) as refused:
        sign(desk, "person", HowSigned("Jo", "ink", on=today(), seen_by="Fran", scan=str(scan)))
    assert refused.value.where == "scan"
    assert desk.store.records(desk.case) == ()
    assert MOST_BLOB_BYTES == 25 * 1024**2


def test_a_signature_in_ink_is_of_a_day_on_which_the_plan_was_fixed(desk: Desk) -> None:
    ink = HowSigned("Jo", "ink", seen_by="Fran")
    submit(desk)
    for day, words in (
        (today() + timedelta(days=1), "still to come"),
        (today() - timedelta(days=1), "another version"),
    ):
        with pytest.raises(NotAllowed, match=words):
            sign(desk, "person", ink._replace(on=day))
    with pytest.raises(BadInput, match="letter"):
        sign(desk, "person", ink._replace(on=today(), seen_by=""))
    assert not any(one.signature for one in signings(desk))


# Views


def test_both_views_stand_as_they_were_said(desk: Desk) -> None:
    assert views_of(desk) is None
    with pytest.raises(NotAllowed, match="nobody's view"):
        write_down(desk, GivenViews(young_person="..."))
    with pytest.raises(NotAllowed, match="both views") as refused:
        write_down(desk, GivenViews(young_person="I want to go alone.", disagree=True))
    assert refused.value.where == "parent"
    assert desk.store.records(desk.case) == ()
    write_down(
        desk,
        GivenViews("I want to go alone.", "Not before she is 17.", disagree=True, words="Going by bus."),
    )
    found = views_of(desk)
    assert found is not None
    assert (found.young_person, found.disagree) == ("I want to go alone.", True)
    (_, said) = timeline_of(desk.store, desk.case)
    assert "They do not agree. Going by bus." in said.more


def test_the_reasons_offered_fit_the_decision(desk: Desk) -> None:
    agree = {one.key for one in reasons_for(desk, "agreed")}
    refuse = {one.key for one in reasons_for(desk, "refused")}
    assert not agree & refuse
    assert {one.key for one in reasons_for(desk, "agreed_with_changes")} == agree | refuse


def test_a_note_parked_after_signing_changes_nothing_that_was_signed_and_leaves_with_nothing(
    desk: Desk,
) -> None:
    sign_all(desk, "person")
    note = ParkedNote(id="n1", text="Ask about the bus, not in front of Mum.")
    desk.change(with_note(desk.plan, note), "Parked a note").result()
    assert desk.signed is not None
    assert signings(desk)[0].valid
    sent = sent_plan(desk)
    assert sent is not None
    assert not sent.changed
    decide(desk, YES)
    sign_all(desk, "facilitator", "approver")
    desk.keep()
    assert at(desk) in ("signed", "active")
    assert len([one for one in desk.store.records(desk.case) if one.entry.kind == "plan"]) == 1
    assert all(b"in front of Mum" not in one.body for one in desk.store.records(desk.case))
    assert b"in front of Mum" not in case_document(desk).source
    # It is still there for whoever parked it.
    assert Desk(desk.store, desk.case).plan.parked == (note,)
