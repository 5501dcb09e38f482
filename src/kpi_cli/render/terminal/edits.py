"""What an edit did, for a terminal: one block a record, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi_cli.locale import _
from kpi_cli.render.terminal.paper import Screen, columns_of, pad
from kpi_cli.render.text import one_line
from kpi_cli.views.effects import Effect
from kpi_cli.views.words import Badge

_MOST_PERIODS = 3


def effects(views: Sequence[Effect], screen: Screen) -> str:
    """All records that changed, each with what that did to it."""
    return "\n".join("\n".join(_block(view, screen)) + "\n" for view in views)


def _block(view: Effect, screen: Screen) -> Iterator[str]:
    arrow = "->" if screen.ascii else "→"
    more = len(view.periods) - _MOST_PERIODS
    shown = ", ".join(view.periods[:_MOST_PERIODS])
    if more > 0:
        shown = _("{periods} and {n} more", periods=shown, n=more)
    yield one_line(f"{view.label} ({view.id})")
    did = _("checked in, in {file}", file=view.path)
    if shown:
        did = _("recorded  {periods} in {file}", periods=shown, file=view.path)
    yield one_line(f"  {did}")
    status = (_badge(view.status[0], screen), _badge(view.status[1], screen))
    rows = [*view.rows, (_("status"), *status)]
    wide = max(10, columns_of(name for name, _before, _after in rows) + 2)
    for name, before, after in rows:
        change = before if before == after else f"{before} {arrow} {after}"
        yield one_line(f"  {pad(name, wide)}{change}")


def _badge(badge: Badge, screen: Screen) -> str:
    return badge.word if screen.ascii else badge.text
