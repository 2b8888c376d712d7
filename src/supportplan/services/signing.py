"""Signing at the table: the plan is fixed, sent for agreement, and signed by typed name, each role once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.cases.entries import plan_records
from supportplan.domain.cases.state import state
from supportplan.domain.cases.steps import Signature, Submitted
from supportplan.domain.checks import failed
from supportplan.domain.problems import NotAllowed
from supportplan.domain.typed import typed_name
from supportplan.services.checking import check_plan
from supportplan.services.clock import today
from supportplan.services.profiles import profile_of
from supportplan.services.recording import record_step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from supportplan.domain.checks.finding import Finding
    from supportplan.domain.profile import Signer
    from supportplan.services.desk import Desk

STATEMENT = (
    "I have seen this plan, or it was read to me. It says what was agreed. "
    "I know what it costs and how the money will be paid."
)
# What may entitle somebody to sign for the person.
BASES = (
    "with parental responsibility",
    "as attorney under a lasting power",
    "as deputy of the court",
    "in their best interests, decided with others",
)


class Signing(NamedTuple):
    """A role that signs, and how far that is: who signed and when, or why an earlier signature is void.

    `basis` is what entitles somebody to sign for the person.
    """

    signer: Signer
    name: str = ""
    on: date | None = None
    void: str = ""
    basis: str = ""

    @property
    def who(self) -> str:
        """Who has signed, and what entitles them where it is not their own plan."""
        return f"{self.name}, {self.basis}," if self.basis else self.name

    @property
    def valid(self) -> bool:
        """Whether somebody has signed in the role, and the signature still holds."""
        return bool(self.name and not self.void)


def signings(desk: Desk) -> tuple[Signing, ...]:
    """Say for each role that the profile requires whether the plan on the desk is signed in it."""
    records = desk.store.records(desk.case, blobs=False)
    plans = plan_records(records)
    newest = plans[-1] if plans else None
    where = state(records, today()).of(newest.entry.id) if newest else None
    changed = newest is None or newest.body != desk.body
    found = []
    for signer in where.signers if where and where.signers else profile_of(desk.plan).signers:
        signed = [one for one in where.signatures if one.signature.role == signer.role] if where else []
        if not signed:
            found.append(Signing(signer))
            continue
        last = signed[-1]
        void = last.void or ("The plan was changed after this." if changed else "")
        found.append(Signing(signer, last.signature.name, last.signature.on, void, last.signature.basis))
    return tuple(found)


def sign(desk: Desk, role: str, name: str, *, basis: str = "") -> None:
    """Fix the plan on the desk, send it for agreement where that is not done yet, and sign it in a role.

    Waits until the disk has it. Raises NotAllowed with what stands in the way, such as checks that do not pass.
    """
    signer_name = typed_name(name, "The name of who signs")
    findings = check_plan(desk.plan)
    _demand_ready(findings)
    plan = desk.keep()
    records = desk.store.records(desk.case, blobs=False)
    where = state(records, today()).of(plan)
    if where is None or not where.signers:
        submitted = Submitted(
            format="supportplan/submitted",
            version=1,
            plan=plan,
            on=today(),
            signers=profile_of(desk.plan).signers,
            failed=failed(findings),
        )
        record_step(desk.store, desk.case, submitted)
    signature = Signature(
        format="supportplan/signature",
        version=1,
        plan=plan,
        role=role,
        name=signer_name,
        on=today(),
        basis=basis,
        statement=STATEMENT,
    )
    record_step(desk.store, desk.case, signature)
    desk.note_signature()


def _demand_ready(findings: Iterable[Finding]) -> None:
    """Refuse to sign what is not ready, in the words of the checks."""
    faults = [one.reason for one in findings if not one.passed and one.level == "blocks"]
    if faults:
        more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
        raise NotAllowed(
            f"The plan is not ready to be signed. {faults[0]}{more}",
            mend="“Ready to agree?” shows what is missing, and goes to where it is put right.",
        )
