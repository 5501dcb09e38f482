from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.results import Status
from kpi_cli.locale import speaking
from kpi_cli.views.words import BADGES, Scale, clipped, counted, counts_of, day, days, listed

figures = st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 6))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (33.482, "33.5 %"), (0.0, "0 %"), (-2.5, "-2.5 %"), (1234.56, "1,235 %"),
        (4.126, "4.13 %"), (0.01234, "0.0123 %"), (-0.0001, "-0.0001 %"),
    ],
)  # fmt: skip
def test_about_three_digits(value: float, shown: str) -> None:
    assert Scale("%").figure(value) == shown


def test_a_value_is_not_rounded_onto_its_limit() -> None:
    scale = Scale("%", 2, (99.95, 40.0))
    assert scale.number(99.949999) == "99.949999"
    assert scale.number(39.96) == "39.96"
    assert scale.number(40.0) == "40"
    assert scale.number(39.9) == "39.9"


@given(figures, figures)
def test_a_shown_value_stands_on_the_same_side_of_its_limit(value: float, limit: float) -> None:
    shown = float(Scale(None, anchors=(limit,)).number(value).replace(",", ""))
    if abs(value - limit) > 1e-6 * max(abs(limit), 1):
        assert (shown < limit) == (value < limit)


def test_decimals_as_written_are_kept() -> None:
    assert Scale(None, decimals=3).number(12.3456) == "12.346"
    assert Scale("days", exact=True).figure(12.3456) == "12.3456 days"


@pytest.mark.parametrize("language", ["en", "vi"])
@given(value=figures, unit=st.sampled_from([None, "%"]), exact=st.booleans())
def test_a_writer_writes_as_the_scale_does(
    language: str, value: float, unit: str | None, exact: bool
) -> None:
    scale = Scale(unit, 1, (99.95, 0.5), exact)
    with speaking(language):
        assert scale.writer()(value) == scale.figure(value)


def test_changes_carry_a_sign_and_points() -> None:
    assert Scale("%").change(4.0) == "+4 pp"
    assert Scale("USD").change(-4.0) == "-4 USD"
    assert Scale(None).distance(-4.0) == "4"


@given(st.text(), st.integers(2, 40))
def test_clipping_keeps_the_length(text: str, length: int) -> None:
    assert len(clipped(text, length)) <= length
    if len(text) <= length:
        assert clipped(text, length) == text


def test_small_words() -> None:
    assert day(date(2026, 5, 31)) == "31 May 2026"
    assert (days(1), days(1234)) == ("1 day", "1,234 days")
    assert (counted(3), counted(12)) == ("Three", "12")
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""


def test_every_status_has_its_own_sign_and_word() -> None:
    assert set(BADGES) == set(Status)
    assert len({badge.glyph for badge in BADGES.values()}) == len(BADGES)
    assert len({badge.word for badge in BADGES.values()}) == len(BADGES)


def test_counts_begin_with_the_worst() -> None:
    found = counts_of({Status.ACHIEVED: 2, Status.OFF_TRACK: 1})
    assert [(count.badge.word, count.number) for count in found] == [
        ("Off track", 1), ("Achieved", 2)
    ]  # fmt: skip


def test_a_figure_is_written_in_the_language_that_is_spoken_then() -> None:
    scale = Scale("VND")
    with speaking("vi"):
        assert scale.figure(12.345) == "12,3 VND"
    assert scale.figure(12.345) == "12.3 VND"
