import contextlib
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.documents.spreadsheets.bounds import Watch
from supportplan.documents.spreadsheets.opening import open_table
from supportplan.domain.problems import BadInput, Problem, Stopped
from supportplan.domain.schedules.reading_rows import RawRow
from tests.spreadsheets import HEADER_XML, raw_workbook, row_xml, save_workbook, sheet_xml

# A spreadsheet knows no time zones.
MIDNIGHT = datetime(2025, 7, 1)  # noqa: DTZ001 - it is what the library hands out and takes
ROWS: list[list[Any]] = [["Code", "Service", "Cost"], ["007", "Café", 16.29]]


def read(path: Path, sheet: str = "Prices") -> list[RawRow]:
    with open_table(path) as table:
        return list(table.rows(sheet))


def cells(path: Path, sheet: str = "Prices") -> list[tuple[str, ...]]:
    return [row.cells for row in read(path, sheet)]


def test_values_come_as_a_person_sees_them(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Prices"
    values: list[Any] = [
        "007", 7, 16.29, 16.289999999999999, 1 / 3, 0.1 + 0.2, date(2025, 7, 1), MIDNIGHT, MIDNIGHT.replace(hour=9, minute=30),
        True, None, "  stray ", 1e-7, 123456789012, 2.5e15,
    ]  # fmt: skip
    sheet.append(values)
    sheet["B1"].number_format = "00000"
    sheet["C1"].number_format = "£#,##0.00"
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [
        ("007", "00007", "£16.29", "16.29", "0.333333333333333", "0.3", "2025-07-01", "2025-07-01", "2025-07-01 09:30:00",
         "Y", "", "stray", "0.0000001", "123456789012", "2.5E+15"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (0.2, "0%", "20%"),
        (0.175, "0.0%", "17.5%"),
        (20, '0" % off"', "20"),
        (16.29, "[$£-809]#,##0.00", "£16.29"),
        (16.29, "[$EUR] #,##0.00", "EUR16.29"),
        (16.29, '"£"#,##0.00;[Red]-"£"#,##0.00', "£16.29"),
        (16.29, "#,##0.00 [$zł-415]", "16.29"),
        (16.5, "0.00", "16.5"),
    ],
)
def test_a_number_comes_with_what_its_format_says_of_it(
    tmp_path: Path, value: float, shown_as: str, text: str
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Prices"
    sheet.append([value])
    sheet["A1"].number_format = shown_as
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [(text,)]


def test_merged_cells_stand_for_every_row_beside_them(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Prices"
    for row in (
        ["Group", "Service", "Cost"],
        ["Home", "Care", 1],
        [None, "Night", 2],
        [None, "Day", 3],
        [None, "Own", 4],
    ):
        sheet.append(row)  # fmt: skip
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B5:C5")
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx")[1:] == [
        ("Home", "Care", "1"), ("Home", "Night", "2"), ("Home", "Day", "3"), ("", "Own"),
    ]  # fmt: skip


def test_a_workbook_may_count_its_days_from_1904(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.title = "Prices"
    sheet.append([date(2025, 7, 1), 44377])
    book.save(tmp_path / "a.xlsx")
    (row,) = read(tmp_path / "a.xlsx")
    assert (row.cells, row.since_1904) == (("2025-07-01", "44377"), True)


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    data = row_xml(2, "Code", "Name") + row_xml(5, "A", "Care") + '<row r="6"><c r="A6" s="0"/></row>'
    found = read(raw_workbook(tmp_path / "a.xlsx", data))
    assert [(row.number, row.cells) for row in found] == [
        (1, ()), (2, ("Code", "Name")), (3, ()), (4, ()), (5, ("A", "Care")),
    ]  # fmt: skip


def test_a_formula_without_a_stored_result_is_named(tmp_path: Path) -> None:
    data = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1*2</f></c><c r="C1"><f>A1</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="inlineStr"><is><t>x</t></is></c></row>'
        '<row r="3"><c r="C3"><f>B1</f></c></row>'
    )
    found = read(raw_workbook(tmp_path / "a.xlsx", data))
    assert found == [RawRow(1, ("2", "", "", "", "x"), (1, 2)), RawRow(2, ()), RawRow(3, ("", "", ""), (2,))]


def test_errors_and_line_breaks_in_cells(tmp_path: Path) -> None:
    data = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="inlineStr"><is><t>two_x000D_\nlines</t></is></c></row>'
    assert cells(raw_workbook(tmp_path / "a.xlsx", data)) == [("#REF!", "two \nlines")]


def test_hidden_sheets_are_named_and_only_read_when_asked_for(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "a.xlsx", {"Old": ROWS, "Prices": ROWS, "Secret": [["x"]]}, hidden=["Old", "Secret"]
    )
    with open_table(path) as table:
        assert (table.sheets, table.hidden) == (("Prices",), ("Old", "Secret"))
        assert [row.cells for row in table.rows("Secret")] == [("x",)]


def test_what_a_file_says_of_its_own_size_is_not_believed(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", HEADER_XML)
    lying = sheet_xml(HEADER_XML + row_xml(2, "A", "Care", "hour", "1")).replace(
        "<sheetData>", '<dimension ref="A1:B1"/><sheetData>'
    )
    raw_workbook(path, "", {"xl/worksheets/sheet1.xml": lying})
    assert len(cells(path)) == 2
    assert len(cells(path)[0]) == 4


def cell_xml(reference: str, value: str = "1") -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + f']><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="inlineStr"><is><t>&i;</t></is></c></row></sheetData></worksheet>'
)
SHEET = "xl/worksheets/sheet1.xml"
HOSTILE: dict[str, tuple[str, dict[str, str | bytes], str]] = {
    "zip bomb": ("", {SHEET: b"<!-- " + b" " * (65 * 1024 * 1024)}, "64 MB"),
    "swelling part": ("", {"xl/media/a.xml": bytes(40 * 1024 * 1024)}, "64 MB"),
    "billion laughs": ("", {SHEET: LAUGHS}, "document type"),
    "billion laughs in UTF-16": ("", {SHEET: LAUGHS.encode("utf-16")}, "document type"),
    "entities in the strings": ("", {"xl/sharedStrings.xml": LAUGHS}, "document type"),
    "entities in an odd part": ("", {"xl/odd.bin": LAUGHS}, "document type"),
    "a million columns": ('<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>", {}, "more cells"),
    "201 columns": (f'<row r="1">{cell_xml("A1")}{cell_xml("GS1")}</row>', {}, "200 columns"),
    "201 columns, unnamed": ('<row r="1">' + "<c><v>1</v></c>" * 201 + "</row>", {}, "200 columns"),
    "far rows": (HEADER_XML + row_xml(1_000_000, "x"), {}, "100,000 rows"),
    "rows beyond Excel": (row_xml(99_999_999, "x"), {}, "out of order"),
    "rows backwards": (row_xml(5, "x") + row_xml(4, "y"), {}, "out of order"),
    "rows with odd numbers": ('<row r="1e9"><c><v>1</v></c></row>', {}, "out of order"),
    "many empty rows": ("<row/>" * 300_001, {}, "300,000 rows"),
    "huge cell": (row_xml(1, "x" * 40_000), {}, "32,767 characters"),
    "deep nesting": ("<a>" * 200 + "</a>" * 200, {}, "nested"),
    "long tag": ("", {SHEET: "<worksheet a='" + "x" * 2_000_000 + "'/>"}, "64 MB"),
    "many tags outside rows": ("", {SHEET: sheet_xml("").replace("<sheetData>", "<x/>" * 300_100 + "<sheetData>")}, "more in it"),
    "many shared texts": ("", {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "<si/>" * 1_000_001 + "</sst>"}, "more in it"),
    "no XML": ("", {SHEET: b"\x00\x01\x02"}, "damaged"),
    "no workbook part": ("", {"xl/workbook.xml": "<a/>"}, "no sheets"),
    "shared text that is not there": ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', {}, "damaged"),
    "number that is none": ('<row r="1"><c r="A1"><v>1.2.3</v></c></row>', {}, "damaged"),
    "strict": ("", {SHEET: sheet_xml("").replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")}, "Strict"),
    "OpenDocument": ("", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "OpenDocument"),
    "xlsb": ("", {"xl/workbook.bin": b"x"}, "binary Excel"),
    "Word": ("", {"word/document.xml": "<a/>"}, "is a document"),
    "Numbers": ("", {"Index/Document.iwa": b"x"}, "Numbers"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_and_mistaken_workbooks_are_refused_in_plain_words(tmp_path: Path, kind: str) -> None:
    data, parts, what = HOSTILE[kind]
    # Parts that pack too well are refused before what is in them is counted; so most are not packed at all.
    path = raw_workbook(
        tmp_path / "prices.xlsx", data, parts, packed=kind in ("zip bomb", "swelling part", "long tag")
    )
    with pytest.raises(Problem) as problem:
        read(path)
    assert what in problem.value.what
    assert problem.value.where.startswith("prices.xlsx")
    assert problem.value.mend


def test_a_long_tag_that_packs_badly_is_refused_as_well(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    raw_workbook(path, "", {SHEET: "<worksheet a='" + "x" * 900_000 + "'/>"})
    with pytest.raises(BadInput, match="tag that is too long"):
        read(path)


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("prices.csv", "a,b")
    with pytest.raises(BadInput, match="ZIP archive"):
        read(path)


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", HEADER_XML)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, sheet_xml(HEADER_XML))
    with pytest.raises(BadInput, match="parts that no workbook has"):
        read(path)


@pytest.mark.parametrize("part", [10, 1_000, -1, -30])
def test_a_workbook_cut_off_is_damaged(tmp_path: Path, part: int) -> None:
    path = save_workbook(tmp_path / "a.xlsx", {"Prices": ROWS})
    path.write_bytes(path.read_bytes()[:part])
    with pytest.raises(BadInput, match="damaged workbook"):
        read(path)


@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=20))
def test_flipped_bytes_end_in_rows_or_plain_words(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    whole = folder / "whole.xlsx"
    if not whole.exists():
        save_workbook(whole, {"Prices": ROWS * 20})
    raw = bytearray(whole.read_bytes())
    for place, byte in changes:
        raw[place % len(raw)] = byte
    (folder / "flipped.xlsx").write_bytes(raw)
    with contextlib.suppress(Problem), open_table(folder / "flipped.xlsx") as table:
        for sheet in table.sheets:
            list(table.rows(sheet))


XML_PIECES = [
    "<row>", "</row>", '<row r="2">', '<c r="A1">', "<c/>", "<c>", "</c>", "<v>", "</v>", "1", "x", "#N/A", '<c t="s">', '<c t="d">', '<c t="b">',
    "<f>", "</f>", '<f t="shared" si="0"/>', "<is>", "</is>", "<t>", "</t>", '<c s="9">', '<c r="ZZZ9">', "<v/>", "2024-01-01", "&#0;", "-1e999",
]  # fmt: skip


@given(st.lists(st.sampled_from(XML_PIECES), max_size=25))
def test_any_sheet_ends_in_rows_or_plain_words(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    path = raw_workbook(tmp_path_factory.getbasetemp() / "pieces.xlsx", "".join(pieces))
    with contextlib.suppress(Problem):
        read(path)


def test_progress_is_told_and_reading_can_be_stopped(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "a.xlsx", {"Prices": [["A", "B"]] * 1_000})
    told: list[tuple[int, int]] = []
    with open_table(path, Watch(progress=lambda done, whole: told.append((done, whole)))) as table:
        assert sum(1 for _ in table.rows("Prices")) == 1_000
    assert told[-1] == (768, 1_000)
    with pytest.raises(Stopped), open_table(path, Watch(cancelled=lambda: True)):
        pass


MEASURE = """
import re, resource, sys
from pathlib import Path
from supportplan.documents.spreadsheets.opening import open_table
from supportplan.domain.problems import Problem
import openpyxl, supportplan.documents.spreadsheets.csv_table, supportplan.documents.spreadsheets.xlsx_table

def peak():
    # Not getrusage, which counts what the parent held before this program was loaded.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

before = peak()
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
for path in sys.argv[1:]:
    try:
        with open_table(Path(path)) as table:
            for row in table.rows(table.sheets[0]):
                pass
    except Problem:
        pass
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux counts it")
def test_hostile_files_take_bounded_memory(tmp_path: Path) -> None:
    texts = f'<sst xmlns="{MAIN}">' + "<si><t>ab</t></si>" * 200_000 + "</sst>"
    workbooks: dict[str, tuple[str, dict[str, str | bytes]]] = {
        "bomb": HOSTILE["zip bomb"][:2],
        "laughs": HOSTILE["billion laughs"][:2],
        "a row without end": ('<row r="1">' + "<c/>" * 12_000_000 + "</row>", {}),
        "tags without end": ("<x/>" * 12_000_000, {}),
        "many texts": ("", {"xl/sharedStrings.xml": texts}),
    }
    paths = [
        raw_workbook(tmp_path / f"{kind}.xlsx", data, parts, packed=kind == "bomb")
        for kind, (data, parts) in workbooks.items()
    ]
    for number, content in enumerate([b"a," * 12_000_000, b'"' + b"x" * 24_000_000, b"a\n" * 12_000_000]):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, paths)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 128, "megabytes"
