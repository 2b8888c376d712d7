"""Signing at the table."""

import pytest
from msgspec.structs import replace

from supportplan.domain.canonical import read
from supportplan.domain.cases.steps import Signature
from supportplan.domain.edits import with_support
from supportplan.domain.problems import NotAllowed
from supportplan.services.clock import today
from supportplan.services.copies import case_document
from supportplan.services.desk import Desk
from supportplan.services.practice import Practice
from supportplan.services.signing import HowSigned, sign, signings
from tests.signatures import drawn


def test_a_plan_that_is_not_ready_is_not_signed_and_says_in_words_what_is_missing() -> None:
    practice = Practice()
    try:
        desk = Desk(practice.store, practice.case)
        laptop = next(one for one in desk.plan.supports if one.id == "laptop")
        assert laptop.rate is not None
        desk.change(
            with_support(desk.plan, replace(laptop, rate=replace(laptop.rate, reason=""))), "Took out"
        )
        before = len(practice.store.records(desk.case))
        with pytest.raises(NotAllowed) as refused:
            sign(desk, "person", HowSigned("Sam Example"))
        assert "no reason for it" in str(refused.value)
        assert "rate_reason" not in str(refused.value)
        assert "Ready to agree?" in refused.value.mend
        assert len(practice.store.records(desk.case)) == before
        desk.undo()
        sign(desk, "person", HowSigned("Sam Example"))
        found = signings(desk)
        assert [(one.name, one.on) for one in found] == [("Sam Example", today()), ("", None), ("", None)]
        assert [one.valid for one in found] == [True, False, False]
    finally:
        practice.close()


def test_a_drawn_signature_is_kept_with_its_strokes_and_stands_in_the_document() -> None:
    practice = Practice()
    try:
        desk = Desk(practice.store, practice.case)
        drawing = drawn()
        sign(desk, "person", HowSigned("Sam Example", "drawn", drawing=drawing))
        kept = next(one for one in practice.store.records(desk.case) if one.entry.kind == "signature")
        assert read(kept.body, Signature).drawing == drawing
        assert signings(desk)[0].valid
        first, *others = case_document(desk).last_page.signatures
        assert (first.signed, first.drawing) == ("Sam Example, by hand on the screen", drawing)
        assert {one.drawing for one in others} == {None}
    finally:
        practice.close()
