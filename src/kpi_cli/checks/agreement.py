"""M, T: what a name says in figures and dates, against the fields that say it too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kpi_cli.analysis.scheme import original_due
from kpi_cli.checks.registry import Context, check
from kpi_cli.checks.speaking import is_read
from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.models import Kpi, Objective, Record
from kpi_cli.quantity import PERCENT, close, show_quantity
from kpi_cli.wording.date_forms import DateRef
from kpi_cli.wording.numbers import Number
from kpi_cli.wording.statement import Statement


@check("M206", "percent-vs-points", Severity.WARNING)
def percent_or_points(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A name moves a percentage “by 10 %”: by ten points, or by a tenth of itself?

    From 40 % the one leads to 50 %, the other to 44 %. Both are computed from the KPI's baseline.

    Bad:
        kpis:
          buyers: {name: Buyers among visitors up by 10 %, objective: loyal, owner: lan, unit: "%", numerator: orders, denominator: visits, baseline: 40, target: 50, source: {manual: shop}}

    Good:
        kpis:
          buyers: {name: Buyers among visitors up by 10 percentage points, objective: loyal, owner: lan, unit: "%", numerator: orders, denominator: visits, baseline: 40, target: 50, source: {manual: shop}}

    Fix:
        Write percentage points, or the figure to be reached.
    """  # noqa: E501 - one record a line reads best here
    if kpi.unit != PERCENT or not is_read(kpi, context):
        return
    statement = context.index.texts.of(kpi).statement
    by = statement.change.by
    if by is None or by.unit != PERCENT:
        return
    step = -by.value if statement.change.upwards is False else by.value
    start = kpi.baseline.value if kpi.baseline else 40.0
    points, share = start + step, start * (1 + step / 100)
    yield Diagnostic(
        "M206",
        context.plan.place(kpi.id, "name"),
        f"'{statement.text[by.start : by.end]}' of a percentage: from {show_quantity(start, '%')} "
        f"it leads to {show_quantity(points, '%')} in points, to {show_quantity(share, '%')} "
        "as a share",
        kpi.id,
        f"write “{by.value:g} percentage points”, or leave the figure to `target:`",
    )


@check("M212", "text-field-mismatch", Severity.ERROR)
def text_against_target(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A number in the name is not the one in the fields.

    One of the two is out of date, and readers of the report see only the name. Numbers that belong
    to the measure (“within 2 days”) are left alone.

    Bad:
        kpis:
          buyers: {name: Buyers among visitors to 45 %, objective: loyal, owner: lan, unit: "%", numerator: orders, denominator: visits, baseline: 30, target: 40, source: {manual: shop}}

    Good:
        kpis:
          buyers: {name: Buyers among visitors, objective: loyal, owner: lan, unit: "%", numerator: orders, denominator: visits, baseline: 30, target: 40, source: {manual: shop}}

    Fix:
        Take the number out of the name, or mend the one that is wrong.
    """  # noqa: E501 - one record a line reads best here
    if not is_read(kpi, context):
        return
    change = context.index.texts.of(kpi).statement.change
    base = [kpi.baseline.value] if kpi.baseline else []
    sides = (("target", change.to, _figures(kpi)), ("baseline", change.low, base))
    for key, number, known in sides:
        if (
            change.bound == "between"
            or not known
            or number is None
            or not _is_claim(number, kpi, context)
        ):
            continue
        if not any(_agrees(number.value, value) for value in known):
            yield Diagnostic(
                "M212",
                context.plan.place(kpi.id, "name"),
                f"the name says {show_quantity(number.value, kpi.unit)}, "
                f"`{key}:` {show_quantity(known[0], kpi.unit)}",
                kpi.id,
                "take the number out of the name; the field says it",
                (Related(context.plan.place(kpi.id, key), f"the {key}"),),
            )


def _figures(kpi: Kpi) -> list[float]:
    """Every number a target of the KPI asks for, the original one first."""
    base = kpi.baseline.value if kpi.baseline else None
    found: list[float] = []
    for target in kpi.targets():
        if isinstance(target, Threshold):
            limits = [target.limits] if target.limits else [one for _, one in target.by_period]
            edges = [edge for one in limits for edge in (one.low, one.high)]
            found += [edge for edge in edges if edge is not None]
            continue
        number = target.number(base)
        found += [] if number is None else [number]
    return found


def _agrees(text: float, field: float) -> bool:
    """Equal as written, or a percentage written as a share."""
    return close(text, field, 1e-6) or close(text / 100, field, 1e-6)


def _is_claim(number: Number, kpi: Kpi, context: Context) -> bool:
    """Whether a number in the name speaks of the KPI's own figure.

    It stands behind `to`, `reach`, `đạt` or in `from … to …`, in the KPI's unit or in none.
    """
    statement = context.index.texts.of(kpi).statement
    change = statement.change
    if change.start == number.start and change.low is None and not number.sign:
        return False
    if _in_brackets(statement, number.start) or "scale" in statement.low:
        return False
    paired = change.low is not None
    if number.unit is None:
        led = statement.low[max(0, (change.start or 0)) : number.start]
        reached = any(word in led for word in ("to ", "reach", "đạt", "lên", "xuống", "còn"))
        return (paired or reached) and kpi.unit != PERCENT and number.per is None
    same = number.unit == kpi.unit or (number.unit == "pp" and kpi.unit == PERCENT)
    return same and number.per is None and number.unit not in ("times", "x")


def repeated(kpi: Kpi, context: Context) -> tuple[int, int] | None:
    """Where the name repeats the target or the due date: from the words that lead to it on."""
    statement = context.index.texts.of(kpi).statement
    to, change = statement.change.to, statement.change
    known = to is not None and any(_agrees(to.value, value) for value in _figures(kpi))
    if to is not None and known and _is_claim(to, kpi, context):
        return (to.start if change.start is None else change.start), to.end
    field = original_due(context.plan, kpi)
    due = _due_said(statement, field)
    if due is None or field is None or due.day is None or not _fits(due, due.day, field):
        return None
    return due.start, due.end


@check("T510", "text-date-mismatch", Severity.ERROR)
def text_against_due(record: Record, context: Context) -> Iterator[Diagnostic]:
    """A date in a name or a title is not the one in the fields.

    “By June” beside `due: 2026-12-31`: those who read the name will think it late in July. What is
    compared with (“over 2025”) and periods of the fiscal year are left alone.

    Bad:
        kpis:
          tills: {name: New tills by 30 June 2026, objective: loyal, owner: lan, target: {done: true}, source: {manual: plan}}

    Good:
        kpis:
          tills: {name: New tills in every store, objective: loyal, owner: lan, target: {done: true}, due: 2026-06-30, source: {manual: plan}}

    Fix:
        Take the date out of the text, or mend the one that is wrong.
    """  # noqa: E501 - one record a line reads best here
    if not is_read(record, context):
        return
    assert isinstance(record, Kpi | Objective)
    field = _field_due(record, context)
    statement = context.index.texts.of(record).statement
    said = _due_said(statement, field)
    if field is None or said is None or said.day is None or _fits(said, said.day, field):
        return
    key = "title" if isinstance(record, Objective) else "name"
    yield Diagnostic(
        "T510",
        context.plan.place(record.id, key),
        f"the {key} says '{statement.text[said.start : said.end]}', the plan {field.isoformat()}",
        record.id,
        "take the date out of the text; `due:` or `period:` says it",
    )


def _field_due(record: Kpi | Objective, context: Context) -> date | None:
    if isinstance(record, Objective):
        return record.period.end if record.period else None
    changed = [change.due for change in record.target_changes if change.due]
    return changed[-1] if changed else context.plan.due_of(record)


def _due_said(statement: Statement, field: date | None) -> DateRef | None:
    """The deadline of a text, where it is a fixed day or period; without a year, of the field's."""
    ref = statement.due
    if ref is None or ref.day is None or ref.moving or ref.fiscal or field is None:
        return None
    if _in_brackets(statement, ref.start) or not _LED.match(statement.low, ref.start):
        return None
    if not ref.yearless:
        return ref
    return ref.in_year(field.year)


_LED = re.compile(
    r"(?:by|before|until|till|no later|on|in|during|trước|đến|tới|vào|trong|"
    r"hạn|tính đến|cuối|hết)\b"
)


def _in_brackets(statement: Statement, at: int) -> bool:
    return statement.low.count("(", 0, at) > statement.low.count(")", 0, at)


def _fits(ref: DateRef, last: date, field: date) -> bool:
    """Whether the field's day lies in the period the text names (a day: is that day)."""
    if not ref.period:
        return field == last
    return field <= last and (last - field).days < ref.width
