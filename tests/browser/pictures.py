"""Pages of an example as pictures to compare with: every letter a box, so no font matters.

    python -m tests.browser.pictures        (part of make pictures)

Writes `tests/browser/pictures/*.png` anew: do it when a page is meant to look different.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_cli.cli.app import run
from tests.browser.boxes import style

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harbour-foods"
AS_OF = "2026-05-31"
FOLDER = Path(__file__).with_name("pictures")


@dataclass(frozen=True, slots=True)
class Shot:
    """The top of a page in a window, light or dark."""

    page: str
    width: int
    height: int
    scheme: str = "light"

    @property
    def name(self) -> str:
        """The file it is kept in."""
        return f"{self.page.replace('/', '-')}-{self.width}-{self.scheme}.png"


SHOTS = (
    Shot("index", 1280, 1500),
    Shot("k/otif", 1280, 1500),
    Shot("k/otif", 320, 1800, "dark"),
    Shot("d/sales", 1280, 3000),
    Shot("kpis", 320, 1500),
    Shot("map", 1280, 1000, "dark"),
    Shot("data-quality", 768, 1500),
)


def build(folder: Path, spoken: str = "en") -> None:
    """The report of the example."""
    base = ["report", "-C", str(EXAMPLE), "--as-of", AS_OF, "--lang", spoken]
    run([*base, "-o", str(folder)])


def take(browser: Browser, site: Path, shot: Shot) -> bytes:
    """A page as a PNG, set in boxes."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto((site / f"{shot.page}.html").as_uri())
    page.add_style_tag(content=style())
    page.evaluate("document.fonts.load('12px Boxes').then(() => document.fonts.ready)")
    raw = page.screenshot(animations="disabled")
    context.close()
    return raw


_DIFFERENT = """async ([one, other, least]) => {
  const pixels = async data => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + data;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await pixels(one), await pixels(other)];
  if (a.width !== b.width || a.height !== b.height) return a.width * a.height;
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const far = Math.max(...[0, 1, 2].map(c => Math.abs(a.data[i + c] - b.data[i + c])));
    count += far > least;
  }
  return count;
}"""


def different(browser: Browser, one: bytes, other: bytes, least: int) -> int:
    """How many pixels of two PNGs differ by more than `least` of 255 in a colour; all of them
    where the sizes differ."""
    page = browser.new_page()
    data = [base64.b64encode(raw).decode("ascii") for raw in (one, other)]
    found = int(page.evaluate(_DIFFERENT, [*data, least]))
    page.close()
    return found


def main() -> None:
    """Write the pictures; remove those that are no longer taken."""
    import os
    import tempfile

    from playwright.sync_api import sync_playwright

    from docs.pictures import small
    from tests.browser.conftest import chromium

    FOLDER.mkdir(exist_ok=True)
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        build(Path(temporary))
        for shot in SHOTS:
            (FOLDER / shot.name).write_bytes(small(browser, take(browser, Path(temporary), shot)))
        browser.close()
    for old in set(FOLDER.glob("*.png")) - {FOLDER / shot.name for shot in SHOTS}:
        old.unlink()


if __name__ == "__main__":
    main()
