"""Sizes on the screen: letters of charts, and what a KPI takes of a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.boxes import style
from tests.browser.pictures import build

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

_SMALL = """least => [...document.querySelectorAll('svg text')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a < least;
}).map(one => one.textContent)"""
_HEIGHTS = """which => [...document.querySelectorAll(which)]
  .map(one => one.getBoundingClientRect().height)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return folder


@pytest.mark.parametrize("width", [320, 600, 768, 840, 1000, 1152, 1280])
def test_letters_of_charts_stay_readable(browser: Browser, site: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for name in ("k/otif", "k/freight-cost", "k/nps", "review", "map", "d/sales", "teams"):
        page.goto((site / f"{name}.html").as_uri())
        assert page.evaluate("document.querySelectorAll('svg text').length") > 0
        assert page.evaluate(_SMALL, 10.99) == [], name
    context.close()


@pytest.mark.parametrize("spoken", ["en", "vi"])
def test_a_row_of_a_phone_is_low(browser: Browser, tmp_path: Path, spoken: str) -> None:
    build(tmp_path, spoken)
    context = browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto((tmp_path / "kpis.html").as_uri())
    page.add_style_tag(content=style())
    page.evaluate("document.fonts.load('12px Boxes').then(() => document.fonts.ready)")
    heights = sorted(page.evaluate(_HEIGHTS, ".kt tbody tr"))
    touched = page.evaluate(_HEIGHTS, ".kt tbody a")
    context.close()
    assert len(heights) > 30
    assert heights[len(heights) // 2] <= 90
    assert heights[-1] <= 130
    assert min(touched) >= 24
