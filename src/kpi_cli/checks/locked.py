"""Locked periods: their actuals now, against those in the commit that added the lock (K302)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kpi_cli.checks.left_out import LeftOut
from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.frozen import dataclass
from kpi_cli.history import Commit, GitError, Repository
from kpi_cli.models.series import Pair, Rows
from kpi_cli.period import Period
from kpi_cli.plan import Loaded, load_plan
from kpi_cli.plan.read import read_config
from kpi_cli.plan.series import row_place
from kpi_cli.quantity import show_number
from kpi_cli.shape import brief
from kpi_cli.source import load
from kpi_cli.workspace import CONFIG

_UNLOCK = "or take the lock out of kpi.yaml in a commit of its own"


@dataclass(frozen=True, slots=True)
class Figure:
    """One actual: its value, its parts, and where it stands."""

    name: str
    value: object
    pair: Pair | None
    place: Place

    @property
    def text(self) -> str:
        """The figure as it would be typed."""
        if self.pair:
            return " / ".join(show_number(part) for part in self.pair)
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return show_number(self.value)
        return "null" if self.value is None else brief(self.value).lower()

    def is_like(self, other: Figure) -> bool:
        """Whether both say the same."""
        return self.value == other.value and self.pair == other.pair


Figures = Mapping[tuple[date, date, str], Figure]


def locked_edits(
    loaded: Loaded, repository: Repository | None, as_of: date
) -> Iterator[Diagnostic]:
    """What changed in locked periods since they were locked; one info where git cannot tell."""
    periods = loaded.plan.config.locked
    try:
        head = repository.head() if repository else None
        if repository is None or head is None:
            what = "is in no git repository" if repository is None else "has no commit yet"
            yield _untold(f"the workspace {what}", _COMMIT)
            return
        for commit, locked in _by_commit(repository, head, periods).items():
            if commit is None:
                why = "the history does not reach back to the commit that locked them"
                yield _untold(why, "fetch the whole history with `git fetch --unshallow`")
                continue
            then = load_plan(repository.tree(commit))
            for period in locked:
                yield from compare(then, loaded, period, as_of, commit[:7])
    except GitError as error:
        yield _untold(f"git says: {error}", "mend the repository, then check again")
    except FileNotFoundError:
        yield _untold("kpi.yaml is not committed yet", _COMMIT)


_COMMIT = "commit the workspace with git; from then on edits of locked periods are found"


def _untold(why: str, todo: str) -> Diagnostic:
    return Diagnostic(
        "K302",
        Place(CONFIG, ("locked",)),
        f"locked periods cannot be compared with what they were: {why}",
        help=todo,
        severity=Severity.INFO,
    )


def _by_commit(
    repository: Repository, head: str, periods: Iterable[Period]
) -> dict[str | None, list[Period]]:
    """Periods by the commit to compare with: that of the lock, HEAD before it is committed."""
    commits = repository.commits_of(CONFIG, head)
    texts = repository.versions(CONFIG, [commit.id for commit in commits])
    locks = {commit.id: _locks(text) for commit, text in zip(commits, texts, strict=True)}
    shallow = repository.is_shallow()
    found: dict[str | None, list[Period]] = {}
    for period in periods:
        adder = lock_commit(commits, locks, period)
        cut_off = shallow and adder is not None and not adder.parents
        found.setdefault(None if cut_off else adder.id if adder else head, []).append(period)
    return found


def _locks(text: bytes | None) -> tuple[Period, ...] | None:
    """The locked periods in a version of kpi.yaml; None where it could not be read."""
    if text is None:
        return ()
    config, faults = read_config(load(text))
    return None if faults and not config.locked else config.locked


def lock_commit(
    commits: Iterable[Commit], locks: Mapping[str, tuple[Period, ...] | None], period: Period
) -> Commit | None:
    """The oldest commit from which on the period was locked without a break; None if it is not.

    `commits` stand children first. A version that could not be read neither locks nor unlocks.
    """
    reached: set[str] = set()
    oldest: Commit | None = None
    for at, commit in enumerate(commits):
        known = locks[commit.id]
        if (at == 0 or commit.id in reached) and (known is None or period in known):
            reached.update(commit.parents)
            oldest = oldest if known is None else commit
    return oldest


def compare(
    then: Loaded, now: Loaded, period: Period, as_of: date, commit: str
) -> Iterator[Diagnostic]:
    """The differences of one locked period, KPI by KPI."""
    unread = LeftOut(now).kpis_lacking_rows | LeftOut(then).kpis_lacking_rows
    for kpi in then.plan.kpis:
        before = figures(then, kpi, period, as_of)
        if kpi in now.plan.kpis:
            after = figures(now, kpi, period, as_of)
            for key in sorted(before.keys() | after.keys()):
                if kpi not in unread or (key in before and key in after):
                    yield from _edit(now, kpi, before.get(key), after.get(key), commit)
        elif (
            before and kpi not in now.plan.broken and not _renamed(then, now, before, period, as_of)
        ):
            yield _gone(kpi, period, commit)


def figures(loaded: Loaded, kpi: str, period: Period, as_of: date) -> Figures:
    """The actuals of a KPI within a period, by days and segment; those after `as_of` left out."""
    parts = loaded.segments.get(kpi, {})
    whole = loaded.plan.series.get(kpi, Rows())
    record = loaded.plan.origins[kpi]
    found: dict[tuple[date, date, str], Figure] = {}
    counted: set[Place] = set()
    for segment, rows in (*parts.items(), ("", whole)):
        for row, own in enumerate(rows.periods):
            place = row_place(rows, row, record)
            if own.within(period.start, period.end) and own.end <= as_of and place not in counted:
                name = f"{own.name} ({segment})" if segment else own.name
                figure = Figure(name, rows.values[row], rows.pairs.get(row), place)
                found[own.start, own.end, segment] = figure
                counted.add(place)
    return found


def _edit(
    now: Loaded, kpi: str, before: Figure | None, after: Figure | None, commit: str
) -> Iterator[Diagnostic]:
    if before and after and before.is_like(after):
        return
    place, name = now.plan.place(kpi), (after or before).name  # type: ignore[union-attr]
    if before is None and after is not None:
        what, todo = f"had no actual when it was locked ({commit})", "delete it"
        place = after.place
    elif before is not None and after is not None:
        what = f"was {before.text} when it was locked ({commit}) and is now {after.text}"
        place, todo = after.place, f"write {before.text} again"
    else:
        text = before.text if before else ""
        what = f"was {text} when it was locked ({commit}) and is gone"
        todo = f"write `{name}: {text}` again"
    message = f"{name} of '{kpi}' is locked: it {what}"
    yield Diagnostic("K302", place, message, kpi, f"{todo}, {_UNLOCK}")


def _gone(kpi: str, period: Period, commit: str) -> Diagnostic:
    return Diagnostic(
        "K302",
        Place(CONFIG, ("locked",)),
        f"'{kpi}' had actuals in {period.name} when it was locked ({commit}), and is gone",
        kpi,
        "put it back with `status: retired`",
    )


def _renamed(then: Loaded, now: Loaded, before: Figures, period: Period, as_of: date) -> bool:
    """Whether a KPI that is new since then has just these figures."""
    for kpi in now.plan.kpis:
        if kpi in then.plan.kpis:
            continue
        after = figures(now, kpi, period, as_of)
        if after.keys() == before.keys() and all(before[k].is_like(after[k]) for k in before):
            return True
    return False
