"""Writing: whole files, all or none, under a lock, whatever happens in between."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import stat
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kpi_cli.edit import store
from kpi_cli.edit.journal import SUFFIX, digest
from kpi_cli.edit.renaming import rename
from kpi_cli.edit.store import Edit, Snapshot, perform, settle
from kpi_cli.errors import CannotRun
from tests.edit.kit import contents, kpi, workspace

OLD = {"a.yaml": "kpis: {}\n", "deep/b.yaml": "kpis: {}\n", "c.csv": "kpi,period,value\n"}
NEW = {"a.yaml": b"people: {}\n", "deep/b.yaml": b"teams: {}\n", "c.csv": b"kpi,period\n"}


def put(root: Path, files: Mapping[str, bytes]) -> None:
    perform(root, lambda _: Edit(files, None), dry=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path, {"kpi.yaml": "version: 1\n", **OLD})


def test_all_files_are_written_and_nothing_is_left_over(root: Path) -> None:
    put(root, {**NEW, "new/d.yaml": b"kpis: {}\n"})
    assert contents(root) == {"kpi.yaml": b"version: 1\n", **NEW, "new/d.yaml": b"kpis: {}\n"}
    assert sorted(p.name for p in (root / ".kpi").iterdir()) == [".gitignore", "lock"]


def test_a_dry_run_writes_nothing_at_all(root: Path) -> None:
    before = contents(root)
    done = perform(root, lambda _: Edit(NEW, None), dry=True)
    assert contents(root) == before
    assert not (root / ".kpi").exists()
    assert sorted(done.changed) == sorted(NEW)


def test_mode_and_links_are_kept(root: Path) -> None:
    (root / "a.yaml").chmod(0o640)
    (root / "link.yaml").symlink_to("a.yaml")
    put(root, {"link.yaml": NEW["a.yaml"]})
    assert (root / "link.yaml").is_symlink()
    assert (root / "a.yaml").read_bytes() == NEW["a.yaml"]
    assert stat.S_IMODE((root / "a.yaml").stat().st_mode) == 0o640


def test_a_link_out_of_the_workspace_is_not_followed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.yaml"
    outside.write_text("kpis: {}\n")
    (root / "x.yaml").symlink_to(outside)
    with pytest.raises((CannotRun, ValueError)):
        put(root, {"x.yaml": b"teams: {}\n", "a.yaml": NEW["a.yaml"]})
    assert outside.read_text() == "kpis: {}\n"
    assert (root / "a.yaml").read_text() == OLD["a.yaml"]


def test_an_edit_of_a_file_that_changed_meanwhile_is_made_again(root: Path) -> None:
    turns = []

    def edit(snapshot: Snapshot) -> Edit[None]:
        raw = snapshot.read("a.yaml")
        turns.append(raw)
        if len(turns) == 1:
            (root / "a.yaml").write_bytes(b"# by hand\n" + raw)
        return Edit({"a.yaml": raw + b"people: {}\n"}, None)

    perform(root, edit, dry=False)
    assert (root / "a.yaml").read_bytes() == b"# by hand\nkpis: {}\npeople: {}\n"


def test_a_file_that_keeps_changing_is_left_alone(root: Path) -> None:
    def edit(snapshot: Snapshot) -> Edit[None]:
        raw = snapshot.read("a.yaml")
        (root / "a.yaml").write_bytes(raw + b"# again\n")
        return Edit({"a.yaml": b"people: {}\n", "c.csv": b""}, None)

    with pytest.raises(CannotRun, match="being changed by another program"):
        perform(root, edit, dry=False)
    assert (root / "a.yaml").read_bytes() == b"kpis: {}\n# again\n# again\n"
    assert (root / "c.csv").read_text() == OLD["c.csv"]
    assert not list(root.glob(f".*{SUFFIX}"))


def test_a_failing_disk_leaves_every_file_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.write_synced

    def failing(path: Path, content: bytes, mode: int | None = None) -> None:
        if path.name.startswith(".b.yaml"):
            raise OSError(28, "No space left on device", str(path))
        real(path, content, mode)

    monkeypatch.setattr(store, "write_synced", failing)
    before = contents(root)
    with pytest.raises(CannotRun, match="No space left"):
        put(root, NEW)
    assert contents(root) == before


def journal(root: Path, phase: str, files: list[dict[str, str | None]]) -> None:
    (root / ".kpi").mkdir(exist_ok=True)
    text = json.dumps({"phase": phase, "files": files})
    (root / ".kpi" / "journal.json").write_text(text)


def entry(name: str, old: bytes, new: bytes) -> dict[str, str | None]:
    beside = Path(name).with_name(f".{Path(name).name}{SUFFIX}").as_posix()
    return {"path": name, "beside": beside, "old": digest(old), "new": digest(new)}


def test_a_write_that_had_begun_is_finished_by_the_next_command(root: Path) -> None:
    (root / f".a.yaml{SUFFIX}").write_bytes(NEW["a.yaml"])
    (root / "c.csv").write_bytes(NEW["c.csv"])
    old = {name: text.encode() for name, text in OLD.items()}
    journal(root, "commit", [entry(n, old[n], NEW[n]) for n in ("a.yaml", "c.csv")])
    assert kpi(root, "validate", "--format", "json")[0] in (0, 1)
    assert (root / "a.yaml").read_bytes() == NEW["a.yaml"]
    assert not (root / ".kpi" / "journal.json").exists()


def test_a_write_that_had_not_begun_is_undone(root: Path) -> None:
    (root / f".a.yaml{SUFFIX}").write_bytes(b"half")
    journal(root, "prepare", [entry("a.yaml", OLD["a.yaml"].encode(), NEW["a.yaml"])])
    settle(root)
    assert (root / "a.yaml").read_text() == OLD["a.yaml"]
    assert not list(root.glob(f".*{SUFFIX}"))
    assert not (root / ".kpi" / "journal.json").exists()


def test_a_file_edited_after_the_crash_is_not_written_over(root: Path) -> None:
    (root / f".a.yaml{SUFFIX}").write_bytes(NEW["a.yaml"])
    journal(root, "commit", [entry("a.yaml", OLD["a.yaml"].encode(), NEW["a.yaml"])])
    (root / "a.yaml").write_bytes(b"# by hand\n")
    with pytest.raises(CannotRun, match=r"a\.yaml was changed since"):
        settle(root)
    assert (root / "a.yaml").read_bytes() == b"# by hand\n"


@pytest.mark.parametrize("path", ["../../x.yaml", "a.yaml"])
def test_a_journal_that_names_other_files_is_not_obeyed(root: Path, path: str) -> None:
    item = {"path": path, "beside": "kpi.yaml", "old": None, "new": digest(b"version: 1\n")}
    journal(root, "commit", [item])
    with pytest.raises(CannotRun, match="damaged"):
        settle(root)
    assert (root / "kpi.yaml").exists()


# --- killed -------------------------------------------------------------------------------------

MANY = 6
TEAM = "teams:\n  t{n}: {{name: T, lead: lan}}\n"


def renaming(folder: Path) -> Path:
    """A workspace where one rename touches many files."""
    files = {f"t{n:02}.yaml": TEAM.format(n=n) for n in range(MANY)}
    people = {"people.yaml": "people:\n  lan: {name: Lan}\n"}
    return workspace(folder, {"kpi.yaml": "version: 1\n", **people, **files})


def in_child(work: Callable[[], None]) -> int:
    """Run in a process of its own, forked from this one; its number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def require_old_or_new(root: Path, states: list[dict[str, bytes]]) -> int:
    """Every file whole at once; after the next command all of one state. Which one."""
    for name, raw in contents(root).items():
        if not name.endswith(SUFFIX):
            assert raw in [state[name] for state in states], name
    settle(root)
    now = contents(root)
    assert now in states
    return states.index(now)


def _die_at(step: int) -> None:
    """Kill this process, for good, before its n-th change of the disk."""
    count = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if writes or event in ("os.rename", "os.remove", "os.chmod", "os.mkdir"):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def test_killed_before_any_step_the_plan_is_old_or_new(tmp_path: Path) -> None:
    root = renaming(tmp_path)
    before = contents(root)
    done = perform(root, lambda s: rename(s, "lan", "ngoc"), dry=True)
    states = [before, {**before, **done.changed}]
    seen = set()
    for step in range(1, 200):
        child = in_child(
            lambda step=step: (  # type: ignore[misc]
                _die_at(step),
                perform(root, lambda s: rename(s, "lan", "ngoc"), dry=False),
            )
        )
        _, state = os.waitpid(child, 0)
        seen.add(require_old_or_new(root, states))
        for name, raw in before.items():
            (root / name).write_bytes(raw)
        if not os.WIFSIGNALED(state):
            break
    assert seen == {0, 1}
    assert step > 2 * MANY


def kill_at_random(root: Path, times: int, seed: int) -> set[int]:
    """Rename forth and back until killed; what was found each time."""
    chance = random.Random(seed)
    before = contents(root)
    done = perform(root, lambda s: rename(s, "lan", "ngoc"), dry=True)
    states = [before, {**before, **done.changed}]
    seen: set[int] = set()

    def forth_and_back() -> None:
        here = bool((root / "people.yaml").read_bytes() == states[1]["people.yaml"])
        while True:
            old, new = ("ngoc", "lan") if here else ("lan", "ngoc")
            perform(root, lambda s: rename(s, old, new), dry=False)  # noqa: B023
            here = not here

    for _ in range(times):
        child = in_child(forth_and_back)
        time.sleep(chance.uniform(0.005, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.add(require_old_or_new(root, states))
    return seen


def test_killed_at_random_moments_no_file_is_a_mixture(tmp_path: Path) -> None:
    assert kill_at_random(renaming(tmp_path), 12, seed=1) <= {0, 1}


@pytest.mark.slow
def test_killed_five_hundred_times_no_file_is_a_mixture(tmp_path: Path) -> None:
    assert kill_at_random(renaming(tmp_path), 500, seed=2) == {0, 1}


# --- many at once -------------------------------------------------------------------------------


def _record_many(root: str, number: int, count: int) -> None:
    from datetime import date

    from kpi_cli.edit.entries import Entry
    from kpi_cli.edit.recording import Request, record

    for turn in range(count):
        entry = Entry(f"k{number}", f"20{turn:02}", str(100 * number + turn))
        inline = Entry("shared", f"2026-01-{1 + number:02}T".rstrip("T"), str(turn))
        entries = (entry, inline) if turn == 0 else (entry,)
        request = Request(entries, date(2060, 1, 1), restate=False)
        perform(Path(root), lambda s, request=request: record(s, request), dry=False)  # type: ignore[misc]


def all_at_once(folder: Path, writers: int, count: int) -> None:
    kpis = "".join(f"  k{n}: {{name: K{n}, frequency: annual}}\n" for n in range(0, writers, 2))
    shared = "  shared: {name: Shared, frequency: irregular, actuals: {2025-01-01: 1}}\n"
    others = "".join(f"  k{n}: {{name: K{n}, frequency: annual}}\n" for n in range(1, writers, 2))
    rows = "".join(f"k{n},1999,1\n" for n in range(1, writers, 2))
    files = {
        "kpi.yaml": 'version: 1\nactuals: ["*.csv"]\n',
        "plan.yaml": f"kpis:\n{kpis}{shared}{others}",
        "long.csv": f"kpi,period,value\n{rows}",
    }
    root = workspace(folder, files)
    context = multiprocessing.get_context("spawn")
    jobs = [
        context.Process(target=_record_many, args=(str(root), n, count)) for n in range(writers)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert [job.exitcode for job in jobs] == [0] * writers
    _require_all(root, writers, count)


def _require_all(root: Path, writers: int, count: int) -> None:
    from kpi_cli.plan import load_plan
    from kpi_cli.workspace import DiskTree

    loaded = load_plan(DiskTree(root))
    assert loaded.diagnostics == ()
    for number in range(writers):
        rows = dict(zip(*_columns(loaded.plan.series[f"k{number}"]), strict=True))
        wanted = {f"20{turn:02}": 100 * number + turn for turn in range(count)}
        assert {name: v for name, v in rows.items() if name != "1999"} == wanted
    assert len(loaded.plan.series["shared"]) == writers + 1


def _columns(rows: object) -> tuple[list[str], list[object]]:
    return [p.name for p in rows.periods], list(rows.values)  # type: ignore[attr-defined]


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    all_at_once(tmp_path, writers=4, count=4)


@pytest.mark.slow
def test_eight_writers_of_fifty_values_lose_nothing(tmp_path: Path) -> None:
    all_at_once(tmp_path, writers=8, count=50)
