"""`kpi report --format markdown`: the overview for a pull request, a step summary or the minutes.

What needs people stands open, every KPI is folded away; data cannot act as markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.locale import _, ngettext
from kpi_cli.render.markdown import text
from kpi_cli.render.markdown_page import COMMENT, MarkdownPage
from kpi_cli.views.attention import Attention, Win
from kpi_cli.views.overview import Overview
from kpi_cli.views.report import Report
from kpi_cli.views.rows import DecisionRow, KpiRow, ObjectiveRow, WorkRow
from kpi_cli.views.words import Count, listed

MARKER = "<!-- kpi report -->"
"""Lets a bot find its earlier comment and replace it."""


def report(view: Report, most: int = COMMENT) -> str:
    """The page, at most `most` bytes."""
    page, over = MarkdownPage(most), view.overview
    page.add(MARKER, f"## {text(over.headline.text)}", "")
    page.add(f"{text(view.imprint.organisation)}, {view.imprint.as_of_text}. {text(over.lede)}", "")
    page.add(_counts(over.counts), "")
    for title, lines in _sections(over):
        if lines:
            page.add(f"### {title}", "")
            page.rows(lines, _more)
            page.add("")
    for table in over.lists:
        name = text(table.title) if table.title else _("All KPIs")
        page.add(f"<details><summary>{name} ({len(table.rows):,})</summary>", "")
        page.add(*_head(_("Status"), "KPI", _("Now"), _("Target"), _("Due"), _("Owner")))
        page.rows([_kpi(row) for row in table.rows], _more)
        page.add("", "</details>", "")
    return page.text()


def _more(rest: int) -> str:
    return ngettext("… and {n} more row.", "… and {n} more rows.", rest, n=f"{rest:,}")


def _sections(view: Overview) -> Iterator[tuple[str, list[str]]]:
    yield _("Needs attention"), [line for one in view.attention for line in _attention(one)]
    yield _("Wins to recognise"), [_win(one) for one in view.wins]
    yield _("Actions late or due"), [_work(row) for row in view.actions]
    yield _("Decisions"), [_decision(row) for row in view.decisions]
    yield (
        _("Objectives"),
        [
            *_head(_("Status"), _("Objective"), _("Done"), _("KPIs below"), _("Owner")),
            *(line for row in view.objectives for line in _objective(row, 0)),
        ]
        if view.objectives
        else [],
    )


def _head(*titles: str) -> tuple[str, str]:
    return f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"


def _attention(one: Attention) -> Iterator[str]:
    row = one.row
    told = f"* **{row.badge.text}** {text(row.ref.label)}: {text(one.conclusion)}"
    yield f"{told} ({text(row.owner or _('no owner'))})"
    if one.word:
        yield f"  * “{text(one.word)}”"
    if one.action:
        yield f"  * {_('Next: {action}', action=_plain(one.action))}"


def _plain(row: WorkRow) -> str:
    parts = [text(row.title), text(row.owner or ""), row.late or row.due or ""]
    return ", ".join(part for part in parts if part)


def _win(one: Win) -> str:
    about = f"{text(one.about.label)}: " if one.about else ""
    people = f" ({text(listed(one.people))})" if one.people else ""
    return f"* {about}{text(one.text)}{people}"


def _work(row: WorkRow) -> str:
    about = f" ({text(listed(ref.label for ref in row.about))})" if row.about else ""
    return f"* [ ] {_plain(row)}{about}"


def _decision(row: DecisionRow) -> str:
    parts = [text(row.text), text(row.owner or ""), row.late or row.due or ""]
    return f"* {', '.join(part for part in parts if part)}"


def _objective(row: ObjectiveRow, depth: int) -> Iterator[str]:
    title = f"{'&emsp;' * depth}{text(row.ref.label)}"
    if row.again:
        yield f"| | {title} | | | {_('see above')} |"
        return
    cells = [
        row.badge.text,
        title,
        row.way,
        _profile(row.profile),
        text(row.owner or _("no owner")),
    ]
    yield f"| {' | '.join(cells)} |"
    for below in row.below:
        yield from _objective(below, depth + 1)


def _kpi(row: KpiRow) -> str:
    cells = [
        row.badge.text,
        text(row.ref.label),
        text(row.now or "–"),
        text(row.target or "–"),
        row.due or "–",
        text(row.owner or _("no owner")),
    ]
    return f"| {' | '.join(cells)} |"


def _counts(counts: tuple[Count, ...]) -> str:
    return " · ".join(f"{count.badge.glyph} {count.number} {count.badge.word}" for count in counts)


def _profile(counts: tuple[Count, ...]) -> str:
    return " ".join(f"{count.badge.glyph} {count.number}" for count in counts)
