"""What is written many at a time reads as if each were written alone."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.period import Frequency, Period
from kpi_cli.render.csv import SERIES_COLUMNS, cell, series
from kpi_cli.render.html.values import value_rows
from kpi_cli.render.report_json import _written, envelope, plain, report_json
from kpi_cli.render.svg import clean
from kpi_cli.render.svg.kit import dot, dots, n, tenths, way
from kpi_cli.views.facts import Ref
from kpi_cli.views.kpi import ValueRow
from kpi_cli.views.series import Point
from tests.render.snippets import template
from tests.render.test_generator import report

COORDINATES = st.floats(-2000, 2000) | st.sampled_from([0.0, -0.0, -0.04, -0.05, 10.0, 100.04, -10])
POINTS = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=8)
ODD = "\x00\x7f\r\u2028\u202e\u2066\ufdd0\ufffe\ud800\U0001ffff"


@given(POINTS, COORDINATES)
def test_dots_are_drawn_one_by_one(points: list[tuple[float, float]], radius: float) -> None:
    assert dots(way(points), radius, "pc") == "".join(dot(*point, radius, "pc") for point in points)


@given(COORDINATES)
def test_a_coordinate_has_one_decimal_where_it_needs_it(value: float) -> None:
    written = n(value)
    assert written == tenths(value)
    assert float(written) == float(f"{value:.1f}")
    assert not written.endswith(".0")
    assert written != "-0"


@given(POINTS)
def test_a_way_is_its_points_one_by_one(points: list[tuple[float, float]]) -> None:
    assert way(points) == "L".join(f"{n(x)} {n(y)}" for x, y in points)


@given(st.text(st.characters() | st.sampled_from("\u00a0“” é\n\t" + ODD)))
def test_the_short_way_through_cleaning_changes_nothing(text: str) -> None:
    """Against the three patterns, one after another."""
    plain = re.sub(clean._UNSHOWN, "\ufffd", re.sub(clean._BREAKS, "\n", text))
    plain = re.sub(clean._BIDI, lambda found: f"[U+{ord(found[0]):04X}]", plain)
    assert clean.cleaned(text) == plain


@dataclass
class Page:
    """As much of a page as its rows need."""

    values: tuple[ValueRow, ...]
    has_own: bool = False
    has_plan: bool = False


ROW = """\
{% for row in view.values %}
<tr><th scope="row">{{ row.period }}</th><td class="nu">{{ row.judged }}</td>\
{% if view.has_own %}<td class="nu">{{ row.own or '' }}</td>{% endif %}\
{% if view.has_plan %}<td class="nu">{{ row.plan or '' }}</td>{% endif %}\
<td>{% if row.note %}{{ row.note|data }}{% endif %}</td></tr>
{% endfor %}
"""
TEXTS = st.text(st.sampled_from("ab 1%<>&\"'\u202e"), max_size=6)
ROWS = st.builds(ValueRow, TEXTS, TEXTS, TEXTS | st.none(), TEXTS | st.none(), TEXTS | st.none())


@given(st.builds(Page, st.lists(ROWS, max_size=3).map(tuple), st.booleans(), st.booleans()))
def test_rows_of_values_are_what_a_template_would_write(page: Page) -> None:
    written = template(ROW).render(view=page)
    assert str(value_rows(page)) == written.rstrip("\n")  # type: ignore[arg-type]


MONTH = Period(date(2026, 1, 1), date(2026, 1, 31), Frequency.MONTHLY, "2026-01")
DATA = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.just("=1")
NOTES = st.none() | TEXTS | st.sampled_from(["=1", "-1", 'a,b\n"c"', "\t"])
SERIES = st.lists(st.builds(Point, st.just(MONTH), DATA, DATA, st.none() | st.floats(), NOTES))


@given(SERIES, st.sampled_from(["calls", "-calls"]))
def test_a_series_has_the_cells_of_any_table(points: list[Point], name: str) -> None:
    page: Any = SeriesPage(Ref("kpi", name, "Calls"), tuple(points))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(SERIES_COLUMNS)
    for p in points:
        row = (name, "2026-01", MONTH.start, MONTH.end, p.own, p.judged, p.plan, p.note)
        writer.writerow([cell(value) for value in row])
    assert series(page) == out.getvalue()


@dataclass
class SeriesPage:
    """As much of a page as its table of values needs."""

    ref: Ref
    numbers: tuple[Point, ...]


def test_report_json_is_its_plain_data_as_json() -> None:
    view = report(None)
    for found in (view.kpis, view.objectives, view.overview, view.changes, view.review):
        expected = json.dumps(plain(found), ensure_ascii=False, separators=(",", ":"))
        assert _written(found) == expected
    assert json.loads(report_json(view)) == envelope(view)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_in_json_is_null(value: float) -> None:
    assert _written((value, 1.5, True, 3, None)) == "[null,1.5,true,3,null]"
