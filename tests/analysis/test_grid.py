"""Days as running numbers of periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.grid import slot_of, slots_of
from kpi_cli.period import Calendar, Frequency

DAYS = st.lists(st.dates(date(1990, 1, 1), date(2100, 12, 31)), max_size=8)


@pytest.mark.parametrize("frequency", Frequency)
@given(days=DAYS, fiscal_start=st.integers(1, 12))
def test_many_days_are_numbered_as_each_alone(
    frequency: Frequency, days: list[date], fiscal_start: int
) -> None:
    calendar = Calendar(fiscal_start)
    alone = [slot_of(calendar, frequency, on) for on in days]
    assert slots_of(calendar, frequency, days) == alone
