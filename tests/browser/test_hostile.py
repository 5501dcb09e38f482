"""Texts that try to break out, words that do not end, and every width, theme and text size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpi_cli.cli.app import run
from tests.house.tree import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LONG = "Donaudampfschifffahrtsgesellschaft" * 4
PLAN = f"""
teams:
  top: {{name: "<i>Top</i>"}}
  dep: {{name: {LONG}, parent: top, lead: p}}
  sub: {{name: "]]><script>alert(4)</script>", parent: dep}}
people:
  p: {{name: 'Nguyễn "<b>Văn</b>" {LONG}', team: dep}}
objectives:
  con: {{title: "</title><script>alert(1)</script>", owner: p, period: "2026", team: top,
    why: "\\u202E evil"}}
  a.b: {{title: {LONG}, supports: [con], period: "2026", team: dep,
    resources: {{budget: 12000000000 VND}}}}
  c: {{title: "</a></svg><script>alert(5)</script>", supports: [a.b, con], team: sub,
    tension: [{{with: con, agreed: {LONG}}}]}}
reviews:
  r: {{on: 2026-05-30, kind: monthly, present: [p], notes: {LONG},
    decisions: [{{text: "<script>alert(6)</script> {LONG}", kpi: aux, owner: p, due: 2026-06-10}}]}}
recognitions:
  thx: {{to: [p], for: aux, on: 2026-05-01, by: p, text: {LONG}}}
glossary:
  g: {{term: {LONG}, means: "<script>alert(7)</script>"}}
kpis:
  aux:
    name: "<img src=x onerror=alert(2)> {LONG}"
    objective: con
    owner: p
    unit: long
    baseline: 123456789
    target: 987654321
    check_ins: [{{on: 2026-05-20, by: p, status: at_risk, note: "{{{{ 7*7 }}}} --> {LONG}"}}]
    actuals: {{2026-01: 223456789.5, 2026-02: {{value: 3, note: "</svg><script>alert(3)</script>"}},
      2026-03: null, 2026-04: 423456789}}
  k.js: {{name: שלום, objective: c, leads: [{{kpi: aux, because: {LONG}}}], opposes: [aux],
    target: {{at_least: 99.95}}, actuals: {{2026-04: 99.949999}}}}
  steps: {{name: Steps, objective: a.b, target: {{milestones: [{{name: {LONG}}}]}}}}
  old: {{name: Old, objective: a.b, metric: {LONG}, status: retired,
    retired: {{on: 2026-03-01, reason: {LONG}}}}}
actions:
  act: {{title: {LONG}, kpi: aux, owner: p, due: 2026-05-20}}
"""
SIZES = ((320, 16), (640, 32), (768, 16), (1000, 16), (1280, 16))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report of such a plan, and the single page in it."""
    root = tmp_path_factory.mktemp("hostile")
    config = f"version: 1\nname: '<script>alert(0)</script>'\nunits: {{long: {{symbol: {LONG}}}}}\n"
    (root / "kpi.yaml").write_text(config, encoding="utf-8")
    (root / "plan.yaml").write_text(PLAN, encoding="utf-8")
    base = ["report", "--root", str(root), "--as-of", "2026-05-31"]
    assert run([*base, "-o", str(root / "site")]) == 0
    assert run([*base, "-o", str(root / "site" / "single.html")]) == 0
    assert run([*base, "-o", str(root / "site" / "person"), "--for", "person:p"]) == 0
    return root / "site"


def opened(browser: Browser, file: Path, **context: Any) -> tuple[Page, list[str]]:
    """A page in its own context, and what went wrong on it."""
    page = browser.new_context(**context).new_page()
    faults: list[str] = []
    page.on("dialog", lambda dialog: faults.append(f"a dialog: {dialog.message}"))
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    return page, faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "text"), SIZES)
def test_nothing_breaks_out_of_the_page(
    browser: Browser, hostile: Path, width: int, text: int, scheme: str
) -> None:
    found = {}
    for file in sorted(hostile.rglob("*.html")):
        page, faults = opened(
            browser, file, viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        page.evaluate(f"document.documentElement.style.fontSize = '{text}px'")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if faults or wide > width:
            found[file.relative_to(hostile).as_posix()] = (wide, faults)
        page.context.close()
    assert found == {}


def test_the_filter_ignores_diacritics_and_slash_finds_it(browser: Browser, tmp_path: Path) -> None:
    example = str(ROOT / "examples" / "harbour-foods")
    assert run(["report", "-C", example, "--as-of", "2026-05-31", "-o", str(tmp_path / "s")]) == 0
    page, faults = opened(browser, tmp_path / "s" / "index.html")
    page.keyboard.press("/")
    page.keyboard.type("nguyen van dung")
    shown = page.locator("table[data-filter] tbody tr:visible")
    assert 0 < shown.count() < 10
    assert all("Nguyễn Văn Dũng" in row for row in shown.all_text_contents())
    assert page.locator("[role=status]").inner_text() == f"{shown.count()} of 33"
    assert faults == []
    page.goto((tmp_path / "s" / "k" / "nps.html").as_uri())
    page.keyboard.press("]")
    page.wait_for_url("**/k/gross-margin.html")
    page.context.close()


def test_without_script_no_control_is_left_that_does_nothing(
    browser: Browser, hostile: Path
) -> None:
    page, _ = opened(browser, hostile / "index.html", java_script_enabled=False)
    assert page.locator("input:visible").count() == 0
    assert page.locator("details").count() == 0
    page.context.close()
