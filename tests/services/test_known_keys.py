"""What somebody whose key is known here can do to a sealed plan beside signing it, and what is said of that."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from supportplan.documents.seal import sealing
from supportplan.documents.seal.appearances import Shown
from supportplan.documents.seal.contents import contents
from supportplan.documents.seal.sealing import Signed, seal, sign
from supportplan.domain.canonical import digest
from supportplan.services.clock import local_moment
from tests.documents.seal.sealed_files import (
    NEWEST,
    NOON,
    STATEMENT,
    device,
    sealed,
    signed,
    signed_plan,
    unsealed,
    updated,
)
from tests.plans import POLISH, WELSH
from tests.services.checked_plans import checked, said
from tests.signatures import drawn

pytestmark = pytest.mark.usefixtures("examined_here")


@pytest.mark.parametrize("what", ["description", "title"])
def test_what_a_known_key_changed_beside_its_signature_is_found(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of pyHanko lets a signature change what the file says of itself."""

    class Changing(sealing._Updates):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            if what == "title":
                self.set_info(generic.DictionaryObject({pdf_name("/Title"): pdf_string("Another plan")}))
                return
            kind = {
                pdf_name("/Type"): pdf_name("/Metadata"),
                pdf_name("/Subtype"): pdf_name("/XML"),
            }
            self.root["/Metadata"] = self.add_object(
                generic.StreamObject(dict_data=kind, stream_data=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
            )
            self.update_root()  # type: ignore[no-untyped-call]

    before = sealed(unsealed())
    monkeypatch.setattr(sealing, "_Updates", Changing)
    found = checked(signed(before, "person", "Jo Example"), tmp_path)
    assert said(found, "unchanged").words == (
        "What the file says of itself, such as its title, was changed after it was sealed."
    )


def test_that_fields_are_to_be_drawn_anew_is_part_of_what_a_file_says_of_itself() -> None:
    def ask(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/AcroForm"]["/NeedAppearances"] = generic.BooleanObject(value=True)
        writer.update_container(writer.root["/AcroForm"])
        writer.update_root()

    before = signed_plan()
    assert contents(before).about
    assert contents(updated(before, ask)).about != contents(before).about


@pytest.mark.parametrize("given", ["typed", "drawn"])
def test_a_place_that_shows_another_name_than_the_signature_has_is_found(given: str, tmp_path: Path) -> None:
    drawing = drawn() if given == "drawn" else None
    shown = Shown("Somebody Else", "Has not agreed, and pays £99,999.00.", "", drawing)
    one = Signed("approver", "Ann Approver", digest(b"ann"), STATEMENT, shown)
    found = checked(sign(sealed(unsealed()), device(), one, at=NOON), tmp_path)
    assert "does not name Ann Approver" in said(found, "unchanged").words
    assert "It shows: Somebody Else" in said(found, "unchanged").words
    assert "£99,999.00" in said(found, "figures").words


@pytest.mark.parametrize("given", ["typed", "drawn"])
@pytest.mark.parametrize(
    "name",
    [
        WELSH,
        POLISH,
        "সিয়ান খাতুন",
        "علی خان",
        "Jo Example " * 15,
        "J",
        "Ольга Ζωή",
        "Jose\u0301 \ufb01n",
        "陈伟 🙂",
    ],
)
def test_a_name_in_any_script_and_of_any_length_is_found_in_its_place(
    name: str, given: str, tmp_path: Path
) -> None:
    drawing = drawn() if given == "drawn" else None
    shown = Shown(name.strip(), "In the best interests of Sam, by typed name.", "23 November 2026", drawing)
    one = Signed("approver", name.strip(), digest(b"ann"), STATEMENT, shown)
    found = checked(sign(sealed(unsealed()), device(), one, at=NOON), tmp_path)
    assert found.holds, found.proofs


def test_times_that_run_backwards_or_are_still_to_come_are_told_and_judge_nothing(tmp_path: Path) -> None:
    before, late = NOON - timedelta(hours=20), local_moment() + timedelta(days=300)
    one = Signed("person", "Jo", digest(b"jo"), STATEMENT, Shown("Jo", "By typed name."))
    found = checked(sign(sealed(unsealed()), device(), one, at=before), tmp_path)
    assert found.holds
    assert found.cautions[0].startswith("Take care: the signature of Jo is dated 22 November 2026 at ")
    assert "which is before the seal, dated 23 November 2026 at " in found.cautions[0]
    found = checked(seal(unsealed(), device(), newest=NEWEST, at=late), tmp_path)
    assert found.holds
    assert "Take care: the seal is dated " in found.cautions[-1]
    assert "still to come by this computer's clock" in found.cautions[-1]
