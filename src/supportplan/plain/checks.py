"""What stands before an agreement: the checks in sentences."""

from supportplan.domain.checks import how_far
from supportplan.domain.checks.finding import QUESTIONS
from supportplan.plain.asker import Asker
from supportplan.services.checking import check_plan
from supportplan.services.desk import Desk


def checks(asker: Asker, desk: Desk) -> None:
    """Say what sign-off still needs, question by question."""
    findings = check_plan(desk.plan)
    for question in QUESTIONS:
        open_ones = [one for one in findings if one.question == question.key and not one.passed]
        if open_ones:
            asker.say(question.asks)
        for one in open_ones:
            asker.say(f"{'To mend' if one.level == 'blocks' else 'Advice'}: {one.reason} {one.mend}".strip())
    asker.say(how_far(findings))
