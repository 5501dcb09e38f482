"""Hostile texts in every field of every kind of record, on every page and in every export.

The same plan with harmless texts of the same length says which elements there should be and where
a text should stand.
"""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from kpi_cli.analysis.results import Assessment
from kpi_cli.render.csv import status as csv_of
from kpi_cli.render.html.site import write_handout, write_single, write_site
from kpi_cli.render.markdown_report import report as markdown_of
from kpi_cli.render.openmetrics import openmetrics
from kpi_cli.render.report_json import report_json
from kpi_cli.render.svg.clean import cleaned
from kpi_cli.render.svg.standalone import standalone
from kpi_cli.render.xlsx import xlsx
from kpi_cli.views.reader import Reader
from kpi_cli.views.report import Extent, Report, build_report
from kpi_cli.views.status import status_view
from tests.render.html import Page, parse
from tests.render.rich import empty_texts, names, planted, rich
from tests.views.test_overview import finding

PARSED = {"Kpi.formula", "Config.name", "Unit.symbol"}
"""A formula is read, not shown as it is; the settings are no records, and are filled as well."""
UNSHOWN = {"connection", "query", "in-north", "in-south", *(f"set{n}" for n in range(1, 7))}
"""Of a source its first word is shown; a note of a segment together with the segment's name; the
reason of an ignore beside its SMART rule."""
READERS = {
    "all": None, "team": Reader("team", "dep"), "person": Reader("person", "minh")
}  # fmt: skip
PIECES = (
    "<script>alert(1)</script>", '" onload="alert(1)', "' onclick='x", "</title>", "</svg>", "<!--",
    "-->", "]]>", "<![CDATA[", "javascript:alert(1)", "[a](javascript:alert(1))", "{{ 7*7 }}",
    "{% raw %}", "{#", "&lt;b&gt;", "&#60;", "&", "=cmd()", "+1", "-2", "@SUM(A1)", "\t=1", "| a |",
    "\n", "\r\n", "\n# x\n", "`", "```", "\\", "\u202e", "\u2066", "\u200f", "\x00", "\x1b[31m",
    "\x85", "\u2028", "\ufffe", "\ud800", "\U0001fffe", "đ", "ệ", "שלום", "e\u0301", "😀", "%", " ",
    "W" * 40,
)  # fmt: skip
LENGTHS = (12, 60, 240)
DRAWN = (Phase.explicit, Phase.generate)
"""An example takes a second; making a failing one smaller would take many minutes."""


def _fitted(pieces: list[str], length: int) -> str:
    text = "".join(pieces)[:length]
    return text + "v" * (length - len(text))


texts = st.builds(
    _fitted,
    st.lists(st.sampled_from(PIECES) | st.characters(), min_size=1, max_size=12),
    st.sampled_from(LENGTHS),
)


def _with(text: str) -> Assessment:
    return planted(lambda name: f"{text} q{name}q")


def _built(text: str, who: str) -> Report:
    assessment = _with(text)
    meeting = assessment.plan.reviews["r2"] if who == "all" else None
    told = replace(finding(), message=f"{text} qmessageq", help=f"{text} qhelpq", path=f"{text}.y")
    return build_report(
        assessment, version="1", digest="d", findings=[told],
        places={"main": (f"{text} qplaceq", 3)}, extent=Extent(READERS[who], review=meeting),
    )  # fmt: skip


def _pages(text: str) -> Iterator[tuple[str, Page]]:
    for who in READERS:
        report = _built(text, who)
        for path, raw in write_site(report).items():
            if path.endswith(".html"):
                yield f"{who} {path}", parse(raw)
        yield f"{who} single", parse(write_single(report))
        yield f"{who} handout", parse(write_handout(report))


@cache
def _harmless(length: int) -> dict[str, tuple[Page, frozenset[str]]]:
    """The pages with dull texts, and which texts stand on each in full."""
    dull = "v" * length
    found = dict(_pages(dull))
    return {
        path: (page, frozenset(name for name in _marks() if f"{dull} q{name}q" in page.prose))
        for path, page in found.items()
    }


@cache
def _marks() -> tuple[str, ...]:
    return (*names(), "message", "help", "place")


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def check_pages(text: str) -> None:
    """No page has another element or attribute than with dull texts, and each text is there."""
    expected = _harmless(len(text))
    for path, page in _pages(text):
        dull, there = expected[path]
        assert page.faults == [], path
        assert page.written == dull.written, path
        assert page.drawn <= dull.drawn, path
        assert [link for link in page.links if ":" in link] == [], path
        prose = _squeezed(page.prose)
        for name in there:
            assert _squeezed(cleaned(f"{text} q{name}q")) in prose, (path, name)


def check_exports(text: str) -> None:
    """Every export is read back by another program, with the texts in it."""
    assessment, report = _with(text), _built(text, "all")
    view, name = status_view(assessment), f"{text} qmainq"
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(csv_of(view), newline=""))}
    assert set(rows) == set(assessment.kpis)
    assert not rows["main"]["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert rows["main"]["name"].removeprefix("'") == name.removeprefix("'")
    families = {f.name: f for f in text_string_to_metric_families(openmetrics(view))}
    labels = [sample.labels for sample in families["kpi_value"].samples]
    valued = {row.id for row in view.kpis if row.value is not None}
    assert {one["id"] for one in labels} == valued >= {"main", "other", "guard"}
    raw = xlsx(view, {})
    sheet = load_workbook(io.BytesIO(raw))["KPIs"]
    assert {cell.data_type for cell in sheet["B"][1:]} == {"s"}
    assert len(sheet["B"]) == 1 + len(assessment.kpis)
    found = json.loads(report_json(report).encode("utf-8", "replace"))
    assert found
    check_markdown(text)
    for row in report.overview.lists[0].rows:
        picture = ElementTree.fromstring(standalone(row).encode("utf-8"))
        tags = {element.tag.partition("}")[2] for element in picture.iter()}
        assert tags <= {"svg", "style", "title", "path", "rect", "circle", "text", "g"}


@cache
def _dull_tags(length: int) -> frozenset[str]:
    return _tags("v" * length)


def _tags(text: str) -> frozenset[str]:
    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(markdown_of(_built(text, "all")))
    )
    return frozenset(re.findall(r"<[a-zA-Z!/][a-zA-Z0-9]*", html))


def check_markdown(text: str) -> None:
    """Rendered with raw HTML allowed, the Markdown gives no element beyond our own."""
    assert _tags(text) <= _dull_tags(len(text)), text


def test_the_plan_fills_every_text_field_there_is() -> None:
    assert set(empty_texts()) == PARSED
    assert rich().config.name == "~firm-name"
    assert rich().config.units["own"].symbol == "~symbol"


def test_every_text_of_the_plan_stands_on_some_page() -> None:
    shown = frozenset().union(*(there for _page, there in _harmless(12).values()))
    assert set(_marks()) - shown == UNSHOWN | {"notes"}  # of the meeting before


def test_every_kind_of_page_is_looked_at() -> None:
    kinds = {re.sub(r"(?<=/)[a-z]+\.html", "", path) for path in _harmless(12)}
    pages = ("index", "review", "map", "teams", "changes", "data-quality", "guide")
    assert {f"all {name}.html" for name in pages} <= kinds
    assert {"all k/", "all o/", "all d/", "all single", "all handout", "person p/"} <= kinds
    assert {"team index.html", "team single", "person single", "person handout"} <= kinds


@pytest.mark.parametrize("start", range(0, len(PIECES), 12))
def test_no_piece_acts(start: int) -> None:
    text = _fitted(list(PIECES[start : start + 12]), 60)
    check_pages(text)
    check_exports(text)


@pytest.mark.slow
@settings(max_examples=60, phases=DRAWN)
@given(texts)
def test_no_text_acts_whatever_it_is(text: str) -> None:
    check_pages(text)
    check_exports(text)
