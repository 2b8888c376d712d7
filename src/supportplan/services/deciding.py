"""Recording what the panel or the approver decided about a plan that was sent, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from supportplan.domain.canonical import read
from supportplan.domain.cases.asked_and_agreed import AskedAndAgreed, asked_and_agreed
from supportplan.domain.cases.rules import demand_day, demand_reasons
from supportplan.domain.cases.state import state
from supportplan.domain.cases.step_words import decided_words
from supportplan.domain.cases.steps import Decision, LineDecided, ReasonCode, Verdict
from supportplan.domain.days import day_words
from supportplan.domain.plan import answered, read_plan
from supportplan.domain.problems import NotAllowed, NotFound
from supportplan.domain.typed import typed_name
from supportplan.services.clock import today
from supportplan.services.profiles import naming_profile, profile_of, reasons_of
from supportplan.services.recording import recorded_together
from supportplan.services.submitting import SentPlan, sent_plan, submitted_now

if TYPE_CHECKING:
    from datetime import date

    from supportplan.domain.cases.entries import Record
    from supportplan.domain.profile import Reason
    from supportplan.services.desk import Desk

_NO_WORDS: Mapping[str, str] = MappingProxyType({})


class GivenDecision(NamedTuple):
    """A decision as somebody says it: what, by whom, as what, on which day, and why.

    `reason_codes` are keys of the reasons that the profile lists; `lines` say of single supports, by their ids, why they
    were agreed otherwise. `appeal` says how to ask for another look, as the profile does where it is empty; `contact` is
    whom to ask, with a telephone number or an e-mail address.
    """

    verdict: Verdict
    by: str
    on: date
    role: str = ""
    reason_codes: tuple[str, ...] = ()
    reasons: str = ""
    lines: Mapping[str, str] = _NO_WORDS
    appeal: str = ""
    contact: str = ""


class StandingDecision(NamedTuple):
    """A decision that stands, its entry, and what was asked and agreed where it agrees to anything."""

    entry: str
    decision: Decision
    compared: AskedAndAgreed | None


def decided_already_words(desk: Desk) -> str:
    """Say which decision about the plan that was sent last counts already; empty where none does."""
    stands, sent = standing_decision(desk), sent_plan(desk)
    if stands is None or sent is None or sent.standing.decision != stands.entry:
        return ""
    one = stands.decision
    return f"There is a decision already: {decided_words(one)}, on {day_words(one.on)}."


def reasons_for(desk: Desk, verdict: Verdict) -> tuple[Reason, ...]:
    """Return the reasons that a decision about this plan can give, those first that fit what is decided."""
    found = reasons_of(naming_profile(desk.plan))
    turns_down = verdict in ("returned", "refused")
    if verdict == "agreed":
        return tuple(one for one in found if not one.turns_down)
    if turns_down:
        return tuple(one for one in found if one.turns_down)
    return found


def usual_appeal(desk: Desk) -> str:
    """Return how the plan's profile says that another look is asked for; empty where it does not say."""
    appeal = naming_profile(desk.plan).appeal
    return appeal.route if appeal else ""


def compared(desk: Desk, lines: Mapping[str, str] = _NO_WORDS) -> AskedAndAgreed | None:
    """Say what was asked for, by the plan that was sent last, and what the plan on the desk has in its place."""
    sent = sent_plan(desk)
    return asked_and_agreed(sent.plan, desk.plan, lines) if sent is not None else None


def decide(desk: Desk, given: GivenDecision) -> str:
    """Record a decision about the plan that was sent last; return its entry, once the disk has it.

    With changes, the plan on the desk is what is agreed: it becomes a new version, made from the one that was sent, and
    is what people sign. Raises NotAllowed and BadInput, whose `where` names what has to be put right: `verdict`, `by`,
    `on`, `reasons`; nothing is recorded then.
    """
    desk.hand_in_all()
    with recorded_together(desk.store, desk.case) as together:
        sent = sent_plan(desk)
        if sent is None:
            raise NotAllowed(
                "No plan of this case has been sent for a decision.", where="verdict", mend="Send it first."
            )
        decision = _decision(desk, sent, given)
        demand_reasons(decision)
        demand_day(decision.on, sent.standing.submitted_on, today(), what="a decision")
        if given.verdict == "agreed" and sent.changed:
            raise NotAllowed(
                "The plan was changed after it was sent.",
                where="verdict",
                mend="Choose “agreed with changes”, or take the changes back first.",
            )
        if given.verdict == "agreed_with_changes":
            # Sent as well, so that the same people sign it and its checks are held.
            decision = replace(decision, instead=submitted_now(desk, together))
        entry = together.step(decision)
    desk.look_again()
    return entry


def _decision(desk: Desk, sent: SentPlan, given: GivenDecision) -> Decision:
    profile = profile_of(desk.plan)
    words = {one.key: one.words for one in reasons_of(profile)}
    unknown = [key for key in given.reason_codes if key not in words]
    if unknown:
        raise NotFound(
            f"There is no reason called {unknown[0]} in the profile.",
            where="reasons",
            mend=f"The reasons are: {', '.join(words)}.",
        )
    if given.verdict == "agreed_with_changes" and not sent.changed:
        raise NotAllowed(
            "The plan is still as it was sent: no change has been made in it.",
            where="verdict",
            mend="Make the agreed changes in the plan first, then record the decision.",
        )
    appeal = profile.appeal
    return Decision(
        format="supportplan/decision",
        version=1,
        plan=sent.entry,
        verdict=given.verdict,
        # Which plan it is, is known once it is recorded.
        instead=sent.entry if given.verdict == "agreed_with_changes" else None,
        by=typed_name(given.by, "Who decided"),
        role=typed_name(given.role, "As what they decided") if given.role.strip() else "",
        on=given.on,
        reason_codes=tuple(ReasonCode(key=key, words=words[key]) for key in given.reason_codes),
        reasons=given.reasons.strip(),
        lines=tuple(
            LineDecided(support=support, why=why.strip())
            for support, why in given.lines.items()
            if answered(why)
        ),
        appeal=given.appeal.strip() or (appeal.route if appeal else ""),
        appeal_by=given.on + timedelta(days=appeal.days) if appeal else None,
        contact=given.contact.strip(),
    )


def standing_decision(desk: Desk) -> StandingDecision | None:
    """Return the decision that stands about the newest plan of the case that has one, with what it agreed; else None."""
    records = {one.entry.id: one for one in desk.store.records(desk.case, blobs=False)}
    for standing in reversed(state(records.values(), today()).standings):
        if standing.decision is not None:
            decision = read(records[standing.decision].body, Decision)
            return StandingDecision(standing.decision, decision, _compared(records, decision))
    return None


def _compared(records: Mapping[str, Record], decision: Decision) -> AskedAndAgreed | None:
    agreed = decision.agreed_plan
    if agreed is None:
        return None
    why = {one.support: one.why for one in decision.lines}
    return asked_and_agreed(read_plan(records[decision.plan].body), read_plan(records[agreed].body), why)
