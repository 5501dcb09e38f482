"""Sentences judged before they are records: `kpi check-smart "Raise CSAT from 4.1 to 4.5"`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from kpi_cli.cli.run import Run
from kpi_cli.diagnostics import Severity
from kpi_cli.errors import CannotRun
from kpi_cli.frozen import dataclass
from kpi_cli.shape import did_you_mean

if TYPE_CHECKING:
    from kpi_cli.checks.drafts import Draft
    from kpi_cli.edit.sketching import Added, Sketch
    from kpi_cli.edit.store import Edit
    from kpi_cli.plan import Plan

Kind = Literal["objective", "key_result", "kpi", "goal"]


@dataclass(frozen=True, slots=True)
class Into:
    """Where the records go: a plan file (None: nowhere), and the objective they are for."""

    file: str | None = None
    objective: str | None = None
    dry_run: bool = False
    """Only show the diff."""


def check_sentences(
    run: Run,
    sentences: Sequence[str],
    kind: Kind | None,
    min_score: float,
    into: Into,
    *,
    strict: bool = False,
) -> int:
    """Judge sentences, show each as a record with its gaps marked, and append them with `into`.

    Outside of any workspace they are judged by themselves. Ends with 1 where a sentence has an
    error (with `strict`, a warning) or is below `min_score`. Raises CannotRun.
    """
    from kpi_cli.checks.drafts import draft
    from kpi_cli.edit.sketching import Sketch, named, text_of

    if not sentences:
        raise CannotRun("there is no sentence to judge", help="write one in quotes, or one a line")
    objective = into.objective
    plan = _plan(run, needed=into.file is not None or objective is not None)
    if objective is not None and plan is not None and objective not in plan.objectives:
        near = did_you_mean(objective, plan.objectives) or "name the id of an objective"
        raise CannotRun(f"there is no objective '{objective}'", help=near)
    found = [draft(one, kind, plan, run.as_of, enough=min_score) for one in sentences]
    taken = plan.origins if plan else ()
    sketches = named((Sketch(d.section, d.record, d.gaps) for d in found), taken)
    diff = _planned(run, sketches, into) if into.dry_run else ""
    _write(run, found, [text_of([sketch]) for sketch in sketches], diff)
    if into.file is not None and not into.dry_run:
        _append(run, sketches, into)
    failing = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return 1 if any(d.worst in failing or d.total < min_score for d in found) else 0


def _plan(run: Run, *, needed: bool) -> Plan | None:
    """The plan around; None outside of any workspace, where none is asked for."""
    try:
        _ = run.root
    except CannotRun:
        if needed or run.options.root is not None:
            raise
        return None
    return run.loaded.plan


def _write(run: Run, found: Sequence[Draft], records: Sequence[str], diff: str) -> None:
    def as_text() -> str:
        from kpi_cli.render.terminal.drafts import drafts

        return drafts(found, records, run.terminal) + (f"\n{diff}" if diff else "")

    def as_json() -> str:
        from kpi_cli.render.drafts import as_json

        return as_json(found, records, run.as_of)

    def as_markdown() -> str:
        from kpi_cli.render.drafts import as_markdown

        return as_markdown(found, records, run.as_of)

    run.write({"text": as_text, "json": as_json, "markdown": as_markdown})


def _append(run: Run, sketches: Sequence[Sketch], into: Into) -> None:
    """Put the records into a plan file, and say on stderr where they are."""
    done = _edited(run, sketches, into)
    for name in done.said.ids:
        run.say(f"kpi: '{name}' is in {', '.join(done.said.paths)}, as a draft")


def _planned(run: Run, sketches: Sequence[Sketch], into: Into) -> str:
    """The diff that appending them would be."""
    from kpi_cli.cli.editing import diff_of

    return diff_of(_edited(run, sketches, into))


def _edited(run: Run, sketches: Sequence[Sketch], into: Into) -> Edit[Added]:
    from kpi_cli.cli.editing import inside
    from kpi_cli.edit.sketching import add
    from kpi_cli.edit.store import perform

    path = inside(run, into.file or "")
    return perform(
        run.root, lambda snapshot: add(snapshot, sketches, path, into.objective), dry=into.dry_run
    )
