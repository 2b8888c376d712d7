"""Starting the command line, against the least that starts with the library that it is built on."""

from collections.abc import Iterator
from pathlib import Path

from bench.measure import Effort, fresh, in_turn, python
from bench.table import Line
from supportplan.documents.bundled import SAMPLE_PLAN, bundled

_BARE = "import typer"
# A command that takes a file loads what the library checks parameters with.
_TAKES_A_FILE = """
import pathlib, typer
def read(file: pathlib.Path) -> None:
    file.read_bytes()
typer.run(read)
"""
_COUNTED = "\nimport atexit, sys\natexit.register(lambda: print(len(sys.modules), file=sys.stderr))\n"
_OURS = "from supportplan.cli.main import main; main()"


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Run small commands in fresh processes, and count what each loads."""
    plan = folder / "start.json"
    plan.write_bytes(bundled(SAMPLE_PLAN))
    for name, arguments, against, least in (
        ("--version", ["--version"], "import typer", _BARE),
        ("cost PLAN", ["cost", str(plan)], "a Typer program that reads a file", _TAKES_A_FILE),
        ("check PLAN", ["check", str(plan)], "a Typer program that reads a file", _TAKES_A_FILE),
    ):
        found = in_turn(
            {
                "ours": fresh(*python("-c", _OURS, *arguments)),
                "least": fresh(*python("-c", least, str(plan))),
            },
            effort.rounds(11),
            before=1,
        )
        yield Line(f"supportplan {name}", found["ours"].p50, "s", against, found["least"].p50)
        ours, base = _loaded(_OURS, *arguments), _loaded(least, str(plan))
        yield Line("  modules loaded", ours, "modules", against, base)


def _loaded(program: str, *arguments: str) -> int:
    return int(fresh(*python("-c", _COUNTED + program, *arguments), listen_to="stderr")().split()[-1])
