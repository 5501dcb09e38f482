"""libyaml's complaints in plain words, with what to type instead."""

from __future__ import annotations

import re
from typing import Any

from kpi_cli.source.model import SourceFault
from kpi_cli.source.text import Text, indent, is_silent

_NO_SPACE = re.compile(r"(\s*(?:- +)*)([A-Za-z_][\w.-]*):([^\s:/].*)$")
_NO_COLON = re.compile(r"\s*(?:- +)*([A-Za-z_][\w-]*)\s+([^\s:].*)$")
_KEY_VALUE = re.compile(r"\s*(?:- +)*([\w.-]+):\s+(.*)$")
_OPENED = ("flow mapping", "flow sequence", "quoted scalar")
_CLOSING = {"[": "]", "{": "}"}

Words = tuple[str, str | None]
"""What is wrong, and what to type instead."""

# libyaml's problem (or its context), as a part of it -> words; the first that fits counts.
_FIXED: list[tuple[str, Words]] = [
    (
        "tag",
        ("A text that starts with `!` is read as a tag.", "Put the text in quotes."),
    ),
    (
        "directive",
        ("A line that starts with `%` is read as a directive.", "Delete it or indent it."),
    ),
    (
        "incompatible YAML",
        ("Only YAML 1.1 and 1.2 are known here.", "Delete the `%YAML` line."),
    ),
    (
        "block sequence entries",
        ("A list cannot start in the line of its key.", "Begin it in the next line."),
    ),
    (
        "'-' indicator",
        (
            "This line is not an entry of the list above.",
            "Begin it with `- `, or indent it like the key of the list.",
        ),
    ),
    (
        "block scalar",
        (
            "The text after `|` or `>` does not start properly.",
            "Begin it in the next line, indented deeper than its key.",
        ),
    ),
    (
        "unexpected ':'",
        ("A text in brackets has a `:` that is read as a key.", "Put the text in quotes."),
    ),
]


def explain(error: Any, text: Text) -> tuple[SourceFault, int]:
    """The fault of a libyaml error, and the line (from 0) whose record is to blame."""
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    at = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if at is None:
        return SourceFault("K001", "This is not YAML.", text.spot(0, 0)), 0
    tab = _tab(text, at.line, at.column, problem)
    if tab is not None:
        return tab, at.line
    if opened is not None and any(word in context for word in _OPENED):
        return _inside(problem, context, at, opened, text)
    if "document start" in problem:
        return _after_the_end(text, at.line)
    line, column = _last_said(text, at.line, at.column)
    if "alphabetic" in problem and text.line(line)[column - 1 : column] in ("*", "&"):
        column -= 1
    if opened is not None and "simple key" in context:
        line, column = opened.line, opened.column
    found = _unfinished_key(text, line, column, problem)
    if found is not None:
        return found, found.mark.line - 1
    message, help = _words(problem, context, text, line, column)
    return SourceFault("K001", message, text.spot(line, column), help), line


def harmless_line(error: Any, text: Text) -> int | None:
    """The line (from 0) libyaml stumbles over although YAML 1.2 allows it.

    That is a tab before a comment or alone in a line, and `...` at the end of nothing.
    """
    at = getattr(error, "problem_mark", None)
    if at is None or "block scalar" in str(getattr(error, "context", "")):
        return None
    content = text.line(at.line)
    if "\t" in _left(content) and is_silent(content):
        return int(at.line)
    above = (text.line(number) for number in range(at.line))
    return at.line if content.rstrip() == "..." and all(map(is_silent, above)) else None


def _left(content: str) -> str:
    return content[: len(content) - len(content.lstrip())]


def unclosed_quote(text: Text, opened: Any, line: int | None) -> SourceFault:
    """A quoted text that does not end where its record ends."""
    quote = text.line(opened.line)[opened.column : opened.column + 1]
    until = "" if line is None else f" before line {line + 1}"
    help = f"Add the closing {quote} at the end of the text"
    help += "; an apostrophe inside single quotes is written twice." if quote == "'" else "."
    mark = text.to_line_end(opened.line, opened.column)
    return SourceFault(
        "K001", f"The text that starts with {quote} is not closed{until}.", mark, help
    )


def unclosed_bracket(text: Text, opened: Any, line: int) -> SourceFault:
    """A `[` or `{` with something wrong before its end."""
    bracket = text.line(opened.line)[opened.column : opened.column + 1]
    close = _CLOSING.get(bracket, "]")
    where = "" if line == opened.line else f"; line {line + 1} does not fit into it"
    return SourceFault(
        "K001",
        f"This `{bracket}` is not closed, or a comma is missing in it{where}.",
        text.to_line_end(opened.line, opened.column),
        f"Add `{close}` or the comma; a text with `,`, `[`, `]`, `{{`, `}}` or `: ` in it goes "
        "in quotes.",
    )


def _last_said(text: Text, line: int, column: int) -> tuple[int, int]:
    """The place itself, or the end of the last line before it that says something."""
    if line < len(text.lines) and not is_silent(text.line(line)):
        return line, column
    while line > 0 and (line >= len(text.lines) or is_silent(text.line(line))):
        line -= 1
    return line, max(0, len(text.line(line).rstrip()) - 1)


def _tab(text: Text, line: int, column: int, problem: str) -> SourceFault | None:
    content = text.line(line)
    space = _left(content)
    if "\t" in space and column <= len(space):
        column = space.index("\t")
    elif content[column : column + 1] != "\t" and "tab" not in problem:
        return None
    return SourceFault(
        "K004",
        "A tab is used for indentation.",
        text.spot(line, column),
        "Use spaces: two for each level.",
    )


def _inside(
    problem: str, context: str, at: Any, opened: Any, text: Text
) -> tuple[SourceFault, int]:
    """A fault within quotes or brackets; the record in which they open is to blame."""
    if "quoted" not in context:
        return unclosed_bracket(text, opened, at.line), opened.line
    if "escape" not in problem and "hexdecimal" not in problem:
        return unclosed_quote(text, opened, None), opened.line
    words = (
        "In double quotes a backslash starts an escape, and this is none.",
        r"Write `\\` for one backslash, or use single quotes.",
    )
    if "Unicode" in problem:
        words = (
            "This escape is no character by itself.",
            r"Write the character, or `\U` with its eight digits.",
        )
    column = text.line(at.line).rfind("\\", 0, at.column + 1)
    fault = SourceFault("K001", words[0], text.spot(at.line, max(column, 0)), words[1])
    return fault, opened.line


def _after_the_end(text: Text, line: int) -> tuple[SourceFault, int]:
    """Content after `...`, or after a top-level value that cannot go on."""
    ends = [number for number in range(line) if text.line(number).startswith("...")]
    if ends:
        message = "The document ends above with `...`; nothing from here on is read."
        return SourceFault("K008", message, text.to_line_end(line, 0), "Delete the `...`."), line
    message = "This line does not fit the value above it, which is complete."
    help = "Write every top-level key at the left edge, as `key: value`."
    return SourceFault("K001", message, text.to_line_end(line, 0), help), line


def _unfinished_key(text: Text, line: int, column: int, problem: str) -> SourceFault | None:
    """A line without `: ` after its key: this one, or the one above that drew it in."""
    if "cannot start" in problem or "alphabetic" in problem:
        return None
    here = text.line(line)
    before = [n for n in range(line - 1, max(-1, line - 6), -1) if not is_silent(text.line(n))]
    candidates = [line]
    if "mapping values" in problem and before:
        candidates = before[:1]
    for number in candidates:
        content = text.line(number)
        if number != line and indent(content) > indent(here):
            continue
        glued, words = _NO_SPACE.match(content), _NO_COLON.match(content)
        mark = text.to_line_end(number, indent(content))
        if glued:
            key, rest = glued.group(2), _short(glued.group(3))
            message = f"A space is missing after `{key}:`."
            return SourceFault("K001", message, mark, f"Write `{key}: {rest}`.")
        if words and ": " not in content and column <= indent(content) + len(words.group(1)):
            help = f"Write `{words.group(1)}: {_short(words.group(2))}`."
            return SourceFault("K001", "A colon is missing after the key.", mark, help)
    return None


def _words(problem: str, context: str, text: Text, line: int, column: int) -> Words:
    content = text.line(line)
    rest = content[column:].strip() or content.strip()
    if "cannot start any token" in problem:
        return f"A text cannot start with `{rest[:1]}`.", f"Put it in quotes: `{_quoted(rest)}`."
    if "alphabetic or numeric" in problem:
        found = _KEY_VALUE.match(content)
        value = found.group(2) if found else rest
        return "A text cannot start with `*` or `&`.", f"Put it in quotes: `{_quoted(value)}`."
    if "mapping values" in problem:
        return _second_colon(content, column)
    if "node content" in problem and rest[0] not in "]}":
        return f"A value cannot start with `{rest[0]}` here.", "Put the text in quotes."
    for part, words in _FIXED:
        if part in problem or part in context:
            return words
    return _misplaced(content, column)


def _second_colon(content: str, column: int) -> Words:
    found = _KEY_VALUE.match(content)
    if found and found.start(2) < column:
        help = f"Write `{found.group(1)}: {_quoted(found.group(2))}`."
        return "A value cannot contain `: ` without quotes.", help
    return (
        "This line is indented deeper than the key above, which has its value already.",
        "Indent it like the other keys of its record.",
    )


def _misplaced(content: str, column: int) -> Words:
    sign = content[column : column + 1]
    if sign in ("]", "}"):
        opening = "[" if sign == "]" else "{"
        return (
            f"This `{sign}` closes nothing.",
            f"Delete it, add the `{opening}` it belongs to, or put the text in quotes.",
        )
    before = content[:column].rstrip()
    if before.endswith(('"', "'")) and content[column:].strip():
        found = _KEY_VALUE.match(content)
        value = (found.group(2) if found else content).strip()
        value = value[1:-1] if value[:1] == value[-1:] else value
        help = f"Put all of it in one pair of quotes: `{_quoted(value)}`."
        return "There is more text after the closing quote.", help
    if column == indent(content):
        return (
            "This line does not fit the lines above it.",
            "Indent it exactly like the other keys of its record, and write it as `key: value`.",
        )
    return "This is not `key: value`.", "Put a text with special signs in quotes."


def _short(value: str) -> str:
    value = value.strip()
    return value if len(value) <= 50 else value[:49] + "…"


def _quoted(value: str) -> str:
    return "'" + _short(value).replace("'", "''") + "'"
