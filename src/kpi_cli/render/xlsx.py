"""`--format xlsx`: KPIs with native sparklines, objectives and the figures themselves.

Written with XlsxWriter (the extra `xlsx`). Texts are written as texts, so none becomes a formula;
the creation date is the day of the report, so equal reports are equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kpi_cli.locale import _
from kpi_cli.render.svg.clean import cleaned
from kpi_cli.views.status import KpiRow, ObjectiveRow, StatusView
from kpi_cli.views.words import BADGES

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Series = Sequence[tuple[str, date, float]]
"""Period, its last day, the actual; oldest first."""
SPARK = 18
_LARGEST = 1e100


def xlsx(view: StatusView, series: Mapping[str, Series]) -> bytes:
    """The workbook. `series` holds each KPI's actuals. Raises ImportError without XlsxWriter."""
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(view.as_of.year, view.as_of.month, view.as_of.day)})  # noqa: DTZ001  a spreadsheet's day has no zone
    forms = _Forms(book)
    kpis = book.add_worksheet(_("KPIs"))
    goals = book.add_worksheet(_("Objectives"))
    figures = book.add_worksheet(_("Figures"))
    ranges = _write_figures(figures, forms, view.kpis, series)
    _write_kpis(kpis, forms, view.kpis, ranges)
    _write_objectives(goals, forms, view.objectives)
    book.close()
    return out.getvalue()


class _Forms:
    """The few formats of the workbook."""

    def __init__(self, book: Workbook) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.share = book.add_format({"num_format": "0%"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})


def _write_kpis(
    sheet: Worksheet, forms: _Forms, rows: Sequence[KpiRow], ranges: dict[str, str]
) -> None:
    head = ["ID", "KPI", _("Status"), _("Actual"), _("Unit"), _("Baseline"), _("Target"), _("Due"),
            _("Progress"), _("Expected"), _("Chance"), _("Freshness"), _("Owner"), _("Team"),
            _("Latest values")]  # fmt: skip
    _head(sheet, forms, head, [18, 36, 16, 12, 10, 12, 12, 12, 10, 10, 10, 12, 16, 16, 24])
    for line, row in enumerate(rows, 1):
        cells: list[object] = [row.id, row.name, BADGES[row.status].text, row.value, row.unit]
        cells += [row.baseline, row.target if row.target is not None else row.target_text, row.due]
        chance = row.forecast.chance if row.forecast else None
        _line(sheet, forms, line, cells)
        for column, share in enumerate((row.progress, row.expected, chance), 8):
            _cell(sheet, line, column, share, forms.share)
        _line(sheet, forms, line, [row.freshness.value, row.owner, row.team], 11)
        if row.id in ranges:
            sheet.add_sparkline(line, 14, {"range": ranges[row.id], "show_hidden": True})
    if rows:
        sheet.autofilter(0, 0, len(rows), len(head) - 1)


def _write_objectives(sheet: Worksheet, forms: _Forms, rows: Sequence[ObjectiveRow]) -> None:
    head = ["ID", _("Objective"), _("Status"), _("Progress"), _("Expected"), _("Coverage"),
            _("Owner"), _("Team"), _("Supported by"), _("KPIs")]  # fmt: skip
    _head(sheet, forms, head, [18, 44, 16, 10, 10, 10, 16, 16, 30, 30])
    for line, row in enumerate(rows, 1):
        _line(sheet, forms, line, [row.id, row.title, BADGES[row.status].text])
        for column, share in enumerate((row.progress, row.expected, row.coverage), 3):
            _cell(sheet, line, column, share, forms.share)
        told = [row.owner, row.team, " ".join(row.children), " ".join(row.kpis)]
        _line(sheet, forms, line, told, 6)


def _write_figures(
    sheet: Worksheet, forms: _Forms, rows: Sequence[KpiRow], series: Mapping[str, Series]
) -> dict[str, str]:
    """One line a figure; gives back the range of each KPI's latest numbers."""
    _head(sheet, forms, ["ID", _("Period"), _("Day"), _("Actual")], [24, 14, 12, 14])
    ranges, line = {}, 0
    name = sheet.get_name().replace("'", "''")
    for row in rows:
        values = series.get(row.id, ())
        first = line + 1
        for period, day, value in values:
            line += 1
            _line(sheet, forms, line, [row.id, period, day, value])
        if len(values) > 1:
            start = max(first, line - SPARK + 1)
            ranges[row.id] = f"'{name}'!$D${start + 1}:$D${line + 1}"
    sheet.freeze_panes(1, 0)
    return ranges


def _head(sheet: Worksheet, forms: _Forms, titles: Iterable[str], widths: Sequence[int]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.write_string(0, column, title, forms.head)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)


def _line(
    sheet: Worksheet, forms: _Forms, line: int, cells: Iterable[object], start: int = 0
) -> None:
    for column, value in enumerate(cells, start):
        _cell(sheet, line, column, value, forms.day if isinstance(value, date) else None)


def _cell(sheet: Worksheet, line: int, column: int, value: object, form: Any = None) -> None:
    """Numbers as numbers, days as days, everything else as text; nothing for what is not known."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value, form)
    elif isinstance(value, int | float) and abs(value) <= _LARGEST:
        sheet.write_number(line, column, value, form)
    elif isinstance(value, date):
        sheet.write_datetime(line, column, _moment(value), form)
    else:
        sheet.write_string(line, column, cleaned(str(value)), form)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  a spreadsheet's day has no zone
