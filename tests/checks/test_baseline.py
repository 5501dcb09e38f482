"""The baseline: old faults by fingerprint, one line each."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kpi_cli.checks.baseline import Entry, compare, dump, parse, updated
from kpi_cli.errors import CannotRun
from tests.checks.bench import found
from tests.cli.transcript import kpi

DAY = date(2026, 5, 31)
OLD = found("people:\n  lan: {name: Lan, team: nowhere, manager: nobody}\n")


def entries(*, until: date | None = None, grow: bool = True) -> list[Entry]:
    """A baseline of the old findings."""
    return updated(OLD, [], as_of=DAY, reason="viết tay", until=until, grow=grow)


def test_old_findings_are_debt_and_new_ones_count() -> None:
    more = found("people:\n  lan: {name: Lan, team: nowhere, manager: nobody}\n  minh: {}\n")
    compared = compare(more, entries(), DAY)
    assert [f.code for f in compared.new] == ["K012"]
    assert [(s.finding.code, s.reason, s.source) for s in compared.debt] == [
        ("K105", "viết tay", False),
        ("K104", "viết tay", False),
    ]
    assert compared.faults == []


def test_the_file_has_a_line_for_each_in_order() -> None:
    text = dump(reversed(entries(until=date(2026, 12, 31))))
    assert [line[10:14] for line in text.splitlines()[1:-1]] == ["K104", "K105"]
    assert parse(text.encode()) == tuple(
        sorted(entries(until=date(2026, 12, 31)), key=lambda e: e.sort_key)
    )
    assert parse(dump([]).encode()) == ()
    assert "viết tay" in text


def test_what_is_mended_is_told_with_its_line() -> None:
    compared = compare(OLD[:1], entries(), DAY)
    (fault,) = compared.faults
    assert (fault.code, fault.place.path) == ("X905", ".kpi/baseline.json")
    line = dump(entries()).splitlines()[(fault.place.mark.line if fault.place.mark else 0) - 1]
    assert OLD[1].fingerprint in line


def test_an_expired_entry_counts_again() -> None:
    compared = compare(OLD, entries(until=DAY), date(2026, 6, 1))
    assert [f.code for f in compared.new] == ["K105", "K104"]
    assert {fault.code for fault in compared.faults} == {"X904"}
    assert compare(OLD, entries(until=DAY), DAY).new == []


def test_pruning_only_takes_out_and_updating_adds() -> None:
    assert (
        updated(OLD[:1], entries(), as_of=DAY, reason=None, until=None, grow=False) == entries()[:1]
    )
    later = date(2026, 6, 30)
    both = updated(OLD, entries()[:1], as_of=later, reason="later", until=None, grow=True)
    assert [(entry.reason, entry.added) for entry in both] == [("viết tay", DAY), ("later", later)]


def test_an_expired_entry_is_renewed_with_a_new_day() -> None:
    later = date(2026, 6, 30)
    renewed = updated(OLD, entries(until=DAY), as_of=later, reason=None, until=later, grow=True)
    assert [(e.expires, e.added, e.reason) for e in renewed] == [(later, DAY, "viết tay")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "kpi-baseline/2", "findings": []}',
        '{"schema": "kpi-baseline/1", "findings": [{"code": 1}]}',
        '{"schema": "kpi-baseline/1", "findings": [3]}',
        "<<<<<<< HEAD",
    ],
)
def test_what_is_no_baseline_is_said(text: str) -> None:
    with pytest.raises(CannotRun, match="is no baseline"):
        parse(text.encode())


def test_fingerprints_do_not_move() -> None:
    base = "people:\n  lan: {name: Lan, team: nowhere}\n"
    other = 'teams: {}\n\npeople:\n  # moved\n  lan:\n    team: "nowhere"\n    name: Lan\n'
    (one,), (two,) = found(base), found(other)
    assert one.line != two.line
    assert one.fingerprint == two.fingerprint


def test_fingerprints_do_not_move_with_the_day() -> None:
    text = (
        "objectives: {o: {title: T, owner: lan, period: 2026}}\npeople: {lan: {name: L}}\n"
        "kpis: {k: {name: K, objective: o, owner: lan, unit: count, target: {at_least: 1},"
        " source: {manual: x}, actuals: {2026-12: 3}}}\n"
    )
    days = (date(2026, 2, 1), date(2026, 2, 2))
    one, two = ([f for f in found(text, day) if f.code == "K203"] for day in days)
    assert one[0].message != two[0].message
    assert one[0].fingerprint == two[0].fingerprint


def test_old_faults_are_known_after_a_rename(tmp_path: Path) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "kpis:\n  orders: {name: Orders, owner: nobody}\n  other: {name: Other, owner: nobody}\n"
        "  sum: {name: Sum, formula: orders + lost, owner: nobody}\n",
        encoding="utf-8",
    )
    kpi("baseline", "create", "-C", str(tmp_path), "--as-of", "2026-05-31")
    debt = json.loads((tmp_path / ".kpi/baseline.json").read_text(encoding="utf-8"))["findings"]
    kpi("rename", "orders", "sales", "-C", str(tmp_path), "--as-of", "2026-05-31")
    done = kpi("validate", "-C", str(tmp_path), "--format", "json", "--as-of", "2026-05-31")
    found = json.loads(done.out)
    assert (done.code, found["findings"]) == (0, [])
    assert found["counts"]["suppressed"] == len(debt)
    after = json.loads((tmp_path / ".kpi/baseline.json").read_text(encoding="utf-8"))["findings"]
    assert {row["subject"] for row in after} == {"sales", "other", "sum"}
