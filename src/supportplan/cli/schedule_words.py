"""Schedules of costs in words on the terminal: what an import found, rows, and what would change."""

from collections.abc import Iterable
from decimal import Decimal

from supportplan.cli.answers import number_of, say, tell
from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.domain.schedules.repricing import Difference, Repricing
from supportplan.domain.schedules.row_words import price_words
from supportplan.domain.schedules.schedule import Row
from supportplan.domain.units import per
from supportplan.services.schedules import ImportResult

_MOST_ERRORS = 50


def say_import(result: ImportResult, *, kept: bool, dry_run: bool) -> None:
    """Say how the columns were read, what is wrong with which rows, and what came of it."""
    tell("How the columns were read (put one right with --map COL=FIELD):")
    for column in result.used.columns:
        area = f" for {column.area}" if column.area else ""
        tell(
            f"  {column.header or f'column {column.number}'} holds {column.field}{area} ({column.sureness}: {column.why})"
        )
    if result.used.left_out:
        tell(f"  Left out: {', '.join(result.used.left_out)}")
    for error in result.errors[:_MOST_ERRORS]:
        says = f" It says “{error.value}”." if error.value else ""
        tell(f"Row {error.row}, {error.column}: {error.reason}.{says}")
    if len(result.errors) > _MOST_ERRORS:
        tell(f"... and {len(result.errors) - _MOST_ERRORS:,} more; --json lists them all.")
    for warning in result.warnings:
        tell(f"Caution: {warning}")
    rows = number_of(result.rows, "row", "rows")
    say(f"{rows} read, {result.taken:,} good, {number_of(len(result.errors), 'problem', 'problems')}.")
    if kept and result.schedule is not None:
        say(
            f"Kept: {result.schedule.name}, version {result.schedule.label} ({(result.version_id or '')[:8]})."
        )
    elif dry_run:
        say("Nothing was kept: this was a dry run.")
    else:
        say("Nothing was kept. Mend the file and import it again, or keep the good rows with --good-rows.")


def say_rows(rows: Iterable[Row], currency: str) -> None:
    """Say the rows of a schedule, a line each."""
    for row in rows:
        said = ", ".join(
            part for part in (row.area, "" if row.day_type == "any" else row.day_type, row.tier) if part
        )
        valid = " ".join(
            part
            for part in (
                f"from {day_words(row.valid_from)}" if row.valid_from else "",
                f"to {day_words(row.valid_to)}" if row.valid_to else "",
            )
            if part
        )
        say(
            f"{row.item_code:<16}  {price_words(row, currency):>22}  {row.name}{f' ({said})' if said else ''}  {valid}".rstrip()
        )


def say_difference(found: Difference, currency: str) -> None:
    """Say what one version has that the other has not."""
    for row in found.removed:
        say(f"Gone:     {row.key}  {price_words(row, currency)}")
    for row in found.added:
        say(f"New:      {row.key}  {price_words(row, currency)}")
    for change in found.changed:
        prices = f"{price_words(change.old, currency)} becomes {price_words(change.new, currency)}"
        say(f"Changed:  {change.new.key}  {prices if 'rate' in change.fields else ', '.join(change.fields)}")
    if not found:
        say("The two versions say the same.")


def say_repricing(found: Repricing) -> None:
    """Say what a version would change in a plan, line by line, and in its totals."""
    say(f"What version {found.label} would change in the plan. Nothing was changed.")
    for line in found.changes:
        amounts = (
            f"{_money(line.old_amount, found.currency)} becomes {_money(line.new_amount, found.currency)}"
        )
        rates = f"{show(line.old_rate, found.currency)} becomes {_money(line.new_rate, found.currency)} {per(line.unit)}"
        say(f"  {line.support}  {line.item}: {line.words}")
        for span in line.spans:
            price = "no price" if span.rate is None else f"{show(span.rate, found.currency)} {per(line.unit)}"
            say(f"      {price} from {day_words(span.from_day)} to {day_words(span.to_day)}")
        if line.new_rate is not None:
            say(f"      {rates}; {amounts}")
    if not found.changes:
        say("  No support would change.")
    if any(line.new_rate is None for line in found.lines):
        say("  In these totals, lines without one new price keep the old one.")
    for name in ("one_off", "recurring", "contingency", "cash_value", "total_budget"):
        before, after = getattr(found.before, name), getattr(found.after, name)
        words = name.replace("_", " ").capitalize()
        say(
            f"  {words:<14} {show(before, found.currency):>14} becomes {show(after, found.currency):>14}  ({_signed(after - before, found.currency)})"
        )


def _money(amount: Decimal | None, currency: str) -> str:
    return "unknown" if amount is None else show(amount, currency)


def _signed(amount: Decimal, currency: str) -> str:
    return f"{'+' if amount > 0 else ''}{show(amount, currency)}"
