import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.render.svg import kit
from kpi_cli.render.svg.bullet import bullet
from kpi_cli.render.svg.dates import date_ticks
from kpi_cli.render.svg.kit import n, polyline, tick_labels, ticks
from kpi_cli.render.svg.lines import NARROW, WIDE, draw, lines
from kpi_cli.render.svg.plot import plot
from kpi_cli.render.svg.spark import spark
from kpi_cli.render.svg.strip import strip
from kpi_cli.views.charts import Bullet, Dot, Event, Lines, Plot, Spark, Step, Strip

NASTY = "<script>&\"' \u202e \x00"
finite = st.floats(-1e12, 1e12, allow_nan=False)
shares = st.none() | st.floats(-50, 50, allow_nan=False)
months = [date(2024 + m // 12, m % 12 + 1, 28) for m in range(30)]


def chart(values: tuple[float | None, ...] = (1, 2, None, 4, 5)) -> Lines:
    """A chart of these monthly values with a plan to 10."""
    dots = tuple(Dot(months[i], value, f"m{i}") for i, value in enumerate(values))
    return Lines(
        slug="a.b", title=NASTY, desc=NASTY, judged=dots, singles=(),
        plan=((months[0], 1), (date(2026, 12, 31), 10)), steps=(), events=(),
        as_of=months[len(values) - 1], end=date(2026, 12, 31), now_text=NASTY, target_text="10 %",
        unit=NASTY,
    )  # fmt: skip


def sound(svg: str) -> list[ET.Element]:
    """The elements of one or two pictures that are well formed and hold no style or script."""
    root = ET.fromstring(f"<x>{svg}</x>")
    elements = list(root.iter())
    assert not any("style" in element.attrib for element in elements)
    assert {element.tag for element in elements} <= {
        "x", "svg", "path", "rect", "circle", "text", "title", "desc"
    }  # fmt: skip
    assert not re.search(r"nan|inf|e[+-]\d", "".join(e.get("d", "") for e in elements))
    return elements


@given(st.lists(st.none() | finite, max_size=30), st.none() | finite)
def test_any_spark_is_a_sound_picture(values: list[float | None], target: float | None) -> None:
    sound(spark(Spark(tuple(values), target, NASTY)))


def test_noise_of_computation_is_a_level_line() -> None:
    noise, level = (0.1 + 0.2, 0.3, 0.1 + 0.2), (0.3, 0.3, 0.3)
    assert spark(Spark(noise, None, "x")) == spark(Spark(level, None, "x"))


@given(shares, shares, st.sampled_from(["move", "keep", "band"]))
def test_any_plot_keeps_its_mark_inside(
    now: float | None, expected: float | None, shape: str
) -> None:
    for element in sound(plot(Plot(now, expected, NASTY, shape))):
        if element.tag == "circle":
            assert 5 <= float(element.attrib["cx"]) <= 163


@given(finite, finite, st.none() | finite, st.sampled_from([None, True, False]))
def test_any_bullet_is_a_sound_picture(
    value: float, target: float, baseline: float | None, rising: bool | None
) -> None:
    sound(bullet(Bullet(value, (target,), baseline, None, rising, 0, NASTY, prior=baseline)))


def test_the_bullet_shows_a_year_before_on_the_same_scale() -> None:
    drawn = bullet(Bullet(20.0, (30.0,), None, None, True, 0, "x", prior=10.0))
    bar = re.search(r'class="bar" x="10" y="14" width="([\d.]+)"', drawn)
    mark = re.search(r'class="py" d="M([\d.]+) [\d.]+L([\d.]+) ', drawn)
    assert bar is not None
    assert mark is not None
    middle = (float(mark[1]) + float(mark[2])) / 2
    assert middle - 10 == pytest.approx(float(bar[1]) / 2, abs=0.2)


@given(st.lists(st.none() | finite, min_size=2, max_size=30).filter(any))
def test_any_chart_is_a_sound_picture(values: list[float | None]) -> None:
    sound(lines(chart(tuple(values))))


def test_a_gap_breaks_the_line() -> None:
    assert polyline([(0, 0), (1, 1), None, (2, 2), (3, 3)], "a") == (
        '<path class="a" d="M0 0L1 1M2 2L3 3"/>'
    )
    assert polyline([(0, 0), None, (2, 2)], "a") == ""
    path = re.search(r'class="ac" d="([^"]*)"', draw(chart(), WIDE))
    assert path is not None
    assert path[1].count("M") == 2


def test_the_narrow_cut_shows_the_latest_at_the_height_of_all() -> None:
    data = chart((900.0, *range(1, 25)))
    wide, narrow = draw(data, WIDE), draw(data, NARROW)
    labels = [re.findall(r'<text[^>]*text-anchor="end">([^<]*)<', cut) for cut in (wide, narrow)]
    assert [label for label in labels[0] if "," in label or label.isdigit()] == [
        label for label in labels[1] if "," in label or label.isdigit()
    ]
    assert narrow.count('class="pc"') + narrow.count('class="now"') <= NARROW.points
    path = re.search(r'class="ac" d="M([\d.]+)', narrow)
    assert path is not None
    assert float(path[1]) >= NARROW.left


def test_a_chart_names_itself_once_in_each_cut() -> None:
    elements = sound(lines(chart()))
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    assert ids == ["c-a.b-wt", "c-a.b-wd", "c-a.b-nt", "c-a.b-nd"]
    pictures = [element for element in elements if element.tag == "svg"]
    assert [one.attrib["aria-labelledby"] for one in pictures] == [
        "c-a.b-wt c-a.b-wd", "c-a.b-nt c-a.b-nd"
    ]  # fmt: skip


def test_a_long_label_at_the_right_stands_in_two_rows_inside_the_picture() -> None:
    goal = "387 nghìn ₫ (stretch 420 nghìn ₫)"
    for number in (1.0, 5.0, 10.0):
        low = replace(
            chart(), target_text=goal, plan=((months[0], 1), (date(2026, 12, 31), number))
        )
        rows = re.findall(r'x="([\d.]+)" y="([\d.]+)" class="lt">([^<]*)<', draw(low, WIDE))
        assert " ".join(words for _, _, words in rows) == goal
        assert float(rows[1][1]) - float(rows[0][1]) == 15
        assert float(rows[1][1]) <= WIDE.height - 8
    endless = draw(replace(chart(), target_text="word " * 20), WIDE)
    assert len(re.findall(r'class="lt"[^>]*>[^<]*<', endless)) == 2
    assert "…<" in endless


def test_labels_of_two_rows_do_not_touch() -> None:
    said = "12,345 thousand things of a kind"
    near = replace(
        chart(), now_text=said, target_text=said, as_of=months[4],
        plan=((months[0], 1), (months[5], 5)), end=months[5],
    )  # fmt: skip
    drawn = re.findall(r'y="([\d.]+)" class="l[nt]"', draw(near, WIDE))
    heights = sorted(float(height) for height in drawn)
    assert len(heights) == 4
    assert all(after - before >= 13 for before, after in pairwise(heights))


def test_limits_events_grades_and_single_periods_are_drawn() -> None:
    step = Step(months[0], date(2026, 12, 31), 2, 4)
    full = replace(
        chart(), steps=(step,), events=(Event(months[1], NASTY),), singles=(Dot(months[1], 3, "s"),)
    )
    drawn = draw(full, WIDE)
    assert drawn.count('class="lm"') == 2
    assert 'class="fan"' in drawn
    assert 'class="sg"' in drawn
    assert '<text x="' in drawn
    assert drawn.count('class="en"') == 1
    graded = draw(replace(chart((0, 0.3)), grades=((0, "low"), (1, NASTY)), plan=()), WIDE)
    sound(graded)
    assert ">low</text>" in graded


@pytest.mark.parametrize(("age", "looks"), [(0, "young"), (41, "young"), (42, "old"), (999, "old")])
def test_a_strip_is_dark_when_too_old(age: int, looks: str) -> None:
    drawn = strip(Strip(age, 41, "x"))
    sound(drawn)
    assert f'class="{looks}"' in drawn


@given(finite, finite)
def test_ticks_hold_the_values_between_them(low: float, high: float) -> None:
    low, high = sorted((low, high))
    steps = ticks(low, high)
    slack = 1e-6 * max(abs(low), abs(high), 1e-9)
    assert steps[0] <= low + slack
    assert steps[-1] >= high - slack
    assert 2 <= len(steps) <= 12
    assert len(tick_labels(steps)) == len(steps)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((0, 2.5, 5), ("0.0", "2.5", "5.0")),
        ((0, 500_000, 1_000_000), ("0", "500k", "1,000k")),
        ((-2, 0, 2), ("-2", "0", "2")),
        ((0.1, 0.2, 0.30000000000000004), ("0.1", "0.2", "0.3")),
    ],
)
def test_labels_share_their_decimals(values: tuple[float, ...], labels: tuple[str, ...]) -> None:
    assert tick_labels(values) == labels


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(1, 60_000), st.integers(2, 9))
def test_date_ticks_lie_in_the_range(start: date, span: int, most: int) -> None:
    low = start.toordinal()
    high = min(low + span, date.max.toordinal())
    found = date_ticks(low, high, most)
    assert len(found) <= most + 2
    assert all(low <= day <= high for day, _ in found)


def test_coordinates_are_short() -> None:
    assert (n(1.0), n(1.26), n(-0.01)) == ("1", "1.3", "0")


def test_only_so_many_coordinates_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "_REPEATED", 2)
    found = kit._Coordinates()
    assert [found[value] for value in (1.0, -0.04, 2.26, 1, 1.0)] == ["1", "0", "2.3", "1", "1"]
    assert len(found) <= 2
