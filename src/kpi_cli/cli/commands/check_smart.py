"""`kpi check-smart`: are objectives and KPIs SMART, by what is written and by their own past?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun
from kpi_cli.cli.mending import Diff, Fix, mend
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import Objective, Owner, PeriodName, Tag, Team, selected
from kpi_cli.errors import CannotRun

if TYPE_CHECKING:
    from kpi_cli.diagnostics import Finding
    from kpi_cli.views.findings import FindingsView
    from kpi_cli.views.status import Selected

Kind = Literal["objective", "key_result", "kpi", "goal"]
ABOUT = (
    "KPIs or objectives by id, files of the plan, a sentence in quotes, a text file with a sentence"
    " a line, or - for those on stdin."
)
_PLANS = (".yaml", ".yml")
PASS = 70


def check_smart(
    run: Run,
    what: Annotated[
        list[str] | None,
        argument(
            metavar='[IDS|FILE|-|"SENTENCE"]',
            help=ABOUT,
            find=ids_of("kpis", "objectives"),
        ),
    ] = None,
    team: Team = None,
    owner: Owner = None,
    objective: Objective = None,
    tag: Tag = None,
    period: PeriodName = None,
    min_score: Annotated[
        float | None,
        option("--min-score", metavar="N", help="End with 1 below this total (0 to 100)."),
    ] = None,
    min_criterion: Annotated[
        float | None,
        option(
            "--min-criterion", metavar="N", help="End with 1 where one of S, M, A, R, T is below."
        ),
    ] = None,
    strict: Annotated[bool, option("--strict", help="Warnings fail the run too.")] = False,
    strict_evidence: Annotated[
        bool,
        option("--strict-evidence", help="Count what cannot be told as a warning."),
    ] = False,
    diff_base: Annotated[
        str | None,
        option(
            "--diff-base",
            metavar="REV",
            help="Only KPIs that were changed, and what was not wrong yet, since this revision.",
        ),
    ] = None,
    fix: Fix = False,
    diff: Diff = False,
    kind: Annotated[
        Kind | None,
        option("--kind", help="What the sentences are; guessed where it is not given."),
    ] = None,
    into: Annotated[
        Path | None,
        option("--into", metavar="FILE", help="Append the sentence as a draft to this file."),
    ] = None,
    dry_run: DryRun = False,
) -> int:
    """Judge objectives and KPIs by evidence: fields, links, their own past, and the words.

    Each KPI gets a score of 100 for S, M, A, R and T, how many rules could tell at all, and the fix
    that raises the total most. A written `rationale` answers doubts about a target, an ignore with
    a reason sets a finding aside; both are shown and cost nothing. A sentence in quotes is read as
    a draft: what is missing, and the record to start from.

    Examples:
      kpi check-smart
      kpi check-smart repeat-rate otif
      kpi check-smart --team sales --min-score 70 --min-criterion 50
      kpi check-smart departments/sales.yaml --format markdown
      kpi check-smart --diff-base origin/main
      kpi check-smart --fix
      kpi check-smart "Raise CSAT from 4.1 to 4.5 by Q3" --into drafts.yaml --objective loyal
    """
    drafting = {"--into": into, "--kind": kind, "--dry-run": dry_run}
    sentences = _sentences(what or [], meant=bool(into or kind))
    if sentences is not None:
        of_records = {
            "--team": team, "--owner": owner, "--tag": tag, "--period": period,
            "--min-criterion": min_criterion, "--strict-evidence": strict_evidence,
            "--diff-base": diff_base, "--fix": fix, "--diff": diff,
        }  # fmt: skip
        _refuse(of_records, "belongs to records of a plan, not to a sentence", "leave it out")
        if into is None:
            _refuse({"--dry-run": dry_run}, "belongs to --into", "name the file: `--into FILE`")
        from kpi_cli.cli.drafting import Into, check_sentences

        least = PASS if min_score is None else min_score
        target = Into(str(into) if into is not None else None, objective, dry_run)
        return check_sentences(run, sentences, kind, least, target, strict=strict)
    _refuse(
        drafting, "belongs to a sentence",
        'write it in quotes: `kpi check-smart "Raise CSAT from 4.1 to 4.5 by Q3"`',
    )  # fmt: skip
    paths = [Path(one) for one in what or () if _is_path(one)]
    ids = [one for one in what or () if not _is_path(one)]
    chosen = selected(run, ids, team, owner, objective, tag, period)
    if diff:
        return 1 if _mended(run, chosen, paths, diff_base, dry=True) else 0
    if fix and _mended(run, chosen, paths, diff_base, dry=False):
        run = Run(run.options)
    from kpi_cli.cli.grading import graded

    view = graded(run, chosen, paths, diff_base, strict=strict_evidence)
    run.write(_renderers(run, view, named=bool(ids)))
    run.tell_left_out()
    return _verdict(run, view, min_score, min_criterion, strict)


def _mended(
    run: Run, chosen: Selected, paths: Sequence[Path], base: str | None, *, dry: bool
) -> bool:
    """Whether a file was changed, or with `dry` would be, by the fixes of what was found."""
    from kpi_cli.cli.grading import graded

    def found(state: Run) -> list[Finding]:
        return list(graded(state, chosen, paths, base).findings)

    return bool(mend(run, found, dry=dry).changed)


def _refuse(options: Mapping[str, object], why: str, help: str) -> None:
    """Raises CannotRun for the first option that was given and has no effect here."""
    for name, value in options.items():
        if value is not None and value is not False:
            raise CannotRun(f"{name} {why}", help=help)


def _sentences(what: list[str], *, meant: bool) -> list[str] | None:
    """The sentences to be read as drafts; None where records of the plan are meant.

    `meant`: an option says so, and a single word is one too.
    """
    if what == ["-"]:
        return _lines(_stdin())
    if any(not one.strip() for one in what):
        raise CannotRun("the sentence is empty", help="write one in quotes")
    words = [one for one in what if " " in one.strip() or (meant and not _is_path(one))]
    texts = [one for one in words if not Path(one).exists()]
    if texts:
        if len(texts) < len(what):
            raise CannotRun(
                "sentences and ids are judged apart",
                help="put each sentence in quotes, and run the command twice",
            )
        return texts
    files = [Path(one) for one in what if _is_path(one) and Path(one).is_file()]
    if len(what) == 1 and files and files[0].suffix.lower() not in _PLANS:
        try:
            return _lines(files[0].read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise CannotRun(f"cannot read {files[0]}: {why}") from None
    return None


def _stdin() -> str:
    """What stands on standard input. Raises CannotRun where that is not UTF-8."""
    import sys

    text = sys.stdin.read()
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise CannotRun("standard input is not UTF-8", help="save the sentences as UTF-8")
    return text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_path(text: str) -> bool:
    return "/" in text or text.lower().endswith(_PLANS) or text == "." or Path(text).is_file()


def _renderers(run: Run, view: FindingsView, *, named: bool) -> dict[str, Callable[[], str]]:
    from kpi_cli.render.findings import names, renderer

    def as_text() -> str:
        from kpi_cli.render.terminal.smart import smart

        files, full = run.loaded.files, bool(run.options.verbose)
        return smart(view, files, run.terminal, everything=named or full, excerpts=full)

    def rendered(name: str) -> Callable[[], str]:
        return lambda: renderer(name)(view, run.loaded.files)

    return {"text": as_text, **{name: rendered(name) for name in names()}}


def _verdict(
    run: Run, view: FindingsView, score: float | None, criterion: float | None, strict: bool
) -> int:
    """The exit code, and on stderr which KPIs are below a limit that was asked for."""
    from kpi_cli.diagnostics import Severity
    from kpi_cli.views.findings import crashed, fails

    if crashed(view):
        return 3
    failing = Severity.WARNING if strict else Severity(run.loaded.plan.config.checks.fail_on)
    low = view.smart.below(score, criterion) if view.smart else []
    if low:
        shown = ", ".join(f"{one.id} {one.total}" for one in low[:8])
        more = f" and {len(low) - 8} more" if len(low) > 8 else ""
        run.say(f"kpi: below what was asked for: {shown}{more}")
    return 1 if low or fails(view, failing) else 0
