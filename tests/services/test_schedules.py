import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from supportplan.documents.spreadsheets.csv_table import write_csv
from supportplan.domain.canonical import canonical, digest
from supportplan.domain.costing import cost
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadSchedule, NotFound, Problem, Stopped
from supportplan.domain.schedules.repricing import reprice
from supportplan.domain.schedules.schedule import read_schedule, to_rate
from supportplan.services.schedules import ImportResult, import_schedule, sample_schedule
from tests.spreadsheets import (
    COUNCIL_ROWS,
    HEADER_XML,
    NDIS_AREAS,
    OWN_HEADER,
    csv_bytes,
    ndis_rows,
    raw_workbook,
    row_xml,
    save_workbook,
)


def from_csv(
    folder: Path, rows: Iterable[Sequence[str]], *, encoding: str = "utf-8", **more: Any
) -> ImportResult:
    path = folder / "prices.csv"
    path.write_bytes(csv_bytes(rows, encoding=encoding))
    return import_schedule(path, **more)


def test_the_sample_schedule_is_a_dated_example_that_prices_the_sample_case(sample: Plan) -> None:
    schedule = sample_schedule()
    assert schedule.dated_example
    assert "example" in schedule.name
    assert "2024" in schedule.source
    assert all("example" in row.notes for row in schedule.rows)
    rates = {row.item_code: str(row.rate) for row in schedule.rows}
    assert (rates["AGENCY-STD"], rates["PA-STD"]) == ("21.36", "16.29")
    for support in sample.supports:
        if support.rate is not None and support.rate.item:
            (row,) = [one for one in schedule.rows if one.item_code == support.rate.item]
            assert to_rate(row, schedule) == msgspec.structs.replace(support.rate, reason="", top_up=None)
            assert row.in_house == (support.paid_by == "in_house")
            assert support.route in row.allowed_routes
    assert reprice(sample, schedule).changes == ()
    assert len(reprice(sample, schedule).lines) == 8
    assert str(cost(sample).totals.total_budget) == "13891.26"


def test_the_catalogue_comes_in_the_same_from_csv_and_from_a_workbook(tmp_path: Path) -> None:
    rows = ndis_rows(60)
    one = from_csv(tmp_path, rows, encoding="utf-8-sig", name="Catalogue")
    path = save_workbook(tmp_path / "catalogue.xlsx", {"Catalogue": rows})
    other = import_schedule(path, name="Catalogue")
    assert one.version_id == other.version_id
    assert (one.rows, one.taken, one.errors) == (60, 60, ())
    assert one.schedule is not None
    assert (one.schedule.currency, one.schedule.label) == ("AUD", "2025-07-01")
    assert tuple(dict.fromkeys(row.area for row in one.schedule.rows)) == NDIS_AREAS
    assert len(one.schedule.rows) == 600
    assert other.sheet == "Catalogue"
    assert read_schedule(canonical(one.schedule)) == one.schedule
    assert digest(canonical(one.schedule)) == one.version_id


def test_one_area_of_the_catalogue(tmp_path: Path) -> None:
    found = from_csv(tmp_path, ndis_rows(10), area="Remote")
    assert found.schedule is not None
    assert {row.area for row in found.schedule.rows} == {"Remote"}
    with pytest.raises(BadSchedule, match="no price column"):
        from_csv(tmp_path, ndis_rows(10), area="Coventry")


def test_a_sheet_of_a_council_with_titles_above_and_notes_below(tmp_path: Path) -> None:
    found = from_csv(tmp_path, COUNCIL_ROWS, encoding="cp1252")
    assert found.schedule is not None
    assert [
        (row.item_code, row.name, row.unit, row.rate and str(row.rate)) for row in found.schedule.rows
    ] == [
        ("007", "Agency home care", "hour", "21.36"),
        ("008", "Personal assistant", "hour", "16.29"),
        ("009", "Waking night", "hour", "1019.10"),
        ("010", "Music therapy", "hour", None),
    ]
    assert {row.valid_from for row in found.schedule.rows} == {date(2024, 4, 1)}
    assert (found.schedule.name, found.schedule.label, found.header_row) == ("prices", "2024-04-01", 3)
    assert any("Windows-1252" in warning for warning in found.warnings)


def test_the_answer_of_the_command_line(tmp_path: Path) -> None:
    rows = [["Code", "Service", "Unit", "Rate"], ["A", "Care", "hour", "1"], ["B", "Care", "hour", "-1"]]
    answer = from_csv(tmp_path, rows).answer()
    assert msgspec.json.decode(msgspec.json.encode(answer)) == answer
    assert list(answer) == ["rows", "taken", "errors", "warnings", "version_id"]
    assert (answer["rows"], answer["taken"]) == (2, 1)
    assert answer["errors"] == [
        {"row": 3, "column": "Rate", "value": "-1", "reason": "is below nothing; a price cannot be negative"}
    ]
    assert len(answer["version_id"]) == 64


def test_no_good_row_makes_no_version(tmp_path: Path) -> None:
    found = from_csv(tmp_path, [["Code", "Service", "Unit", "Rate"], ["A", "Care", "hour", "-1"]])
    assert (found.rows, found.taken, found.version_id, found.schedule) == (1, 0, None, None)
    empty = from_csv(tmp_path, [["Code", "Service", "Unit", "Rate"]])
    assert (empty.rows, empty.taken, empty.version_id) == (0, 0, None)


def test_a_mapping_is_put_right_and_remembered(tmp_path: Path) -> None:
    rows = [["What", "Wieviel", "Je"], ["Care", "16.29", "hour"]]
    with pytest.raises(BadSchedule, match="price") as problem:
        from_csv(tmp_path, rows)
    assert problem.value.where == "prices.csv, row 1"
    found = from_csv(tmp_path, rows, corrections=["What=name", "Wieviel=rate", "Je=unit"])
    assert found.taken == 1
    remembered = {found.mapping.signature: found.mapping}
    rows[0] = ["WHAT ", " wieviel", "je"]
    again = from_csv(tmp_path, rows, remembered=remembered.get)
    assert (again.taken, again.version_id) == (1, found.version_id)
    turned = from_csv(tmp_path, rows, remembered=remembered.get, corrections=["What=item_code"])
    assert turned.schedule is not None
    assert (turned.schedule.rows[0].item_code, turned.schedule.rows[0].name) == ("Care", "Care")


def test_a_correction_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadSchedule, match="does not have") as problem:
        from_csv(tmp_path, [["Service", "Cost per hour"], ["Care", "1"]], corrections=["Price=rate"])
    assert problem.value.where == "--map Price=rate"


def test_hidden_and_other_sheets_are_named_and_not_used(tmp_path: Path) -> None:
    good = [["Service", "Cost per hour"], ["Care", "16.29"]]
    old = [["Service", "Cost per hour"], ["Care", "9.99"]]
    path = save_workbook(
        tmp_path / "a.xlsx", {"Old": old, "Notes": [["Read me"]], "Now": good, "More": good}, hidden=["Old"]
    )
    found = import_schedule(path)
    assert found.sheet == "Now"
    assert found.schedule is not None
    assert str(found.schedule.rows[0].rate) == "16.29"
    assert "Only the sheet “Now” was read. Others: Notes, More." in found.warnings
    assert "Hidden sheets were not read: Old." in found.warnings
    asked = import_schedule(path, sheet="Old")
    assert asked.schedule is not None
    assert str(asked.schedule.rows[0].rate) == "9.99"
    assert "The sheet “Old” is hidden; it was read because you asked for it." in asked.warnings
    with pytest.raises(NotFound, match="no such sheet"):
        import_schedule(path, sheet="Nowhere")
    with pytest.raises(NotFound, match="no such sheet"):
        from_csv(tmp_path, good, sheet="Now")


def test_a_workbook_of_hidden_sheets_only_is_not_read(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", HEADER_XML + row_xml(2, "A", "Care", "hour", "1"))
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode()
    for state in ("hidden", "veryHidden"):
        hidden = book.replace("<sheet name", f'<sheet state="{state}" name')
        raw_workbook(path, HEADER_XML + row_xml(2, "A", "Care", "hour", "1"), {"xl/workbook.xml": hidden})
        with pytest.raises(BadSchedule, match="only hidden sheets") as problem:
            import_schedule(path)
        assert "Prices" in problem.value.mend
        assert import_schedule(path, sheet="Prices").taken == 1


def test_formulas_without_results_are_errors_of_their_cells(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Service", "Cost per hour"], ["Care", "=8+8"], ["Club", 5.5]]
    found = import_schedule(save_workbook(tmp_path / "a.xlsx", {"Now": rows}))
    assert [(error.row, error.column) for error in found.errors] == [(2, "Cost per hour")]
    assert "formula" in found.errors[0].reason
    assert found.taken == 1


@pytest.mark.parametrize(
    ("currency", "expected"), [("£", "GBP"), ("", "GBP"), ("€", "EUR"), ("$", "USD"), ("AUD ", "AUD")]
)
def test_the_currency_is_what_the_file_names(tmp_path: Path, currency: str, expected: str) -> None:
    found = from_csv(tmp_path, [["Service", "Cost per hour"], ["Care", f"{currency}1"]])
    assert found.schedule is not None
    assert found.schedule.currency == expected
    assert any("US dollars" in warning for warning in found.warnings) == (currency == "$")
    asked = from_csv(tmp_path, [["Service", "Cost per hour"], ["Care", "1"]], currency="EUR")
    assert asked.schedule is not None
    assert asked.schedule.currency == "EUR"


def test_an_exported_schedule_comes_back_as_the_same_version(tmp_path: Path) -> None:
    sample = sample_schedule()
    path = tmp_path / "out.csv"
    path.write_bytes(write_csv(sample))
    again = import_schedule(
        path, name=sample.name, version=sample.label, source=sample.source, dated_example=sample.dated_example
    )
    assert again.version_id == digest(canonical(sample))
    assert again.mapping.left_out == ()
    assert [column.header for column in again.mapping.columns] == OWN_HEADER


@pytest.mark.parametrize(
    "content", [b"", b"\n\n\n", b"hello", b"\xef\xbb\xbf", b"a,b\n" * 40, b"PK\x03\x04nothing"]
)
def test_files_without_a_schedule_are_answered_in_plain_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(Problem) as problem:
        import_schedule(path)
    assert problem.value.where.startswith("odd.csv")
    assert problem.value.mend


def test_an_import_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        from_csv(tmp_path, ndis_rows(600), cancelled=lambda: True)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    from_csv(tmp_path, ndis_rows(600), area="ACT", progress=lambda done, _whole: told.append(done))
    assert told
    assert told[-1] == max(told)


def test_an_area_that_was_asked_for_once_does_not_narrow_what_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("code,name,unit,North,South\nPA,Personal assistant,hour,16.29,17.00\n", encoding="utf-8")
    corrections = ["North=rate:North", "South=rate:South"]
    narrowed = import_schedule(path, corrections=corrections, area="North")
    again = import_schedule(path, remembered=lambda _: narrowed.mapping)
    assert narrowed.taken == 1
    assert again.schedule is not None
    assert {row.area for row in again.schedule.rows} == {"North", "South"}
