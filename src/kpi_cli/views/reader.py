"""For whom a report is made, and which records have pages in it."""

from __future__ import annotations

from typing import Literal

from kpi_cli.frozen import dataclass
from kpi_cli.plan import Plan
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.part import Part, part_of_person, parts_by_team, upwards

Kind = Literal["board", "team", "person"]


class UnknownReader(ValueError):
    """There is no such reader; `known` are the ids that could have been meant."""

    def __init__(self, text: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.known = known


@dataclass(frozen=True, slots=True)
class Reader:
    """A board reads the whole plan, a team its part, a person what they answer for."""

    kind: Kind
    id: str | None = None


def reader_of(text: str, plan: Plan) -> Reader:
    """`board`, `team:ID` or `person:ID`. Raises UnknownReader."""
    kind, colon, name = text.partition(":")
    if text == "board":
        return Reader("board")
    records = {"team": plan.teams, "person": plan.people}.get(kind)
    if records is None or not colon:
        raise UnknownReader(f"'{text}' names no reader", ("board", "team:ID", "person:ID"))
    if name not in records:
        raise UnknownReader(f"there is no {kind} '{name}'", tuple(records))
    return Reader("team" if kind == "team" else "person", name)


def part_for(facts: Facts, reader: Reader | None) -> Part | None:
    """What belongs to a reader; None for the whole plan."""
    if reader is None or reader.id is None:
        return None
    if reader.kind == "person":
        return part_of_person(facts, reader.id)
    return parts_by_team(facts).get(reader.id, Part((), ()))


def with_pages(facts: Facts, part: Part | None) -> frozenset[tuple[str, str]] | None:
    """Kind and id of the records that have a page: those of the part and objectives above it."""
    if part is None:
        return None
    goals = (*part.objectives, *upwards(facts, part))
    return frozenset(
        [*(("kpi", name) for name in part.kpis), *(("objective", name) for name in goals)]
    )


def front_of(facts: Facts, reader: Reader | None) -> Ref | None:
    """The record whose page is the first one; None where that is the overview."""
    if reader is None or reader.id is None:
        return None
    label = facts.team(reader.id) if reader.kind == "team" else facts.person(reader.id)
    return Ref(reader.kind, reader.id, label or reader.id)
