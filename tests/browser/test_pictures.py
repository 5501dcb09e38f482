"""Pages look as they did: pixel by pixel, beside pictures in the repository.

Where a page is meant to look different, `make pictures` takes them anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.pictures import FOLDER, SHOTS, Shot, build, different, take

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LEAST = 40
"""Steps of 255 from which on a pixel counts: another version smooths edges a little otherwise."""
FEW = 100
"""Pixels that may differ, of a million: a line of a chart that moves by one moves more."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return folder


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_page_looks_as_it_did(browser: Browser, site: Path, tmp_path: Path, shot: Shot) -> None:
    taken = take(browser, site, shot)
    found = different(browser, taken, (FOLDER / shot.name).read_bytes(), LEAST)
    seen = tmp_path / shot.name
    seen.write_bytes(taken)
    assert found <= FEW, f"{found} pixels of {seen} differ; if they should: make pictures"


def test_no_picture_is_left_over() -> None:
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(shot.name for shot in SHOTS)


def test_a_chart_that_moves_by_a_pixel_is_seen(browser: Browser, site: Path) -> None:
    shot = next(one for one in SHOTS if one.page == "k/otif" and one.width == 1280)
    moved = site / "k" / "moved.html"
    html = (site / "k" / "otif.html").read_text("utf-8")
    moved.write_text(html.replace('class="ch wide"', 'class="ch wide" transform="translate(1 0)"'))
    before = take(browser, site, shot)
    after = take(browser, site, Shot("k/moved", shot.width, shot.height))
    assert different(browser, before, before, LEAST) == 0
    assert different(browser, before, after, LEAST) > FEW
