"""`kpi check-in`: the owner's word on a day, put at the end of a record's `check_ins`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from kpi_cli.analysis.results import KpiResult
from kpi_cli.checks.change import check_in_disagrees
from kpi_cli.checks.registry import Context
from kpi_cli.edit.files import Files
from kpi_cli.edit.judged import Judged, judge
from kpi_cli.edit.listing import append
from kpi_cli.edit.order import sections
from kpi_cli.edit.slices import in_record
from kpi_cli.edit.sorting import in_key_order
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.verify import proved
from kpi_cli.edit.written import Typed, bare
from kpi_cli.errors import CannotRun
from kpi_cli.models import Kpi
from kpi_cli.models.record import DeclaredStatus


@dataclass(frozen=True)
class CheckedIn:
    """A record's new check-in; the numbers before and after where it is a KPI."""

    id: str
    path: str
    entry: Mapping[str, Any]
    kpi: Kpi | None
    before: KpiResult | None
    after: KpiResult | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What `kpi check-in` was told; None is what was not."""

    id: str
    on: date
    status: str | None = None
    note: str | None = None
    confidence: float | None = None
    cause: str | None = None
    by: str | None = None
    confidence_text: str = ""


def check_in(snapshot: Snapshot, word: Word, as_of: date) -> Edit[CheckedIn]:
    """The check-in, by the record's owner unless another is named. Raises CannotRun."""
    files = Files(snapshot)
    path, section = files.place(word.id)
    record = files.record(word.id)
    _require(word, section, path, record, as_of)
    entry = _entry(files, word, record)
    draft = in_record(
        files.draft(path),
        section,
        word.id,
        lambda d, route: append(
            d, (*route, "check_ins"), entry, in_key_order(sections()[section], "check_ins")
        ),
    )
    edited = {path: proved(draft)}
    before, after = (judge(files, [word.id], as_of, files_) for files_ in ({}, edited))
    faults = _new(before, after, word.id)
    if faults:
        raise CannotRun("\n     ".join(faults), help="nothing was written")
    return Edit(edited, _said(word, path, bare(entry), before, after))


def _require(word: Word, section: str, path: str, record: Any, as_of: date) -> None:
    if section not in ("kpis", "objectives"):
        raise CannotRun(
            f"'{word.id}' in {path} is in `{section}`; check-ins are for KPIs and objectives"
        )
    if not isinstance(record, dict):
        raise CannotRun(f"'{word.id}' has faults; `kpi validate` shows them")
    if record.get("status") in ("retired", "closed"):
        raise CannotRun(f"'{word.id}' is {record['status']}; there is nothing to check in on")
    if word.status is None and word.note is None:
        raise CannotRun("a check-in needs --status or --note", help="write --status on_track")
    allowed = get_args(DeclaredStatus)
    if word.status is not None and word.status not in allowed:
        raise CannotRun(f"K015: '{word.status}' is no status", help=f"write {', '.join(allowed)}")
    if word.confidence is not None and not 0 <= word.confidence <= 1:
        raise CannotRun(f"K015: {word.confidence_text} lies outside 0 to 1", help="0.7 means 70 %")
    if word.on > as_of:
        raise CannotRun(f"{word.on} is after {as_of}; a check-in is the word of a day gone by")


def _entry(files: Files, word: Word, record: dict[str, Any]) -> dict[str, Any]:
    by = word.by or record.get("owner")
    if word.by is not None and files.place(word.by)[1] != "people":
        raise CannotRun(f"K104: '{word.by}' is no person")
    confidence = None
    if word.confidence is not None:
        confidence = Typed(word.confidence, word.confidence_text)
    entry = {
        "on": word.on.isoformat(),
        "by": by,
        "status": word.status,
        "confidence": confidence,
        "cause": word.cause,
        "note": word.note,
    }
    return {name: value for name, value in entry.items() if value is not None}


def _new(before: Judged, after: Judged, name: str) -> list[str]:
    old = {(d.code, d.message) for d in before.faults(name)}
    return [
        f"{d.code}: {d.message}" + (f"; {d.help}" if d.help else "")
        for d in after.faults(name)
        if (d.code, d.message) not in old
    ]


def _said(
    word: Word, path: str, entry: Mapping[str, Any], before: Judged, after: Judged
) -> CheckedIn:
    kpi = after.kpi(word.id)
    if kpi is None or before.kpi(word.id) is None:
        return CheckedIn(word.id, path, entry, None, None, None, ())
    return CheckedIn(
        word.id, path, entry, kpi, before.result(word.id), after.result(word.id),
        _disagreements(after, word.id),
    )  # fmt: skip


def _disagreements(after: Judged, name: str) -> tuple[str, ...]:
    """K306, where the figures say something else."""
    from kpi_cli.analysis.assess import assess

    plan, day = after.loaded.plan, after.as_of
    context = Context(plan, day, lambda: assess(plan, day))
    return tuple(f"{d.code}: {d.message}" for d in check_in_disagrees(context) if d.subject == name)
