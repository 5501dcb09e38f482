"""The example's site as a phone without JavaScript shows it, and as a desktop does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from kpi_cli.render.html.site import style
from tests.house.tree import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE, DESKTOP = 320, 1280
GROUND = "getComputedStyle(document.body).backgroundColor"
WHITE, DARK = "rgb(255, 255, 255)", "rgb(18, 21, 27)"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the example, as `make demo` builds it."""
    folder = tmp_path_factory.mktemp("browser") / "site"
    example = ROOT / "examples" / "harbour-foods"
    command = [sys.executable, "-m", "kpi_cli", "report", "--root", str(example)]
    done = subprocess.run(
        [*command, "--as-of", "2026-05-31", "--output", str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def faults_of(browser: Browser, page_file: Path, site: Path, width: int, script: bool) -> list[str]:
    """What a browser has to complain of on one page; nothing, if all is well."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"not loaded: {request.url}"))

    def within(url: str) -> bool:
        return url.startswith((site.as_uri() + "/", "data:"))

    page.on("request", lambda r: None if within(r.url) else faults.append(f"asked for {r.url}"))
    page.goto(page_file.as_uri(), wait_until="load")
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    if wide > width:
        faults.append(f"{wide} px wide in a window of {width}")
    context.close()
    return faults


@pytest.mark.parametrize(("width", "script"), [(PHONE, False), (DESKTOP, True)])
def test_no_page_scrolls_sideways_or_asks_for_anything_outside(
    browser: Browser, site: Path, width: int, script: bool
) -> None:
    pages = sorted(site.rglob("*.html"))
    assert (site / "index.html") in pages
    faults = {
        page.relative_to(site).as_posix(): found
        for page in pages
        if (found := faults_of(browser, page, site, width, script))
    }
    assert faults == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_fixed_theme_holds_whatever_the_system_prefers(
    browser: Browser, site: Path, theme: str, system: Literal["light", "dark"]
) -> None:
    css = site / "assets" / "kpi.css"
    own = css.read_bytes()
    context = browser.new_context(color_scheme=system)
    page = context.new_page()
    try:
        css.write_text(style(theme), encoding="utf-8")
        page.goto((site / "index.html").as_uri())
        assert page.evaluate(GROUND) == {"light": WHITE, "dark": DARK}[theme]
        page.emulate_media(media="print", color_scheme="light")
        assert page.evaluate(GROUND) == WHITE
    finally:
        css.write_bytes(own)
        context.close()
