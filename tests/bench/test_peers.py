"""Other tools: what they are given, and that one that is missing is said to be."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bench import peer_corpora, peers, session
from bench.generate import Layout, write
from bench.measure import Cost
from bench.session import Bench
from bench.table import Row


def test_doorstop_gets_as_many_items_each_under_one_of_a_fifth_as_many(tmp_path: Path) -> None:
    peer_corpora.doorstop(23, tmp_path / "ds")
    items = [yaml.safe_load(path.read_text()) for path in (tmp_path / "ds/items").glob("ITEM*")]
    above = {path.stem for path in (tmp_path / "ds/above").glob("ABOVE*.yml")}
    assert (len(items), len(above)) == (23, 5)
    assert {name for item in items for link in item["links"] for name in link} == above
    assert len({item["level"] for item in items}) == 23
    settings = yaml.safe_load((tmp_path / "ds/items/.doorstop.yml").read_text())["settings"]
    assert settings == {"digits": 6, "parent": "ABOVE", "prefix": "ITEM", "sep": ""}


def test_doorstop_finds_the_stamps_of_its_first_check(tmp_path: Path) -> None:
    peer_corpora.doorstop(3, tmp_path / "ds")
    stamped = tmp_path / "ds" / "items" / "ITEM000000.yml"
    stamped.write_text("stamped")
    peer_corpora.doorstop(3, tmp_path / "ds", 1)
    assert stamped.read_text() == "stamped"


def test_strictdoc_gets_as_many_requirements_that_are_new_each_time(tmp_path: Path) -> None:
    peer_corpora.strictdoc(310, tmp_path)
    texts = {path: path.read_text() for path in sorted(tmp_path.glob("*.sdoc"))}
    assert [text.count("[REQUIREMENT]") for text in texts.values()] == [150, 150, 10]
    whole = "\n".join(texts.values())
    known = set(re.findall(r"^UID: (.+)$", whole, flags=re.MULTILINE))
    parents = re.findall(r"^  VALUE: (.+)$", whole, flags=re.MULTILINE)
    assert len(known) == 310
    assert set(parents) <= known
    assert len(parents) == 310 * 4 / 5
    peer_corpora.strictdoc(310, tmp_path, 1)
    assert all(path.read_text() != text for path, text in texts.items())


def test_a_ledger_has_entries_of_four_lines_and_open_accounts(tmp_path: Path) -> None:
    peer_corpora.ledger(30, tmp_path)
    lines = [line for line in (tmp_path / "ledger.bean").read_text().splitlines() if line]
    assert sum(" * " in line for line in lines) == 30
    assert len(lines) == 2 + 4 * 30


def bench_with(tmp_path: Path, sizes: tuple[int, ...]) -> Bench:
    """A session whose one plan is there already."""
    bench = Bench(tmp_path, sizes)
    for size in sizes:
        layout = Layout(size)
        write(layout, tmp_path / f"{size}-{layout.files}-{layout.actuals}")
    return bench


def fake(tmp_path: Path, name: str, code: str) -> peers.Peer:
    """A tool that is installed already: a script in Python."""
    peer = peers.Peer(name, name, "1.0", "nothing", lambda _folder: ["."], peer_corpora.ledger)
    program = tmp_path / f"{name}-1.0" / "bin" / name
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\n{code}\n")
    program.chmod(0o755)
    return peer


def test_a_tool_is_measured_beside_ours_and_one_that_is_missing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers, "FOLDER", tmp_path)
    monkeypatch.setattr(peers, "install", lambda peer: peer.name == "busy")
    bench = bench_with(tmp_path, (5,))
    busy = fake(tmp_path, "busy", "sum(range(100_000))")
    for module in (peers, session):
        monkeypatch.setattr(module, "KPI", str(busy.home / "bin" / "busy"))
    peers.peers(bench, [busy, replace(busy, name="gone", version="2.0")])
    assert bench.peers == {"busy": "1.0", "gone": ""}
    assert "gone 2.0 could not be installed" in capsys.readouterr().err
    assert [row.name for row in bench.rows] == [
        "kpi validate, 5, s",
        "kpi report, 5, s",
        "busy, 5, s",
        "validate 5, times faster than busy",
    ]


def test_what_was_ended_is_told_as_more_than(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    peer = replace(peers.PEERS[3], name="slow")
    costs = {"slow": Cost(90, 600, 0, over=True), "kpi validate": Cost(2, 2, 0)}
    costs["kpi report"] = Cost(10, 10, 0)
    peers.told(bench, "slow", 1000, costs["slow"])
    peers.faster(bench, peer, 1000, costs)
    assert [(row.name, row.shown, row.note) for row in bench.rows] == [
        ("slow, 1000, s", "> 90.00", f"ended after {peers.LIMIT:g} s"),
        ("validate 1000, times faster than slow", "> 45.00", "90.00 s / 2.00 s"),
        ("report 1000, times faster than slow", "> 9.00", "90.00 s / 10.00 s"),
    ]


def test_a_failed_installation_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        if "venv" in command:
            Path(command[-1]).mkdir(parents=True)
            return subprocess.CompletedProcess(command, 0, "", "")
        return subprocess.CompletedProcess(command, 1, "", "no such package")

    monkeypatch.setattr(peers, "FOLDER", tmp_path / "peers")
    monkeypatch.setattr(subprocess, "run", no_network)
    assert not peers.install(peers.PEERS[0])
    assert not peers.PEERS[0].home.exists()


def test_the_schema_checker_gets_every_plan_file_and_not_the_settings(tmp_path: Path) -> None:
    write(Layout(20), tmp_path)
    words = peers.PEERS[0].command(tmp_path)
    assert set(words[2:]) == {
        "organization.yaml",
        "department-0000/department.yaml",
        "department-0000/t00000.yaml",
        "department-0000/t00001.yaml",
    }


def test_each_budget_about_a_tool_names_one() -> None:
    from bench.table import BUDGETS

    told = {name.rpartition(" than ")[2] for name in BUDGETS if "faster" in name}
    assert told == {"check-jsonschema", "yamllint", "doorstop", "strictdoc"}
    assert told <= {peer.name for peer in peers.PEERS}
    assert Row("validate 1000, times faster than yamllint", 30).verdict == "must"
