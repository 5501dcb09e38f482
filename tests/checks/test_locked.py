"""K302: locked periods against the commit that locked them."""

from datetime import date
from pathlib import Path

import pytest

from kpi_cli.checks.engine import findings
from kpi_cli.checks.locked import lock_commit, locked_edits
from kpi_cli.checks.selection import for_validate
from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.history import Commit, repository_of
from kpi_cli.period import Calendar
from kpi_cli.plan import load_plan
from kpi_cli.workspace import DiskTree
from tests.history.repo import Repo

FREE = "version: 1\n"
LOCKED = 'version: 1\nlocked: ["2026-Q1"]\n'
PLAN = """\
people: {an: {name: An}}
objectives:
  top: {title: We grow, owner: an, period: "2026"}
kpis:
  one:
    name: One
    objective: top
    owner: an
    unit: count
    target: {at_least: 5}
    source: {manual: book}
    actuals:
      2026-01: 5
      2026-02: 6
      2026-03: 7
      2026-04: 8
      2026-05: 9
"""


def edited(old: str, new: str) -> dict[str, str]:
    """The plan with one line changed."""
    assert old in PLAN
    return {"plan.yaml": PLAN.replace(old, new)}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit({"kpi.yaml": FREE, "plan.yaml": PLAN})
    return repo


def validate(root: Path, as_of: date = date(2026, 5, 31)) -> list[Finding]:
    """What validate says of a workspace on disk, git included."""
    loaded = load_plan(DiskTree(root))
    return findings(
        loaded,
        as_of,
        for_validate(loaded.plan.config),
        locked_edits=lambda: locked_edits(loaded, repository_of(root), as_of),
    )


def told(root: Path) -> list[tuple[str, str, int, int, str]]:
    """Severity, file, line, column and message of every finding."""
    found = validate(root)
    assert {f.code for f in found} <= {"K302"}
    return [(f.severity.value, f.path, f.line, f.column, f.message) for f in found]


def test_an_edit_after_the_lock_is_an_error_at_its_row(repo: Repo) -> None:
    lock = repo.commit({"kpi.yaml": LOCKED})
    assert told(repo.root) == []
    repo.commit(edited("2026-03: 7", "2026-03: 70"))
    message = f"2026-03 of 'one' is locked: it was 7 when it was locked ({lock[:7]}) and is now 70"
    assert told(repo.root) == [("error", "plan.yaml", 15, 7, message)]


def test_an_edit_that_is_not_committed_counts_as_well(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    repo.write(edited("2026-03: 7", "2026-03: {value: 7, note: counted again}"))
    assert told(repo.root) == []
    repo.write(edited("2026-03: 7", "2026-03: null"))
    assert [row[:4] for row in told(repo.root)] == [("error", "plan.yaml", 15, 7)]


def test_later_periods_stay_free(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    repo.write(edited("2026-04: 8", "2026-04: 80"))
    assert told(repo.root) == []


def test_what_was_changed_before_the_lock_is_history(repo: Repo) -> None:
    repo.commit(edited("2026-03: 7", "2026-03: 70"))
    repo.commit({"kpi.yaml": LOCKED})
    repo.commit({"kpi.yaml": LOCKED + "name: Firm\n"})
    assert told(repo.root) == []


def test_the_lock_that_is_not_committed_compares_with_head(repo: Repo) -> None:
    repo.write({"kpi.yaml": LOCKED})
    assert told(repo.root) == []
    repo.write(edited("2026-01: 5", "2026-01: 50"))
    assert [row[:4] for row in told(repo.root)] == [("error", "plan.yaml", 13, 7)]


def test_a_row_that_is_gone_is_said_at_the_kpi(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    repo.write(edited("      2026-01: 5\n", ""))
    ((severity, path, line, column, message), *rest) = [
        (f.severity.value, f.path, f.line, f.column, f.message)
        for f in validate(repo.root)
        if f.code == "K302"
    ]
    assert (severity, path, line, column, rest) == ("error", "plan.yaml", 5, 3, [])
    assert message.endswith("and is gone")


def test_a_row_that_was_not_there_is_said_at_its_place(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED} | edited("      2026-03: 7\n", "      2026-03: null\n"))
    repo.write({"plan.yaml": PLAN.replace("2026-02: 6", "2026-02: 6\n      2026-02-14: 3")})
    messages = [f.message for f in validate(repo.root) if f.code == "K302"]
    assert any("2026-02-14 of 'one' is locked: it had no actual" in text for text in messages)
    assert any("it was null when" in text for text in messages)


def test_a_kpi_that_is_gone_is_said_at_the_lock(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    start = PLAN.index("  one:")
    other = "  two: {name: Two, objective: top, owner: an, unit: count, target: {at_least: 1}}\n"
    repo.write({"plan.yaml": PLAN[:start] + other})
    (finding,) = [f for f in validate(repo.root) if f.code == "K302"]
    assert (finding.path, finding.line, finding.column) == ("kpi.yaml", 2, 9)
    assert finding.message.startswith("'one' had actuals in 2026-Q1")


def test_a_new_name_for_the_same_figures_is_no_edit(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    repo.write(edited("  one:", "  uno:"))
    assert told(repo.root) == []


def test_a_new_name_does_not_hide_an_edit(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    repo.write({"plan.yaml": PLAN.replace("  one:", "  uno:").replace("2026-03: 7", "2026-03: 8")})
    assert [row[:4] for row in told(repo.root)] == [("error", "kpi.yaml", 2, 9)]


def test_settings_that_were_away_locked_nothing(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    (repo.root / "kpi.yaml").unlink()
    repo.commit()
    repo.commit({"kpi.yaml": LOCKED} | edited("2026-03: 7", "2026-03: 70"))
    assert told(repo.root) == []


def test_a_new_kpi_may_bring_its_history(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    new = PLAN[PLAN.index("  one:") :].replace("  one:", "  two:").replace("book", "ledger")
    repo.write({"more.yaml": "kpis:\n" + new})
    assert told(repo.root) == []


def test_a_record_that_cannot_be_read_is_one_fault(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    repo.write(edited("unit: count", "unti: count"))
    assert [f.code for f in validate(repo.root)] == ["K010"]
    repo.write(edited("2026-03: 7", "2026-03: seven"))
    assert [f.code for f in validate(repo.root)] == ["K205"]


def test_beside_a_row_that_cannot_be_read_edits_are_found(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    text = PLAN.replace("2026-03: 7", "2026-03: seven").replace("2026-02: 6", "2026-02: 60")
    repo.write({"plan.yaml": text})
    assert [(f.code, f.line) for f in validate(repo.root)] == [("K302", 14), ("K205", 15)]


def test_rows_that_could_not_be_read_then_may_be_mended(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED} | edited("2026-03: 7", "2026-03: seven"))
    repo.write({"plan.yaml": PLAN})
    assert told(repo.root) == []


def test_rows_of_tables_and_segments(repo: Repo) -> None:
    config = LOCKED + 'actuals: ["*.csv"]\n'
    plan = PLAN[: PLAN.index("    actuals:")]
    head = "kpi,period,segment,value,numerator,denominator\n"
    rows = [f"one,2026-0{m},{s},{m},," for m in range(1, 6) for s in ("north", "south")]
    repo.commit({"kpi.yaml": config, "plan.yaml": plan, "t.csv": head + "\n".join(rows) + "\n"})
    assert told(repo.root) == []
    rows[2] = "one,2026-02,north,7,,"
    repo.write({"t.csv": head + "\n".join(rows) + "\n"})
    ((_, path, line, _, message),) = told(repo.root)
    assert (path, line) == ("t.csv", 4)
    assert message.startswith("2026-02 (north) of 'one' is locked: it was 2 when")


def test_fractions_and_words_are_shown_as_typed(repo: Repo) -> None:
    pair = edited("2026-03: 7", "2026-03: {numerator: 7, denominator: 9}")
    repo.commit({"kpi.yaml": LOCKED} | pair)
    repo.write(edited("2026-03: 7", "2026-03: {numerator: 8, denominator: 9}"))
    assert "it was 7 / 9 when" in told(repo.root)[0][4]
    done = PLAN.replace("{at_least: 5}", "{done: true}").replace(": 5\n", ": false\n")
    for number in (6, 7, 8, 9):
        done = done.replace(f": {number}\n", ": false\n")
    repo.commit({"kpi.yaml": FREE, "plan.yaml": done})
    repo.commit({"kpi.yaml": LOCKED})
    repo.write({"plan.yaml": done.replace("2026-03: false", "2026-03: true")})
    assert "it was false when" in told(repo.root)[0][4]


def test_a_later_day_is_not_looked_at(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    repo.write(edited("2026-03: 7", "2026-03: 70"))
    assert [f.code for f in validate(repo.root, date(2026, 3, 30)) if f.code == "K302"] == []


def test_unlocking_and_locking_again_starts_anew(repo: Repo) -> None:
    repo.commit({"kpi.yaml": LOCKED})
    repo.commit({"kpi.yaml": FREE})
    repo.commit(edited("2026-03: 7", "2026-03: 70"))
    repo.commit({"kpi.yaml": LOCKED})
    assert told(repo.root) == []


def test_a_merge_does_not_hide_the_lock(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"kpi.yaml": FREE + "language: en\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({"kpi.yaml": 'locked: ["2026-Q1"]\n' + FREE})
    repo.commit(edited("2026-03: 7", "2026-03: 70"))
    repo.day += 1
    repo.git("merge", "-q", "side")
    assert [row[:4] for row in told(repo.root)] == [("error", "plan.yaml", 15, 7)]


def test_a_workspace_in_a_folder(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"plans/kpi.yaml": LOCKED, "plans/plan.yaml": PLAN})
    repo.write({"plans/plan.yaml": PLAN.replace("2026-03: 7", "2026-03: 70")})
    assert [row[:4] for row in told(repo.root / "plans")] == [("error", "plan.yaml", 15, 7)]


def untold(root: Path) -> str:
    """The one info about what could not be compared."""
    (finding,) = [f for f in validate(root) if f.code == "K302"]
    assert finding.severity is Severity.INFO
    assert (finding.path, finding.line, finding.column) == ("kpi.yaml", 2, 9)
    return finding.message


def test_without_git_it_is_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "kpi.yaml").write_text('version: 1\nlocked: ["2025", "2026-Q1"]\n', "utf-8")
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    assert untold(tmp_path).endswith("the workspace is in no git repository")


def test_before_the_first_commit_it_is_noted(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.write({"kpi.yaml": LOCKED, "plan.yaml": PLAN})
    assert untold(repo.root).endswith("the workspace has no commit yet")


def test_a_workspace_outside_the_commits_is_noted(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"README": "x"})
    repo.write({"kpi.yaml": LOCKED, "plan.yaml": PLAN})
    assert untold(repo.root).endswith("kpi.yaml is not committed yet")


def test_a_history_that_is_cut_off_is_noted(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"kpi.yaml": 'version: 1\nlocked: ["2026-Q1", "2025"]\n'})
    repo.commit({"kpi.yaml": 'version: 1\nlocked: ["2026-Q1", "2025"]\nname: Firm\n'})
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(clone))
    assert untold(clone).endswith("does not reach back to the commit that locked them")


def test_a_version_that_cannot_be_read_neither_locks_nor_unlocks(repo: Repo) -> None:
    lock = repo.commit({"kpi.yaml": LOCKED})
    repo.commit({"kpi.yaml": "version: 1\nlocked: [nonsense]\n"})
    repo.commit(edited("2026-03: 7", "2026-03: 70"))
    repo.commit({"kpi.yaml": LOCKED})
    assert lock[:7] in told(repo.root)[0][4]


def test_the_commit_of_a_lock() -> None:
    quarter = Calendar().parse("2026-Q1")
    commits = [Commit("c", ("b",)), Commit("b", ("a",)), Commit("a", ())]
    held, free = (quarter,), ()
    assert lock_commit(commits, {"c": held, "b": held, "a": free}, quarter) == commits[1]
    assert lock_commit(commits, {"c": held, "b": free, "a": held}, quarter) == commits[0]
    assert lock_commit(commits, {"c": free, "b": held, "a": held}, quarter) is None
    assert lock_commit([], {}, quarter) is None
