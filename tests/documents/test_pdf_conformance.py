"""What veraPDF and `page` ask of every file, and what neither of them sees."""

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from supportplan.documents import model
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.words import PlanFacts, Signer
from supportplan.domain.canonical import canonical
from supportplan.domain.costing import cost
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Plan
from tests.pdf_checkers import by_page, by_verapdf, failures
from tests.plans import LONG_WORD, POLISH, WELSH, plan_of, sample_plan
from tests.tag_tree import Tag, kids_of, tag_tree, words_by_tags

URDU = "محمد علی خان"
BENGALI = "সিয়ান খাতুন"
SIGNED = PlanFacts(
    signers=(
        Signer("person", "The person", signed=f"Jo {WELSH}, by typed name", on=date(2026, 11, 26)),
        Signer("facilitator", "The facilitator"),
        Signer("approver", "For the council", name="Ann Example"),
    )
)
PLANS: dict[str, tuple[Plan, PlanFacts]] = {
    "the sample": (sample_plan(), PlanFacts()),
    "one line": (plan_of(1), PlanFacts()),
    "60 lines": (plan_of(60), PlanFacts()),
    "words of 400 letters": (plan_of(2, text=LONG_WORD, name=LONG_WORD), PlanFacts()),
    "Welsh and Polish": (plan_of(8, text=f"{WELSH} {POLISH}", name=WELSH), PlanFacts()),
    "Urdu": (plan_of(3, text=f"{URDU} (Tom) £5", name=URDU), PlanFacts()),
    "Bengali": (plan_of(3, text=BENGALI, name=BENGALI), PlanFacts()),
    "signs for letters no font has": (plan_of(1, name="李 小龙"), PlanFacts()),
    "signed": (sample_plan(), SIGNED),
}
each_plan = pytest.mark.parametrize("name", PLANS)
# What is read of other scripts than these is in `test_scripts.py`: pdfplumber knows no `ActualText`.
each_latin_plan = pytest.mark.parametrize(
    "name", [name for name in PLANS if name not in ("Urdu", "Bengali", "signs for letters no font has")]
)


@cache
def document(name: str) -> model.Document:
    plan, facts = PLANS[name]
    costing = cost(plan)
    return plan_document(plan, costing, calendar(plan, costing), facts)


@cache
def made(name: str) -> bytes:
    return render_pdf(document(name)).pdf


@each_plan
def test_the_file_keeps_pdf_ua_1_and_pdf_a_3a(name: str, tmp_path: Path) -> None:
    assert failures(made(name), tmp_path) == []


def texts(blocks: tuple[model.Block, ...]) -> Iterator[str]:
    """What a reader must be told, in its order."""
    for block in blocks:
        match block:
            case model.Heading() | model.Paragraph():
                yield block.text
            case model.Bullets():
                yield from block.items
            case model.Table():
                yield from (column.header for column in block.columns)
                for row in block.rows:
                    for cell in row.cells:
                        yield from (cell.text, cell.note)
            case model.Card():
                yield block.title
                for fact in block.facts:
                    yield from (fact.label, fact.text)
            case model.Figure():
                yield block.title
                for bar in block.bars:
                    yield from (bar.label, bar.value)


def flat(text: str) -> str:
    return " ".join(text.split())


@each_latin_plan
def test_every_text_is_read_whole_and_in_its_order_by_the_tags(name: str) -> None:
    read = flat(words_by_tags(made(name)))
    page = document(name).last_page
    at = 0
    for text in texts((*document(name).blocks, *page.totals)):
        found = read.find(flat(text), at)
        assert found >= 0, text
        at = found + len(flat(text))
    for field in page.signatures:
        for text in (field.role, field.name, field.signed, field.on):
            assert flat(text) in read[at:]


@each_latin_plan
def test_no_word_is_broken_for_who_takes_the_text_from_the_page(name: str) -> None:
    told = subprocess.run(
        ["pdftotext", "-", "-"], input=made(name), capture_output=True, check=True
    ).stdout.decode()
    words = {word for text in texts(document(name).blocks) for word in text.split() if len(word) < 20}
    assert words
    assert words <= set(told.split())


@each_plan
def test_every_table_has_headers_for_its_columns_and_rows(name: str) -> None:
    tables = list(tag_tree(made(name)).all("Table"))
    drawn = [
        block
        for block in (*document(name).blocks, *document(name).last_page.totals)
        if isinstance(block, model.Table)
    ]
    assert len(tables) == len(drawn)
    for table, source in zip(tables, drawn, strict=True):
        assert has_headers(table)
        assert table.attributes["/Summary"] == source.caption
        # A header that is repeated on each page is read once.
        assert [part.kind for part in table.within] == ["THead", "TBody"]
        assert len(table.within[1].within) == len(source.rows)


def has_headers(table: Tag) -> bool:
    """Whether each column has its header, each row its own, and all rows are of one length."""
    (header,) = table.within[0].within
    columns = [(cell.kind, cell.attributes.get("/Scope")) for cell in header.within]
    rows = [
        (row.within[0].kind, row.within[0].attributes.get("/Scope"), {cell.kind for cell in row.within[1:]})
        for row in table.within[1].within
    ]
    lengths = {
        sum(int(cell.attributes.get("/ColSpan", "1")) for cell in row.within)
        for row in table.within[1].within
    }
    return (
        set(columns) == {("TH", "/Column")}
        and all(row == ("TH", "/Row", {"TD"}) for row in rows)
        and lengths == {len(columns)}
    )


def test_a_figure_says_in_words_what_it_shows() -> None:
    figures = [block for block in document("60 lines").blocks if isinstance(block, model.Figure)]
    tags = list(tag_tree(made("60 lines")).all("Figure"))
    assert figures
    assert [tag.attributes["/Alt"] for tag in tags] == [figure.words for figure in figures]
    assert all("/BBox" in tag.attributes for tag in tags)


def test_the_file_carries_the_plan_that_it_was_made_from() -> None:
    with pikepdf.Pdf.open(BytesIO(made("the sample"))) as file:
        (attached,) = file.Root.AF
        assert attached.AFRelationship == pikepdf.Name.Source
        assert attached.EF.F.read_bytes() == canonical(sample_plan())
        assert list(file.attachments) == ["plan.json"]
        assert file.attachments["plan.json"].get_file().read_bytes() == canonical(sample_plan())


def fields(pdf: bytes) -> dict[str, str]:
    """The signature fields of a file and what they say they are for."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as file:
        found = {str(field.T): str(field.TU) for field in file.Root.AcroForm.Fields}
        last = file.pages[-1].obj
        assert len(last.Annots) == len(found)
        assert all(pikepdf.Name.Sig == field.FT and "/V" not in field for field in file.Root.AcroForm.Fields)
    return found


def test_there_is_a_field_for_the_seal_and_for_each_who_has_not_signed() -> None:
    assert fields(made("signed")) == {
        "sign-facilitator": "Signature: The facilitator",
        "sign-approver": "Signature: For the council, Ann Example",
        "seal": "Seal, by which any later change can be found",
    }
    forms = list(tag_tree(made("signed")).all("Form"))
    assert len(forms) == 3
    assert all(form.within == () for form in forms)


def mutated(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    saved = BytesIO()
    with pikepdf.Pdf.open(BytesIO(made("signed"))) as file:
        change(file)
        file.save(saved)
    return saved.getvalue()


def element(file: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    """The first element of a kind, as the file is read."""
    waiting = [file.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop(0)
        if f"/{kind}" == one.S:
            return one
        waiting = [
            kid for kid in kids_of(one) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        ] + waiting
    raise LookupError(kind)


def without_the_name_of_the_standard(file: pikepdf.Pdf) -> None:
    xmp = file.Root.Metadata.read_bytes()
    file.Root.Metadata.write(re.sub(rb"<pdfuaid:part>1</pdfuaid:part>", b"", xmp))


def words_outside_the_tags(file: pikepdf.Pdf) -> None:
    contents = file.pages[0].Contents.read_bytes()
    file.pages[0].Contents.write(
        re.sub(rb"/P <</MCID \d+>> BDC(.*?)EMC", rb"\1", contents, count=1, flags=re.DOTALL)
    )


class Fault(NamedTuple):
    """Something that is wrong with a file, and the rule by which veraPDF finds it."""

    change: Callable[[pikepdf.Pdf], None]
    rule: str


FAULTS = {
    "no language": Fault(lambda file: file.Root.__delitem__("/Lang"), "7.2-34"),
    "not marked as tagged": Fault(lambda file: file.Root.__delitem__("/MarkInfo"), "6.2-1"),
    "no meaning of colours": Fault(lambda file: file.Root.__delitem__("/OutputIntents"), "6.2.4.3-2"),
    "no name of the standard": Fault(without_the_name_of_the_standard, "5-1"),
    "a field that says nothing": Fault(
        lambda file: file.Root.AcroForm.Fields[0].__delitem__("/TU"), "7.18.1-3"
    ),
    "a field in no element": Fault(
        lambda file: file.Root.AcroForm.Fields[0].__delitem__("/StructParent"), "7.18.4-1"
    ),
    "an attachment with no purpose": Fault(
        lambda file: file.Root.AF[0].__delitem__("/AFRelationship"), "6.8-3"
    ),
    "words outside the tags": Fault(words_outside_the_tags, "7.1-3"),
    "a level of headings left out": Fault(
        lambda file: element(file, "H2").__setitem__("/S", pikepdf.Name.H3), "7.4.2-1"
    ),
    "a figure without words": Fault(lambda file: element(file, "Figure").__delitem__("/Alt"), "7.3-1"),
    "a page in no order": Fault(lambda file: file.pages[-1].obj.__delitem__("/Tabs"), "7.18.3-1"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_single_fault_is_found(fault: str) -> None:
    wrong = mutated(FAULTS[fault].change)
    assert by_page(wrong, "ua1") + by_page(wrong, "3a") != []


def test_verapdf_finds_each_of_them_in_a_file_that_has_them_all() -> None:
    def all_at_once(file: pikepdf.Pdf) -> None:
        for fault in FAULTS.values():
            fault.change(file)

    wrong = mutated(all_at_once)
    found = {broken.split()[0] for profile in ("ua1", "3a") for broken in by_verapdf(wrong, profile)}
    assert found >= {fault.rule for fault in FAULTS.values()}


def test_a_header_that_is_none_is_found_by_us_where_the_checkers_see_nothing(tmp_path: Path) -> None:
    wrong = mutated(lambda file: element(file, "TH").__setitem__("/S", pikepdf.Name.TD))
    assert failures(wrong, tmp_path) == []
    assert not all(has_headers(table) for table in tag_tree(wrong).all("Table"))
