"""KPIs: evidence for an objective, with target, path and actuals."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from kpi_cli.frozen import dataclass
from kpi_cli.kinds import Target, parse_target
from kpi_cli.models.declared import field
from kpi_cli.models.fields import (
    Day,
    Ids,
    Link,
    Links,
    Number,
    PeriodName,
    Reference,
    Text,
    Weight,
    dated_field_of,
    field_of,
    read_day,
)
from kpi_cli.models.model import Model
from kpi_cli.models.record import CheckIn, Collection, Ignore, Record
from kpi_cli.models.schema import ACTUALS_SCHEMA, BASELINE_SCHEMA, PATH_SCHEMA, TARGET_SCHEMA
from kpi_cli.models.series import Actuals, read_actuals
from kpi_cli.period import BadPeriod, Calendar, Frequency, Period
from kpi_cli.shape import ShapeError, ShapeFault, brief, fail, kind_of, mapping_of, number_of

Aggregation = Literal["last", "sum", "mean", "min", "max", "ratio"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where the KPI stood before."""

    value: float
    date: "date | None" = None
    note: str | None = None


def read_baseline(raw: object) -> Baseline:
    """A number, or `{value, date, note}`. Raises ShapeError with every fault."""
    if not isinstance(raw, dict):
        return Baseline(number_of(raw))
    data = mapping_of(raw, ("value", "date", "note"), ("value",))
    faults: list[ShapeFault] = []
    day: date | None = None
    try:
        number_of(data["value"], ("value",))
    except ShapeError as error:
        faults += error.faults
    try:
        day = read_day(data["date"]) if data.get("date") is not None else None
    except ShapeError as error:
        faults += [fault.below("date") for fault in error.faults]
    if data.get("note") is not None and not isinstance(data["note"], str):
        faults.append(
            ShapeFault("K011", f"a note is a text, not {kind_of(data['note'])}", ("note",))
        )
    if faults:
        raise ShapeError(faults)
    return Baseline(data["value"], day, data.get("note"))


def read_path(raw: object, calendar: Calendar) -> tuple[tuple[Period, float], ...]:
    """Expected values by period, in date order. Raises ShapeError with every fault."""
    if not isinstance(raw, dict):
        raise fail("K011", f"a path needs periods with values, not {kind_of(raw)}")
    points, faults = [], []
    for name, value in raw.items():
        try:
            points.append((calendar.parse(name), number_of(value, (name,))))
        except BadPeriod as error:
            faults.append(ShapeFault("K014", str(error), (name,), None, "key", error.better))
        except ShapeError as error:
            faults += error.faults
    if faults:
        raise ShapeError(faults)
    return tuple(sorted(points, key=lambda point: point[0].end))


def read_bounds(raw: object) -> tuple[float | None, float | None]:
    """`[low, high]`; null leaves a side open. Raises ShapeError."""
    if not isinstance(raw, list) or len(raw) != 2:
        found = f"{len(raw)}" if isinstance(raw, list) else kind_of(raw)
        raise fail("K011", f"`bounds` needs two numbers, not {found}", help="write [0, 100]")
    for index, value in enumerate(raw):
        if value is not None:
            number_of(value, (index,))
    low, high = raw
    if low is not None and high is not None and low >= high:
        raise fail("K015", f"the lower bound {low} is not below the upper {high}")
    return low, high


def read_window(raw: object) -> int:
    """A number of periods, 1 or more. Raises ShapeError."""
    if not isinstance(raw, int) or isinstance(raw, bool):
        shown = brief(raw) if isinstance(raw, float) else kind_of(raw)
        raise fail("K011", f"a window is a whole number of periods, not {shown}")
    if not 1 <= raw <= 1000:
        raise fail("K015", f"a window has 1 to 1000 periods, not {raw}")
    return raw


def read_unit(raw: object) -> str:
    """A unit's name. Raises ShapeError."""
    if not isinstance(raw, str) or not raw.strip():
        raise fail(
            "K011", f"a unit is a text, not {kind_of(raw)}", help='write unit: "%" or unit: days'
        )
    return raw.strip()


TargetField = Annotated[Target, dated_field_of(parse_target, TARGET_SCHEMA)]
BaselineField = Annotated[Baseline, field_of(read_baseline, BASELINE_SCHEMA)]
PathField = Annotated[tuple[tuple[Period, float], ...], dated_field_of(read_path, PATH_SCHEMA)]
ActualsField = Annotated[Actuals, dated_field_of(read_actuals, ACTUALS_SCHEMA)]
Bounds = Annotated[
    tuple[float | None, float | None],
    field_of(
        read_bounds,
        {"type": "array", "items": {"type": ["number", "null"]}, "minItems": 2, "maxItems": 2},
    ),
]
Window = Annotated[int, field_of(read_window, {"type": "integer", "minimum": 1, "maximum": 1000})]
Unit = Annotated[str, field_of(read_unit, {"type": "string", "examples": ["%", "USD", "days"]})]


class Leads(Model):
    """A declared lead: moves here are expected in `kpi` after `lag_days`."""

    kpi: Reference
    lag_days: Number
    because: Text | None = None


class TargetChange(Model):
    """A new target or due date, in force for observations dated from `from_` on."""

    from_: Day = field(alias="from")
    target: TargetField | None = None
    due: Day | None = None
    reason: Text | None = None
    approved_by: Reference | None = None


class ProcessChange(Model):
    """The process changed: signals start anew from that period."""

    from_: PeriodName = field(alias="from")
    reason: Text


class Source(Model):
    """Where the figures come from; only `kpi pull` ever runs a query."""

    manual: Text | None = None
    sql: Text | None = None
    query: Text | None = None
    file: Text | None = None
    connection: Text | None = None
    refresh: Literal[
        "daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "irregular"
    ] | None = None  # fmt: skip


class Retired(Model):
    """When and why a KPI was given up."""

    on: Day | None = None
    reason: Text | None = None
    replaced_by: Reference | None = None


class Kpi(Record):
    """A measure that tells whether its objective is coming true."""

    section: ClassVar[str] = "kpis"

    name: Text
    objective: Links = ()
    owner: Reference | None = None
    contributors: Ids = ()
    team: Reference | None = None
    definition: Text | None = None
    population: Text | None = None
    numerator: Text | None = None
    denominator: Text | None = None
    formula: Text | None = None
    metric: Text | None = None
    part_of: Reference | None = None
    unit: Unit | None = None
    bounds: Bounds | None = None
    direction: Literal["increase", "decrease"] | None = None
    indicator: Literal["leading", "lagging"] | None = None
    leads: tuple[Leads, ...] = ()
    perspective: Text | None = None
    frequency: Frequency = Frequency.MONTHLY
    aggregation: Aggregation = "last"
    window: Window | None = None
    reset: Literal["quarter", "year"] | None = None
    weight: Weight = 1
    start: Day | None = None
    due: Day | None = None
    baseline: BaselineField | None = None
    target: TargetField | None = None
    path: PathField = ()
    pace: Literal["linear", "geometric"] = "linear"
    method: Literal["gap", "sdg"] | None = None
    target_changes: tuple[TargetChange, ...] = ()
    baselines: tuple[ProcessChange, ...] = ()
    rationale: Text | None = None
    when_red: Text | None = None
    guardrails: Ids = ()
    opposes: Ids = ()
    source: Source | None = None
    collection: Collection | None = None
    status: Literal["draft", "active", "retired"] = "active"
    retired: Retired | None = None
    check_ins: tuple[CheckIn, ...] = ()
    tags: Ids = ()
    ignore: tuple[Ignore, ...] = ()
    actuals: ActualsField = field(default_factory=Actuals)

    @property
    def label(self) -> str:
        return self.name

    @property
    def parents(self) -> tuple[Link, ...]:
        """Links to the objectives it is evidence for."""
        return self.objective

    @property
    def is_total(self) -> bool:
        """A sum that counts from 0 (a windowed one is a value)."""
        return self.aggregation == "sum" and self.window is None

    def targets(self) -> list[Target]:
        """The original target and those of its changes."""
        changed = [change.target for change in self.target_changes]
        return [target for target in (self.target, *changed) if target is not None]
