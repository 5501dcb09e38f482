"""Each scenario is what it says: an edit is new every time, a clone is new and its cache old."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import phases, run, sampler, scenarios, serving, session
from bench.generate import Layout, write
from bench.page import page
from bench.results import Results
from bench.session import ROOT, Bench, largest, require_clean


def test_a_plan_is_named_by_its_size_and_by_what_is_unusual() -> None:
    assert scenarios.label(Layout(1000)) == "1000"
    assert scenarios.label(Layout(100, "kpi", "csv")) == "100 (file per kpi, csv)"


@pytest.mark.parametrize(
    ("layout", "edit"),
    [(Layout(20), scenarios.edit_one), (Layout(20, "kpi", "csv"), scenarios.edit_table)],
    ids=["one of several files", "a table"],
)
def test_an_edit_changes_one_file_to_what_it_never_was(
    layout: Layout, edit: object, tmp_path: Path
) -> None:
    write(layout, tmp_path)

    def texts() -> dict[Path, str]:
        return {path: path.read_text("utf-8") for path in tmp_path.rglob("*.*") if path.is_file()}

    before = texts()
    change = edit(tmp_path)  # type: ignore[operator]
    seen = set()
    for turn in range(12):
        change(turn)
        (changed,) = {text for path, text in texts().items() if before[path] != text}
        seen.add(changed)
    assert len(seen) == 12
    require_clean(tmp_path)


def test_a_clone_has_new_files_and_the_cache_as_it_was_saved(tmp_path: Path) -> None:
    origin, saved = tmp_path / "origin", tmp_path / "saved"
    write(Layout(5), origin)
    saved.mkdir()
    (saved / "facts").write_text("saved")
    for path in origin.rglob("*"):
        os.utime(path, (1, 1))
    clone = scenarios.Clone(origin, saved, tmp_path / "clone", tmp_path / "cache")
    clone(0)
    (clone.cache / "facts").write_text("spoilt")
    (clone.folder / "more.yaml").write_text("spoilt")
    clone(1)
    assert (clone.cache / "facts").read_text() == "saved"
    copied = {path.relative_to(clone.folder): path for path in clone.folder.rglob("*.yaml")}
    assert set(copied) == {path.relative_to(origin) for path in origin.rglob("*.yaml")}
    assert all(path.stat().st_mtime > 1 for path in copied.values())


def test_the_largest_size_that_is_not_too_large() -> None:
    assert largest((100, 1000, 100_000)) == 1000
    assert largest((100_000,)) == 100_000


def flags(*words: str) -> tuple[tuple[int, ...], list[str]]:
    """Sizes and parts of a command line."""
    given = run.options().parse_args(words)
    return tuple(run.sizes(given)), run.parts(given)


def test_the_flags_say_what_is_measured() -> None:
    quick = [name for name in run.PARTS if name not in ("layouts", "phases", "peers")]
    assert flags() == ((100, 1000), quick)
    assert flags("--large")[0] == (100, 1000, 10_000)
    assert flags("--huge")[0] == (100, 1000, 10_000, 100_000)
    assert flags("--all") == ((100, 1000, 10_000), list(run.PARTS))
    assert flags("--peers") == ((100, 1000), [*quick, "peers"])
    assert flags("--only", "peers", "--only", "lsp", "--large")[1] == ["lsp", "peers"]
    assert flags("--sizes", "50,10")[0] == (10, 50)


IMPORTING = ["pydantic/main.py", "x/kpi_cli/models/kpi.py", "<frozen importlib._bootstrap>", "x.py"]


@pytest.mark.parametrize(
    ("stack", "phase"),
    [
        (IMPORTING, "imports"),
        (
            ["pydantic/_internal/_generate_schema.py", "x/kpi_cli/models/a.py"],
            "building the models",
        ),
        (["x/kpi_cli/source/swift.py", "x/kpi_cli/plan/load.py"], "YAML text to data"),
        (["x/kpi_cli/models/kpi.py", "x/kpi_cli/plan/read.py"], "data to records"),
        (["x/kpi_cli/plan/read.py", "x/kpi_cli/plan/load.py"], "data to records"),
        (["x/kpi_cli/plan/load.py", "x/kpi_cli/cli/run.py"], "series and links"),
        (["x/kpi_cli/period.py", "x/kpi_cli/checks/data.py"], "rules"),
        (["re/__init__.py", "x/kpi_cli/workspace.py"], "walk and read files"),
        (["x/kpi_cli/novel/part.py"], "novel"),
        (["x/kpi_cli/period.py"], "other"),
        (["re/__init__.py"], "other"),
    ],
)
def test_a_sample_falls_on_the_part_of_the_innermost_function(stack: list[str], phase: str) -> None:
    assert sampler.phase_of([file.replace("/", os.sep) for file in stack]) == phase


def test_a_profile_counts_samples_and_leaves_imported_functions_out() -> None:
    lines = ["imports\ta.py\tf\n", "rules\tb.py\tg\n", "rules\tb.py\tg\n", "output\tc.py\th\n"]
    found = phases.profile(lines, 2.0)
    assert found.phases == {"imports": 1, "rules": 2, "output": 1}
    assert found.functions == {"g in b.py": 2, "h in c.py": 1}
    assert found.samples == 4


def test_forked_processes_are_sampled_too(tmp_path: Path) -> None:
    out = tmp_path / "samples"
    code = (
        "import os, sys; from bench.sampler import sample_into; sample_into(sys.argv[1])\n"
        "def child():\n    for _ in range(80): sum(range(100_000))\n"
        "pid = os.fork()\n"
        "if not pid:\n    child()\n    os._exit(0)\n"
        "os.waitpid(pid, 0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(out)], check=True, cwd=ROOT)
    assert any(line.endswith("\tchild") for line in out.read_text().splitlines())


@pytest.mark.slow
def test_a_tiny_bench_runs_through_and_makes_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenarios, "ROUNDS", {6: 1, 60: 1})
    given = run.options().parse_args(
        ["--sizes", "6,60", *(f"--only={name}" for name in ("validate", "layouts", "phases"))]
    )
    found = run.run(given)
    names = {row.name for row in found.rows}
    assert {"validate cold 6 / B1", "growth 6 to 60", "validate warm 60 / B2"} <= names
    notes = {row.name: row.note for row in found.rows}
    assert re.fullmatch(r"\d+ ms / \d+ ms", notes["growth 6 to 60"])  # runs that took turns
    assert "fresh clone with restored cache 60 (file per kpi, csv) / cold" in names
    assert "phase: imports" in names
    assert all(row.value >= 0 for row in found.rows if row.part == "phases")
    text = page(Results(found.machine, found.rows, {}))
    assert "| growth 6 to 60" in text
    assert "## What remains" in text


@pytest.mark.slow
def test_a_served_plan_is_built_again_after_each_change(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bench = Bench(tmp_path)
    folder = bench.copy(Layout(18), "served")
    asked: list[int] = []
    newer = serving._newer_than

    def noting(address: str, version: int) -> int:
        asked.append(newer(address, version))
        return asked[-1]

    monkeypatch.setattr(serving, "_newer_than", noting)
    serving.rebuild(session.KPI, folder, bench.cache("serve"), rounds=2)
    assert asked == [1, 1, 2, 3]
