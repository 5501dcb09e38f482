"""A document on a terminal: the verdict, then section by section."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from kpi_cli.render.terminal.paper import Screen, clean, paragraph, print_lines
from kpi_cli.render.terminal.table import Column, fit
from kpi_cli.views.document import Document, Grid, Section

LEAST = 16
"""Columns a folding cell keeps before others go."""


def document(view: Document, screen: Screen) -> str:
    """The whole document; empty sections are left out."""
    lines = list(paragraph(clean(view.verdict, screen), screen, style="head"))
    lines += paragraph(clean(view.about, screen), screen, style="quiet")
    for section in view.sections:
        if not section.is_empty:
            lines += _section(section, screen)
    return print_lines(lines, screen)


def _section(section: Section, screen: Screen) -> Iterator[Text]:
    yield Text()
    yield Text(clean(section.title, screen), "head")
    for item in section.items:
        yield from paragraph(
            clean(item.text, screen), screen, style=item.tone, indent="  ", hanging="    "
        )
        for detail in item.details:
            yield from paragraph(clean(detail, screen), screen, style="quiet", indent="    ")
    if section.grid is not None and section.grid.rows:
        yield from _table(section.grid, screen)
    if section.note:
        yield from paragraph(clean(section.note, screen), screen, style="quiet", indent="  ")


def _table(grid: Grid, screen: Screen) -> Iterator[Text]:
    columns = [
        Column(str(n), title, LEAST if n in grid.folding else None, n in grid.figures)
        for n, title in enumerate(grid.head)
    ]
    rows = [{str(n): Text(clean(cell, screen)) for n, cell in enumerate(row)} for row in grid.rows]
    layout = fit(columns, rows, screen, indent=2)
    yield Text("  ") + layout.head()
    for row in rows:
        yield from (Text("  ") + part for part in layout.lines(row))
