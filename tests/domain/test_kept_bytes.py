from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain import kept_bytes
from supportplan.domain.canonical import canonical
from supportplan.domain.kept_bytes import readable_bytes
from supportplan.domain.plan import Outcome, Plan, Relation, read_plan
from supportplan.domain.problems import BadDocument
from tests.random_plans import plans

# Texts of which some may stand in a plan and some may not.
ANY_TEXT = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["", " ", "x" * 20_001, "bell\x07", "half \ud800", "two\nlines", "Zoë"]),
)


def person(plan: Plan, **parts: Any) -> Plan:
    return msgspec.structs.replace(plan, person=msgspec.structs.replace(plan.person, **parts))


def support(plan: Plan, place: int, **parts: Any) -> Plan:
    changed = list(plan.supports)
    changed[place] = msgspec.structs.replace(changed[place], **parts)
    return msgspec.structs.replace(plan, supports=tuple(changed))


@st.composite
def edits(draw: st.DrawFn) -> tuple[Plan, list[Plan]]:
    """A plan, and what may become of it by edits that nobody has looked at."""
    before = draw(plans())

    def text() -> str:
        return draw(ANY_TEXT)

    made = [person(before, name=text()), person(before, about=text())]
    made += [support(before, place, what=text()) for place in range(len(before.supports))]
    made.append(
        msgspec.structs.replace(
            before,
            people=(
                # Two of one id cannot even be made.
                Relation(id=draw(ANY_TEXT.filter(lambda id_: id_ != "p")), name="Jo"),
                Relation(id="p", name=text()),
            ),
        )
    )
    made.append(
        msgspec.structs.replace(before, outcomes=(*before.outcomes, Outcome(id="another", text=text())))
    )
    made.append(msgspec.structs.replace(before, supports=before.supports[::-1]))
    return before, made


def read_again(plan: Plan) -> Plan | None:
    try:
        return read_plan(canonical(plan))
    except (BadDocument, UnicodeEncodeError):
        return None


@given(edits())
def test_an_edit_is_taken_just_where_its_plan_can_be_read_again(edits: tuple[Plan, list[Plan]]) -> None:
    before, made = edits
    for after in made:
        expected = read_again(after)
        if expected is None:
            with pytest.raises(BadDocument):
                readable_bytes(after, before)
        else:
            assert readable_bytes(after, before) == canonical(after)
            assert expected == after


def test_the_place_is_named_and_the_text_is_not(sample: Plan) -> None:
    with pytest.raises(BadDocument) as caught:
        readable_bytes(support(sample, 2, what="Zebedee\x00"), sample)
    assert caught.value.where == "supports[2].what"
    assert "Zebedee" not in f"{caught.value}{caught.value.mend}"


def test_a_list_that_is_too_long_is_refused(sample: Plan) -> None:
    many = tuple(Relation(id=f"p{number}", name="Jo") for number in range(1_001))
    readable_bytes(msgspec.structs.replace(sample, people=many[:-1]), sample)
    with pytest.raises(BadDocument, match="1,000") as caught:
        readable_bytes(msgspec.structs.replace(sample, people=many), sample)
    assert caught.value.where == "people"


def test_a_plan_that_is_too_large_is_refused(sample: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_bytes, "MOST_BYTES", 1_000)
    with pytest.raises(BadDocument, match="larger"):
        readable_bytes(sample, sample)


def test_what_was_there_before_is_not_looked_at_again(sample: Plan) -> None:
    bad = support(sample, 0, what="bell\x07")
    readable_bytes(person(bad, about="Likes music"), bad)
