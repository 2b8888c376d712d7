"""The steps: what older programs wrote reads as it did and keeps its bytes; what a new field demands is demanded."""

import json
from datetime import date
from typing import Any

import pytest

from supportplan.domain.canonical import Document, canonical, read
from supportplan.domain.cases.steps import CopyIssued, Decision, Review, Signature, Submitted
from supportplan.domain.problems import BadDocument

PLAN, OTHER = "a" * 64, "b" * 64
# As the program wrote them before there were ways to sign, reasons to choose from, and other kinds of copy.
BEFORE: list[tuple[type[Document], dict[str, Any]]] = [
    (Submitted, {"format": "supportplan/submitted", "on": "2026-11-01", "plan": PLAN, "signers": [{"role": "person", "words": "The person"}], "version": 1}),
    (Decision, {"by": "The panel", "format": "supportplan/decision", "on": "2026-11-02", "plan": PLAN, "reasons": "It fits.", "verdict": "agreed", "version": 1}),
    (Decision, {"appeal": "Write to us", "appeal_by": "2026-12-01", "by": "The panel", "format": "supportplan/decision", "instead": OTHER, "on": "2026-11-02", "plan": PLAN, "reasons": "Less.", "verdict": "agreed_with_changes", "version": 1}),
    (Signature, {"basis": "as deputy of the court", "format": "supportplan/signature", "name": "Jo", "on": "2026-11-03", "plan": PLAN, "role": "person", "statement": "I agree.", "version": 1}),
    (Review, {"format": "supportplan/review", "on": "2026-11-04", "plan": PLAN, "result": "continues", "version": 1}),
    (CopyIssued, {"copy": "standard", "file": OTHER, "format": "supportplan/copy", "on": "2026-11-05", "plan": PLAN, "to": "Jo", "version": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "document"), BEFORE, ids=lambda one: getattr(one, "__name__", ""))
def test_what_was_written_before_reads_and_keeps_its_bytes(
    kind: type[Document], document: dict[str, Any]
) -> None:
    body = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    assert canonical(read(body, kind)) == body


SIGNATURE = BEFORE[3][1]
DRAWING = {"width": 10, "height": 4, "subcell": False, "strokes": [[[50, 50], [950, 350]]]}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"way": "drawn"}, "drawing"),
        ({"drawing": DRAWING}, "drawing"),
        ({"way": "ink"}, "seen_by"),
        ({"seen_by": "Fran"}, "seen_by"),
        ({"scan": OTHER}, "scan"),
        ({"way": "drawn", "drawing": DRAWING, "scan": OTHER}, "scan"),
        ({"way": "spoken"}, "not one of the words"),
    ],
)
def test_what_belongs_to_a_way_of_signing_goes_with_it_and_only_with_it(
    more: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadDocument, match=words):
        read(json.dumps(SIGNATURE | more).encode(), Signature)


@pytest.mark.parametrize(
    "more", [{"way": "ink", "seen_by": "Fran", "scan": OTHER}, {"way": "drawn", "drawing": DRAWING}]
)
def test_a_signature_that_was_drawn_or_given_in_ink_reads(more: dict[str, Any]) -> None:
    found = read(json.dumps(SIGNATURE | more).encode(), Signature)
    assert read(canonical(found), Signature) == found


def test_a_decision_has_reasons_from_the_list_or_in_words() -> None:
    bare = BEFORE[1][1] | {"reasons": " ... "}
    assert not read(json.dumps(bare).encode(), Decision).has_reasons
    code = {"key": "less_cost", "words": "It can be met at less cost"}
    found = read(json.dumps(bare | {"reason_codes": [code]}).encode(), Decision)
    assert found.has_reasons
    assert found.why == ("It can be met at less cost",)
    assert found.on == date(2026, 11, 2)
