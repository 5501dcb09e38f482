"""Templates written in a test."""

from kpi_cli.render.html.drawing import Template
from kpi_cli.render.html.pages import environment


def template(text: str) -> Template:
    """A template of this text, compiled and drawn as those of the pages are."""
    ours = environment()
    return Template(ours, ours.compiled(text, "snippet.html", "snippet.html"))
