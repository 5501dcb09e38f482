"""Period names to days and back."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.period import BadPeriod, Calendar, Frequency, add_months, parse_day

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
CALENDARS = st.builds(Calendar, st.integers(1, 12), st.sampled_from(["start", "end"]))
REGULAR = st.sampled_from([f for f in Frequency if f is not Frequency.IRREGULAR])


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-W09", "2026-02-23", "2026-03-01"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2026-03-31", "2026-03-31", "2026-03-31"),
        ("FY2026", "2026-04-01", "2027-03-31"),
        ("FY2026-H2", "2026-10-01", "2027-03-31"),
        ("FY2026-Q4", "2027-01-01", "2027-03-31"),
    ],
)
def test_names_are_days(name: str, start: str, end: str) -> None:
    period = Calendar(4).parse(name)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("fiscal_start", "named_by", "day", "name"),
    [
        (4, "start", "2026-05-15", "FY2026-Q1"),
        (4, "start", "2027-01-10", "FY2026-Q4"),
        (10, "end", "2021-11-30", "FY2022-Q1"),
        (10, "end", "2022-09-30", "FY2022-Q4"),
        (1, "end", "2026-05-15", "2026-Q2"),
    ],
)
def test_days_are_in_fiscal_quarters(fiscal_start: int, named_by: str, day: str, name: str) -> None:
    calendar = Calendar(fiscal_start, named_by)
    assert calendar.name_of(Frequency.QUARTERLY, date.fromisoformat(day)) == name


def test_the_first_of_january_2027_is_in_week_53_of_2026() -> None:
    assert Calendar().name_of(Frequency.WEEKLY, date(2027, 1, 1)) == "2026-W53"


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-Q5", "2026-W54", "2025-W53", "2026-02-30", "FY2026-03", "2026-1", "26",
     "2026-H3", "FY26", " 2026", "2026-03-31T00:00", "٢٠٢٦", "2026-W00", "0000"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(BadPeriod, match=r"is not a period"):
        Calendar().parse(text)


@pytest.mark.parametrize("text", ["2026-2-1", "2026-02-30", "yesterday", "2026-02", "20260201"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadPeriod, match=r"is not a date"):
        parse_day(text)


@given(CALENDARS, REGULAR, DAYS)
def test_a_day_lies_in_its_period_and_the_name_leads_back(
    calendar: Calendar, frequency: Frequency, day: date
) -> None:
    period = calendar.containing(frequency, day)
    assert period.start <= day <= period.end
    assert calendar.containing(frequency, period.start) == period
    assert calendar.containing(frequency, period.end) == period
    assert calendar.fits(period, frequency)


@given(CALENDARS, REGULAR, DAYS, st.integers(0, 800))
def test_periods_follow_each_other_without_gap_or_overlap(
    calendar: Calendar, frequency: Frequency, start: date, days: int
) -> None:
    found = list(calendar.between(frequency, start, start + timedelta(days=days)))
    assert found[0].start <= start <= found[0].end
    for before, after in pairwise(found):
        assert after.start - before.end == timedelta(days=1)
        assert calendar.previous(after) == before


def test_a_calendar_quarter_does_not_fit_a_fiscal_year() -> None:
    fiscal, plain = Calendar(2), Calendar()
    assert not fiscal.fits(fiscal.parse("2026-Q2"), Frequency.QUARTERLY)
    assert not fiscal.fits(fiscal.parse("2026"), Frequency.ANNUAL)
    assert fiscal.fits(fiscal.parse("FY2026-Q1"), Frequency.QUARTERLY)
    assert plain.fits(plain.parse("FY2026-Q1"), Frequency.QUARTERLY)
    assert not plain.fits(plain.parse("2026-01"), Frequency.QUARTERLY)
    assert plain.fits(plain.parse("2026-01-15"), Frequency.ANNUAL)
    assert plain.fits(plain.parse("2026-W05"), Frequency.IRREGULAR)


@pytest.mark.parametrize(
    ("frequency", "name", "expected"),
    [
        (Frequency.MONTHLY, "2026-01", "2026-02-28"),
        (Frequency.MONTHLY, "2026-10-21", "2026-11-21"),
        (Frequency.MONTHLY, "2026-01-31", "2026-02-28"),
        (Frequency.WEEKLY, "2026-W45", "2026-11-15"),
        (Frequency.WEEKLY, "2026-11-02", "2026-11-09"),
        (Frequency.QUARTERLY, "2026-Q4", "2027-03-31"),
        (Frequency.ANNUAL, "2024-02-29", "2025-02-28"),
        (Frequency.DAILY, "2026-02-28", "2026-03-01"),
    ],
)
def test_the_next_value_is_expected_one_step_later(
    frequency: Frequency, name: str, expected: str
) -> None:
    calendar = Calendar()
    assert calendar.after(calendar.parse(name), frequency).isoformat() == expected


def test_months_clamp_to_the_last_day_and_end_with_the_calendar() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)
