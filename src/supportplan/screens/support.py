"""One support: what, who gives it, how much and how often, at what price; and at every key what that comes to."""

from collections.abc import Iterator
from typing import Any, ClassVar, cast, get_args

from msgspec.structs import replace
from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.edits import with_support, without_support
from supportplan.domain.money import UnitPrice, plain, show
from supportplan.domain.plan import PaidBy, Plan, Support, Supporter, SupporterKind
from supportplan.domain.plan_money import Rate
from supportplan.domain.support_words import PAID_BY_WORDS, SUPPORTER_WORDS
from supportplan.domain.units import EVERY_WORDS, UNIT_WORDS, UNITS, Every, Unit
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.chooser import Choice
from supportplan.widgets.field import Field
from supportplan.widgets.fields import DayField, PriceField, QuantityField, WordsField
from supportplan.widgets.lines import typed
from supportplan.widgets.totals_bar import TotalsBar

_ONCE = "once"
_WHO = [Option(kind, SUPPORTER_WORDS[kind]) for kind in get_args(SupporterKind)]
_PAID = [Option(one, PAID_BY_WORDS[one]) for one in get_args(PaidBy)]
_EVERY = [*(Option(one, EVERY_WORDS[one]) for one in get_args(Every)), Option(_ONCE, "once, not every year")]
_UNITS = [Option(unit, UNIT_WORDS[unit][1]) for unit in UNITS]


class SupportEditor(CasePlace[None]):
    """The fields of one support. What is typed counts at once."""

    place = "support"
    CSS_PATH = "support.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("support", "case")
    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, support: str) -> None:
        super().__init__(desk)
        self._support_id = support
        self._before = desk.costing.line(support)
        self._said: list[Content] = []

    def body(self) -> Iterator[Widget]:
        """The fields, what they come to, and the totals."""
        currency = self.plan.money
        with VerticalScroll(can_focus=False):
            yield WordsField("What is it", id="what", notes=False)
            yield Choice("Who gives it", _WHO, id="who")
            yield WordsField("Their name", id="name", notes=False)
            yield OneOf("Who pays", _PAID, id="paid_by")
            yield WordsField("Which purse", id="payer", notes=False)
            yield QuantityField("How much", self._unit, id="quantity")
            yield Choice("Counted in", _UNITS, id="unit")
            yield Choice("How often", _EVERY, id="every")
            yield QuantityField("Occasions", lambda: "each", id="occasions")
            yield DayField("On which day", today(), id="on")
            yield PriceField("Price of one", currency, id="price")
            yield WordsField(
                "Why this price", id="reason", hint="Needed where a price is not from the schedule of costs."
            )
            yield Buttons(
                [
                    Option("prices", "Choose from the price list"),
                    Option("done", "Done"),
                    Option("remove", "Remove"),
                ]
            )
        yield Static(id="result")
        yield TotalsBar()

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
            if not field.input.has_focus or field.value is None or str(field.value) != text:
                field.show(text)
        self.query_one("#who", Choice).show(support.supporter.kind if support.supporter else "")
        self.query_one("#paid_by", OneOf).show(support.paid_by)
        self.query_one("#unit", Choice).show(support.unit or "")
        self.query_one("#every", Choice).show(_ONCE if support.kind == "one_off" else support.every or "")
        self._show_what_applies(support)
        self._show_result()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Let what is typed count, as far as it can be read."""
        support, field = self._support, event.field
        if support is None or (field.problem and field.text.strip()):
            self._show_result()
            return
        changed = _with_typed(support, field.id or "", field.value)
        self.change(
            with_support(self.plan, changed),
            f"Changed a support: {_DEEDS[field.id or '']}",
            field=field.id or "",
        )
        self._show_what_applies(changed)
        self._show_result()

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        """Let what was chosen count."""
        self._choose(event.one_of.id or "", event.key)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Let what was chosen count."""
        self._choose(event.choice.id or "", event.key)

    def _choose(self, name: str, key: str) -> None:
        support = self._support
        if support is not None:
            changed = _with_chosen(support, name, key)
            self.change(with_support(self.plan, changed), f"Changed a support: {_DEEDS[name]}")
            self.show_plan()
            for counted in ("quantity", "occasions"):
                self.query_one(f"#{counted}", QuantityField).understand_anew()

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Choose a price, go back, or take the support away."""
        if event.key == "prices":
            self.action_prices()
        elif event.key == "remove":
            self.change(without_support(self.plan, self._support_id), "Removed a support")
            self.dismiss(None)
        else:
            self.dismiss(None)

    @work(exclusive=True)
    async def action_prices(self) -> None:
        """Choose a price from the schedules of costs."""
        from supportplan.screens.prices import Prices

        rate = await self.app.push_screen_wait(Prices(self.desk))
        support = self._support
        if rate is not None and support is not None:
            changed = replace(support, rate=rate, unit=rate.unit, what=support.what or "")
            self.change(with_support(self.plan, changed), "Chose a price for a support")
            self.show_plan()

    @property
    def _support(self) -> Support | None:
        return next((one for one in self.plan.supports if one.id == self._support_id), None)

    def _unit(self) -> Unit:
        support = self._support
        return (support.unit if support else None) or "each"

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
        line, currency = self.desk.costing.line(self._support_id), self.desk.costing.currency
        waiting = [one.words for one in self.desk.costing.waiting if one.support == self._support_id]
        said: list[Content] = []
        if line is None:
            said.append(Content.styled("Not costed yet.", "bold"))
            said += [Content(f"Still needed: {words}.") for words in waiting]
        else:
            said.append(Content.styled(str(line.trace), "bold"))
            before = self._before.amount if self._before else None
            if before is not None and before != line.amount:
                more = line.amount - before
                said.append(
                    Content(
                        f"Was {show(before, currency)}, so {show(abs(more), currency)} {'more' if more > 0 else 'less'}."
                    )
                )
        support = self._support
        if support is not None and support.rate is not None and support.rate.item:
            rate = support.rate
            said.append(typed(f"Price from {rate.schedule}, {rate.version}, {rate.item}."))
        if said != self._said:
            self._said = said
            # It keeps its height: putting every field in its place anew would take most of a key's time.
            self.query_one("#result", Static).update(Content("\n").join(said), layout=False)


_DEEDS = {
    "what": "what it is", "who": "who gives it", "name": "a name", "paid_by": "who pays", "payer": "which purse",
    "quantity": "how much", "unit": "what it is counted in", "every": "how often", "occasions": "how many occasions",
    "on": "on which day", "price": "the price", "reason": "why this price",
}  # fmt: skip


def _outcome_of(plan: Plan, support: Support) -> list[str]:
    first = support.outcomes[:1]
    return [one.text.strip()[:30] for one in plan.outcomes if (one.id,) == first and one.text.strip()]


def _with_typed(support: Support, name: str, value: Any) -> Support:
    """Put what was typed in its place in the support."""
    if name == "name":
        kind = support.supporter.kind if support.supporter else "other"
        return replace(support, supporter=Supporter(kind=kind, name=value or ""))
    if name == "price":
        return replace(support, rate=_rate(support, value))
    if name == "reason":
        return replace(support, rate=replace(support.rate, reason=value or "") if support.rate else None)
    if name == "occasions":
        return replace(support, occasions=max(int(value), 1) if value is not None else None)
    if name in ("what", "payer"):
        return replace(support, **{name: value or ""})
    return replace(support, **{name: value})


def _rate(support: Support, amount: UnitPrice | None) -> Rate | None:
    """Return the price as it was typed: one that differs from the schedule's is a price of our own."""
    if amount is None:
        return None
    rate = support.rate
    if rate is not None and rate.item and rate.amount == amount:
        return rate
    return Rate(amount=amount, unit=support.unit or "each", reason=rate.reason if rate else "")


def _with_chosen(support: Support, name: str, key: str) -> Support:
    """Put what was chosen in its place in the support, and drop what no longer applies."""
    if name == "who":
        kind = cast("SupporterKind", key)
        return replace(
            support, supporter=Supporter(kind=kind, name=support.supporter.name if support.supporter else "")
        )
    if name == "paid_by":
        return replace(support, paid_by=cast("PaidBy", key))
    if name == "unit":
        unit = cast("Unit", key)
        rate = support.rate
        own = rate is not None and not rate.item
        return replace(
            support, unit=unit, rate=replace(rate, unit=unit) if own and rate is not None else rate
        )
    if key == _ONCE:
        return replace(support, kind="one_off", every=None, occasions=None)
    every = cast("Every", key)
    return replace(
        support,
        kind="recurring",
        every=every,
        on=None,
        occasions=support.occasions if every == "occasion" else None,
    )
