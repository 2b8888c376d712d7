"""Checking sealed plans in the tests: by themselves, where the root of Example Brokers is known."""

from pathlib import Path

from supportplan.domain.proofs import Proof
from supportplan.domain.verification import Verdict
from supportplan.services.verifying import verify_file
from tests.documents.seal.sealed_files import root_file


def checked(pdf: bytes, folder: Path) -> Verdict:
    """What is said of a file by itself, where the root of Example Brokers is known."""
    file = folder / "plan.pdf"
    file.write_bytes(pdf)
    return verify_file(file, folder=folder / "store", roots=[root_file(folder)]).verdict


def said(verdict: Verdict, check: str) -> Proof:
    return next(one for one in verdict.proofs if one.check == check)
