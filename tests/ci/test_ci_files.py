"""The files other systems read: well-formed by their own schemas, and safe with hostile inputs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from kpi_cli.library.starter import CI_FILES, ci_file
from tests.history.repo import Repo
from tests.house.tree import ROOT, read

ACTION: dict[str, Any] = yaml.safe_load(read("action.yml"))
STEP: dict[str, Any] = ACTION["runs"]["steps"][0]


def check(kind: str, path: Path) -> str:
    """What check-jsonschema says of a file by a schema it brings along."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def test_the_action_is_one() -> None:
    assert check("github-actions", ROOT / "action.yml") == "ok -- validation done"


@pytest.mark.parametrize(("ci", "kind"), [("github", "github-workflows"), ("gitlab", "gitlab-ci")])
def test_what_init_writes_is_valid(ci: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "ci.yml"
    path.write_text(ci_file(ci)[1], encoding="utf-8")
    assert check(kind, path) == "ok -- validation done"
    path.write_text("jobs: [", encoding="utf-8")
    assert check(kind, path) != "ok -- validation done"


@pytest.mark.parametrize(("number", "kind"), [(0, "github-workflows"), (1, "gitlab-ci")])
def test_what_the_cache_page_shows_is_valid(number: int, kind: str, tmp_path: Path) -> None:
    shown = re.findall(r"```yaml\n(.*?)```", read("docs/cache.md"), flags=re.DOTALL)
    assert len(shown) == 2
    path = tmp_path / "ci.yml"
    path.write_text(shown[number], encoding="utf-8")
    assert check(kind, path) == "ok -- validation done"
    assert "KPI_CACHE_DIR" in shown[number]


def test_inputs_come_by_environment_never_by_template() -> None:
    assert "${{" not in STEP["run"]
    given = {
        re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", text)[1] for text in STEP["env"].values()
    }  # type: ignore[index]
    assert given == set(ACTION["inputs"])


@pytest.mark.parametrize("text", [read("action.yml"), *(ci_file(name)[1] for name in CI_FILES)])
def test_nothing_asks_for_more_than_to_read(text: str) -> None:
    assert "pull_request_target" not in text
    assert "write" not in re.sub(r"#.*|description:.*", "", text)
    assert "secrets." not in text


HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load(read(".pre-commit-hooks.yaml"))
}


def test_the_hook_checks_the_whole_plan() -> None:
    hook = HOOKS["kpi-validate"]
    assert (hook["id"], hook["entry"], hook["language"]) == (
        "kpi-validate",
        "kpi validate",
        "python",
    )
    assert (hook["pass_filenames"], hook["require_serial"]) == (False, True)
    matching = ["plan.yaml", "a/b.yml", "actuals/c.csv"]
    assert [name for name in (*matching, "README.md") if re.search(hook["files"], name)] == matching


def hooked(repo: Repo, *files: str) -> subprocess.CompletedProcess[str]:
    """What pre-commit runs in the workspace for these files."""
    hook = HOOKS["kpi-check-smart"]
    assert (hook["pass_filenames"], hook["require_serial"]) == (True, True)
    assert all(re.search(hook["files"], name) for name in files)
    words = hook["entry"].split()
    assert words[0] == "kpi"
    return subprocess.run(
        [sys.executable, "-m", "kpi_cli", *words[1:], *files],
        cwd=repo.root,
        env={**os.environ, "KPI_AS_OF": "2026-05-31"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_smart_hook_fails_for_what_is_new_in_the_files(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    plan = "objectives:\n  top: {title: Guests come back to us, owner: an, period: '2026'}\n"
    people = "people:\n  an: {name: An}\n"
    debt = "  old: {name: Guests per day, objective: top, unit: count}\n"
    before = f"{people}{plan}kpis:\n{debt}"
    repo.commit({"kpi.yaml": "version: 1\n", "plan.yaml": before})
    assert hooked(repo, "plan.yaml").returncode == 0
    new = "  new: {name: Guests per week, objective: top, unit: count}\n"
    (repo.root / "plan.yaml").write_text(before + new, encoding="utf-8")
    done = hooked(repo, "plan.yaml", "kpi.yaml")
    assert done.returncode == 1, done.stderr
    assert "error A301 no-owner: nobody answers for 'new'" in done.stdout
    assert "nobody answers for 'old'" not in done.stdout


def run_action(repo: Repo, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's own script in a checkout, with `pip` replaced by nothing."""
    tools = repo.root.parent / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "python").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (tools / "kpi").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kpi_cli "$@"\n', "utf-8")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    defaults = {name: given["default"] for name, given in ACTION["inputs"].items()}
    values = defaults | {name.replace("_", "-"): value for name, value in inputs.items()}
    env = {key: values[text[len("${{ inputs.") : -len(" }}")]] for key, text in STEP["env"].items()}
    here = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(repo.root.parent / "summary.md"),
    }
    return subprocess.run(
        ["bash", "-c", STEP["run"]],
        cwd=repo.root,
        env={**os.environ, **here, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository with debt on main, and a change with one fault checked out."""
    made = Repo(tmp_path / "repo")
    debt = "people:\n  lan: {name: Lan, team: nowhere}\n"
    made.commit({"plan/kpi.yaml": "version: 1\n", "plan/plan.yaml": debt})
    made.git("checkout", "-q", "-b", "change")
    made.commit({"plan/plan.yaml": debt + "  nam: {name: Nam, manager: nobody}\n"})
    return made


def test_a_run_of_the_action_fails_for_exactly_the_new_fault(repo: Repo) -> None:
    done = run_action(repo, root="plan", diff_base="main", sarif_file="out.sarif")
    assert done.returncode == 1, done.stderr
    commands = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert len(commands) == 1
    assert commands[0].startswith("::error file=plan/plan.yaml,line=3,")
    summary = (repo.root.parent / "summary.md").read_text(encoding="utf-8")
    assert "## Found 1 error" in summary
    assert '"ruleId": "K104"' in (repo.root / "out.sarif").read_text(encoding="utf-8")


def test_the_action_holds_a_change_against_a_least_score(repo: Repo) -> None:
    guests = (
        "objectives:\n  top: {title: Guests come back, owner: lan, period: '2026'}\n"
        "kpis:\n  guests: {name: Guests, objective: top, owner: lan, unit: count,"
        " target: {at_least: 9}, source: {manual: till}, start: 2099-01-01, due: 2099-12-31}\n"
    )
    repo.commit({"plan/more.yaml": guests})
    done = run_action(repo, root="plan", diff_base="main", min_score="99")
    assert done.returncode == 1
    assert "kpi: below what was asked for: guests " in done.stderr
    summary = (repo.root.parent / "summary.md").read_text(encoding="utf-8")
    assert "<!-- kpi validate -->" in summary
    assert "| KPI | SMART |" in summary


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["$(touch hacked)", "`touch hacked`", '"; touch hacked; "', "--help"]
)
def test_inputs_are_never_run(repo: Repo, text: str) -> None:
    for given in (
        {"root": text},
        {"root": "plan", "diff_base": text},
        {"root": "plan", "min_score": text},
    ):
        done = run_action(repo, **given)
        assert done.returncode == 2, done.stdout
        assert not list(repo.root.rglob("hacked"))
