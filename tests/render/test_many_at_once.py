"""What is written many at a time reads as if each were written alone."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.render.html.pages import environment
from kpi_cli.render.html.values import value_rows
from kpi_cli.render.svg import clean
from kpi_cli.render.svg.kit import n, way
from kpi_cli.views.kpi import ValueRow

COORDINATES = st.floats(-2000, 2000) | st.sampled_from([0.0, -0.0, -0.04, -0.05, 10.0, 100.04, -10])
ODD = "\x00\x7f\r\u2028\u202e\u2066\ufdd0\ufffe\ud800\U0001ffff"


@given(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=8))
def test_a_way_is_its_points_one_by_one(points: list[tuple[float, float]]) -> None:
    assert way(points) == "L".join(f"{n(x)} {n(y)}" for x, y in points)


@given(st.text(st.characters() | st.sampled_from("\u00a0“” é\n\t" + ODD)))
def test_the_short_way_through_cleaning_changes_nothing(text: str) -> None:
    """Against the three patterns, one after another."""
    plain = clean._UNSHOWN.sub("\ufffd", clean._BREAKS.sub("\n", text))
    plain = clean._BIDI.sub(lambda found: f"[U+{ord(found[0]):04X}]", plain)
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
    written = environment().from_string(ROW).render(view=page)
    assert str(value_rows(page)) == written.rstrip("\n")  # type: ignore[arg-type]
