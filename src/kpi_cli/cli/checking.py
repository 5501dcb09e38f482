"""Running the rules for a command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_cli.cli.run import Run
from kpi_cli.diagnostics import Diagnostic, Finding, Suppressed
from kpi_cli.errors import CannotRun
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_
from kpi_cli.workspace import BASELINE

if TYPE_CHECKING:
    from kpi_cli.checks.baseline import Entry
    from kpi_cli.checks.engine import Checked, Selection
    from kpi_cli.cli.verdicts import Verdict
    from kpi_cli.history import Repository
    from kpi_cli.plan import Loaded
    from kpi_cli.views.findings import FindingsView
    from kpi_cli.workspace import Tree


@dataclass(frozen=True, slots=True)
class Outcome:
    """What counts, what is set aside, and how many old findings a comparison leaves out."""

    findings: list[Finding]
    suppressed: list[Suppressed]
    elsewhere: int = 0


def check_workspace(run: Run) -> list[Finding]:
    """All findings that count, in reading order; the baseline has no say."""
    return check_plan(run, run.loaded).findings


def check_plan(run: Run, loaded: Loaded, asked_git: list[bool] | None = None) -> Checked:
    """The rules of `kpi validate` over a plan: the one on disk, or that of a revision.

    `asked_git` is no longer empty where git had a say.
    """
    from kpi_cli.checks.engine import checked
    from kpi_cli.checks.selection import for_validate

    return checked(
        loaded,
        run.as_of,
        for_validate(loaded.plan.config),
        assessment=(lambda: run.assessment) if loaded is run.loaded else None,
        locked_edits=lambda: _locked_edits(run, loaded, asked_git),
    )


def _locked_edits(run: Run, loaded: Loaded, asked_git: list[bool] | None) -> Iterator[Diagnostic]:
    """What git says about locked periods; asked for only where there are some."""
    if asked_git is not None:
        asked_git.append(True)
    from kpi_cli.checks.locked import locked_edits
    from kpi_cli.history import repository_of

    return locked_edits(loaded, repository_of(run.root), run.as_of)


def verdict_of(run: Run) -> Verdict:
    """What is wrong in the workspace on disk; remembered where these very files were judged."""
    from kpi_cli.cli.verdicts import Verdicts

    contents = None if run.is_read else run.contents
    remembered = Verdicts(contents, run.as_of) if contents else None
    found = remembered.recall(lambda: _checked(run.loaded)) if remembered else None
    if found is not None:
        run.speak(found.language)
        return found
    found, is_fit = _verdict(run)
    if remembered and contents and is_fit:
        files = run.loaded.files
        remembered.remember(found, {path: files.digest(path) for path in files})
        contents.save()
    return found


def _verdict(run: Run) -> tuple[Verdict, bool]:
    """The verdict, and whether it rests on the files and the day alone."""
    from kpi_cli.checks.selection import for_validate
    from kpi_cli.cli.progress import Bar
    from kpi_cli.cli.verdicts import Verdict

    loaded = run.loaded
    plan = loaded.plan
    asked_git: list[bool] = []
    with Bar(N_("Checking the plan"), run.options) as bar:
        bar.pulse(len(plan.origins))
        found = check_plan(run, loaded, asked_git)
    is_broken = any(finding.code == "X906" for finding in found.findings)
    ran = {code[0] for code in for_validate(plan.config).codes} - {"X"}
    verdict = Verdict(
        tuple(found.findings),
        tuple(found.suppressed),
        files=len(loaded.files),
        records=len(plan.origins),
        checked=_checked(loaded),
        families=tuple(letter for letter in plan.config.checks.select if letter in ran) or ("K",),
        fail_on=plan.config.checks.fail_on,
        language=plan.config.language,
    )
    return verdict, loaded.whole and not asked_git and not is_broken


def _checked(loaded: Loaded) -> dict[str, tuple[str, ...]]:
    """The KPIs and objectives of each file."""
    plan = loaded.plan
    checked: dict[str, list[str]] = {}
    for identifier in (*plan.objectives, *plan.kpis):
        checked.setdefault(plan.origins[identifier].path, []).append(identifier)
    return {path: tuple(ids) for path, ids in checked.items()}


def outcome(run: Run, verdict: Verdict, paths: Sequence[Path], base: str | None) -> Outcome:
    """Findings less those of the baseline and, with `base`, those that were there before.

    Raises CannotRun.
    """
    compared = _less_baseline(run, verdict)
    counted = only_in(run, compared.findings, paths)
    suppressed = [*verdict.suppressed, *compared.suppressed]
    suppressed.sort(key=lambda one: one.finding.sort_key)
    if paths:
        shown = only_in(run, [one.finding for one in suppressed], paths)
        suppressed = [one for one in suppressed if one.finding in shown]
    if base is None:
        return Outcome(counted, suppressed)
    then = loaded_at(run, base)
    new = list(new_since(counted, check_plan(run, then).findings if then else []))
    return Outcome(new, suppressed, len(counted) - len(new))


def _less_baseline(run: Run, verdict: Verdict) -> Outcome:
    found = list(verdict.findings)
    if not (run.root / BASELINE).exists():
        return Outcome(found, [])
    from kpi_cli.checks.selection import for_validate

    return against_baseline(run, found, for_validate(run.loaded.plan.config))


def against_baseline(run: Run, found: list[Finding], selection: Selection) -> Outcome:
    """Findings less what the baseline knows; entries of the other command's rules have no say."""
    from kpi_cli.checks.baseline import compare
    from kpi_cli.checks.engine import as_findings
    from kpi_cli.checks.registry import catalogue

    others = catalogue().keys() - selection.codes
    entries = [entry for entry in baseline_of(run) if entry.code not in others]
    if not entries:
        return Outcome(found, [])
    compared = compare(found, entries, run.as_of)
    faults = as_findings(compared.faults, run.loaded, selection)
    new = sorted([*compared.new, *faults], key=lambda finding: finding.sort_key)
    return Outcome(new, compared.debt)


def baseline_of(run: Run) -> tuple[Entry, ...]:
    """The entries of the workspace's baseline; none without one. Raises CannotRun."""
    return baseline_in(run.tree)


def baseline_in(tree: Tree) -> tuple[Entry, ...]:
    """The entries of the baseline in some state of the files. Raises CannotRun."""
    from kpi_cli.checks.baseline import FILE, parse

    try:
        raw = tree.read(FILE)
    except FileNotFoundError:
        return ()
    return parse(raw)


def loaded_at(run: Run, revision: str) -> Loaded | None:
    """The workspace as it was where a revision and this one part; None where there was none yet.

    Raises CannotRun.
    """
    from kpi_cli.history import GitError
    from kpi_cli.plan import load_plan

    repository = _repository(run)
    try:
        return load_plan(repository.tree(repository.fork_point(revision)))
    except FileNotFoundError:
        return None
    except GitError as error:
        raise CannotRun(
            f"--diff-base: {error}",
            help="name a branch, a tag or a commit, such as `--diff-base origin/main`",
        ) from None


def _repository(run: Run) -> Repository:
    from kpi_cli.history import repository_of

    found = repository_of(run.root)
    if found is None:
        raise CannotRun(
            f"--diff-base: {run.root} is in no git repository",
            help="leave the option out, or make one with `git init`",
        )
    return found


def new_since(found: Iterable[Finding], before: Iterable[Finding]) -> Iterator[Finding]:
    """Findings that were not there before; of equal ones as many as have been added."""
    known = Counter(_sameness(finding) for finding in before)
    for finding in found:
        key = _sameness(finding)
        if known[key]:
            known[key] -= 1
        else:
            yield finding


def _sameness(finding: Finding) -> tuple[str, str]:
    return finding.fingerprint.partition("#")[0], finding.message


def only_in(run: Run, found: Sequence[Finding], paths: Sequence[Path]) -> list[Finding]:
    """The findings in these files or folders (all without any). Raises CannotRun."""
    if not paths:
        return list(found)
    lies = inside(run, paths)
    return [f for f in found if lies(f.path)]


def inside(run: Run, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Whether a path of the workspace lies in one of these files or folders. Raises CannotRun."""
    wanted: list[str] = []
    for path in paths:
        full = path.absolute()
        if not full.exists():
            raise CannotRun(f"there is no file or folder '{path}'")
        try:
            wanted.append(full.resolve().relative_to(run.root.resolve()).as_posix())
        except ValueError:
            raise CannotRun(f"'{path}' is not in the workspace {run.root}") from None
    return lambda path: any(_lies_in(path, folder) for folder in wanted)


def _lies_in(path: str, folder: str) -> bool:
    return folder == "." or path == folder or path.startswith(f"{folder}/")


def view_of(run: Run, verdict: Verdict, found: Outcome) -> FindingsView:
    """The findings with what was checked, ready for every format."""
    from kpi_cli.views.findings import findings_view

    return findings_view(
        run.as_of,
        found.findings,
        files=verdict.files,
        records=verdict.records,
        suppressed=found.suppressed,
        folder=folder_in_repository(run.root),
        checked=verdict.checked,
        families=verdict.families,
        elsewhere=found.elsewhere,
    )


def texts_of(run: Run) -> Mapping[str, bytes]:
    """The files the findings are in; of a plan that was not read, those on disk."""
    from kpi_cli.cli.verdicts import OnDisk

    return run.loaded.files if run.is_read else OnDisk(run.tree)


def folder_in_repository(root: Path) -> str:
    """Where the workspace lies in its repository, with `/` at its end; empty at its root.

    A `.git` above is looked for instead of asking git, which CI may forbid for foreign owners.
    """
    real = root.resolve()
    for folder in (real, *real.parents):
        if (folder / ".git").exists():
            found = real.relative_to(folder).as_posix()
            return "" if found == "." else f"{found}/"
    return ""
