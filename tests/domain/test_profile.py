"""Profiles and frameworks: what is shipped reads, is true to its sources, and every setting is said in words."""

import json
from importlib import resources
from typing import Any

import pytest

from supportplan.domain.canonical import canonical, schema
from supportplan.domain.framework import Framework, read_framework
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadDocument
from supportplan.domain.profile import Profile, read_profile
from supportplan.domain.profile_facts import facts

DATA = resources.files("supportplan").joinpath("data")
PROFILES = {
    path.name.removesuffix(".json"): read_profile(path.read_bytes(), name=path.name)
    for path in DATA.joinpath("profiles").iterdir()
}
FRAMEWORKS = {
    path.name.removesuffix(".json"): read_framework(path.read_bytes(), name=path.name)
    for path in DATA.joinpath("frameworks").iterdir()
}

SMALLEST: dict[str, Any] = {
    "format": "supportplan/profile",
    "version": 1,
    "id": "here",
    "name": "Here",
    "authority": "Here",
    "source": "Nowhere",
    "approver": "The panel",
    "signers": [{"role": "person", "words": "The person"}],
}


def profile(**more: object) -> Profile:
    return read_profile(json.dumps(SMALLEST | more).encode())


def test_every_area_of_the_sources_has_its_profile() -> None:
    assert set(PROFILES) == {
        "general",
        "coventry",
        "gloucestershire-bhlp",
        "gloucestershire-bhlp-enhanced",
        "gloucestershire-taking-control",
        "newcastle",
        "redbridge",
        "bedford",
    }


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_a_shipped_profile_is_whole(name: str) -> None:
    found = PROFILES[name]
    assert found.id == name
    assert read_profile(canonical(found)) == found
    assert set(found.frameworks) <= set(FRAMEWORKS)
    assert {"person", "facilitator", "approver"} <= {signer.role for signer in found.signers}
    assert (found.example_of is None) == (name == "general")
    if found.cap is not None and found.cap.enhanced is not None:
        assert PROFILES[found.cap.enhanced].cap is None


def test_the_profiles_say_what_the_areas_differ_in() -> None:
    """FIELD 1.11, row by row."""
    orders = {name: found.order for name, found in PROFILES.items() if name != "general"}
    assert orders == {
        "coventry": "plan_first",
        "gloucestershire-bhlp": "plan_first",
        "gloucestershire-bhlp-enhanced": "plan_first",
        "gloucestershire-taking-control": "budget_first",
        "newcastle": "budget_first",
        "redbridge": "plan_first",
        "bedford": None,
    }
    control = PROFILES["gloucestershire-taking-control"]
    assert [str(point.gross) for point in control.price_points] == ["71.00", "10.00"]
    assert [point.net and str(point.net) for point in control.price_points] == ["55.00", None]
    assert control.contingency is not None
    assert control.contingency.top_slice
    redbridge = PROFILES["redbridge"]
    assert redbridge.contingency is not None
    assert redbridge.contingency.held_by == "authority"
    assert redbridge.payments is not None
    assert redbridge.payments.every == "quarter"
    assert redbridge.review is not None
    assert (redbridge.review.then.count, redbridge.review.then.unit) == (6, "month")
    cap = PROFILES["gloucestershire-bhlp"].cap
    assert cap is not None
    assert str(cap.amount) == "1000.00"
    assert not PROFILES["coventry"].residential_by_direct_payment
    assert PROFILES["newcastle"].price_points[0].gross == 92
    assert PROFILES["bedford"].appeal is None


def test_every_setting_of_a_profile_is_said_in_words() -> None:
    said = {fact.key for fact in facts(PROFILES["general"])}
    assert said == set(Profile.__struct_fields__) - {"format", "version", "id"}


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_a_setting_that_differs_is_said_differently(name: str) -> None:
    bare, said = facts(profile()), facts(PROFILES[name])
    for before, after in zip(bare, said, strict=True):
        same = getattr(profile(), before.key) == getattr(PROFILES[name], before.key)
        assert same == (before.words == after.words), before.key


def test_the_facts_of_a_top_slice_and_a_cap() -> None:
    words = {fact.key: fact.words for fact in facts(PROFILES["gloucestershire-taking-control"])}
    assert "£71.00 a point, of which £55.00 after the top-slice" in words["price_points"]
    assert words["contingency"] == "a top-slice of the price point, held by the authority"
    words = {fact.key: fact.words for fact in facts(PROFILES["gloucestershire-bhlp"])}
    assert words["cap"] == "£1,000.00; more under the profile 'gloucestershire-bhlp-enhanced'"


def test_a_profiles_amounts_are_said_in_its_own_currency() -> None:
    points = [{"id": "a", "name": "A", "gross": "71", "net": "55"}]
    found = facts(profile(currency="EUR", cap={"amount": "1000.00"}, price_points=points))
    words = {fact.key: fact.words for fact in found}
    assert words["currency"] == "EUR"
    assert words["cap"] == "€1,000.00"
    assert words["price_points"] == "A: €71.00 a point, of which €55.00 after the top-slice"


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"signers": []}, "should not be empty"),
        ({"signers": [{"role": "person", "words": "A"}, {"role": "person", "words": "B"}]}, "twice"),
        ({"contingency": {"held_by": "family", "percent": "5"}}, "'of'"),
        ({"contingency": {"held_by": "family", "percent": "5", "of": "all", "top_slice": True}}, "not both"),
        ({"period": {"term_weeks": "39"}}, "together"),
        ({"period": {"term_weeks": "39", "holiday_weeks": "14"}}, "52"),
        ({"price_points": [{"id": "a", "name": "A", "gross": "55", "net": "71"}]}, "above"),
        ({"streams": [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]}, "twice"),
        ({"cap": {"amount": "1000.001"}}, "2 decimal places"),
        ({"surprise": 1}, "does not belong there"),
        ({"id": "No Key"}, "signs that are not allowed"),
    ],
)
def test_a_broken_profile_is_refused_in_words(broken: dict[str, Any], words: str) -> None:
    with pytest.raises(BadDocument, match=words):
        profile(**broken)


def test_the_frameworks() -> None:
    sizes = {name: len(found.domains) for name, found in FRAMEWORKS.items()}
    assert sizes == {
        "spru": 4,
        "every_child_matters": 6,
        "preparing_for_adulthood": 4,
        "care_act_wellbeing": 9,
        "shanarri": 8,
        "ascot": 8,
    }
    for name, found in FRAMEWORKS.items():
        assert found.id == name


def test_a_framework_that_lists_a_domain_twice_is_refused() -> None:
    twice = {"key": "a", "name": "A"}
    raw = {"format": "supportplan/framework", "version": 1, "id": "x", "name": "X", "source": "X"}
    with pytest.raises(BadDocument, match="twice"):
        read_framework(json.dumps(raw | {"domains": [twice, twice]}).encode())


def test_the_sample_names_domains_that_its_frameworks_have(sample: Plan) -> None:
    for outcome in sample.outcomes:
        if outcome.framework is not None and outcome.domain is not None:
            assert outcome.domain in {domain.key for domain in FRAMEWORKS[outcome.framework].domains}


def test_the_schemas_say_what_is_needed() -> None:
    assert set(schema(Profile)["$defs"]["Profile"]["required"]) == {*SMALLEST}
    assert "domains" in schema(Framework)["$defs"]["Framework"]["required"]
