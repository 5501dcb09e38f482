"""The report as files: a folder of pages, or one page that needs nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from markupsafe import Markup

from kpi_cli.frozen import dataclass
from kpi_cli.locale import _, language, speaking
from kpi_cli.render.csv import series
from kpi_cli.render.html.drawing import Templates, packaged
from kpi_cli.render.html.pages import APART, environment, list_page
from kpi_cli.render.html.route import Route, anchor_of, path_of, table_of
from kpi_cli.render.report_json import report_json
from kpi_cli.views.facts import Ref
from kpi_cli.views.report import Report

MARKER = ".kpi-report"
"""Lists what we wrote into a folder, so that it may be written again and old pages removed."""
_BASE = "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'"
Known = frozenset[tuple[str, str]] | None
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
    from base64 import b64encode
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def asset(name: str) -> str:
    """The text of a style sheet or script of ours."""
    return packaged(f"assets/{name}")


def style(theme: str | None) -> str:
    """The style sheet; with a theme that one on every screen, whatever the reader's system asks
    for. Paper stays light."""
    css = asset("kpi.css")
    if theme is None:
        return css
    screens = "screen" if theme == "dark" else "not all"
    css = css.replace("(prefers-color-scheme:dark)", screens, 1)
    return css.replace("color-scheme:light dark", f"color-scheme:{theme}", 1)


def value_files(report: Report) -> dict[str, Callable[[], str]]:
    """Path -> what makes the CSV of a KPI's values, for each KPI that has any."""
    shown = (page for page in report.kpis if page.values)
    return {table_of(page.ref): partial(series, page) for page in shown}


def pages_of(report: Report) -> Iterator[Page]:
    """Every page of a report, in reading order."""
    yield from _front(report)
    if report.review is not None:
        title = report.review.pack.headline.text
        yield Page("review.html", title, "review.html", report.review, "review")
    if report.front is None:
        yield from _whole(report)
    yield from _records(report.objectives, "objective.html")
    yield from _records(report.kpis, "kpi.html")
    changes, quality = report.changes, report.quality
    yield Page("changes.html", changes.headline.text, "changes.html", changes, "changes")
    yield Page("data-quality.html", quality.headline.text, "quality.html", quality, "data-quality")
    yield Page("guide.html", _("How to read these pages"), "guide.html", report.guide, "guide")


def _front(report: Report) -> Iterator[Page]:
    """The first page: the overview, or that of the team or the person the report is for."""
    if report.front is None:
        title = report.overview.headline.text
        yield Page("index.html", title, "overview.html", report.overview, "index")
    elif report.person is not None:
        title = report.person.headline.text
        yield Page(home_of(report) + ".html", title, "person.html", report.person, "index")
    else:
        for team in report.teams:
            yield Page("index.html", team.headline.text, "team.html", team, "index")


def _whole(report: Report) -> Iterator[Page]:
    """The pages that only a report of the whole plan has."""
    for table in report.overview.lists:
        if table.key is not None:
            path = f"{list_page(table.key)}.html"
            yield Page(path, table.title or "KPIs", "list.html", table, list_page(table.key))
        elif len(table.rows) >= APART:
            yield Page("kpis.html", _("All KPIs"), "list.html", table, "kpis")
    yield Page("map.html", report.map.headline.text, "map.html", report.map, "map")
    if report.departments is not None:
        teams = report.departments
        yield Page("teams.html", teams.headline.text, "teams.html", teams, "teams")
    yield from _records(report.teams, "team.html")


def home_of(report: Report) -> str:
    """The name of the first page; a person's lies apart and under their own id."""
    front = report.front
    return f"p/{front.id}" if front is not None and front.kind == "person" else "index"


def navigation(pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """Key and name of the pages every page links to, as far as they are in the report."""
    names = {
        "index": _("Overview"), "review": _("Review"), "map": _("Map"), "teams": _("Departments"),
        "changes": _("Changes"), "data-quality": _("Data quality"), "guide": _("Guide"),
    }  # fmt: skip
    found = {page.key for page in pages}
    return tuple((key, name) for key, name in names.items() if key in found)


def _records(views: tuple[Any, ...], template: str) -> Iterator[Page]:
    """Records one after another, each knowing its neighbours."""
    refs = [view.ref for view in views]
    neighbours = zip(views, [None, *refs], [*refs[1:], None], strict=False)
    for view, before, after in neighbours:
        path, key = path_of(view.ref), anchor_of(view.ref)
        yield Page(path, view.ref.label, template, view, key, before, after)


class Site(Mapping[str, bytes]):
    """Path -> bytes of a folder of pages, each drawn when it is asked for; equal for equal reports.

    The pages come first and in order, then the facts. It speaks the language it was made in, to
    every thread.
    """

    def __init__(self, report: Report) -> None:
        self._report, self._language = report, language()
        pages = list(pages_of(report))
        self._nav, home = navigation(pages), home_of(report)
        self._route = cache(lambda up: Route(up, False, report.known, report.front, home))
        self._makers: dict[str, Callable[[], str]] = {
            page.path: partial(self._draw, page) for page in pages
        }
        self._makers["data/report.json"] = partial(report_json, report)
        self._makers |= value_files(report)
        for name in ("kpi.js", "icon.svg"):
            self._makers[f"assets/{name}"] = partial(asset, name)
        self._makers["assets/kpi.css"] = partial(style, report.imprint.theme)
        listing = "".join(f"{path}\n" for path in sorted(self._makers))
        self._makers[MARKER] = lambda: listing

    def __getitem__(self, path: str) -> bytes:
        with speaking(self._language):
            return self._makers[path]().encode("utf-8", "replace")

    def __contains__(self, path: object) -> bool:
        return path in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def _draw(self, page: Page) -> str:
        report, env = self._report, environment()
        route = self._route("../" * page.path.count("/"))
        html = env.get_template("page.html").render(
            imprint=report.imprint, title=page.title, route=route,
            body=_body(env, page, route, top=1, where=""), current=page.key,
            before=page.before, after=page.after, csp=SITE_CSP, inline=None, nav=self._nav,
        )  # fmt: skip
        return _ended(html)


def write_site(report: Report) -> dict[str, bytes]:
    """Path -> bytes of the whole folder; equal for equal reports."""
    return dict(Site(report))


def write_single(report: Report) -> bytes:
    """The whole report as one page with its style and script inside."""
    pages = [page for page in pages_of(report) if page.key != "kpis"]
    return _single(report, pages, report.known)


def write_handout(report: Report) -> bytes:
    """What is printed for a meeting: the review pack alone, without it the first page."""
    pages = list(pages_of(report))
    chosen = next((page for page in pages if page.key == "review"), pages[0])
    return _single(report, [chosen], frozenset())


def _single(report: Report, pages: list[Page], known: Known) -> bytes:
    env = environment()
    route = Route("", True, known, report.front)
    inline = Inline(Markup(style(report.imprint.theme)), Markup(asset("kpi.js")))
    parts = []
    for page in pages:
        first = page is pages[0]
        where = "" if first else page.title
        body = _body(env, page, route, top=1 if first else 2, where=where)
        parts.append(
            Markup('<section class="page" id="{}">\n{}\n</section>').format(page.key, body)
        )
    html = env.get_template("page.html").render(
        imprint=report.imprint, title=pages[0].title, route=route,
        body=Markup("\n").join(parts), current="index", before=None, after=None,
        csp=Markup(inline.csp), inline=inline, nav=navigation(pages),
    )  # fmt: skip
    return _ended(html).encode("utf-8", "replace")


def _body(env: Templates, page: Page, route: Route, *, top: int, where: str) -> Markup:
    template = env.get_template(page.template)
    text = template.render(view=page.view, route=route, top=top, where=where)
    return Markup(_BLANK.sub("\n", text.strip()))


_BLANK = re.compile(r"\n\s*\n+")


def _ended(html: str) -> str:
    return html.rstrip("\n") + "\n"
