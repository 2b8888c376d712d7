"""The first document of a kind is read by many threads at once: as when a place is opened twice in a moment."""

import subprocess
import sys

_ALL_AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from supportplan.services.profiles import load_profile

sys.setswitchinterval(1e-6)
everyone = Barrier(8)


def name(_):
    everyone.wait()
    return load_profile("general").id


with ThreadPoolExecutor(8) as threads:
    print(*set(threads.map(name, range(8))))
"""


def test_the_first_document_of_a_kind_is_read_by_eight_threads_at_once() -> None:
    for _ in range(5):
        ran = subprocess.run(
            [sys.executable, "-c", _ALL_AT_ONCE], capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stdout) == (0, "general\n"), ran.stderr
