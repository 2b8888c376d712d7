"""What each layer loads, seen from a fresh interpreter: a linter cannot see whether an import is deferred."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TextIO

import pytest

import supportplan

PACKAGE = Path(supportplan.__file__).parent
SAMPLE = PACKAGE / "data" / "sample" / "plan.json"

HEAVY = {
    *("textual", "rich", "typer"),
    *("sqlmodel", "sqlalchemy", "pydantic", "sqlcipher3", "sqlite3", "cryptography", "keyring"),
    *("reportlab", "PIL", "openpyxl", "pypdf", "pypdfium2", "pdfplumber"),
    *("pikepdf", "pyhanko"),
    "rapidfuzz",
}
STORE = {"sqlcipher3", "cryptography"}
PDF = {"reportlab", "PIL"}
SEAL = PDF | {"cryptography", "pyhanko", "pypdfium2"}
# Typer checks the parameters of a command with pydantic, once there is one to check.
COMMAND = {"typer", "pydantic"}

# What the modules under a name load between them when they are imported; the longest name that fits a module decides.
LAYERS: dict[str, set[str]] = {
    "supportplan": set(),
    "supportplan.domain": set(),
    "supportplan.domain.schedules.search": {"rapidfuzz"},
    "supportplan.storage": STORE,
    "supportplan.storage.database.tables": {"sqlmodel", "sqlalchemy", "pydantic"},
    "supportplan.documents": set(),
    "supportplan.documents.pdf": PDF,
    "supportplan.documents.seal": SEAL,
    "supportplan.services": STORE,
    "supportplan.widgets": {"textual", "rich"},
    "supportplan.plain": STORE,
    "supportplan.screens": {"textual", "rich"} | STORE,
    "supportplan.app": {"textual", "rich"},
    "supportplan.cli": {"typer"},
    "supportplan.cli.doctor_words": STORE,
}
ENTRANCES: dict[str, set[str]] = {
    "supportplan.storage.store": STORE,
    "supportplan.documents.pdf.render": PDF,
    "supportplan.services.desk": STORE,
    "supportplan.services.plans": set(),
    "supportplan.plain.session": set(),
    "supportplan.screens.unlock": {"textual", "rich"},
    "supportplan.screens.home": {"textual", "rich"},
    "supportplan.cli.main": set(),
    "supportplan.cli.commands": {"typer"},
}

IMPORTING = """
import importlib, json, sys
heavy, modules = map(json.loads, sys.argv[1:])
loaded = {}
for module in modules:
    importlib.import_module(module)
    loaded |= {one: module for one in heavy if one in sys.modules and one not in loaded}
print(json.dumps(loaded))
"""
RUNNING = """
import json, os, sys
heavy, arguments = map(json.loads, sys.argv[1:])
from supportplan.cli.main import run
sys.stdout = open(os.devnull, "w", encoding="utf-8")
assert run(arguments) == 0
print(json.dumps({one: "" for one in heavy if one in sys.modules}), file=sys.__stdout__)
"""


def modules() -> list[str]:
    """Every module of the program, but for the one that runs it."""
    paths = [path.relative_to(PACKAGE.parent).with_suffix("") for path in sorted(PACKAGE.rglob("*.py"))]
    names = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    return [name for name in names if not name.endswith("__main__")]


def by_layer() -> dict[str, list[str]]:
    """The modules under each of the names in LAYERS."""
    found: dict[str, list[str]] = defaultdict(list)
    for module in modules():
        under = [name for name in LAYERS if f"{module}.".startswith(f"{name}.")]
        found[max(under, key=len)].append(module)
    return found


def loaded(
    code: str, arguments: list[str], *, source: Path = PACKAGE.parent, said: TextIO | None = None
) -> dict[str, str]:
    """The heavy libraries that a fresh interpreter has loaded, each with the module that brought it."""
    command = [sys.executable, "-c", code, json.dumps(sorted(HEAVY)), json.dumps(arguments)]
    environment = os.environ | {"PYTHONPATH": str(source)}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment, stdin=said)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_loads_only_its_own(layer: str) -> None:
    found = loaded(IMPORTING, by_layer()[layer])
    assert set(found) == LAYERS[layer], found


@pytest.mark.parametrize("module", ENTRANCES)
def test_an_entrance_loads_only_what_it_always_needs(module: str) -> None:
    assert set(loaded(IMPORTING, [module])) == ENTRANCES[module]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--version"], {"typer"}),
        (["schema", "plan"], COMMAND),
        (["cost", str(SAMPLE)], COMMAND),
        (["check", str(SAMPLE)], COMMAND),
        (["pdf", str(SAMPLE), "-o", "plan.pdf"], COMMAND | PDF | STORE | {"pikepdf"}),
    ],
    ids=["version", "schema", "cost", "check", "pdf"],
)
def test_a_command_loads_only_what_it_needs(
    arguments: list[str], expected: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(loaded(RUNNING, arguments)) == expected


def test_plain_mode_loads_nothing_to_draw_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("totals\nread\nprint\nsave\n\nplan.pdf\n\n\nleave\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with answers.open(encoding="utf-8") as said:
        found = set(loaded(RUNNING, ["demo", "--plain"], said=said))
    assert (tmp_path / "plan.pdf").exists()
    assert found == COMMAND | PDF | STORE | {"pikepdf", "sqlmodel", "sqlalchemy"}


@pytest.mark.parametrize(
    ("module", "library"),
    [
        ("supportplan.domain.money", "openpyxl"),
        ("supportplan.storage.settings", "sqlmodel"),
        ("supportplan.documents.model", "reportlab"),
        ("supportplan.services.plans", "textual"),
        ("supportplan.cli.answers", "rich"),
    ],
)
def test_an_import_at_the_top_is_seen(module: str, library: str, tmp_path: Path) -> None:
    """The tests above can fail: put such an import into a copy of the program, and it is named with its module."""
    shutil.copytree(PACKAGE, tmp_path / "supportplan", ignore=shutil.ignore_patterns("data", "__pycache__"))
    with tmp_path.joinpath(*module.split(".")).with_suffix(".py").open("a", encoding="utf-8") as file:
        file.write(f"\nimport {library}\n")
    layer = ".".join(module.split(".")[:2])
    found = loaded(IMPORTING, by_layer()[layer], source=tmp_path)
    assert library in found.keys() - LAYERS[layer]
    assert found[library] in by_layer()[layer]


# What is kept of a drawing is whole numbers, and it is no sum of money; the curves worked out from it need fractions.
_GEOMETRY = {PACKAGE / "domain" / "cases" / "drawing.py"}


@pytest.mark.parametrize(
    "path", sorted(set((PACKAGE / "domain").rglob("*.py")) - _GEOMETRY), ids=lambda path: path.stem
)
def test_no_float_in_the_domain(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"line {node.lineno}"
        assert not (isinstance(node, ast.Name) and node.id == "float"), f"line {node.lineno}"
