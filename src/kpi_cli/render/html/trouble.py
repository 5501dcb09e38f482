"""What `kpi serve` shows while the plan has faults: a banner above the pages, or a page alone."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.diagnostics import Finding
from kpi_cli.locale import _, language
from kpi_cli.render.html.pages import environment
from kpi_cli.render.html.site import asset

MOST = 20
"""Faults listed; the terminal shows them all."""


def banner(findings: Sequence[Finding], sentence: str = "", *, pages_are_old: bool) -> bytes:
    """The faults with file, line and column, as a part of a page."""
    template = environment().get_template("trouble.html")
    html = template.render(
        findings=findings[:MOST],
        more=max(len(findings) - MOST, 0),
        sentence=sentence,
        pages_are_old=pages_are_old,
    )
    return html.encode("utf-8", "replace")


def alone() -> dict[str, bytes]:
    """Pages for a plan that could not be read even once: an empty one that awaits the banner."""
    title = _("The plan cannot be read")
    page = (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<link rel="stylesheet" href="assets/kpi.css">\n</head>\n<body>\n'
        f'<main id="main" tabindex="-1">\n<h1>{title}</h1>\n</main>\n</body>\n</html>\n'
    )
    return {"index.html": page.encode(), "assets/kpi.css": asset("kpi.css").encode("utf-8")}
