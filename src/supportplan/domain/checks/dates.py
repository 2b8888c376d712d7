"""Checks of dates and weeks: the person's birth, the plan's period, supports within it, payments, review."""

from collections.abc import Iterator
from decimal import Decimal

from supportplan.domain.checks.finding import Check, Fault, Subject
from supportplan.domain.days import day_words
from supportplan.domain.money import plain
from supportplan.domain.plan import Period

_WHOLE_YEAR = (365, 366)


def _birth(subject: Subject) -> Iterator[Fault]:
    born, start = subject.plan.person.date_of_birth, subject.plan.period.start
    if born is None:
        return
    if born >= start:
        yield Fault(
            "The person is born after the plan starts.",
            "person.date_of_birth",
            "Check both dates, above all the year.",
        )
    elif start.year - born.year > 120:
        yield Fault(
            "The person would be more than 120 years old.", "person.date_of_birth", "Check the year of birth."
        )


def _birth_known(subject: Subject) -> Iterator[Fault]:
    if subject.plan.person.date_of_birth is None:
        yield Fault(
            "The plan does not give the person's date of birth.",
            "person.date_of_birth",
            "Add it: rates and rules change at 18.",
        )


def _years(subject: Subject) -> Iterator[Fault]:
    if not 2000 <= subject.plan.period.start.year <= 2100:
        yield Fault("The plan starts in a year that cannot be meant.", "period.start", "Check the year.")


def _length(subject: Subject) -> Iterator[Fault]:
    if subject.plan.period.days > max(_WHOLE_YEAR):
        yield Fault(
            "The plan covers more than a year.",
            "period.end",
            "Check the dates; plans are costed and looked at again year by year.",
        )


def _money_weeks(subject: Subject) -> Iterator[Fault]:
    weeks = subject.plan.period.money_weeks
    if weeks is not None and not 52 <= weeks <= 53:
        yield Fault(
            f"A money year of {plain(weeks)} weeks is no year.",
            "period.money_weeks",
            "Use 52, or what the authority's payroll uses, such as 52.143.",
        )


def _term_weeks(subject: Subject) -> Iterator[Fault]:
    period = subject.plan.period
    used = {support.every for support in subject.plan.supports}
    for field, weeks, every in (
        ("term_weeks", period.term_weeks, "term_week"),
        ("holiday_weeks", period.holiday_weeks, "holiday_week"),
    ):
        if weeks is not None and not weeks and every in used:
            yield Fault(
                "A support counts weeks of which the period has none.",
                f"period.{field}",
                "Give the number of weeks, or change how often the support happens.",
            )
    if words := _weeks_that_do_not_fit(period):
        yield Fault(words, "period.term_weeks", "Correct the term weeks or the holiday weeks.")


def _weeks_that_do_not_fit(period: Period) -> str:
    term, holiday = period.term_weeks, period.holiday_weeks
    total = (term or Decimal(0)) + (holiday or Decimal(0))
    if period.days in _WHOLE_YEAR:
        both = term is not None and holiday is not None
        if total > 52 or (both and total != 52):
            return f"Term and holiday weeks make {plain(total)}; a whole year has 52."
    elif total * 7 > period.days + 7:
        return f"Term and holiday weeks make {plain(total)}, more than the plan is long."
    return ""


def _support_dates(subject: Subject) -> Iterator[Fault]:
    period = subject.plan.period
    for support, place in subject.supports:
        for field, day in (("start", support.start), ("end", support.end), ("on", support.on)):
            if day is not None and not period.start <= day <= period.end:
                yield place.fault(
                    "has a date outside the plan's period.",
                    field,
                    f"Choose a day from {day_words(period.start)} to {day_words(period.end)}.",
                )


def _idle_dates(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        idle = ("on",) if support.kind == "recurring" else ("start", "end")
        for field in idle:
            if getattr(support, field) is not None:
                kind = (
                    "recurring, so it has a start and an end"
                    if field == "on"
                    else "a one-off, so it has one day"
                )
                yield place.fault(f"is {kind}; this date changes nothing.", field, "Move the date to where it counts, or take it out.")  # fmt: skip


def _part_counts(subject: Subject) -> Iterator[Fault]:
    period = subject.plan.period
    for support, place in subject.supports:
        narrowed = (support.start or period.start) > period.start or (support.end or period.end) < period.end
        if narrowed and support.every in ("term_week", "holiday_week"):
            yield place.fault(
                "covers only part of the plan, but is costed for all of its term or holiday weeks.",
                "every",
                "Count the occasions in that part instead: every occasion, and how many there are.",
            )


def _payments(subject: Subject) -> Iterator[Fault]:
    if subject.plan.payments is None and subject.costing.instalment_total:
        yield Fault(
            "The plan does not say how often the money is paid, and from when.",
            "payments",
            "Choose how often, and the day of the first payment.",
        )


def _payments_first(subject: Subject) -> Iterator[Fault]:
    payments, period = subject.plan.payments, subject.plan.period
    if payments is not None and not period.start <= payments.first <= period.end:
        yield Fault(
            "The first payment lies outside the plan's period.",
            "payments.first",
            f"Choose a day from {day_words(period.start)} to {day_words(period.end)}.",
        )


def _payments_usual(subject: Subject) -> Iterator[Fault]:
    usual, own = subject.profile.payments, subject.plan.payments
    if usual is None or own is None:
        return
    if own.every != usual.every:
        yield Fault(
            "The money is paid at another interval than this profile's.",
            "payments.every",
            "Check that the authority can pay at this interval.",
        )
    if usual.timing == "arrears" and own.first == subject.plan.period.start:
        yield Fault(
            "The first payment comes on the first day, but in this profile money is paid in arrears.",
            "payments.first",
            "Check the day of the first payment.",
        )


def _review(subject: Subject) -> Iterator[Fault]:
    if subject.plan.review is None:
        yield Fault(
            "The plan does not say when it will be looked at again.", "review.due", "Choose a day for the review."
        )  # fmt: skip


def _review_in_time(subject: Subject) -> Iterator[Fault]:
    review, period, rule = subject.plan.review, subject.plan.period, subject.profile.review
    if review is None:
        return
    latest = max(rule.first.after(period.start), rule.then.after(period.start)) if rule else period.end
    if not period.start < review.due <= latest:
        early = review.due <= period.start
        yield Fault(
            f"The review is due {'before the plan has begun' if early else 'later than it may be'}.",
            "review.due",
            f"Choose a day after {day_words(period.start)} and no later than {day_words(latest)}.",
        )


def _review_first(subject: Subject) -> Iterator[Fault]:
    review, start, rule = subject.plan.review, subject.plan.period.start, subject.profile.review
    if review is None or rule is None:
        return
    if rule.first.after(start) < review.due <= rule.then.after(start):
        yield Fault(
            "The review is due later than a first review should be.",
            "review.due",
            f"If this is the person's first plan, choose a day no later than {day_words(rule.first.after(start))}.",
        )


BIRTH = (
    Check("birth", "important", "blocks", "The date of birth is possible.", _birth),
    Check("birth_known", "important", "advice", "The date of birth is given.", _birth_known),
)
PERIOD = (
    Check("period_year", "budget", "blocks", "The plan's years look right.", _years),
    Check("period_length", "budget", "advice", "The plan covers no more than a year.", _length),
    Check("money_weeks", "budget", "blocks", "The weeks that money is counted for make a year.", _money_weeks),
    Check("term_weeks", "budget", "blocks", "Term and holiday weeks fit the period.", _term_weeks),
    Check("support_dates", "budget", "blocks", "Every support lies within the plan.", _support_dates),
    Check("idle_dates", "budget", "advice", "No support has a date that changes nothing.", _idle_dates),
    Check("part_counts", "budget", "advice", "Term and holiday weeks are those of the whole plan.", _part_counts),
)  # fmt: skip
PAYMENTS = (
    Check("payments", "budget", "blocks", "The plan says how the money is paid.", _payments),
    Check("payments_first", "budget", "blocks", "The first payment lies within the plan.", _payments_first),
    Check("payments_usual", "budget", "advice", "The money is paid as this scheme has it.", _payments_usual),
)
REVIEW = (
    Check("review", "action_plan", "blocks", "The plan says when it will be looked at again.", _review),
    Check("review_in_time", "action_plan", "blocks", "The review is due in time.", _review_in_time),
    Check("review_first", "action_plan", "advice", "The review is due in time for a first plan.", _review_first),
)  # fmt: skip
