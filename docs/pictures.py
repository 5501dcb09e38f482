"""The pictures of `docs/`: pages of both examples in both languages, as a browser shows them.

    python -m docs.pictures        (make pictures)

Writes `docs/img/*.png` and `docs/pictures.md`. Needs the extras `dev` and `browser` and the
machine's Chromium; each report has a fixed day, so the same Chromium and fonts give the same bytes.
A picture has at most 256 colours, the most frequent ones, which is enough for text and flat fills.
"""

from __future__ import annotations

import base64
import os
import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi_cli.cli.app import run
from tests.browser.conftest import NAMES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "img"
PAGE = ROOT / "docs" / "pictures.md"
HEIGHTS = {1280: 860, 320: 640}
LANGUAGES = {"en": "in English", "vi": "in Vietnamese"}


@dataclass(frozen=True, slots=True)
class Example:
    """An example with the day of its report and the pages to show: kind -> file."""

    title: str
    as_of: str
    pages: dict[str, str]


EXAMPLES = {
    "harbour-foods": Example(
        "Harbour Foods, a made-up company", "2026-05-31",
        {"overview": "index.html", "review": "review.html", "map": "map.html",
         "objective": "o/keep-the-promise.html", "kpi": "k/otif.html"},
    ),
    "public-services": Example(
        "US General Services Administration, published figures of FY2018", "2018-12-31",
        {"overview": "index.html", "review": "review.html", "map": "map.html",
         "objective": "o/cost-of-inventory.html", "kpi": "k/vacant-space.html"},
    ),
}  # fmt: skip
SAYS = {
    "overview": "The overview: how it stands, what needs attention first and why",
    "review": "The review pack: minutes for each point, what to decide and the choices",
    "map": "The alignment map: who supports whom, each objective with its KPIs",
    "objective": "An objective: why it matters, its evidence, what supports it",
    "kpi": "A KPI: what is it doing, why, what next",
}


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page of an example in a language, at a width, light or dark."""

    example: str
    language: str
    kind: str
    width: int = 1280
    scheme: str = "light"

    @property
    def name(self) -> str:
        """The file in `docs/img`."""
        ends = [str(self.width)] if self.width != 1280 else []
        ends += [self.scheme] if self.scheme != "light" else []
        return "-".join((self.example, self.language, self.kind, *ends)) + ".png"

    @property
    def says(self) -> str:
        """What it shows, for those who do not see it."""
        how = [LANGUAGES[self.language]]
        how += [f"{self.width} px wide"] if self.width != 1280 else []
        how += ["dark"] if self.scheme != "light" else []
        return f"{SAYS[self.kind]}; {', '.join(how)}"


def shots() -> Iterator[Shot]:
    """Every page of both examples in both languages; some on a phone, some in the dark."""
    for example, shown in EXAMPLES.items():
        for language in LANGUAGES:
            for kind in shown.pages:
                yield Shot(example, language, kind)
    for language in LANGUAGES:
        for kind, scheme in (
            ("overview", "light"), ("kpi", "dark"), ("review", "light"), ("map", "light")
        ):  # fmt: skip
            yield Shot("harbour-foods", language, kind, 320, scheme)
    yield Shot("harbour-foods", "en", "overview", scheme="dark")
    yield Shot("harbour-foods", "vi", "kpi", scheme="dark")
    yield Shot("public-services", "en", "map", scheme="dark")


_COLOURS = """async ([data, most]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + data;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const seen = pen.getImageData(0, 0, image.width, image.height).data;
  const counts = new Map();
  for (let i = 0; i < seen.length; i += 4) {
    const colour = seen[i] << 16 | seen[i + 1] << 8 | seen[i + 2];
    counts.set(colour, (counts.get(colour) || 0) + 1);
  }
  const order = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(one => one[0]);
  const palette = order.slice(0, most);
  const nearest = new Map(palette.map((colour, at) => [colour, at]));
  for (const colour of order.slice(most)) {
    let best = 0, least = Infinity;
    palette.forEach((other, at) => {
      const far = ((colour >> 16) - (other >> 16)) ** 2
        + ((colour >> 8 & 255) - (other >> 8 & 255)) ** 2 + ((colour & 255) - (other & 255)) ** 2;
      if (far < least) { [best, least] = [at, far]; }
    });
    nearest.set(colour, best);
  }
  let pixels = '';
  for (let i = 0; i < seen.length; i += 4) {
    pixels += String.fromCharCode(nearest.get(seen[i] << 16 | seen[i + 1] << 8 | seen[i + 2]));
  }
  return {width: image.width, height: image.height, palette, pixels: btoa(pixels)};
}"""


def small(browser: Browser, raw: bytes) -> bytes:
    """A PNG as one with a palette. The browser decodes it and picks the colours."""
    page = browser.new_page()
    found: dict[str, Any] = page.evaluate(_COLOURS, [base64.b64encode(raw).decode("ascii"), 256])
    page.close()
    width, height = found["width"], found["height"]
    pixels = base64.b64decode(found["pixels"])
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, width * height, width))
    palette = b"".join(colour.to_bytes(3, "big") for colour in found["palette"])
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def take(browser: Browser, page_file: Path, shot: Shot) -> bytes:
    """The top of one page, as high as a window."""
    size = {"width": shot.width, "height": HEIGHTS[shot.width]}
    context = browser.new_context(viewport=size, color_scheme=shot.scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(page_file.as_uri())
    raw = page.screenshot()
    context.close()
    return small(browser, raw)


def text() -> str:
    """`docs/pictures.md`."""
    lines = [
        "# Pictures of the pages",
        "",
        "The top of each page as a browser shows it, of both examples, in English and Vietnamese.",
        "The texts of a plan stay in the language they were written in; all other words, the",
        "figures and the days follow the reader. Made by `make pictures`.",
    ]
    every = list(shots())
    for example, shown in EXAMPLES.items():
        lines += ["", f"## {shown.title}"]
        for kind in shown.pages:
            wide = [s for s in every if (s.example, s.kind) == (example, kind) and s.width == 1280]
            for shot in wide:
                lines += ["", f"![{shot.says}](img/{shot.name})"]
    lines += ["", "## On a phone", ""]
    for shot in (one for one in every if one.width != 1280):
        lines.append(f"![{shot.says}](img/{shot.name})")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the pictures and the page that shows them; remove pictures no longer made."""
    import shutil

    from playwright.sync_api import sync_playwright

    chrome = next(path for name in NAMES if (path := shutil.which(name)))
    options = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    every = list(shots())
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome, args=options)
        for example, shown in EXAMPLES.items():
            for language in LANGUAGES:
                base = ["report", "-C", str(ROOT / "examples" / example), "--lang", language]
                run([*base, "--as-of", shown.as_of, "-o", f"{temporary}/{example}-{language}"])
        for shot in every:
            file = EXAMPLES[shot.example].pages[shot.kind]
            site = Path(temporary) / f"{shot.example}-{shot.language}"
            (FOLDER / shot.name).write_bytes(take(browser, site / file, shot))
        browser.close()
    for old in set(FOLDER.glob("*.png")) - {FOLDER / shot.name for shot in every}:
        old.unlink()
    PAGE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
