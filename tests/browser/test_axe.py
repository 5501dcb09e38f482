"""axe-core finds nothing on any kind of page, at three widths, in two themes, two languages."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpi_cli.cli.app import run
from tests.house.tree import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EACH = (
    "index.html", "kpis.html", "review.html", "map.html", "teams.html", "d/supply.html",
    "o/trusted-shelf.html", "k/otif.html", "k/boat-registry.html", "changes.html",
    "data-quality.html", "guide.html", "person/p/minh.html", "single.html",
)  # fmt: skip
"""One page of every kind."""
PAGES = (*EACH, "vi/index.html", "vi/k/otif.html", "vi/review.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's report, one for a person, one in Vietnamese, and the single page."""
    folder = tmp_path_factory.mktemp("axe") / "site"
    base = ["report", "-C", str(ROOT / "examples" / "harbour-foods"), "--as-of", "2026-05-31"]
    assert run([*base, "-o", str(folder)]) == 0
    assert run([*base, "-o", str(folder / "person"), "--for", "person:minh"]) == 0
    assert run([*base, "-o", str(folder / "single.html")]) == 0
    spoken = [*base, "--lang", "vi"]
    assert run([*spoken, "-o", str(folder / "vi")]) == 0
    assert run([*spoken, "-o", str(folder / "vi" / "person"), "--for", "person:minh"]) == 0
    assert run([*spoken, "-o", str(folder / "vi" / "single.html")]) == 0
    return folder


def violations(page: Page) -> list[str]:
    """What axe objects to on an open page."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    rules = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("rules => axe.run(document, rules)", rules)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: Path, width: int, scheme: str
) -> None:
    assert looked_at(browser, site, PAGES, width, scheme) == {}


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_every_kind_of_page_is_as_sound_in_vietnamese(
    browser: Browser, site: Path, width: int, scheme: str
) -> None:
    assert looked_at(browser, site, tuple(f"vi/{name}" for name in EACH), width, scheme) == {}


def looked_at(
    browser: Browser, site: Path, names: tuple[str, ...], width: int, scheme: Any
) -> dict[str, list[str]]:
    """What is wrong on each of some pages, those without a fault left out."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name in names:
        page.goto((site / name).as_uri())
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        faults = violations(page) + ([f"{wide} px wide"] if wide > width else [])
        if faults:
            found[name] = faults
    context.close()
    return found


def test_axe_sees_what_it_is_there_for(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "bad.html"
    file.write_text("<!doctype html><title>x</title><img src=x><input>", encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    told = {one.partition(":")[0] for one in violations(page)}
    context.close()
    assert {"html-has-lang", "image-alt", "label"} <= told


def test_forced_colours_keep_every_mark(browser: Browser, site: Path) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto((site / "k" / "otif.html").as_uri())
    stroke = page.locator("svg.wide path.ac").first.evaluate("e => getComputedStyle(e).stroke")
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    context.close()
    assert stroke != ground
    assert stroke != "none"
