"""The fields of one line: what was typed stays, what was understood stands under it, and what to mend once it is left."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input

from supportplan.domain.money import show
from supportplan.domain.problems import BadInput
from supportplan.domain.units import Unit
from supportplan.widgets.field import Field
from supportplan.widgets.fields import AmountField, DayField, PercentField, PriceField, QuantityField
from supportplan.widgets.word_fields import PassphraseField, WordsField
from tests.widgets.around import Alone, alone, in_an_app

TODAY = date(2026, 11, 24)


@in_an_app
async def test_a_field_has_edges_a_label_and_a_hint_while_it_is_empty() -> None:
    async with alone(PriceField("Price", "GBP")) as app:
        assert app.screen().splitlines()[:2] == [
            "Price              [            ]",
            "                    type 16.29",
        ]


@in_an_app
async def test_what_is_understood_is_said_back_at_every_key() -> None:
    field = AmountField("How much", "GBP")
    async with alone(field) as app:
        for key, said in (
            ("1", "= £1.00"),
            ("2", "= £12.00"),
            ("comma", ""),
            ("3", ""),
            ("4", ""),
            ("0", "= £12,340.00"),
        ):
            await app.press(key)
            assert app.screen().splitlines()[1].strip() == said or not said
        assert field.value == Decimal(12340)
        assert len(app.posted(Field.Changed)) == 6


@in_an_app
async def test_a_field_complains_only_when_it_is_left_and_keeps_what_was_typed() -> None:
    field, other = AmountField("How much", "GBP"), WordsField("Name")
    async with alone(field, other) as app:
        await app.press(*"lots")
        assert "!" not in app.screen()
        await app.press("tab")
        assert field.text == "lots"
        assert "[lots" in app.screen()
        assert app.screen().splitlines()[1].strip().startswith("! ")
        assert field.problem.split()[0] in app.screen()
        assert len(app.posted(Field.Left)) == 1
        await app.press("shift+tab", "end", "x")
        assert "!" not in app.screen()


@in_an_app
async def test_enter_is_said_and_an_empty_field_is_no_mistake() -> None:
    field, other = DayField("Starts", TODAY), WordsField("Name")
    async with alone(field, other) as app:
        await app.press("enter", "tab")
        assert len(app.posted(Field.Entered)) == 1
        assert field.value is None
        assert field.problem == ""
        assert "!" not in app.screen()


@in_an_app
async def test_pasted_lines_are_joined_and_none_is_dropped() -> None:
    field = WordsField("Name")
    async with alone(field) as app:
        field.show("before ")
        await _paste(app, "12 High Street\r\nNewtown\n\n  NE1 1AA ")
        assert field.text == "before 12 High Street Newtown NE1 1AA"
        await _paste(app, "")
        assert field.text == "before 12 High Street Newtown NE1 1AA"


@in_an_app
async def test_a_paste_takes_the_place_of_what_is_selected() -> None:
    field = AmountField("How much", "GBP")
    async with alone(field) as app:
        field.show("99")
        await app.press("home", "shift+end")
        await _paste(app, "£1,240\n")
        assert field.text == "£1,240"
        assert field.value == Decimal(1240)


@in_an_app
async def test_what_is_shown_from_outside_is_not_said_to_have_changed() -> None:
    field = AmountField("How much", "GBP")
    async with alone(field) as app:
        field.show("5")
        await app.pilot.pause()
        assert app.posted(Field.Changed) == []
        assert "= £5.00" in app.screen()


@in_an_app
async def test_text_that_looks_like_markup_stays_text() -> None:
    field, money = WordsField("[/] label", hint="[red]hint"), AmountField("How much", "GBP")
    async with alone(field, money, columns=70) as app:
        assert "[/] label" in app.screen()
        assert "[red]hint" in app.screen()
        await _paste(app, "[/]Sam [bold]x")
        assert field.value == "[/]Sam [bold]x"
        await app.press("tab")
        await _paste(app, "[/red]")
        await app.press("tab")
        assert money.text == "[/red]"
        assert money.problem


@in_an_app
async def test_a_field_without_notes_is_one_line_high() -> None:
    async with alone(WordsField("Find", notes=False), WordsField("Name", notes=False)) as app:
        assert [line[:4] for line in app.screen().splitlines()[:2]] == ["Find", "Name"]


@in_an_app
async def test_a_narrow_field_keeps_its_edges_and_cuts_its_note() -> None:
    async with alone(DayField("Starts on the day", TODAY), columns=34) as app:
        first, second = app.screen().splitlines()[:2]
        assert first == "Starts on the day  [             ]"
        assert len(second) <= 34
        assert second.endswith("…")


@in_an_app
async def test_a_day_is_said_back_with_its_weekday_and_an_american_one_is_refused() -> None:
    field, other = DayField("Starts", TODAY), WordsField("Name")
    async with alone(field, other, columns=80) as app:
        await app.press(*"1 april")
        assert field.value == date(2027, 4, 1)
        assert "= Thursday" in app.screen()
        field.show("")
        await app.press(*"04/23/26", "tab")
        assert _value(field) is None
        assert field.text == "04/23/26"
        assert "!" in app.screen()


@in_an_app
async def test_hours_may_be_typed_with_minutes_and_the_unit_may_change_under_them() -> None:
    unit: list[Unit] = ["hour"]
    field = QuantityField("How much", lambda: unit[0])
    async with alone(field) as app:
        await app.press(*"6h30")
        assert field.value == Decimal("6.5")
        unit[:] = ["mile"]
        field.understand_anew()
        assert _value(field) is None
        assert field.text == "6h30"


@in_an_app
async def test_a_percentage_is_said_back_with_its_sign() -> None:
    field = PercentField("Contingency")
    async with alone(field) as app:
        await app.press(*"2.5")
        assert field.value == Decimal("2.5")
        assert "= 2.5%" in app.screen()


@in_an_app
async def test_a_passphrase_is_never_on_the_screen_and_keeps_its_spaces() -> None:
    field = PassphraseField("Passphrase")
    async with alone(field, WordsField("Name"), columns=80) as app:
        await app.press("space", *"four words", "space", "tab")
        assert field.value == " four words "
        assert "four" not in app.screen()
        assert "[" in app.screen()


@in_an_app
async def test_a_control_by_id_is_found_in_its_messages() -> None:
    field = WordsField("Name", id="name")
    async with alone(field) as app:
        await app.press("x")
        assert [one.control.id for one in app.posted(Field.Changed)] == ["name"]
        assert field.query_one(Input).value == "x"


@given(st.decimals("0.01", "999999.99", places=2))
def test_an_amount_as_it_is_printed_is_read_back_as_itself(amount: Decimal) -> None:
    assert AmountField("How much", "GBP").read(show(amount, "GBP")) == amount


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    fields: list[Field[object]] = [
        AmountField("How much", "GBP"), PriceField("Price", "GBP"), PercentField("Part"),  # type: ignore[list-item]
        QuantityField("How much", lambda: "hour"), DayField("Starts", TODAY),  # type: ignore[list-item]
    ]  # fmt: skip
    for field in fields:
        with suppress(BadInput):
            assert field.read(text) is not None


@pytest.mark.parametrize("text", ["lots", "-1", "one two", "31 02", "£", "[/]", "99999999999999", "1.23456"])
def test_what_is_refused_says_what_is_wrong_and_what_to_type(text: str) -> None:
    for field in (AmountField("How much", "GBP"), PercentField("Part"), DayField("Starts", TODAY)):
        with pytest.raises(BadInput) as refused:
            field.read(text)
        assert refused.value.what.endswith((".", "?"))
        assert refused.value.mend


@in_an_app
async def test_spaces_are_nothing_typed() -> None:
    field, other = AmountField("How much", "GBP"), WordsField("Name")
    async with alone(field, other) as app:
        await app.press("space", "space", "tab")
        assert field.value is None
        assert field.problem == ""
        assert "!" not in app.screen()


def _value(field: Field[Any]) -> object:
    return field.value


async def _paste(app: Alone, text: str) -> None:
    app.pilot.app.post_message(events.Paste(text))
    await app.pilot.pause()
