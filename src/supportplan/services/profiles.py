"""The scheme profiles and outcome frameworks that come with the program."""

from typing import NamedTuple

from supportplan.documents.bundled import bundled, bundled_names
from supportplan.domain.framework import Framework, read_framework
from supportplan.domain.plan import Plan
from supportplan.domain.problems import NotFound
from supportplan.domain.profile import Profile, Reason, read_profile
from supportplan.domain.profile_facts import Fact, facts

GENERAL = "general"


class OfferedDomain(NamedTuple):
    """A part of life that an outcome can be about: the key of its framework, its own key, and its words."""

    framework: str
    key: str
    words: str


def profile_names() -> tuple[str, ...]:
    """Return the ids of all profiles, in order."""
    return bundled_names("profiles")


def load_profile(name: str) -> Profile:
    """Return a profile by its id; raise NotFound with the ids there are."""
    if name not in profile_names():
        known = ", ".join(profile_names())
        raise NotFound(
            "there is no such profile", where=f"profile {name}", mend=f"The profiles here are: {known}."
        )
    return read_profile(bundled(f"profiles/{name}.json"), name=f"profile {name}")


def profile_of(plan: Plan) -> Profile:
    """Return the profile that a plan follows: the general one where it names none. Raises NotFound as `load_profile` does."""
    return load_profile(plan.profile or GENERAL)


def reasons_of(profile: Profile) -> tuple[Reason, ...]:
    """Return the reasons that a decision under a profile can give: its own list, or else the general one."""
    return profile.reasons or load_profile(GENERAL).reasons


def naming_profile(plan: Plan) -> Profile:
    """Return the profile that names what a plan may choose from: its own, or the general one where that is not here.

    A plan that came from a file can follow a profile of somebody else's. It can be worked on all the same; what checks
    and agrees it, asks `profile_of`.
    """
    return load_profile(plan.profile if plan.profile in profile_names() else GENERAL)


def profile_facts(profile: Profile) -> tuple[Fact, ...]:
    """Say in words what a profile sets, with the names of the frameworks it offers."""
    return facts(profile, {framework.id: framework.name for framework in frameworks()})


def frameworks() -> tuple[Framework, ...]:
    """Return all outcome frameworks, in the order of their ids."""
    return tuple(
        read_framework(bundled(f"frameworks/{name}.json"), name=f"framework {name}")
        for name in bundled_names("frameworks")
    )


def offered_domains(plan: Plan) -> tuple[OfferedDomain, ...]:
    """Return what an outcome of this plan can be about: the domains of its profile's frameworks, or of all there are.

    Where there are several frameworks, the words name them.
    """
    names = naming_profile(plan).frameworks
    offered = [one for one in frameworks() if one.id in names or not names]
    return tuple(
        OfferedDomain(one.id, domain.key, f"{domain.name} ({one.name})" if len(offered) > 1 else domain.name)
        for one in offered
        for domain in one.domains
    )
