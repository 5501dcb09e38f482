"""`--format csv`: flat tables; a text that a spreadsheet would read as a formula stays text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from kpi_cli.frozen import field_names
from kpi_cli.render.figures import exact
from kpi_cli.render.json import plain
from kpi_cli.views.kpi import KpiPage
from kpi_cli.views.status import KpiRow, StatusView

STATUS_COLUMNS = tuple(
    name
    for name in field_names(KpiRow)
    if name not in ("check_in", "limits", "signal", "forecast", "sdg")
)
SERIES_COLUMNS = ("kpi", "period", "start", "end", "value", "judged", "plan", "note")
_NUMBERS: Mapping[type, Callable[[Any], str]] = {
    float: exact,
    int: int.__repr__,
    type(None): lambda _: "",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def status(view: StatusView) -> str:
    """One line a KPI; lists are joined by blanks, what is not known is empty."""
    rows = ([plain(getattr(row, name)) for name in STATUS_COLUMNS] for row in view.kpis)
    return table(STATUS_COLUMNS, rows)


def series(page: KpiPage) -> str:
    """A KPI's values, oldest first: the period's own, the one judged there and the planned one."""
    kpi, lines = _quoted(page.ref.id), [",".join(SERIES_COLUMNS)]
    try:
        for p in page.numbers:
            own, judged, plan = [_NUMBERS[one.__class__](one) for one in (p.own, p.judged, p.plan)]
            when = _when(p.period.name, p.period.start, p.period.end)
            lines.append(f"{kpi},{when},{own},{judged},{plan},{_quoted(p.note) if p.note else ''}")
    except KeyError:  # a figure that is a text or a date
        return table(SERIES_COLUMNS, _series_rows(page))
    return "\n".join(lines) + "\n"


def _series_rows(page: KpiPage) -> Iterator[Sequence[object]]:
    for p in page.numbers:
        period = p.period
        yield (
            page.ref.id, period.name, period.start, period.end, p.own, p.judged, p.plan, p.note
        )  # fmt: skip


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV text with LF line ends."""
    return _written(head, ([cell(value) for value in row] for row in rows))


def _written(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def cell(value: object) -> object:
    """A value as a cell: numbers as they are, a text that begins like a formula after a quote."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


@lru_cache(maxsize=1024)
def _when(name: str, start: date, end: date) -> str:
    """The three cells of a period; those of one KPI are those of others."""
    return f"{_quoted(name)},{start},{end}"


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    """The cell of a text as it is written."""
    return _written(("", cell(text)), ())[1:-1]
