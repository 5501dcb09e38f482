"""A and R: does somebody answer for it, and does it serve anything?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.models import Kpi, Objective, Record
from kpi_cli.models.kpi import Source


@check("A301", "no-owner", Severity.ERROR)
def no_owner(record: Record, context: Context) -> Iterable[Diagnostic]:
    """Nobody answers for a KPI or an objective.

    What everybody owns nobody looks after. One person is accountable, any number may contribute.
    A person's own objective (`person:`) belongs to that person.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            unit: count
            target: {at_least: 60}
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Add `owner:` with the id of one person.
    """
    if not isinstance(record, (Kpi, Objective)) or record.owner is not None:
        return ()
    if isinstance(record, Objective) and record.person is not None:
        return ()
    if record.id in context.index.retired or record.id in context.index.closed:
        return ()
    place, todo = context.plan.place(record.id), "add `owner:` with the id of one person"
    return (Diagnostic("A301", place, f"nobody answers for '{record.id}'", record.id, todo),)


@check("R401", "orphan", Severity.ERROR)
def orphan(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI supports no objective.

    A figure that is evidence for nothing costs time and decides nothing. If it is only shown
    beside an objective, link it with `counts: false`.

    Bad:
        kpis:
          visits:
            name: Visits
            owner: lan
            unit: count
            due: 2026-12-31
            target: {at_least: 60}
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: {objective: loyal, counts: false}
            owner: lan
            unit: count
            due: 2026-12-31
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Add `objective:` with what the KPI is evidence for, or retire the KPI.
    """
    if kpi.objective or kpi.id in context.index.retired:
        return ()
    place, todo = context.plan.place(kpi.id), "add `objective:` with the id of one"
    return (Diagnostic("R401", place, f"'{kpi.id}' is evidence for no objective", kpi.id, todo),)


@check("R407", "duplicate", Severity.ERROR)
def duplicate(context: Context) -> Iterator[Diagnostic]:
    """Two KPIs measure the same thing.

    Same formula, or same definition, population and source under two ids: sooner or later the two
    will disagree. Without a population, numerator and denominator or a query to go by, only KPIs
    of one name are compared. Where several records measure one thing on purpose, a shared
    `metric:` says so.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, definition: People who come in, population: both shops, unit: count, target: {at_least: 60}, source: {manual: till}}
          people: {name: People, objective: loyal, owner: minh, definition: People who come in, population: both shops, unit: count, target: {at_least: 70}, source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, definition: People who come in, population: both shops, unit: count, target: {at_least: 60}, source: {manual: till}}
          buyers: {name: Buyers, objective: loyal, owner: minh, definition: People who pay, population: both shops, unit: count, target: {at_least: 40}, source: {manual: till}}

    Fix:
        Keep one and link it to both objectives, or give both the same `metric:`.
    """  # noqa: E501 - one record a line reads best here
    # Whoever measures the same has it from the same place: the others need no closer look.
    by_origin: dict[str | None, list[Kpi]] = {}
    for kpi in context.plan.kpis.values():
        if kpi.id not in context.index.retired:
            origin = None if kpi.formula is not None else _plain(_origin(kpi.source))
            by_origin.setdefault(origin, []).append(kpi)
    for kpis in by_origin.values():
        if len(kpis) > 1:
            yield from _duplicates(kpis, context)


def _duplicates(kpis: Iterable[Kpi], context: Context) -> Iterator[Diagnostic]:
    seen: dict[tuple[object, ...], Kpi] = {}
    for kpi in kpis:
        measured = meaning(kpi)
        if measured is None:
            continue
        first = seen.setdefault(measured, kpi)
        if first is kpi or is_shared(first, kpi):
            continue
        yield Diagnostic(
            "R407",
            context.plan.place(kpi.id),
            f"'{kpi.id}' measures the same as '{first.id}'",
            kpi.id,
            f"link '{first.id}' to both objectives, or write one `metric:` in both",
            (Related(context.plan.place(first.id), f"'{first.id}' is defined here"),),
            concerns=(first.id,),
        )


def meaning(kpi: Kpi) -> tuple[object, ...] | None:
    """What a KPI measures, where its fields say enough to compare."""
    if kpi.formula is not None:
        return ("formula", " ".join(kpi.formula.split()), kpi.unit, kpi.frequency)
    source = kpi.source
    if kpi.definition is None or source is None:
        return None
    counted = kpi.numerator and kpi.denominator
    tells = kpi.population or counted or source.sql or source.query
    name = None if tells else kpi.name
    texts = (kpi.definition, name, kpi.population, kpi.numerator, kpi.denominator)
    same = (_plain(text) for text in (*texts, _origin(source)))
    return (*same, source.connection, kpi.unit, kpi.aggregation, kpi.window, kpi.frequency)


def _origin(source: Source | None) -> str | None:
    """Where the figures come from, in the words of the plan."""
    if source is None:
        return None
    return source.manual or source.sql or source.query or source.file


def _plain(text: str | None) -> str | None:
    return text and " ".join(text.split()).casefold()


def is_shared(one: Kpi, other: Kpi) -> bool:
    """Whether the two are known to measure the same: a shared metric, or part and whole."""
    together = one.metric is not None and one.metric == other.metric
    return together or other.part_of == one.id or one.part_of == other.id
