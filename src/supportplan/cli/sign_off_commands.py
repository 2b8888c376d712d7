"""Commands that bring a case to its sign-off, and beyond: sent, decided, reviewed, ended, and what happened so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer
from msgspec import to_builtins

from supportplan.cli.answers import say, say_json, tell
from supportplan.cli.asking import demand_somebody, typed_line
from supportplan.cli.case_words import say_history
from supportplan.cli.places import CaseArgument, JsonOption, StoreOption, opened
from supportplan.domain.cases.steps import Verdict
from supportplan.domain.problems import BadInput, NotAllowed
from supportplan.domain.typed import typed_day
from supportplan.services import cases
from supportplan.services.clock import today
from supportplan.services.timeline import timeline_of

if TYPE_CHECKING:
    from supportplan.services.desk import Desk
    from supportplan.storage.store import Store


def add_to(case: typer.Typer) -> None:
    """Add the commands to those about cases."""
    case.command("submit")(submit_case)
    case.command("decide")(decide_case)
    case.command("close")(close_case)
    case.command("history")(history)


def submit_case(case: CaseArgument, *, store: StoreOption = None, json: JsonOption = False) -> None:
    """Send a case's plan for a decision. It is fixed as it stands: a later change makes a new version."""
    from supportplan.services.submitting import submit

    with opened(store) as opened_store:
        desk = _desk_of(opened_store, case)
        _answer(desk, submit(desk), "Sent. Now it waits for the decision.", json=json)


def decide_case(
    case: CaseArgument,
    *,
    verdict: Annotated[
        str,
        typer.Option(
            "--verdict",
            metavar="VERDICT",
            help="agreed, agreed_with_changes, returned or refused. With changes, make them in the plan first.",
            show_default=False,
        ),
    ],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="NAME",
            help="Who decided. Best left out: you are asked for it, and a name in a command stays in the terminal's history.",
            show_default=False,
        ),
    ] = "",
    role: Annotated[
        str,
        typer.Option(
            "--role",
            metavar="WORDS",
            help="As what they decided; else as the profile says.",
            show_default=False,
        ),
    ] = "",
    on: Annotated[
        str,
        typer.Option("--on", metavar="DATE", help="The day of the decision; else today.", show_default=False),
    ] = "",
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason",
            metavar="KEY",
            help="A reason from the profile's list; may be given again.",
            show_default=False,
        ),
    ] = None,
    words: Annotated[
        str,
        typer.Option(
            "--words", metavar="WORDS", help="Why, in words, as the family will read it.", show_default=False
        ),
    ] = "",
    appeal: Annotated[
        str,
        typer.Option(
            "--appeal",
            metavar="WORDS",
            help="How the family can ask for another look; else as the profile says.",
            show_default=False,
        ),
    ] = "",
    contact: Annotated[
        str,
        typer.Option(
            "--contact",
            metavar="WORDS",
            help="Whom to ask about the decision, with a phone number or an e-mail address.",
            show_default=False,
        ),
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Record another decision over one that stands already.")
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Record what was decided about a plan that was sent, and why.

    A reason is needed, from the list or in words. The list of a profile: supportplan profile show.
    """
    from supportplan.services.deciding import GivenDecision, decide, decided_already_words
    from supportplan.services.profiles import profile_of

    decided = next((one for one in get_args(Verdict) if one == verdict.strip().replace(" ", "_")), None)
    if decided is None:
        raise BadInput(
            "That is no verdict.", where="--verdict", mend=f"Give one of {', '.join(get_args(Verdict))}."
        )
    day = typed_day(on, where="--on") if on else today()
    with opened(store) as opened_store:
        desk = _desk_of(opened_store, case)
        already = "" if again else decided_already_words(desk)
        if already:
            raise NotAllowed(already, mend="Nothing was recorded. Add --again to record another over it.")
        if not by.strip():
            demand_somebody(
                "Who decided is needed, and there is nobody to ask.",
                mend="Run the command in a terminal, or give --by.",
            )
            by = typed_line("Who decided: ")
        given = GivenDecision(
            decided,
            by,
            day,
            role or profile_of(desk.plan).approver,
            tuple(reason or ()),
            words,
            appeal=appeal,
            contact=contact,
        )
        _answer(desk, decide(desk, given), "The decision is recorded.", json=json)


def close_case(
    case: CaseArgument,
    *,
    reason: Annotated[
        str, typer.Option("--reason", metavar="WORDS", help="Why the plan ends.", show_default=False)
    ],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """End a case's plan, with the reason. Nothing is deleted."""
    from supportplan.services.closing import close

    with opened(store) as opened_store:
        desk = _desk_of(opened_store, case)
        close(desk, reason)
        _answer(desk, "", "The plan is ended.", json=json)


def history(case: CaseArgument, *, store: StoreOption = None, json: JsonOption = False) -> None:
    """Say what happened in a case so far: who did what when, and what does not count any more."""
    with opened(store) as opened_store:
        found = timeline_of(opened_store, cases.find_case(opened_store, case))
    if json:
        say_json([to_builtins(one) for one in found])
    else:
        say_history(found)


def _desk_of(store: Store, case: str) -> Desk:
    from supportplan.services.desk import Desk

    return Desk(store, cases.find_case(store, case))


def _answer(desk: Desk, entry: str, words: str, *, json: bool) -> None:
    """Say that it is done and where the case stands now."""
    found = cases.overview(desk.store, desk.case)
    if json:
        made = {"entry": entry} if entry else {}
        say_json({"case": desk.case, **made, "state": found.state})
        return
    say(words)
    tell(f"Case {desk.case[:8]} is now: {found.state.replace('_', ' ')}.")
