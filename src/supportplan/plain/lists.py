"""Lists of things to open, and of questions to change: said once, and after that only what is new in them."""

from collections.abc import Callable, Iterable, Sequence

from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadInput
from supportplan.plain.asker import Asker, Option, numbered
from supportplan.plain.question import Question, ask, ask_all, pick, shown
from supportplan.services.desk import Desk

_BACK = Option("back", "back")


class Listing:
    """A list of things and what can be done besides. Whoever hears it again hears only what has come to its end."""

    def __init__(self, asker: Asker, title: str, *others: Option) -> None:
        self._asker = asker
        self._title = title
        self._others = (*others, _BACK)
        self._keys: list[str] | None = None

    def pick(self, things: Sequence[Option]) -> str:
        """Ask which one is meant, and return its key; `back` for none. Raises Leave."""
        options = [*things, *self._others]
        before, self._keys = self._keys, [one.key for one in things]
        if before is None or self._keys[: len(before)] != before:
            self._asker.say(self._title, *numbered(options))
        else:
            self._asker.say(*numbered(options)[len(before) : len(things)])
        words = ", ".join(one.key for one in self._others)
        return pick(self._asker, f"Which one? A number, or {words}; ? lists them. ", options, usual=_BACK.key)


def look_through(
    asker: Asker,
    desk: Desk,
    title: str,
    questions: Sequence[Question],
    *,
    others: Iterable[Option] = (),
    after: Callable[[], None] = lambda: None,
) -> str:
    """Say what stands under each question, and ask those that are picked. Return the key among `others`, or `back`."""
    listing = Listing(asker, title, Option("all", "all, one after the other"), *others)
    while True:
        here = {f"#{at}": one for at, one in enumerate(questions) if one.applies(desk.plan)}
        key = listing.pick(
            [Option(key, f"{one.asked} {shown(one.read(desk.plan))}") for key, one in here.items()]
        )
        if key == "all":
            ask_all(asker, desk, questions, after=after)
            return _BACK.key
        if key not in here:
            return key
        ask(asker, desk, here[key], after=after)


def several(
    asked: str,
    choices: Sequence[Option],
    read: Callable[[Plan], tuple[str, ...]],
    write: Callable[[Plan, tuple[str, ...]], Plan],
    deed: str,
) -> Question:
    """Make a question that is answered with the numbers of what is meant."""
    numbers = {one.key: str(number) for number, one in enumerate(choices, start=1)}

    def written(plan: Plan, typed: str) -> Plan:
        ids: list[str] = []
        for said in typed.replace(",", " ").replace(" and ", " ").split():
            if not (said.isascii() and said.isdigit() and 0 < int(said[:6]) <= len(choices)):
                raise BadInput("That is not one of the numbers.", mend=f"Type numbers from 1 to {len(choices)}, such as 1, 2.")  # fmt: skip
            one = choices[int(said[:6]) - 1].key
            if one not in ids:
                ids.append(one)
        return write(plan, tuple(ids))

    return Question(
        asked,
        lambda plan: ", ".join(numbers[one] for one in read(plan) if one in numbers),
        written,
        deed,
        " ".join(f"{numbers[one.key]} is: {one.words}" for one in choices),
        applies=lambda _: bool(choices),
    )
