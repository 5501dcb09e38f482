"""With the cache or without it: the same verdict and the same plan, whatever happens to the files
or to the cache in between."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli import processes
from kpi_cli.cache import contents
from kpi_cli.cache.store import FILE
from kpi_cli.checks import engine
from kpi_cli.checks.registry import catalogue
from kpi_cli.cli import run as run_module
from kpi_cli.cli import verdicts
from kpi_cli.cli.checking import verdict_of
from kpi_cli.cli.options import Options
from kpi_cli.cli.run import Run
from kpi_cli.cli.verdicts import Verdict, Verdicts
from kpi_cli.models import Kpi
from kpi_cli.plan import documents, second
from tests.cli.transcript import kpi
from tests.history.repo import Repo

CONFIG = "version: 1\nactuals: [actuals/*.csv]\n"
TEAMS = "teams: {sales: {name: Sales}}\npeople: {lan: {name: Lan, team: sales}}\n"
GOAL = "objectives:\n  goal: {title: More orders, owner: lan, team: sales, period: 2026}\n"
ORDERS = """kpis:
  orders:
    name: Orders
    objective: goal
    owner: lan
    baseline: 10
    target: 20
    due: 2026-12-31
    actuals:
      2026-01: 11
      2026-02: 12
      2026-03: {value: 13, note: a good month}
"""
ROWS = "kpi,period,value\norders,2026-04,14\n"


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.with_suffix(path.suffix or ".yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def eager() -> Iterator[None]:
    """Small plans are remembered too, and stamps trusted at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_module, "_WORTH_BYTES", 0)
        patch.setattr(contents, "_FRESH_NS", -(10**12))
        yield


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, and a cache of its own beside it."""
    monkeypatch.setenv("KPI_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "plan").mkdir()
    write(tmp_path / "plan", kpi=CONFIG, teams=TEAMS, goal=GOAL, orders=ORDERS)
    return tmp_path / "plan"


def judged(root: Path, day: str = "2026-05-31", *, cached: bool) -> tuple[Verdict | str, bool]:
    """The verdict (or why there is none), and whether it came without reading the plan."""
    run = Run(Options(root=root, as_of=day, no_cache=not cached or None))
    try:
        return verdict_of(run), not run.is_read
    except Exception as error:
        return f"{type(error).__name__}: {error}", False


def plan_of(root: Path, *, cached: bool) -> object:
    loaded = Run(Options(root=root, as_of="2026-05-31", no_cache=not cached or None)).loaded
    plan = replace(loaded.plan, calendar=None)
    return plan, loaded.diagnostics, list(loaded.files), dict(loaded.files)


def cache(root: Path) -> Path:
    return root.parent / "cache" / FILE


def rename(root: Path) -> None:
    if (root / "orders.yaml").exists():
        (root / "orders.yaml").rename(root / "a-file.yaml")


def same_size_same_time(root: Path) -> None:
    path = root / "orders.yaml"
    if path.exists():
        state = path.stat()
        path.write_bytes(path.read_bytes().replace(b"owner: lan", b"owner: nam"))
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def foreign(root: Path) -> None:
    cache(root).unlink(missing_ok=True)
    cache(root).parent.mkdir(exist_ok=True)
    other = sqlite3.connect(cache(root))
    other.execute("CREATE TABLE songs (name)")
    other.close()


def damaged(root: Path) -> None:
    if cache(root).is_file():
        raw = bytearray(cache(root).read_bytes())
        raw[len(raw) // 3 : len(raw) // 2] = b"kpi" * 99
        cache(root).write_bytes(raw)


ACTS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda root: None,
    "another target": lambda root: write(root, orders=ORDERS.replace("20", "30")),
    "a fault": lambda root: write(root, orders=ORDERS.replace("13", "thirteen")),
    "no YAML": lambda root: write(root, orders=ORDERS + "  - {"),
    "an ignore": lambda root: write(
        root, orders=ORDERS.replace("lan\n", "nobody  # kpi: ignore[K104] -- leaves\n")
    ),
    "whole again": lambda root: write(root, orders=ORDERS, goal=GOAL, teams=TEAMS, kpi=CONFIG),
    "no objective": lambda root: (root / "goal.yaml").unlink(missing_ok=True),
    "another name": rename,
    "the same size and time": same_size_same_time,
    "rows": lambda root: write(root, **{"actuals__more.csv": ROWS}),
    "bad rows": lambda root: write(root, **{"actuals__more.csv": ROWS + "orders,2026-13,1\n"}),
    "no rows": lambda root: shutil.rmtree(root / "actuals", ignore_errors=True),
    "settings": lambda root: write(root, kpi=CONFIG + "checks: {disable: [K1]}\nlanguage: vi\n"),
    "bad settings": lambda root: write(root, kpi=CONFIG + "wrong: 1\n"),
    "left out": lambda root: write(root, kpi=CONFIG + "exclude: [orders.yaml]\n"),
    "a file that is named and not there": lambda root: write(
        root,
        orders=ORDERS.replace("2026-01: 11", "files: [{file: x.txt, period: p, value: v}]"),
    ),
    "that file": lambda root: write(root, **{"x.txt": "p,v\n2026-01,3\n"}),
    "that file, otherwise": lambda root: write(root, **{"x.txt": "p,v\n2026-01,x\n"}),
    "a damaged cache": damaged,
    "another program's cache": foreign,
    "no cache": lambda root: cache(root).unlink(missing_ok=True),
}  # fmt: skip


def same_after(root: Path, acts: list[str], days: tuple[str, ...] = ("2026-05-31",)) -> None:
    for act in acts:
        ACTS[act](root)
        for day in days:
            plain, _ = judged(root, day, cached=False)
            assert judged(root, day, cached=True)[0] == plain, act
            assert judged(root, day, cached=True)[0] == plain, act
        assert plan_of(root, cached=True) == plan_of(root, cached=False)
        later, _ = judged(root, "2026-06-01", cached=False)
        assert judged(root, "2026-06-01", cached=True)[0] == later, act


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("act", sorted(ACTS))
def test_the_same_after_each_act(root: Path, act: str) -> None:
    judged(root, cached=True)
    same_after(root, [act])


@pytest.mark.slow
@pytest.mark.usefixtures("eager")
@settings(max_examples=60)
@given(acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=2, max_size=8))
def test_the_same_after_any_acts(tmp_path_factory: pytest.TempPathFactory, acts: list[str]) -> None:
    base = tmp_path_factory.mktemp("acts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_CACHE_DIR", str(base / "cache"))
        (base / "plan").mkdir()
        write(base / "plan", kpi=CONFIG, teams=TEAMS, goal=GOAL, orders=ORDERS)
        same_after(base / "plan", ["nothing", *acts], ("2026-05-31", "2027-05-31"))


@pytest.mark.usefixtures("eager")
def test_what_was_judged_is_not_read_again(root: Path) -> None:
    assert [judged(root, cached=True)[1] for _ in range(3)] == [False, True, True]
    assert not judged(root, "2026-06-01", cached=True)[1]
    write(root, orders=ORDERS.replace("20", "30"))
    assert [judged(root, cached=True)[1] for _ in range(2)] == [False, True]
    assert not judged(root, cached=False)[1]


@pytest.mark.usefixtures("eager")
def test_a_fresh_clone_is_served_too(root: Path) -> None:
    judged(root, cached=True)
    shutil.copytree(root, root.parent / "clone", copy_function=shutil.copyfile)
    assert judged(root.parent / "clone", cached=True)[1]


def test_a_fresh_file_is_read_whatever_its_stamp_says(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time is not told apart from that of a change in the same moment."""
    monkeypatch.setattr(contents, "_FRESH_NS", 60 * 10**9)
    judged(root, cached=True)
    run = Run(Options(root=root))
    assert run.contents is not None
    assert run.contents._load() == {}


@pytest.mark.usefixtures("eager")
def test_what_git_says_of_locked_periods_is_asked_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_CACHE_DIR", str(tmp_path / "cache"))
    repo = Repo(tmp_path / "repo")
    root = repo.root
    write(root, kpi=CONFIG + "locked: [2026-01]\n", teams=TEAMS, goal=GOAL, orders=ORDERS)
    repo.commit()
    assert [judged(root, cached=True)[1] for _ in range(2)] == [False, False]


@pytest.mark.usefixtures("eager")
def test_a_file_that_is_missing_in_a_hidden_folder_is_looked_for_each_time(root: Path) -> None:
    named = "files: [{file: .rows/x.txt, period: p, value: v}]"
    write(root, orders=ORDERS.replace("2026-01: 11", named))
    assert [judged(root, cached=True)[1] for _ in range(2)] == [False, False]
    write(root, **{".rows__x.txt": "p,v\n2026-01,3\n"})
    assert judged(root, cached=True)[0] == judged(root, cached=False)[0]


@pytest.mark.usefixtures("eager")
def test_a_rule_that_breaks_off_is_not_remembered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("oh")

    rules = dict(catalogue())
    rules["A301"] = replace(rules["A301"], over=Kpi, run=broken)  # type: ignore[arg-type]
    monkeypatch.setattr(engine, "catalogue", lambda *_: rules)
    verdict, _ = judged(root, cached=True)
    assert isinstance(verdict, Verdict)
    assert "X906" in {finding.code for finding in verdict.findings}
    assert not judged(root, cached=True)[1]


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit"])
def test_every_format_is_the_same_with_a_remembered_verdict(root: Path, format: str) -> None:
    write(root, orders=ORDERS.replace("13", "thirteen").replace("owner: lan", "owner: minh"))
    command = ("validate", "-C", str(root), "--as-of", "2027-05-31", "--format", format)
    plain = kpi(*command, "--no-cache")
    assert [kpi(*command) for _ in range(3)] == [plain] * 3
    assert "minh" in plain.out


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("worth", [0, 2**40])
def test_a_file_that_changes_while_it_is_judged_is_not_taken_for_what_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, worth: int
) -> None:
    recall = Verdicts.recall

    def and_then_it_changes(self: Verdicts, checked: object) -> Verdict | None:
        found = recall(self, checked)  # type: ignore[arg-type]
        write(root, orders=ORDERS.replace("13", "thirteen"))
        return found

    monkeypatch.setattr(run_module, "_WORTH_BYTES", worth)
    monkeypatch.setattr(contents, "_MOST_HELD", 0)
    with monkeypatch.context() as patch:
        patch.setattr(Verdicts, "recall", and_then_it_changes)
        judged(root, cached=True)
    write(root, orders=ORDERS)
    assert judged(root, cached=True)[0] == judged(root, cached=False)[0]
    assert plan_of(root, cached=True) == plan_of(root, cached=False)


@pytest.mark.usefixtures("eager")
def test_what_was_checked_is_found_out_afresh_where_only_that_was_lost(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(root, cached=True)
    monkeypatch.setattr(verdicts, "_beside", lambda key: b"lost" + key)
    verdict, was_remembered = judged(root, cached=True)
    assert isinstance(verdict, Verdict)
    assert was_remembered
    assert dict(verdict.checked) == {"goal.yaml": ("goal",), "orders.yaml": ("orders",)}


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("no_cache", [True, None])
def test_two_processes_find_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch, no_cache: bool | None
) -> None:
    for number in range(40):
        text = ORDERS.replace("orders", f"orders-{number}")
        if number % 7 == 0:
            text = text.replace("13", "thirteen")
        if number % 9 == 0:
            text = text.replace("name: Orders", "name: >\n      Orders\n      of all")
        write(root, **{f"more-{number}": text})
    options = Options(root=root, as_of="2026-05-31", no_cache=no_cache)
    alone = Run(replace(options, no_cache=True)).loaded
    used: list[int] = []
    start = second.Second.__init__

    def counted(self: second.Second, tree: object, paths: list[str]) -> None:
        used.append(len(paths))
        start(self, tree, paths)  # type: ignore[arg-type]

    monkeypatch.setattr(second.Second, "__init__", counted)
    monkeypatch.setattr(second, "WORTH_BYTES", 0)
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    assert documents._MANY <= 40
    for _ in range(2):
        both = Run(options).loaded
        assert both.diagnostics == alone.diagnostics
        assert dict(both.files) == dict(alone.files)
        assert list(both.files) == list(alone.files)
        assert replace(both.plan, calendar=alone.plan.calendar) == alone.plan
    assert used[0] == 43
    assert len(used) == (2 if no_cache else 1)


def test_a_second_process_that_dies_is_made_up_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        write(root, **{f"more-{number}": ORDERS.replace("orders", f"orders-{number}")})
    monkeypatch.setattr(second, "WORTH_BYTES", 0)
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    monkeypatch.setattr(processes, "_work", lambda *_: os._exit(1))
    assert len(Run(Options(root=root, no_cache=True)).loaded.plan.kpis) == 41
