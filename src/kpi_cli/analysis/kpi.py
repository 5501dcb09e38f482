"""One KPI on one day: observation, baseline, target in force, score, status (semantics 1-4, 8)."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis import freshness, sdg, status
from kpi_cli.analysis.baseline import inferred, is_alone, written
from kpi_cli.analysis.observation import Aggregator, latest
from kpi_cli.analysis.results import (
    BaselineUsed,
    Freshness,
    FreshnessResult,
    KpiResult,
    Observation,
    Scheme,
    SdgResult,
    Status,
)
from kpi_cli.analysis.scheme import lifecycle, method_of, scheme_on, start_of
from kpi_cli.analysis.scoring import Scorer
from kpi_cli.frozen import dataclass
from kpi_cli.kinds import Score, Target
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.locale import N_
from kpi_cli.models import Kpi
from kpi_cli.models.record import CheckIn
from kpi_cli.models.series import Rows
from kpi_cli.period import Frequency, later
from kpi_cli.plan import Plan


@dataclass(frozen=True, slots=True)
class Judge:
    """Everything one KPI is judged by; each method is one step of the way to its status."""

    plan: Plan
    kpi: Kpi
    rows: Rows
    as_of: date
    blank_reasons: dict[str, str]

    def result(self) -> KpiResult:
        """The whole assessment of the KPI."""
        start = start_of(self.plan, self.kpi, self.rows)
        due = scheme_on(self.plan, self.kpi, start, self.as_of).due
        row = latest(self.rows, self.as_of, start, due)
        observation = self.observe(row, start, due)
        day = min(observation.on, self.as_of) if observation else self.as_of
        scheme = scheme_on(self.plan, self.kpi, start, day)
        fresh = self.freshness(start, due, scheme.target)
        stage = lifecycle(self.kpi, start, self.as_of)
        if stage is Status.NOT_STARTED:
            return KpiResult(
                self.kpi, scheme, fresh, stage, stage, stage,
                reason=N_("starts on {day}", day=start), check_in=self.check_in(),
            )  # fmt: skip
        return self._judged(scheme, fresh, stage, observation, due)

    def _judged(
        self,
        scheme: Scheme,
        fresh: FreshnessResult,
        stage: Status | None,
        observation: Observation | None,
        due: date | None,
    ) -> KpiResult:
        if isinstance(scheme.target, Milestones):
            today = self.plan.calendar.containing(Frequency.DAILY, self.as_of)
            observation = Observation(None, self.as_of, today)
        baseline = self.baseline(scheme, observation)
        alone = is_alone(baseline, observation)
        scorer = Scorer(self.plan, self._aggregator(scheme.start), self.as_of)
        scored = scorer.score(scheme, observation, baseline)
        final = self.is_final(due, fresh, scheme.target)
        score = scored.score
        if final and observation is None and isinstance(scheme.target, Done):
            score = NEVER_DONE
        original = scorer.score_original(scheme, observation, baseline, score)
        success = score is not None and self.succeeds(score, scheme, fresh, due)
        computed = self.computed(scheme, observation, score, final, success, alone)
        growth = self.sdg(scorer, scheme, observation, baseline)
        if growth and computed in _GAP_STATUSES:
            computed = sdg.STATUS[growth.category]
        measured = observation is not None
        counts_as = status.counted_as(computed, fresh.state, stage, measured=measured)
        check_in = self.check_in()
        holds = check_in is not None and observation is not None and check_in.on >= observation.on
        progress = None if score is None or alone else score.progress
        if computed is Status.MISSED and progress is None:
            progress = 0.0
        return KpiResult(
            kpi=self.kpi,
            scheme=scheme,
            freshness=fresh,
            status=status.shown(counts_as, computed, check_in, holds),
            computed=computed,
            counts_as=counts_as,
            observation=observation,
            baseline=baseline,
            score=None if alone else score,
            progress=progress,
            progress_original=None if original is None or alone else original.progress,
            elapsed=scored.elapsed,
            planned=scored.planned,
            gap=_gap(score) if not alone else None,
            check_in=check_in,
            check_in_holds=holds,
            sdg=growth,
            flags=self.flags(score, baseline, observation) if not alone else ("baseline_inferred",),
            reason=self.reason(computed, observation, score, alone, scheme.start),
        )

    def observe(self, row: int | None, start: date | None, due: date | None) -> Observation | None:
        """The observation that ends at `row`."""
        if row is None:
            return None
        return self._aggregator(start).observe(row, due)

    def _aggregator(self, start: date | None) -> Aggregator:
        return Aggregator(self.kpi, self.rows, self.plan.calendar, start)

    def freshness(
        self, start: date | None, due: date | None, target: Target | None
    ) -> FreshnessResult:
        """Freshness; milestones are observed today and never grow stale, nor does a retired KPI."""
        row = latest(self.rows, self.as_of)
        last = self.rows.periods[row] if row is not None else None
        if lifecycle(self.kpi, start, self.as_of) is Status.RETIRED:
            return FreshnessResult(Freshness.NONE, None, last, None)
        if isinstance(target, Milestones):
            over = due is not None and self.as_of > due
            state = Freshness.COMPLETE if over else Freshness.FRESH
            if start is not None and self.as_of < start:
                state = Freshness.NONE
            return FreshnessResult(state, None, last, None)
        found = freshness.judge(
            config=self.plan.config,
            calendar=self.plan.calendar,
            frequency=self.kpi.frequency,
            last=last,
            start=start,
            due=due,
            as_of=self.as_of,
        )
        finished = isinstance(target, Done) and row is not None and self.rows.values[row] is True
        if finished and found.state is not Freshness.NONE:
            return FreshnessResult(Freshness.COMPLETE, None, last, found.grace)
        return found

    def baseline(self, scheme: Scheme, observation: Observation | None) -> BaselineUsed | None:
        """The written baseline, else one inferred from the actuals where the target needs one."""
        given = written(self.kpi)
        if given is not None:
            return given
        targets = self.kpi.targets()
        needs = any(target.needs_baseline for target in targets) or self.method == "sdg"
        if self.kpi.is_total or not needs or observation is None or scheme.start is None:
            return None
        return inferred(self._aggregator(scheme.start), scheme.start, self.as_of)

    def is_final(self, due: date | None, fresh: FreshnessResult, target: Target | None) -> bool:
        """After the due date, once the last period has its value or its grace is over."""
        if due is None or self.as_of <= due:
            return False
        last = freshness.last_period(self.plan.calendar, self.kpi.frequency, due)
        if isinstance(target, Milestones) or last is None or fresh.grace is None:
            return True
        if fresh.state is Freshness.COMPLETE:
            return True
        return self.as_of > later(last.end, fresh.grace)

    def succeeds(
        self, score: Score, scheme: Scheme, fresh: FreshnessResult, due: date | None
    ) -> bool:
        """Whether the final rule says achieved; a threshold's last due period must have a value."""
        if not isinstance(scheme.target, Threshold) or self.kpi.is_total:
            return score.success
        last = freshness.last_period(self.plan.calendar, self.kpi.frequency, due)
        return score.success and (last is None or freshness.is_complete(fresh.last, last))

    def computed(
        self,
        scheme: Scheme,
        observation: Observation | None,
        score: Score | None,
        final: bool,
        success: bool,
        alone: bool,
    ) -> Status:
        """The status by the numbers alone."""
        if scheme.target is None:
            return Status.NO_TARGET
        if observation is None:
            return Status.NO_DATA if score is None else Status.MISSED
        if alone:
            return Status.NO_DATA
        if observation.value is None and not isinstance(scheme.target, Milestones):
            return Status.INSUFFICIENT_DATA
        if score is None or (score.raw is None and score.verdict is None):
            return Status.INSUFFICIENT_DATA
        found = status.of_score(self.plan.config.status, score, final=final)
        if found is Status.ACHIEVED and final and not success:
            return Status.MISSED
        return found

    @property
    def method(self) -> str:
        """gap or sdg: the KPI's own, else the workspace's."""
        return method_of(self.plan, self.kpi)

    def sdg(
        self,
        scorer: Scorer,
        scheme: Scheme,
        observation: Observation | None,
        baseline: BaselineUsed | None,
    ) -> SdgResult | None:
        """The SDG method's figures where it is chosen and growth rates mean something."""
        if self.method != "sdg" or baseline is None or observation is None:
            return None
        increasing = scorer.increasing(scheme.target, baseline)
        return (
            None
            if increasing is None
            else sdg.of_kpi(self.kpi, scheme, observation, baseline, increasing)
        )

    def check_in(self) -> CheckIn | None:
        """The latest check-in dated by `as_of`."""
        return latest_check_in(self.kpi.check_ins, self.as_of)

    def flags(
        self,
        score: Score | None,
        baseline: BaselineUsed | None,
        observation: Observation | None,
    ) -> tuple[str, ...]:
        """regressed, overachieved, baseline_inferred, gaps."""
        found = list(score.flags) if score else []
        if baseline is not None and baseline.inferred:
            found.append("baseline_inferred")
        if observation is not None and observation.gaps and observation.value is not None:
            found.append("gaps")
        return tuple(found)

    def reason(
        self,
        computed: Status,
        observation: Observation | None,
        score: Score | None,
        alone: bool,
        start: date | None,
    ) -> str | None:
        """Why there is no number or no judgement; None where both are there."""
        if alone:
            return N_("the only actual since the start serves as the baseline")
        if observation is None:
            return self._why_no_data(start)
        if observation.reason:
            return observation.reason
        if score is not None and score.reason:
            return score.reason
        if computed is Status.NO_TARGET:
            return N_("no target yet")
        if computed is Status.INSUFFICIENT_DATA:
            return N_("no due date, so the pace cannot be judged")
        return None

    def _why_no_data(self, start: date | None) -> str:
        if self.blank_reasons:
            name, reason = list(self.blank_reasons.items())[-1]
            return N_("{name}: {reason}", name=name, reason=reason)
        if start and self.rows.periods:
            return N_("no actual since {day}", day=start)
        return N_("no actual yet")


NEVER_DONE = Score(raw=0.0, expected=1.0, progress=0.0, met=False)
"""What the final rule makes of a yes/no outcome nobody ever reported on."""

_GAP_STATUSES = frozenset(
    {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.INSUFFICIENT_DATA}
)


def latest_check_in(check_ins: tuple[CheckIn, ...], as_of: date) -> CheckIn | None:
    """The latest one dated by `as_of`; of two on one day the one written later."""
    found = None
    for check_in in check_ins:
        if check_in.on <= as_of and (found is None or check_in.on >= found.on):
            found = check_in
    return found


def _gap(score: Score | None) -> float | None:
    if score is None or score.verdict is not None or score.raw is None or score.expected is None:
        return None
    return status.gap_of(score.expected, score.raw)
