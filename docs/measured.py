"""The measured tables of `docs/smart.md`: what stands between its markers is made from the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kpi_cli.library.judged import outside, statements
from kpi_cli.views.measured import measure, say
from kpi_cli.views.rule_stats import envelope

PAGE = Path(__file__).with_name("smart.md")
_GROUPS = ("group", "count", "bad", "called_bad", "rightly", "precision", "recall")


def smart_page() -> str:
    """The page as it stands, its tables made anew."""
    theirs = outside()
    ours = envelope(measure(statements(), say), theirs)
    text = _between(PAGE.read_text("utf-8"), "own", _groups(ours["statements"]))
    text = _between(text, "outside", _groups(theirs["statements"]))
    return _between(text, "rules", _rules(ours["rules"]))


def _between(text: str, name: str, lines: Iterable[str]) -> str:
    begin, end = f"<!-- {name}: made by `make docs` -->\n", f"<!-- {name}: end -->"
    body = "\n".join(lines)
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    return pattern.sub(lambda _: f"{begin}\n{body}\n\n{end}", text)


def _groups(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "| statements | count | bad | called bad | rightly | precision | recall |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        if row["count"]:
            yield _line(_WORDS.get(row["group"], row["group"]), *(row[key] for key in _GROUPS[1:]))


_WORDS = {"en": "English", "vi": "Vietnamese", "key_result": "key results", "kpi": "KPIs"}


def _rules(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "| rule | given as | may be | hits | right | precision | recall | others' hits | right |"
    yield "|---|---|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        title, recall = row["code"], row["recall"]
        for given in row["given"]:
            others = given["others"]
            cells = (given[key] for key in ("severity", "allowed", "hits", "true", "precision"))
            yield _line(title, *cells, recall, others["hits"], others["true"])
            title, recall = "", ""


def _line(*cells: object) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}".lstrip("0") if isinstance(value, float) and value < 1 else _whole(value)


def _whole(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)
