"""`kpi record`: an actual, or many, put where the KPI's actuals live."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.completing import ids_of, periods
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun, perform
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun

if TYPE_CHECKING:
    from kpi_cli.edit.entries import Entry
    from kpi_cli.edit.recording import Recorded
    from kpi_cli.edit.store import Edit

CONTEXT = {"ignore_unknown_options": True}
"""So that a negative value is no option."""
_USAGE = "write `kpi record ID PERIOD VALUE`, or `kpi record -` with a CSV on stdin"


def record(
    run: Run,
    kpi: Annotated[
        str | None,
        argument(
            metavar="ID",
            help="A KPI, or `-` for a CSV on stdin.",
            find=ids_of("kpis"),
        ),
    ] = None,
    period: Annotated[
        str | None,
        argument(metavar="PERIOD", help="Such as 2026-05, 2026-Q1, 2026-05-20.", find=periods()),
    ] = None,
    value: Annotated[
        str | None,
        argument(metavar="VALUE", help="A number, true, false, a zone's name, or null."),
    ] = None,
    note: Annotated[str | None, option("--note", help="What to know about it.")] = None,
    numerator: Annotated[
        str | None, option("--numerator", metavar="N", help="With --denominator: the parts.")
    ] = None,
    denominator: Annotated[
        str | None, option("--denominator", metavar="N", help="The value is N over this.")
    ] = None,
    restate: Annotated[
        bool, option("--restate", help="Correct a value there is already; needs --note.")
    ] = False,
    file: Annotated[
        Path | None, option("--file", metavar="FILE", help="Record all rows of a CSV.")
    ] = None,
    dry_run: DryRun = False,
) -> int:
    """Record the actual of a period, and say what it does to progress and status.

    It goes where the KPI's actuals live (its record, a long CSV file, the table it names), in date
    order; nothing else in the file changes. Refused are, with the code of the rule: a locked
    period, one of the wrong length, one that has not ended, a value out of bounds.

    Examples:
      kpi record repeat-rate 2026-05 33.1
      kpi record repeat-rate 2026-05 --numerator 212 --denominator 641
      kpi record repeat-rate 2026-04 32.9 --restate --note "late returns counted"
      kpi record - < may.csv          (header: kpi,period,value[,numerator,denominator,note])
    """
    from kpi_cli.edit.recording import Request
    from kpi_cli.edit.recording import record as edit

    given = (period, value, note, numerator, denominator)
    if file is not None or kpi == "-":
        if any(part is not None for part in given) or (file is not None and kpi is not None):
            raise CannotRun("a CSV brings its own periods, values and notes", help=_USAGE)
        entries = _from_table(file)
    else:
        entries = [_single(kpi, *given)]
    request = Request(tuple(entries), run.as_of, restate)
    done = perform(
        run, lambda snapshot: edit(snapshot, request), lambda d: _text(run, d), dry_run=dry_run
    )
    for recorded in done.said:
        for warning in recorded.warnings:
            run.say(f"kpi: {recorded.kpi.id}: {warning}")
    return 0


def _single(
    kpi: str | None,
    period: str | None,
    value: str | None,
    note: str | None,
    numerator: str | None,
    denominator: str | None,
) -> Entry:
    from kpi_cli.edit.entries import Entry

    if kpi is None or period is None or (value is None and numerator is None):
        raise CannotRun("an id, a period and a value are needed", help=_USAGE)
    return Entry(kpi, period, value or "", numerator or "", denominator or "", note or "")


def _from_table(file: Path | None) -> list[Entry]:
    from kpi_cli.edit.entries import read_entries

    try:
        raw = sys.stdin.buffer.read() if file is None or str(file) == "-" else file.read_bytes()
        return read_entries(raw.decode("utf-8"))
    except OSError as error:
        raise CannotRun(f"cannot read {file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CannotRun(f"{file or 'stdin'} is not UTF-8", help="save it as UTF-8") from None


def _text(run: Run, done: Edit[tuple[Recorded, ...]]) -> str:
    from kpi_cli.render.terminal.edits import effects
    from kpi_cli.views.effects import effect

    views = [
        effect(r.kpi, [e.period for e in r.entries], r.places[0][0], r.before, r.after)
        for r in done.said
    ]
    return effects(views, run.terminal)
