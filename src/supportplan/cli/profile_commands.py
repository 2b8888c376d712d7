"""Commands about scheme profiles: what differs between authorities."""

from typing import Annotated

import typer
from msgspec import to_builtins

from supportplan.cli.answers import say, say_json, tell
from supportplan.cli.groups import group
from supportplan.cli.places import JsonOption
from supportplan.services.profiles import load_profile, profile_facts, profile_names


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    profile = group("Look at scheme profiles: what differs between authorities.")
    profile.command("list")(list_profiles)
    profile.command("show")(show)
    app.add_typer(profile, name="profile")


def list_profiles(*, json: JsonOption = False) -> None:
    """List the profiles that come with the program."""
    profiles = [load_profile(name) for name in profile_names()]
    if json:
        say_json(
            {"profiles": [{"id": one.id, "name": one.name, "authority": one.authority} for one in profiles]}
        )
        return
    for one in profiles:
        say(f"{one.id:<32} {one.name}")


def show(
    name: Annotated[str, typer.Argument(metavar="PROFILE", help="Which profile.", show_default=False)],
    *,
    json: JsonOption = False,
) -> None:
    """Show what a profile sets, and where it was found."""
    profile = load_profile(name)
    if json:
        say_json(to_builtins(profile, enc_hook=str))
        return
    for fact in profile_facts(profile):
        say(f"{fact.label}: {fact.words}")
    tell("--json gives the words that a plan document uses for streams, routes and frameworks.")
