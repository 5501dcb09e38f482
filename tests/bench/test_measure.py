"""Measuring is fair, and fails loudly."""

import os
import resource
import sys
from pathlib import Path

import pytest

from bench import aligning, baselines, run, session
from bench.measure import BenchError, Subject, cost_of, environment, medians

PYTHON = sys.executable


def python(code: str, folder: Path, **more: object) -> Subject:
    """A subject that runs a line of Python."""
    return Subject([PYTHON, "-c", code], folder, **more)  # type: ignore[arg-type]


def test_a_cost_is_cpu_time_and_memory_of_the_process(tmp_path: Path) -> None:
    idle = cost_of(python("import time; time.sleep(0.3)", tmp_path))
    busy = cost_of(python(f"x = bytearray({10**8}); sum(range(6_000_000))", tmp_path))
    assert idle.wall >= 0.3 > idle.cpu
    assert busy.cpu > idle.cpu
    assert busy.peak > idle.peak + 9 * 10**7


def test_a_peak_is_not_that_of_the_process_that_measures(tmp_path: Path) -> None:
    ours = bytearray(10**8)
    ours[:: 2**12] = b"x" * len(ours[:: 2**12])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > len(ours)
    assert cost_of(python("pass", tmp_path)).peak < len(ours) / 2


def test_what_children_take_counts_too(tmp_path: Path) -> None:
    hard = "x = bytearray(10**8); sum(range(8_000_000))"
    spawn = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hard!r}])"
    alone, parent = cost_of(python("import subprocess", tmp_path)), cost_of(python(spawn, tmp_path))
    assert parent.cpu > alone.cpu
    assert parent.peak > 10**8 > alone.peak


def test_a_failing_command_stops_the_bench_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="ended with 3: no such plan"):
        cost_of(python("import sys; print('no such plan', file=sys.stderr); sys.exit(3)", tmp_path))
    with pytest.raises(BenchError, match="cannot be started"):
        cost_of(Subject([str(tmp_path / "kpi")], tmp_path))
    found = python("raise SystemExit(3)", tmp_path, ends=frozenset({0, 3}))
    assert not cost_of(found).over


def test_a_command_is_ended_at_its_limit_and_not_run_again(tmp_path: Path) -> None:
    turns: list[int] = []
    slow = python("import time; time.sleep(600)", tmp_path, limit=0.5, before=turns.append)
    costs = medians({"slow": slow, "quick": python("pass", tmp_path)}, rounds=3)
    assert {name: cost.over for name, cost in costs.items()} == {"slow": True, "quick": False}
    assert turns == [0]


def test_subjects_take_turns_after_one_round_to_warm_up(tmp_path: Path) -> None:
    def note(name: str, **more: object) -> Subject:
        return python(f"open('log', 'a').write('{name}')", tmp_path, **more)

    turns: list[int] = []
    subjects = {"a": note("a", before=turns.append), "b": note("b"), "c": note("c", warm_ups=0)}
    costs = medians(subjects, rounds=2)
    assert (tmp_path / "log").read_text() == "abcabcab"
    assert turns == [0, 1, 2]
    assert set(costs) == {"a", "b", "c"}


def test_each_subject_has_a_cache_of_its_own_kept_over_its_runs(tmp_path: Path) -> None:
    code = (
        "import os, pathlib; p = pathlib.Path(os.environ['KPI_CACHE_DIR'], 'x');"
        "n = p.read_text() if p.exists() else ''; p.write_text(n + 'i');"
        "open(os.environ['WHO'], 'a').write(n + '.')"
    )
    subjects = {name: python(code, tmp_path, env={"WHO": name}) for name in ("a", "b")}
    medians(subjects, rounds=2)
    assert [(tmp_path / name).read_text() for name in ("a", "b")] == [".i.ii."] * 2
    medians({"a": python(code, tmp_path, env={"WHO": "c"}, cache=tmp_path)}, rounds=1)
    assert (tmp_path / "x").read_text() == "ii"


def test_the_environment_is_that_of_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "KPI_AS_OF", "_KPI_COMPLETE", "COLUMNS"):
        monkeypatch.setenv(name, "1")
    found = environment(Path("cache"), {"MORE": "x"})
    assert {name for name in os.environ if name not in found} >= {
        "PYTHONDONTWRITEBYTECODE",
        "KPI_AS_OF",
        "_KPI_COMPLETE",
        "COLUMNS",
    }
    assert (found["KPI_CACHE_DIR"], found["XDG_CACHE_HOME"], found["MORE"]) == (
        "cache",
        "cache",
        "x",
    )
    assert found["PATH"] == os.environ["PATH"]


def test_modules_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "lib.py").write_text("x = 1\n")
    cost_of(python("import lib", tmp_path))
    assert list((tmp_path / "__pycache__").glob("lib.*.pyc")) != []


def test_the_floors_see_every_byte(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.yaml").write_text("x: 1\n")
    (tmp_path / "deep" / "b.yaml").write_text("y: 2\n")
    # Stream, document, mapping (a start and an end each) and two scalars, in two files.
    assert baselines.scan(str(tmp_path)) == 16
    (tmp_path / "long.csv").write_text("kpi,period,value\n")
    assert baselines.scan(str(tmp_path)) == 16
    before = baselines.read(str(tmp_path))
    (tmp_path / "deep" / "b.yaml").write_text("y: 3\n")
    assert baselines.read(str(tmp_path)) != before


def test_a_missing_command_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(session, "KPI", str(tmp_path / "kpi"))
    assert run.main(["--only", "validate", "--sizes", "3"]) == 2
    assert "make bench" in capsys.readouterr().err


def test_a_plan_with_findings_is_not_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finding = '{"path": "a.yaml", "line": 3, "code": "K102", "message": "no such objective"}'
    fake = tmp_path / "kpi"
    fake.write_text(f"#!/bin/sh\necho '{{\"findings\": [{finding}]}}'\n")
    fake.chmod(0o755)
    monkeypatch.setattr(session, "KPI", str(fake))
    with pytest.raises(BenchError, match=r"a\.yaml:3 K102 no such objective"):
        session.require_clean(tmp_path)


def test_a_diff_is_measured_on_so_many_edited_files(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_text("a: {2026-01: 3.5, 2026-02: 4.5}\n")
    aligning.commit_and_edit(tmp_path, files=2)
    texts = [path.read_text() for path in sorted(tmp_path.glob("*.yaml"))]
    assert [text.count("3.51") for text in texts] == [1, 1, 0]


def test_the_large_plan_has_as_many_records_as_its_row_says() -> None:
    lines = list(aligning.text())
    assert sum(line.startswith("  k") for line in lines) == aligning.KPIS == 10_000
    assert sum(line.startswith("  o") for line in lines) == aligning.OBJECTIVES == 1_000
