"""Plans of any size in our format, the same for the same seed, without a finding.

    python -m bench.generate --kpis 1000 --files team --actuals inline DIR

An organisation has departments of ten teams, a team up to three objectives, an objective up to five
KPIs; each KPI is about 2.7 KB with 36 months of actuals ending in May 2026.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from bench import records, words
from bench.records import Row, Seat

AS_OF = "2026-05-31"
KPIS_PER_OBJECTIVE, OBJECTIVES_PER_TEAM, TEAMS_PER_DEPARTMENT = 5, 3, 10
KPIS_PER_TEAM = KPIS_PER_OBJECTIVE * OBJECTIVES_PER_TEAM
CSV_HEADER = "kpi,period,value,numerator,denominator,note"


@dataclass(frozen=True, slots=True)
class Layout:
    """How many KPIs, and how they are spread over files."""

    kpis: int
    files: Literal["team", "kpi"] = "team"
    actuals: Literal["inline", "csv"] = "inline"
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Team:
    """A team's number and name, its department's number, and how many KPIs it has."""

    number: int
    department: int
    name: str
    kpis: int

    @property
    def id(self) -> str:
        """`t00042`."""
        return f"t{self.number:05d}"

    @property
    def objectives(self) -> int:
        """How many objectives its KPIs need."""
        return -(-self.kpis // KPIS_PER_OBJECTIVE)

    @property
    def folder(self) -> str:
        """The department's folder."""
        return f"department-{self.department:04d}"


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI's id, the lines of its record without actuals, and its actuals."""

    id: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def plan(layout: Layout) -> Iterator[tuple[str, str]]:
    """(path, text) of every file of the workspace. Raises ValueError for fewer than one KPI."""
    if layout.kpis < 1:
        raise ValueError("a plan needs at least one KPI")
    teams = list(_teams(layout))
    yield "kpi.yaml", _workspace(layout)
    yield "organization.yaml", _text(_organization(teams[0].objectives))
    for department, members in _by_department(teams):
        # A department has the objectives its teams support, so that none stands alone.
        records_above = _department(department, members[0].objectives)
        yield f"department-{department:04d}/department.yaml", _text(records_above)
        series: list[Kpi] = []
        for team in members:
            kpis = list(_kpis(team, layout.seed))
            series += kpis
            yield from _team_files(team, kpis, layout)
        if layout.actuals == "csv":
            yield f"actuals/department-{department:04d}.csv", _long_csv(series)


def write(layout: Layout, folder: Path) -> int:
    """Write the plan below `folder`; the number of bytes written."""
    total = 0
    for path, text in plan(layout):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        total += target.write_bytes(text.encode("utf-8"))
    return total


def _teams(layout: Layout) -> Iterator[Team]:
    for number, first in enumerate(range(0, layout.kpis, KPIS_PER_TEAM)):
        place = words.PLACES[number % len(words.PLACES)]
        function = words.FUNCTIONS[number // len(words.PLACES) % len(words.FUNCTIONS)]
        lap = number // (len(words.PLACES) * len(words.FUNCTIONS))
        name = f"{place} {function}" + (f" {lap + 1}" if lap else "")
        size = min(KPIS_PER_TEAM, layout.kpis - first)
        yield Team(number, number // TEAMS_PER_DEPARTMENT, name, size)


def _by_department(teams: list[Team]) -> Iterator[tuple[int, tuple[Team, ...]]]:
    for start in range(0, len(teams), TEAMS_PER_DEPARTMENT):
        members = tuple(teams[start : start + TEAMS_PER_DEPARTMENT])
        yield members[0].department, members


def _workspace(layout: Layout) -> str:
    actuals = 'actuals: ["actuals/*.csv"]\n' if layout.actuals == "csv" else ""
    return (
        "version: 1\n"
        f"name: Bench {layout.kpis}\n"
        "perspectives: [financial, customer, process, people, sustainability]\n" + actuals
    )


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _organization(objectives: int) -> Iterator[str]:
    yield "teams:"
    yield "  company: {name: Harbour Group, level: organization, lead: chair}"
    yield "people:"
    yield "  chair: {name: Lê Thị Mai, team: company}"
    yield "objectives:"
    for number in range(objectives):
        yield from _objective(f"top-{number}", "chair", "company", number)


def _department(number: int, objectives: int) -> Iterator[str]:
    team, lead = f"d{number:04d}", f"d{number:04d}-lead"
    name = f"Department {number} of {words.PLACES[number % len(words.PLACES)]}"
    yield "teams:"
    yield f"  {team}: {{name: {name}, level: department, parent: company, lead: {lead}}}"
    yield "people:"
    yield f"  {lead}: {{name: {_person(number)}, team: {team}, manager: chair}}"
    yield "objectives:"
    for place in range(objectives):
        yield from _objective(f"{team}-o{place}", lead, team, place, f"top-{place}")


def _objective(name: str, owner: str, team: str, place: int, parent: str = "") -> Iterator[str]:
    yield f"  {name}:"
    yield f"    title: {words.WHY[place].split(';')[0]} ({team})"
    yield f"    why: {words.WHY[(place + 1) % len(words.WHY)]}."
    yield f"    owner: {owner}"
    yield f"    team: {team}"
    yield '    period: "2026"'
    yield f"    supports: [{parent}]"
    if owner == "chair" or owner.endswith("-lead"):
        yield "    rollup: children"


def _team_files(team: Team, kpis: list[Kpi], layout: Layout) -> Iterator[tuple[str, str]]:
    head = list(_team_records(team))
    inline = layout.actuals == "inline"
    bodies = [_body(kpi, inline) for kpi in kpis]
    if layout.files == "team":
        lines = (line for body in bodies for line in body)
        yield f"{team.folder}/{team.id}.yaml", _text([*head, "kpis:", *lines])
        return
    yield f"{team.folder}/{team.id}/team.yaml", _text(head)
    for kpi, body in zip(kpis, bodies, strict=True):
        yield f"{team.folder}/{team.id}/{kpi.id}.yaml", _text(["kpis:", *body])


def _team_records(team: Team) -> Iterator[str]:
    above, lead = f"d{team.department:04d}", f"{team.id}-p0"
    yield f"# {team.name}: what the team answers for this year."
    yield "teams:"
    yield f"  {team.id}: {{name: {team.name}, level: team, parent: {above}, lead: {lead}}}"
    yield "people:"
    for place in range(OBJECTIVES_PER_TEAM):
        name, manager = _person(team.number + place), lead if place else f"{above}-lead"
        fields = f"name: {name}, team: {team.id}, manager: {manager}, capacity: 200"
        yield f"  {team.id}-p{place}: {{{fields}}}"
    yield "objectives:"
    for place in range(team.objectives):
        owner, parent = f"{team.id}-p{place}", f"{above}-o{place}"
        yield from _objective(f"{team.id}-o{place}", owner, team.id, place, parent)


def _kpis(team: Team, seed: int) -> Iterator[Kpi]:
    for place in range(team.kpis):
        # One generator each: a longer plan begins with the KPIs of the shorter one.
        rng = Random(f"{seed}/{team.number}/{place}")
        measure = words.MEASURES[(team.number + place) % len(words.MEASURES)]
        group = place // KPIS_PER_OBJECTIVE
        seat = Seat(
            kpi=f"{team.id}-k{place:02d}",
            objective=f"{team.id}-o{group}",
            owner=f"{team.id}-p{group}",
            colleague=f"{team.id}-p{(group + 1) % OBJECTIVES_PER_TEAM}",
            team=team.name,
        )
        baseline = round(rng.uniform(measure.low, measure.high), measure.digits)
        head = tuple(records.kpi(seat, measure, baseline, rng))
        yield Kpi(seat.kpi, head, tuple(records.history(measure, baseline, rng)))


def _body(kpi: Kpi, inline: bool) -> list[str]:
    rows = [f"      {row.period}: {row.inline}" for row in kpi.rows]
    return [*kpi.head, "    actuals:", *rows] if inline else list(kpi.head)


def _long_csv(kpis: list[Kpi]) -> str:
    columns = CSV_HEADER.split(",")[2:]
    lines = [CSV_HEADER]
    for kpi in kpis:
        for row in kpi.rows:
            lines.append(",".join([kpi.id, row.period, *(row.cells.get(c, "") for c in columns)]))
    return _text(lines)


def _person(number: int) -> str:
    family = words.FAMILY_NAMES[number % len(words.FAMILY_NAMES)]
    given = words.GIVEN_NAMES[number // len(words.FAMILY_NAMES) % len(words.GIVEN_NAMES)]
    return f"{family} {given}"


def main(arguments: list[str]) -> None:
    """Write one workspace and say how large it is."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write; must not exist or be empty")
    parser.add_argument("--kpis", type=int, default=100)
    parser.add_argument("--files", choices=("team", "kpi"), default="team")
    parser.add_argument("--actuals", choices=("inline", "csv"), default="inline")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    if chosen.folder.exists() and any(chosen.folder.iterdir()):
        parser.error(f"{chosen.folder} is not empty: name a new folder")
    layout = Layout(chosen.kpis, chosen.files, chosen.actuals, chosen.seed)
    size = write(layout, chosen.folder)
    print(f"{chosen.kpis} KPIs, {size / 1e6:.1f} MB in {chosen.folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
