"""The pages other tools generate, on a phone: how wide they are and what axe-core objects to.

    python -m bench.peer_pages

Installs coverage.py, pytest-html and Robot Framework into build/peers, lets each write its report
of a tiny example, and opens them and ours at 320 px. Needs the extras `dev` and `browser`, the
machine's Chromium and a package index. Prints a table in Markdown.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import NAMES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "peers"
PACKAGES = ("coverage==7.17.3", "pytest-html==4.2.0", "pytest==9.2.0", "robotframework==7.5")
WIDTH = 320
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TEST = "def test_one():\n    assert 1 + 1 == 2\n\n\ndef test_two():\n    assert 'a' == 'b'\n"
ROBOT = "*** Test Cases ***\nOne\n    Log    done\nTwo\n    Fail    on purpose\n"


def install() -> None:
    """The peers, apart from our own environment."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target"]
    subprocess.run([*command, str(FOLDER / "lib"), *PACKAGES], check=True)


def run(*command: str) -> None:
    """One command of a peer; a failing test is what the report is for."""
    env = {**os.environ, "PYTHONPATH": str(FOLDER / "lib")}
    subprocess.run(
        [sys.executable, *command], cwd=FOLDER, env=env, check=False, capture_output=True
    )


def reports() -> dict[str, Path]:
    """Name -> the page each tool wrote."""
    (FOLDER / "test_example.py").write_text(TEST, encoding="utf-8")
    (FOLDER / "example.robot").write_text(ROBOT, encoding="utf-8")
    run("-m", "coverage", "run", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_example.py")
    run("-m", "coverage", "html", "-d", "coverage")
    run("-m", "pytest", "-q", "test_example.py", "--html=pytest.html", "--self-contained-html")
    run("-m", "robot", "--outputdir", "robot", "example.robot")
    ours = ["-C", str(ROOT / "examples" / "harbour-foods"), "--as-of", "2026-05-31"]
    kpi = [str(Path(sys.executable).parent / "kpi"), "report", *ours, "-o", str(FOLDER / "kpi")]
    subprocess.run(kpi, check=True, capture_output=True)
    return {
        "coverage.py, index": FOLDER / "coverage" / "index.html",
        "pytest-html, self-contained": FOLDER / "pytest.html",
        "Robot Framework, report": FOLDER / "robot" / "report.html",
        "kpi, overview": FOLDER / "kpi" / "index.html",
        "kpi, one KPI": FOLDER / "kpi" / "k" / "otif.html",
        "kpi, map": FOLDER / "kpi" / "map.html",
    }


def look(browser: Browser, file: Path) -> tuple[int, list[str]]:
    """Width of the page, and the rules axe finds broken."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    rules = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("rules => axe.run(document, rules)", rules)
    context.close()
    return wide, sorted(one["id"] for one in found["violations"])


def main() -> None:
    """Print the table."""
    import shutil

    from playwright.sync_api import sync_playwright

    install()
    chrome = next(path for name in NAMES if (path := shutil.which(name)))
    print("| page | width in a window of 320 px | axe-core rules broken |")
    print("|---|--:|---|")
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chrome, args=options)
        for name, file in reports().items():
            wide, rules = look(browser, file)
            told = f"{len(rules)}: {', '.join(rules)}" if rules else "0"
            print(f"| {name} | {wide} px | {told} |")
        browser.close()


if __name__ == "__main__":
    main()
