"""What the text rules say of a record, as diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kpi_cli.checks.registry import Context
from kpi_cli.diagnostics import Diagnostic, Rewrite, Severity
from kpi_cli.models import Kpi, Objective, Record

if TYPE_CHECKING:
    from kpi_cli.wording.hit import Hit


def is_read(record: Record, context: Context) -> bool:
    """Whether the text rules look at a record: a KPI or an objective that is not over."""
    if isinstance(record, Kpi):
        return record.id not in context.index.retired
    return isinstance(record, Objective) and record.id not in context.index.closed


def said(
    code: str, record: Record, context: Context, usual: Severity, at_most: Severity | None = None
) -> Iterable[Diagnostic]:
    """The hits of one rule at a record, as diagnostics.

    `usual` is the rule's own severity; a hit that is milder or graver says so itself. With
    `at_most` none is graver than that.
    """
    if not is_read(record, context):
        return ()
    hits = context.index.texts.of(record).hits.get(code)  # type: ignore[arg-type]
    return _told(code, record, context, hits, usual, at_most) if hits else ()


def _told(
    code: str,
    record: Record,
    context: Context,
    hits: Iterable[Hit],
    usual: Severity,
    at_most: Severity | None,
) -> Iterator[Diagnostic]:
    key = "title" if isinstance(record, Objective) else "name"
    for hit in hits:
        severity = hit.in_record or hit.severity
        if at_most is not None and severity.rank < at_most.rank:
            severity = at_most
        place = context.plan.place(record.id, key)
        yield Diagnostic(
            code,
            place,
            hit.message,
            record.id,
            hit.help,
            severity=None if severity is usual else severity,
            fix=Rewrite(place, hit.better) if hit.better else None,
        )
