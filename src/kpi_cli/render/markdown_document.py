"""A document as Markdown, for merge requests and step summaries; data cannot act as markup."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.render.markdown import text
from kpi_cli.views.document import Document, Grid, Section


def document(view: Document) -> str:
    """The verdict as a heading, then the sections that have something."""
    lines = [f"## {text(view.verdict)}", "", text(view.about), ""]
    for section in view.sections:
        if not section.is_empty:
            lines += [*_section(section), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"### {text(section.title)}"
    yield ""
    for item in section.items:
        yield f"* {text(item.text)}"
        yield from (f"  * {text(detail)}" for detail in item.details)
    if section.grid is not None and section.grid.rows:
        yield from _table(section.grid)
    if section.note:
        yield ""
        yield text(section.note)


def _table(grid: Grid) -> Iterator[str]:
    yield f"| {' | '.join(text(title) for title in grid.head)} |"
    yield f"|{'|'.join('---:' if n in grid.figures else '---' for n in range(len(grid.head)))}|"
    for row in grid.rows:
        yield f"| {' | '.join(text(cell) or '–' for cell in row)} |"
