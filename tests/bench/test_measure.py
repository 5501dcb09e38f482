"""Measuring fails loudly, and the table says what was reached."""

import resource
import sys
from pathlib import Path

import pytest

from bench import aligning, baselines, run
from bench.measure import BenchError, cost_of, medians
from bench.table import BUDGETS, Row, table

PYTHON = sys.executable


def test_a_cost_is_cpu_time_and_memory_of_the_process(tmp_path: Path) -> None:
    idle = cost_of([PYTHON, "-c", "import time; time.sleep(0.3)"], tmp_path)
    # A new process begins with its parent's high-water mark, so it has to take more than that.
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + 3 * 10**8
    busy = cost_of([PYTHON, "-c", f"x = bytearray({size}); sum(range(6_000_000))"], tmp_path)
    assert idle.wall >= 0.3 > idle.cpu
    assert busy.cpu > idle.cpu
    assert busy.peak > idle.peak + 10**8


def test_a_failing_command_stops_the_bench_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="ended with 3: no such plan"):
        cost_of(
            [PYTHON, "-c", "import sys; print('no such plan', file=sys.stderr); sys.exit(3)"],
            tmp_path,
        )
    with pytest.raises(BenchError, match="is not there"):
        cost_of([str(tmp_path / "kpi")], tmp_path)


def test_subjects_take_turns_after_one_round_to_warm_up(tmp_path: Path) -> None:
    def note(name: str) -> list[str]:
        return [PYTHON, "-c", f"open('log', 'a').write('{name}')"]

    costs = medians({"a": note("a"), "b": note("b")}, tmp_path, rounds=2)
    assert (tmp_path / "log").read_text() == "ababab"
    assert set(costs) == {"a", "b"}


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


@pytest.mark.parametrize(("value", "verdict"), [(1.1, "stretch"), (1.5, "must"), (1.51, "MISSED")])
def test_a_row_is_judged_by_its_budget(value: float, verdict: str) -> None:
    assert Row("kpi --version / B0", value).verdict == verdict


def test_the_table_is_markdown_with_even_columns() -> None:
    shown = table([Row("kpi --help / B0", 7.0, "84 ms / 12 ms"), Row("unbudgeted", 1.0)])
    lines = shown.splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "| 7.00     | 8    | 4       | must    | 84 ms / 12 ms |" in lines[2]


def test_stretch_goals_lie_within_the_promise() -> None:
    assert all(budget.stretch <= budget.must for budget in BUDGETS.values())


def test_a_missing_command_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "KPI", str(tmp_path / "kpi"))
    assert run.main([]) == 2
    assert "make bench" in capsys.readouterr().err


def test_a_plan_with_findings_is_not_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finding = '{"path": "a.yaml", "line": 3, "code": "K102", "message": "no such objective"}'
    fake = tmp_path / "kpi"
    fake.write_text(f"#!/bin/sh\necho '{{\"findings\": [{finding}]}}'\n")
    fake.chmod(0o755)
    monkeypatch.setattr(run, "KPI", str(fake))
    with pytest.raises(BenchError, match=r"a\.yaml:3 K102 no such objective"):
        run.require_clean(tmp_path)


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
