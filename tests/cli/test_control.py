"""A team's control over the findings, by runs of the command: baseline, git, strictness, exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.transcript import kpi
from tests.history.repo import Repo

DAY = ("--as-of", "2026-05-31")
DEBT = "people:\n  lan: {name: Lan, team: nowhere}\n  minh: {name: Minh}\n"
FAULT = "  nam: {name: Nam, manager: nobody}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one fault."""
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(DEBT, encoding="utf-8")
    return tmp_path


def validate(root: Path, *more: str) -> tuple[int, list[tuple[str, str]], dict[str, int]]:
    """Exit code, (code, subject) of what counts, and the counts."""
    done = kpi("validate", "-C", str(root), *DAY, "--format", "json", *more)
    data = json.loads(done.out)
    return done.code, [(f["code"], f["subject"]) for f in data["findings"]], data["counts"]


def test_a_baseline_lets_old_faults_be_and_new_ones_fail(root: Path) -> None:
    assert validate(root)[0] == 1
    made = kpi("baseline", "create", "-C", str(root), *DAY, "--reason", "before we checked")
    assert (made.code, made.out) == (
        0,
        ".kpi/baseline.json lists 1 finding: 1 added, 0 taken out\n",
    )
    code, found, counts = validate(root)
    assert (code, found, counts["suppressed"]) == (0, [], 1)
    (root / "plan.yaml").write_text(DEBT + FAULT, encoding="utf-8")
    assert validate(root)[:2] == (1, [("K104", "nam")])


def test_a_mended_fault_is_pruned(root: Path) -> None:
    kpi("baseline", "create", "-C", str(root), *DAY)
    (root / "plan.yaml").write_text(DEBT.replace(", team: nowhere", ""), encoding="utf-8")
    assert validate(root)[:2] == (0, [("X905", "lan")])
    (root / "plan.yaml").write_text(FAULT.replace("  nam", "people:\n  nam"), encoding="utf-8")
    pruned = kpi("baseline", "prune", "-C", str(root), *DAY)
    assert pruned.out.endswith("0 findings: 0 added, 1 taken out\n")
    assert validate(root)[:2] == (1, [("K104", "nam")])
    assert "1 added" in kpi("baseline", "update", "-C", str(root), *DAY).out
    assert "nothing changed" in kpi("baseline", "update", "-C", str(root), *DAY).out


def test_a_baseline_is_created_once_and_updated_after(root: Path) -> None:
    early = kpi("baseline", "update", "-C", str(root), *DAY)
    assert (early.code, "kpi baseline create" in early.err) == (2, True)
    kpi("baseline", "create", "-C", str(root), *DAY)
    again = kpi("baseline", "create", "-C", str(root), *DAY)
    assert (again.code, "already" in again.err) == (2, True)
    (root / ".kpi/baseline.json").write_text("<<<<<<<", encoding="utf-8")
    assert kpi("validate", "-C", str(root), *DAY).code == 2
    assert kpi("baseline", "create", "-C", str(root), "--until", "soon").code == 2


def test_a_dry_run_of_the_baseline_writes_nothing(root: Path) -> None:
    shown = kpi("baseline", "create", "-C", str(root), *DAY, "--dry-run")
    assert "+++ b/.kpi/baseline.json" in shown.out
    assert not (root / ".kpi").exists()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository whose main branch has debt, with a branch checked out."""
    made = Repo(tmp_path / "repo")
    made.commit({"plan/kpi.yaml": "version: 1\n", "plan/plan.yaml": DEBT})
    made.git("checkout", "-q", "-b", "change")
    return made


def test_a_pull_request_fails_for_its_own_fault_only(repo: Repo) -> None:
    root = repo.root / "plan"
    assert validate(root, "--diff-base", "main")[:2] == (0, [])
    repo.commit({"plan/plan.yaml": "# moved\n\n" + DEBT + FAULT})
    assert validate(root, "--diff-base", "main")[:2] == (1, [("K104", "nam")])
    assert len(validate(root)[1]) == 2


def test_links_are_checked_in_full(repo: Repo) -> None:
    """Taking out a record breaks a link in one that was not touched."""
    team = {"plan/teams.yaml": "teams: {north: {name: North}}\n"}
    repo.commit({**team, "plan/b.yaml": "people: {bo: {name: Bo, team: north}}\n"})
    repo.git("branch", "-f", "main")
    (repo.root / "plan/teams.yaml").unlink()
    repo.commit()
    assert validate(repo.root / "plan", "--diff-base", "main")[:2] == (1, [("K105", "bo")])


def test_a_fault_that_got_a_twin_is_counted(repo: Repo) -> None:
    repo.commit({"plan/plan.yaml": DEBT.replace("Minh}", "Minh, team: nowhere}")})
    assert validate(repo.root / "plan", "--diff-base", "main")[:2] == (1, [("K105", "minh")])


def test_of_equal_faults_only_as_many_as_were_there_are_old(repo: Repo) -> None:
    settings = {
        "plan/kpi.yaml": 'version: 1\nactuals: ["*.csv"]\n',
        "plan/plan.yaml": "kpis: {base: {name: B}}\n",
    }
    row = "base,2026-O5,1\n"
    repo.commit({**settings, "plan/a.csv": "kpi,period,value\n" + row})
    repo.git("branch", "-f", "main")
    assert validate(repo.root / "plan", "--diff-base", "main")[0] == 0
    repo.commit({"plan/a.csv": "kpi,period,value\n" + row * 2})
    assert [c for c, _ in validate(repo.root / "plan")[1]].count("K210") == 2
    found = validate(repo.root / "plan", "--diff-base", "main")[1]
    assert [code for code, _ in found] == ["K210"]


def test_what_main_mended_meanwhile_is_not_the_branchs_fault(repo: Repo) -> None:
    repo.commit({"plan/other.yaml": "glossary: {}\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({"plan/plan.yaml": DEBT.replace(", team: nowhere", "")})
    repo.git("checkout", "-q", "change")
    assert validate(repo.root / "plan", "--diff-base", "main")[:2] == (0, [])


def test_a_plan_that_is_new_has_no_old_faults(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit({"README": "x"})
    repo.git("checkout", "-q", "-b", "change")
    repo.commit({"kpi.yaml": "version: 1\n", "plan.yaml": DEBT})
    assert validate(tmp_path, "--diff-base", "main")[:2] == (1, [("K105", "lan")])


@pytest.mark.parametrize("revision", ["nope", "--upload-pack=x", "-h", ""])
def test_a_revision_git_does_not_know(repo: Repo, revision: str) -> None:
    done = kpi("validate", "-C", str(repo.root / "plan"), f"--diff-base={revision}")
    assert (done.code, "--diff-base: " in done.err) == (2, True)


def test_without_git_there_is_nothing_to_compare_with(root: Path) -> None:
    done = kpi("validate", "-C", str(root), "--diff-base", "main")
    assert (done.code, "is in no git repository" in done.err) == (2, True)


def test_git_runs_nothing_that_a_repository_brings(repo: Repo) -> None:
    trap = repo.root / "trap"
    hook = repo.root / "hook.sh"
    hook.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n", encoding="utf-8")
    hook.chmod(0o755)
    repo.git("config", "core.fsmonitor", str(hook))
    repo.git("config", "diff.external", str(hook))
    repo.git("config", "diff.x.textconv", str(hook))
    repo.git("config", "filter.x.smudge", str(hook))
    repo.write({".gitattributes": "*.yaml diff=x filter=x\n"})
    assert validate(repo.root / "plan", "--diff-base", "main")[0] == 0
    assert not trap.exists()


def test_several_formats_in_one_run_with_paths_from_the_repository(repo: Repo) -> None:
    root, out = repo.root / "plan", repo.root
    names = ["sarif", "junit", "gitlab", "rdjson", "checkstyle", "markdown", "jsonl", "github"]
    given = [word for name in names for word in ("--output", f"{name}={out / name}.out")]
    done = kpi("validate", "-C", str(root), *DAY, *given, "--output", "text=-")
    assert done.code == 1
    assert done.out.endswith("Found 1 error in 2 files\n")
    for name in names:
        text = (out / f"{name}.out").read_text(encoding="utf-8")
        assert ("plan/plan.yaml" in text) == (name != "jsonl")


def test_strict_and_the_failing_level(root: Path) -> None:
    (root / "plan.yaml").write_text(
        "people:\n  lan: {name: L}  # kpi: ignore[K105] -- x\n", "utf-8"
    )
    assert validate(root)[:2] == (0, [("X901", "lan")])
    assert validate(root, "--strict")[0] == 1
    (root / "kpi.yaml").write_text("version: 1\nchecks: {fail_on: warning}\n", "utf-8")
    assert validate(root)[0] == 1


def test_what_is_set_aside_is_listed_with_its_reason(root: Path) -> None:
    note = "nowhere}  # kpi: ignore[K105] -- it comes (until 2026-06-30)"
    (root / "plan.yaml").write_text(DEBT.replace("nowhere}", note), encoding="utf-8")
    done = kpi("validate", "-C", str(root), *DAY)
    assert (done.code, done.out.splitlines()) == (
        0,
        [
            "Found nothing that counts in 2 files",
            "Set aside 1 finding:",
            "  K105 plan.yaml:2:26: it comes (until 2026-06-30)",
        ],
    )


def test_only_the_findings_of_a_path(root: Path) -> None:
    (root / "b.yaml").write_text(FAULT.replace("  nam", "people:\n  nam"), encoding="utf-8")
    assert validate(root, str(root / "b.yaml"))[1] == [("K104", "nam")]


def test_exit_codes(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("oh")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    assert validate(root)[0] == 1
    (root / "plan.yaml").write_text("people: {lan: {name: Lan}}\n", encoding="utf-8")
    assert validate(root)[0] == 0
    assert kpi("validate", "-C", str(root / "nowhere")).code == 2
    assert kpi("validate", "-C", str(root), "--format", "nope").code == 2
    monkeypatch.setattr("kpi_cli.plan.load_plan", broken)
    fault = kpi("validate", "-C", str(root), "--no-cache")
    assert (fault.code, "Traceback" in fault.err) == (3, False)
    monkeypatch.setattr("kpi_cli.plan.load_plan", interrupted)
    assert kpi("validate", "-C", str(root), "--no-cache").code == 130
