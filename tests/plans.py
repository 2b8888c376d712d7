"""Plans to test with: the sample case, plans of any number of lines, plans with difficult texts."""

import json
from importlib import resources
from typing import Any

from supportplan.domain.plan import Plan, read_plan

WELSH = "Ŵyn Llŷr Ẁẃŷỳ Môn"
POLISH = "Żółć Łucja Gęślą Jaźń Ćma Ńa Świt"
MARKUP = "<b>bold</b> & <br/> [/] [night] &amp; <para> </para> <img src='x'/> %s {0} \\n"
LONG_WORD = "Llanfairpwll" * 33 + "gogo"
SUPPORTERS = ("personal_assistant", "agency", "family", "statutory", "in_house", "other", "self")


def sample_document() -> dict[str, Any]:
    """The sample case's plan as decoded JSON, to be changed as a test needs it."""
    raw = resources.files("supportplan").joinpath("data/sample/plan.json").read_bytes()
    document: dict[str, Any] = json.loads(raw)
    return document


def sample_plan() -> Plan:
    """The sample case's plan."""
    return plan_from(sample_document())


def plan_from(document: dict[str, Any]) -> Plan:
    """Read a plan from decoded JSON."""
    return read_plan(json.dumps(document).encode(), name="a test plan")


def plan_of(
    lines: int, *, text: str = "Swimming with friends", name: str = "Sam Example", rate: str = "16.29"
) -> Plan:
    """A plan of so many supports over three outcomes, of all kinds in turn; `text` is what people wrote everywhere."""
    return plan_from(document_of(lines, text=text, name=name, rate=rate))


def document_of(
    lines: int, *, text: str = "Swimming with friends", name: str = "Sam Example", rate: str = "16.29"
) -> dict[str, Any]:
    """The same as decoded JSON."""
    one_line = " ".join(text.split())
    outcomes = [
        {
            "id": f"o{number}",
            "text": text,
            "success": text,
            "baseline": text,
            "horizon": "now",
            "domain": "autonomy",
        }
        for number in range(3)
    ]
    return {
        "format": "supportplan/plan",
        "version": 1,
        "id": "plan-1",
        "case": "case-1",
        "profile": "general",
        "person": {
            "name": name,
            "known_as": name,
            "reference": "C-1042",
            "about": text,
            "important_to": text,
            "important_for": text,
            "communication": text,
        },
        "people": [{"id": "p1", "name": one_line, "relationship": text, "role": "family"}],
        "period": {"start": "2026-09-01", "end": "2027-08-31", "term_weeks": "39", "holiday_weeks": "13"},
        "outcomes": outcomes,
        "supports": [_support(number, text, rate) for number in range(lines)],
        "contingency": {"percent": "5", "of": "recurring", "held_by": "family"},
        "contribution": {"amount": "1.00", "every": "week"},
        "payments": {"every": "quarter", "first": "2026-09-01"},
        "answers": {"in_control": text, "managed_by": text, "action_plan": text},
        "risks": [{"id": "r1", "text": text, "action": text, "supports": ["s0"] if lines else []}],
        "emergency": {"trigger": text, "first_action": text, "who": text, "phone": text},
        "review": {"due": "2027-02-28"},
    }


def _support(number: int, text: str, rate: str) -> dict[str, Any]:
    """A support; the number decides of which kind. Every amount differs from the others."""
    support: dict[str, Any] = {
        "id": f"s{number}",
        "outcomes": [f"o{number % 3}", "o0"] if number % 5 == 4 and number % 3 else [f"o{number % 3}"],
        "what": f"{text} {number + 1}",
        "supporter": {"kind": SUPPORTERS[number % 7], "name": text},
        "paid_by": ("budget", "budget", "budget", "in_house", "budget", "other", "nobody")[number % 7],
        "stream": "social_care",
        "route": "direct_payment",
        "kind": "one_off" if number % 4 == 3 else "recurring",
        "quantity": f"{number % 9 + 1}.25",
        "unit": "hour",
    }
    if support["kind"] == "recurring":
        support["every"] = ("week", "month", "holiday_week")[number % 3]
    else:
        support["on"] = f"2026-{number % 4 + 9:02}-{number % 27 + 1:02}"
    if number % 6 == 1:
        support |= {"staff": 2, "people": 3}
    if support["paid_by"] == "other":
        support["payer"] = text
    if support["paid_by"] != "nobody":
        pence = (int(rate.replace(".", "")) + number * 7) % 100_000_001
        support["rate"] = {"amount": f"{pence // 100}.{pence % 100:02}", "unit": "hour", "reason": text}
        if number % 10 == 2:
            support["rate"]["top_up"] = {"amount": "1.10", "payer": " ".join(text.split())}
    return support
