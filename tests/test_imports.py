"""What each layer loads, seen from a fresh interpreter: a linter cannot see whether an import is deferred."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import supportplan

HEAVY = {
    "textual",
    "rich",
    "sqlmodel",
    "sqlalchemy",
    "sqlcipher3",
    "pydantic",
    "reportlab",
    "openpyxl",
    "typer",
    "rapidfuzz",
    "cryptography",
}
DOMAIN = Path(supportplan.__file__).parent / "domain"


MODULES = sorted(path.relative_to(DOMAIN.parents[1]).with_suffix("") for path in DOMAIN.rglob("[a-z]*.py"))


@pytest.mark.parametrize(
    "module",
    ["supportplan", *(".".join(path.parts) for path in MODULES)],
)
def test_the_domain_loads_nothing_heavy(module: str) -> None:
    allowed = {"rapidfuzz"} if module.endswith("schedules.search") else set[str]()
    code = f"import sys, {module}; print(*sorted({sorted(HEAVY)!r} & sys.modules.keys()))".replace(
        "['", "{'"
    ).replace("']", "'}")
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(out.stdout.split()) <= allowed


def test_the_command_line_loads_nothing_that_only_some_commands_need() -> None:
    code = "import sys, supportplan.cli.main; print(*(sys.modules.keys() & set(sys.argv)))"
    out = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True)
    assert set(out.stdout.split()) == {"typer"}


@pytest.mark.parametrize("path", sorted(DOMAIN.rglob("*.py")), ids=lambda path: path.stem)
def test_no_float_in_the_domain(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"line {node.lineno}"
        assert not (isinstance(node, ast.Name) and node.id == "float"), f"line {node.lineno}"
