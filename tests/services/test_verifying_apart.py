"""Checking a sealed plan as the program does it: the file is read in a process of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.seal.sealed_files import device, sealed, signed_plan, unsealed, updated
from tests.documents.seal.tamperings import flipped, saved_again
from tests.services.checked_plans import checked

TAMPERINGS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda pdf: pdf, ""),
    "a flipped byte": (flipped, "unchanged"),
    "an empty update": (lambda pdf: updated(pdf, lambda writer: writer.update_root()), "unchanged"),
    "saved again": (saved_again, "unchanged"),
    "cut back before the seal": (lambda _: unsealed(), "seal"),
    "a stranger's": (lambda _: sealed(unsealed(), device("laptop", "Example Forgers")), "keys"),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_what_was_done_is_found_in_a_process_of_its_own_too(tampering: str, tmp_path: Path) -> None:
    change, check = TAMPERINGS[tampering]
    found = checked(change(signed_plan()), tmp_path)
    failed = {one.check for one in found.proofs if one.result == "no"}
    assert check in failed if check else not failed
