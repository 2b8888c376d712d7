from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.schedules.columns import choose_area, guess
from supportplan.domain.schedules.reading_rows import RawRow
from supportplan.domain.schedules.schedule import Row
from supportplan.domain.schedules.search import RateIndex
from supportplan.domain.schedules.taking import take
from tests.spreadsheets import ndis_rows


def row(code: str, name: str, **more: Any) -> Row:
    return Row(item_code=code, name=name, unit="hour", rate_kind="quote", **more)


ROWS = (
    row("AGENCY-STD", "Home care agency, standard rate", category="Care at home"),
    row("PA-STD", "Personal assistant, standard rate", category="Care at home"),
    row("PA-SAT", "Personal assistant, Saturday", category="Care at home", day_type="sat"),
    row("WAKE", "Waking night", category="Nights"),
    row("SLEEP", "Sleep-in night", category="Nights", day_type="sleep_in"),
    row("PAYROLL", "Payroll service", category="Help with employing"),
    row("SWIM", "Swimming lesson", category="Activities", area="North"),
    row("CAFE", "Café training for Żaneta", category="Activities", valid_to=date(2025, 3, 31)),
    row("01_002_0107_1_1", "Assistance with self care", category="Core"),
)
INDEX = RateIndex(ROWS)


def codes(typed: str, **more: Any) -> list[str]:
    return [found.item_code for found in INDEX.search(typed, **more)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("personal assistant", "PA-STD"),
        ("standard assistant personal", "PA-STD"),
        ("pas", "PA-STD"),
        ("p a", "PA-STD"),
        ("pa sat", "PA-SAT"),
        ("sat pers", "PA-SAT"),
        ("wking nigt", "WAKE"),
        ("wakign", "WAKE"),
        ("nihgt sleep", "SLEEP"),
        ("swiming", "SWIM"),
        ("swm lsn", "SWIM"),
        ("perosnl asst std", "PA-STD"),
        ("payrol", "PAYROLL"),
        ("payrlol", "PAYROLL"),
        ("cafe zaneta", "CAFE"),
        ("01_002", "01_002_0107_1_1"),
        ("0107", "01_002_0107_1_1"),
        ("awsc", "01_002_0107_1_1"),
        ("asc", "01_002_0107_1_1"),
        ("employing", "PAYROLL"),
        ("north", "SWIM"),
        ("SWIMMING", "SWIM"),
        ("agency care", "AGENCY-STD"),
    ],
)
def test_what_people_type(typed: str, first: str) -> None:
    assert codes(typed)[0] == first


@pytest.mark.parametrize("typed", ["zebra", "personal zebra", "9999", "0108", "@"])
def test_nothing_fits(typed: str) -> None:
    assert codes(typed) == ([] if typed != "@" else [one.item_code for one in ROWS])


def test_nothing_typed_shows_the_schedule_in_its_order() -> None:
    assert INDEX.search("  ", most=100) == ROWS
    assert INDEX.search("", most=2) == ROWS[:2]


def test_days_and_areas_narrow_the_answer() -> None:
    assert codes("cafe", on=date(2025, 3, 31)) == ["CAFE"]
    assert codes("cafe", on=date(2025, 4, 1)) == []
    assert codes("swimming", area="north") == ["SWIM"]
    assert codes("swimming", area="South") == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Weiß House café", "Weiß"),
        ("Weiß House café", "weiss CAFE"),
        ("শ্রেয়া day centre", "শ্রেয়া"),
        ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "ਸਿੰਘ"),
        ("Children’s club", "Children's club"),
        ("Children’s club", "childrens"),
        ("Sleep-in night", "sleepin"),
        ("Łódź dance", "lodz"),
        ("Ørsted swimming", "orsted"),
    ],
)
def test_names_in_any_script_are_found_as_people_type_them(name: str, typed: str) -> None:
    index = RateIndex([row("A", name), row("B", "Other")])
    assert [found.item_code for found in index.search(typed)] == ["A"]


def test_words_are_split_as_in_every_search() -> None:
    index = RateIndex(
        [row("BAG", "Sleeping bag"), row("NIGHT", "Sleep-in night"), row("KI", "কি"), row("KA", "কা")]
    )
    assert [found.item_code for found in index.search("sleepin")] == ["NIGHT", "BAG"]
    assert [found.item_code for found in index.search("কা")] == ["KA"]


def test_a_whole_word_comes_before_a_beginning_and_a_slip() -> None:
    index = RateIndex([row("A", "Carers"), row("B", "Care"), row("C", "Cares group")])
    assert [found.item_code for found in index.search("care")] == ["B", "A", "C"]


CATALOGUE = RateIndex(
    take(
        [RawRow(number, tuple(cells)) for number, cells in enumerate(ndis_rows(300)[1:], start=2)],
        choose_area(guess(ndis_rows(0)[0]), "NSW"),
    ).made
)
PLACES = st.integers(0, len(CATALOGUE.rows) - 1)


@given(PLACES, st.randoms())
def test_words_in_any_order_find_the_row_and_give_one_answer(place: int, chance: Any) -> None:
    wanted = CATALOGUE.rows[place]
    words = wanted.name.replace("- ", "").split()
    found = CATALOGUE.search(" ".join(words))
    assert wanted.name in {row.name for row in found}
    assert found[0].name == wanted.name
    chance.shuffle(words)
    assert CATALOGUE.search(" ".join(words)) == found


@given(PLACES, st.data())
def test_a_letter_left_out_still_finds_the_row(place: int, data: st.DataObject) -> None:
    wanted = CATALOGUE.rows[place]
    first, second, *_ = wanted.name.split()
    at = data.draw(st.integers(1, len(second) - 1))
    found = CATALOGUE.search(f"{second[:at]}{second[at + 1 :]} {first}", most=1_000)
    assert wanted in found


@given(PLACES, st.data())
def test_beginnings_and_initials_find_the_row(place: int, data: st.DataObject) -> None:
    wanted = CATALOGUE.rows[place]
    first, second, *_ = wanted.name.split()
    start = data.draw(st.integers(1, len(first)))
    assert wanted in CATALOGUE.search(f"{second} {first[:start]}", most=1_000)
    assert wanted in CATALOGUE.search(first[0] + second[0], most=1_000)


@given(st.text(max_size=300), st.integers(0, 5))
def test_whatever_is_typed_has_an_answer(typed: str, most: int) -> None:
    found = INDEX.search(typed, most=most)
    assert len(found) <= most
    assert set(found) <= set(ROWS)


def test_an_empty_schedule_can_be_searched() -> None:
    assert RateIndex(()).search("care") == ()
