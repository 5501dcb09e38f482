"""`--format markdown`: a step summary, or a comment below a pull request.

A comment holds 65 536 characters and a summary 1 MiB, and what is longer is refused whole. So the
page ends in time and says how much it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kpi_cli.diagnostics import Finding, Severity, Suppressed
from kpi_cli.render.findings._places import repository_path, worst_first
from kpi_cli.render.markdown import text
from kpi_cli.views.findings import FindingsView
from kpi_cli.views.words import listed, plural

MOST_BYTES = 60_000
MARKER = "<!-- kpi validate -->"
"""Lets a bot find its earlier comment and replace it."""
_SIGNS = {Severity.ERROR: "✖ error", Severity.WARNING: "▲ warning", Severity.INFO: "○ note"}
_CELL = 600
"""Characters of one message."""


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """Counts, then a table with the worst first, then what was set aside."""
    page = _Page()
    page.add(MARKER, f"## {_headline(view)}", "")
    if view.findings:
        page.add("| | Where | What | Rule |", "|---|---|---|---|")
        page.rows([_row(view, finding) for finding in worst_first(view.findings)], "finding")
    aside = [one for one in view.suppressed if one.source]
    if aside:
        summary = f"{plural(len(aside), 'finding')} set aside, with reasons"
        page.add("", f"<details><summary>{summary}</summary>", "")
        page.rows([_aside(view, one) for one in aside], "finding")
        page.add("", "</details>")
    debt = len(view.suppressed) - len(aside)
    if debt:
        page.add("", f"{plural(debt, 'finding')} of the baseline still to be mended.")
    return page.text()


def _headline(view: FindingsView) -> str:
    if not view.findings:
        return f"All {plural(view.records, 'record')} are sound"
    words = {"error": "error", "warning": "warning", "info": "note"}
    counted = [plural(view.counts[key], word) for key, word in words.items() if view.counts[key]]
    return f"Found {listed(counted)}"


def _row(view: FindingsView, finding: Finding) -> str:
    where = f"{text(repository_path(view, finding.path))}:{finding.line}:{finding.column}"
    what = text(_short(finding.message))
    if finding.help:
        what += f"<br>{text(_short(finding.help))}"
    return f"| {_SIGNS[finding.severity]} | {where} | {what} | {finding.code} {finding.name} |"


def _aside(view: FindingsView, one: Suppressed) -> str:
    f = one.finding
    where = f"{text(repository_path(view, f.path))}:{f.line}"
    until = f" (until {one.until})" if one.until else ""
    return f"* {f.code} {where}: {text(_short(one.reason))}{until}"


def _short(message: str) -> str:
    return message if len(message) <= _CELL else message[: _CELL - 1] + "…"


class _Page:
    """Lines, as many as fit."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._room = MOST_BYTES - 500

    def add(self, *lines: str) -> None:
        """Lines that stand in any case."""
        self._lines += lines
        self._room -= sum(_size(line) for line in lines)

    def rows(self, rows: list[str], noun: str) -> None:
        """As many rows as there is room for, and how many there are more."""
        shown = list(self._fitting(rows))
        self.add(*shown)
        if len(shown) < len(rows):
            rest = plural(len(rows) - len(shown), f"more {noun}")
            self.add("", f"… and {rest}: `kpi validate` shows them all.")

    def _fitting(self, rows: Iterable[str]) -> Iterator[str]:
        left = self._room
        for row in rows:
            left -= _size(row)
            if left < 0:
                return
            yield row

    def text(self) -> str:
        """The page."""
        return "\n".join(self._lines) + "\n"


def _size(line: str) -> int:
    return len(line.encode("utf-8", "backslashreplace")) + 1
