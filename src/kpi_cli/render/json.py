"""`--format json`: the versioned envelopes of the format page; absent values are null."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from kpi_cli.frozen import field_names, is_dataclass
from kpi_cli.render.indented import indented

if TYPE_CHECKING:
    from kpi_cli.checks.registry import Rule
    from kpi_cli.views.evidence import EvidenceView
    from kpi_cli.views.forecast import ForecastView
    from kpi_cli.views.show import ShowRecord
    from kpi_cli.views.status import KpiRow, ObjectiveRow, StatusView
    from kpi_cli.views.tree import Tree


_ALONE = "[\ud800-\udfff]"


def plain(value: Any) -> Any:
    """Dataclasses to mappings, dates to ISO text, tuples to lists; numbers stay as they are."""
    if is_dataclass(type(value)):
        return {name: plain(getattr(value, name)) for name in field_names(type(value))}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value


def dump(envelope: Mapping[str, Any]) -> str:
    """One JSON text, two spaces deep, in UTF-8, without NaN."""
    return _readable(indented(envelope)) + "\n"


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON of plain data; bytes that were not UTF-8 stand escaped, as readers refuse them."""
    return _readable(json.dumps(value, indent=indent, ensure_ascii=False, allow_nan=False))


def _readable(text: str) -> str:
    if text.isascii():
        return text
    return re.sub(_ALONE, lambda found: f"\\\\u{ord(found[0]):04x}", text)


def status(view: StatusView) -> str:
    """`kpi-status/1`."""
    return dump(
        {
            "schema": "kpi-status/1",
            "as_of": view.as_of,
            "counts": view.counts,
            "objectives": [_record(row) for row in view.objectives],
            "kpis": [_record(row) for row in view.kpis],
        }
    )


def _record(row: KpiRow | ObjectiveRow) -> dict[str, Any]:
    """A record's keys as the format page lists them: an objective's reason is for people."""
    from kpi_cli.views.status import ObjectiveRow

    found: dict[str, Any] = plain(row)
    if isinstance(row, ObjectiveRow):
        del found["reason"]
    return found


def show(view: ShowRecord) -> str:
    """`kpi-show/1`: the record of `kpi-status/1` with its series, segments, and what moved it."""
    beside = {"series": view.series, "segments": view.segments, "why": view.why}
    return dump({"schema": "kpi-show/1", **_record(view.record), **beside})


def forecast(view: ForecastView) -> str:
    """`kpi-forecast/1`; with `--backtest` also the scores."""
    found: dict[str, Any] = {
        "schema": "kpi-forecast/1", "as_of": view.as_of, "kpis": list(view.kpis)
    }  # fmt: skip
    if view.backtest or view.ledger:
        found["backtest"] = view.backtest
        found["stored"] = view.ledger
    return dump(found)


def evidence(view: EvidenceView) -> str:
    """`kpi-evidence/1`: past spans, and the declared leads tested."""
    found: dict[str, Any] = plain(view)
    del found["steps"]
    return dump({"schema": "kpi-evidence/1", **found})


def tree(view: Tree) -> str:
    """`kpi-tree/1`: every node once, with the ids above and below it."""
    return dump({"schema": "kpi-tree/1", **plain(view)})


def rules(found: Iterable[Rule]) -> str:
    """`kpi-rules/1`: the catalogue with its manual pages."""
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity,
            "title": rule.title,
            "page": rule.doc,
        }
        for rule in found
    ]
    return dump({"schema": "kpi-rules/1", "rules": rows})
