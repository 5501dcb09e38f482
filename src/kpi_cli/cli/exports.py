"""The report in forms other than pages: what each is made from. Every one reads the same views."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun
from kpi_cli.frozen import replace

if TYPE_CHECKING:
    from datetime import date

    from kpi_cli.views.report import Report
    from kpi_cli.views.status import StatusView

Exporters = dict[str, Callable[[], str | bytes]]
PICTURES = ".kpi-pictures"
"""Lists the pictures of a folder, so that they may be written again and old ones removed."""
BINARY = frozenset({"pdf", "xlsx"})
"""What no terminal shows: without a file named they go to `kpi-report.pdf` and so on."""


def exporters(run: Run, build: Callable[[], Report]) -> Exporters:
    """Format -> its whole text or bytes, made when it is called."""
    return {
        "json": lambda: _json(build()),
        "markdown": lambda: _markdown(build()),
        "csv": lambda: _csv(_status(run, build())),
        "openmetrics": lambda: _openmetrics(_status(run, build())),
        "pdf": lambda: _pdf(build()),
        "xlsx": lambda: _xlsx(run, _status(run, build())),
    }


def _json(report: Report) -> str:
    from kpi_cli.render.report_json import report_json

    return report_json(report)


def _markdown(report: Report) -> str:
    """At most what a comment holds; what a step summary holds where the runner offers one."""
    from kpi_cli.render.markdown_page import COMMENT, SUMMARY
    from kpi_cli.render.markdown_report import report as markdown

    return markdown(report, SUMMARY if os.environ.get("GITHUB_STEP_SUMMARY") else COMMENT)


def _status(run: Run, report: Report) -> StatusView:
    """The rows of the records that have a page in the report, and of no others."""
    from kpi_cli.views.status import status_view

    view = status_view(run.assessment)
    kpis = {page.ref.id for page in report.kpis}
    objectives = {page.ref.id for page in report.objectives}
    return replace(
        view,
        kpis=tuple(row for row in view.kpis if row.id in kpis),
        objectives=tuple(row for row in view.objectives if row.id in objectives),
    )


def _csv(view: StatusView) -> str:
    from kpi_cli.render.csv import status

    return status(view)


def _openmetrics(view: StatusView) -> str:
    from kpi_cli.render.openmetrics import openmetrics

    return openmetrics(view)


def _pdf(report: Report) -> bytes:
    from kpi_cli.cli.chromium import print_pdf
    from kpi_cli.render.html.site import write_handout

    return print_pdf(write_handout(report))


def _xlsx(run: Run, view: StatusView) -> bytes:
    from kpi_cli.render.xlsx import xlsx

    try:
        return xlsx(view, _figures(run))
    except ImportError:
        raise CannotRun(
            "writing a spreadsheet needs XlsxWriter, which is not installed",
            help="install it with `pip install 'kpi-cli[xlsx]'`, or use `--format csv`",
        ) from None


def _figures(run: Run) -> dict[str, list[tuple[str, date, float]]]:
    """Every KPI's actuals that are numbers and known by the day, oldest first."""
    found = {}
    for name, rows in run.assessment.series.items():
        known = zip(rows.periods, rows.values, strict=True)
        found[name] = [
            (period.name, period.end, float(value))
            for period, value in known
            if period.end <= run.as_of
            and isinstance(value, int | float)
            and not isinstance(value, bool)
        ]
    return found


def pictures(report: Report) -> dict[str, bytes]:
    """`KPI.svg` -> one small picture of each KPI, for a README or a wiki."""
    from kpi_cli.render.svg.standalone import standalone

    known = {page.ref.id for page in report.kpis}
    every = (row for table in report.overview.lists for row in table.rows)
    rows = (row for row in every if row.ref.id in known)
    found = {f"{row.ref.id}.svg": standalone(row).encode("utf-8") for row in rows}
    return {**found, PICTURES: "".join(f"{name}\n" for name in sorted(found)).encode("utf-8")}
