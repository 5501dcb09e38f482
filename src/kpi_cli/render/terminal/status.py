"""`kpi status` on a terminal: one sentence, exceptions first, objectives, how many others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from kpi_cli.locale import N_, _, ngettext
from kpi_cli.render.terminal.paper import (
    GLUE,
    Screen,
    clean,
    glued,
    in_a_row,
    paragraph,
    print_lines,
    screened,
)
from kpi_cli.render.terminal.signs import profile, signed, sparkline
from kpi_cli.render.terminal.table import GAP, Column, Layout, Row, fit
from kpi_cli.views.board import Board, BoardObjective, BoardRow
from kpi_cli.views.signals import SignalRow
from kpi_cli.views.words import day, how_many, listed

COLUMNS = (
    Column("status", N_("Status")),
    Column("name", N_("KPI"), least=20),
    Column("now", N_("Now"), least=40),
    Column("target", N_("Target"), least=14),
    Column("done", N_("Done / due"), right=True),
    Column("trend", N_("Trend")),
    Column("data", N_("Figure of")),
    Column("owner", N_("Owner")),
    Column("id", N_("Id")),
)
LOSS = ("id", "owner", "data", "trend", "done", "target")
"""The order in which columns leave a narrow screen; the trend is lost, others go a line down."""
TREND = 12
"""Values of the sparkline."""


def status(board: Board, screen: Screen) -> str:
    """The whole page."""
    lines: list[Text] = [*paragraph(screened(board.headline, screen), screen, style="head")]
    subtitle = [clean(board.name, screen)] if board.name else []
    lines += paragraph(
        screened(" · ", screen).join([*subtitle, glued(day(board.as_of))]), screen, style="quiet"
    )
    if board.attention:
        lines += _section(_("Needs attention ({n})", n=how_many(len(board.attention))))
        lines += _kpis(board.attention, screen)
    if board.signals:
        whole = len(board.signals) + board.signals_more
        lines += _section(_("Real changes elsewhere ({n})", n=how_many(whole)))
        lines += _signals(board.signals, screen)
        if board.signals_more:
            more = _("{n} more (--all shows them)", n=how_many(board.signals_more))
            lines += paragraph(more, screen, style="quiet")
    if board.objectives:
        lines += _section(_("Objectives"))
        lines += _objectives(board.objectives, screen)
    if board.others:
        lines += _section(_("Others ({n})", n=how_many(len(board.others))))
        lines += _kpis(board.others, screen)
    if rest := _rest(board):
        lines.append(Text())
        lines += paragraph(rest, screen, style="quiet")
    return print_lines(lines, screen)


def _section(title: str) -> list[Text]:
    return [Text(), Text(title, "head")]


def _rest(board: Board) -> str:
    """`20 others: 18 on track, 2 achieved; 11 objectives on track (--all shows them)`."""
    parts = []
    number = sum(count.number for count in board.rest)
    if number:
        words = listed(f"{how_many(c.number)} {c.badge.word.lower()}" for c in board.rest)
        shown = board.attention or board.objectives or board.others
        other = (
            ngettext("{n} other KPI", "{n} other KPIs", number)
            if shown
            else ngettext("{n} KPI", "{n} KPIs", number)
        )
        alone = f"{other} {board.rest[0].badge.word.lower()}"
        parts.append(alone if len(board.rest) == 1 else f"{other}: {words}")
    if board.calm:
        calm = ngettext("{n} other objective in order", "{n} other objectives in order", board.calm)
        parts.append(calm)
    return _("{others} (--all shows them)", others="; ".join(parts)) if parts else ""


SIGNAL_COLUMNS = (
    Column("sign", N_("Signal"), least=16),
    Column("name", N_("KPI"), least=20),
    Column("status", N_("Status")),
    Column("now", N_("Now")),
    Column("chance", N_("Chance")),
    Column("id", N_("Id")),
)


SIGNAL_STYLES = {"worse": "bad", "better": "good", "plain": ""}


def _signals(rows: Sequence[SignalRow], screen: Screen) -> Iterator[Text]:
    cells: list[Row] = [
        {
            "sign": Text(screened(row.sign.text, screen), SIGNAL_STYLES[row.sign.tone]),
            "name": Text(clean(row.ref.label, screen), "head"),
            "status": signed(row.badge, screen),
            "now": Text(clean(row.now or "–", screen)),
            "chance": Text(screened(row.chance or "", screen)),
            "id": Text(row.ref.id, "path"),
        }
        for row in rows
    ]
    layout = fit(SIGNAL_COLUMNS, cells, screen, ("id", "now", "chance", "status"))
    yield layout.head()
    for own in cells:
        yield from layout.lines(own)


def _kpis(rows: Sequence[BoardRow], screen: Screen) -> Iterator[Text]:
    cells = [_cells(row, screen) for row in rows]
    layout = fit(COLUMNS, cells, screen, LOSS)
    yield layout.head()
    for row, own in zip(rows, cells, strict=True):
        yield from layout.lines(own)
        yield from _below(row, own, layout, screen)


def _cells(row: BoardRow, screen: Screen) -> Row:
    kpi = row.row
    values = list(kpi.spark.values[-TREND:]) if kpi.spark else []
    while values and values[0] is None:
        del values[0]
    return {
        "status": signed(kpi.badge, screen),
        "name": Text(clean(kpi.ref.label, screen), "head"),
        "now": Text(clean(kpi.now or "–", screen)),
        "target": Text(clean(kpi.target or "–", screen)),
        "done": Text(screened(row.done, screen)),
        "trend": Text(sparkline(values, screen), "path"),
        "data": Text(row.data, "blind" if row.stale else ""),
        "owner": Text(clean(kpi.owner or _("no owner"), screen)),
        "id": Text(kpi.ref.id, "path"),
    }


_MOVED = {
    "target": N_("target {text}"),
    "done": N_("done / due {text}"),
    "data": N_("figure of {text}"),
}


def _below(row: BoardRow, cells: Row, layout: Layout, screen: Screen) -> Iterator[Text]:
    """What did not fit beside it, then what is said and done about it; under the name."""
    moved = [key for key in ("id", "target", "done", "owner", "data") if key in layout.lost]
    parts = [
        _(_MOVED.get(key, "{text}"), text=cells[key].plain.strip()) for key in moved if cells[key]
    ]
    other = row.row.other
    if other is not None:
        parts.append(_("{status} by the owner's word", status=other.word.lower()))
    if row.next_due:
        parts.append(row.next_due)
    indent = " " * (layout.widths[0] + len(GAP))
    for text in (in_a_row(parts, screen), *(clean(one, screen) for one in row.remarks)):
        if text:
            yield from paragraph(text, screen, style="quiet", indent=indent)


OBJECTIVE_COLUMNS = (
    Column("status", N_("Status")),
    Column("title", N_("Objective"), least=30),
    Column("done", N_("Done / due"), right=True),
    Column("profile", N_("KPIs below")),
    Column("owner", N_("Owner")),
    Column("id", N_("Id")),
)


def _objectives(rows: Sequence[BoardObjective], screen: Screen) -> Iterator[Text]:
    cells = [_objective(row, screen) for row in rows]
    layout = fit(OBJECTIVE_COLUMNS, cells, screen, ("id", "owner", "profile", "done"))
    yield layout.head()
    for row, own in zip(rows, cells, strict=True):
        yield from layout.lines(own)
        moved = [key for key in ("id", "done", "profile", "owner") if key in layout.lost]
        parts = [*(own[key].plain.strip() for key in moved), row.other or ""]
        indent = " " * (layout.widths[0] + len(GAP) + 2 * row.depth)
        if text := in_a_row(parts, screen):
            yield from paragraph(text, screen, style="quiet", indent=indent)


def _objective(row: BoardObjective, screen: Screen) -> Row:
    one = row.row
    both = f"{one.progress} / {one.expected}" if one.progress != "–" else ""
    return {
        "status": signed(one.badge, screen),
        "title": Text(
            GLUE * (2 * row.depth) + clean(one.ref.label, screen), "" if row.depth else "head"
        ),
        "done": Text(screened(both, screen)),
        "profile": Text.assemble(*profile(one.profile, screen)),
        "owner": Text(clean(one.owner or _("no owner"), screen)),
        "id": Text(one.ref.id, "path"),
    }
