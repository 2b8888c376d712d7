"""Measure everything, or one thing, and print one table: `python -m bench [--only NAME] [--quick] [--json OUT]`."""

import argparse
import json
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from bench.measure import Effort
from bench.table import Line, answer, plain_table

NAMES = (
    "autosave",
    "costing",
    "schedules",
    "cases",
    "pdf",
    "seal",
    "start",
    "app_start",
    "app_keys",
    "app_memory",
    "home",
)
_QUICK = Effort(share=0.2, many_cases=10_000)
# Not in the folder for temporary files: that one may lie in memory, where an acknowledged save costs nothing.
_PLACE = Path(__file__).parent.parent / "build"


def main() -> None:
    """Measure, print the table, and write it as JSON where that is asked for."""
    asked = _asked()
    _PLACE.mkdir(exist_ok=True)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_PLACE) as place:
        for name in asked.only or NAMES:
            sys.stderr.write(f"Measuring {name}...\n")
            folder = Path(place) / name
            folder.mkdir()
            lines += import_module(f"bench.{name}").measure(_QUICK if asked.quick else Effort(), folder)
            shutil.rmtree(folder)
    sys.stdout.write(f"{plain_table(lines)}\n")
    if asked.json is not None:
        asked.json.write_text(json.dumps([answer(line) for line in lines], indent=1) + "\n", encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and print one table.")
    parser.add_argument("--only", action="append", choices=NAMES, help="measure this alone; may be repeated")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and 10,000 cases for 100,000")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures to this file too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
