"""Where two KPIs pull against each other or count the same thing twice, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from math import inf

from kpi_cli.analysis.balance import overloads
from kpi_cli.analysis.pulls import Pull, pull_of
from kpi_cli.analysis.reach import Running
from kpi_cli.analysis.tensions import Agreement, Agreements
from kpi_cli.analysis.wordlist import folded
from kpi_cli.diagnostics import Place
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_
from kpi_cli.models import Kpi
from kpi_cli.quantity import close

CODE = "R409"
COPIED = "R413"
KEPT = "kept-by-guardrail"
MOST = 40
"""Members of a larger group are compared with its first one only."""
_WAY = {"increase": N_("up"), "decrease": N_("down")}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict between records; `agreement` settles it where there is one."""

    code: str
    kind: str
    subjects: tuple[str, ...]
    message: str
    place: Place
    agreement: Agreement | None = None

    @property
    def is_open(self) -> bool:
        """Not settled by an agreement."""
        return self.agreement is None


def conflicts(found: Running, agreements: Agreements, as_of: date) -> list[Conflict]:
    """All conflicts, settled ones included, in a stable order; one for a pair of KPIs."""
    pulls = {name: pull_of(found.plan, kpi, as_of) for name, kpi in found.kpis.items()}
    seen: set[frozenset[str]] = set()
    rows: list[Conflict] = []
    for kind, code, one, other, message in _pairs(found, pulls):
        pair = frozenset((one.kpi.id, other.kpi.id))
        if pair in seen:
            continue
        ids = (one.kpi.id, other.kpi.id)
        place = found.plan.place(other.kpi.id)
        settled = agreements.between(*ids)
        if kind == KEPT and settled is None:
            continue
        seen.add(pair)
        rows.append(Conflict(code, kind, ids, message, place, settled))
    rows += _capacity(found, as_of)
    rows += _doubtful(found, agreements)
    return rows


_Found = tuple[str, str, Pull, Pull, str]


def _pairs(found: Running, pulls: Mapping[str, Pull]) -> Iterator[_Found]:
    groups = shared(found.kpis.values())
    for name, members in groups.items():
        for one, other in _couples([pulls[kpi] for kpi in members]):
            yield from _same_measure(found, name, one, other)
    yield from _namesakes(found, pulls)
    yield from _declared(found, pulls)
    yield from _guarded(found, pulls, groups)


def shared(kpis: Iterable[Kpi]) -> dict[str, list[str]]:
    """Metric, or formula where no metric is given, -> the KPIs that measure it, two or more."""
    groups: dict[str, list[str]] = {}
    for kpi in kpis:
        name = kpi.metric or (" ".join(kpi.formula.split()) if kpi.formula else None)
        if name:
            groups.setdefault(name, []).append(kpi.id)
    return {name: members for name, members in groups.items() if len(members) > 1}


def _couples(members: list[Pull]) -> Iterator[tuple[Pull, Pull]]:
    if len(members) <= MOST:
        yield from combinations(members, 2)
    else:
        yield from ((members[0], other) for other in members[1:])


def _same_measure(found: Running, name: str, one: Pull, other: Pull) -> Iterator[_Found]:
    """What is wrong between two KPIs that measure the same, the worst only."""
    who, whom = _who(found, one), _who(found, other)
    if one.moves and other.moves and one.better and other.better and one.better != other.better:
        text = N_(
            "{who} wants '{one}' to go up and {whom} wants '{other}' to go down; both measure"
            " “{metric}”"
        )
        if one.better == "decrease":
            text = N_(
                "{who} wants '{one}' to go down and {whom} wants '{other}' to go up; both measure"
                " “{metric}”"
            )
        told = {"who": who, "one": one.kpi.id, "whom": whom, "other": other.kpi.id}
        message = N_(text, metric=name, **told)
        yield "opposite-directions", CODE, one, other, message
    elif _are_parts(one.kpi, other.kpi) or _differ_in_whom(one.kpi, other.kpi):
        return
    elif max(one.low, other.low) > min(one.high, other.high):
        text = N_("{targets}; both measure “{metric}”, and no figure meets both")
        message = N_(text, targets=_both_targets(one, other, who, whom), metric=name)
        yield "incompatible-targets", CODE, one, other, message
    elif one.is_band != other.is_band and one.has_limits and other.has_limits:
        text = N_("{targets}; both measure “{metric}”: a band here, a limit there")
        message = N_(text, targets=_both_targets(one, other, who, whom), metric=name)
        yield "band-and-limit", CODE, one, other, message
    elif _targets_differ(one, other):
        text = N_("{targets}; both measure “{metric}”, so one of the targets is wrong")
        message = N_(text, targets=_both_targets(one, other, who, whom), metric=name)
        yield "two-targets", CODE, one, other, message
    else:
        yield from _claims(found, name, one, other)


def _both_targets(one: Pull, other: Pull, who: str, whom: str) -> str:
    return N_(
        "{who} aims for {target} ('{one}') and {whom} for {aim} ('{other}')",
        who=who,
        target=one.text,
        one=one.kpi.id,
        whom=whom,
        aim=other.text,
        other=other.kpi.id,
    )


def _targets_differ(one: Pull, other: Pull) -> bool:
    """Two figures for one measure at one date, both floors or both ceilings, in one unit."""
    if one.kpi.unit != other.kpi.unit or one.due != other.due:
        return False
    if one.is_band and other.is_band:
        return not (close(one.low, other.low) and close(one.high, other.high))
    first, second = one.number, other.number
    if first is None or second is None or (one.low == -inf) != (other.low == -inf):
        return False
    return not close(first, second)


def _claims(found: Running, name: str, one: Pull, other: Pull) -> Iterator[_Found]:
    """The same measure claimed in full by two teams; by one above the other, it is copied down."""
    if one.team is None or other.team is None or not (_counts(one.kpi) and _counts(other.kpi)):
        return
    if one.team == other.team and _home_person(found, one.kpi) == _home_person(found, other.kpi):
        return
    if _is_above(found, other.team, one.team) and one.team != other.team:
        one, other = other, one
    who, whom = _who(found, one), _who(found, other)
    if _is_above(found, one.team, other.team):
        message = N_(
            "'{other}' of {whom} repeats '{one}' of {who} as it is; nobody’s share of it is said",
            other=other.kpi.id,
            whom=whom,
            one=one.kpi.id,
            who=who,
        )
        yield "copied-down", COPIED, one, other, message
        return
    message = N_(
        "{who} ('{one}') and {whom} ('{other}') both count “{metric}” in full, so its effect is"
        " counted twice",
        who=who,
        one=one.kpi.id,
        whom=whom,
        other=other.kpi.id,
        metric=name,
    )
    yield "claimed-twice", CODE, one, other, message


def _namesakes(found: Running, pulls: Mapping[str, Pull]) -> Iterator[_Found]:
    """The target of a team above, written down again below under the same name."""
    groups: dict[tuple[object, ...], list[Pull]] = {}
    for pull in pulls.values():
        if pull.number is not None and pull.team is not None and _counts(pull.kpi):
            name = folded(pull.kpi.name)
            groups.setdefault((name, pull.kpi.unit, pull.number, pull.due), []).append(pull)
    for members in groups.values():
        for one, other in _couples(members):
            if _are_parts(one.kpi, other.kpi) or _differ_in_whom(one.kpi, other.kpi):
                continue
            upper, lower = (one, other) if _is_above(found, one.team, other.team) else (other, one)
            if upper.team == lower.team or not _is_above(found, upper.team, lower.team):
                continue
            message = N_(
                "'{lower}' of {whom} copies '{upper}' of {who} with its target of {target};"
                " nobody’s share is said",
                lower=lower.kpi.id,
                whom=_who(found, lower),
                upper=upper.kpi.id,
                who=_who(found, upper),
                target=upper.text,
            )
            yield "copied-down", COPIED, upper, lower, message


def _is_above(found: Running, upper: str | None, lower: str | None) -> bool:
    return upper is not None and upper in set(found.plan.teams_above(lower))


def _home_person(found: Running, kpi: Kpi) -> str | None:
    objective = found.plan.objective_of(kpi)
    return objective.person if objective else None


def _counts(kpi: Kpi) -> bool:
    return any(link.counts for link in kpi.objective)


def _are_parts(one: Kpi, other: Kpi) -> bool:
    """One is a part of the other, or both are parts of a third."""
    same_whole = one.part_of is not None and one.part_of == other.part_of
    return same_whole or one.part_of == other.id or other.part_of == one.id


def _differ_in_whom(one: Kpi, other: Kpi) -> bool:
    """Both say whom they count, and it is not the same."""
    if one.population is None or other.population is None:
        return False
    return one.population.split() != other.population.split()


def _declared(found: Running, pulls: Mapping[str, Pull]) -> Iterator[_Found]:
    """`opposes`: known to pull against each other; a limit kept as a guardrail is enough."""
    for pull in pulls.values():
        for name in pull.kpi.opposes:
            other = pulls.get(name)
            if other is None:
                continue
            message = N_(
                "'{one}' ({who}) is known to pull against '{other}' ({whom})",
                one=pull.kpi.id,
                who=_who(found, pull),
                other=name,
                whom=_who(found, other),
            )
            kept = _is_kept(pull, other) or _is_kept(other, pull)
            yield KEPT if kept else "opposed", CODE, other, pull, message


def _is_kept(pull: Pull, guard: Pull) -> bool:
    """Whether `guard` is a guardrail of the other with a limit of its own."""
    return guard.kpi.id in pull.kpi.guardrails and guard.has_limits and not guard.moves


def _guarded(
    found: Running, pulls: Mapping[str, Pull], groups: Mapping[str, list[str]]
) -> Iterator[_Found]:
    """One KPI's target is another's guardrail."""
    by_metric = {kpi: members for members in groups.values() for kpi in members}
    for pull in pulls.values():
        for name in pull.kpi.guardrails:
            guard = pulls.get(name)
            if guard is None:
                continue
            if guard.moves and _apart(found, pull, guard):
                message = N_(
                    "'{guard}' must not get worse for '{one}' ({who}), and {whom} is to move it to"
                    " {target}: the target of one is the guardrail of the other",
                    guard=name,
                    one=pull.kpi.id,
                    who=_who(found, pull),
                    whom=_who(found, guard),
                    target=guard.text,
                )
                yield "target-is-guardrail", CODE, guard, pull, message
            for twin in by_metric.get(name, ()):
                other = pulls[twin]
                if twin != name and guard.better and other.better and guard.better != other.better:
                    message = N_(
                        "'{guard}' must not get worse for '{one}' ({who}), and {whom} pulls the"
                        " same measure {way} ('{twin}')",
                        guard=name,
                        one=pull.kpi.id,
                        who=_who(found, pull),
                        whom=_who(found, other),
                        way=_WAY[other.better],
                        twin=twin,
                    )
                    yield "target-is-guardrail", CODE, other, pull, message


def _apart(found: Running, one: Pull, other: Pull) -> bool:
    """Of two teams, neither above the other."""
    if one.team is None or other.team is None or one.team == other.team:
        return False
    return not (_is_above(found, one.team, other.team) or _is_above(found, other.team, one.team))


def _who(found: Running, pull: Pull) -> str:
    """The team's name, else the owner's, else a word."""
    team = found.plan.teams.get(pull.team or "")
    person = found.plan.people.get(pull.kpi.owner or "")
    return team.name if team else person.name if person else N_("somebody")


def _capacity(found: Running, as_of: date) -> Iterator[Conflict]:
    for over in overloads(found, as_of):
        place = found.plan.place(over.person, "capacity")
        yield Conflict(CODE, "same-people", (over.person, *over.initiatives), over.message, place)


def _doubtful(found: Running, agreements: Agreements) -> Iterator[Conflict]:
    for one in agreements.stale():
        place = found.plan.place(one.objective.id, "tension", one.at)
        ids = (one.objective.id, one.tension.with_)
        yield Conflict(CODE, "stale-agreement", ids, one.message, place)
