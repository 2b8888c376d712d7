"""Documents in and out: strict, exact, and byte for byte what RFC 8785 says."""

import json
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain import canonical
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadDocument
from tests.random_plans import again, plan_documents, plans

SMALL: dict[str, Any] = {
    "format": "supportplan/plan",
    "version": 1,
    "id": "p1",
    "case": "c1",
    "person": {"name": "Sam Example"},
    "period": {"start": "2026-09-01", "end": "2027-08-31"},
    "supports": [{"id": "s1", "paid_by": "budget", "kind": "one_off", "quantity": "1", "unit": "each"}],
}


@given(plan_documents())
def test_canonical_bytes_are_those_of_rfc_8785(document: dict[str, Any]) -> None:
    raw = json.dumps(document, ensure_ascii=True, indent=1).encode()
    assert canonical.canonical(read_plan(raw)) == rfc8785.dumps(document)


@given(plans())
def test_canonical_bytes_survive_a_round_trip(plan: Plan) -> None:
    assert again(plan) == plan
    assert canonical.canonical(again(plan)) == canonical.canonical(plan)


def with_support(**changes: object) -> dict[str, object]:
    """The small plan with its one support changed."""
    return {**SMALL, "supports": [{**SMALL["supports"][0], **changes}]}


@pytest.mark.parametrize(
    ("document", "where", "what"),
    [
        ({**SMALL, "colour": "red"}, "plan.json", "has 'colour', which does not belong there"),
        ({**SMALL, "person": {"name": "Sam", "nmae": "x"}}, "plan.json, person", "has 'nmae'"),
        ({**SMALL, "case": "library"}, "plan.json, case", "where schedules are kept"),
        ({**SMALL, "person": {}}, "plan.json, person", "lacks 'name'"),
        ({**SMALL, "id": "p1\n"}, "plan.json, id", "signs that are not allowed"),
        ({**SMALL, "person": {"name": "Sam\n"}}, "plan.json, person.name", "signs that are not allowed"),
        ({**SMALL, "person": {"name": " "}}, "plan.json, person.name", "nothing at all"),
        ({**SMALL, "person": {"name": "Sam\x1b[2J"}}, "plan.json, person.name", "signs that are not allowed"),
        (
            {**SMALL, "person": {"name": "S" * 20_001}},
            "plan.json, person.name",
            "longer than 20000 characters",
        ),
        ({**SMALL, "person": None}, "plan.json, person", "is null"),
        ({**SMALL, "person": []}, "plan.json, person", "should be an object, but is a list"),
        ({**SMALL, "version": 2}, "plan.json, version", "is not one of"),
        ({**SMALL, "version": "1"}, "plan.json, version", "should be a whole number, but is text"),
        (
            {**SMALL, "period": {"start": "2026-02-30", "end": "2026-03-01"}},
            "plan.json, period.start",
            "should be a day of the calendar",
        ),
        (
            {**SMALL, "period": {"start": "2026-03-02", "end": "2026-03-01"}},
            "plan.json, period",
            "ends before it starts",
        ),
        (
            {**SMALL, "period": {"start": "2026-03-02", "end": "2036-03-03"}},
            "plan.json, period",
            "longer than ten years",
        ),
        (
            {**SMALL, "outcomes": [{"id": "o1"}, {"id": "o1"}]},
            "plan.json, outcomes[1].id",
            "used for something else",
        ),
        (with_support(quantity=6.5), "plan.json, supports[0].quantity", "in quotes"),
        (with_support(quantity=6), "plan.json, supports[0].quantity", "in quotes"),
        (with_support(quantity="-6"), "plan.json, supports[0].quantity", "digits and a point only"),
        (with_support(quantity="6.12345"), "plan.json, supports[0].quantity", "at most 4 decimal places"),
        (with_support(outcomes=["o9"]), "plan.json, supports[0].outcomes[0]", "not in the plan"),
        (with_support(every="week"), "plan.json, supports[0]", "is a one-off"),
        (with_support(paid_by="me"), "plan.json, supports[0].paid_by", "is not one of the words"),
        (with_support(staff=0), "plan.json, supports[0].staff", "at least 1"),
        ({**SMALL, "contingency": {"held_by": "family"}}, "plan.json, contingency", "needs one of"),
        (
            {**SMALL, "supports": [{"id": f"s{n}"} for n in range(1001)]},
            "plan.json, supports",
            "more than 1000",
        ),
        ({**SMALL, "person": {"name": "\ud800"}}, "plan.json, person.name", "half a character"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(document: dict[str, object], where: str, what: str) -> None:
    with pytest.raises(BadDocument) as caught:
        read_plan(json.dumps(document).encode(), name="plan.json")
    assert caught.value.where == where
    assert what in caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"PK", "is not JSON: line 1, column 1"),
        (b"{", "is not JSON: line 1, column 2"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b'{"id": "a", "id": "b"}', "says 'id' twice"),
        (b'{"version": NaN}', "says NaN"),
        (b'{"version": 1234567890123456789}', "too long"),
        (b"[" * 200_000, "nested too deeply"),
        (b" " * (canonical.MOST_BYTES + 1), "is larger than"),
        (b"\xef\xbb\xbf[]", "should be an object, but is a list"),
    ],
)
def test_what_is_no_document_is_refused(raw: bytes, what: str) -> None:
    with pytest.raises(BadDocument, match=what):
        read_plan(raw)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_nothing_but_a_plain_problem_comes_of_rubbish(raw: bytes) -> None:
    with pytest.raises(BadDocument):
        read_plan(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda part: st.dictionaries(st.sampled_from([*SMALL]), part),
    )
)
def test_nothing_but_a_plain_problem_comes_of_odd_json(value: object) -> None:
    with pytest.raises(BadDocument):
        read_plan(json.dumps(value).encode())


def test_an_error_never_repeats_what_people_wrote() -> None:
    written = "Zebedee"
    for document in (
        {**SMALL, "person": {"name": f"{written}\x00"}},
        {**SMALL, written: "x"},
        {**SMALL, "person": {"name": "Sam", f"{written} likes": "x"}},
        {**SMALL, "answers": {written: None}},
        with_support(quantity=written),
        with_support(paid_by=written),
        {**SMALL, "period": {"start": written, "end": written}},
    ):
        with pytest.raises(BadDocument) as caught:
            read_plan(json.dumps(document).encode())
        assert written not in f"{caught.value} {caught.value.mend}"


def test_the_schema_says_what_reading_accepts() -> None:
    found = canonical.schema(Plan)
    assert found["$schema"].endswith("2020-12/schema")
    support = found["$defs"]["Support"]["properties"]
    assert support["quantity"]["type"] == "string"
    assert "null" not in json.dumps(found)
    assert found["$defs"]["Plan"]["additionalProperties"] is False
    msgspec.json.encode(found)
