"""libyaml's complaints in plain words, with what to type instead."""

from __future__ import annotations

import re
from typing import Any

from kpi_cli.source.model import SourceFault
from kpi_cli.source.text import Text, indent, is_silent

_NO_SPACE = re.compile(r"^(\s*(?:- +)*)([A-Za-z_][\w.-]*):([^\s:/].*)$")
_NO_COLON = re.compile(r"^\s*(?:- +)*([A-Za-z_][\w-]*)\s+(\S.*)$")
_KEY = re.compile(r"^\s*(?:- +)*([\w.-]+):\s+(.*)$")
_OPENED = ("flow mapping", "flow sequence", "quoted scalar")


def explain(error: Any, text: Text) -> tuple[SourceFault, int]:
    """The fault of a libyaml error, and the line (from 0) whose record is to blame."""
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    at = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if at is None:
        return SourceFault("K001", "This is not YAML.", text.spot(0, 0)), 0
    if opened is not None and any(word in context for word in _OPENED):
        return _inside(problem, context, at, opened, text), opened.line
    if opened is not None and "simple key" in context:
        return _no_colon(text, opened), opened.line
    line, column = _shown(text, at.line, at.column)
    tab = _tab(text, line, column)
    if tab is not None:
        return tab, line
    message, help = _plain(problem, context, text, line, column)
    return SourceFault("K001", message, text.spot(line, column), help), line


def _shown(text: Text, line: int, column: int) -> tuple[int, int]:
    """The place itself, or the end of the last line that says something."""
    if line < len(text.lines) and not is_silent(text.line(line)):
        return line, column
    while line > 0 and (line >= len(text.lines) or is_silent(text.line(line))):
        line -= 1
    return line, max(0, len(text.line(line).rstrip()) - 1)


def _tab(text: Text, line: int, column: int) -> SourceFault | None:
    content = text.line(line)
    space = content[: len(content) - len(content.lstrip())]
    if "\t" in space and column <= len(space):
        column = space.index("\t")
    elif content[column : column + 1] != "\t":
        return None
    return SourceFault(
        "K004",
        "A tab is used for indentation.",
        text.spot(line, column),
        "Use spaces: two for each level.",
    )


def _inside(problem: str, context: str, at: Any, opened: Any, text: Text) -> SourceFault:
    """A fault within quotes or brackets: the place where they open is the place to look at."""
    if "escape" in problem or "hexdecimal" in problem:
        return SourceFault(
            "K001",
            "In double quotes a backslash starts an escape, and this is none.",
            text.spot(at.line, at.column),
            r"Write `\\` for one backslash, or use single quotes.",
        )
    if "tab" in problem:
        return _tab(text, at.line, at.column) or SourceFault(
            "K004", "A tab is used for indentation.", text.spot(at.line, at.column)
        )
    if "quoted" in context:
        return unclosed_quote(text, opened, None)
    return unclosed_bracket(text, opened, at.line)


def unclosed_quote(text: Text, opened: Any, line: int | None) -> SourceFault:
    """A quoted text that does not end where its record ends."""
    quote = text.line(opened.line)[opened.column : opened.column + 1]
    quote = quote if quote in ("'", '"') else "quote"
    until = "" if line is None else f" before line {line + 1}"
    help = f"Add the closing {quote} at the end of the text"
    help += "; an apostrophe inside single quotes is written twice (`''`)." if quote == "'" else "."
    return SourceFault(
        "K001",
        f"The text that starts with {quote} here is not closed{until}.",
        text.to_line_end(opened.line, opened.column),
        help,
    )


def unclosed_bracket(text: Text, opened: Any, line: int) -> SourceFault:
    """A `[` or `{` with something wrong before its end."""
    bracket = text.line(opened.line)[opened.column : opened.column + 1]
    bracket = bracket if bracket in ("[", "{") else "["
    close = {"[": "]", "{": "}"}[bracket]
    where = "" if line == opened.line else f"; line {line + 1} does not belong to it"
    return SourceFault(
        "K001",
        f"This `{bracket}` is not closed, or a comma is missing in it{where}.",
        text.to_line_end(opened.line, opened.column),
        f"Add `{close}` or the comma; a text with `,`, `[`, `]`, `{{`, `}}` or `: ` in it goes "
        "in quotes.",
    )


def _no_colon(text: Text, opened: Any) -> SourceFault:
    content = text.line(opened.line)
    mark = text.to_line_end(opened.line, opened.column)
    missing = _NO_SPACE.match(content)
    if missing:
        key, rest = missing.group(2), missing.group(3)
        return SourceFault(
            "K001", f"A space is missing after `{key}:`.", mark, f"Write `{key}: {_short(rest)}`."
        )
    words = _NO_COLON.match(content)
    help = (
        f"Write `{words.group(1)}: {_short(words.group(2))}`."
        if words
        else ("Write `key: value`, or indent it deeper if it continues the line above.")
    )
    return SourceFault(
        "K001", "This line is not `key: value`: it has no colon with a space.", mark, help
    )


def _plain(problem: str, context: str, text: Text, line: int, column: int) -> tuple[str, str]:
    content = text.line(line)
    sign = content[column : column + 1]
    if "cannot start any token" in problem:
        return (
            f"A text cannot start with `{sign}`.",
            f"Put it in quotes: `{_quoted(content[column:])}`.",
        )
    if "alphabetic or numeric" in problem:
        return (
            "A text that starts with `*` or `&` is read as a reference.",
            f"Put it in quotes: `{_quoted(content[column:].rstrip() or content.strip())}`.",
        )
    if "mapping values" in problem:
        return _second_colon(text, line, column)
    if "undefined tag handle" in problem or "tag" in context:
        return "A text that starts with `!` is read as a tag.", "Put the text in quotes."
    if "directive" in problem or "directive" in context or "incompatible" in problem:
        return "A line that starts with `%` is read as a directive.", "Delete it or indent it."
    if "block sequence entries" in problem or "'-' indicator" in problem:
        return (
            "A list entry `- ` does not fit here.",
            "Begin each entry of a list in its own line, all equally far in.",
        )
    if "block scalar" in context:
        return (
            "The text block after `|` or `>` does not start properly.",
            "Begin its text in the next line, indented deeper than its key.",
        )
    return _misplaced(text, line, column)


def _second_colon(text: Text, line: int, column: int) -> tuple[str, str]:
    content = text.line(line)
    found = _KEY.match(content)
    if found and found.start(2) < column:
        return (
            "A value cannot contain `: ` without quotes.",
            f"Write `{found.group(1)}: {_quoted(found.group(2))}`.",
        )
    return (
        "This line is indented deeper than the line above, which has its value already.",
        "Indent it like the other keys of the record, or put the value above in quotes.",
    )


def _misplaced(text: Text, line: int, column: int) -> tuple[str, str]:
    content = text.line(line)
    before = content[:column].rstrip()
    if before and before[-1] in "\"'" and content[column:].strip():
        value = _KEY.match(content)
        start = value.start(2) if value else len(content) - len(content.lstrip())
        inner = content[start:].strip()
        return (
            "There is more text after the closing quote.",
            f"Put all of it in one pair of quotes: `{_quoted(inner)}`.",
        )
    missing = _NO_SPACE.match(content)
    if missing:
        return (
            f"A space is missing after `{missing.group(2)}:`.",
            f"Write `{missing.group(2)}: {_short(missing.group(3))}`.",
        )
    if column == indent(content):
        return (
            "This line does not fit the lines above: it is indented differently, or it is "
            "no `key: value`.",
            "Indent it exactly like the other keys of its record.",
        )
    return ("This is not `key: value`.", "Put a text with special signs in quotes.")


def _short(value: str) -> str:
    value = value.strip()
    return value if len(value) <= 50 else value[:49] + "…"


def _quoted(value: str) -> str:
    return "'" + _short(value).replace("'", "''") + "'"
