from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.schedules.columns import choose_area, correct, guess
from supportplan.domain.schedules.reading_rows import RawRow, RowError
from supportplan.domain.schedules.taking import Taken, take
from tests.spreadsheets import NDIS_AREAS, OWN_HEADER, ndis_rows

SHORT = ["Code", "Service", "Unit", "Cost", "From", "To"]


def taken(
    headers: list[str], *rows: list[str], area: str = "", currency: str = "", maps: tuple[str, ...] = ()
) -> Taken:
    mapping = correct(guess(headers), headers, maps)
    raw = (RawRow(number, tuple(row)) for number, row in enumerate(rows, start=2))
    return take(raw, choose_area(mapping, area) if area else mapping, area=area, currency=currency)


def test_a_row_of_our_own() -> None:
    text = "007,Personal  assistant,Care,hour,£16.29,GBP,2024-04-01,,North,guide,2,sat,1.5,2,1,exempt,Y,direct_payment,Note,Council"
    found = taken(OWN_HEADER, text.split(","))
    (row,) = found.made
    assert found.errors == ()
    assert (row.item_code, row.name, row.category, row.unit, str(row.rate)) == (
        "007", "Personal assistant", "Care", "hour", "16.29",
    )  # fmt: skip
    assert (row.valid_from, row.valid_to, row.area, row.rate_kind) == (
        date(2024, 4, 1),
        None,
        "North",
        "guide",
    )
    assert (row.tier, row.day_type, str(row.min_units), row.ratio_staff, row.ratio_people) == (
        "2",
        "sat",
        "1.5",
        2,
        1,
    )
    assert (row.vat, row.in_house, row.allowed_routes) == ("exempt", True, ("direct_payment",))
    assert (row.notes, row.source, found.currency) == ("Note", "Council", "GBP")


def test_rows_of_the_catalogue_come_in_for_all_areas_or_for_one() -> None:
    header, *rows = ndis_rows(20)
    every = taken(header, *rows)
    assert (every.rows, every.taken, every.errors) == (20, 20, ())
    assert len(every.made) == 20 * len(NDIS_AREAS)
    one = taken(header, *rows, area="Very Remote")
    assert {row.area for row in one.made} == {"Very Remote"}
    assert {row.item_code for row in one.made} == {row[0] for row in rows}
    first = one.made[0]
    assert (first.item_code, first.name, first.unit) == (
        "01_000_0000_1_1",
        "Harbour Company - level 0",
        "hour",
    )
    assert (str(first.rate), first.rate_kind, first.valid_from, first.valid_to) == (
        "36.00",
        "cap",
        date(2025, 7, 1),
        None,
    )
    assert [row.rate for row in one.made if row.rate_kind == "quote"] == [None, None]
    assert [row.unit for row in one.made[:6]] == ["hour", "each", "day", "week", "month", "year"]


def test_every_bad_cell_is_named_and_the_good_rows_are_taken() -> None:
    found = taken(
        SHORT,
        ["A", "Care", "hour", "-1", "31/02/2024", ""],
        ["B", "Care", "hour", "16.29", "2024-04-01", ""],
        ["C", "", "furlong", "16.12345", "2024-04-01", "2023-04-01"],
    )
    assert (found.rows, found.taken) == (3, 1)
    assert [row.item_code for row in found.made] == ["B"]
    assert {(error.row, error.column, error.value) for error in found.errors} == {
        (2, "Cost", "-1"), (2, "From", "31/02/2024"),
        (4, "Service", ""), (4, "Unit", "furlong"), (4, "Cost", "16.12345"), (4, "To", "2023-04-01"),
    }  # fmt: skip
    assert all(error.reason for error in found.errors)


def test_an_unlinked_cell_without_header_is_named_by_its_letter() -> None:
    found = taken(["", "Service", "Unit"], ["x", "Care", "hour"], maps=("A=rate",))
    assert [error.column for error in found.errors] == ["column A"]


def test_overlaps_are_errors_and_gaps_are_warnings() -> None:
    found = taken(
        SHORT,
        ["A", "Care", "hour", "1", "01/04/2024", "31/03/2025"],
        ["A", "Care", "hour", "2", "01/03/2025", ""],
        ["B", "Care", "hour", "1", "01/04/2024", "31/03/2025"],
        ["B", "Care", "hour", "2", "01/05/2025", ""],
        ["B", "Care", "night", "3", "01/05/2025", ""],
    )
    assert found.errors == (
        RowError(
            3, "Code", "A", "has a price already for A, from 1 March 2025 on: row 2 is valid on the same days"
        ),
    )
    assert found.warnings == ("There is no price for B from 1 April 2025 to 30 April 2025.",)
    assert found.taken == 4


def test_no_price_is_by_quote_unless_our_own_column_says_otherwise() -> None:
    found = taken(SHORT, ["A", "Care", "hour", "", "", ""], ["B", "Care", "hour", "quote", "", ""])
    assert [(row.rate, row.rate_kind) for row in found.made] == [(None, "quote")] * 2
    assert found.warnings == ("2 rows have no price: they are bought by quote only: 2, 3.",)
    own = ["item_code", "name", "unit", "rate", "rate_kind"]
    found = taken(own, ["A", "Care", "hour", "", "fixed"], ["B", "Care", "hour", "", "quote"])
    assert [(error.row, error.column) for error in found.errors] == [(2, "rate")]
    assert found.taken == 1


def test_one_currency_a_schedule() -> None:
    found = taken(
        SHORT,
        ["A", "Care", "hour", "£1", "", ""],
        ["B", "Care", "hour", "$1", "", ""],
        ["C", "Care", "hour", "1", "", ""],
        ["D", "Care", "hour", "£1", "", ""],
    )
    assert found.currency == "GBP"
    assert [(error.row, error.column, error.value) for error in found.errors] == [(3, "Cost", "$1")]
    assert found.taken == 3
    asked = taken(
        SHORT, ["A", "Care", "hour", "£1", "", ""], ["C", "Care", "hour", "1", "", ""], currency="EUR"
    )
    assert [error.row for error in asked.errors] == [2]
    dollars = taken(SHORT, ["A", "Care", "hour", "$1", "", ""], ["B", "Care", "hour", "AUD 1", "", ""])
    assert (dollars.currency, dollars.errors) == ("AUD", ())
    within = taken([*SHORT, "Currency"], ["A", "Care", "hour", "£1", "", "", "EUR"])
    assert [error.row for error in within.errors] == [2]


def test_headings_and_notes_are_left_out_and_said() -> None:
    found = taken(
        SHORT,
        ["", "Care at home", "", "", "", ""],
        ["A", "Care", "hour", "1", "", ""],
        ["", "", "", "", "", ""],
        ["Prices include travel and VAT", "", "", "", "", ""],
        ["A-7", "", "", "", "", ""],
    )
    assert (found.rows, found.taken) == (2, 1)
    assert found.warnings == ("2 rows hold only one text, and were left out as headings or notes: 2, 5.",)
    assert {error.row for error in found.errors} == {6}


def test_totals_and_headers_within_the_table_are_left_out_and_said() -> None:
    found = taken(
        SHORT,
        ["A", "Care", "hour", "1", "", ""],
        ["Total", "", "", "1", "", ""],
        SHORT,
        ["", "Average", "", "1.50", "", ""],
        ["B", "Total respite", "hour", "2", "", ""],
    )
    assert [row.name for row in found.made] == ["Care", "Total respite"]
    assert found.errors == ()
    assert {
        "2 rows are totals or averages, and were left out: 3, 5.",
        "Row 4 repeats the header, and was left out.",
    } <= set(found.warnings)


def test_a_service_called_total_that_is_sold_by_the_hour_is_no_sum() -> None:
    found = taken(["Service", "Unit", "Cost"], ["Total", "hour", "3"], ["Total", "", "3"])
    assert [row.name for row in found.made] == ["Total"]
    assert "Row 3 is a total or an average, and was left out." in found.warnings


def test_a_column_that_is_told_to_be_a_price_may_name_only_its_unit() -> None:
    found = taken(["Service", "30 mins"], ["Care", "8"], maps=("30 mins=rate",))
    assert [(row.unit, str(row.rate)) for row in found.made] == [("half_hour", "8.00")]


def test_rows_of_other_areas_are_left_out() -> None:
    headers = [*SHORT, "Area"]
    rows = [["A", "Care", "hour", "1", "", "", area] for area in ("North", "South", "")]
    assert [row.area for row in taken(headers, *rows).made] == ["North", "South", ""]
    found = taken(headers, *rows, area="north")
    assert [row.area for row in found.made] == ["North", ""]
    assert found.warnings == ("Row 3 is for another area, and was left out.",)
    assert [row.area for row in taken(SHORT, ["A", "Care", "hour", "1", "", ""], area="North").made] == [
        "North"
    ]


def test_a_sheet_without_codes_gets_them_from_its_names() -> None:
    headers = ["Service", "Cost per hour (£)"]
    found = taken(headers, ["Agency care, weekdays", "21.36"], ["Żłobek", "1"], ["家", "1"])
    assert [row.item_code for row in found.made] == ["AGENCY-CARE-WEEKDAYS", "ZOBEK", "家"]
    assert found.currency == "GBP"
    assert found.warnings[0].startswith("No column holds an item code")


def test_a_price_column_may_say_the_unit_and_the_kind_of_day() -> None:
    found = taken(
        ["Service", "Hourly rate", "Saturday rate per hour", "Sleep-in rate"], ["Care", "1", "2", "3"]
    )
    assert [(row.unit, row.day_type, str(row.rate)) for row in found.made] == [
        ("hour", "any", "1.00"), ("hour", "sat", "2.00"), ("night", "sleep_in", "3.00"),
    ]  # fmt: skip


def test_staff_and_people_may_stand_in_one_cell() -> None:
    found = taken(["Service", "Ratio", "Cost per hour"], ["Club", "1:3", "20"], ["Club", "three", "20"])
    assert [(row.ratio_staff, row.ratio_people) for row in found.made] == [(1, 3)]
    assert [error.column for error in found.errors] == ["Ratio"]


def test_american_days_raise_a_doubt_about_the_others() -> None:
    found = taken(
        SHORT, ["A", "Care", "hour", "1", "04/13/2024", ""], ["B", "Care", "hour", "1", "04/05/2024", ""]
    )
    assert [error.row for error in found.errors] == [2]
    assert any("month first" in warning for warning in found.warnings)


def test_unusual_prices_are_pointed_out() -> None:
    found = taken(SHORT, ["A", "Care", "hour", "0", "", ""], ["B", "Care", "hour", "16,290.00", "", ""])
    assert found.taken == 2
    assert found.warnings == (
        "Row 2 has a price of nothing.",
        "Row 3 has an unusually high price for its unit.",
    )


def test_a_formula_without_result_is_an_error_of_its_cell() -> None:
    mapping = guess(SHORT)
    found = take([RawRow(2, ("A", "Care", "hour", "", "", ""), (3,))], mapping)
    assert [(error.column, error.value) for error in found.errors] == [("Cost", "")]
    assert "formula" in found.errors[0].reason


def test_short_rows_and_long_values() -> None:
    found = taken(SHORT, ["A", "Care", "hour", "x" * 500], ["B"])
    assert len(found.errors[0].value) == 80
    assert {error.column for error in found.errors if error.row == 3} == {"Service", "Unit"}


WORDS = st.sampled_from(
    ["", "A", "Care", "hour", "H", "16.29", "-1", "2024-04-01", "£5", "$5", "99991231", "x\x00", "=1", "#N/A"]
)


@given(st.lists(st.lists(WORDS, max_size=7), max_size=12))
def test_every_row_is_taken_or_has_an_error(rows: list[list[str]]) -> None:
    found = taken(SHORT, *rows)
    assert found.rows == found.taken + len({error.row for error in found.errors})
    assert len(found.made) == found.taken


@pytest.mark.parametrize("count", [0, 1, 3])
def test_many_clashing_rows_are_many_errors(count: int) -> None:
    found = taken(SHORT, *[["A", "Care", "hour", "1", "", ""]] * (count + 1))
    assert (found.taken, len(found.errors)) == (1, count)
