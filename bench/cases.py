"""100,000 cases against 100: listed, paged and searched in the same run, and what they take of the memory."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from bench.material import PASSPHRASE, People, new_store, sample
from bench.measure import Effort, Times, in_turn
from bench.memory import resident_after_work
from bench.table import Line
from supportplan.domain.canonical import canonical
from supportplan.domain.costing import cost
from supportplan.domain.plan import Plan
from supportplan.storage.cases.case_index import After, Page
from supportplan.storage.cases.case_projection import glance
from supportplan.storage.cases.vocabulary import Vocabulary
from supportplan.storage.store import Store

FEW = 100
REACH = 2
MEMORY_REACH = 1.3
# A beginning finds a whole page among many cases and a family among few: ten times as much to read and to show. What
# is compared is as many rows of both; the whole page stands beside it for information.
_BEGINNING = "search for a name's beginning"
_WHOLE_PAGE = f"{_BEGINNING}, a whole page of what there is"
# So much is handed in at once; then the writer is let finish, and carries its log over.
_AT_ONCE = 5_000


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Fill a small store and a large one through the store's own way in, and use both in turn."""
    many = effort.many_cases
    few_in, many_in = folder / "few-cases", folder / "many-cases"
    with new_store(few_in) as few:
        fill(few, FEW)
    started = time.perf_counter()
    with new_store(many_in) as large:
        fill(large, many)
    yield Line(f"filling a store with {many:,} cases", time.perf_counter() - started)
    # Opened anew, as on any morning.
    with Store.unlock(few_in, PASSPHRASE) as few, Store.unlock(many_in, PASSPHRASE) as large:
        yield from _compare(effort, few, large, many)
    yield from _memory(few_in, many_in, many)


def fill(store: Store, count: int) -> None:
    """Keep a draft for each of many people, each acknowledged, with its costing in the list."""
    people, model = People(), _small(sample())
    shown = glance(model, cost(model))
    for start in range(0, count, _AT_ONCE):
        waiting = []
        for number in range(start, min(start + _AT_ONCE, count)):
            forename, surname = people.name(number)
            name = f"{forename} {surname}"
            reference = f"C-{number:06}"
            person = msgspec.structs.replace(model.person, name=name, known_as=forename, reference=reference)
            case = f"case-{number:06}"
            plan = msgspec.structs.replace(model, case=case, person=person)
            row = msgspec.structs.replace(shown, name=name, known_as=forename, reference=reference)
            waiting.append(store.drafts.save(case, canonical(plan), "Began the plan", shown=row))
        for saved in waiting:
            saved.result()


def _small(plan: Plan) -> Plan:
    """Return a plan of one outcome and two supports, so that the time goes into cases and not into long texts."""
    outcome = plan.outcomes[0]
    supports = tuple(msgspec.structs.replace(one, outcomes=(outcome.id,)) for one in plan.supports[:2])
    person = msgspec.structs.replace(
        plan.person, about="", important_to="", important_for="", communication=""
    )
    return msgspec.structs.replace(
        plan, person=person, people=(), outcomes=(outcome,), supports=supports, risks=()
    )


def _compare(effort: Effort, few: Store, large: Store, many: int) -> Iterator[Line]:
    """Let both stores do the same in turn, each with what is to be found in it."""
    against = f"the same at {FEW}"
    rounds = effort.rounds(100)
    # What compares words takes a tenth of a second to load, once: neither store is to pay for both.
    Vocabulary(["kowalska"]).loosely("kowlaska")
    first = in_turn({"few": partial(_wrong, few), "large": partial(_wrong, large)}, 1, before=0)
    yield _line("first search with a typing error after opening", first, against)
    for what, do in _tasks(few, large):
        found = in_turn({"few": partial(do, few), "large": partial(do, large)}, rounds, before=5)
        yield _line(f"{many:,} cases: {what}", found, against, None if what == _WHOLE_PAGE else REACH)
        yield Line("  the slowest of 20", found["large"].p95, "s", against, found["few"].p95)


def _line(what: str, found: dict[str, Times], against: str, reach: float | None = None) -> Line:
    return Line(what, found["large"].p50, "s", against, found["few"].p50, reach)


def _wrong(store: Store) -> Page:
    return store.cases.search(_mistyped(People().name(3)[1]))


def _tasks(few: Store, large: Store) -> Iterator[tuple[str, Callable[[Store], Page]]]:
    """Yield what people do with a list of cases: the same work in both stores, on what each holds."""
    second = {id(store): store.cases.page().after for store in (few, large)}
    deep = {id(store): After(store.cases.count() // 2) for store in (few, large)}
    yield "first page", lambda store: store.cases.page()
    yield "next page", lambda store: store.cases.page(after=second[id(store)])
    yield "a page half way down", lambda store: store.cases.page(after=deep[id(store)])
    names = People()
    surnames = _Turning([names.name(number)[1] for number in range(3, FEW, 7)])
    yield "search for a surname", lambda store: store.cases.search(surnames.next(store))
    whole = _Turning([" ".join(reversed(names.name(number))) for number in range(3, FEW, 7)])
    yield "search for a whole name, turned round", lambda store: store.cases.search(whole.next(store))
    references = _Turning([f"C-{number:06}" for number in range(3, FEW, 7)])
    yield "search for a reference", lambda store: store.cases.search(references.next(store))
    beginnings = _Turning([names.name(number)[1][:4] for number in range(3, FEW, 7)])
    rows = {typed: len(few.cases.search(typed).rows) for typed in beginnings.words}

    def as_many(store: Store) -> Page:
        typed = beginnings.next(store)
        return store.cases.search(typed, limit=rows[typed])

    yield f"{_BEGINNING}, as many rows", as_many
    yield _WHOLE_PAGE, lambda store: store.cases.search(beginnings.next(store))
    wrong = _Turning([_mistyped(names.name(number)[1]) for number in range(3, FEW, 7)])
    yield "search with a typing error", lambda store: store.cases.search(wrong.next(store))
    both = _Turning([" ".join(map(_mistyped, names.name(number))) for number in range(3, FEW, 7)])
    yield "search with a typing error in both names", lambda store: store.cases.search(both.next(store))


class _Turning:
    """Words to search for, one after another, the same for each store."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._asked: dict[int, int] = {}

    def next(self, store: Store) -> str:
        count = self._asked[id(store)] = self._asked.get(id(store), -1) + 1
        return self.words[count % len(self.words)]


def _mistyped(word: str) -> str:
    """Return a word as it comes out in haste: two letters in its middle have changed places."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def _memory(few: Path, many: Path, count: int) -> Iterator[Line]:
    name = People().name(3)
    words = (name[1], _mistyped(name[1]))
    found = {folder: resident_after_work(folder, words) for folder in (few, many)}
    for what in found[few]:
        against = f"the same at {FEW}"
        yield Line(
            f"{count:,} cases: memory {what}",
            found[many][what],
            "MiB",
            against,
            found[few][what],
            MEMORY_REACH,
        )
