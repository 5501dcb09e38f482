"""`kpi.yaml`: the workspace's own settings with their defaults."""

from typing import Annotated, Literal

from kpi_cli.models.declared import field
from kpi_cli.models.fields import PeriodName, SourceUrl, Text, Weight, Whole, field_of, read_number
from kpi_cli.models.model import Model
from kpi_cli.period import Calendar, Frequency
from kpi_cli.shape import ShapeError, ShapeFault, fail, kind_of


class CalendarSettings(Model):
    """When the fiscal year starts and which calendar year names it."""

    fiscal_year_start: Annotated[int, Whole(1, 12)] = 1
    fiscal_year_named_by: Literal["start", "end"] = "start"


class Unit(Model):
    """A unit of the house."""

    symbol: Text | None = None


def _read_band_number(raw: object) -> float:
    value = read_number(raw)
    if not 0 <= value <= 1:
        raise fail("K015", f"{value} lies outside 0 to 1", help="0.10 means 10 %")
    return value


_Band = Annotated[
    float, field_of(_read_band_number, {"type": "number", "minimum": 0, "maximum": 1})
]


class Band(Model):
    """How far behind is still inside: the larger of share x expected and floor."""

    share: _Band
    floor: _Band

    def allows(self, expected: float) -> float:
        """The largest gap inside the band, as a share of the way."""
        return max(self.share * expected, self.floor)


class OnTrackBand(Band):
    """The band of `on_track`."""

    share: _Band = 0.10
    floor: _Band = 0.05


class AtRiskBand(Band):
    """The band of `at_risk`."""

    share: _Band = 0.30
    floor: _Band = 0.10


class StatusSettings(Model):
    """The gap rule, or the SDG method."""

    on_track: OnTrackBand = OnTrackBand()
    at_risk: AtRiskBand = AtRiskBand()
    method: Literal["gap", "sdg"] = "gap"


class SignalSettings(Model):
    """How process behaviour charts are read."""

    rules: Literal["wheeler", "nhs", "weco", "anhoej"] = "wheeler"
    centre: Literal["mean", "median"] = "mean"
    screen: Literal["none", "nelson"] = "none"


class GraceDays(Model):
    """Days after which a missing value makes a KPI stale, by frequency."""

    daily: Annotated[int, Whole(0)] = 1
    weekly: Annotated[int, Whole(0)] = 3
    monthly: Annotated[int, Whole(0)] = 10
    quarterly: Annotated[int, Whole(0)] = 20
    semiannual: Annotated[int, Whole(0)] = 30
    annual: Annotated[int, Whole(0)] = 45

    def of(self, frequency: Frequency) -> int | None:
        """The grace of a frequency in days; None for irregular, which never grows stale."""
        if frequency is Frequency.IRREGULAR:
            return None
        days: int = getattr(self, frequency.value)
        return days


class Limits(Model):
    """How many are too many."""

    kpis_per_objective: Annotated[int, Whole(1)] = 5
    kpis_per_owner: Annotated[int, Whole(1)] = 7
    objectives_per_team: Annotated[int, Whole(1)] = 3
    objectives_at_top: Annotated[int, Whole(1)] = 5


def read_disable(raw: object) -> dict[str, str]:
    """Code prefix -> reason; the reason is mandatory. Raises ShapeError with every fault."""
    if not isinstance(raw, dict):
        raise fail(
            "K011", f"codes with reasons are needed here, not {kind_of(raw)}",
            help='write `disable: {S112: "we have no glossary yet"}`',
        )  # fmt: skip
    faults = [
        ShapeFault("K012", f"a reason is needed to disable {code}", (code,), "write why, as a text")
        for code, reason in raw.items()
        if not isinstance(reason, str) or not reason.strip()
    ]
    if faults:
        raise ShapeError(faults)
    return dict(raw)


Disable = Annotated[
    dict[str, str],
    field_of(
        read_disable,
        {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
    ),
]


class PathChecks(Model):
    """Checks set aside for some files."""

    disable: Disable = field(default={})


class CriterionWeights(Model):
    """What each criterion weighs in the total."""

    S: Weight = 1
    M: Weight = 1
    A: Weight = 1
    R: Weight = 1
    T: Weight = 1


class Scoring(Model):
    """How the scores of `kpi check-smart` are made."""

    version: Literal["kpi-smart/1"] = "kpi-smart/1"
    weights: CriterionWeights = CriterionWeights()


class Checks(Model):
    """Which rules run, and how hard they count."""

    profile: Literal["kpi", "okr", "strict"] = "kpi"
    fail_on: Literal["error", "warning", "info"] = "error"
    select: tuple[str, ...] = ("K", "S", "M", "A", "R", "T", "O")
    disable: Disable = field(default={})
    severity: dict[str, Literal["error", "warning", "info"]] = field(default={})
    paths: dict[str, PathChecks] = field(default={})
    accept: tuple[str, ...] = ()
    scoring: Scoring = Scoring()


class Config(Model):
    """All of `kpi.yaml`; `Config(version=1)` holds the defaults."""

    version: Literal[1] = 1
    name: Text | None = None
    language: Literal["en", "vi"] = "en"
    source_url: SourceUrl | None = None
    calendar: CalendarSettings = CalendarSettings()
    perspectives: tuple[str, ...] = ()
    units: dict[str, Unit] = field(default={})
    exclude: tuple[str, ...] = ()
    actuals: tuple[str, ...] = ()
    status: StatusSettings = StatusSettings()
    signals: SignalSettings = SignalSettings()
    grace_days: GraceDays = GraceDays()
    limits: Limits = Limits()
    locked: tuple[PeriodName, ...] = ()
    checks: Checks = Checks()

    def new_calendar(self) -> Calendar:
        """The calendar of the workspace."""
        settings = self.calendar
        return Calendar(settings.fiscal_year_start, settings.fiscal_year_named_by)
