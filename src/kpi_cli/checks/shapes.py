"""Records of the wrong shape. The reader finds these faults; here are their pages."""

from __future__ import annotations

from kpi_cli.checks.registry import found_by_reader


@found_by_reader("K010", "unknown-key")
def unknown_key() -> None:
    """A key means nothing here.

    A misspelt key would simply have no effect: a `traget:` is no target. So every unknown key is
    a fault, with the closest known one.

    Bad:
        people:
          quang: {name: Quang, teem: shop}

    Good:
        people:
          quang: {name: Quang, team: shop}

    Fix:
        Write the key as the finding suggests, or delete it. Notes go into comments.
    """


@found_by_reader("K011", "wrong-type")
def wrong_type() -> None:
    """A value is of the wrong kind: a text for a number, a list for a mapping.

    `target: "40"` is a text, and nothing can be computed from it. The finding says what is needed
    and what was found.

    Bad:
        people:
          quang: {name: Quang, team: shop, capacity: "200 days"}

    Good:
        people:
          quang: {name: Quang, team: shop, capacity: 200}

    Fix:
        Write plain numbers without quotes, units or thousands marks.
    """


@found_by_reader("K012", "missing-key")
def missing_key() -> None:
    """A required key is missing.

    Few keys are required: a title or a name, and `version` in kpi.yaml. Everything else has a
    default or is asked for by a rule of its own.

    Bad:
        people:
          quang: {team: shop}

    Good:
        people:
          quang: {name: Quang, team: shop}

    Fix:
        Add the key the finding names.
    """


@found_by_reader("K013", "bad-id")
def bad_id() -> None:
    """An id is not written like an id.

    Ids stand in links, formulas, file names and commands. They begin with a letter a-z, go on
    with a-z, 0-9, `.`, `_` or `-`, and have at most 80 characters. `min` and `max` are words of
    formulas. Names and titles may be in any script.

    Bad:
        people:
          Quang Trần: {name: Quang Trần, team: shop}

    Good:
        people:
          quang-tran: {name: Quang Trần, team: shop}

    Fix:
        Write the id in small plain letters and put the full name under `name:`.
    """


@found_by_reader("K014", "bad-date-or-period")
def bad_date_or_period() -> None:
    """A date or a period cannot be understood.

    Dates are written 2026-03-31. Periods are 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09, a date,
    or FY2026, FY2026-H1 and FY2026-Q1 for fiscal ones.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            due: 31/12/2026

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            due: 2026-12-31

    Fix:
        Write the date as year-month-day. Where only one day or period can be meant, as here,
        `kpi validate --fix` writes it; a day such as 05/06/2026 it leaves to you.
    """


@found_by_reader("K015", "bad-value")
def bad_value() -> None:
    """A value is not one of those allowed here.

    Words such as a frequency or a status come from short lists, and some numbers have bounds. The
    finding lists what is allowed.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            frequency: montly
            target: {at_least: 60}
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            frequency: monthly
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Choose one of the values the finding lists.
    """


@found_by_reader("K016", "unsupported-version")
def unsupported_version() -> None:
    """The format version in kpi.yaml is unknown.

    The version says how the files are to be read. A number this tool does not know may mean that
    the files need a newer one.

    Bad:
        # file: kpi.yaml
        version: 2

    Good:
        # file: kpi.yaml
        version: 1

    Fix:
        Write `version: 1`, or update the tool.
    """
