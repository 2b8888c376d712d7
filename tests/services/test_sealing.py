"""The sealed file of a case: kept byte for byte, signed further on each computer, and held against what is recorded."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from supportplan.documents.model import Document, Paragraph
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.seal.appearances import Shown
from supportplan.documents.seal.examining import examine
from supportplan.documents.seal.sealing import Signed, seal
from supportplan.documents.seal.sealing import sign as sign_file
from supportplan.domain.cases.state import state
from supportplan.domain.money import UnitPrice
from supportplan.domain.plan import Plan
from supportplan.domain.problems import NotFound
from supportplan.domain.proofs import Proof
from supportplan.services.bundles import hand_over, look_into, take_in_bundle
from supportplan.services.cases import take_in
from supportplan.services.clock import local_moment, today
from supportplan.services.copies import recorded_document
from supportplan.services.desk import Desk
from supportplan.services.device_keys import keys_to_seal_with
from supportplan.services.key_files import keys_folder
from supportplan.services.profiles import profile_of
from supportplan.services.sealing import SealedFile, is_signed_by_anybody, sealed_file
from supportplan.services.signing import HowSigned, sign
from supportplan.services.verifying import verify_file
from supportplan.services.views import GivenViews, write_down
from supportplan.storage.backups.progress import silent
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.documents.seal.sealed_files import revision
from tests.plans import sample_plan
from tests.signatures import drawn

_OF_EARLIER = (
    "It is the newest sealed file of that version of its case, to the last byte. "
    "It is an earlier version of the plan: a later plan was made since."
)


def sealed(desk: Desk) -> SealedFile:
    made = sealed_file(desk.store, desk.case, desk.keep())
    assert made is not None
    return made


def of_case(desk: Desk, pdf: bytes, folder: Path) -> Proof:
    """What is said of a file where its case is at hand."""
    file = folder / "plan.pdf"
    file.write_bytes(pdf)
    found = verify_file(file, folder=desk.store.folder, store=desk.store).verdict
    assert all(one.result == "yes" for one in found.proofs if one.check != "case"), found.proofs
    return found.proofs[-1]


def test_the_first_seal_asks_for_nothing_and_makes_its_keys_beside_the_store(desk: Desk) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    made = sealed(desk)
    folder = keys_folder(desk.store.folder)
    assert {one.name for one in folder.iterdir()} == {"device.p12", "device.pem", "root.p12", "root.pem"}
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert len(made.signatures) == 1


def test_a_file_is_made_once_and_then_given_as_it_is(desk: Desk) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    made = sealed(desk)
    entries = len(desk.store.records(desk.case))
    assert sealed(desk) == made
    assert len(desk.store.records(desk.case)) == entries


def test_every_later_signature_is_added_to_the_same_file(desk: Desk, tmp_path: Path) -> None:
    made = b""
    for number, role in enumerate(("person", "facilitator", "approver"), start=1):
        sign(desk, role, HowSigned(f"Signer {number}"))
        longer = sealed(desk)
        assert longer.pdf.startswith(made)
        assert len(longer.signatures) == number
        made = longer.pdf
    assert (
        of_case(desk, made, tmp_path).words == "It is the newest sealed file of its case, to the last byte."
    )


def test_signatures_that_were_taken_out_again_are_named(desk: Desk, tmp_path: Path) -> None:
    for role, name in (("person", "Sam Example"), ("facilitator", "Fran Example")):
        sign(desk, role, HowSigned(name))
    pdf = sealed(desk).pdf
    proof = of_case(desk, revision(pdf, 1), tmp_path)
    assert proof.result == "no"
    assert "Signatures are missing that the case has: Fran Example (" in proof.words
    proof = of_case(desk, revision(pdf, 0), tmp_path)
    assert "Sam Example" in proof.words
    assert "Fran Example" in proof.words


def test_a_signature_that_no_case_has_is_named(desk: Desk, tmp_path: Path) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    made = sealed(desk)
    keys = keys_to_seal_with(desk.store)
    for entry in ("a" * 64, made.signatures[0]):
        one = Signed("approver", "Mallory", entry, "I agree.", Shown("Mallory", "By typed name."))
        proof = of_case(desk, sign_file(made.pdf, keys, one, at=local_moment()), tmp_path)
        assert proof.result == "no"
        assert "no record of: Mallory (" in proof.words


def test_a_plan_that_was_changed_is_sealed_anew_and_the_earlier_file_stays_what_it_was(
    desk: Desk, tmp_path: Path
) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    earlier = sealed(desk)
    desk.change(replace(desk.plan, person=replace(desk.plan.person, about="Sings.")), "Wrote more")
    later = desk.keep()
    assert not is_signed_by_anybody(desk.store, desk.case, later)
    before = [one.entry.kind for one in desk.store.records(desk.case)]
    assert sealed_file(desk.store, desk.case, later) is None
    assert [one.entry.kind for one in desk.store.records(desk.case)] == before
    proof = of_case(desk, earlier.pdf, tmp_path)
    assert (proof.result, proof.words) == ("yes", _OF_EARLIER)
    sign(desk, "person", HowSigned("Sam Example"))
    sealed(desk)
    assert of_case(desk, earlier.pdf, tmp_path).words == _OF_EARLIER
    proof = of_case(desk, revision(earlier.pdf, 0), tmp_path)
    assert proof.result == "no"
    assert "Signatures are missing that the case has: Sam Example (" in proof.words
    assert proof.words.endswith("a later plan was made since.")


def test_no_sealed_file_is_made_of_a_plan_that_was_changed_before_it_came_to_that(desk: Desk) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    signed = desk.keep()
    desk.change(replace(desk.plan, person=replace(desk.plan.person, about="Sings.")), "Wrote more")
    desk.keep()
    assert sealed_file(desk.store, desk.case, signed) is None
    assert {one.entry.kind for one in desk.store.records(desk.case)}.isdisjoint({"sealed", "blob"})


def test_a_file_of_a_plan_that_was_changed_and_changed_back_is_found_with_its_signatures(
    desk: Desk, tmp_path: Path
) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    made = sealed(desk)
    old = desk.plan
    for plan in (replace(old, person=replace(old.person, about="Sings.")), old):
        desk.change(plan, "Wrote something else")
        desk.keep()
    assert (proof := of_case(desk, made.pdf, tmp_path)).result == "yes"
    assert proof.words == _OF_EARLIER
    assert "Sam Example (" in of_case(desk, revision(made.pdf, 0), tmp_path).words


def test_another_rate_is_found_although_this_computers_own_key_sealed_it(desk: Desk, tmp_path: Path) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    made = sealed(desk)
    first = next(one for one in desk.plan.supports if one.rate is not None and one.paid_by == "budget")
    assert first.rate is not None
    dear = replace(first, rate=replace(first.rate, amount=UnitPrice("99.99")))
    dearer = replace(desk.plan, supports=tuple(dear if one is first else one for one in desk.plan.supports))
    proof = of_case(desk, _forged(desk, _document(desk, dearer), made), tmp_path)
    assert proof.result == "no"
    assert "Its case is on this computer and has no such version of the plan." in proof.words


def test_other_words_around_the_same_plan_are_found_although_this_computers_own_key_sealed_them(
    desk: Desk, tmp_path: Path
) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    document = _document(desk, desk.plan)
    first = next(one for one in document.blocks if isinstance(one, Paragraph))
    rewritten = replace(first, text="The family pays the rest themselves.")
    other = tuple(rewritten if one is first else one for one in document.blocks)
    where = state(desk.store.records(desk.case), today()).of(desk.keep())
    assert where is not None
    recorded = SealedFile(b"", "", tuple(one.entry for one in where.signatures))
    forged = _forged(desk, replace(document, blocks=other), recorded)
    assert of_case(desk, forged, tmp_path).result == "unknown"
    sealed(desk)
    proof = of_case(desk, forged, tmp_path)
    assert proof.result == "no"
    assert "The case keeps another file of this plan" in proof.words


def test_the_seal_names_the_newest_hash_of_the_log_and_a_store_that_lost_it_says_so(
    tmp_path: Path,
) -> None:
    with _new(tmp_path / "fay") as fay:
        take_in(fay, sample_plan())
        desk = Desk(fay, sample_plan().case)
        sign(desk, "person", HowSigned("Sam Example"))
        head = fay.head().chain
        made = sealed(desk)
        file = tmp_path / "plan.pdf"
        file.write_bytes(made.pdf)
        found = verify_file(file, folder=fay.folder, store=fay)
        assert found.found.signatures[0].entry == head
        assert head in "".join(found.found.signatures[0].shows.split())
        assert found.verdict.cautions == ()
        keys = keys_to_seal_with(fay)
        pdf = seal(render_pdf(_document(desk, desk.plan)).pdf, keys, newest="a" * 64, at=local_moment())
        file.write_bytes(pdf)
        (caution,) = verify_file(file, folder=fay.folder, store=fay).verdict.cautions
        assert "brought back from an older backup, or something was taken out" in caution


def test_drawn_and_ink_signatures_say_so_in_their_fields(desk: Desk) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    sign(desk, "facilitator", HowSigned("Fran Example", way="drawn", drawing=drawn()))
    sign(desk, "approver", HowSigned("Ann Approver", way="ink", seen_by="Fran Example", on=today()))
    plan = desk.keep()
    made = sealed(desk)
    assert len(made.signatures) == 3
    found = examine(made.pdf, name="plan.pdf", roots=[])
    assert [one.name for one in found.signatures[1:]] == ["Sam Example", "Fran Example", "Ann Approver"]
    where = state(desk.store.records(desk.case), today()).of(plan)
    assert where is not None
    assert [one.entry for one in found.signatures[1:]] == [one.entry for one in where.signatures]


def test_a_plan_that_is_not_in_the_case_is_not_sealed(desk: Desk) -> None:
    with pytest.raises(NotFound, match="not in this case"):
        sealed_file(desk.store, desk.case, "a" * 64)


def test_a_plan_that_is_signed_on_two_computers_is_one_sealed_file_that_holds_on_both(tmp_path: Path) -> None:
    with _new(tmp_path / "fay") as fay, _new(tmp_path / "ann") as ann:
        take_in(fay, sample_plan())
        at_fay = Desk(fay, sample_plan().case)
        sign(at_fay, "person", HowSigned("Sam Example"))
        sign(at_fay, "facilitator", HowSigned("Fay Example"))
        first = sealed(at_fay)
        _hand_over(at_fay, ann, tmp_path / "there.hand-over")
        at_ann = Desk(ann, sample_plan().case)
        sign(at_ann, "approver", HowSigned("Ann Example"))
        second = sealed(at_ann)
        assert second.pdf.startswith(first.pdf)
        assert len(second.signatures) == 3
        _hand_over(at_ann, fay, tmp_path / "back.hand-over")
        assert sealed(at_fay) == second
        for desk in (at_fay, at_ann):
            assert of_case(desk, second.pdf, tmp_path).result == "yes"
        proof = of_case(at_fay, first.pdf, tmp_path)
        assert "Ann Example" in proof.words


def test_signatures_that_two_computers_added_apart_come_into_one_file(tmp_path: Path) -> None:
    with _new(tmp_path / "fay") as fay, _new(tmp_path / "ann") as ann:
        take_in(fay, sample_plan())
        at_fay = Desk(fay, sample_plan().case)
        sign(at_fay, "person", HowSigned("Sam Example"))
        sealed(at_fay)
        _hand_over(at_fay, ann, tmp_path / "there.hand-over")
        at_ann = Desk(ann, sample_plan().case)
        sign(at_ann, "approver", HowSigned("Ann Example"))
        sealed(at_ann)
        sign(at_fay, "facilitator", HowSigned("Fay Example"))
        sealed(at_fay)
        _hand_over(at_ann, fay, tmp_path / "back.hand-over")
        joined = sealed(at_fay)
        assert len(joined.signatures) == 3
        assert of_case(at_fay, joined.pdf, tmp_path).result == "yes"


def test_amounts_in_the_views_that_are_printed_do_not_speak_against_the_plan(
    desk: Desk, tmp_path: Path
) -> None:
    write_down(
        desk, GivenViews("I would rather have £1,234.56 for the band.", "No.", disagree=True, words="£7.89")
    )
    sign(desk, "person", HowSigned("Sam Example"))
    proof = of_case(desk, sealed(desk).pdf, tmp_path)
    assert proof.result == "yes"


def _document(desk: Desk, plan: Plan) -> Document:
    return recorded_document(
        plan, number=1, author=desk.store.author, signers=profile_of(plan).signers, views=None
    )


def _forged(desk: Desk, document: Document, of: SealedFile) -> bytes:
    """Somebody at this computer seals another document, with the signatures that are recorded of the plan."""
    keys = keys_to_seal_with(desk.store)
    pdf = seal(render_pdf(document).pdf, keys, newest=desk.store.head().chain, at=local_moment())
    for entry in of.signatures:
        shown = Shown("Sam Example", "By typed name.")
        one = Signed("person", "Sam Example", entry, "I agree.", shown)
        pdf = sign_file(pdf, keys, one, at=local_moment())
    return pdf


def _new(folder: Path) -> Store:
    secret = "seven small boats at anchor"
    return Store.create(folder, secret, at="2026-11-23T10:00:00Z", author=folder.name, cost=FLOOR)[0]


def _hand_over(desk: Desk, to: Store, file: Path) -> None:
    words = "otter violin maple harbour quilt zebra"
    hand_over(desk, file, words, silent, cost=FLOOR)
    take_in_bundle(to, look_into(to, file, words, silent).bundle)
