"""The report in forms other than pages: what each is made from. Every one reads the same views."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun

if TYPE_CHECKING:
    from datetime import date

    from kpi_cli.views.report import Report

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
        "csv": lambda: _csv(run),
        "openmetrics": lambda: _openmetrics(run),
        "pdf": lambda: _pdf(build()),
        "xlsx": lambda: _xlsx(run),
    }


def _json(report: Report) -> str:
    from kpi_cli.render.report_json import report_json

    return report_json(report)


def _markdown(report: Report) -> str:
    """At most what a comment holds; what a step summary holds where the runner offers one."""
    from kpi_cli.render.markdown_page import COMMENT, SUMMARY
    from kpi_cli.render.markdown_report import report as markdown

    return markdown(report, SUMMARY if os.environ.get("GITHUB_STEP_SUMMARY") else COMMENT)


def _csv(run: Run) -> str:
    from kpi_cli.render.csv import status
    from kpi_cli.views.status import status_view

    return status(status_view(run.assessment))


def _openmetrics(run: Run) -> str:
    from kpi_cli.render.openmetrics import openmetrics
    from kpi_cli.views.status import status_view

    return openmetrics(status_view(run.assessment))


def _pdf(report: Report) -> bytes:
    from kpi_cli.cli.chromium import print_pdf
    from kpi_cli.render.html.site import write_single

    return print_pdf(write_single(report))


def _xlsx(run: Run) -> bytes:
    from kpi_cli.render.xlsx import xlsx
    from kpi_cli.views.status import status_view

    try:
        return xlsx(status_view(run.assessment), _figures(run))
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

    rows = (row for table in report.overview.lists for row in table.rows)
    found = {f"{row.ref.id}.svg": standalone(row).encode("utf-8") for row in rows}
    return {**found, PICTURES: "".join(f"{name}\n" for name in sorted(found)).encode("utf-8")}
