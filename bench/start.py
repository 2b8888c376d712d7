"""Starting the command line, against starting Python with the library that it is built on."""

import json
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Effort, fresh, in_turn, python
from bench.table import Line
from supportplan.documents.bundled import SAMPLE_PLAN, bundled

_MODULES = "import sys; {}; print(len(sys.modules))"
_RUN = (
    "import contextlib, io; from supportplan.cli.main import run\n"
    "with contextlib.redirect_stdout(io.StringIO()): run({!r})\n"
    "import sys; print(len(sys.modules))"
)


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Run small commands in fresh processes, and count what each loads."""
    plan = folder / "start.json"
    plan.write_bytes(bundled(SAMPLE_PLAN))
    bare = "import typer"
    commands = {
        "--version": ["--version"],
        "cost PLAN": ["cost", str(plan)],
        "check PLAN": ["check", str(plan)],
    }
    works = {"bare": fresh(*python("-c", bare))}
    works |= {name: fresh(*python("-m", "supportplan", *arguments)) for name, arguments in commands.items()}
    found = in_turn(works, effort.rounds(11), before=1)
    base = _loaded(_MODULES.format(bare))
    for name, arguments in commands.items():
        yield Line(f"supportplan {name}", found[name].p50, "s", "python -c 'import typer'", found["bare"].p50)
        yield Line(
            "  modules loaded", _loaded(_RUN.format(arguments)), "modules", "python -c 'import typer'", base
        )


def _loaded(program: str) -> int:
    return int(json.loads(str(fresh(*python("-c", program))())))
