"""Conflicts that people settled (`tension`), and whether what they agreed still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpi_cli.analysis.reach import Running
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_
from kpi_cli.models import Objective
from kpi_cli.models.objective import Tension
from kpi_cli.quantity import show_number

LASTS = 365
"""Days after which an agreement should be looked at again."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A recorded tension: `at` is its index in the objective; `stale` says why it is doubtful."""

    objective: Objective
    at: int
    tension: Tension
    stale: str | None

    @property
    def message(self) -> str:
        """Why it is doubtful, as a sentence."""
        with_ = self.tension.with_
        return N_(
            "what '{one}' and '{other}' agreed needs another look: {reason}",
            one=self.objective.id,
            other=with_,
            reason=self.stale,
        )


class Agreements:
    """Every tension of the running objectives, found by pairs of what lies below them."""

    def __init__(self, found: Running, as_of: date) -> None:
        self.found = found
        self.all = tuple(
            Agreement(objective, at, tension, _stale(found, objective, tension, as_of))
            for objective in found.objectives.values()
            for at, tension in enumerate(objective.tension)
            if tension.on is None or tension.on <= as_of
        )

    def between(self, one: str, other: str) -> Agreement | None:
        """The agreement that covers two KPIs: between objectives they are evidence for, directly or
        by what these support."""
        if not self.all:
            return None
        ups, others = self._above(one), self._above(other)
        for agreement in self.all:
            own, with_ = agreement.objective.id, agreement.tension.with_
            if (own in ups and with_ in others) or (own in others and with_ in ups):
                return agreement
        return None

    def stale(self) -> Iterator[Agreement]:
        """Those that are doubtful."""
        return (agreement for agreement in self.all if agreement.stale)

    def _above(self, kpi: str) -> set[str]:
        plan = self.found.plan
        seen: set[str] = set()
        waiting = [link.target for link in plan.kpis[kpi].objective]
        while waiting:
            name = waiting.pop()
            if name in plan.objectives and name not in seen:
                seen.add(name)
                waiting += [link.target for link in plan.objectives[name].supports]
        return seen


def _stale(found: Running, objective: Objective, tension: Tension, as_of: date) -> str | None:
    """Why an agreement is doubtful: no date, over a year old, the other side is over, or a target
    below either side has moved since."""
    if tension.with_ not in found.objectives:
        return N_("'{id}' is no longer running", id=tension.with_)
    if tension.on is None:
        return N_("it bears no date")
    age = (as_of - tension.on).days
    for name in (objective.id, tension.with_):
        for kpi in found.plan.kpis_below(name):
            for change in found.plan.kpis[kpi].target_changes:
                if tension.on < change.from_ <= as_of and kpi in found.kpis:
                    return N_(
                        "the target of '{id}' has changed since, on {day}", id=kpi, day=change.from_
                    )
    return N_("it is {n} days old", n=show_number(age)) if age > LASTS else None
