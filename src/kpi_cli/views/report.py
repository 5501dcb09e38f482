"""Every page of a report, built once from the assessment; renderers only choose a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.metrics_review import Reviewed, review_metrics
from kpi_cli.analysis.results import Assessment
from kpi_cli.checks.smart import Graded
from kpi_cli.diagnostics import Finding
from kpi_cli.frozen import dataclass, replace
from kpi_cli.locale import _, language
from kpi_cli.models import Review
from kpi_cli.views.cascade_map import neighbourhood
from kpi_cli.views.data_quality import DataQuality, data_quality
from kpi_cli.views.facts import Facts, Places, Ref, facts_of
from kpi_cli.views.guide import Guide, guide
from kpi_cli.views.kpi import KpiPage, kpi_page
from kpi_cli.views.map_page import Alignments, MapPage, focus_map, map_page, part_of
from kpi_cli.views.metric_changes import ChangesPage, Since, changes_page
from kpi_cli.views.objective import ObjectivePage, objective_page
from kpi_cli.views.overview import Overview, compared, overview
from kpi_cli.views.part import Part, narrowed, parts_by_team, team_ref
from kpi_cli.views.person import PersonPage, person_page
from kpi_cli.views.reader import Reader, front_of, part_for, with_pages
from kpi_cli.views.review_pack import Asked, review_pack
from kpi_cli.views.review_page import ReviewPage, review_page
from kpi_cli.views.rows import action_row, open_actions
from kpi_cli.views.team import (
    TeamPage,
    TeamsPage,
    decisions_of,
    paged_teams,
    resources_of,
    team_page,
    teams_page,
    wins_of,
)
from kpi_cli.views.words import day


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every page: whose report, as of when, made from which input.

    Only where asked for: `commit` is the git commit of the input, `uncommitted` whether the input
    differs from it, `written` the time of writing (UTC), `theme` the one pages are fixed to.
    """

    organisation: str
    as_of: date
    language: str
    version: str
    digest: str
    commit: str | None = None
    uncommitted: bool = False
    written: datetime | None = None
    theme: Literal["light", "dark"] | None = None

    @property
    def as_of_text(self) -> str:
        """`31 May 2026`."""
        return day(self.as_of)

    @property
    def commit_text(self) -> str | None:
        """`1f0c5a9b2d3e + changes`."""
        if self.commit is None or not self.uncommitted:
            return self.commit
        return _("{commit} + changes", commit=self.commit)

    @property
    def written_text(self) -> str | None:
        """`31 May 2026, 14:05 UTC`."""
        if self.written is None:
            return None
        on, at = day(self.written.date()), format(self.written, "%H:%M")
        return _("{day}, {time} UTC", day=on, time=at)


@dataclass(frozen=True, slots=True)
class Report:
    """All pages; KPIs and objectives in the order of the files.

    `front` is the record whose page comes first (a team's, a person's), None for the overview;
    `known` are the records with a page, None for all. A report of a part has neither map nor
    overview pages of its own: what is not of that part is not in it.
    """

    imprint: Imprint
    overview: Overview
    map: MapPage
    objectives: tuple[ObjectivePage, ...]
    kpis: tuple[KpiPage, ...]
    quality: DataQuality
    changes: ChangesPage
    guide: Guide
    review: ReviewPage | None
    departments: TeamsPage | None
    teams: tuple[TeamPage, ...]
    person: PersonPage | None = None
    front: Ref | None = None
    known: frozenset[tuple[str, str]] | None = None


Before = tuple[Assessment, str] | None
"""An earlier state and its name for people."""


@dataclass(frozen=True, slots=True)
class Extent:
    """For whom the report is, for which meeting, and since when changes are told.

    `held` is the state at the review before; without `pack` there is no page for a meeting.
    """

    reader: Reader | None = None
    since: Since | None = None
    review: Review | None = None
    held: Since | None = None
    pack: bool = True


def build_report(
    assessment: Assessment,
    *,
    version: str,
    digest: str,
    findings: Sequence[Finding] = (),
    left_out: int = 0,
    places: Places | None = None,
    extent: Extent | None = None,
    smart: Mapping[str, Graded] | None = None,
) -> Report:
    """The whole report. `digest` names the input; `places` gives each record's file and line.

    `smart` holds the SMART scores of KPIs.
    """
    extent = extent or Extent()
    facts = facts_of(assessment, places)
    part = part_for(facts, extent.reader)
    own = narrowed(facts, part) if part else facts
    known = with_pages(facts, part)
    found, parts, then = Alignments(facts), parts_by_team(facts), _before(facts, extent)
    told = [f for f in findings if part is None or f.subject in part.records]
    reviewed = _reviewed(assessment, extent)
    name = facts.config.name or _("KPI report")
    return Report(
        imprint=Imprint(name, assessment.as_of, language(), version, digest),
        overview=_overview(facts, own, part, then, overview(own, told, left_out)),
        map=_map(facts, found, parts),
        objectives=tuple(
            _with_map(facts, found, objective_page(facts, one))
            for one in assessment.objectives.values()
            if known is None or ("objective", one.objective.id) in known
        ),
        kpis=tuple(
            kpi_page(facts, one, (smart or {}).get(one.kpi.id))
            for one in assessment.kpis.values()
            if known is None or ("kpi", one.kpi.id) in known
        ),
        quality=data_quality(own, told, left_out),
        changes=changes_page(own, _of_part(reviewed, part), extent.since),
        guide=guide(facts),
        review=_review(facts, extent, Asked(None, None, None, findings, left_out, reviewed)),
        departments=teams_page(facts, parts) if part is None else None,
        teams=tuple(
            _beside(facts, parts[team], then, team_page(facts, found, parts, team))
            for team in _teams(facts, parts, extent.reader)
        ),
        person=_person(facts, extent.reader),
        front=front_of(facts, extent.reader),
        known=known,
    )


def _with_map(facts: Facts, found: Alignments, page: ObjectivePage) -> ObjectivePage:
    """The page with the picture of what is above it and right below it."""
    name = page.ref.id
    return replace(page, map=focus_map(facts, found, neighbourhood(facts, name), name))


def _review(facts: Facts, extent: Extent, known: Asked) -> ReviewPage | None:
    """The page of the meeting, with what is `known` about any of them."""
    if not extent.pack:
        return None
    since = extent.since or extent.held
    asked = replace(known, review=extent.review, reader=extent.reader, since=since)
    return review_page(facts, review_pack(facts, asked))


def _before(facts: Facts, extent: Extent) -> Before:
    """The earlier state that counts are held against."""
    since = extent.since or extent.held
    if since is None:
        return None
    return since.before or assess(facts.plan, since.day), since.label


def _beside(facts: Facts, part: Part, then: Before, page: TeamPage) -> TeamPage:
    """The page with its counts beside those of the earlier state."""
    if then is None:
        return page
    return replace(page, compared=compared(narrowed(facts, part), *then))


def _overview(
    facts: Facts, own: Facts, part: Part | None, then: Before, whole: Overview
) -> Overview:
    """The overview beside an earlier state; of a part without anything that is not of that part."""
    if then is not None:
        whole = replace(whole, compared=compared(own, *then))
    if part is None:
        return whole
    mine = open_actions(facts, frozenset(part.kpis))
    return replace(
        whole,
        wins=wins_of(facts, own, part),
        actions=tuple(action_row(facts, action) for action in mine),
        actions_later=0,
        decisions=decisions_of(facts, part),
        resources=resources_of(facts, part),
    )


def _teams(facts: Facts, parts: dict[str, Part], reader: Reader | None) -> tuple[str, ...]:
    """Teams with a page: all of a whole report, the reader's own, none for a person."""
    if reader is None or reader.id is None:
        return paged_teams(facts, parts)
    return (reader.id,) if reader.kind == "team" and reader.id in parts else ()


def _person(facts: Facts, reader: Reader | None) -> PersonPage | None:
    if reader is None or reader.kind != "person" or reader.id is None:
        return None
    return person_page(facts, reader.id)


def _reviewed(assessment: Assessment, extent: Extent) -> Sequence[Reviewed] | None:
    """The look at the metrics; None for a large plan, where it is asked for by a meeting."""
    if not extent.pack and extent.since is None:
        return None
    return review_metrics(assessment)


def _of_part(reviewed: Sequence[Reviewed] | None, part: Part | None) -> Sequence[Reviewed] | None:
    if reviewed is None or part is None:
        return reviewed
    return [row for row in reviewed if row.kpi.id in part.records]


def _map(facts: Facts, found: Alignments, parts: dict[str, Part]) -> MapPage:
    rows = [
        part_of(facts, team_ref(facts, team), parts[team].objectives)
        for team in paged_teams(facts, parts)
        if facts.plan.level_of(team) == "department" and parts[team].objectives
    ]
    return map_page(facts, found, rows)
