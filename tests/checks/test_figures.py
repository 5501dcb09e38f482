"""The figures: future, out of bounds, hundredfold, missing, stale."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.bench import faults, firm, found, kpi, missed, objective, only

PERCENT = {"unit": "%", "numerator": "these", "denominator": "of those"}
JUNE = date(2026, 6, 30)


def test_future_figures_are_one_finding_at_the_first() -> None:
    later = {"2026-05": 7, "2026-06": None, "2026-07": 8, "2026-08": 9}
    finding = only("K203", kpis={"one": kpi(actuals=later)})
    assert finding.message.startswith("2 actuals, from 2026-07 to 2026-08, end after 2026-05-31")
    assert faults(kpis={"one": kpi(actuals={"2026-05": 7, "2026-06": None})}) == []


@pytest.mark.parametrize(
    ("bounds", "words"),
    [([0, 10], "0 to 10"), ([20, None], "20 or more"), ([None, 10], "10 or less")],
)
def test_bounds_may_be_open(bounds: list[Any], words: str) -> None:
    target = {"at_least": 30} if bounds[0] == 20 else {"at_least": 5}
    finding = only("K204", kpis={"one": kpi(bounds=bounds, target=target, actuals={"2026-05": 15})})
    assert words in finding.message


def test_baseline_and_target_keep_the_bounds_too() -> None:
    text = """\
kpis:
  one: {name: N, objective: top, owner: an, unit: points, source: {manual: b}, bounds: [0, 5], baseline: «K204»6, target: «K204»7, direction: increase}
  two: {name: N, objective: top, owner: an, unit: points, source: {manual: b}, bounds: [0, 5], baseline: {value: «K204»-1}, target: {at_least: 4}}
"""  # noqa: E501 - one record a line
    assert missed({"firm.yaml": firm(), "more.yaml": text}) == (set(), set())


def test_the_target_of_a_total_is_no_single_figure() -> None:
    total = kpi(bounds=[0, 50], aggregation="sum", target=400, actuals={"2026-05": 40})
    assert faults(kpis={"one": total}) == []


def test_words_and_blanks_are_neither_in_nor_out_of_bounds() -> None:
    done = kpi(target={"done": True}, unit=None, bounds=[0, 5], actuals={"2026-05": True})
    blank = kpi(bounds=[0, 5], actuals={"2026-05": None})
    assert faults(kpis={"one": done, "two": blank}) == []


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ([0.032, 96.5], "2026-04"),
        ([96.5, 0.032], "2026-05"),
        ([96.5, 0.962, 95.9, 97.1], "2026-03"),
        ([0.965, 0.96, 97.0, 0.95], "2026-04"),
        ([0.95, 96.0, 97.0, 96.5], "2026-02"),
    ],
)
def test_the_odd_one_of_a_mixed_series(values: list[float], odd: str) -> None:
    months = ["2026-02", "2026-03", "2026-04", "2026-05"][-len(values) :]
    one = kpi(**PERCENT, actuals=dict(zip(months, values, strict=True)))
    finding = only("K206", kpis={"one": one})
    assert finding.message.startswith(f"{odd} is")


@pytest.mark.parametrize(
    "values",
    [
        [0.5, 2, 12],
        [1, 55, 60],
        [0, 96, 0, 95],
        [0.4, 0.9, 0.7],
        [100, 2],
        [None, 90],
        [-4, 0.5, 3],
    ],
)
def test_ordinary_percentages(values: list[float]) -> None:
    months = ["2026-03", "2026-04", "2026-05"]
    actuals = dict(zip(months, values, strict=False)) | {"2026-05": values[-1]}
    gaps = {"2026-04": values[0]} if len(values) < 3 else {}
    assert faults(kpis={"one": kpi(**PERCENT, actuals=gaps | actuals)}) == []


def test_a_baseline_written_as_a_share_is_odd_too() -> None:
    one = kpi(**PERCENT, baseline=0.31, actuals={"2026-04": 32, "2026-05": 33})
    finding = only("K206", kpis={"one": one})
    assert finding.message.startswith("the baseline is 0.31 %")
    assert finding.help == "write 31 if that is what is meant"


def test_a_step_of_just_sixtyfold_is_odd() -> None:
    one = kpi(**PERCENT, actuals={"2026-04": 60, "2026-05": 1})
    assert only("K206", kpis={"one": one}).message.startswith("2026-05 is 1 %")
    based = kpi(**PERCENT, baseline=1, actuals={"2026-04": 96, "2026-05": 97})
    assert only("K206", kpis={"one": based}).message.startswith("the baseline is 1 %")


def test_what_is_no_percentage_may_jump() -> None:
    one = kpi(target={"at_least": 0.1}, actuals={"2026-04": 0.5, "2026-05": 900})
    assert faults(kpis={"one": one}) == []


def gaps(actuals: dict[str, Any], as_of: date = JUNE, **fields: Any) -> list[str]:
    """The K207 messages about a KPI with these actuals."""
    one = kpi(**({"due": None} | fields), actuals=actuals)
    old = {
        "top": objective(
            supports=[], team="firm", period={"start": "2025-01-01", "end": "2026-12-31"}
        )
    }
    text = firm(kpis={"one": one}, objectives=old)
    return [f.message for f in found(text, as_of) if f.code == "K207"]


def test_gaps_are_named_shortly() -> None:
    assert gaps({"2025-01": 1, "2025-03": 1}) == ["2025-02 is missing among the actuals of 'one'"]
    (many,) = gaps({"2025-01": 1, "2025-12": 1})
    assert many.startswith("2025-02, 2025-03, 2025-04 and 7 more are missing")
    (three,) = gaps({"2025-01": 1, "2025-05": 1})
    assert three.startswith("2025-02, 2025-03 and 2025-04 are missing")
    (few,) = gaps({"2025-01": 1, "2025-04": 1})
    assert few.startswith("2025-02 and 2025-03 are missing")


@pytest.mark.parametrize(
    ("actuals", "fields"),
    [
        ({"2025-01": 1, "2025-02": None, "2025-03": 1}, {}),
        ({"2025-01-20": 1, "2025-02-28": 1, "2025-03": 1}, {}),
        ({"2026-01": 1, "2026-02": 2}, {"start": "2026-01-01"}),
        ({"2024-06": 1, "2025-01": 2, "2025-02": 3}, {}),
        ({"2025-03-03": 1, "2025-09-09": 1}, {"frequency": "irregular"}),
        ({"2025-Q1": 1, "2025-Q2": 1}, {"frequency": "quarterly"}),
        ({"2025-W01": 1, "2025-W02": 1, "2025-W03": 1}, {"frequency": "weekly"}),
        ({"2025-01-01": 1, "2025-01-02": 1}, {"frequency": "daily"}),
        ({"2025-01": 1, "2025-02": "x", "2025-03": 1}, {}),
        ({}, {}),
        ({"2024-06": 1}, {}),
        (
            {"2025-01": 1, "2025-03": 1},
            {"status": "retired", "retired": {"on": "2026-05-02", "reason": "so"}},
        ),
    ],
)
def test_series_without_a_gap(actuals: dict[str, Any], fields: dict[str, Any]) -> None:
    assert gaps(actuals, **fields) == []


def test_a_period_still_in_its_grace_is_not_missing() -> None:
    actuals = {"2026-W17": 1, "2026-W19": 1}
    fields = {"frequency": "weekly", "start": "2026-04-20"}
    assert gaps(actuals, date(2026, 5, 10), **fields) != []
    config = {"kpi.yaml": "version: 1\ngrace_days: {weekly: 20}\n"}
    text = firm(
        kpis={
            "one": kpi(
                frequency="weekly", start="2026-05-01", actuals={"2026-W18": 1, "2026-W20": 1}
            )
        }
    )
    assert [f.code for f in found({"a.yaml": text} | config, date(2026, 5, 17))] == []


@given(st.sets(st.integers(1, 12), min_size=1))
def test_exactly_the_absent_months_are_missing(months: set[int]) -> None:
    messages = gaps({f"2025-{month:02d}": 1 for month in sorted(months)})
    absent = [month for month in range(1, max(months)) if month not in months]
    if not absent:
        assert messages == []
    else:
        assert messages[0].startswith(f"2025-{absent[0]:02d}")
        assert (len(absent) == 1) == (" is missing" in messages[0])


def stale(as_of: date, **fields: Any) -> list[tuple[str, str | None]]:
    """The K208 findings about a KPI under the sound objective."""
    return [
        f
        for f in faults(as_of, kpis={"base": kpi(frequency="irregular"), "one": kpi(**fields)})
        if f[0] == "K208"
    ]


def test_a_figure_is_stale_after_its_grace() -> None:
    actuals = {"2026-05": 7}
    assert stale(date(2026, 7, 10), actuals=actuals) == []
    assert stale(date(2026, 7, 11), actuals=actuals) == [("K208", "one")]


def test_a_kpi_never_measured_is_stale_after_its_first_period() -> None:
    assert stale(date(2026, 6, 10)) == []
    assert stale(date(2026, 6, 11)) == [("K208", "one")]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "retired", "retired": {"on": "2026-05-02", "reason": "so"}},
        {"frequency": "irregular"},
        {"formula": "base * 2"},
        {"target": {"milestones": [{"name": "m", "due": "2026-11-30"}]}},
        {"target": {"done": True}, "unit": None, "actuals": {"2026-05": True}},
        {"actuals": {"2026-05": "seven"}},
        {"start": "2026-10-01"},
    ],
)
def test_what_never_grows_stale(fields: dict[str, Any]) -> None:
    assert stale(date(2026, 9, 30), **fields) == []


def test_the_kpis_of_closed_objectives_are_not_stale() -> None:
    closed = objective(status="closed", closed={"on": "2026-06-30", "outcome": "missed"})
    sections = {
        "objectives": {"o": closed},
        "kpis": {"base": kpi(frequency="irregular"), "one": kpi(objective="o")},
    }
    assert faults(date(2026, 9, 30), **sections) == []


def test_a_file_that_is_missing_or_faulty_is_said_once() -> None:
    one = kpi(actuals={"files": [{"file": "n.csv", "period": "m", "value": "v"}]})
    text = firm(kpis={"base": kpi(frequency="irregular"), "one": one})
    assert [f.code for f in found({"a.yaml": text}, date(2026, 9, 30))] == ["K209"]
    table = "m,v\n2026-05,7\n2026-06,x7\n2026-O7,8\n2026-08,9\n"
    codes = [f.code for f in found({"a.yaml": text, "n.csv": table}, date(2026, 9, 30))]
    assert codes == ["K205", "K210"]


def test_a_row_of_the_kpis_own_file_that_cannot_be_read_is_no_gap() -> None:
    one = kpi(actuals={"files": [{"file": "n.csv", "period": "m", "value": "v"}]})
    text = firm(kpis={"base": kpi(frequency="irregular"), "one": one})
    table = "m,v\n2026-05,7\n2026-O6,7\n2026-07,8\n"
    codes = [f.code for f in found({"a.yaml": text, "n.csv": table}, date(2026, 7, 31))]
    assert codes == ["K210"]


def test_a_row_of_a_long_file_that_cannot_be_read_is_no_gap() -> None:
    text = firm(kpis={"base": kpi(frequency="irregular"), "one": kpi()})
    files = {"kpi.yaml": "version: 1\nactuals: [n.csv]\n", "a.yaml": text}
    table = "kpi,period,value\none,2026-05,7\none,2026-06,7;5\none,2026-07,7\n"
    assert [f.code for f in found(files | {"n.csv": table}, date(2026, 7, 31))] == ["K210"]
