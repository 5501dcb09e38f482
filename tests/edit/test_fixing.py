"""`kpi validate --fix`: what is always right is changed, and no byte more."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_cli.diagnostics import Fix, Place, Rewrite
from kpi_cli.edit.fixing import fixed, mended
from kpi_cli.period import certain
from kpi_cli.source import Mark
from tests.cli.transcript import kpi

PLAN = (
    "# kpi: ignore-file[K101] -- an old list\r\n"
    "people:\r\n"
    "  # kpi: ignore[K104] -- nobody knows\r\n"
    "  lan: {name: Nguyễn Thị Lan,   team: nowhere}  # kpi: ignore[K105, K106] -- it comes\r\n"
    "  minh: {name: 'Minh # kpi: ignore[K1]'}   # kpi: ignore[K105] -- it comes"
)
MENDED = (
    "people:\r\n"
    "  lan: {name: Nguyễn Thị Lan,   team: nowhere}  # kpi: ignore[K105] -- it comes\r\n"
    "  minh: {name: 'Minh # kpi: ignore[K1]'}"
)


@pytest.fixture(params=["", "\ufeff"], ids=["plain", "byte order mark"])
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A workspace with four unused ignores in a file with Windows' line ends."""
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_bytes((request.param + PLAN).encode())
    return tmp_path


def test_unused_ignores_go_and_nothing_else(root: Path) -> None:
    before = (root / "plan.yaml").read_bytes()
    done = kpi("validate", "-C", str(root), "--fix", "--strict")
    assert (done.code, done.err) == (0, "kpi: fixed 4 findings in 1 file\n")
    after = (root / "plan.yaml").read_bytes()
    assert after.decode().removeprefix("\ufeff") == MENDED
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    again = kpi("validate", "-C", str(root), "--fix")
    assert (again.code, again.err) == (0, "")
    assert (root / "plan.yaml").read_bytes() == after


def test_a_diff_is_shown_and_nothing_written(root: Path) -> None:
    shown = kpi("validate", "-C", str(root), "--diff")
    assert shown.code == 1
    assert "# kpi: ignore-file[K101] -- an old list\n" in shown.out
    assert (root / "plan.yaml").read_bytes().decode().removeprefix("\ufeff") == PLAN
    kpi("validate", "-C", str(root), "--fix")
    assert kpi("validate", "-C", str(root), "--diff") == kpi("validate", "-C", str(root), "--diff")
    assert kpi("validate", "-C", str(root), "--diff").code == 0


def test_only_the_named_files_are_fixed(root: Path) -> None:
    (root / "other.yaml").write_text("people: {}\n", encoding="utf-8")
    kpi("validate", "-C", str(root), "--fix", str(root / "other.yaml"))
    assert (root / "plan.yaml").read_bytes().decode().removeprefix("\ufeff") == PLAN


def test_fixes_that_overlap_are_not_made() -> None:
    fixes = [Fix(Mark(1, 1, 1, 4), "x"), Fix(Mark(1, 3, 1, 5), "y")]
    assert fixed(b"abcdef\n", fixes) == b"abcdef\n"
    assert fixed(b"\xff\n", fixes[:1]) == b"\xff\n"
    assert fixed("ắbcdef\n".encode(), fixes[:1]) == b"xdef\n"


LOOSE = """\
objectives:
  loyal:
    title: Customers come back
    period: Q1/2026   # the first quarter
kpis:
  orders:
    name: 'Orders'
    objective: loyal
    unit: Percent  # of all
    start: "2026/1/5"
    due: 31/12/2026
    target: {at_most: {2026-Q1: 3}}
    actuals: {2026-w9: 1, 2026-3-1: 2}
  sold: {name: Sold, unit: usd, objective: loyal}
  day: {name: Day, due: 05/06/2026, objective: loyal}
  kept: {name: Kept, target: {at_most: {2026 q1: 3, Q2-2026: 2}}, objective: loyal}
  weight: {name: Weight, unit: ton, objective: loyal}
  anchor: {name: Anchor, due: &day 2026.12.31, objective: loyal}
  count: {name: Count, unit: '#', objective: loyal}
  escaped: {name: Escaped, objective: loyal, start: "2026\\x2f1/5"}
"""
TIDY = [
    ("Q1/2026 ", "2026-Q1 "),
    ("Percent ", '"%" '),
    ('"2026/1/5"', '"2026-01-05"'),
    ("31/12/2026", "2026-12-31"),
    ("{2026-w9: 1, 2026-3-1: 2}", "{2026-W09: 1, 2026-03-01: 2}"),
    ("usd", "USD"),
    ("'#'", "'count'"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_can_only_mean_one_thing_is_written_as_that(tmp_path: Path, newline: str) -> None:
    """Ambiguous days, targets, tons, anchors and escapes stay; so does every other byte."""
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(LOOSE.replace("\n", newline).encode())
    shown = kpi("validate", "-C", str(tmp_path), "--diff")
    assert shown.code == 1
    kpi("validate", "-C", str(tmp_path), "--fix")
    wanted = LOOSE
    for old, new in TIDY:
        wanted = wanted.replace(old, new, 1)
    assert plan.read_bytes() == wanted.replace("\n", newline).encode()
    assert kpi("validate", "-C", str(tmp_path), "--diff").out == ""
    assert shown.out.count("\n+ ") == 7


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("2026/3/1", "2026-03-01"),
        ("5.5.2026", "2026-05-05"),
        ("12/31/2026", "2026-12-31"),
        ("05/06/2026", None),
        ("31/06/2026", None),
        ("1-2-3", None),
        ("2026-3", None),
        ("H2 2026", "2026-H2"),
        ("fy2026 h1", "FY2026-H1"),
        ("2026-Q7", None),
        ("2026w53", "2026-W53"),
        ("2025w53", None),
        ("March 2026", None),
    ],
)
def test_only_what_is_certain_is_offered(text: str, better: str | None) -> None:
    assert certain(text) == better


def test_a_fix_that_would_make_a_key_twice_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    text = "kpis:\n  a:\n    name: A\n    actuals:\n      2026-03-01: 1\n      2026/3/1: 2\n"
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    kpi("validate", "-C", str(tmp_path), "--fix")
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == text


def test_of_two_fixes_in_one_place_the_first_is_made_and_then_the_other() -> None:
    place = Place("plan.yaml", ("a",))
    first = Fix(Mark(1, 4, 1, 7), "two", Rewrite(place, "two"))
    second = Fix(Mark(1, 4, 1, 7), "three", Rewrite(place, "three"))
    assert mended(b"a: one\n", [first, second]) == (b"a: two\n", 1)
    other = Fix(Mark(2, 1, 2, 2), "x")
    assert mended(b"a: one\nb: 1\n", [first, other]) == (b"a: two\nb: 1\n", 1)


KPI = "objective: loyal, owner: lan, unit: {unit}, target: {target}, source: {{manual: desk}}}}"
NAMES = [
    # the direction stands in the fields too, so the name need not tell it
    ("'Reduced returns of shoes'", "count", "{at_most: 9}", "'Returns of shoes'"),
    ('"Tăng doanh thu bán lẻ"', "VND", "{at_least: 9}", '"Doanh thu bán lẻ"'),
    ("Increased sales of shoes", "count", "9", None),
    ("Increased sales", "count", "{at_least: 9}", None),
    # the target or the due date stands at the end of the name
    ("Waiting time at most 9 days", "days", "{at_most: 9}", "Waiting time"),
    ("Reduced waiting time at most 9 days", "days", "{at_most: 9}", "Waiting time"),
    ("Waiting at most 9 days at the desk", "days", "{at_most: 9}", None),
    ("Waiting at most 8 days", "days", "{at_most: 9}", None),
    # letters that only look right
    ('"Cafe\u0301 orders of the day"', "count", "{at_least: 9}", '"Café orders of the day"'),
    ("Orders\u00a0of the day", "count", "{at_least: 9}", "Orders of the day"),
    ('"\u0410nswers to letters"', "count", "{at_least: 9}", None),
]


@pytest.mark.parametrize(("name", "unit", "target", "becomes"), NAMES, ids=[n[0] for n in NAMES])
def test_names_are_mended_where_nothing_is_lost(
    tmp_path: Path, name: str, unit: str, target: str, becomes: str | None
) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    head = "kpis:\n  # first\n  a: {name: "
    tail = ", " + KPI.format(unit=unit, target=target) + "  # last\n"
    plan = tmp_path / "plan.yaml"
    plan.write_text(head + name + tail, encoding="utf-8")
    options = ("-C", str(tmp_path), "--as-of", "2026-05-31")
    kpi("check-smart", *options, "--fix")
    assert plan.read_text(encoding="utf-8") == head + (becomes or name) + tail
    assert kpi("check-smart", *options, "--diff").out == ""


def test_another_comment_behind_an_ignore_is_neither_its_reason_nor_its_end(
    tmp_path: Path,
) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    ignore = "# kpi: ignore[K105] -- see #12 (until 2026-06-30)"
    text = f"people:\n  lan: {{name: Lan, team: x}}  {ignore}  # a note\n"
    plan.write_text(text, encoding="utf-8")
    options = ("-C", str(tmp_path), "--format", "concise", "--as-of")
    assert kpi("validate", *options, "2026-06-30").out == ""
    assert "this ignore of K105 ended on 2026-06-30" in kpi("validate", *options, "2026-07-01").out
    plan.write_text(text.replace(", team: x", ""), encoding="utf-8")
    kpi("validate", "--fix", *options, "2026-06-30")
    assert plan.read_text(encoding="utf-8") == "people:\n  lan: {name: Lan}  # a note\n"
