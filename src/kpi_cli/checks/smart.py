"""Each KPI's and objective's findings with its scores: what `kpi check-smart` shows and gates."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from kpi_cli.checks.engine import Checked, Selection, speaks
from kpi_cli.checks.registry import Context, catalogue
from kpi_cli.checks.score import (
    BY_CHANCE,
    CRITERIA,
    SCORING,
    Scores,
    objective_score,
    smart_scores,
    worst,
)
from kpi_cli.diagnostics import Finding, Severity, Suppressed
from kpi_cli.frozen import dataclass
from kpi_cli.models import Config, Kpi, Objective, Record

NOT_OF_KPIS = frozenset({"R410", "R411", "R416"})
"""Rules over the whole plan whose subject is an objective, a team or a person."""
NEEDS_TARGET = frozenset({"A305", "A306", "A307", "A308", "A309"})
"""Rules that cannot tell of a KPI without a target."""
LOW, HIGH = 0.15, 0.75
"""Chances in between are no issue."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One KPI: its scores, what was found at it, and what was set aside with its reason.

    `counted` are findings elsewhere that count against it too. `unknown` are rules that could not
    tell. `fix` says what raises the total most, and by how much.
    """

    id: str
    name: str
    path: str
    scores: Scores
    findings: tuple[Finding, ...]
    counted: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    unknown: tuple[str, ...]
    fix: str | None

    @property
    def total(self) -> int:
        """The total as shown."""
        return round(self.scores.total)

    def of(self, letter: str) -> int:
        """A criterion's score as shown."""
        return round(self.scores.criteria[letter])

    @property
    def lowest(self) -> int:
        """The lowest criterion as shown."""
        return min(self.of(letter) for letter in CRITERIA)

    @property
    def worst(self) -> Severity | None:
        """The worst severity found."""
        found = (f.severity for f in (*self.findings, *self.counted))
        return min(found, key=lambda severity: severity.rank, default=None)


@dataclass(frozen=True, slots=True)
class GradedObjective:
    """One objective with its own score O, which never enters those of its KPIs."""

    id: str
    title: str
    score: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Smart:
    """The grades of the KPIs and objectives asked for, in plan order."""

    kpis: tuple[Graded, ...]
    objectives: tuple[GradedObjective, ...]
    weights: Mapping[str, float]
    scoring: str = SCORING

    @property
    def is_weighted(self) -> bool:
        """Whether the workspace weighs the criteria differently."""
        return len(set(self.weights.values())) > 1

    def below(self, total: float | None, criterion: float | None) -> list[Graded]:
        """The KPIs under a least total, or with a criterion under a least one."""
        return [
            one
            for one in self.kpis
            if (total is not None and one.scores.total < total - 1e-9)
            or (criterion is not None and min(one.scores.criteria.values()) < criterion - 1e-9)
        ]


def grade(
    context: Context,
    selection: Selection,
    found: Checked,
    *,
    strict: bool = False,
    only: Container[str] | None = None,
) -> Smart:
    """Score every live KPI and objective (of `only`) by the findings of a run over the context."""
    plan = context.plan
    weights = weights_of(plan.config)
    by_subject, by_concern = _by_record(found.findings)
    aside = _aside(found.suppressed)
    rules = _Rules(selection, plan.config)
    kpis = [
        _graded(kpi, context, rules, by_subject, by_concern, aside, found.unknown, weights, strict)
        for kpi in plan.kpis.values()
        if (only is None or kpi.id in only) and not context.index.is_over(kpi)
    ]
    goals = [
        _objective(goal, by_subject.get(goal.id, []))
        for goal in plan.objectives.values()
        if (only is None or goal.id in only) and goal.id not in context.index.closed
    ]
    return Smart(tuple(kpis), tuple(goals), weights)


def weights_of(config: Config) -> dict[str, float]:
    """The weight of each criterion in the total, 1 unless the workspace says otherwise."""
    return {letter: getattr(config.checks.scoring.weights, letter) for letter in CRITERIA}


_ByRecord = dict[str, list[Finding]]


def _by_record(findings: Iterable[Finding]) -> tuple[_ByRecord, _ByRecord]:
    own: _ByRecord = {}
    others: _ByRecord = {}
    for finding in findings:
        if finding.subject is not None:
            own.setdefault(finding.subject, []).append(finding)
        for name in finding.concerns:
            if name != finding.subject:
                others.setdefault(name, []).append(finding)
    return own, others


def _aside(suppressed: Iterable[Suppressed]) -> dict[str, list[Suppressed]]:
    found: dict[str, list[Suppressed]] = {}
    for one in suppressed:
        for name in {one.finding.subject or "", *one.finding.concerns}:
            found.setdefault(name, []).append(one)
    return found


class _Rules:
    """Which rules look at a KPI, by the file it stands in."""

    def __init__(self, selection: Selection, config: Config) -> None:
        self._config = config
        self._codes = [
            code
            for code, rule in catalogue().items()
            if code in selection.codes
            and code[0] in CRITERIA
            and code not in NOT_OF_KPIS
            and rule.run is not None
            and (rule.over in (Kpi, Record, Context))
        ]
        self._by_path: dict[str, tuple[str, ...]] = {}

    def at(self, path: str) -> tuple[str, ...]:
        """The codes that may speak in a file."""
        key = path if self._config.checks.paths else ""
        if key not in self._by_path:
            spoken = (code for code in self._codes if speaks(code, path, self._config))
            self._by_path[key] = tuple(spoken)
        return self._by_path[key]


def _graded(
    kpi: Kpi,
    context: Context,
    rules: _Rules,
    own: _ByRecord,
    others: _ByRecord,
    aside: Mapping[str, list[Suppressed]],
    unknown: Mapping[str, frozenset[str]],
    weights: Mapping[str, float],
    strict: bool,
) -> Graded:
    path = context.plan.origins[kpi.id].path
    findings, counted = own.get(kpi.id, []), others.get(kpi.id, [])
    suppressed = aside.get(kpi.id, [])
    looked = rules.at(path)
    untold = unknown.get(kpi.id, frozenset()) | (frozenset() if kpi.targets() else NEEDS_TARGET)
    blank = untold.intersection(looked)
    silent = {one.finding.code for one in suppressed}
    scores = smart_scores(
        worst((f.code, f.severity) for f in (*findings, *counted)),
        unknown=blank,
        rules=looked,
        chance=_chance(kpi, context, BY_CHANCE.intersection(looked) - silent - blank),
        weights=weights,
        strict=strict,
    )
    return Graded(
        kpi.id,
        kpi.name,
        path,
        scores,
        tuple(findings),
        tuple(counted),
        tuple(suppressed),
        tuple(sorted(blank)),
        _fix(scores, findings, counted),
    )


def _chance(kpi: Kpi, context: Context, heard: frozenset[str]) -> float | None:
    """The chance of the target where it is an issue and nothing written answers it."""
    if kpi.rationale is not None or kpi.target is None or not heard:
        return None
    if kpi.id in context.index.lacking_rows:
        return None
    if {"A307", "A308"} <= heard:
        far = context.reach.far(kpi.id).chance
        if far is not None and far < LOW:
            return far
    if "A306" in heard:
        near = context.reach.near(kpi.id).chance
        if near is not None and near > HIGH:
            return near
    return None


def _fix(scores: Scores, findings: list[Finding], counted: list[Finding]) -> str | None:
    """`+22: add `denominator:` …`; of equal gains one that can be had at the record itself."""
    gain = round(max(scores.gains.values(), default=0.0))
    if gain < 1:
        return None
    best = {code for code, one in scores.gains.items() if round(one) == gain}
    said = sorted((f for f in findings if f.code in best), key=lambda f: f.code)
    elsewhere = sorted((f for f in counted if f.code in best), key=lambda f: f.code)
    first = next(iter((*said, *elsewhere)), None)
    return f"+{gain}: {first.help or first.message}" if first else None


def _objective(goal: Objective, findings: list[Finding]) -> GradedObjective:
    fired = worst((f.code, f.severity) for f in findings)
    return GradedObjective(goal.id, goal.title, round(objective_score(fired)), tuple(findings))
