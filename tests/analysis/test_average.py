"""Our averages are those of the standard library."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.average import mean, median

FIGURES = st.lists(st.integers(-9, 9) | st.floats(-1e9, 1e9), min_size=1, max_size=9)


@given(FIGURES)
def test_they_are_the_same_to_the_last_digit(figures: list[float]) -> None:
    assert repr(median(figures)) == repr(statistics.median(figures))
    assert repr(mean(figures)) == repr(statistics.fmean(figures))
