"""`kpi validate --fix`: what is always right is changed, and no byte more."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_cli.diagnostics import Fix
from kpi_cli.edit.fixing import fixed
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
