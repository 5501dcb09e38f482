"""The earlier state a report or a review is compared with: a review, a day or a revision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun

if TYPE_CHECKING:
    from kpi_cli.analysis.results import Assessment
    from kpi_cli.history import Repository
    from kpi_cli.models import Review
    from kpi_cli.plan import Loaded, Plan
    from kpi_cli.views.metric_changes import Since


def since_of(run: Run, text: str, now: Assessment) -> Since:
    """The state named by a review's id, a day or a git revision, seen from `now`.

    With git the plan is read as it stood then; without, its records tell by their dates. Raises
    CannotRun for what is none of the three, or lies after the day of `now`.
    """
    from kpi_cli.period import BadPeriod, parse_day
    from kpi_cli.views.rows import review_label
    from kpi_cli.views.words import day as in_words

    review = now.plan.reviews.get(text)
    if review is not None:
        if review.on is None:
            raise CannotRun(f"the review '{text}' has no day", help="give it `on: 2026-05-31`")
        return _by_day(run, review.on, review_label(review.kind, review.on), now)
    try:
        found = parse_day(text)
    except BadPeriod:
        return _by_revision(run, text, now)
    return _by_day(run, found, in_words(found), now)


def last_review(plan: Plan, before: date, other_than: Review | None = None) -> Review | None:
    """The last review held before a day, one of the same kind first. None where there is none."""
    held = [
        one
        for one in plan.reviews.values()
        if one.on is not None and one.on < before and one is not other_than
    ]
    same = [one for one in held if other_than and one.kind == other_than.kind]
    return max(same or held, key=lambda one: (one.on or date.min, one.id), default=None)


def _by_day(run: Run, day: date, label: str, now: Assessment) -> Since:
    from kpi_cli.history import GitError, repository_of
    from kpi_cli.views.metric_changes import Since

    if day > now.as_of:
        raise CannotRun(
            f"{day} is after {now.as_of}, so nothing can have changed since",
            help="name an earlier day, or give --as-of",
        )
    found = repository_of(run.root)
    try:
        commit = found.last_on(day) if found else None
        if found is not None and commit is not None:
            return _since(found, commit, day, label, now)
    except (GitError, CannotRun) as error:
        run.say(f"kpi: the plan of {day} cannot be read ({error}); its records tell by their dates")
    return Since(day, label)


def _by_revision(run: Run, text: str, now: Assessment) -> Since:
    from kpi_cli.cli.revisions import repository
    from kpi_cli.history import UnknownRevision

    listed = ", ".join(list(now.plan.reviews)[-4:])
    known = f"reviews are {listed}" if listed else "there is no review yet"
    try:
        found = repository(run)
        day = min(found.day_of(text), now.as_of)
    except (UnknownRevision, CannotRun):
        raise CannotRun(
            f"'{text}' is no review, no day and no revision of git",
            help=f"write an id, 2026-05-31, or HEAD~5; {known}",
        ) from None
    return _since(found, text, day, text, now)


def _since(found: Repository, commit: str, day: date, label: str, now: Assessment) -> Since:
    from kpi_cli.analysis.assess import assess
    from kpi_cli.analysis.moves import moves
    from kpi_cli.cli.revisions import at_revision
    from kpi_cli.views.metric_changes import Since

    plan = _read(at_revision(found, commit), now)
    rows = moves(assess(plan, now.as_of), now)
    return Since(day, label, assess(plan, day), tuple(rows))


def _read(loaded: Loaded, now: Assessment) -> Plan:
    """The earlier plan; a workspace that was still empty then is no state to compare with."""
    if not loaded.plan.kpis and now.plan.kpis:
        raise CannotRun("it had no KPI yet")
    return loaded.plan
