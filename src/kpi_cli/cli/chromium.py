"""Printing a page to PDF with the Chromium the machine has; none is downloaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from kpi_cli.errors import CannotRun

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
"""What the browser is called, in the order in which we look."""
VARIABLE = "KPI_CHROMIUM"
SECONDS = 120


def browser() -> str:
    """The browser to use: that of KPI_CHROMIUM, else the first on the PATH. Raises CannotRun."""
    asked = os.environ.get(VARIABLE)
    names = (asked,) if asked else NAMES
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        looked = f"'{asked}' of {VARIABLE}" if asked else "Chromium, Chrome or Edge on the PATH"
        raise CannotRun(
            f"a PDF is printed by a browser, and there is no {looked}",
            help=f"install chromium, set {VARIABLE} to its path,"
            " or print the page of `kpi report --single-file` from your own browser",
        )
    return found


def print_pdf(page: bytes) -> bytes:
    """The page as a tagged PDF. Raises CannotRun when there is no browser or it fails."""
    program = browser()
    with tempfile.TemporaryDirectory(prefix="kpi-pdf-") as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_bytes(page)
        command = [
            program, "--headless=new", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--no-pdf-header-footer",
            "--generate-pdf-document-outline", f"--user-data-dir={Path(folder, 'profile')}",
            *(["--no-sandbox"] if _is_root() else []),
            f"--print-to-pdf={target}", source.as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotRun(f"{program} could not print the page: {error}") from None
        if not target.exists():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise CannotRun(f"{program} printed no page: {said[-1] if said else done.returncode}")
        return target.read_bytes()


def _is_root() -> bool:
    """Chromium refuses its sandbox to root, as in most containers; the page is our own."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
