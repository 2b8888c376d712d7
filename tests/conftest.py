"""What every test may use."""

import os

import pytest
from hypothesis import HealthCheck, settings

from supportplan.domain.plan import Plan
from tests.plans import sample_plan

# Two shared cores: a slow example is no failure. The same examples each run, so that a red run can be had again.
settings.register_profile(
    "here", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "long", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("SUPPORTPLAN_HYPOTHESIS", "here"))


@pytest.fixture(scope="session")
def sample() -> Plan:
    """The sample case's plan."""
    return sample_plan()
