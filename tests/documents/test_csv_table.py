import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.documents.spreadsheets.bounds import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, Watch
from supportplan.documents.spreadsheets.csv_table import write_csv
from supportplan.documents.spreadsheets.opening import open_table
from supportplan.domain.problems import BadInput, NotFound, Problem, Stopped
from supportplan.domain.schedules.columns import guess
from supportplan.domain.schedules.reading_rows import RawRow
from supportplan.domain.schedules.schedule import Row, Schedule
from supportplan.domain.schedules.taking import take
from tests.domain.test_schedule import row, schedule, schedules
from tests.spreadsheets import csv_bytes

ROWS = [
    ["Code", "Service", "Cost"],
    ["007", "Café – a\u00a0visit", "£1,250.00"],
    ["8", 'He said "no", twice', "16.29"],
]


def read(path: Path, content: bytes) -> list[tuple[str, ...]]:
    path.write_bytes(content)
    with open_table(path) as table:
        return [row.cells for row in table.rows("")]


def refused(path: Path, content: bytes) -> Problem:
    with pytest.raises(Problem) as problem:
        read(path, content)
    assert path.name in problem.value.where
    assert problem.value.mend
    return problem.value


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found_out(tmp_path: Path, encoding: str, delimiter: str) -> None:
    content = csv_bytes(ROWS, delimiter=delimiter, encoding=encoding)
    assert read(tmp_path / "a.csv", content) == [tuple(cells) for cells in ROWS]


def test_an_old_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes(ROWS, encoding="cp1252"))
    with open_table(path) as table:
        assert "Windows-1252" in table.warnings[0]
    path.write_bytes(csv_bytes(ROWS))
    with open_table(path) as table:
        assert table.warnings == ()
        assert (table.sheets, table.hidden) == (("",), ())


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'Code,Name\r\n\r\nA,"two\nlines"\nB,next\n,,\nC,last')
    with open_table(path) as table:
        assert [(row.number, row.cells) for row in table.rows("") if row.filled] == [
            (1, ("Code", "Name")), (3, ("A", "two\nlines")), (4, ("B", "next")), (6, ("C", "last")),
        ]  # fmt: skip


def test_a_line_that_tells_excel_the_delimiter_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"sep=;\r\nA;B,C\r\n")
    with open_table(path) as table:
        assert [(row.number, row.cells) for row in table.rows("")] == [(1, ("A", "B,C"))]


def test_a_comma_for_pence_does_not_mislead_the_delimiter(tmp_path: Path) -> None:
    content = "Service;Unit;Cost\r\n" + "".join(f"Care {number};hour;{number},50\r\n" for number in range(40))
    assert read(tmp_path / "a.csv", content.encode())[1] == ("Care 0", "hour", "0,50")


def test_other_signs_inside_cells_do_not_mislead_the_delimiter(tmp_path: Path) -> None:
    content = b"Code,Service,Unit,Cost\nA,Care; day,hour\nB,Care; night,hour,1\nC,Club,hour,2;\n"
    assert read(tmp_path / "a.csv", content)[1] == ("A", "Care; day", "hour")


def test_blanks_at_the_end_of_a_row_are_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", b"A,B,,,\n") == [("A", "B")]
    assert read(tmp_path / "a.csv", b"") == []
    assert read(tmp_path / "a.csv", b"A" + b"," * 5_000) == [("A",)]


def test_a_workbook_called_csv_is_read_as_a_workbook(tmp_path: Path) -> None:
    from tests.spreadsheets import save_workbook

    path = save_workbook(tmp_path / "a.xlsx", {"Prices": ROWS}).rename(tmp_path / "a.csv")
    with open_table(path) as table:
        assert [row.cells for row in table.rows("Prices")] == [tuple(cells) for cells in ROWS]


HOSTILE = [
    (b'A,B\n"never ends,' + b"x" * 200_000, "never ends"),
    (b'A,B\n"never ends', "never ends"),
    (b'A,B\n"quoted" and not,1', "quotation mark"),
    (b"A,B\n" + b"x," * 300 + b"x", f"more than {MOST_COLUMNS} columns"),
    (b"a," * 1_000_000, "too long"),
    (b"A,B\n" + b"x" * (MOST_LETTERS + 1), "more than 32,767 characters"),
    (b"x" * 3_000_000, "too long"),
    (b"A\n" * (MOST_ROWS + 1), "more than 100,000 rows"),
    (b"\x00\x01\x02binary", "neither a CSV"),
    (b"A,B\n" + b"x" * 70_000 + b"\x00", "neither a CSV"),
    (b"\x81\x8d\x8f,\xff\xfe", "neither a CSV"),
    (b"\xff\xfe\x00", "neither a CSV"),
    (b"%PDF-1.7 ...", "PDF"),
    (b"<html><table>", "web page"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old kind of Office file"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
]


@pytest.mark.parametrize(("content", "what"), HOSTILE, ids=[f"{len(raw)}-{what}" for raw, what in HOSTILE])
def test_hostile_and_mistaken_files_are_refused_in_plain_words(
    tmp_path: Path, content: bytes, what: str
) -> None:
    assert what in refused(tmp_path / "prices.csv", content).what


def test_files_that_cannot_be_had(tmp_path: Path) -> None:
    with pytest.raises(NotFound), open_table(tmp_path / "none.csv"):
        pass
    with pytest.raises(BadInput, match="folder"), open_table(tmp_path):
        pass
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(BadInput, match="64 MB"), open_table(huge):
        pass


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that never ends")
def test_a_device_is_no_file() -> None:
    with pytest.raises(BadInput, match="ordinary file"), open_table(Path("/dev/zero")):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hold_us_up(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(BadInput, match="ordinary file"), open_table(pipe):
        pass


def test_progress_is_told_and_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"A,B\n" * 5_000)
    told: list[tuple[int, int]] = []
    with open_table(path, Watch(progress=lambda done, whole: told.append((done, whole)))) as table:
        assert sum(1 for _ in table.rows("")) == 5_000
    assert told == sorted(told)
    assert {whole for _, whole in told} == {20_000}
    with open_table(path, Watch(cancelled=lambda: len(told) > 0)) as table, pytest.raises(Stopped):
        list(table.rows(""))


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_plain_words(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "random.csv"
    path.write_bytes(content)
    found: list[RawRow] = []
    with contextlib.suppress(Problem), open_table(path) as table:
        found += table.rows(table.sheets[0])
    assert [row.number for row in found] == list(range(1, len(found) + 1))


CELLS = st.text(max_size=12).map(lambda text: "".join(sign for sign in text if sign.isprintable()))


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], encoding: str
) -> None:
    # A first cell like these makes the file look like something else, which is refused or taken as told.
    if rows[0][0].lower().startswith(("sep=", "<", "%pdf", "pk")) or rows[0][0].startswith("\ufeff"):
        return
    widened = [
        ["Code", "Service", "Unit", "Cost", "From"],
        *([f"x{cell}" for cell in cells] for cells in rows),
    ]
    path = tmp_path_factory.getbasetemp() / "written.csv"
    found = read(path, csv_bytes(widened, encoding=encoding))
    assert found == [tuple(cells) for cells in widened]


def taken_back(path: Path, content: bytes) -> tuple[Row, ...]:
    path.write_bytes(content)
    with open_table(path) as table:
        rows = table.rows("")
        found = take(rows, guess(next(rows).cells))
    assert found.errors == ()
    return found.made


@given(schedules())
def test_a_schedule_written_and_read_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, one: Schedule
) -> None:
    assert taken_back(tmp_path_factory.getbasetemp() / "round.csv", write_csv(one)) == one.rows


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "'=", "''-", "＝", "'", "'x"])
def test_no_cell_that_is_written_runs_as_a_formula(tmp_path: Path, start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    one = schedule(row(code=f"{start}1", name=text, notes=text, area=text))
    written = write_csv(one)
    assert taken_back(tmp_path / "a.csv", written) == one.rows
    for line in written.decode("utf-8-sig").splitlines()[1:]:
        assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@", "＝")) for cell in line.split(","))
