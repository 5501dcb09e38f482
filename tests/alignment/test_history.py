"""`kpi diff` and `kpi log` over a history of 25 commits: each change once, layout never."""

# ruff: noqa: E501 - one edit a line reads best

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.transcript import kpi
from tests.history.repo import Repo

PLAN = """\
teams:
  firm: {name: Firm}
people:
  lan: {name: Lan, team: firm}
  minh: {name: Minh, team: firm}
objectives:
  top: {title: Customers stay, owner: lan, team: firm, period: {start: 2026-01-01, end: 2026-12-31}}
kpis:
  repeat:
    name: Repeat rate
    objective: top
    owner: minh
    unit: "%"
    baseline: 30
    target: 40
    definition: Those who come back
    actuals:
      2026-03: 31
      2026-04: 31.2
  calls:
    name: Calls
    objective: top
    owner: lan
    unit: count
    target: {at_least: 9}
    actuals: {2026-04: 10}
  calls-north: {name: Calls north, objective: top, owner: lan, unit: count, part_of: calls}
"""
Edit = Callable[[dict[str, str]], None]


def sub(old: str, new: str, path: str = "plan.yaml") -> Edit:
    """An edit that replaces a text, which must be there."""

    def edit(files: dict[str, str]) -> None:
        assert old in files[path], (old, files[path])
        files[path] = files[path].replace(old, new)

    return edit


def reformat(files: dict[str, str]) -> None:
    text = files["plan.yaml"]
    text = text.replace(
        "    target: {at_least: 9}\n", "    target:\n        at_least:   9   # kept\n"
    )
    files["plan.yaml"] = "# a new comment\n" + text.replace("owner: minh\n", 'owner: "minh"\n')


def reorder(files: dict[str, str]) -> None:
    head, tail = files["plan.yaml"].split("kpis:\n")
    files["plan.yaml"] = f"kpis:\n{tail}{head}"


def split(files: dict[str, str]) -> None:
    text = files["plan.yaml"]
    begin = text.index("  calls:\n")
    end = text.index("  calls-north:")
    files["calls.yaml"] = "kpis:\n" + text[begin:end]
    files["plan.yaml"] = text[:begin] + text[end:]


def settings(files: dict[str, str]) -> None:
    files["kpi.yaml"] = "version: 1\nname: The firm\n"


RETIRED = "    status: retired\n    retired: {on: 2026-05-20, reason: nobody used it}\n"
STEPS: list[tuple[str, Edit, list[tuple[str, str, str | None]]]] = [
    ("layout only", reformat, []),
    ("order only", reorder, []),
    ("a figure", sub("      2026-04: 31.2\n", "      2026-04: 31.2\n      2026-05: 31.5\n"),
     [("recorded", "repeat", "actuals.2026-05")]),
    ("a figure corrected",
     sub("2026-04: 31.2", "2026-04: {value: 30.1, note: returns counted}"),
     [("restated", "repeat", "actuals.2026-04")]),
    ("a target lowered after a miss", sub("target: 40", "target: 33"),
     [("retargeted", "repeat", "target")]),
    ("a new owner", sub('owner: "minh"', "owner: lan"), [("reowned", "repeat", "owner")]),
    ("a definition", sub("Those who come back", "Those who come back in 90 days"),
     [("redefined", "repeat", "definition")]),
    ("a name", sub("name: Repeat rate", "name: Rate of return"), [("renamed", "repeat", "name")]),
    ("a guardrail", sub("    owner: lan\n    unit: \"%\"", "    owner: lan\n    guardrails: [calls]\n    unit: \"%\""),
     [("relinked", "repeat", "guardrails")]),
    ("a file split", split, [("moved", "calls", "path")]),
    ("layout again", sub("# a new comment\n", ""), []),
    ("a new id", sub("  repeat:\n", "  return-rate:\n"), [("renamed", "return-rate", "id")]),
    ("a check-in", sub("    unit: \"%\"\n", "    unit: \"%\"\n    check_ins: [{on: 2026-05-10, by: lan, note: Slow}]\n"),
     [("checked_in", "return-rate", "check_ins")]),
    ("a target change with its reason",
     sub("    target: 33\n", "    target: 33\n    target_changes: [{from: 2026-05-01, target: 32, reason: a strike}]\n"),
     [("retargeted", "return-rate", "target_changes")]),
    ("a new KPI", sub("  calls-north:", "  visits: {name: Visits, objective: top, owner: lan}\n  calls-north:"),
     [("added", "visits", None)]),
    ("a KPI retired that has parts", sub("    objective: top\n", RETIRED + "    objective: top\n", "calls.yaml"),
     [("retired", "calls", "status")]),
    ("a part goes", sub("  calls-north: {name: Calls north, objective: top, owner: lan, unit: count, part_of: calls}\n", ""),
     [("removed", "calls-north", None)]),
    ("an objective moved", sub("end: 2026-12-31}}", "end: 2027-06-30}}"),
     [("retargeted", "top", "period")]),
    ("a team's name", sub("firm: {name: Firm}", "firm: {name: Our firm}"),
     [("renamed", "firm", "name")]),
    ("settings", settings, [("redefined", "kpi.yaml", "name")]),
    ("a file renamed", lambda files: files.update({"b/calls.yaml": files.pop("calls.yaml")}),
     [("moved", "calls", "path")]),
    ("a figure taken out", sub("      2026-03: 31\n", ""),
     [("restated", "return-rate", "actuals.2026-03")]),
    ("two at once", lambda files: (sub("owner: lan\n    guard", "owner: minh\n    guard")(files),
                                   sub("target: 33", "target: 34")(files), None)[-1],
     [("retargeted", "return-rate", "target"), ("reowned", "return-rate", "owner")]),
    ("layout at last", sub("people:\n", "people:   # who\n"), []),
]  # fmt: skip


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, list[str]]:
    """The repository and its 25 commits."""
    repo = Repo(tmp_path_factory.mktemp("story"))
    files = {"kpi.yaml": "version: 1\n", "plan.yaml": PLAN}
    commits = [repo.commit(files)]
    for _, edit, _ in STEPS:
        before = set(files)
        edit(files)
        for gone in before - set(files):
            (repo.root / gone).unlink()
        commits.append(repo.commit(files))
    assert len(commits) == 25
    return repo, commits


def run(repo: Repo, *arguments: str) -> Any:
    done = kpi(*arguments, "--root", str(repo.root), "--as-of", "2026-05-31")
    assert done.code == 0, done.err
    return done.out


def changes(repo: Repo, *revisions: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(repo, "diff", *revisions, "--format", "json"))[
        "changes"
    ]
    return found


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[name for name, _, _ in STEPS])
def test_each_change_shows_once(story: tuple[Repo, list[str]], number: int) -> None:
    repo, commits = story
    found = changes(repo, commits[number], commits[number + 1])
    assert [(c["kind"], c["id"], c["field"]) for c in found] == STEPS[number][2]
    assert all(c["path"] and c["line"] >= 1 for c in found)


def one(story: tuple[Repo, list[str]], name: str) -> dict[str, Any]:
    repo, commits = story
    at = [step[0] for step in STEPS].index(name)
    (found,) = changes(repo, commits[at], commits[at + 1])
    return found


def test_a_target_lowered_after_a_miss_is_named(story: tuple[Repo, list[str]]) -> None:
    found = one(story, "a target lowered after a miss")
    assert (found["before"], found["after"]) == ("40 %", "33 %")
    assert found["late"] == "after a miss"
    assert found["reason"] is None
    assert {i["id"] for i in found["impact"]} == {"repeat", "top"}


def test_reasons_are_found(story: tuple[Repo, list[str]]) -> None:
    assert one(story, "a figure corrected")["reason"] == "returns counted"
    assert one(story, "a target change with its reason")["reason"] == "a strike"
    assert one(story, "a KPI retired that has parts")["reason"] == "nobody used it"
    assert one(story, "a check-in")["reason"] == "Slow"


def test_the_impact_of_a_figure(story: tuple[Repo, list[str]]) -> None:
    found = one(story, "a figure")
    progress = next(i for i in found["impact"] if (i["id"], i["field"]) == ("repeat", "progress"))
    assert progress["before"] == pytest.approx(0.12)
    assert progress["after"] == pytest.approx(0.15)


def test_all_formats_say_the_same(story: tuple[Repo, list[str]]) -> None:
    repo, commits = story
    text = run(repo, "diff", commits[4], commits[5])
    markdown = run(repo, "diff", commits[4], commits[5], "--format", "markdown")
    for shown in (text, markdown):
        assert "1 change: 1 re-targeted; 1 target moved after a miss, 1 without a reason" in shown
        assert "no reason is given" in shown
    assert markdown.startswith("## ")
    quiet = run(repo, "diff", commits[0], commits[2])
    assert quiet.startswith("Nothing changed in meaning")


def test_the_working_tree_is_compared_with_head(story: tuple[Repo, list[str]]) -> None:
    repo, _ = story
    assert changes(repo) == []
    plan = repo.root / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("2026-05: 31.5", "2026-05: 39"), encoding="utf-8")
    try:
        (found,) = changes(repo)
        assert (found["kind"], found["before"], found["after"]) == ("restated", 31.5, 39)
    finally:
        plan.write_text(text, encoding="utf-8")


def test_the_log_follows_new_ids_and_files(story: tuple[Repo, list[str]]) -> None:
    repo, commits = story
    log = json.loads(run(repo, "log", "return-rate", "--format", "json"))["commits"]
    kinds = [change["kind"] for step in log for change in step["changes"]]
    assert kinds == [
        "retargeted", "reowned", "restated", "retargeted", "checked_in", "renamed", "relinked",
        "renamed", "redefined", "reowned", "retargeted", "restated", "recorded", "added",
    ]  # fmt: skip
    assert log[-1]["commit"] == commits[0]
    calls = json.loads(run(repo, "log", "calls", "--format", "json"))["commits"]
    told = [change["kind"] for step in calls for change in step["changes"]]
    assert told == ["moved", "retired", "moved", "added"]
    assert "Removed: Calls north" in run(repo, "log", "calls-north")


def test_a_shallow_clone_says_so(story: tuple[Repo, list[str]], tmp_path: Path) -> None:
    repo, commits = story
    copy = Repo(tmp_path / "outer")
    copy.git("clone", "-q", "--depth", "2", f"file://{repo.root}", "copy")
    root = str(tmp_path / "outer" / "copy")
    failed = kpi("diff", commits[0], "--root", root)
    assert failed.code == 2
    assert "only a part of the history" in failed.err
    assert "git fetch --unshallow" in failed.err
    log = kpi("log", "return-rate", "--root", root)
    assert log.code == 0
    assert "as far as this clone goes back" in log.out
    assert "Added" not in log.out
    assert "the history of this clone begins here, with the record in it" in log.out


def test_the_log_of_a_former_id_tells_the_new_one(story: tuple[Repo, list[str]]) -> None:
    told = run(story[0], "log", "repeat", "--format", "json")
    last = json.loads(told)["commits"][0]["changes"][0]
    assert (last["kind"], last["before"], last["after"]) == ("renamed", "repeat", "return-rate")


def test_two_revisions_as_git_writes_them(story: tuple[Repo, list[str]]) -> None:
    repo, commits = story
    span = f"{commits[4]}..{commits[5]}"
    assert changes(repo, span) == changes(repo, commits[4], commits[5])


def test_without_git_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    failed = kpi("diff", "--root", str(tmp_path))
    assert failed.code == 2
    assert "is in no git repository" in failed.err


@pytest.mark.parametrize("wrong", [("nope",), ("--", "-x"), ("a", "b", "c")])
def test_what_is_no_revision(story: tuple[Repo, list[str]], wrong: tuple[str, ...]) -> None:
    failed = kpi("diff", "--root", str(story[0].root), *wrong)
    assert failed.code == 2
    assert failed.err.count("\n") <= 3
