"""Copies that are given out: noted only when they are there, kept byte for byte, and given again as they were."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from supportplan.domain.canonical import canonical, read
from supportplan.domain.cases.steps import CopyIssued
from supportplan.domain.plan import Plan
from supportplan.domain.problems import CannotWrite, FileThere, NotFound
from supportplan.services.cases import take_in
from supportplan.services.copies_on_offer import COPIES
from supportplan.services.desk import Desk
from supportplan.services.issuing import (
    copies_given,
    copy_again,
    copy_to_give,
    copy_to_see,
    given_words,
    issue_copy,
    note_on_paper,
    save_copy,
)
from supportplan.services.signing import HowSigned, sign
from supportplan.storage.store import Store
from tests.storage.stores import PASSPHRASE, new_store


@pytest.fixture
def desk(tmp_path: Path, sample: Plan) -> Iterator[Desk]:
    with new_store(tmp_path / "store") as store:
        take_in(store, sample)
        yield Desk(store, sample.case)


def kinds(desk: Desk) -> list[str]:
    return [one.entry.kind for one in desk.store.records(desk.case)]


def test_a_saved_copy_is_noted_with_its_bytes(desk: Desk, tmp_path: Path) -> None:
    written = issue_copy(desk, tmp_path / "plan.pdf", given_to=" Jo  Example ")
    content = written.path.read_bytes()
    assert kinds(desk) == ["plan", "blob", "copy_issued"]
    (given,) = copies_given(desk.store, desk.case)
    assert (given.issued.to, given.issued.copy, given.issued.medium) == ("Jo Example", "standard", "pdf")
    assert given.issued.file == hashlib.sha256(content).hexdigest() == written.sha256
    assert (given.version, given.signed, given.kept, given.by) == (1, False, True, "A Facilitator")
    assert given_words(given) == "Standard copy as PDF, version 1, not signed yet, for Jo Example"
    assert copy_again(desk.store, desk.case, given).content == content


def test_the_same_again_is_the_same_though_the_plan_has_changed(desk: Desk, tmp_path: Path) -> None:
    first = issue_copy(desk, tmp_path / "plan.pdf", given_to="Jo")
    desk.change(replace(desk.plan, person=replace(desk.plan.person, name="Sam Newname")), "Name").result()
    issue_copy(desk, tmp_path / "second.pdf", given_to="Jo")
    newest, oldest = copies_given(desk.store, desk.case)
    assert (newest.version, oldest.version) == (2, 1)
    again = save_copy(
        desk, copy_again(desk.store, desk.case, oldest), tmp_path / "again.pdf", given_to="The school"
    )
    assert again.path.read_bytes() == first.path.read_bytes()
    assert again.pages == first.pages
    last = copies_given(desk.store, desk.case)[0]
    assert (last.version, last.issued.file, last.issued.to) == (1, first.sha256, "The school")
    # The bytes are kept once, however often they are given.
    assert kinds(desk).count("blob") == 2


def test_what_came_out_of_the_printer_is_noted_as_on_paper(desk: Desk) -> None:
    made = copy_to_give(desk)
    assert kinds(desk) == ["plan"]
    note_on_paper(desk, made, given_to="Jo", signature_page=True)
    (given,) = copies_given(desk.store, desk.case)
    assert (given.issued.copy, given.issued.medium) == ("signature_page", "paper")
    assert given_words(given).startswith("Signature page on paper, version 1")
    assert copy_again(desk.store, desk.case, given).content == made.content


def test_what_is_only_looked_at_is_not_noted(desk: Desk) -> None:
    assert copy_to_see(desk).content.startswith(b"%PDF-")
    assert kinds(desk) == []


def test_a_file_that_cannot_be_written_is_not_noted(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "there.pdf").write_bytes(b"%PDF-1.7 signed")
    with pytest.raises(FileThere):
        issue_copy(desk, tmp_path / "there.pdf", given_to="Jo")
    with pytest.raises(CannotWrite):
        issue_copy(desk, tmp_path / "nowhere" / "plan.pdf", given_to="Jo")
    assert copies_given(desk.store, desk.case) == ()
    assert "blob" not in kinds(desk)


def test_a_draft_is_marked_as_one_until_it_is_sent_and_the_list_says_what_was_signed(
    desk: Desk, tmp_path: Path
) -> None:
    from tests.screens.test_odd_text import _printed

    issue_copy(desk, tmp_path / "draft.pdf", given_to="Jo")
    assert "Version 1, draft" in _printed(tmp_path / "draft.pdf")
    sign(desk, "person", HowSigned("Jo Example", basis="with parental responsibility"))
    issue_copy(desk, tmp_path / "sent.pdf", given_to="Jo")
    sent = _printed(tmp_path / "sent.pdf")
    assert "Version 1" in sent
    assert "draft" not in sent
    assert [one.signed for one in copies_given(desk.store, desk.case)] == [False, False]


def test_a_copy_from_before_files_were_kept_is_listed_and_cannot_be_given_again(desk: Desk) -> None:
    from supportplan.services.recording import record_step

    old = CopyIssued(
        format="supportplan/copy",
        version=1,
        plan=desk.keep(),
        on=desk.plan.period.start,
        to="Jo",
        copy="standard",
        file="0" * 64,
    )
    assert b"medium" not in canonical(old)
    assert read(canonical(old), CopyIssued) == old
    record_step(desk.store, desk.case, old)
    (given,) = copies_given(desk.store, desk.case)
    assert not given.kept
    with pytest.raises(NotFound):
        copy_again(desk.store, desk.case, given)


_KILLED = """
import os, signal, sys
from pathlib import Path
from supportplan.services import issuing
from supportplan.services.desk import Desk
from supportplan.storage.store import Store
from tests.storage.stores import PASSPHRASE

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(issuing, sys.argv[3], kill)
with Store.unlock(Path(sys.argv[1]), PASSPHRASE) as store:
    issuing.issue_copy(Desk(store, sys.argv[4]), Path(sys.argv[2]), given_to="Jo")
"""


@pytest.mark.parametrize(
    ("before", "written"), [("write_file", False), ("record_blob", True), ("record_step", True)]
)
def test_a_program_that_is_killed_has_noted_nothing_without_a_file(
    tmp_path: Path, sample: Plan, before: str, written: bool
) -> None:
    folder, to = tmp_path / "store", tmp_path / "plan.pdf"
    with new_store(folder) as store:
        take_in(store, sample)
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), str(to), before, sample.case],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert to.exists() == written
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".writing")] == []
    with Store.unlock(folder, PASSPHRASE) as store:
        assert store.verify() == ()
        assert copies_given(store, sample.case) == ()
        again = issue_copy(Desk(store, sample.case), to, given_to="Jo", replace=True)
        (given,) = copies_given(store, sample.case)
        assert given.issued.file == hashlib.sha256(again.path.read_bytes()).hexdigest()


def test_what_passes_through_is_for_its_owner_only_and_goes_with_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with new_store(folder) as store:
        path = store.passing.put("plan.pdf", b"%PDF-1.7 about a child")
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        store.passing.put("plan.pdf", b"%PDF-1.7 once more")
        assert path.read_bytes() == b"%PDF-1.7 once more"
    assert not path.parent.exists()
    path.parent.mkdir()
    path.write_bytes(b"%PDF-1.7 left by a program that was killed")
    with Store.unlock(folder, PASSPHRASE):
        assert not path.parent.exists()


def test_every_copy_on_offer_has_a_key_of_its_own() -> None:
    assert len({one.key for one in COPIES}) == len(COPIES)


def test_every_copy_on_offer_is_made_saved_and_kept(desk: Desk, tmp_path: Path) -> None:
    for offer in COPIES:
        if offer.kind in ("letter", "views"):
            with pytest.raises(NotFound, match="No views" if offer.kind == "views" else "decision"):
                copy_to_give(desk, offer)
            continue
        to = tmp_path / f"{offer.key}{offer.ending}"
        written = issue_copy(desk, to, given_to="Jo", offer=offer)
        given = copies_given(desk.store, desk.case)[0]
        assert (given.issued.copy, given.issued.medium) == (offer.kind, offer.medium)
        assert copy_again(desk.store, desk.case, given).content == written.path.read_bytes()
        assert given.printable == offer.printable
