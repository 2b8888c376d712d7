"""What comes from people, files, printers and other programs steers no terminal, wherever on a screen it stands."""

import ast
import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.content import Content

import supportplan
from supportplan.domain.problems import BadInput
from supportplan.domain.proofs import Proof
from supportplan.domain.verification import Verdict
from supportplan.screens.notice import Notice, Said, Sure
from supportplan.screens.verify import in_words
from supportplan.services.printing import Printer
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.chooser import Choice, Chooser
from supportplan.widgets.lines import typed, typed_lines
from tests.screens.every_place import practice

_HOSTILE = "Ann\x1b[2J\x1b]0;x\x07 \u202eelpmaxE\u2066\x9b31m"
_STEERING = set("\x1b\x07\u202e\u2066\x9b")
_FOLDER = Path(supportplan.__file__).parent


def test_what_a_hostile_pdf_says_of_itself_is_shown_without_what_steers() -> None:
    verdict = in_words(_verdict(f"{_HOSTILE}\n[x] Proven"))
    assert "Ann" in verdict.plain
    assert not _STEERING & set(verdict.plain)
    assert "\n[x] Proven" not in verdict.plain


def test_lines_are_kept_where_a_text_has_several() -> None:
    assert typed_lines(f"one\n{_HOSTILE}").plain.startswith("one\nAnn")
    assert not _STEERING & set(typed_lines(_HOSTILE).plain)
    assert "\n" not in typed("one\ntwo").plain


def test_questions_notices_and_what_is_chosen_from_steer_nothing() -> None:
    async def painted() -> str:
        seen = ""
        async with practice(90, 30) as (app, pilot, _):
            for screen in (
                Notice(BadInput(_HOSTILE, where=_HOSTILE, mend=_HOSTILE)),
                Said(_HOSTILE, _HOSTILE),
                Sure(_HOSTILE, _HOSTILE, yes=_HOSTILE),
                Chooser(_HOSTILE, [Option("a", _HOSTILE)], "a"),
            ):
                app.push_screen(screen)
                await pilot.pause()
                assert app.screen is screen
                seen += "".join(strip.text for strip in screen._compositor.render_strips())
            for widget in (
                Choice("Printer", [_printer()], value="office"),
                OneOf(_HOSTILE, [_printer()]),
                Buttons([_printer()]),
            ):
                await app.screen.mount(widget)
                rendered = widget.render()
                assert isinstance(rendered, Content)
                seen += rendered.plain
        return seen

    seen = asyncio.run(painted())
    assert seen.count("Ann") > 8
    assert not _STEERING & set(seen)


@pytest.mark.parametrize("file", sorted(_FOLDER.glob("screens/*.py")) + sorted(_FOLDER.glob("widgets/*.py")))
def test_every_text_that_is_not_the_programs_own_goes_through_typed(file: Path) -> None:
    """Only words that stand in the source are made into Content as they are."""
    if file.name == "lines.py":
        return
    found = [f"line {line}" for line in _untyped(ast.parse(file.read_text(encoding="utf-8")))]
    assert not found, "Make it with typed() or typed_lines()."


def _untyped(tree: ast.Module) -> Iterator[int]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        match call.func:
            case ast.Name("Content") | ast.Attribute(ast.Name("Content"), "styled") if call.args:
                shown = call.args[:1]
            case ast.Attribute(ast.Name("Content"), "assemble"):
                # What is no string has been made with `typed` or `Content` itself.
                parts = [one.elts[0] if isinstance(one, ast.Tuple) else one for one in call.args]
                shown = [one for one in parts if _is_text(one)]
            case ast.Attribute(_, "update") | ast.Name("Static"):
                shown = [one for one in call.args[:1] if _is_text(one)]
            case _:
                continue
        yield from (call.lineno for one in shown if not _is_own(one))


def _is_text(node: ast.expr) -> bool:
    match node:
        case ast.JoinedStr() | ast.Constant(str()):
            return True
        case ast.Call(ast.Attribute(ast.Constant(str()), "join")) | ast.Call(ast.Name("str")):
            return True
    return False


def _is_own(node: ast.expr) -> bool:
    """Whether a text is made of words in the source alone: texts, and names in capitals."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(name):
            return name.lstrip("_").isupper()
        case ast.BinOp(left, ast.Mult()):
            return _is_own(left)
        case ast.BinOp(left, _, right):
            return _is_own(left) and _is_own(right)
        case ast.IfExp(_, body, orelse):
            return _is_own(body) and _is_own(orelse)
        case ast.JoinedStr(values):
            return all(_is_own(one.value if isinstance(one, ast.FormattedValue) else one) for one in values)
        case ast.Subscript(value):
            return _is_own(value)
    return False


def _verdict(name: str) -> Verdict:
    proof = Proof(check="unchanged", result="no", words=f"Changed by {name}.")
    return Verdict(
        sha256="0" * 64,
        proofs=(proof,),
        cautions=(name,),
        people=(name,),
        empty=(name,),
        not_proven=(name,),
    )


def _printer() -> Option:
    printer = Printer("office", _HOSTILE, usual=True, both_sides=False)
    return Option(printer.name, printer.words)
