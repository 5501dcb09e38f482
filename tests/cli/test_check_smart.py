"""`kpi check-smart`: what it selects, its JSON and Markdown, its gates and exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpi_cli.checks import engine
from kpi_cli.checks.registry import Context, catalogue
from kpi_cli.checks.score import CRITERIA
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.models import Kpi
from tests.checks.bench import firm, kpi, objective
from tests.cli.transcript import kpi as command
from tests.history.repo import Repo

TEAMS = {"west": {"name": "West", "parent": "firm"}}
PEOPLE = {"binh": {"name": "Bình", "team": "west"}}
GOALS = {"far": objective(team="west", owner="binh")}
KPIS = {
    "sound": kpi(
        name="Guests who come back within a month",
        definition="Guests with a second bill within thirty days",
        population="guests of both shops",
        when_red="An asks ten regulars why",
    ),
    "poor": kpi(name="Guests", target=None, unit=None),
    "turn": kpi(objective="far", owner="binh"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    text = firm(teams=TEAMS, people=PEOPLE, objectives=GOALS)
    (tmp_path / "firm.yaml").write_text(text, encoding="utf-8")
    kpis = json.dumps({"kpis": KPIS}, ensure_ascii=False)
    (tmp_path / "kpis.yaml").write_text(kpis, encoding="utf-8")
    return tmp_path


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    done = command("check-smart", "-C", str(root), "--as-of", "2026-05-31", *arguments)
    return done.code, done.out, done.err


def smart(root: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(root, *arguments, "--format", "json")[1])
    return found


def test_json_has_the_findings_and_the_scores(root: Path) -> None:
    found = smart(root)
    assert found["schema"] == "kpi-findings/1"
    assert found["smart"]["scoring"] == "kpi-smart/1"
    assert list(found["smart"]["kpis"]) == ["base", "sound", "poor", "turn"]
    one = found["smart"]["kpis"]["poor"]
    assert one["M"] == 12
    assert one["total"] == 42
    assert set(one) == {
        "total", *CRITERIA, "evidence", "unknown", "cheapest_fix", "suppressed",
    }  # fmt: skip
    assert one["cheapest_fix"].startswith("+")
    assert {"A305", "A306", "A307", "A308"} <= set(one["unknown"])
    assert {f["code"] for f in found["findings"]} >= {"M201", "M202", "M207", "R414"}
    assert not [f for f in found["findings"] if f["code"].startswith("K")]
    assert "concerns" not in found["findings"][0]
    assert found["smart"]["objectives"].keys() == {"top", "far"}


@pytest.mark.parametrize(
    ("arguments", "kpis"),
    [
        (["poor"], {"poor"}),
        (["--team", "west"], {"turn"}),
        (["--owner", "binh"], {"turn"}),
        (["--objective", "far"], {"turn"}),
        (["far"], {"turn"}),
    ],
)
def test_a_part_of_the_plan(root: Path, arguments: list[str], kpis: set[str]) -> None:
    found = smart(root, *arguments)
    assert set(found["smart"]["kpis"]) == kpis
    assert {f["subject"] for f in found["findings"]} <= {*kpis, "far", "binh"}


def test_a_file_of_the_plan(root: Path) -> None:
    assert set(smart(root, str(root / "kpis.yaml"))["smart"]["kpis"]) == set(KPIS)
    assert set(smart(root, str(root / "firm.yaml"))["smart"]["kpis"]) == {"base"}


def test_gates(root: Path) -> None:
    assert run(root, "sound")[0] == 0
    assert run(root, "poor")[0] == 1
    assert run(root, "turn")[0] == 0
    code, _, err = run(root, "turn", "--min-score", "99")
    assert code == 1
    assert err.startswith("kpi: below what was asked for: turn ")
    assert run(root, "turn", "--min-criterion", "99")[0] == 1
    assert run(root, "turn", "--min-score", "10", "--min-criterion", "10")[0] == 0
    assert run(root, "turn", "--strict")[0] == 1


def test_strict_evidence_takes_what_cannot_be_told_for_a_warning(root: Path) -> None:
    mild = smart(root, "sound")["smart"]["kpis"]["sound"]
    hard = smart(root, "sound", "--strict-evidence")["smart"]["kpis"]["sound"]
    assert hard["A"] < mild["A"] == 100
    assert mild["evidence"] == hard["evidence"]


def test_weights_of_the_workspace(root: Path) -> None:
    settings = "version: 1\nchecks: {scoring: {weights: {M: 0}}}\n"
    plain = smart(root, "poor")["smart"]["kpis"]["poor"]["total"]
    (root / "kpi.yaml").write_text(settings, encoding="utf-8")
    found = smart(root, "poor")["smart"]
    assert found["kpis"]["poor"]["total"] > plain
    assert found["weights"]["M"] == 0
    assert found["weights"]["S"] == 1
    assert "with weights S 1 M 0" in run(root, "poor")[1]


def test_markdown_for_a_pull_request(root: Path) -> None:
    out = run(root, "--format", "markdown")[1]
    assert out.startswith("<!-- kpi check-smart -->\n## Found ")
    assert "| KPI | SMART | S | M | A | R | T | Cheapest fix |" in out
    rows = [line for line in out.splitlines() if line.startswith("| Guests")]
    assert "**42**" in rows[0]


@pytest.mark.parametrize("form", ["sarif", "junit", "github", "gitlab", "rdjson", "checkstyle"])
def test_the_formats_of_other_tools(root: Path, form: str) -> None:
    assert "M201" in run(root, "--format", form)[1]


def test_only_what_is_new(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    before = {"kpi.yaml": "version: 1\n", "firm.yaml": firm(kpis={"old": KPIS["poor"]})}
    repo.commit(before)
    repo.git("checkout", "-q", "-b", "change")
    repo.commit({"firm.yaml": firm(kpis={"old": KPIS["poor"], "new": KPIS["poor"]})})
    found = smart(repo.root, "--diff-base", "main")
    assert set(found["smart"]["kpis"]) == {"new"}
    assert {f["subject"] for f in found["findings"]} == {"new"}
    assert smart(repo.root, "--diff-base", "change")["findings"] == []


def test_a_rule_that_breaks_off_ends_with_3(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(one: Kpi, context: Context) -> Iterator[Diagnostic]:
        raise RuntimeError(f"cannot read {one.id}")

    rules = dict(catalogue())
    rules["M207"] = replace(rules["M207"], run=broken)
    monkeypatch.setattr(engine, "catalogue", lambda: rules)
    code, out, _ = run(root, "sound")
    assert code == 3
    told = "X906 rule-crashed: the rule M207 broke off at 'sound': RuntimeError: cannot read sound"
    assert told in out


def test_sentences_and_records_are_not_mixed(root: Path) -> None:
    code, _, err = run(root, "poor", "Raise CSAT from 4.1 to 4.5 by Q3")
    assert (code, err.splitlines()[0]) == (2, "kpi: sentences and ids are judged apart")
    assert run(root, "Raise CSAT from 4.1 to 4.5 by Q3")[0] == 0
