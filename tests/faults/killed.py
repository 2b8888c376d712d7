"""Starts the workload again and again without loading the program anew: reads `FIRST COUNT` and forks.

Run as `python -m tests.faults.killed FOLDER CODE`. It says `started PID`, then what the workload says, then `ended`. Forking is safe
here: nothing has been opened and no thread started before.
"""

import os
import sys
from pathlib import Path

from supportplan.storage.database import tables
from supportplan.storage.entries import ledger
from tests.faults.workload import run

LOADED = (ledger, tables)


def main() -> None:
    """Fork a workload for every line."""
    folder, code = Path(sys.argv[1]), sys.argv[2]
    for line in sys.stdin:
        first, count = (int(part) for part in line.split())
        child = os.fork()
        if not child:
            run(folder, code, first, count)
            os._exit(0)
        os.write(1, f"started {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"ended\n")


if __name__ == "__main__":
    main()
