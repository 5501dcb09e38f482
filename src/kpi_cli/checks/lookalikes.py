"""R: is it measured twice under two names?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kpi_cli.analysis.similar import differ_in_substance, matches
from kpi_cli.analysis.wordlist import folded
from kpi_cli.checks.registry import Context, check
from kpi_cli.checks.relevant import is_shared, meaning
from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.models import Kpi

ALIKE, ALIKE_IN_ONE_SOURCE = 0.75, 0.6
COPIED = "R413"
"""Says more of a pair, so that this rule is silent about it."""


@check("R408", "near-duplicate", Severity.WARNING)
def near_duplicate(context: Context) -> Iterator[Diagnostic]:
    """Two KPIs have nearly the same name.

    Either they are one, and the two figures will disagree some day, or their names hide what tells
    them apart. Names are compared without diacritics by their trigrams (three quarters in common,
    six tenths where unit and source are the same). Another population, another number, team or word
    of substance, a shared `metric:` and `part_of:` tell them apart.

    Bad:
        kpis:
          repeat: {name: Repeat purchase rate, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}}
          again: {name: Repeat purchases rate, objective: loyal, owner: minh, unit: count, target: {at_least: 70}, source: {manual: web shop}}

    Good:
        kpis:
          repeat: {name: Repeat purchase rate, objective: loyal, owner: lan, population: the web shop, unit: count, target: {at_least: 60}, source: {manual: till}}
          again: {name: Repeat purchases rate, objective: loyal, owner: minh, population: both shops in town, unit: count, target: {at_least: 70}, source: {manual: web shop}}

    Fix:
        Keep one and link it to both objectives; or say whom each counts (`population:`).
    """  # noqa: E501 - one record a line reads best here
    live = [kpi for kpi in context.plan.kpis.values() if not context.index.is_over(kpi)]
    segments = _segments(context)
    told: set[int] = set()

    def may(one: int, other: int) -> bool:
        return other not in told and not _are_told_apart(live[one], live[other], segments)

    pairs = list(_pairs(live, may, told))
    copies = {d.subject for d in context.index.incoherent.get(COPIED, ())}
    for at, other in sorted(pairs):
        first, second = live[at], live[other]
        if meaning(first) is not None and meaning(first) == meaning(second):
            continue
        if second.id in copies or first.id in copies:
            continue
        yield Diagnostic(
            "R408",
            context.plan.place(second.id, "name"),
            f"'{second.id}' has nearly the same name as '{first.id}': “{first.name}”",
            second.id,
            "keep one of them, or say with `population:` whom each counts",
            (Related(context.plan.place(first.id, "name"), f"the name of '{first.id}'"),),
            concerns=(first.id,),
        )


def _pairs(
    live: list[Kpi], may: Callable[[int, int], bool], told: set[int]
) -> Iterator[tuple[int, int]]:
    """First names that are alike anywhere, then those alike enough in one unit and source."""
    names = [kpi.name for kpi in live]
    whom = [folded(kpi.population) if kpi.population else None for kpi in live]
    for at, other in matches(names, ALIKE, may, whom):
        told.add(other)
        yield at, other
    groups: dict[tuple[str | None, str], list[int]] = {}
    for at, kpi in enumerate(live):
        origin = _origin(kpi)
        if origin:
            groups.setdefault((kpi.unit, origin), []).append(at)
    for members in groups.values():
        if len(members) > 1:
            own = [names[at] for at in members]

            def among(one: int, other: int, members: list[int] = members) -> bool:
                return may(members[one], members[other])

            theirs = [whom[at] for at in members]
            for at, other in matches(own, ALIKE_IN_ONE_SOURCE, among, theirs):
                yield members[at], members[other]


def _origin(kpi: Kpi) -> str | None:
    source = kpi.source
    if source is None:
        return None
    text = source.manual or source.sql or source.query or source.file
    return folded(text) if text else None


def _segments(context: Context) -> frozenset[str]:
    """The words of which names of teams are made."""
    return frozenset(
        word for team in context.plan.teams.values() for word in folded(team.name).split()
    )


def _are_told_apart(one: Kpi, other: Kpi, segments: frozenset[str]) -> bool:
    if is_shared(one, other) or (one.part_of is not None and one.part_of == other.part_of):
        return True
    if other.id in (*one.guardrails, *one.opposes) or one.id in (*other.guardrails, *other.opposes):
        return True
    return differ_in_substance(one.name, other.name, segments)
