"""The report as files: a folder of pages, or one page that needs nothing beside it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from kpi_cli.render.html.pages import environment, list_page
from kpi_cli.render.html.route import Route, anchor_of, path_of
from kpi_cli.views.facts import Ref
from kpi_cli.views.report import Report

MARKER = ".kpi-report"
"""Lists what we wrote into a folder, so that it may be written again and old pages removed."""
_BASE = "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'"
SITE_CSP = f"{_BASE}; style-src 'self'; script-src 'self'"


@dataclass(frozen=True, slots=True)
class Page:
    """One page before it is put into its frame: `template` shows `view`."""

    path: str
    title: str
    template: str
    view: Any
    key: str
    before: Ref | None = None
    after: Ref | None = None


@dataclass(frozen=True, slots=True)
class Inline:
    """Style and script that stand in the page itself."""

    css: Markup
    js: Markup

    @property
    def csp(self) -> str:
        """A policy that lets these two texts run and nothing else."""
        style, script = digest_of(str(self.css)), digest_of(str(self.js))
        return f"{_BASE}; style-src '{style}'; script-src '{script}'"


def digest_of(text: str) -> str:
    """The hash a content security policy names an inline text by."""
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def asset(name: str) -> str:
    """The text of a style sheet or script of ours."""
    return files("kpi_cli.render.html").joinpath("assets", name).read_text(encoding="utf-8")


def pages_of(report: Report) -> Iterator[Page]:
    """Every page of a report, in reading order."""
    yield Page(
        "index.html", report.overview.headline.text, "overview.html", report.overview, "index"
    )
    for table in report.overview.lists:
        if table.key is not None:
            path = f"{list_page(table.key)}.html"
            yield Page(path, table.title or "KPIs", "list.html", table, list_page(table.key))
    yield from _records(report.objectives, "objective.html")
    yield from _records(report.kpis, "kpi.html")
    quality = report.quality
    yield Page("data-quality.html", quality.headline.text, "quality.html", quality, "data-quality")


def _records(views: tuple[Any, ...], template: str) -> Iterator[Page]:
    """Records one after another, each knowing its neighbours."""
    refs = [view.ref for view in views]
    neighbours = zip(views, [None, *refs], [*refs[1:], None], strict=False)
    for view, before, after in neighbours:
        path, key = path_of(view.ref), anchor_of(view.ref)
        yield Page(path, view.ref.label, template, view, key, before, after)


def write_site(report: Report) -> dict[str, bytes]:
    """Path -> bytes of the whole folder; equal for equal reports."""
    env = environment()
    frame = env.get_template("page.html")
    found: dict[str, bytes] = {}
    for page in pages_of(report):
        route = Route("../" * page.path.count("/"))
        body = _body(env, page, route, top=1, where="")
        html = frame.render(
            imprint=report.imprint, title=page.title, route=route, body=body, current=page.key,
            before=page.before, after=page.after, csp=SITE_CSP, inline=None,
        )  # fmt: skip
        found[page.path] = _bytes(html)
    for name in ("kpi.css", "kpi.js"):
        found[f"assets/{name}"] = asset(name).encode("utf-8")
    found[MARKER] = "".join(f"{path}\n" for path in sorted(found)).encode("utf-8")
    return found


def write_single(report: Report) -> bytes:
    """The whole report as one page with its style and script inside."""
    env = environment()
    route = Route(single=True)
    inline = Inline(Markup(asset("kpi.css")), Markup(asset("kpi.js")))
    parts = []
    for page in pages_of(report):
        first = page.template == "overview.html"
        where = "" if first else f" to {page.title}"
        body = _body(env, page, route, top=1 if first else 2, where=where)
        parts.append(
            Markup('<section class="page" id="{}">\n{}\n</section>').format(page.key, body)
        )
    html = env.get_template("page.html").render(
        imprint=report.imprint, title=report.overview.headline.text, route=route,
        body=Markup("\n").join(parts), current="index", before=None, after=None,
        csp=Markup(inline.csp), inline=inline,
    )  # fmt: skip
    return _bytes(html)


def _body(env: Environment, page: Page, route: Route, *, top: int, where: str) -> Markup:
    template = env.get_template(page.template)
    text = template.render(view=page.view, route=route, top=top, where=where)
    return Markup(_BLANK.sub("\n", text.strip()))


_BLANK = re.compile(r"\n\s*\n+")


def _bytes(html: str) -> bytes:
    return (html.rstrip("\n") + "\n").encode("utf-8", "replace")
