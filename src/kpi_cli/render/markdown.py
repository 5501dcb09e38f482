"""`--format markdown`: for step summaries and merge requests; data cannot act as markup there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kpi_cli.locale import _, ngettext
from kpi_cli.render.text import one_line
from kpi_cli.views.board import Board, BoardRow
from kpi_cli.views.tree import Tree, Twig
from kpi_cli.views.words import Count, day, how_many, listed

INVISIBLE = "\u200b"
"""Breaks a mention, a reference or an address without being seen."""
_MARKUP = re.compile(r"([\\`*_{}\[\]#!|~$])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_DIAGRAM = {"&": "#amp;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "#": "#35;", "`": "#96;"}


def text(data: str) -> str:
    """Data inside Markdown: no markup, HTML, mention, reference or bare address takes effect."""
    flat = " ".join(one_line(data.replace("\n", " ")).split())
    escaped = _MARKUP.sub(r"\\\1", re.sub("[&<>]", lambda found: _ENTITIES[found[0]], flat))
    escaped = re.sub(r"@|\\#(?=\w)", lambda found: found[0] + INVISIBLE, escaped)
    return re.sub(r"(?i)\b(https?|ftp|www)(?=[:.])", lambda found: found[0] + INVISIBLE, escaped)


def diagram(data: str) -> str:
    """Data inside a quoted mermaid label."""
    flat = " ".join(one_line(data.replace("\n", " ")).split())
    return "".join(_DIAGRAM.get(character, character) for character in flat)


def status(board: Board) -> str:
    """Headline, what needs attention, objectives, how many others."""
    lines = [f"## {text(board.headline)}", ""]
    lines += [f"{text(board.name)}, {day(board.as_of)}" if board.name else day(board.as_of), ""]
    if board.attention:
        lines += [f"### {_('Needs attention')}", "", *_kpis(board.attention)]
        lines += [*_remarks(board.attention), ""]
    if board.objectives:
        lines += [f"### {_('Objectives')}", "", *_objectives(board), ""]
    if board.others:
        lines += [
            f"<details><summary>{_('Others')}</summary>",
            "",
            *_kpis(board.others),
            "",
            "</details>",
            "",
        ]
    if board.rest:
        counts = listed(f"{how_many(c.number)} {c.badge.word.lower()}" for c in board.rest)
        lines.append(_("Others: {counts}.", counts=counts))
    return "\n".join(lines).rstrip("\n") + "\n"


def _kpis(rows: Sequence[BoardRow]) -> Iterator[str]:
    head = (
        _("Status"), _("KPI"), _("Now"), _("Target"), _("Done / due"), _("Figure of"), _("Owner")
    )  # fmt: skip
    yield f"| {' | '.join(head)} |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        kpi = row.row
        cells = [
            kpi.badge.text,
            f"{text(kpi.ref.label)} (`{kpi.ref.id}`)",
            text(kpi.now or "–"),
            text(kpi.target or "–"),
            row.done,
            row.data,
            text(kpi.owner or _("no owner")),
        ]
        yield f"| {' | '.join(cells)} |"


def _remarks(rows: Sequence[BoardRow]) -> Iterator[str]:
    told = [(row, remark) for row in rows for remark in row.remarks]
    if told:
        yield ""
    for row, remark in told:
        yield f"* {text(row.row.ref.label)}: {text(remark)}"


def _objectives(board: Board) -> Iterator[str]:
    head = (_("Status"), _("Objective"), _("Done / due"), _("KPIs below"), _("Owner"))
    yield f"| {' | '.join(head)} |"
    yield "|---|---|---|---|---|"
    for one in board.objectives:
        row = one.row
        title = f"{'&emsp;' * one.depth}{text(row.ref.label)} (`{row.ref.id}`)"
        both = f"{row.progress} / {row.expected}"
        owner = text(row.owner or _("no owner"))
        yield f"| {row.badge.text} | {title} | {both} | {_profile(row.profile)} | {owner} |"


def _profile(counts: Sequence[Count]) -> str:
    return " ".join(f"{count.badge.glyph}{count.number}" for count in counts)


def tree(twigs: Sequence[Twig], view: Tree) -> str:
    """A nested list, and the same as a mermaid diagram of the objectives."""
    lines = [line for twig in twigs for line in _item(twig, 0)]
    return "\n".join([*lines, "", *_mermaid(view)]) + "\n"


def _item(twig: Twig, depth: int) -> Iterator[str]:
    label = text(twig.label)
    begin = f"{'  ' * depth}* {twig.badge.glyph} {label if twig.is_kpi else f'**{label}**'}"
    if twig.again:
        yield f"{begin} (`{twig.id}`): {_('see above')}"
        return
    owner = text(twig.owner or _("no owner"))
    parts = [twig.badge.word.lower(), text(twig.figure), owner, _profile(twig.profile)]
    parts += [text(lead) for lead in twig.leads]
    yield f"{begin} (`{twig.id}`): {'; '.join(part for part in parts if part)}"
    for below in twig.below:
        yield from _item(below, depth + 1)


def _mermaid(view: Tree) -> Iterator[str]:
    objectives = [node for node in view.nodes if node.kind == "objective"]
    if not objectives:
        return
    names = {node.id: f"o{number}" for number, node in enumerate(objectives, 1)}
    yield "```mermaid"
    yield "flowchart LR"
    for node in objectives:
        yield f'  {names[node.id]}["{diagram(node.label)}"]'
    for node in objectives:
        for child in node.children:
            yield f"  {names[node.id]} --> {names[child]}"
    yield from _leads(view, names)
    yield "```"


def _leads(view: Tree, names: Mapping[str, str]) -> Iterator[str]:
    """The KPIs that lead or follow, on their objectives, and dotted arrows between them."""
    ends = {name for edge in view.leads for name in (edge.leading, edge.lagging)}
    kpis = {}
    for number, node in enumerate((n for n in view.nodes if n.id in ends), 1):
        kpis[node.id] = f"k{number}"
        yield f'  {kpis[node.id]}(["{diagram(node.label)}"])'
        yield from (f"  {names[home]} --- {kpis[node.id]}" for home in node.parents)
    for edge in view.leads:
        days = ngettext("{n} day", "{n} days", round(edge.lag_days))
        yield f"  {kpis[edge.leading]} -. {days} .-> {kpis[edge.lagging]}"
