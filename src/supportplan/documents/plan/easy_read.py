"""The easy-read copy: one idea a row, with a picture beside it and at most fifteen words in a sentence.

Our words are written here. The person's own words stand under them as they were said: none of them is shortened or
put more simply by a machine. What is too long for a row is in the long plan, and the row says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from msgspec.structs import replace

from supportplan.documents.model import (
    Block,
    Card,
    Document,
    Fact,
    Heading,
    Idea,
    LastPage,
    Picture,
)
from supportplan.documents.plan import easy_words
from supportplan.documents.plan.topics import pick
from supportplan.documents.plan.words import Source
from supportplan.documents.plan.workings import signature_fields
from supportplan.domain.canonical import canonical
from supportplan.domain.plan import Support, shared
from supportplan.domain.short import shortened

# Own words that are longer than this would fill a page.
_LONGEST = 400
# What outcomes, help and risks may take up in lines, so that all of it stays within 20 pages of 30 lines.
_MOST_LINES = 240
_LINES_OF_A_PICTURE = 7
_LETTERS_IN_A_LINE = 36


def easy_read(source: Source, pictures: Mapping[str, Picture]) -> Document:
    """Build the easy-read copy. `pictures` are those there are, by their topic; a row without one has its words alone."""
    rows = _Rows(source, pictures)
    always = (*rows.about(), *rows.troubles(), *rows.keeping())
    name = shortened(source.plan.person.name, 40)
    return Document(
        title=f"Plan for {shortened(source.plan.person.name, 200)}, easy read",
        language="en-GB",
        subject="Support plan in easy words",
        author=shortened(source.facts.prepared_by or source.facts.authority or "supportplan", 200),
        person=name,
        version=shortened(source.version, 40),
        blocks=(
            *rows.cover(),
            *rows.about(),
            *rows.wishes(_MOST_LINES - _more_than_usual(always)),
            *rows.money(),
            *rows.troubles(),
            *rows.keeping(),
            *rows.rights(),
        ),
        last_page=_last_page(source),
        source=canonical(shared(source.plan)),
        edition="easy_read",
    )


class _Rows:
    """Writes the rows of one copy, with the pictures there are."""

    def __init__(self, source: Source, pictures: Mapping[str, Picture]) -> None:
        self._source = source
        self._plan = source.plan
        self._pictures = pictures

    def _idea(self, topic: str, text: str, own_words: str = "", more: str = "") -> Idea:
        picture = pick(self._pictures, topic)
        if len(own_words) > _LONGEST:
            own_words, text = "", f"{text}\nThis takes many words. They are in your long plan."
        return Idea(easy_words.lines(text), picture, own_words.strip(), easy_words.lines(more))

    def _told(self, *rows: tuple[str, str, str]) -> Iterator[Idea]:
        """Write the rows of which somebody said something: the topic, our words, and theirs."""
        for topic, text, own_words in rows:
            if own_words.strip():
                yield self._idea(topic, text, own_words)

    def cover(self) -> Iterator[Block]:
        person, period = self._plan.person, self._plan.period
        yield Heading(1, "My plan")
        yield self._idea("person", "This plan is for:", person.known_as or person.name)
        yield self._idea(
            "dates",
            f"The plan begins on {easy_words.day(period.start)}. It ends on {easy_words.day(period.end)}.",
        )
        yield self._idea("talking", "The words beside a thick line come from you and your team.")
        yield self._idea(
            "long_plan", "This plan says what you want. It says who helps you. The long plan says more."
        )

    def about(self) -> Iterator[Block]:
        person = self._plan.person
        rows = list(
            self._told(
                ("about", "What people like about you:", person.about),
                ("important", "What matters to you:", person.important_to),
                ("good_week", "A good week for you:", person.good_week),
                ("safe", "What keeps you safe and well:", person.important_for),
                ("talking", "How to talk with you:", person.communication),
            )
        )
        if rows:
            yield Heading(2, "About you")
            yield from rows

    def wishes(self, left: int) -> Iterator[Block]:
        """Write what the person wants and the help with it, as far as it fits in the lines that are `left`."""
        plan = self._plan
        groups: list[tuple[str, list[Idea]]] = []
        for place, outcome in enumerate(plan.outcomes, start=1):
            rows = _together(
                self._told(
                    (outcome.domain or "wish", "You want this:", outcome.text),
                    ("working", "This is how we know that it works:", outcome.success),
                )
            )
            rows += [self._help(one) for one in plan.supports if one.outcomes[:1] == (outcome.id,)]
            groups.append(
                (f"What you want: number {place}" if len(plan.outcomes) > 1 else "What you want", rows)
            )
        loose = [self._help(support) for support in plan.supports if not support.outcomes]
        if loose:
            groups.append(("Other help", loose))
        for title, rows in groups:
            if not rows:
                continue
            kept, left = _that_fit(rows, left)
            if kept:
                yield Heading(2, title)
                yield from kept
            if len(kept) < len(rows):
                yield self._idea("long_plan", "There is more help. It is in your long plan.")
                return

    def _help(self, support: Support) -> Idea:
        supporter = support.supporter
        kind = supporter.kind if supporter else "other"
        bought = support.kind == "one_off" and kind in ("other", "agency")
        own_words = self._source.support_name(support)
        if supporter and supporter.name.strip():
            own_words += f"\n({supporter.name.strip()})"
        more = [often] if (often := easy_words.often(support)) else []
        if note := easy_words.NOT_FROM_THE_BUDGET[support.paid_by]:
            more.append(note)
        elif support.kind == "one_off" and (line := self._source.costing.line(support.id)):
            more.append(f"It costs {self._source.money(line.amount)}.")
        if bought:
            return self._idea("buy", "This is bought once:", own_words, " ".join(more))
        return self._idea(kind, easy_words.WHO[kind], own_words, " ".join(more))

    def money(self) -> Iterator[Block]:
        source, plan, costing = self._source, self._plan, self._source.costing
        totals = costing.totals
        yield Heading(2, "The money")
        yield self._idea("money", f"All the money for this plan is {source.money(totals.cash_value)}.")
        if totals.recurring:
            yield self._idea(
                "again", f"{source.money(totals.recurring)} is for help that you get again and again."
            )
        if totals.one_off:
            yield self._idea("buy", f"{source.money(totals.one_off)} is for things that are bought once.")
        if totals.contingency:
            yield self._idea(
                "surprises",
                f"{source.money(totals.contingency)} is kept in case something happens."
                + ("" if costing.contingency_held_by == "family" else " It is not paid to you now."),
            )
        if totals.in_house_value:
            yield self._idea(
                "in_house",
                f"You do not pay for some of your help. It is worth {source.money(totals.in_house_value)}.",
            )
        if totals.other_value:
            yield self._idea(
                "money", f"Somebody else pays {source.money(totals.other_value)} for some of your help."
            )
        if costing.contribution.result:
            yield self._idea(
                "money", f"You pay {source.money(costing.contribution.result)} of the money yourself."
            )
        if plan.payments is not None and source.payments:
            yield self._idea(
                "paid",
                f"{easy_words.COMES[plan.payments.every]} It first comes on {easy_words.day(source.payments[0].on)}.",
            )
        yield self._idea(
            "rules", "The money is only for what is in your plan. Ask first if you want something else."
        )
        answers = plan.answers
        yield from self._told(
            ("bank", "This is how the money is looked after:", answers.managed_by if answers else "")
        )

    def troubles(self) -> Iterator[Block]:
        plan, emergency = self._plan, self._plan.emergency
        rows: list[Idea] = []
        for risk in plan.risks:
            rows += _together(
                self._told(
                    ("risk", "This could go wrong:", risk.text),
                    ("action", "This is what we do then:", risk.action),
                )
            )
        kept, _ = _that_fit(rows, _MOST_LINES // 3)
        if len(kept) < len(rows):
            kept.append(self._idea("long_plan", "There are more risks. They are in your long plan."))
        if kept:
            yield Heading(2, "If something goes wrong")
            yield from kept
        if emergency is None:
            return
        # On one page, to be looked at in a hurry.
        rows = _together(
            self._told(
                ("emergency", "It is an emergency when this happens:", emergency.trigger),
                ("action", "Do this first:", emergency.first_action),
                ("person", "These people help:", emergency.who),
                ("phone", "Ring this number:", emergency.phone),
            )
        )
        if rows:
            yield Heading(2, "In an emergency")
            yield from rows

    def keeping(self) -> Iterator[Block]:
        answers, review = self._plan.answers, self._plan.review
        rows = [
            *self._told(
                ("control", "This is how you stay in charge:", answers.in_control if answers else ""),
                ("next", "This happens next:", answers.action_plan if answers else ""),
            )
        ]
        if review is not None:
            rows.append(self._idea("review", f"We look at your plan again by {easy_words.day(review.due)}."))
        rows.append(self._idea("change", "You can ask for a change at any time."))
        yield Heading(2, "Keeping your plan right")
        yield from rows
        if (views := self._source.facts.views) is not None:
            yield from self._told(
                ("talking", "This is what you think of the plan:", views.young_person),
                ("family", "This is what your parent thinks:", views.parent),
                ("talking", "You do not agree about this:", views.words if views.disagree else ""),
            )

    def rights(self) -> Iterator[Block]:
        appeal = self._source.facts.appeal
        yield Heading(2, "If you are not happy")
        yield self._idea("unhappy", "You can say no. You can say that something is wrong.")
        if appeal is not None:
            yield self._idea(
                "appeal",
                f"You can ask somebody to look at a decision again. You have {appeal.days} days. Do it like this:",
                appeal.route,
            )
        else:
            yield self._idea("appeal", "You can ask somebody to look at a decision again. Ask us how.")


def _together(rows: Iterable[Idea]) -> list[Idea]:
    """Keep rows on one page: a wish and how one knows that it works, what may go wrong and what is done then."""
    found = list(rows)
    return [*(replace(row, with_next=True) for row in found[:-1]), *found[-1:]]


def _that_fit(rows: Sequence[Idea], lines: int) -> tuple[list[Idea], int]:
    """Take rows while there is room for them, and say how much room is left."""
    kept: list[Idea] = []
    for row in rows:
        lines -= _lines(row)
        if lines < 0:
            break
        kept.append(row)
    return kept, lines


def _lines(row: Idea) -> int:
    """About how many lines a row takes: those of its words, or those beside its picture."""
    parts = (row.text, *row.own_words.splitlines(), row.more)
    words = sum(ceil(len(line) / _LETTERS_IN_A_LINE) for line in parts) + 1
    return max(words, _LINES_OF_A_PICTURE if row.picture else 0)


def _more_than_usual(blocks: Sequence[Block]) -> int:
    """How many lines rows take beyond those beside their pictures: so many fewer are left for others."""
    return sum(max(_lines(block) - _LINES_OF_A_PICTURE, 0) for block in blocks if isinstance(block, Idea))


def _last_page(source: Source) -> LastPage:
    """Write the page that is signed: the money in short, what a signature means, and a box for each signer."""
    totals = source.costing.totals
    facts = [
        Fact("Money that comes again and again", source.money(totals.recurring), "amount"),
        Fact("Money that is paid once", source.money(totals.one_off), "amount"),
    ]
    if source.costing.contingency_held_by == "family":
        facts.append(Fact("Money in case something happens", source.money(totals.contingency), "amount"))
    facts.append(
        Fact("All the money for your plan", source.money(totals.cash_value), "amount", "grand_total")
    )
    return LastPage(
        (
            Heading(2, "Do you agree?"),
            Card("", tuple(facts)),
            Idea(easy_words.lines("Only sign if you agree. You can write your name or make a mark.")),
        ),
        tuple(
            replace(field, role=easy_words.signer_words(field.key, field.role))
            for field in signature_fields(source)
        ),
    )
