"""Commands about schedules of costs."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import to_builtins

from supportplan.cli.answers import BAD, number_of, progress, say, say_json, tell
from supportplan.cli.groups import group
from supportplan.cli.places import CaseOption, JsonOption, StoreOption, opened, plan_within
from supportplan.cli.schedule_words import say_difference, say_import, say_repricing, say_rows
from supportplan.domain.problems import Problem
from supportplan.services import schedule_versions
from supportplan.services.opening import is_store, store_folder
from supportplan.services.schedules import import_schedule

if TYPE_CHECKING:
    from supportplan.storage.store import Store

VersionArgument = Annotated[
    str,
    typer.Argument(
        metavar="SCHEDULE",
        help="A schedule's name, NAME@VERSION, or the start of its id.",
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    schedule = group("Take in, search and compare schedules of costs.")
    schedule.command("import")(import_)
    schedule.command("list")(list_versions)
    schedule.command("show")(show)
    schedule.command("diff")(diff)
    schedule.command("export")(export)
    schedule.command("withdraw")(withdraw)
    schedule.command("offer")(offer)
    app.add_typer(schedule, name="schedule")


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file or an Excel workbook.", show_default=False)
    ],
    *,
    name: Annotated[str, typer.Option("--name", help="What to call the schedule; else as the file.")] = "",
    version: Annotated[
        str, typer.Option("--version", help="What to call this version; else the latest day a row starts.")
    ] = "",
    source: Annotated[str, typer.Option("--source", help="Where the rates were published.")] = "",
    corrections: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COL=FIELD",
            help="Say what a column holds; COL is a header, a letter or a number.",
            show_default=False,
        ),
    ] = None,
    area: Annotated[
        str, typer.Option("--area", help="Where each area has a price column: the one to take.")
    ] = "",
    currency: Annotated[
        str, typer.Option("--currency", help="The currency, such as GBP, where the file does not say.")
    ] = "",
    sheet: Annotated[str, typer.Option("--sheet", help="Which sheet of a workbook.")] = "",
    good_rows: Annotated[
        bool, typer.Option("--good-rows", help="Keep the good rows although others are bad.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would come of it; nothing is kept.")
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Take a schedule of costs in from a file.

    It is kept as a new version, which never changes.
    """
    kept = False
    with ExitStack() as closing:
        known = _known_store(store, closing) if dry_run else closing.enter_context(opened(store))
        with progress() as shown:
            result = import_schedule(
                file,
                name=name,
                version=version,
                source=source,
                corrections=corrections or (),
                area=area,
                currency=currency,
                sheet=sheet,
                remembered=partial(schedule_versions.remembered_mapping, known) if known else None,
                progress=lambda done, of: shown("Reading", done, of),
            )
        if known and not dry_run and result.schedule is not None and (good_rows or not result.errors):
            schedule_versions.keep_schedule(known, result.schedule, result.mapping)
            kept = True
    if json:
        say_json({**result.answer(), "kept": kept})
    else:
        say_import(result, kept=kept, dry_run=dry_run)
    if not kept and (result.errors or result.schedule is None):
        raise typer.Exit(BAD)


def _known_store(folder: Path | None, closing: ExitStack) -> Store | None:
    """Open the store for what it remembers of earlier files; a dry run goes on without one."""
    if not is_store(store_folder(folder)):
        return None
    try:
        return closing.enter_context(opened(folder))
    except Problem as problem:
        tell(f"Caution: {problem} So the columns were read as if for the first time.")
        return None


def list_versions(*, store: StoreOption = None, json: JsonOption = False) -> None:
    """List the schedules in the store, those that came in last first."""
    with opened(store) as opened_store:
        versions = schedule_versions.list_schedules(opened_store)
        out = schedule_versions.withdrawn(opened_store)
    if json:
        say_json({"schedules": [to_builtins(one) | {"withdrawn": one.id in out} for one in versions]})
        return
    for one in versions:
        example = "  (a dated example)" if one.dated_example else ""
        gone = "  (withdrawn)" if one.id in out else ""
        say(
            f"{one.id[:8]}  {one.name}, version {one.label}: {one.rows:,} rows, {one.currency}{example}{gone}"
        )
    if not versions:
        say("There is no schedule of costs in the store yet. Take one in: supportplan schedule import FILE")


def show(
    schedule: VersionArgument,
    *,
    search: Annotated[
        str, typer.Option("--search", help="Words in any order, initials; missing letters are forgiven.")
    ] = "",
    most: Annotated[int, typer.Option("--most", help="How many rows at most.", min=1, max=10_000)] = 50,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show a schedule's rows, or search them."""
    from supportplan.domain.schedules.search import RateIndex

    with opened(store) as opened_store:
        version = schedule_versions.find_version(opened_store, schedule)
        rows = RateIndex(opened_store.rates.rows(version.id)).search(search, most=most)
    if json:
        say_json({"schedule": to_builtins(version), "rows": [to_builtins(row, enc_hook=str) for row in rows]})
        return
    say_rows(rows, version.currency)
    say(f"{len(rows):,} of {version.rows:,} rows of {version.name}, version {version.label}.")


def diff(
    old: VersionArgument,
    new: VersionArgument,
    *,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan", metavar="PLAN.json", help="Say what it would change in a plan.", show_default=False
        ),
    ] = None,
    case: CaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Compare two versions of a schedule.

    With --plan or --case, say what the new version would change in a plan. Nothing is changed.
    """
    from supportplan.domain.schedules.repricing import difference, reprice

    with opened(store) as opened_store:
        before = schedule_versions.load_schedule(
            opened_store, schedule_versions.find_version(opened_store, old)
        )
        after = schedule_versions.load_schedule(
            opened_store, schedule_versions.find_version(opened_store, new)
        )
        chosen = plan_within(opened_store, plan, case) if plan or case else None
    found = difference(before, after)
    repricing = reprice(chosen.plan, after, old=before) if chosen else None
    if json:
        shown = {"difference": to_builtins(found, enc_hook=str)}
        say_json(shown | ({"plan": to_builtins(repricing, enc_hook=str)} if repricing else {}))
        return
    say_difference(found, after.currency)
    if repricing:
        say()
        say_repricing(repricing)


def export(
    schedule: VersionArgument,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT.csv", help="The file to write.", show_default=False)
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a schedule's file that is there.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Write a schedule as CSV, in our own columns."""
    from supportplan.services.schedule_files import write_schedule

    with opened(store) as opened_store:
        found = schedule_versions.load_schedule(
            opened_store, schedule_versions.find_version(opened_store, schedule)
        )
    write_schedule(found, output, replace=replace)
    say(f"Written: {output} ({number_of(len(found.rows), 'row', 'rows')})")


def withdraw(schedule: VersionArgument, *, store: StoreOption = None) -> None:
    """Offer a version's prices no more, such as one brought in by mistake. Plans keep the prices that they have."""
    with opened(store) as opened_store:
        version = schedule_versions.find_version(opened_store, schedule)
        schedule_versions.withdraw(opened_store, version.id)
    say(f"Withdrawn: {version.name}, version {version.label}. `supportplan schedule offer` offers it again.")


def offer(schedule: VersionArgument, *, store: StoreOption = None) -> None:
    """Offer a version's prices again."""
    with opened(store) as opened_store:
        version = schedule_versions.find_version(opened_store, schedule)
        schedule_versions.offer(opened_store, version.id)
    say(f"Offered again: {version.name}, version {version.label}.")
