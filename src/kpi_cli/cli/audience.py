"""`--for`, `--review` and `--since` of a report: whom it is for, which meeting, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun

if TYPE_CHECKING:
    from kpi_cli.models import Review
    from kpi_cli.views.metric_changes import Since
    from kpi_cli.views.reader import Reader
    from kpi_cli.views.report import Extent

PACKED = 300
"""KPIs up to which every report has the pack for a meeting; above, `--review` asks for it."""


def extent_of(run: Run, reader: str | None, review: str | None, since: str | None) -> Extent:
    """What a report is to hold. Raises CannotRun for a name nobody bears."""
    from kpi_cli.cli.since import since_of
    from kpi_cli.views.report import Extent

    whom, meeting = reader_for(run, reader), review_for(run, review)
    earlier = since_of(run, since, run.assessment) if since is not None else None
    few = len(run.loaded.plan.kpis) <= PACKED
    packed = meeting is not None or few
    held = earlier or (_held(run, meeting) if packed else None)
    return Extent(whom, earlier, meeting, held, packed)


def reader_for(run: Run, text: str | None) -> Reader | None:
    """`board`, `team:ID` or `person:ID`; None where nobody in particular is named."""
    from kpi_cli.shape import did_you_mean
    from kpi_cli.views.reader import UnknownReader, reader_of

    if text is None:
        return None
    try:
        return reader_of(text, run.loaded.plan)
    except UnknownReader as error:
        named = did_you_mean(text.partition(":")[2] or text, error.known)
        hint = named or "write `--for board`, `--for team:ID` or `--for person:ID`"
        raise CannotRun(str(error), help=hint) from None


def review_for(run: Run, identifier: str | None) -> Review | None:
    """The record of a review; None where none is named."""
    from kpi_cli.shape import did_you_mean

    if identifier is None:
        return None
    reviews = run.loaded.plan.reviews
    if identifier not in reviews:
        hint = did_you_mean(identifier, reviews) or "`kpi new review` writes one"
        raise CannotRun(f"there is no review '{identifier}'", help=hint)
    return reviews[identifier]


def _held(run: Run, meeting: Review | None) -> Since | None:
    """The state at the review before: by the dates in the records, which costs no look into git."""
    from kpi_cli.cli.since import last_review
    from kpi_cli.views.metric_changes import Since
    from kpi_cli.views.rows import review_label

    until = (meeting.on if meeting else None) or run.as_of
    last = last_review(run.loaded.plan, until, meeting)
    return Since(last.on, review_label(last.kind, last.on)) if last and last.on else None
