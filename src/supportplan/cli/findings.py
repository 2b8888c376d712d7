"""The findings of the sign-off checks in words on the terminal."""

from collections.abc import Iterable

from supportplan.cli.answers import say
from supportplan.domain.checks.finding import QUESTIONS, Finding
from supportplan.domain.places import place_words


def say_findings(findings: Iterable[Finding]) -> None:
    """Say what was found, question by question; what passed is only counted."""
    found = list(findings)
    for question in QUESTIONS:
        here = [one for one in found if one.question == question.key]
        say(question.asks)
        for one in here:
            if not one.passed:
                _say(one)
        if any(not one.passed and one.level == "blocks" for one in here):
            say(f"  {question.not_agreed_if}")
        say(f"  {sum(one.passed for one in here)} of {len(here)} checks passed.")
        say()


def _say(finding: Finding) -> None:
    say(f"  {'To mend' if finding.level == 'blocks' else 'Advice'}: {finding.reason}")
    say(f"    {finding.mend}")
    if finding.where:
        words = place_words(finding.where)
        say(f"    Where: {words} ({finding.where})" if words else f"    Where: {finding.where}")
