"""The printed JSON Schemas accept just what is read: a validator and `read` are asked the same of many documents."""

import copy
import json
import re
import sys
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from supportplan.domain import canonical, plan_money
from supportplan.domain.canonical import Document
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadDocument
from supportplan.domain.profile import Profile
from supportplan.domain.schedules.schedule import Schedule
from tests.domain.test_schedule import schedules
from tests.plans import sample_document
from tests.random_plans import plan_documents

DOCUMENTS: dict[str, type[Document]] = {"plan": Plan, "profile": Profile, "schedule": Schedule}
SCHEMAS = {name: canonical.schema(kind) for name, kind in DOCUMENTS.items()}
PROFILES = [
    json.loads(path.read_bytes())
    for path in sorted(
        resources.files("supportplan").joinpath("data/profiles").iterdir(), key=lambda path: path.name
    )
]

A_PERIOD = {"start": "2026-09-01", "end": "2027-08-31"}
A_PLAN = {
    "format": "supportplan/plan",
    "version": 1,
    "id": "p1",
    "case": "c1",
    "person": {"name": "Sam Example"},
    "period": A_PERIOD,
}
A_SUPPORT = {"id": "s1", "paid_by": "budget", "kind": "one_off"}
A_ROW = {"item_code": "A", "name": "Care", "unit": "hour", "rate": "1.00"}
A_SCHEDULE = {
    "format": "supportplan/schedule",
    "version": 1,
    "name": "Rates",
    "label": "2026",
    "currency": "GBP",
    "rows": [A_ROW],
}
A_PROFILE = PROFILES[0]

# What JSON Schema cannot say: a pattern of the words with which reading refuses it, and a document that only reading
# refuses.
BEYOND_JSON_SCHEMA: dict[str, tuple[str, dict[str, Any]]] = {
    "ends before it starts": ("plan", A_PLAN | {"period": {"start": "2026-09-02", "end": "2026-09-01"}}),
    "is longer than ten years": ("plan", A_PLAN | {"period": {"start": "2026-09-01", "end": "2036-09-02"}}),
    "is used for something else already": ("plan", A_PLAN | {"outcomes": [{"id": "o1"}, {"id": "o1"}]}),
    "names something that is not in the plan": (
        "plan",
        A_PLAN | {"supports": [A_SUPPORT | {"outcomes": ["o1"]}]},
    ),
    "above the gross one": (
        "profile",
        A_PROFILE | {"price_points": [{"id": "a", "name": "A", "gross": "1", "net": "2"}]},
    ),
    "do not add up to 52": ("profile", A_PROFILE | {"period": {"term_weeks": "39", "holiday_weeks": "14"}}),
    "lists the same thing twice under '(signers|price_points|streams|routes|reasons)'": (
        "profile",
        A_PROFILE | {"routes": [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]},
    ),
    "is valid on the same days as": ("schedule", A_SCHEDULE | {"rows": [A_ROW, A_ROW]}),
    # 1.0 and 1 are one number to JSON Schema; a document has no fractions at all.
    "but is a number with a point": ("plan", A_PLAN | {"version": 1.0}),
    # What a JSON parser may hand out for "\ud800" is no text.
    "holds half a character": ("plan", A_PLAN | {"person": {"name": "Sam \ud800"}}),
}

TEXTS = [
    *("", " ", "\n", "a", "A", "9", "-", "_a", "a b", " a", "a ", "a  b", "a\n", "a\tb", "a\u00a0b", "a\u2028b"),
    *("a\x00b", "a\x1b[2J", "a\x7fb", "a\x85b", "a\u200bb", "\u200b", "\ufeff", "Ŵyn Żółć", "\U0001f600", "\ud83d"),
    *("library", "null", "GBP", "gbp", "GBPX", "GBP\n", "٣", "１", "p1", "P1.x_y-z", "a" * 64, "a" * 65, "a" * 101),
    *("0", "00", "01", "1", "1.", ".5", "1.0", "1.50", "12.345", "1.2345", "1.23456", "1.1234567", "-1", "+1", "1e3"),
    *("1,000", "1\n", " 1", "99", "99.9999", "100", "100.00", "100.01", "101", "599.999999", "600", "600.0", "600.1"),
    *("601", "999999.9999", "1000000", "1000000.0", "1000000.0001", "1000001", "999999999.99", "1000000000"),
    *("1000000000.01", "1000000001", "9" * 40, "0." + "0" * 39),
    *("2026-09-01", "2024-02-29", "2026-02-29", "2026-9-1", "20260901", "2026-W01-1", "2026-09-01T00:00:00"),
    *("2026-09-01\n", "1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "0000-01-01", "0001-01-01"),
]  # fmt: skip
NUMBERS = [0, 1, 2, -1, 1.0, 1.5, 520, 521, 1_000, 1_001, 1_990, 2_200, 2_201, 100_000, 100_001]
ANYTHING: list[Any] = [*TEXTS, *NUMBERS, True, False, None, [], {}, [[]], ["a"], ["a", "a"], [None], {"a": 1}]


PARTS = [(name, part) for name, schema in SCHEMAS.items() for part in schema["$defs"]]


def type_of(name: str, part: str) -> type[Document]:
    """The type behind a kind of object in a document; it stands in the document's own module."""
    named = vars(plan_money) | vars(sys.modules[DOCUMENTS[name].__module__])
    found: type[Document] = named[part]
    return found


@cache
def validator(name: str, part: str) -> Draft202012Validator:
    """A validator for one kind of object, days looked at too."""
    schema = SCHEMAS[name] | {"$ref": f"#/$defs/{part}"}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def refusal(kind: type[Document], document: object) -> str | None:
    """What reading says against a document."""
    try:
        canonical.read(json.dumps(document).encode(), kind)
    except BadDocument as problem:
        return problem.what
    return None


def agree(name: str, part: str, document: object) -> bool:
    """Say whether validator and reader accept a document; fail where they differ for no reason that is listed."""
    fits = validator(name, part).is_valid(document)
    said = refusal(type_of(name, part), document)
    if said is None:
        assert fits, f"read, but refused by the schema: {document}"
        return True
    assert "`" not in said, "this is how a decoder speaks"
    if fits:
        assert any(re.search(words, said) for words in BEYOND_JSON_SCHEMA), (
            f"{said}; the schema takes it: {document}"
        )
    return False


def accepted(place: dict[str, Any]) -> list[Any]:
    """What a schema accepts in a place where no object or list stands."""
    fits = Draft202012Validator(place, format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid
    return [value for value in [*place.get("enum", []), *ANYTHING] if fits(value)]


def smallest(name: str, part: str) -> dict[str, Any]:
    """An object of just what is needed."""
    own = {"Contingency": {"amount": "1"}, "Row": {"rate": "1"}}.get(part, {})
    return {key: filling(name, place) for key, place in properties(name, part, needed=True).items()} | own


def properties(name: str, part: str, *, needed: bool = False) -> dict[str, Any]:
    """The keys of a kind of object, and what may stand there."""
    said = SCHEMAS[name]["$defs"][part]
    return {key: place for key, place in said["properties"].items() if not needed or key in said["required"]}


def filling(name: str, place: dict[str, Any]) -> Any:
    """One thing that may stand in a place."""
    if "$ref" in place:
        return smallest(name, place["$ref"].rpartition("/")[2])
    if place.get("type") == "array":
        return [filling(name, place["items"])] * place.get("minItems", 0)
    return accepted(place)[0]


def fillings(name: str, place: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What may stand in a place, and now and then what may not."""
    if "$ref" in place:
        return objects(name, place["$ref"].rpartition("/")[2])
    if place.get("type") == "array":
        return st.lists(fillings(name, place["items"]), max_size=3)
    right = st.sampled_from(accepted(place))
    return st.integers(0, 99).flatmap(lambda luck: right if luck else st.sampled_from(ANYTHING))


@cache
def objects(name: str, part: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of one kind: what is needed, and any of the rest."""
    needed = {key: fillings(name, place) for key, place in properties(name, part, needed=True).items()}
    rest = {key: fillings(name, place) for key, place in properties(name, part).items() if key not in needed}
    return st.fixed_dictionaries(needed, optional=rest)


@st.composite
def broken(draw: st.DrawFn, whole: dict[str, Any]) -> dict[str, Any]:
    """A document of which one or two places were changed, anywhere in it."""
    document = copy.deepcopy(whole)
    for _ in range(draw(st.integers(1, 2))):
        holder, key = draw(st.sampled_from(places(document)))
        change = draw(st.sampled_from(["drop", "add", "put", "put", "repeat", "lengthen"]))
        if change == "drop":
            del holder[key]
        elif change == "add":
            (holder[key] if isinstance(holder[key], dict) else document)["colour"] = "red"
        elif change == "repeat" and isinstance(holder[key], list):
            holder[key] = holder[key] * 2
        elif change == "lengthen" and isinstance(holder[key], str):
            holder[key] += draw(st.sampled_from(TEXTS))
        else:
            holder[key] = draw(st.sampled_from(ANYTHING))
    return document


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document: what holds it, and its key or number there."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [place for key in keys for place in [(value, key), *places(value[key])]]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(msgspec.json.encode(SCHEMAS[name])))


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_every_key_takes_the_same_values(name: str, part: str) -> None:
    base = smallest(name, part)
    assert agree(name, part, base)
    assert not agree(name, part, base | {"colour": "red"})
    for key in base:
        agree(name, part, {other: base[other] for other in base if other != key})
    for key, place in properties(name, part).items():
        taken = [agree(name, part, base | {key: value}) for value in [*place.get("enum", []), *ANYTHING]]
        assert not all(taken), key


@pytest.mark.parametrize(
    ("start", "end"),
    [("1900-01-01", "1900-12-31"), ("1999-12-31", "2000-01-01"), ("2199-01-01", "2199-12-31")],
)
def test_a_period_may_lie_anywhere_in_our_time(start: str, end: str) -> None:
    assert agree("plan", "Period", {"start": start, "end": end})


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_every_bound_on_length_is_the_same(name: str, part: str) -> None:
    base = smallest(name, part)
    for key, place in properties(name, part).items():
        if most := place.get("maxLength"):
            agree(name, part, base | {key: "a" * most})
            assert not agree(name, part, base | {key: "a" * (most + 1)})
        if (most := place.get("maxItems", 0)) and most <= 1_000:
            one = filling(name, place["items"])
            agree(name, part, base | {key: [one] * most})
            assert not agree(name, part, base | {key: [one] * (most + 1)})


@pytest.mark.parametrize(("name", "part"), PARTS)
@given(data=st.data())
def test_keys_together_are_taken_alike(name: str, part: str, data: st.DataObject) -> None:
    agree(name, part, data.draw(objects(name, part)))


@given(st.data())
def test_plans_are_taken_alike_whole_and_broken(data: st.DataObject) -> None:
    document = data.draw(st.just(sample_document()) | plan_documents())
    assert agree("plan", "Plan", document)
    agree("plan", "Plan", data.draw(broken(document)))


@given(st.data())
def test_schedules_are_taken_alike_whole_and_broken(data: st.DataObject) -> None:
    document = json.loads(canonical.canonical(data.draw(schedules())))
    assert agree("schedule", "Schedule", document)
    agree("schedule", "Schedule", data.draw(broken(document)))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: str(profile["id"]))
def test_the_shipped_profiles_fit_the_schema(profile: dict[str, Any]) -> None:
    assert agree("profile", "Profile", profile)


@given(st.sampled_from(PROFILES).flatmap(broken))
def test_broken_profiles_are_refused_alike(document: dict[str, Any]) -> None:
    agree("profile", "Profile", document)


@pytest.mark.parametrize("words", BEYOND_JSON_SCHEMA)
def test_what_json_schema_cannot_say_is_refused_by_reading(words: str) -> None:
    name, document = BEYOND_JSON_SCHEMA[words]
    part = DOCUMENTS[name].__name__
    assert validator(name, part).is_valid(document)
    assert re.search(words, refusal(DOCUMENTS[name], document) or "")
