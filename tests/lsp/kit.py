"""A small workspace, and what is seen of it, for the tests of single features."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpi_cli.analysis.assess import assess
from kpi_cli.checks.engine import checked
from kpi_cli.checks.selection import for_validate
from kpi_cli.edit.files import Overlay
from kpi_cli.edit.renaming import rename
from kpi_cli.lsp.seen import Buffer, Seen, buffer
from kpi_cli.plan import load_plan
from kpi_cli.workspace import DiskTree

AS_OF = date(2026, 5, 31)
CONFIG = "version: 1\nperspectives: [customer]\nunits: {pallet: {}}\n"
PEOPLE = """\
teams:
  shop: {name: Cửa hàng 𝄞, lead: lan}
people:
  lan: {name: Nguyễn Thị Lan, team: shop}
  minh: {name: Trần Minh, team: shop, manager: lan}
"""
PLAN = """\
objectives:
  loyal:
    title: Khách quay lại 𝄞
    owner: lan   # 𝄞 she does
    team: shop
    period: "2026"
kpis:
  orders:
    name: Orders
    objective: loyal
    owner: minh
    unit: count
    direction: increase
    start: 2026-01-01
    due: 2026-12-31
    baseline: 100
    target: 200
    source: {manual: till}
    tags: [board]
    actuals: {2026-01: 110, 2026-02: 120, 2026-03: 125, 2026-04: 140, 2026-05: 150}
  per-head: {name: Orders a head, objective: loyal, owner: minh, unit: count, formula: orders / ( orders + 1 ), target: {at_most: 1}, source: {manual: till}}
"""  # noqa: E501 - one record in brackets


def workspace(folder: Path, plan: str = PLAN) -> Path:
    """Write the workspace."""
    (folder / "kpi.yaml").write_text(CONFIG, encoding="utf-8")
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    return folder


def seen_of(root: Path, **texts: str) -> Seen:
    """What is seen of a workspace with other texts in open files (`plan` is plan.yaml)."""
    files = {f"{name}.yaml": text.encode() for name, text in texts.items()}
    tree = Overlay(DiskTree(root), files)
    loaded = load_plan(tree)
    found = checked(loaded, AS_OF, for_validate(loaded.plan.config)).findings
    return Seen(
        root,
        tree,
        loaded,
        tuple(found),
        AS_OF,
        lambda: assess(loaded.plan, AS_OF),
        lambda _: {},
        lambda old, new: rename(tree, old, new).files,
    )


def file_of(seen: Seen, path: str = "plan.yaml") -> Buffer:
    """One of its files."""
    return buffer(path, seen.tree.read(path))


def spot(text: str) -> tuple[str, int, int]:
    """A text without its `‸`, and the line and column (from 0) at which that stood."""
    before, _, after = text.partition("‸")
    return before + after, before.count("\n"), len(before) - before.rfind("\n") - 1
