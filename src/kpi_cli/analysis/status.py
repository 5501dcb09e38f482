"""From a score to a status: the gap rule, the rule after the due date, and who speaks last."""

from __future__ import annotations

from kpi_cli.analysis.results import Freshness, Status
from kpi_cli.kinds.base import Score, Verdict
from kpi_cli.models.config import StatusSettings
from kpi_cli.models.record import CheckIn
from kpi_cli.quantity import TOLERANCE

_VERDICTS = {
    Verdict.ON_TRACK: Status.ON_TRACK,
    Verdict.AT_RISK: Status.AT_RISK,
    Verdict.OFF_TRACK: Status.OFF_TRACK,
    Verdict.UNJUDGED: Status.NO_TARGET,
}


def gap_of(expected: float, raw: float) -> float:
    """expected - min(raw, 1): raw, so that a regression shows from the first day."""
    return expected - min(raw, 1.0)


def by_gap(settings: StatusSettings, expected: float, gap: float) -> Status:
    """on_track while gap <= max(share x expected, floor), at_risk likewise, else off_track."""
    if gap <= settings.on_track.allows(expected) + TOLERANCE:
        return Status.ON_TRACK
    if gap <= settings.at_risk.allows(expected) + TOLERANCE:
        return Status.AT_RISK
    return Status.OFF_TRACK


def of_score(settings: StatusSettings, score: Score, *, final: bool) -> Status:
    """The computed status of a scored observation; `final` after the due date (semantics 3)."""
    if score.verdict is Verdict.UNJUDGED:
        return Status.NO_TARGET
    if final:
        return Status.ACHIEVED if score.success else Status.MISSED
    if score.reached:
        return Status.ACHIEVED
    if score.verdict is not None:
        return _VERDICTS[score.verdict]
    if score.raw is None or score.expected is None:
        return Status.INSUFFICIENT_DATA
    return by_gap(settings, score.expected, gap_of(score.expected, score.raw))


def counted_as(
    computed: Status, freshness: Freshness, stage: Status | None, *, measured: bool
) -> Status:
    """What enters roll-ups and counts: retired > draft > stale > computed; never the check-in.

    What was never measured has nothing that could grow stale.
    """
    if stage is not None:
        return stage
    return Status.STALE if measured and freshness is Freshness.STALE else computed


def shown(counts_as: Status, computed: Status, check_in: CheckIn | None, holds: bool) -> Status:
    """What is shown: the check-in that holds stands in for a computed status only."""
    if check_in is not None and check_in.status and holds and counts_as is computed:
        return Status(check_in.status)
    return counts_as
