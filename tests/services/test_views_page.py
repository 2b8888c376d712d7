"""Views that were written down after the plan was sealed: they are in no sealed copy, which is said, and have a page of their own."""

from pathlib import Path

import pypdfium2
import pytest

from supportplan.domain.problems import NotFound
from supportplan.services.copies import text_of
from supportplan.services.copies_on_offer import COPIES, STANDARD
from supportplan.services.desk import Desk
from supportplan.services.issuing import copies_given, copy_to_give, given_words, issue_copy
from supportplan.services.sealing import sealed_file
from supportplan.services.signing import HowSigned, sign
from supportplan.services.views import GivenViews, views_of, write_down
from supportplan.services.views_page import left_out_words, views_document

_BOTH = next(one for one in COPIES if one.key == "views")
_FIRST = GivenViews("I like it.", "So do I.")
_LATER = GivenViews("I do not want this any more.", "It is fine.", disagree=True, words="All of it.")


def _signed(desk: Desk) -> None:
    sign(desk, "person", HowSigned("Sam Example"))
    sealed_file(desk.store, desk.case, desk.keep())


def _text(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        said = " ".join(opened[at].get_textpage().get_text_bounded() for at in range(len(opened)))
        return " ".join(said.split())
    finally:
        opened.close()


def test_what_was_said_after_the_sealing_is_said_to_be_missing_and_given_on_a_page_of_its_own(
    desk: Desk, tmp_path: Path
) -> None:
    _signed(desk)
    write_down(desk, _LATER)
    assert _LATER.young_person not in _text(copy_to_give(desk, STANDARD).content)
    assert "not in the sealed copy" in left_out_words(desk)
    page = text_of(views_document(desk))
    for said in (_LATER.young_person, _LATER.parent, _LATER.words, "The sealed plan does not have them"):
        assert said in " ".join(page.split())
    written = issue_copy(desk, tmp_path / "views.pdf", given_to="Jo Example", offer=_BOTH)
    assert written.pages == 1
    assert _LATER.young_person in _text(written.path.read_bytes())
    views = views_of(desk)
    (given,) = copies_given(desk.store, desk.case)
    assert views is not None
    assert given.issued.plan == views.plan
    assert given_words(given).startswith("Page of both views as PDF, version 1")


def test_what_was_said_before_the_sealing_is_in_the_sealed_copy(desk: Desk) -> None:
    write_down(desk, _FIRST)
    assert not left_out_words(desk)
    _signed(desk)
    assert not left_out_words(desk)
    assert _FIRST.young_person in _text(copy_to_give(desk, STANDARD).content)
    assert "does not have them" not in text_of(views_document(desk))
    # Said once more, otherwise: the sealed copy has the first.
    write_down(desk, _LATER)
    assert left_out_words(desk)


def test_before_there_are_views_there_is_no_page_of_them(desk: Desk) -> None:
    with pytest.raises(NotFound, match="No views"):
        copy_to_give(desk, _BOTH)
    assert desk.store.records(desk.case) == ()
