"""Copies of a case: the letter about its newest decision, and a team's own pictures."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageDraw

from supportplan.documents.model import Document, Idea
from supportplan.domain.cases.entries import plan_records
from supportplan.domain.edits import with_support
from supportplan.domain.money import Quantity
from supportplan.domain.problems import BadInput, NotFound
from supportplan.services.clock import today
from supportplan.services.copies import (
    PICTURES_ENVIRONMENT,
    case_document,
    document_of,
    usual_name,
    write_html,
)
from supportplan.services.copies_on_offer import COPIES
from supportplan.services.deciding import GivenDecision, decide
from supportplan.services.desk import Desk
from supportplan.services.profiles import profile_of
from supportplan.services.submitting import submit
from supportplan.services.views import GivenViews, write_down
from tests.copies import said
from tests.plans import sample_plan


def agree_with_changes(desk: Desk) -> None:
    """Ask for six hours a week, and have five agreed."""
    submit(desk)
    support = desk.plan.supports[0]
    desk.change(with_support(desk.plan, replace(support, quantity=Quantity("5"))), "Changed a support")
    reasons = "The sixth hour is the youth club's."
    decide(desk, GivenDecision("agreed_with_changes", by="Mair Morgan", on=today(), reasons=reasons))


def told(document: Document) -> str:
    return "\n".join(said(document))


def test_there_is_no_letter_before_there_is_a_decision(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no decision"):
        case_document(desk, "letter")
    with pytest.raises(NotFound, match="no decision"):
        document_of(sample_plan(), "letter")


def test_the_letter_is_about_the_versions_that_were_decided_on_whatever_is_on_the_desk(desk: Desk) -> None:
    agree_with_changes(desk)
    number = len(plan_records(desk.store.records(desk.case)))
    support = desk.plan.supports[0]
    desk.change(with_support(desk.plan, replace(support, quantity=Quantity("9"))), "Changed a support")
    letter = case_document(desk, "letter")
    words = told(letter)
    # 6 and 5 hours a week of 52 weeks at £16.29.
    assert "£5,082.48\n£4,235.40\n£847.08\nless" in words
    assert "The sixth hour is the youth club's." in words
    assert letter.version.startswith(f"Version {number} ")
    for signer in profile_of(desk.plan).signers:
        assert signer.words in words


def test_the_views_that_were_written_down_are_in_the_copies(desk: Desk) -> None:
    write_down(desk, GivenViews("The bus, alone.", "With somebody, please.", disagree=True, words="The bus."))
    for edition in ("standard", "large_print", "easy_read"):
        words = told(case_document(desk, edition))
        assert "The bus, alone." in words
        assert "With somebody, please." in words
    assert "Where we do not agree\nThe bus." in told(case_document(desk))


def test_a_teams_own_picture_stands_before_ours_small_upright_and_with_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PICTURES_ENVIRONMENT, str(tmp_path))
    picture = Image.new("RGBA", (4000, 1000), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 100, 100), fill="red")
    exif = Image.Exif()
    exif[0x010E] = "Taken at home by Jo"
    exif[0x0112] = 6
    picture.save(tmp_path / "money.png", exif=exif)
    (tmp_path / "money.txt").write_text("Sam at the\ncash machine\n", encoding="utf-8")
    shown = [
        block
        for block in document_of(sample_plan(), "easy_read").blocks
        if isinstance(block, Idea) and block.text.startswith("All the money for this plan")
    ]
    own = shown[0].picture
    assert own is not None
    assert own.words == "Sam at the cash machine"
    assert b"Taken at home" not in own.data
    with Image.open(BytesIO(own.data)) as small:
        assert small.mode == "RGB"
        assert max(small.size) <= 600
        assert small.height > small.width
        assert small.getpixel((5, small.height - 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(99), b"GIF89a" + bytes(99)]
)
def test_what_is_no_picture_is_named_and_nothing_is_made_without_it(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PICTURES_ENVIRONMENT, str(tmp_path))
    (tmp_path / "money.png").write_bytes(content)
    with pytest.raises(BadInput) as refused:
        document_of(sample_plan(), "easy_read")
    assert refused.value.where == "money.png"
    assert "PNG or JPEG" in refused.value.mend


def test_a_picture_of_a_size_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PICTURES_ENVIRONMENT, str(tmp_path))
    Image.new("1", (30_000, 30_000)).save(tmp_path / "money.png")
    with pytest.raises(BadInput):
        document_of(sample_plan(), "easy_read")


def test_html_is_written_whole_and_takes_the_place_of_html_only(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    document = document_of(sample_plan())
    write_html(document, page)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    write_html(document, page, replace=True)


def named(case: str, reference: str) -> str:
    plan = sample_plan()
    return usual_name(replace(plan, case=case, person=replace(plan.person, reference=reference)), ".pdf")


@pytest.mark.parametrize("reference", ["", "C-1042", "a family's / 7"])
def test_the_usual_names_of_two_cases_differ_though_all_else_is_alike(reference: str) -> None:
    assert named("case-1", reference) == named("case-1", reference) != named("case-2", reference)


def test_a_usual_name_is_short_and_says_nothing_of_the_person() -> None:
    plan = sample_plan()
    name = usual_name(replace(plan, person=replace(plan.person, reference="")), ".pdf")
    assert re.fullmatch(r"support-plan-[0-9a-f]{6}-\d{4}-\d\d-\d\d\.pdf", name)
    assert re.fullmatch(r"[\w.-]{1,60}", named("case-1", "../../etc/ a b:c*?" * 30))


def test_the_usual_names_of_the_copies_of_one_case_differ() -> None:
    names = [usual_name(sample_plan(), f".{one.medium}", one.kind) for one in COPIES]
    assert len(set(names)) == len(names)
    assert names[3].startswith("decision-letter-C-1042-")
