"""The score of an observation: the reading a target form needs, put together and judged by it."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis import pace
from kpi_cli.analysis.counting import counted_periods
from kpi_cli.analysis.observation import Aggregator, since_reset
from kpi_cli.analysis.results import BaselineUsed, Observation, Scheme
from kpi_cli.analysis.scheme import original_due
from kpi_cli.frozen import dataclass
from kpi_cli.kinds import Reading, Score, Target
from kpi_cli.kinds.base import Judged
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative
from kpi_cli.models import Kpi
from kpi_cli.period import Frequency
from kpi_cli.plan import Plan


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, the share of the time gone, and the value a path or geometric pace expects."""

    score: Score | None = None
    elapsed: float | None = None
    planned: float | None = None


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores the observations of one KPI."""

    plan: Plan
    series: Aggregator
    as_of: date

    @property
    def kpi(self) -> Kpi:
        """The KPI that is scored."""
        return self.series.kpi

    def score(
        self,
        scheme: Scheme,
        observation: Observation | None,
        baseline: BaselineUsed | None,
        *,
        counting: bool = True,
    ) -> Scored:
        """The score of the observation against the target in force.

        Without `counting` a threshold's hits are not counted: they tell progress, not status.
        """
        target = scheme.target
        if target is None or observation is None:
            return Scored()
        begin, due = self.span(scheme, observation, baseline)
        elapsed = pace.elapsed_share(begin, due, observation.on)
        planned = pace.planned_by(self.kpi, begin, due, observation.on, elapsed)
        reading = Reading(
            value=observation.value,
            on=observation.on,
            as_of=self.as_of,
            period=observation.period,
            baseline=baseline.value if baseline else None,
            increasing=self.increasing(target, baseline),
            total=self.kpi.is_total,
            elapsed=elapsed,
            due=scheme.due,
            planned=planned,
            counted=self.counted(scheme) if counting and isinstance(target, Threshold) else (),
        )
        score = target.score(reading)
        begins_at = 0.0 if self.kpi.is_total else reading.baseline
        if begins_at is None or score.number is None:
            return Scored(score, elapsed)
        return Scored(score, elapsed, planned(begins_at, score.number))

    def score_original(
        self,
        scheme: Scheme,
        observation: Observation | None,
        baseline: BaselineUsed | None,
        score: Score | None,
    ) -> Score | None:
        """The score against the first target and due date."""
        if scheme.changed_on is None:
            return score
        first = Scheme(scheme.start, original_due(self.plan, self.kpi), self.kpi.target)
        return self.score(first, observation, baseline).score

    def increasing(self, target: Target | None, baseline: BaselineUsed | None) -> bool | None:
        """Whether more is better: the form, the declared word, or baseline and target tell."""
        if target is None:
            declared = self.kpi.direction
            return None if declared is None else declared == "increase"
        if target.direction is not None and not isinstance(target, Relative):
            return target.direction
        if self.kpi.direction is not None:
            return self.kpi.direction == "increase"
        number = target.number(baseline.value if baseline else None)
        if baseline is not None and number is not None and number != baseline.value:
            return number > baseline.value
        if target.direction is not None:
            return target.direction
        return True if self.kpi.is_total else None

    def span(
        self, scheme: Scheme, observation: Observation, baseline: BaselineUsed | None
    ) -> tuple[date | None, date | None]:
        """First and last day of the way: from start, reset or a late baseline, to due or reset."""
        kpi, begin, due = self.kpi, scheme.start, scheme.due
        if kpi.is_total and kpi.reset is not None:
            frequency = Frequency.QUARTERLY if kpi.reset == "quarter" else Frequency.ANNUAL
            own = self.plan.calendar.containing(frequency, observation.on)
            begin = since_reset(kpi, self.plan.calendar, begin, observation.period)
            due = own.end if due is None else min(due, own.end)
        if baseline is not None and baseline.after_start:
            begin = baseline.on
        return begin, due

    def counted(self, scheme: Scheme) -> tuple[Judged, ...]:
        """The periods a threshold's hits are counted over."""
        return counted_periods(self.series, self.plan.config, scheme.start, scheme.due, self.as_of)
