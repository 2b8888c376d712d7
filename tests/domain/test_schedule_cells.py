import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.schedules import cell_days, cells
from supportplan.domain.schedules.cells import Unreadable
from supportplan.domain.units import UNITS


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("16.29", "16.29", ""),
        ("16", "16.00", ""),
        ("£1,250.00", "1250.00", "GBP"),
        ("$ 1,234.5", "1234.50", "$"),
        ("GBP 16.29", "16.29", "GBP"),
        ("16.29 gbp", "16.29", "GBP"),
        ("A$5.00", "5.00", "AUD"),
        ("$5 AUD", "5.00", "AUD"),
        ("€0.4555", "0.4555", "EUR"),
        ("016.29000", "16.29", ""),
        (".5", "0.50", ""),
        ("1,000,000", "1000000.00", ""),
        ("45p", "0.45", "GBP"),
        ("1629 pence", "16.29", "GBP"),
        ("45.5p", "0.455", "GBP"),
    ],
)
def test_prices(text: str, amount: str, currency: str) -> None:
    found = cells.price(text)
    assert (str(found.amount), found.currency) == (amount, currency)


@pytest.mark.parametrize("text", ["", "Quote", "by quote", "POA"])
def test_no_price_is_by_quote(text: str) -> None:
    assert cells.price(text).amount is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5.00", "negative"),
        ("(5.00)", "negative"),
        ("£-5", "negative"),
        ("−5", "negative"),
        ("16,29", "comma"),
        ("1,25.00", "comma"),
        ("1.250,00", "comma"),
        ("12%", "percentage"),
        ("£16.29 per hour", "what it is for"),
        ("16.29/hr", "what it is for"),
        ("16.12345", "5 decimal places"),
        ("1000001", "more than 1,000,000"),
        ("99999999999999999999999999999", "more than 1,000,000"),
        ("£5 EUR", "two currencies"),
        ("1e5", "not a price"),
        ("٣", "not a price"),
        ("-", "not a price"),
        ("NaN", "not a price"),
        ("16.29 an hour or so", "not a price"),
        ("9" * 5000, "not a price"),
        ("=1+1", "formula"),
        ("#REF!", "spreadsheet error"),
    ],
)
def test_what_is_no_price_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        cells.price(text)


@given(st.decimals(min_value=0, max_value=1_000_000, places=4), st.sampled_from(["", "£", "$", "£ ", "GBP "]))
def test_a_price_is_never_changed_by_how_it_is_written(figure: Decimal, sign: str) -> None:
    assert cells.price(f"{sign}{figure:,f}").amount == figure
    assert cells.price(f"{sign}{figure:f}").amount == figure


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-01", "20250701", "01/07/2025", "1/7/2025", "01.07.2025", "1-7-2025", "1 July 2025", "1st July 2025",
        "01-Jul-2025", "1 jul 2025", "45839", "2025-07-01 00:00:00", "2025-07-01T00:00:00", "2025/07/01",
    ],
)  # fmt: skip
def test_days(text: str) -> None:
    assert cell_days.day(text) == date(2025, 7, 1)


@pytest.mark.parametrize("text", ["", "99991231", "9999-12-31", "31/12/9999", "2958465"])
def test_no_end(text: str) -> None:
    assert cell_days.day(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("07/31/2025", "America"),
        ("31/02/2025", "no calendar"),
        ("13/13/2025", "no calendar"),
        ("20250732", "no calendar"),
        ("01/07/25", "two digits"),
        ("0001-01-01", "year 1,"),
        ("9998-01-01", "year 9998"),
        ("00007", "year 1900"),
        ("next week", "not a day"),
        ("2025-07-01 10:30", "not a day"),
        ("9999999", "not a day"),
        ("1 Juli 2025", "not a day"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        cell_days.day(text)


@given(st.dates(date(1955, 1, 1), date(2173, 1, 1)))
def test_every_way_to_write_a_day_means_the_same(day: date) -> None:
    counted = (day - date(1899, 12, 30)) // timedelta(days=1)
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day:%d/%m/%Y}", str(counted)):
        assert cell_days.day(text) == day


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("H", "hour"), ("E", "each"), ("D", "day"), ("WK", "week"), ("MON", "month"), ("YR", "year"),
        ("per hour", "hour"), ("Per Hour.", "hour"), ("an hour", "hour"), ("Hourly", "hour"), ("30 mins", "half_hour"),
        ("each", "each"), ("each item", "each"), ("per night", "night"), ("per annum", "year"), ("half day", "half_day"),
        *((unit, unit) for unit in UNITS),
    ],
)  # fmt: skip
def test_units(text: str, unit: str) -> None:
    assert cells.unit(text) == unit


@pytest.mark.parametrize("text", ["45 min", "furlong", "", "per", "hours and hours"])
def test_unknown_units_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        cells.unit(text)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (cells.ratio, "1:3", (1, 3)),
        (cells.ratio, "2 to 1", (2, 1)),
        (cells.ratio, "", (None, None)),
        (cells.heads, "12", 12),
        (cells.yes, "Y", True),
        (cells.yes, "", False),
        (cells.routes, "DP; council service", ("direct_payment", "council_service")),
        (cells.day_type, "Bank holidays", "bank_holiday"),
        (cells.day_type, "sleep-in", "sleep_in"),
        (cells.rate_kind, "Price Limited Supports", "cap"),
        (cells.vat, "Zero-rated", "zero"),
        (cells.quantity, "1.5", Decimal("1.5")),
        (cells.currency, "£", "GBP"),
        (cells.currency, "aud", "AUD"),
    ],
)
def test_other_cells(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (cells.ratio, "1/3"),
        (cells.ratio, "0:3"),
        (cells.heads, "-1"),
        (cells.heads, "0"),
        (cells.heads, "12345"),
        (cells.yes, "perhaps"),
        (cells.routes, "by the moon!"),
        (cells.day_type, "moonday"),
        (cells.rate_kind, "haggle"),
        (cells.vat, "17.5"),
        (cells.quantity, "-1"),
        (cells.currency, "pounds"),
    ],
)
def test_other_cells_are_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


@pytest.mark.parametrize("text", ["1.23457E+15", "1.2E+15", "4E+20", "1.23457e+15"])
def test_a_code_that_a_spreadsheet_cut_short_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="cut short"):
        cells.code(text, 64)


@pytest.mark.parametrize("text", ["E10", "1E5", "007", "12.3E+1A", "01_011_0107_1_1"])
def test_a_code_with_an_e_in_it_is_a_code(text: str) -> None:
    assert cells.code(text, 64) == text


def test_days_are_counted_as_the_workbook_counts_them() -> None:
    assert cell_days.day("45839") == date(2025, 7, 1)
    assert cell_days.day("44377", since_1904=True) == date(2025, 7, 1)


def test_texts_are_kept_within_bounds() -> None:
    assert cells.words("Personal assistant", 100) == "Personal assistant"
    for text in ("x" * 101, "\x1b[31mred", "nul\x00", "\ud800", "#N/A"):
        with pytest.raises(Unreadable):
            cells.words(text, 100)


@given(st.text())
def test_tidy_text_stays_as_it_is(text: str) -> None:
    assert cells.tidy(cells.tidy(text)) == cells.tidy(text)


READERS = [
    cells.price,
    cell_days.day,
    cells.unit,
    cells.ratio,
    cells.heads,
    cells.routes,
    cells.quantity,
    cells.yes,
]


@given(st.text(max_size=80), st.sampled_from(READERS))
def test_whatever_a_cell_says_it_is_read_or_refused(text: str, read: Callable[[str], object]) -> None:
    with contextlib.suppress(Unreadable):
        read(cells.tidy(text))
