"""Files and functions stay small enough to be read at one go."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, relative

FILE_LINES = 400
FUNCTION_LINES = 50


def function_lengths(source: str) -> dict[str, int]:
    """Lines of every function of a module, its decorators and docstring not counted."""
    return {
        f"{node.name}:{node.lineno}": _body_lines(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or first.lineno) - first.lineno + 1


@pytest.mark.parametrize("path", files(ROOT, "*.py"), ids=relative)
def test_no_file_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize(
    "path", files(ROOT / "src", "*.py") + files(ROOT / "bench", "*.py"), ids=relative
)
def test_no_function_is_long(path: Path) -> None:
    lengths = function_lengths(path.read_text(encoding="utf-8"))
    assert {name: n for name, n in lengths.items() if n > FUNCTION_LINES} == {}


def test_lengths_are_counted_without_the_docstring() -> None:
    source = 'def f():\n    """One\n\n    two."""\n    a = 1\n    return a\n\n\ndef g(): pass\n'
    assert function_lengths(source) == {"f:1": 2, "g:9": 1}
