"""One support: what, who gives it, how much and how often, at what price; and at every key what that comes to."""

from collections.abc import Iterator
from typing import Any, ClassVar, get_args

from msgspec.structs import replace
from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.costing_words import change_words, source_words, sum_words
from supportplan.domain.edits import with_support, without_support
from supportplan.domain.field_types import MOST_OCCASIONS
from supportplan.domain.money import plain
from supportplan.domain.plan import PaidBy, Plan, Support, SupporterKind
from supportplan.domain.short import shortened
from supportplan.domain.support_edits import ONCE, with_chosen, with_listed_price, with_typed
from supportplan.domain.support_words import PAID_BY_WORDS, SUPPORTER_WORDS, anew_words
from supportplan.domain.units import EVERY_WORDS, PERIOD_WORDS, UNIT_WORDS, UNITS, Every, Unit
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.chooser import Choice
from supportplan.widgets.field import Field
from supportplan.widgets.fields import CountField, DayField, PriceField, QuantityField
from supportplan.widgets.lines import typed
from supportplan.widgets.totals_bar import TotalsBar
from supportplan.widgets.word_fields import WordsField

_WHO = [Option(kind, SUPPORTER_WORDS[kind]) for kind in get_args(SupporterKind)]
_PAID = [Option(one, PAID_BY_WORDS[one]) for one in get_args(PaidBy)]
_EVERY = [*(Option(one, EVERY_WORDS[one]) for one in get_args(Every)), Option(ONCE, "once, not every year")]
_UNITS = [Option(unit, UNIT_WORDS[unit][1]) for unit in UNITS]


class SupportEditor(CasePlace[None]):
    """The fields of one support. What is typed counts at once."""

    place = "support"
    CSS_PATH = "support.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("support", "case")
    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, support: str, *, at: str = "") -> None:
        """Open a support; `at` is the id of the field to begin in."""
        super().__init__(desk)
        self._support_id = support
        self._at = at
        self._before = desk.costing
        self._said: list[Content] = []
        self._typing_in = ""
        self._as_it_was = Support(id=support, paid_by="budget", kind="recurring")

    def body(self) -> Iterator[Widget]:
        """The fields, what they come to, and the totals."""
        currency = self.plan.money
        with VerticalScroll(can_focus=False):
            yield WordsField("What is it", id="what", notes=False)
            yield Choice("Who gives it", _WHO, id="who")
            yield WordsField("Their name", id="name", notes=False)
            yield OneOf("Who pays", _PAID, id="paid_by")
            yield WordsField("Which funder", id="payer", notes=False)
            yield QuantityField("How much", self._unit, id="quantity")
            yield Choice("Counted in", _UNITS, id="unit")
            yield Choice("How often", _EVERY, id="every")
            yield CountField(
                "Occasions",
                PERIOD_WORDS["occasion"],
                most=MOST_OCCASIONS,
                id="occasions",
                hint="how often in the whole plan",
            )
            yield DayField("On which day", today(), id="on")
            yield PriceField("Price of one", currency, unit=self._unit, id="price")
            yield WordsField("Why this price", id="reason", hint="Needed for a price of your own.")
            yield Buttons(
                [
                    Option("prices", "Price list"),
                    Option("more", "More"),
                    Option("done", "Done"),
                    Option("remove", "Remove"),
                ]
            )
        yield Static(id="result")
        yield TotalsBar()

    def on_mount(self) -> None:
        """Begin in the field that was asked for."""
        for field in self.query(f"#{self._at}") if self._at else ():
            field.focus()

    def show_plan(self) -> None:
        """Show the support as it stands."""
        support = self._support
        if support is None:
            self.dismiss(None)
            return
        self.where(
            self.plan.person.known_as or self.plan.person.name, *_outcome_of(self.plan, support), "Support"
        )
        words = {
            "what": support.what,
            "name": support.supporter.name if support.supporter else "",
            "payer": support.payer,
            "quantity": plain(support.quantity) if support.quantity is not None else "",
            "occasions": str(support.occasions or ""),
            "on": f"{support.on:%d/%m/%Y}" if support.on else "",
            "price": f"{support.rate.amount:f}" if support.rate else "",
            "reason": support.rate.reason if support.rate else "",
        }
        for name, text in words.items():
            field: Field[Any] = self.query_one(f"#{name}", Field)  # type: ignore[type-abstract] # whichever field it is
            field.follow(text)
        self.query_one("#who", Choice).show(support.supporter.kind if support.supporter else "")
        self.query_one("#paid_by", OneOf).show(support.paid_by)
        self.query_one("#unit", Choice).show(support.unit or "")
        self.query_one("#every", Choice).show(ONCE if support.kind == "one_off" else support.every or "")
        self._show_what_applies(support)

    def show_results(self) -> None:
        """Show the totals, and what this support comes to."""
        super().show_results()
        self._show_result()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Let what is typed count. What cannot be read changes nothing: not even its beginning, which could be read."""
        support, field = self._support, event.field
        field.heard()
        if support is None:
            return
        name = field.id or ""
        if self._typing_in != name:
            self._typing_in, self._as_it_was = name, support
        if field.problem and field.text.strip():
            kept = "rate" if name == "price" else name
            changed = replace(support, **{kept: getattr(self._as_it_was, kept)})
        else:
            changed = with_typed(support, name, field.value)
        if name == "price":
            # The reason may have been typed before there was a price to give it for.
            changed = with_typed(changed, "reason", self.query_one("#reason", WordsField).value)
        self.change(
            with_support(self.plan, changed),
            f"Changed a support: {_DEEDS[field.id or '']}",
            field=field.id or "",
        )
        self._show_what_applies(changed)

    def on_field_left(self) -> None:
        """What stands now is what unreadable typing goes back to."""
        self._typing_in = ""

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        """Let what was chosen count."""
        self._choose(event.one_of.id or "", event.key)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Let what was chosen count."""
        self._choose(event.choice.id or "", event.key)

    def _choose(self, name: str, key: str) -> None:
        support = self._support
        if support is not None:
            changed = with_chosen(support, name, key)
            self.change(with_support(self.plan, changed), f"Changed a support: {_DEEDS[name]}")
            self._show_in_other_units()

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Choose a price, say more, go back, or take the support away."""
        if event.key == "prices":
            self.action_prices()
        elif event.key == "more":
            self.action_more()
        elif event.key == "remove":
            self._remove()
        else:
            self.action_go_back()

    @work
    async def _remove(self) -> None:
        if await self.may_change():
            self.change(without_support(self.plan, self._support_id), "Removed a support")
            self.dismiss(None)

    def _show_in_other_units(self) -> None:
        """Show the plan; and let what was typed count that can be read only now, such as 6h30 before hours were chosen."""
        field, support = self.query_one("#quantity", QuantityField), self._support
        field.understand_anew()
        self.query_one("#price", PriceField).understand_anew()
        if support is not None and field.value is not None and field.value != support.quantity:
            changed = replace(support, quantity=field.value)
            self.change(with_support(self.plan, changed), f"Changed a support: {_DEEDS['quantity']}")
        self.show_plan()

    @work(exclusive=True)
    async def action_prices(self) -> None:
        """Choose a price from the schedules of costs."""
        from supportplan.screens.prices import Prices

        chosen = await self.app.push_screen_wait(Prices(self.desk))
        support = self._support
        if chosen is not None and support is not None and await self.may_change():
            changed = with_listed_price(support, chosen.rate)
            if not support.what.strip():
                changed = replace(changed, what=chosen.name)
            self.change(with_support(self.plan, changed), "Chose a price for a support")
            anew = anew_words(support, changed)
            self.say(anew, caution=bool(anew))
            quantity = self.query_one("#quantity", QuantityField)
            if support.quantity is not None and changed.quantity is None:
                quantity.show("")
            self._show_in_other_units()
            if support.quantity is None or changed.quantity is None:
                quantity.focus()

    def action_more(self) -> None:
        """Say more: how the money flows, who shares it, when it starts and ends, what it serves."""
        from supportplan.screens.support_more import SupportMore

        self.app.push_screen(SupportMore(self.desk, self._support_id))

    @property
    def thing(self) -> tuple[str, str]:
        """The support."""
        return self._support_id, shortened(self._support.what, 60) if self._support else ""

    @property
    def _support(self) -> Support | None:
        return next((one for one in self.plan.supports if one.id == self._support_id), None)

    def _unit(self) -> Unit | None:
        support = self._support
        return support.unit if support else None

    def _show_what_applies(self, support: Support) -> None:
        """Show only the fields that mean something for this support."""
        paid = support.paid_by != "nobody"
        own_price = support.rate is None or not support.rate.item
        for name, applies in {
            "payer": support.paid_by == "other",
            "occasions": support.every == "occasion",
            "on": support.kind == "one_off" and paid,
            "price": paid,
            "reason": paid and own_price,
        }.items():
            self.query_one(f"#{name}").display = applies

    def _show_result(self) -> None:
        """Say in words what the support comes to, what that changes, and what is still needed."""
        support = self._support
        if support is None:
            return
        said = [typed(sum_words(support, self.desk.costing), "bold")]
        if changed := change_words(self._before, self.desk.costing):
            said.append(typed(changed))
        if support.rate is not None and support.rate.item:
            said.append(typed(source_words(support.rate)))
        if said != self._said:
            self._said = said
            # It keeps its height: putting every field in its place anew would take most of a key's time.
            self.query_one("#result", Static).update(Content("\n").join(said), layout=False)


_DEEDS = {
    "what": "what it is", "who": "who gives it", "name": "a name", "paid_by": "who pays", "payer": "which funder",
    "quantity": "how much", "unit": "what it is counted in", "every": "how often", "occasions": "how many occasions",
    "on": "on which day", "price": "the price", "reason": "why this price",
}  # fmt: skip


def _outcome_of(plan: Plan, support: Support) -> list[str]:
    first = support.outcomes[:1]
    return [shortened(one.text, 30) for one in plan.outcomes if (one.id,) == first and one.text.strip()]
