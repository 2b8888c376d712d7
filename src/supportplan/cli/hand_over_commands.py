"""Commands that hand a case over as one file, take one in, and bring plans together that were made apart."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from supportplan.cli.answers import NO, progress, say, say_json, tell
from supportplan.cli.asking import said_yes
from supportplan.cli.places import CaseArgument, JsonOption, StoreOption, opened
from supportplan.cli.secrets import new_words, words_told
from supportplan.domain.problems import BadInput
from supportplan.services import cases
from supportplan.services.clock import when_words
from supportplan.services.plan_files import load_form

if TYPE_CHECKING:
    from supportplan.services.bundles import Offer
    from supportplan.services.versions import Version

_NOBODY = "Somebody has to say whether it is taken in, and there is nobody to ask."

WordsFileOption = Annotated[
    Path | None,
    typer.Option(
        "--words-file",
        metavar="FILE",
        help="Take the words that open it from the first line of a file.",
        show_default=False,
    ),
]


def _file(words: str) -> Any:
    """Name the file as the argument of a command."""
    return typer.Argument(metavar="FILE", help=words, show_default=False)


def add_to(case: typer.Typer) -> None:
    """Add the commands to the group."""
    case.command("export")(export_case)
    case.command("import")(import_case)
    case.command("join")(join)


def export_case(
    case: CaseArgument,
    file: Annotated[Path, _file("The file to write, on a USB stick for example.")],
    *,
    words: WordsFileOption = None,
    own_words: Annotated[
        bool, typer.Option("--own-words", help="Type words of your own, where else some are drawn by chance.")
    ] = False,
    changes: Annotated[
        bool | None,
        typer.Option(
            "--with-changes/--without-changes",
            help="Where the plan was changed after it was sent: hand the changes over too, or leave them here.",
            show_default=False,
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a hand-over file that is there.")
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Hand a case over: write all of it into one encrypted file.

    Whoever gets the file takes it in with supportplan case import, and goes on with it. It opens with words that you
    tell them by another way, such as by telephone.
    """
    from supportplan.services import bundles
    from supportplan.services.bundle_words import TELL_APART, handed_over_words
    from supportplan.services.desk import Desk

    secret = new_words(words) if own_words or words is not None else bundles.words_to_tell()
    with opened(store) as opened_store, progress() as shown:
        desk = Desk(opened_store, cases.find_case(opened_store, case))
        done = bundles.hand_over(desk, file, secret, shown, changes=changes, replace=replace)
    drawn = not own_words and words is None
    if json:
        told = {"words": secret} if drawn else {}
        say_json({**done._asdict(), "path": str(done.path), **told})
        return
    say(f"Written, and read back: {done.path}")
    tell(handed_over_words(done))
    if drawn:
        say()
        say("The words that open it; they are shown only now:")
        say()
        say(f"    {secret}")
        say()
    tell(TELL_APART)


def import_case(
    file: Annotated[Path, _file("A hand-over file, or a plan document (JSON).")],
    *,
    words: WordsFileOption = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help="Take a hand-over file in without being asked first; change a plan that is signed or has ended, too.",
        ),
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Put a plan document in the place of the plan that the case has."),
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Take in a case that was handed over, or a plan from a file.

    Of a hand-over file it says first what is in it, and asks. A plan document becomes the draft of the case that it names.
    """
    from supportplan.services.bundles import is_bundle

    if is_bundle(file):
        _take_in(file, words, store, yes=yes, json=json)
        return
    plan = load_form(file)
    with opened(store) as opened_store:
        cases.take_in(opened_store, plan, replace=replace, sure=yes)
    if json:
        say_json({"case": plan.case})
    else:
        say(f"Saved: case {plan.case}")


def _take_in(file: Path, words: Path | None, store: Path | None, *, yes: bool, json: bool) -> None:
    from supportplan.services import bundles
    from supportplan.services.bundle_words import offer_words

    bundles.demand_bundle(file)
    secret = words_told(words)
    with opened(store) as opened_store:
        with progress() as shown:
            offer = bundles.look_into(opened_store, file, secret, shown)
        if not json:
            for line in offer_words(offer):
                say(line)
        taken = bool(offer.new) and (yes or said_yes("Take it in?", what=_NOBODY))
        if taken:
            bundles.take_in_bundle(opened_store, offer.bundle)
    if json:
        say_json(_as_json(offer, taken=taken))
    elif taken:
        say(f"Taken in: case {offer.case}")
        if offer.apart:
            tell(f"To choose the version that goes on: supportplan case join {offer.case[:8]}")
    elif offer.new:
        say("Nothing was taken in.")
    if offer.new and not taken:
        raise typer.Exit(NO)


def _as_json(offer: "Offer", *, taken: bool) -> dict[str, object]:
    contents = offer.bundle.contents
    return {
        "case": offer.case,
        "taken": taken,
        "known": offer.known,
        "from": contents.author,
        "made": contents.made,
        "new": dict(offer.new),
        "apart": offer.apart,
        "missing": offer.missing,
        "newcomers": [one._asdict() for one in offer.newcomers],
    }


def join(
    case: CaseArgument,
    *,
    go_on: Annotated[
        int | None,
        typer.Option(
            "--go-on-with",
            metavar="NUMBER",
            help="The number of the version that goes on, as this command lists them.",
            show_default=False,
        ),
    ] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Look at versions of a plan that were made apart, and choose the one that goes on.

    The others stay in the case, to be looked at.
    """
    from supportplan.services.desk import Desk
    from supportplan.services.joining import go_on_with, made_apart

    with opened(store) as opened_store:
        desk = Desk(opened_store, cases.find_case(opened_store, case))
        apart = made_apart(desk)
        chosen = next((one for one in apart if one.number == go_on), None)
        if go_on is not None and chosen is None:
            raise BadInput(
                f"Version {go_on} is not one to choose from.",
                mend=f"Choose one of {', '.join(str(one.number) for one in apart)}."
                if apart
                else "There is one plan only: nothing has to be chosen.",
            )
        if chosen is not None:
            go_on_with(desk, chosen)
    if json:
        say_json({"apart": [one._asdict() | {"plan": one.plan.id} for one in apart], "chosen": go_on})
    elif chosen is not None:
        say(f"The plan goes on with {chosen.name}, by {chosen.author}.")
    else:
        for line in _side_by_side(apart):
            say(line)


def _side_by_side(apart: Sequence["Version"]) -> Iterator[str]:
    from supportplan.services.joining import differences

    if not apart:
        yield "There is one plan only: nothing has to be chosen."
        return
    for one in apart:
        yield f"{one.name}, by {one.author}, {when_words(one.at)}"
    first = apart[0]
    for other in apart[1:]:
        yield ""
        yield f"{first.name} and {other.name} differ:"
        for found in differences(first, other):
            yield found.about
            yield f"    {first.name}: {found.one or 'not in it'}"
            yield f"    {other.name}: {found.other or 'not in it'}"
