"""What the measurements measure with: a comparison that is not fair says nothing."""

import io
from pathlib import Path

import pypdf
import pytest

from bench.material import People, plan_of, sample, write_csv, write_xlsx
from bench.measure import Times, fresh, in_turn, python
from bench.plain_html import page_of
from bench.plain_pdf import draw
from bench.table import Line, answer, plain_table
from supportplan.documents.model import Heading, Table
from supportplan.domain.costing import cost
from supportplan.services.copies import document_of
from supportplan.services.schedules import import_schedule


def test_works_run_equally_often_and_not_always_in_the_same_order() -> None:
    ran: list[str] = []
    found = in_turn({"a": lambda: ran.append("a"), "b": lambda: ran.append("b")}, 4, before=2)
    assert ran == ["b", "a", "a", "b"] * 3
    assert [len(times.seconds) for times in found.values()] == [4, 4]


def test_half_stay_within_the_median_and_nearly_all_within_the_slowest_of_twenty() -> None:
    times = Times(tuple(float(second) for second in range(100)))
    assert (times.p50, times.p95) == (49.5, 95.0)


@pytest.mark.parametrize(("figure", "reached"), [(0.0169, "yes"), (0.0171, "no")])
def test_a_line_says_whether_its_ratio_is_reached(figure: float, reached: str) -> None:
    line = Line("autosave", figure, "s", "raw commit", 0.01, 1.7)
    assert line.reached == answer(line)["reached"] == reached
    assert reached in plain_table([line]).splitlines()[-1].split()


def test_a_line_for_information_has_nothing_to_reach() -> None:
    assert Line("filling", 14.0).ratio is None
    assert Line("filling", 14.0).reached == Line("search", 2.0, "s", "another", 1.0).reached == ""


def test_a_program_that_fails_stops_the_measuring() -> None:
    with pytest.raises(RuntimeError, match="no such plan"):
        fresh(*python("-c", "raise SystemExit('no such plan')"))()


@pytest.mark.parametrize("lines", [60, 200])
def test_every_line_of_a_measured_plan_is_costed(lines: int) -> None:
    costing = cost(plan_of(lines))
    assert (len(costing.lines), costing.waiting) == (lines, ())


def test_a_measured_price_list_is_taken_whole(tmp_path: Path) -> None:
    found = [
        import_schedule(write(tmp_path / name, 60))
        for write, name in ((write_csv, "a.csv"), (write_xlsx, "a.xlsx"))
    ]
    assert [(one.taken, one.errors) for one in found] == [(60, ())] * 2
    assert found[0].schedule is not None
    assert found[1].schedule is not None
    assert found[0].schedule.rows == found[1].schedule.rows


def test_among_many_people_there_are_as_many_words_as_in_a_city() -> None:
    people = People()
    assert len({word for number in range(100_000) for word in people.name(number)}) == 31_000


def test_plain_copies_say_what_the_standard_copy_says() -> None:
    document = document_of(sample())
    drawn = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(draw(document))).pages)
    words = {word for block in document.blocks if isinstance(block, Heading) for word in block.text.split()}
    words |= {
        word
        for block in (*document.blocks, *document.last_page.totals)
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for word in cell.text.split()
    }
    assert words <= set(drawn.split())
    page = page_of(document).replace("&#x27;", "'").replace("&amp;", "&")
    assert all(word in page for word in words)
