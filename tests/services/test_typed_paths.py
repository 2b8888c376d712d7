"""Where a PDF goes, as somebody types it."""

from pathlib import Path

import pytest

from supportplan.domain.problems import BadInput
from supportplan.services.typed_paths import typed_file


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("plan", "plan.pdf"), ("a b/plan.v2", "a b/plan.v2.pdf"), ("Plan.PDF", "Plan.PDF"), ("~/plan", "home/plan.pdf")],
)  # fmt: skip
def test_a_file_is_meant_by_its_name_with_or_without_its_ending(
    typed: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "home")
    monkeypatch.setenv("USERPROFILE", "home")
    assert typed_file(typed, ".pdf") == Path(meant)


@pytest.mark.parametrize("typed", [".", "..", "/"])
def test_what_can_be_no_file_is_refused_in_words(typed: str) -> None:
    with pytest.raises(BadInput, match="No file can have such a name"):
        typed_file(typed, ".pdf")


def test_the_home_of_nobody_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="nobody of that name") as caught:
        typed_file("~nobody-of-this-name/plan", ".pdf")
    assert caught.value.mend
