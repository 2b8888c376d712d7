"""What the pictures of easy read are about: each topic by its key, and the broader one whose picture serves as well."""

from collections.abc import Mapping

from supportplan.documents.model import Picture

# A team that has a picture of its own for a topic puts it into its folder under this name: `money.png`.
BROADER: dict[str, str] = {
    "person": "",
    "about": "person",
    "plan": "",
    "long_plan": "plan",
    "dates": "",
    "review": "dates",
    "important": "",
    "good_week": "dates",
    "wish": "important",
    "working": "yes",
    "yes": "",
    "safe": "",
    "talking": "",
    "control": "talking",
    "change": "talking",
    "help": "",
    "family": "help",
    "self": "person",
    "statutory": "help",
    "agency": "help",
    "personal_assistant": "help",
    "in_house": "help",
    "other": "help",
    "money": "",
    "again": "",
    "buy": "",
    "surprises": "safe",
    "paid": "money",
    "bank": "money",
    "rules": "yes",
    "risk": "",
    "action": "help",
    "emergency": "risk",
    "phone": "",
    "next": "yes",
    "unhappy": "",
    "appeal": "talking",
}
# The domains of outcome frameworks have pictures too, under their own keys; else that of what is wished for serves.
_A_DOMAIN = "wish"


def pick(pictures: Mapping[str, Picture], topic: str) -> Picture | None:
    """Return the picture of a topic, or of a broader one; None where there is neither."""
    while topic:
        if topic in pictures:
            return pictures[topic]
        topic = BROADER.get(topic, _A_DOMAIN)
    return None
