"""Files that cannot be read as they stand. The reader finds these faults; here are their pages."""

from __future__ import annotations

from kpi_cli.checks.registry import found_by_reader


@found_by_reader("K001", "yaml-syntax")
def yaml_syntax() -> None:
    """A line is not YAML.

    The record around the line is left out and everything else is read, so that one run tells all
    that is wrong. Most often a quote or a bracket is not closed, or a text holds `: `.

    Bad:
        teams:
          north: {name: North}
        people:
          quang:
            name: Quang: head of the north
            team: north

    Good:
        people:
          quang:
            name: "Quang: head of the shop"
            team: shop

    Fix:
        Put texts that hold `: `, ` #`, or begin with one of `[ { * & ! % @`, in quotes.
    """


@found_by_reader("K002", "duplicate-key")
def duplicate_key() -> None:
    """A key stands twice in one mapping.

    Most YAML readers silently keep the last one. Here neither is guessed: the record is left out
    until one of the two is gone.

    Bad:
        people:
          quang:
            name: Quang
            team: shop
            name: Quang Tran

    Good:
        people:
          quang:
            name: Quang Tran
            team: shop

    Fix:
        Delete the wrong one; the finding names the line of the first.
    """


@found_by_reader("K003", "not-utf-8")
def not_utf_8() -> None:
    """A file is not UTF-8.

    Names with accents would turn into other letters, differently on every machine. Nothing of the
    file is read.

    Bad:
        # A file saved as Windows-1258 or UTF-16, for instance by an old spreadsheet program.

    Good:
        # The same file saved as UTF-8. A byte order mark at its beginning does no harm.

    Fix:
        Save the file as UTF-8; every editor has it under "encoding".
    """


@found_by_reader("K004", "tab-indent")
def tab_indent() -> None:
    """A tab is used for indentation.

    YAML forbids it, because a tab is as wide as each editor likes and the depth of a line would
    depend on who looks at it.

    Bad:
        people:
          quang:
        ⇥name: Quang

    Good:
        people:
          quang:
            name: Quang
            team: shop

    Fix:
        Use spaces, two for each level. (The arrow above stands for a tab.)
    """


@found_by_reader("K005", "alias-bomb")
def alias_bomb() -> None:
    """Aliases blow a few lines up into millions, or lists nest too deeply.

    `*name` repeats what `&name` marked. Repeats of repeats grow without bound and would eat the
    memory of whoever checks the file. More than 100 times what is written, or a million values,
    is refused, and so is a nesting deeper than 64 levels.

    Bad:
        # x0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
        # x1: &x1 [*x0, *x0, *x0, *x0, *x0, *x0, *x0, *x0, *x0, *x0]
        # … and so on to x8

    Good:
        people:
          quang: &who {name: Quang, team: shop}
          quang-again: *who

    Fix:
        Write the values out.
    """


@found_by_reader("K006", "file-too-large")
def file_too_large() -> None:
    """A plan file is larger than 50 MB.

    Plans are read by people. A file of that size holds figures, and figures belong into CSV files,
    which are read row by row.

    Bad:
        # one plan file with ten years of daily actuals for a thousand KPIs

    Good:
        # file: kpi.yaml
        version: 1
        actuals: ["actuals/*.csv"]

    Fix:
        Split the file, or move its actuals into CSV files named under `actuals:` in kpi.yaml.
    """


@found_by_reader("K007", "path-leaves-workspace")
def path_leaves_workspace() -> None:
    """A path or a link leads out of the workspace.

    A plan must mean the same on every machine, and a plan from elsewhere must not be able to read
    files of yours. Links are followed first, then the path is judged.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {files: [{file: ../visits.csv, period: month, value: visits}]}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {files: [{file: data/visits.csv, period: month, value: visits}]}
        # file: data/visits.csv
        month,visits
        2026-05,64

    Fix:
        Copy the file into the workspace and name it by its path from the workspace's root.
    """


@found_by_reader("K008", "second-document")
def second_document() -> None:
    """A second YAML document begins in the file.

    A line `---` ends the plan in this file. What stands below it is not read, and most people who
    write it do not mean that.

    Bad:
        people:
          quang: {name: Quang, team: shop}
        ---
        teams:
          north: {name: North}

    Good:
        people:
          quang: {name: Quang, team: shop}

    Fix:
        Delete the line, or move what follows into a file of its own.
    """
