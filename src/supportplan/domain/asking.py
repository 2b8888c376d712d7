"""What a facilitator could ask next about an outcome, from what its words and supports still lack."""

from supportplan.domain.edits import supports_of
from supportplan.domain.plan import Outcome, Plan


def to_ask(plan: Plan, outcome: Outcome | None) -> tuple[str, ...]:
    """Return things to say aloud, the most useful first: words before people, people before money."""
    if outcome is None:
        return (
            "What would you like to do that you cannot do now?",
            "What would a good day look like a year from now?",
            "What do you want to stay just as it is?",
        )
    supports = supports_of(plan, outcome.id)
    kinds = {one.supporter.kind for one in supports if one.supporter}
    asked: list[str] = []
    if not outcome.text.strip():
        asked.append("If this went well, what would be different?")
    if not supports:
        asked.append("Who already does some of this with you? Who would you like beside you?")
    elif not kinds & {"self", "family"}:
        asked.append("Which part of this would you do yourself, or with people you know?")
    if not outcome.success.strip():
        asked.append("How will we both know it is working?")
    if not outcome.baseline.strip():
        asked.append("How is it now? What gets in the way?")
    if len(supports) > 1:
        asked.append("What happens in a week when one of them is ill?")
    asked.append("What is the first thing that happens next week?")
    return tuple(asked[:3])
