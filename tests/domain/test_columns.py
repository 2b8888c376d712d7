import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain import canonical
from supportplan.domain.problems import BadSchedule
from supportplan.domain.schedules.columns import (
    ColumnMap,
    certainty,
    choose_area,
    correct,
    doubts,
    guess,
    lacking,
    letter,
    signature,
)
from tests.spreadsheets import NDIS_AREAS, NDIS_HEADER, OWN_HEADER


def fields(mapping: ColumnMap) -> dict[str, str]:
    return {column.header: column.field for column in mapping.columns}


def test_our_own_columns_are_certain() -> None:
    mapping = guess(OWN_HEADER)
    assert fields(mapping) == {header: header for header in OWN_HEADER}
    assert {column.sureness for column in mapping.columns} == {"certain"}
    assert mapping.left_out == ()


@pytest.mark.parametrize(
    "change", [str.upper, str.title, lambda header: f"\ufeff {header.replace('_', ' ')}. "]
)
def test_our_own_columns_are_known_however_they_are_written(change: object) -> None:
    assert callable(change)
    assert [column.field for column in guess([change(header) for header in OWN_HEADER]).columns] == OWN_HEADER


def test_the_catalogue_has_a_price_for_each_area() -> None:
    mapping = guess(NDIS_HEADER)
    assert tuple(price.area for price in mapping.prices) == NDIS_AREAS
    others = {field: header for header, field in fields(mapping).items() if field != "rate"}
    assert others == {
        "item_code": "Support Item Number",
        "name": "Support Item Name",
        "category": "Support Category Name",
        "unit": "Unit",
        "quote": "Quote",
        "valid_from": "Start date",
        "valid_to": "End Date",
        "rate_kind": "Type",
    }
    assert "Provider Travel" in mapping.left_out
    assert all(column.why for column in mapping.columns)


def test_one_area_is_chosen() -> None:
    mapping = choose_area(guess(NDIS_HEADER), "very  remote")
    assert [price.area for price in mapping.prices] == ["Very Remote"]
    assert len(mapping.columns) == len(guess(NDIS_HEADER).columns) - 9
    with pytest.raises(BadSchedule, match="no price column") as problem:
        choose_area(guess(NDIS_HEADER), "Coventry")
    assert "ACT, NSW" in problem.value.mend
    assert choose_area(guess(["Service", "Cost per hour"]), "Coventry") == guess(["Service", "Cost per hour"])


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Service", "Cost per hour (£)", "From", "Code"], ["name", "rate", "valid_from", "item_code"]),
        (["Description", "Unit", "Price", "Notes"], ["name", "unit", "rate", "notes"]),
        (["Name", "Description", "Unit", "Price"], ["name", "notes", "unit", "rate"]),
        (["Ref", "Type of support", "Per", "Maximum rate"], ["item_code", "name", "unit", "rate"]),
        (["Service", "Unit", "Unit cost", "Annual cost"], ["name", "unit", "rate"]),
        (["Service", "Rate type", "Cost code", "Hourly rate"], ["name", "rate_kind", "rate"]),
        (["Service", "Staff ratio", "Rate per night", "VAT"], ["name", "ratio", "rate", "vat"]),
    ],
)
def test_columns_of_councils(headers: list[str], expected: list[str]) -> None:
    mapping = guess(headers)
    assert [column.field for column in mapping.columns] == expected
    assert lacking(mapping) is None


def test_prices_for_kinds_of_day_and_units() -> None:
    mapping = guess(
        [
            "Service",
            "Hourly rate",
            "Saturday rate per hour",
            "Waking night rate",
            "Sleep-in (£)",
            "Weekly fee",
        ]
    )
    assert [(price.unit, price.day_type, price.currency) for price in mapping.prices] == [
        ("hour", None, ""), ("hour", "sat", ""), ("night", "night_waking", ""), ("night", "sleep_in", "GBP"), ("week", None, ""),
    ]  # fmt: skip


def test_two_columns_that_both_look_like_the_price_leave_a_doubt() -> None:
    mapping = guess(["Service", "Per", "Rate 2023/24", "Rate 2024/25"])
    assert [price.header for price in mapping.prices] == ["Rate 2023/24"]
    (doubt,) = doubts(mapping)
    assert "Rate 2024/25" in doubt
    assert (
        list(doubts(correct(mapping, ["Service", "Per", "Rate 2023/24", "Rate 2024/25"], ["D=rate"]))) == []
    )


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        (["Service", "Unit"], "price"),
        (["Unit", "Rate"], "name"),
        (["Service", "Rate"], "an hour"),
        (["", ""], "price"),
        ([], "price"),
    ],
)
def test_what_is_lacking_is_said(headers: list[str], what: str) -> None:
    found = lacking(guess(headers))
    assert found is not None
    assert what in found[0]
    assert "--map" in found[1]
    assert certainty(guess(headers)) == 0


def test_corrections_replace_guesses() -> None:
    headers = ["Service", "What we call it", "Unit", "North", "South"]
    mapping = correct(guess(headers), headers, ["what we  call it=name", "North=rate:North", "5=rate:South"])
    assert [(column.field, column.header, column.area) for column in mapping.columns] == [
        ("name", "What we call it", ""), ("unit", "Unit", ""), ("rate", "North", "North"), ("rate", "South", "South"),
    ]  # fmt: skip
    assert {column.sureness for column in mapping.prices} == {"told"}
    assert mapping.left_out == ("Service",)


def test_a_column_can_be_ignored_or_named_by_its_letter() -> None:
    headers = ["Service", "Cost per hour", "Notes"]
    assert fields(correct(guess(headers), headers, ["Notes=ignore", "A=category", "B=rate"])) == {
        "Service": "category",
        "Cost per hour": "rate",
    }


def test_a_remembered_mapping_can_be_corrected_again() -> None:
    headers = ["Service", "A", "B"]
    once = correct(guess(headers), headers, ["2=rate", "3=unit"])
    again = correct(once, headers, ["2=unit", "3=rate"])
    assert fields(again) == {"Service": "name", "A": "unit", "B": "rate"}


@pytest.mark.parametrize(
    ("correction", "what"),
    [
        ("Cost", "COL=FIELD"),
        ("Cost=price", "names a field"),
        ("Nothing=rate", "does not have"),
        ("Twice=name", "several columns"),
        ("Service=name:North", "COL=FIELD"),
        ("=rate", "does not have"),
    ],
)
def test_a_correction_that_cannot_be_used_is_refused(correction: str, what: str) -> None:
    headers = ["Service", "Cost", "Twice", "twice"]
    with pytest.raises(BadSchedule, match=what) as problem:
        correct(guess(headers), headers, [correction])
    assert problem.value.mend


def test_two_corrections_may_not_contradict() -> None:
    headers = ["A1", "B1"]
    for corrections in (["A1=name", "B1=name"], ["A1=name", "A1=unit"]):
        with pytest.raises(BadSchedule, match="another --map"):
            correct(guess(headers), headers, corrections)


def test_the_signature_forgives_case_and_spaces() -> None:
    assert signature(["Service ", "COST (£)"]) == signature(["service", " cost (£)"])
    assert signature(["Service", "Cost"]) != signature(["Cost", "Service"])
    assert signature(["a", ""]) != signature(["a"])


def test_a_mapping_can_be_kept_as_json() -> None:
    mapping = guess(NDIS_HEADER)
    assert canonical.read(canonical.canonical(mapping), ColumnMap) == mapping


@given(st.lists(st.text(max_size=20), max_size=12))
def test_any_header_is_mapped_in_one_way(headers: list[str]) -> None:
    mapping = guess(headers)
    assert mapping == guess(headers)
    assert len({column.number for column in mapping.columns}) == len(mapping.columns)
    single = [column.field for column in mapping.columns if column.field != "rate"]
    assert len(set(single)) == len(single)
    assert canonical.read(canonical.canonical(mapping), ColumnMap) == mapping


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_letters_of_columns(number: int, letters: str) -> None:
    assert letter(number) == letters
