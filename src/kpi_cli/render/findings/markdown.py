"""`--format markdown`: a step summary, or a comment below a pull request."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.checks.score import CRITERIA
from kpi_cli.checks.smart import Graded, Smart
from kpi_cli.diagnostics import Finding, Severity, Suppressed
from kpi_cli.locale import _, ngettext
from kpi_cli.render.findings._places import repository_path, worst_first
from kpi_cli.render.markdown import text
from kpi_cli.render.markdown_page import MarkdownPage
from kpi_cli.views.findings import COUNTS, FindingsView
from kpi_cli.views.words import listed

MARKER = "<!-- kpi validate -->"
"""Lets a bot find its earlier comment and replace it."""
_SIGNS = {Severity.ERROR: "✖ error", Severity.WARNING: "▲ warning", Severity.INFO: "○ note"}
_CELL = 600
"""Characters of one message."""


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """Counts, then a table with the worst first, then what was set aside."""
    page = MarkdownPage()
    page.add(MARKER.replace("validate", view.command), f"## {_headline(view)}", "")
    if view.smart is not None:
        _scores(page, view.smart)
    if view.findings:
        page.add(f"| | {_('Where')} | {_('What')} | {_('Rule')} |", "|---|---|---|---|")
        page.rows([_row(view, finding) for finding in worst_first(view.findings)], _more)
    aside = [one for one in view.suppressed if one.source]
    if aside:
        summary = ngettext(
            "{n} finding set aside, with reasons",
            "{n} findings set aside, with reasons",
            len(aside),
        )
        page.add("", f"<details><summary>{summary}</summary>", "")
        page.rows([_aside(view, one) for one in aside], _more)
        page.add("", "</details>")
    debt = len(view.suppressed) - len(aside)
    if debt:
        told = ngettext(
            "{n} finding of the baseline still to be mended.",
            "{n} findings of the baseline still to be mended.",
            debt,
        )
        page.add("", told)
    return page.text()


def _scores(page: MarkdownPage, smart: Smart) -> None:
    """The scores, lowest first, each with what raises it most."""
    if not smart.kpis:
        return
    page.add(f"| KPI | SMART | S | M | A | R | T | {_('Cheapest fix')} |")
    page.add("|---|--:|--:|--:|--:|--:|--:|---|")
    ordered = sorted(smart.kpis, key=lambda one: (one.scores.total, one.id))
    page.rows([_score(one) for one in ordered], _more_kpis)
    told = _(
        "Scores of {scoring}, of 100; the total is at most the lowest + 30.", scoring=smart.scoring
    )
    page.add("", told, "")


def _score(one: Graded) -> str:
    scores = " | ".join(str(one.of(letter)) for letter in CRITERIA)
    return f"| {text(one.name)} | **{one.total}** | {scores} | {text(_short(one.fix or ''))} |"


def _more_kpis(count: int) -> str:
    return ngettext("… and {n} more KPI.", "… and {n} more KPIs.", count)


def _headline(view: FindingsView) -> str:
    if not view.findings:
        return ngettext("All {n} record are sound", "All {n} records are sound", view.records)
    counted = [ngettext(*forms, n) for key, forms in COUNTS.items() if (n := view.counts[key])]
    return _("Found {findings}", findings=listed(counted))


def _row(view: FindingsView, finding: Finding) -> str:
    where = f"{text(repository_path(view, finding.path))}:{finding.line}:{finding.column}"
    what = text(_short(finding.message))
    if finding.help:
        what += f"<br>{text(_short(finding.help))}"
    return f"| {_SIGNS[finding.severity]} | {where} | {what} | {finding.code} {finding.name} |"


def _aside(view: FindingsView, one: Suppressed) -> str:
    f = one.finding
    where = f"{text(repository_path(view, f.path))}:{f.line}"
    until = _(" (until {day})", day=one.until) if one.until else ""
    return f"* {f.code} {where}: {text(_short(one.reason))}{until}"


def _short(message: str) -> str:
    return message if len(message) <= _CELL else message[: _CELL - 1] + "…"


def _more(rest: int) -> str:
    return ngettext(
        "… and {n} more finding: `kpi validate` shows them all.",
        "… and {n} more findings: `kpi validate` shows them all.",
        rest,
    )
