"""`--format openmetrics`: every KPI as gauges a monitoring system can scrape from a file.

Text format 1.0 of OpenMetrics: a family has its type and help before its samples, label values
escape backslash, quote and line feed, and the last line is `# EOF`. Shares are ratios, days are
Unix seconds, a figure nobody knows has no sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from kpi_cli.analysis.results import Freshness, Status
from kpi_cli.frozen import dataclass
from kpi_cli.views.status import KpiRow, ObjectiveRow, StatusView

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})
Labels = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class _Family:
    """One gauge: what it says of a KPI; None where it has nothing to say."""

    name: str
    help: str
    value: Callable[[KpiRow], float | None]
    unit: str = ""


def _seconds(day: date | None) -> float | None:
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def _figure(value: object) -> float | None:
    if isinstance(value, bool):
        return float(value)
    return value if isinstance(value, int | float) else None


_FAMILIES = (
    _Family("kpi_value", "The latest actual, in its unit.", lambda r: _figure(r.value)),
    _Family("kpi_target", "The target in force, in its unit.", lambda r: r.target),
    _Family(
        "kpi_progress_ratio", "Share of the way from baseline to target.", lambda r: r.progress,
        "ratio",
    ),
    _Family(
        "kpi_expected_ratio", "Share of the way the plan expects by now.", lambda r: r.expected,
        "ratio",
    ),
    _Family(
        "kpi_chance_ratio", "Chance of the target on its due date, if nothing changes.",
        lambda r: r.forecast.chance if r.forecast else None, "ratio",
    ),
    _Family(
        "kpi_observed_timestamp_seconds", "The day the latest actual stands for.",
        lambda r: _seconds(r.observed), "seconds",
    ),
    _Family(
        "kpi_due_timestamp_seconds", "The day the target is due.", lambda r: _seconds(r.due),
        "seconds",
    ),
)  # fmt: skip


def openmetrics(view: StatusView) -> str:
    """The whole exposition; KPIs and objectives in plan order."""
    lines: list[str] = []
    for family in _FAMILIES:
        samples = [
            _sample(family.name, (("id", row.id), ("unit", row.unit)), value)
            for row in view.kpis
            if (value := family.value(row)) is not None
        ]
        lines += _family(family.name, "gauge", family.help, samples, family.unit)
    lines += _family(
        "kpi_status", "stateset", "Where the KPI stands by the figures and its owner's word.",
        _states("kpi_status", view.kpis),
    )  # fmt: skip
    lines += _family(
        "kpi_freshness", "stateset", "How old the KPI's data is.",
        (
            _sample("kpi_freshness", (("id", row.id), ("kpi_freshness", state.value)),
                    float(row.freshness is state))
            for row in view.kpis
            for state in Freshness
        ),
    )  # fmt: skip
    lines += _family(
        "kpi_objective_progress_ratio", "gauge", "Progress of an objective, rolled up.",
        (
            _sample("kpi_objective_progress_ratio", (("id", row.id),), row.progress)
            for row in view.objectives
            if row.progress is not None
        ),
        "ratio",
    )  # fmt: skip
    lines += _family(
        "kpi_objective_status", "stateset", "Where the objective stands.",
        _states("kpi_objective_status", view.objectives),
    )  # fmt: skip
    return "\n".join([*lines, "# EOF"]) + "\n"


def _family(
    name: str, kind: str, text: str, samples: Iterator[str] | list[str], unit: str = ""
) -> list[str]:
    head = [f"# TYPE {name} {kind}"]
    if unit:
        head.append(f"# UNIT {name} {unit}")
    return [*head, f"# HELP {name} {text.translate(_ESCAPES)}", *samples]


def _states(name: str, rows: tuple[KpiRow, ...] | tuple[ObjectiveRow, ...]) -> Iterator[str]:
    """A sample for every state, one of which is 1: so an alert can name the state it is about."""
    for row in rows:
        for state in Status:
            yield _sample(name, (("id", row.id), (name, state.value)), float(row.status is state))


def _sample(name: str, labels: Labels, value: float) -> str:
    told = ",".join(
        f'{key}="{text.translate(_ESCAPES)}"' for key, text in labels if text is not None
    )
    return f"{name}{{{told}}} {_number(value)}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
