"""What a sign-off check is: a question it belongs to, what it looks at, and what it finds.

The seven questions are those that In Control asks of a support plan (FIELD 2.6). The words of a finding name places
and ids and never what people wrote in the plan, so that they may stand in a log or on a shared screen.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from supportplan.domain.costing import Costing
from supportplan.domain.plan import Outcome, Plan, Risk, Support
from supportplan.domain.profile import Profile

Level = Literal["blocks", "advice"]
QuestionKey = Literal["important", "change", "support", "budget", "managed", "in_control", "action_plan"]


class Question(NamedTuple):
    """One of the seven questions, and when a plan is turned down for its answer."""

    key: QuestionKey
    asks: str
    not_agreed_if: str


QUESTIONS: tuple[Question, ...] = (
    Question(
        "important",
        "What is important to you?",
        "The plan will not be agreed if it does not show who you are and what matters to you.",
    ),
    Question(
        "change",
        "What do you want to change or achieve?",
        "The plan will not be agreed if it does not say what you want to be different, or want to keep as it is.",
    ),
    Question(
        "support",
        "How will you be supported?",
        "The plan will not be agreed if it does not say, for each thing you want, who will do what.",
    ),
    Question(
        "budget",
        "How will you use your budget?",
        "The plan will not be agreed if it does not show in detail what everything costs, how often, and when it is paid.",
    ),
    Question(
        "managed",
        "How will your support be managed?",
        "The plan will not be agreed if it does not say who organises the support, and what happens when something goes wrong.",
    ),
    Question(
        "in_control",
        "How will you stay in control?",
        "The plan will not be agreed if it does not say which decisions are yours, and who helps you with the others.",
    ),
    Question(
        "action_plan",
        "What will you do to make it happen?",
        "The plan will not be agreed if it does not say what happens next, who does it, and when you will look at the plan again.",
    ),
)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found: passed or not, why, and where to go to mend it.

    `level` says whether a failed check keeps the plan from being signed (`blocks`) or is worth a thought (`advice`).
    `where` is a path in the plan document, such as `supports[2].rate`; `id` the id of the thing there.
    """

    check: str
    question: QuestionKey
    level: Level
    passed: bool
    reason: str
    where: str = ""
    id: str = ""
    mend: str = ""


class Fault(NamedTuple):
    """One place where a check does not pass."""

    reason: str
    where: str
    mend: str
    id: str = ""


class Place(NamedTuple):
    """Where a thing stands in the plan: `Support 3` is the one at `supports[2]`."""

    thing: str
    among: str
    at: int
    id: str

    def fault(self, words: str, field: str, mend: str) -> Fault:
        """Say what is wrong with this thing, in one of its fields; `words` go on from its name."""
        where = f"{self.among}[{self.at}]" + (f".{field}" if field else "")
        return Fault(f"{self.thing} {self.at + 1} {words}", where, mend, self.id)


class Subject(NamedTuple):
    """What the checks look at. `indicative` is the budget that was given first, where there is one."""

    plan: Plan
    costing: Costing
    profile: Profile
    indicative: Decimal | None

    @property
    def outcomes(self) -> Iterator[tuple[Outcome, Place]]:
        """Each outcome, and how its faults are written."""
        return ((one, Place("Outcome", "outcomes", at, one.id)) for at, one in enumerate(self.plan.outcomes))

    @property
    def supports(self) -> Iterator[tuple[Support, Place]]:
        """Each support, and how its faults are written."""
        return ((one, Place("Support", "supports", at, one.id)) for at, one in enumerate(self.plan.supports))

    @property
    def budget_lines(self) -> Iterator[tuple[Support, Place]]:
        """The supports that the budget pays."""
        return ((support, place) for support, place in self.supports if support.paid_by == "budget")

    @property
    def risks(self) -> Iterator[tuple[Risk, Place]]:
        """Each risk, and how its faults are written."""
        return ((one, Place("Risk", "risks", at, one.id)) for at, one in enumerate(self.plan.risks))


class Check(NamedTuple):
    """A check: its name, which never changes; what to say when it passes; and how it looks for faults."""

    name: str
    question: QuestionKey
    level: Level
    fine: str
    look: Callable[[Subject], Iterable[Fault]]

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Give a finding for each fault, or the one that all is well."""
        passed = True
        for fault in self.look(subject):
            passed = False
            yield Finding(
                check=self.name,
                question=self.question,
                level=self.level,
                passed=False,
                reason=fault.reason,
                where=fault.where,
                id=fault.id,
                mend=fault.mend,
            )
        if passed:
            yield Finding(
                check=self.name, question=self.question, level=self.level, passed=True, reason=self.fine
            )
