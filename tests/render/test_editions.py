"""What a report is only when asked: fixed to a theme, stamped, named after a commit, in part
written; and the files of values beside it."""

import csv
import io
import json
import os
import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kpi_cli.cli import edition
from kpi_cli.cli.app import run
from kpi_cli.cli.publish import Tally, write_folder
from kpi_cli.locale import speaking
from kpi_cli.render.csv import SERIES_COLUMNS
from kpi_cli.render.html.site import asset, digest_of, style, write_single, write_site
from kpi_cli.views.report import build_report
from tests.memory import judge
from tests.render.html import parse
from tests.render.test_site import report, site

PLAN = """\
kpis:
  calls:
    name: Calls
    target: 40
    actuals:
      2026-01: 30
      2026-02: 33.5
      2026-03: {value: 36, note: "=HYPERLINK(1)"}
  later: {name: Later, target: 5}
"""
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A small plan."""
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "kpi.yaml").write_text("version: 1\nname: Firm\n", encoding="utf-8")
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return folder


def written(workspace: Path, *options: str) -> Path:
    """The folder of its report."""
    folder = workspace.parent / "site"
    command = ["report", "--root", str(workspace), "--as-of", "2026-04-30", "-o", str(folder)]
    assert run([*command, *options]) == 0
    return folder


def footer(folder: Path) -> str:
    """The text at the foot of the first page."""
    text = " ".join(parse((folder / "index.html").read_bytes()).text.split())
    return text.partition(" made by ")[2]


def git(workspace: Path, *arguments: str) -> str:
    """What git answers there."""
    done = subprocess.run([*GIT, *arguments], cwd=workspace, capture_output=True, check=True)
    return done.stdout.decode().strip()


def committed(workspace: Path) -> str:
    """Its files in a first commit; the hash of that."""
    git(workspace, "init", "-q")
    git(workspace, "add", ".")
    git(workspace, "commit", "-q", "-m", "first")
    return git(workspace, "rev-parse", "HEAD")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_fixed_on_every_page(workspace: Path, theme: str) -> None:
    folder = written(workspace, "--theme", theme)
    for page in folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert f'<html lang="en" data-theme="{theme}">' in html
        assert f'<meta name="color-scheme" content="{theme}">' in html
    assert (folder / "assets" / "kpi.css").read_text(encoding="utf-8") == style(theme)
    assert "theme" not in json.loads((folder / "data" / "report.json").read_text())["imprint"]


def test_without_a_theme_the_readers_system_decides() -> None:
    assert style(None) == asset("kpi.css")
    assert all(b"data-theme" not in raw for raw in site().values())
    assert b'content="light dark"' in site()["index.html"]


def test_the_dark_theme_holds_on_every_screen_and_on_no_paper() -> None:
    dark = style("dark")
    assert "prefers-color-scheme" not in dark
    assert dark.startswith(":root{color-scheme:dark;")
    tokens = re.search(r"@media screen\{:root\{([^}]*)\}\}", dark)
    own = re.search(r"@media \(prefers-color-scheme:dark\)\{:root\{([^}]*)\}\}", asset("kpi.css"))
    assert tokens
    assert own
    assert tokens[1] == own[1]
    assert "@media (forced-colors:active){" in dark
    assert "@media print{\n:root{color-scheme:light}" in dark


def test_the_light_theme_has_no_dark_screen() -> None:
    light = style("light")
    assert "prefers-color-scheme" not in light
    assert light.startswith(":root{color-scheme:light;")
    assert "@media not all{:root{" in light


def test_the_policy_of_the_single_page_allows_the_style_of_its_theme() -> None:
    whole = report()
    html = write_single(replace(whole, imprint=replace(whole.imprint, theme="dark"))).decode()
    assert f"<style>{style('dark')}</style>" in html
    assert digest_of(style("dark")) in html


def test_the_time_of_writing_stands_only_where_asked_for(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition, "now", lambda: datetime(2026, 5, 31, 14, 5, tzinfo=UTC))
    assert "written" not in footer(written(workspace))
    folder = written(workspace, "--stamp")
    assert " · written 31 May 2026, 14:05 UTC · " in footer(folder)
    imprint = json.loads((folder / "data" / "report.json").read_text())["imprint"]
    assert imprint["written"] == "2026-05-31T14:05:00+00:00"


def test_the_stamp_is_the_hour_of_the_world_to_the_minute() -> None:
    before, found, after = datetime.now(UTC), edition.now(), datetime.now(UTC)
    assert before.replace(second=0, microsecond=0) <= found <= after
    assert found.tzinfo is UTC
    assert (found.second, found.microsecond) == (0, 0)


def test_the_footer_speaks_vietnamese() -> None:
    with speaking("vi"):
        whole = build_report(judge("teams: {a: {name: A}}", "2026-05-31"), version="1", digest="d")
        imprint = replace(
            whole.imprint, commit="1f0c5a9b2d3e", uncommitted=True,
            written=datetime(2026, 5, 31, 14, 5, tzinfo=UTC),
        )  # fmt: skip
        text = parse(write_site(replace(whole, imprint=imprint))["index.html"]).text
    assert "1f0c5a9b2d3e + thay đổi · ghi lúc 14:05 UTC, 31 tháng 5, 2026" in " ".join(text.split())


def test_the_footer_names_the_commit_where_asked_for(workspace: Path) -> None:
    commit = committed(workspace)
    assert "commit" not in footer(written(workspace))
    assert f" · git commit {commit[:12]} · How" in footer(written(workspace, "--revision"))


def test_files_that_make_no_plan_are_no_changes(workspace: Path) -> None:
    commit = committed(workspace)
    (workspace / "notes.txt").write_text("mine", encoding="utf-8")
    (workspace / "plan.yaml").write_bytes(PLAN.replace("\n", "\r\n").encode())
    assert f" · git commit {commit[:12]} · How" in footer(written(workspace, "--revision"))


@pytest.mark.parametrize("change", ["edited", "added", "gone"])
def test_what_is_not_committed_is_told(workspace: Path, change: str) -> None:
    (workspace / "more.yaml").write_text("teams: {b: {name: B}}\n", encoding="utf-8")
    commit = committed(workspace)
    if change == "edited":
        (workspace / "plan.yaml").write_text(PLAN.replace("40", "41"), encoding="utf-8")
    elif change == "added":
        (workspace / "new.yaml").write_text("teams: {a: {name: A}}\n", encoding="utf-8")
    else:
        (workspace / "more.yaml").unlink()
    assert f" · git commit {commit[:12]} + changes · " in footer(written(workspace, "--revision"))


def test_a_linked_file_is_compared_with_what_it_leads_to(workspace: Path) -> None:
    (workspace / ".shared").mkdir()
    (workspace / ".shared" / "more.yaml").write_text("teams: {b: {name: B}}\n", encoding="utf-8")
    (workspace / "more.yaml").symlink_to(".shared/more.yaml")
    commit = committed(workspace)
    assert f" · git commit {commit[:12]} · How" in footer(written(workspace, "--revision"))
    (workspace / ".shared" / "more.yaml").write_text("teams: {b: {name: C}}\n", encoding="utf-8")
    assert f" · git commit {commit[:12]} + changes · " in footer(written(workspace, "--revision"))


def test_without_a_repository_a_commit_cannot_be_named(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "--root", str(workspace), "--revision", "-o", str(workspace / "s")]) == 2
    assert "is in no git repository" in capsys.readouterr().err


def test_only_what_changed_is_written(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(workspace, "--changed-only")
    whole = len([path for path in folder.rglob("*") if path.is_file()])
    assert f"kpi: {whole} of {whole} files written, 0 removed" in capsys.readouterr().err
    for path in folder.rglob("*.*"):
        os.utime(path, (0, 0))
    written(workspace, "--changed-only")
    assert f"kpi: 0 of {whole} files written, 0 removed" in capsys.readouterr().err
    assert {path.stat().st_mtime for path in folder.rglob("*.*")} == {0}
    (workspace / "plan.yaml").write_text(PLAN.partition("  later:")[0], encoding="utf-8")
    written(workspace, "--changed-only")
    told = capsys.readouterr().err
    assert f" of {whole - 1} files written, 1 removed" in told
    assert not (folder / "k" / "later.html").exists()
    once = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    written(workspace)
    assert "files written" not in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == once


def test_what_was_written_is_counted(tmp_path: Path) -> None:
    first = {"a": b"1", "b": b"2", ".m": b"a\nb\n"}
    assert write_folder(tmp_path / "s", first, ".m", changed_only=True) == Tally(3, 3, 0)
    second = {"a": b"3", ".m": b"a\n"}
    assert write_folder(tmp_path / "s", second, ".m", changed_only=True) == Tally(2, 2, 1)
    assert (tmp_path / "s" / "a").read_bytes() == b"3"
    assert write_folder(tmp_path / "s", second, ".m", changed_only=True) == Tally(0, 2, 0)
    assert write_folder(tmp_path / "s", second, ".m") == Tally(2, 2, 0)


def test_values_lie_beside_their_page_as_csv(workspace: Path) -> None:
    folder = written(workspace)
    table = (folder / "data" / "k" / "calls.csv").read_text(encoding="utf-8")
    assert table.splitlines() == [
        "kpi,period,start,end,value,judged,plan,note",
        "calls,2026-01,2026-01-01,2026-01-31,30,30,,",
        "calls,2026-02,2026-02-01,2026-02-28,33.5,33.5,,",
        "calls,2026-03,2026-03-01,2026-03-31,36,36,,'=HYPERLINK(1)",
    ]
    page = (folder / "k" / "calls.html").read_text(encoding="utf-8")
    assert '<a href="../data/k/calls.csv" download>These values as CSV</a>' in page
    assert not (folder / "data" / "k" / "later.csv").exists()
    assert ".csv" not in (folder / "k" / "later.html").read_text(encoding="utf-8")


def test_a_table_of_values_has_a_row_for_each_of_the_page() -> None:
    for page in report("harbour-foods").kpis:
        raw = site("harbour-foods").get(f"data/k/{page.ref.id}.csv")
        assert (raw is None) == (not page.values)
        if raw is not None:
            rows = list(csv.DictReader(io.StringIO(raw.decode())))
            assert tuple(rows[0]) == SERIES_COLUMNS
            shown = page.values[::-1]
            assert [row["period"] for row in rows] == [v.period for v in shown]
            alone = [row["value"] != row["judged"] for row in rows]
            assert alone == [v.own is not None for v in shown]
            assert all(date.fromisoformat(row["end"]) <= date(2026, 5, 31) for row in rows)


def test_one_page_alone_links_no_table() -> None:
    assert b".csv" not in write_single(report("harbour-foods"))
