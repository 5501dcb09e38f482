"""`kpi status` on a terminal: one sentence, exceptions first, objectives, how many others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

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
from kpi_cli.views.words import day, listed, plural

COLUMNS = (
    Column("status", "Status"),
    Column("name", "KPI", least=20),
    Column("now", "Now"),
    Column("target", "Target", least=14),
    Column("done", "Done / due", right=True),
    Column("trend", "Trend"),
    Column("data", "Figure of"),
    Column("owner", "Owner"),
    Column("id", "Id"),
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
        lines += _section(f"Needs attention ({len(board.attention)})")
        lines += _kpis(board.attention, screen)
    if board.objectives:
        lines += _section("Objectives")
        lines += _objectives(board.objectives, screen)
    if board.others:
        lines += _section(f"Others ({len(board.others)})")
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
        words = listed(f"{count.number} {count.badge.word.lower()}" for count in board.rest)
        alone = len(board.rest) == 1
        other = plural(number, "other KPI")
        parts.append(
            f"{other} {board.rest[0].badge.word.lower()}" if alone else f"{other}: {words}"
        )
    if board.calm:
        parts.append(f"{plural(board.calm, 'other objective')} in order")
    return f"{'; '.join(parts)} (--all shows them)" if parts else ""


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
        "data": Text(row.data, "blind" if row.data.endswith("stale") else ""),
        "owner": Text(clean(kpi.owner or "no owner", screen)),
        "id": Text(kpi.ref.id, "path"),
    }


def _below(row: BoardRow, cells: Row, layout: Layout, screen: Screen) -> Iterator[Text]:
    """What did not fit beside it, then what is said and done about it; under the name."""
    moved = [key for key in ("id", "target", "done", "owner", "data") if key in layout.lost]
    labels = {"target": "target ", "done": "done / due ", "data": "figure of "}
    parts = [f"{labels.get(key, '')}{cells[key].plain.strip()}" for key in moved if cells[key]]
    other = row.row.other
    if other is not None:
        parts.append(f"{other.word.lower()} by the owner's word")
    if row.next_due:
        parts.append(row.next_due)
    indent = " " * (layout.widths[0] + len(GAP))
    for text in (in_a_row(parts, screen), *(clean(one, screen) for one in row.remarks)):
        if text:
            yield from paragraph(text, screen, style="quiet", indent=indent)


OBJECTIVE_COLUMNS = (
    Column("status", "Status"),
    Column("title", "Objective", least=30),
    Column("done", "Done / due", right=True),
    Column("profile", "KPIs below"),
    Column("owner", "Owner"),
    Column("id", "Id"),
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
        "owner": Text(clean(one.owner or "no owner", screen)),
        "id": Text(one.ref.id, "path"),
    }
