"""`kpi review-metrics`: the annual look at the metrics themselves."""

from __future__ import annotations

from kpi_cli.cli.run import Run


def review_metrics(run: Run) -> int:
    """Propose for each metric to keep, change or retire it, with the evidence.

    Looked at are: never off track, never discussed, always late (by git), a limit met again and
    again with a margin, the same thing measured twice, no objective left, red without any action,
    days spent collecting, and leads that were not followed by what they lead.

    Examples:
      kpi review-metrics
      kpi review-metrics --format markdown
    """
    from kpi_cli.analysis.metrics_review import review_metrics as review
    from kpi_cli.cli.documents import write_document
    from kpi_cli.cli.entered import entered
    from kpi_cli.history import GitError, repository_of
    from kpi_cli.views.metrics_review import document, envelope

    repository = repository_of(run.root)
    known = None
    try:
        if repository is not None and repository.head() is not None:
            known = entered(run.loaded, repository, run.as_of)
    except GitError as error:
        run.say(f"kpi: git says: {error}; when figures were entered stays unknown")
    rows = review(run.assessment, known)
    with_git = known is not None
    write_document(
        run,
        lambda: document(rows, run.as_of, with_git=with_git),
        lambda: envelope(rows, run.as_of),
    )
    run.tell_left_out()
    return 0
