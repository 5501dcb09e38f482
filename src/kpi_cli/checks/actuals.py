"""Rows of actuals that cannot be used. The reader finds these faults; here are their pages."""

from __future__ import annotations

from kpi_cli.checks.registry import found_by_reader


@found_by_reader("K201", "period-twice")
def period_twice() -> None:
    """One period has two actuals.

    Inline figures, CSV files and the files a KPI names may be mixed, but no period (and segment)
    may come twice: nobody could say which of the two is true.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}, actuals: {2026-05: 64}}
        # file: kpi.yaml
        version: 1
        actuals: ["*.csv"]
        # file: till.csv
        kpi,period,value
        visits,2026-05,66

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}, actuals: {2026-05: 64}}

    Fix:
        Keep the right one of the two.
    """  # noqa: E501 - one record a line reads best here


@found_by_reader("K202", "period-not-of-frequency")
def period_not_of_frequency() -> None:
    """An actual is for a period of another length than the KPI's frequency.

    A quarter's total among monthly figures would count three times as much as it should. A dated
    figure fits every frequency.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            frequency: quarterly
            due: 2027-06-30
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 64}
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: {start: 2026-04-01, end: 2027-12-31}}}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            frequency: quarterly
            due: 2027-06-30
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-Q1: 64}
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: {start: 2026-04-01, end: 2027-12-31}}}

    Fix:
        Write the period the KPI is measured by, or change `frequency:`.
    """  # noqa: E501 - one record a line reads best here


@found_by_reader("K205", "not-a-number")
def not_a_number() -> None:
    """An actual is not a finite number.

    `1.250,50`, `n/a`, NaN and infinity cannot be computed with. A value known to be missing is
    written `null`, and then the views say that it is missing.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: about 64}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: {value: 64, note: counted by hand}}

    Fix:
        Write a plain number such as 1250.5, or null.
    """


@found_by_reader("K209", "actuals-file-missing")
def actuals_file_missing() -> None:
    """A KPI reads its actuals from a file that is not there.

    Without the file the KPI has no figures, and would look as if nobody had measured it.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            actuals: {files: [{file: data/visit.csv, period: month, value: visits}]}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            actuals: {files: [{file: data/visits.csv, period: month, value: visits}]}
        # file: data/visits.csv
        month,visits
        2026-05,64

    Fix:
        Write the path from the workspace's root, or add the file.
    """


@found_by_reader("K210", "actuals-file-row")
def actuals_file_row() -> None:
    """A row of a CSV file cannot be used.

    The row is left out; the other rows count. The finding points at the cell.

    Bad:
        # file: kpi.yaml
        version: 1
        actuals: ["*.csv"]
        # file: till.csv
        kpi,period,value
        orders,2026-13,910

    Good:
        # file: kpi.yaml
        version: 1
        actuals: ["*.csv"]
        # file: till.csv
        kpi,period,value
        orders,2026-05,910

    Fix:
        Write periods as 2026-05 and plain numbers with a decimal point.
    """
