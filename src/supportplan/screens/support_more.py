"""More about one support: what it serves, how its money flows, who shares it, when it starts and ends, a top-up."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.binding import BindingType

from supportplan.domain.edits import with_support
from supportplan.domain.field_types import MOST_HEADS
from supportplan.domain.plan import Plan, Support
from supportplan.domain.plan_money import TopUp
from supportplan.domain.problems import BadInput
from supportplan.screens.actions import bindings
from supportplan.screens.form import Asked, Form
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.profiles import naming_profile
from supportplan.widgets.choice import Option, Tick
from supportplan.widgets.chooser import Choice
from supportplan.widgets.fields import CountField, DayField, PriceField
from supportplan.widgets.word_fields import WordsField

_UNSAID = Option("none", "not said")
_MOST_OUTCOMES = 9
_DEED = "Changed a support"


class SupportMore(Form):
    """The rarer fields of one support."""

    about = "more"
    title_words = "More about a support"
    money = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("form", "case")
    AUTO_FOCUS = "Choice"

    def __init__(self, desk: Desk, support: str, *, at: str = "") -> None:
        self._support_id = support
        super().__init__(desk, at=at)

    def fields(self) -> Iterator[Asked]:
        """Route and stream, sharing, days, a top-up, and the outcomes it serves."""
        profile = naming_profile(self.desk.plan)
        routes = [_UNSAID, *(Option(one.key, one.name) for one in profile.routes)]
        streams = [_UNSAID, *(Option(one.key, one.name) for one in profile.streams)]
        yield self._choice("route", "The money goes by", routes)
        yield self._choice("stream", "The money is from", streams)
        yield self._heads(
            "staff", "Staff at once", ("member of staff", "staff together"), "2 where two people are needed"
        )
        yield self._heads(
            "people", "Shared by", ("person", "people"), "3 where three people share one worker"
        )
        yield self._day("start", "Starts", "only where it starts later than the plan")
        yield self._day("end", "Ends", "only where it ends before the plan")
        yield Asked(
            PriceField("Top-up of one", self.desk.plan.money, id="top_up"),
            lambda plan: f"{self._top_up(plan).amount:f}" if self._top_up(plan) else "",  # type: ignore[union-attr]
            lambda plan, value: self._with_top_up(plan, amount=value),
            f"{_DEED}: the top-up",
            self._has_rate,
        )
        yield Asked(
            WordsField("Paid by", id="top_up_payer", notes=False),
            lambda plan: self._top_up(plan).payer if self._top_up(plan) else "",  # type: ignore[union-attr]
            lambda plan, value: self._with_top_up(plan, payer=value or "The family"),
            f"{_DEED}: who pays the top-up",
            lambda plan: self._top_up(plan) is not None,
        )
        for number, outcome in enumerate(self.desk.plan.outcomes[:_MOST_OUTCOMES], start=1):
            words = f"serves {number} {' '.join(outcome.text.split())[:40]}"
            yield Asked(
                Tick(words, id=f"outcome-{number}"),
                lambda plan, of=outcome.id: "x" if of in self._support(plan).outcomes else "",  # type: ignore[misc]
                lambda plan, value, of=outcome.id: self._serving(plan, of, serves=value),  # type: ignore[misc]
                f"{_DEED}: what it serves",
            )

    def show_plan(self) -> None:
        """Show the support as it stands; where undo has taken it away, there is nothing to show."""
        if all(one.id != self._support_id for one in self.plan.supports):
            self.dismiss(None)
        else:
            super().show_plan()

    def _choice(self, name: str, label: str, options: list[Option]) -> Asked:
        return Asked(
            Choice(label, options, id=name, width=40),
            lambda plan: getattr(self._support(plan), name) or _UNSAID.key,
            lambda plan, value: self._with(plan, **{name: None if value == _UNSAID.key else value}),
            f"{_DEED}: how the money flows",
        )

    def _heads(self, name: str, label: str, counted: tuple[str, str], hint: str) -> Asked:
        return Asked(
            CountField(label, counted, most=MOST_HEADS, id=name, hint=hint),
            lambda plan: str(getattr(self._support(plan), name) or ""),
            lambda plan, value: self._with(plan, **{name: value}),
            f"{_DEED}: who shares it",
        )

    def _day(self, name: str, label: str, hint: str) -> Asked:
        def read(plan: Plan) -> str:
            day: date | None = getattr(self._support(plan), name)
            return f"{day:%d/%m/%Y}" if day else ""

        def write(plan: Plan, value: date | None) -> Plan:
            try:
                return self._with(plan, **{name: value})
            except ValueError:
                raise BadInput(
                    "A support cannot end before it starts.", mend="Change one of the two days."
                ) from None

        def where(plan: Plan) -> str:
            places = (at for at, one in enumerate(plan.supports) if one.id == self._support_id)
            return next((f"supports[{at}].{name}" for at in places), "")

        field = DayField(label, today(), id=name, hint=hint)
        return Asked(field, read, write, f"{_DEED}: when it is given", where=where)

    def _support(self, plan: Plan) -> Support:
        return next(one for one in plan.supports if one.id == self._support_id)

    def _with(self, plan: Plan, **changes: Any) -> Plan:
        support = self._support(plan)
        fields = {name: changes.get(name, getattr(support, name)) for name in Support.__struct_fields__}
        return with_support(plan, Support(**fields))

    def _serving(self, plan: Plan, outcome: str, *, serves: bool) -> Plan:
        rest = tuple(one for one in self._support(plan).outcomes if one != outcome)
        return self._with(plan, outcomes=(*rest, outcome) if serves else rest)

    def _has_rate(self, plan: Plan) -> bool:
        return self._support(plan).rate is not None

    def _top_up(self, plan: Plan) -> TopUp | None:
        rate = self._support(plan).rate
        return rate.top_up if rate else None

    def _with_top_up(self, plan: Plan, **changes: Any) -> Plan:
        rate, before = self._support(plan).rate, self._top_up(plan)
        amount = changes.get("amount", before.amount if before else None)
        payer = changes.get("payer", before.payer if before else "The family")
        if rate is None:
            return plan
        return self._with(
            plan, rate=replace(rate, top_up=TopUp(amount=amount, payer=payer) if amount else None)
        )
