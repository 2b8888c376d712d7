"""Which check code a signature is under: the one that stands on every page of the plan that was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportplan.domain.check_code import check_code
from supportplan.domain.plan import read_plan

if TYPE_CHECKING:
    from supportplan.services.desk import Desk
    from supportplan.services.signing import Signing


def signed_code_words(desk: Desk, signing: Signing) -> str:
    """Say the check code of the plan that a signature is on; nothing where nobody signed, or that plan is not here."""
    signature = signing.signature
    if signature is None:
        return ""
    records = desk.store.records(desk.case, blobs=False)
    body = next((one.body for one in records if one.entry.id == signature.plan), None)
    if body is None:
        return ""
    return f"Check code, as on every page of the plan that was signed: {check_code(read_plan(body))}"
