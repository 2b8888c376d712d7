"""The whole job on the sample case, in a store that is thrown away: take in rates and plan, cost, check, keep, print."""

import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from supportplan.domain.checks import failed
from supportplan.services.cases import take_in, working_plan
from supportplan.services.checking import check_plan
from supportplan.services.copies import Copy
from supportplan.services.desk import Desk
from supportplan.services.issuing import issue_copy
from supportplan.services.plans import Costed, costed_whole
from supportplan.services.practice import sample_plan
from supportplan.services.schedule_versions import keep_schedule
from supportplan.services.schedules import sample_schedule
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

# The name of the demonstration's own PDF, in which there is nothing but the practice case.
SAMPLE_PDF = "sample-plan.pdf"


class Demonstration(NamedTuple):
    """What came of it: the plan costed, the checks that failed, and the PDF that was written."""

    costed: Costed
    failed: tuple[str, ...]
    copy: Copy


def run_demo(pdf: Path, tell: Callable[[str], None], *, replace: bool = False) -> Demonstration:
    """Do the whole job and say each step as it is done.

    The PDF of an earlier demonstration gives way to the new one, by its name; another one only with `replace`. Raises
    FileThere, and CannotWrite where the PDF cannot be written.
    """
    replace = replace or pdf.name == SAMPLE_PDF
    with tempfile.TemporaryDirectory(prefix="supportplan-demo-") as place:
        folder, secret = Path(place) / "store", secrets.token_urlsafe(24)
        # The store lives for a moment: its passphrase need not cost a second to guess.
        store, _ = Store.create(folder, secret, at=now(), author="Demonstration", cost=FLOOR)
        with store:
            tell("Made an encrypted store, to be thrown away afterwards.")
            schedule = sample_schedule()
            keep_schedule(store, schedule)
            tell(f"Took in {schedule.name}: {len(schedule.rows)} rows.")
            plan = sample_plan()
            take_in(store, plan)
            tell(f"Took in the sample plan: {len(plan.outcomes)} outcomes, {len(plan.supports)} supports.")
        with Store.unlock(folder, secret) as store:
            kept = working_plan(store, plan.case)
            found = costed_whole(kept)
            tell("Closed the store, opened it again, and costed the plan that it kept.")
            missed = failed(check_plan(kept))
            tell(
                "The sign-off checks pass."
                if not missed
                else f"The sign-off checks miss: {', '.join(missed)}."
            )
            copy = issue_copy(Desk(store, plan.case), pdf, given_to="Whoever tries this out", replace=replace)
            tell(
                f"Wrote the PDF, read it back, and recorded the copy; the log holds {store.head().number} entries."
            )
    return Demonstration(found, missed, copy)
