"""What a module imports and calls, read from its syntax tree; no module is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator

# Reading the clock, by the last two names of the call.
CLOCK_CALLS = frozenset(
    {
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "date.today",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
        "time.strftime",
    }
)
_CLOCK_NAMES = frozenset({"time", "time_ns", "localtime", "gmtime", "strftime"})
PRINTING_AND_FILES = frozenset({"print", "input", "open"})


def imported(source: str) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of every import of a module, lazy ones and TYPE_CHECKING included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module


def top_level_imports(source: str) -> set[str]:
    """First parts of what is imported when the module is: not inside a function."""
    found: set[str] = set()
    pending: list[ast.AST] = [ast.parse(source)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            pending.extend(node.orelse)
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
        pending.extend(ast.iter_child_nodes(node))
    return found


def calls(source: str) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every call whose callee is a name or a chain of attributes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _dotted(node.func)):
            yield node.lineno, name


def clock_reads(source: str) -> list[int]:
    """Lines that ask what time it is, also by `from time import time` or `dt.date.today()`."""
    bare = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
        if alias.name in _CLOCK_NAMES
    }
    return sorted(
        line
        for line, name in calls(source)
        if name in bare or ".".join(name.split(".")[-2:]) in CLOCK_CALLS
    )


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (base := _dotted(node.value)):
        return f"{base}.{node.attr}"
    return None
