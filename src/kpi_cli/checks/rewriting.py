"""A fix stated as data -> the characters to put in the place of those that stand there."""

from __future__ import annotations

import json
import re

from kpi_cli.diagnostics import Fix, Rewrite
from kpi_cli.source import Mark, Text, is_text

_PLAIN = re.compile(r"[^\W_](?:[\w ./()+%-]*[\w)%])?")
"""Texts that need no quotes anywhere, inside brackets or out of them."""
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off"})
"""Texts that older readers take for true or false."""


def rewritten(rewrite: Rewrite, mark: Mark, raw: bytes) -> Fix | None:
    """The fix in the quotes that stand there; None where the text is no simple scalar of one line.

    A tag, an anchor, an alias, or an escape in double quotes is left to people.
    """
    old = Text(raw).line(mark.line - 1)[mark.column - 1 : mark.end_column - 1]
    if mark.end_line != mark.line or not old or old[0] in "&*!|>[{":
        return None
    if old[0] == '"' and "\\" in old:
        return None
    new = _like(old, rewrite.value)
    return Fix(mark, new, rewrite) if new != old else None


def _like(old: str, value: str) -> str:
    if old[0] == "'":
        return "'" + value.replace("'", "''") + "'"
    if old[0] == '"' or not _needs_no_quotes(value):
        return json.dumps(value, ensure_ascii=False)
    return value


def _needs_no_quotes(value: str) -> bool:
    sound = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
    return bool(sound) and is_text(value)
