"""`kpi review-metrics`: the annual look at the metrics themselves."""

from __future__ import annotations

from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import Ids, Objective, Owner, PeriodName, Tag, Team, selected
from kpi_cli.locale import _


def review_metrics(
    run: Run,
    ids: Ids = None,
    team: Team = None,
    owner: Owner = None,
    objective: Objective = None,
    tag: Tag = None,
    period: PeriodName = None,
) -> int:
    """Propose for each metric to keep, change or retire it, with the evidence.

    Looked at are: never off track, never discussed, always late (by git), a limit met again and
    again with a margin, the same thing measured twice, no objective left, red without any action,
    days spent collecting, and leads that were not followed by what they lead.

    Examples:
      kpi review-metrics
      kpi review-metrics --team sales
      kpi review-metrics --format markdown
    """
    from kpi_cli.analysis.metrics_review import review_metrics as review
    from kpi_cli.cli.documents import write_document
    from kpi_cli.cli.entered import entered
    from kpi_cli.history import GitError, repository_of
    from kpi_cli.views.metrics_review import document, envelope
    from kpi_cli.views.status import chosen

    wanted = set(chosen(run.assessment, selected(run, ids, team, owner, objective, tag, period))[0])
    repository = repository_of(run.root)
    known = None
    try:
        if repository is not None and repository.head() is not None:
            known = entered(run.loaded, repository, run.as_of)
    except GitError as error:
        told = _("git says: {error}; when figures were entered stays unknown", error=error)
        run.say(f"kpi: {told}")
    rows = tuple(row for row in review(run.assessment, known) if row.kpi.id in wanted)
    plan, with_git = run.loaded.plan, known is not None
    acts = bool(plan.actions or plan.initiatives)
    write_document(
        run,
        lambda: document(rows, run.as_of, with_git=with_git, with_actions=acts),
        lambda: envelope(rows, run.as_of),
    )
    run.tell_left_out()
    return 0
