"""Worked cases from published sources and other tools' tests; each names where it comes from."""

import pytest

from kpi_cli.analysis import sdg
from kpi_cli.analysis.results import KpiResult, ObjectiveResult
from kpi_cli.kinds.zones import Stretch
from kpi_cli.quantity import change
from tests.memory import judge, judge_kpi

LINEAR = [
    # baseline, target, current, raw, progress
    (100, 60, 80, 0.5, 0.5),  # Quantive help "How KR progress is calculated"
    (100, 20, 80, 0.25, 0.25),  # oslokommune/okr-tracker
    (0, 100, 20, 0.2, 0.2),  # oslokommune/okr-tracker
    (20_000_000, 40_000_000, 30_000_000, 0.5, 0.5),  # Viva Goals, KR types
    (50, 10, 25, 0.625, 0.625),  # Viva Goals, KR types
    (10, 0, 12, -0.2, 0.0),  # a regression of a decreasing measure
    (10, 0, -10, 2.0, 1.0),  # below a falling target, with a sign change
    (-20, -5, -8, 0.8, 0.8),  # a loss that shrinks
    (8, 0, 2, 0.75, 0.75),  # a target of zero
    (3, 7, 5.5, 0.625, 0.625),
    (0.1, 0.4, 0.25, 0.5, 0.5),
]


@pytest.mark.parametrize(("baseline", "target", "current", "raw", "progress"), LINEAR)
def test_linear_progress_has_one_formula_for_both_directions(
    baseline: float, target: float, current: float, raw: float, progress: float
) -> None:
    result = judge_kpi(
        f"baseline: {baseline}\ntarget: {target}\nactuals: {{2026-06: {current}}}", "2026-07-01"
    )
    assert result.raw == pytest.approx(raw, abs=1e-9)
    assert result.progress == pytest.approx(progress, abs=1e-9)
    assert ("regressed" in result.flags) == (raw < 0)
    assert ("overachieved" in result.flags) == (raw > 1)


def test_no_measurement_yet_is_no_data_and_never_zero() -> None:
    result = judge_kpi("baseline: 0\ntarget: 100", "2026-03-01")
    assert (result.progress, result.status, result.raw) == (None, "no_data", None)


@pytest.mark.parametrize(("current", "progress"), [(10, 1.0), (9, 0.0), (11, 1.0)])
def test_target_at_baseline_is_a_threshold(current: float, progress: float) -> None:
    fields = f"direction: increase\nbaseline: 10\ntarget: 10\nactuals: {{2026-06: {current}}}"
    assert judge_kpi(fields, "2026-07-01").progress == progress


def test_relative_change_is_told_from_above_zero_only() -> None:
    assert (change(0, 5).delta, change(0, 5).relative) == (5, None)
    assert (change(-10, 5).delta, change(-10, 5).relative) == (15, None)
    assert change(200, 230).relative == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("baseline", "target", "unit", "current", "resolved", "progress"),
    [
        (200, "+15%", "count", 218, 230, 0.6),
        (40, "+15pp", "%", 46, 55, 0.4),
        (200, "-10%", "count", 190, 180, 0.5),
        (60, "-20pp", "%", 55, 40, 0.25),
        (-100, "+10%", "USD", -95, -90, 0.5),
    ],
)
def test_relative_targets_resolve_against_the_baseline(
    baseline: float, target: str, unit: str, current: float, resolved: float, progress: float
) -> None:
    result = judge_kpi(
        f'unit: "{unit}"\nbaseline: {baseline}\ntarget: "{target}"\n'
        f"actuals: {{2026-06: {current}}}",
        "2026-07-01",
    )
    assert result.target_number == pytest.approx(resolved)
    assert result.progress == pytest.approx(progress)


@pytest.mark.parametrize(
    ("target", "current", "met", "status"),
    [
        ("{between: [4, 5]}", 5, True, "on_track"),
        ("{between: [4, 5]}", 4, True, "on_track"),
        ("{between: [4, 5]}", 3.9, False, "off_track"),
        ("{at_most: 25, tolerance: 2}", 26.5, False, "at_risk"),
        ("{at_most: 25, tolerance: 2}", 27, False, "at_risk"),
        ("{at_most: 25, tolerance: 2}", 27.1, False, "off_track"),
        ("{at_most: 25}", 30, False, "off_track"),
        ("{at_most: 25}", 25, True, "on_track"),
        ("{at_least: 99.9}", 99.9, True, "on_track"),
        ("{at_least: 99.9}", 99.89, False, "off_track"),
    ],
)
def test_thresholds_include_their_edges(
    target: str, current: float, met: bool, status: str
) -> None:
    result = judge_kpi(f"target: {target}\nactuals: {{2026-06: {current}}}", "2026-07-01")
    assert (result.score and result.score.met, result.computed) == (met, status)


def test_milestones_by_weight_and_by_date() -> None:
    weighted = judge_kpi(
        "target: {milestones: [{name: a, weight: 30, done: true}, {name: b, weight: 70}]}",
        "2026-07-01",
    )
    assert weighted.progress == pytest.approx(0.3)
    dated = judge_kpi(
        """
        target:
          milestones:
            - {name: a, due: 2026-04-30, done: true}
            - {name: b, due: 2026-05-10}
            - {name: c, due: 2026-06-10}
            - {name: d, due: 2026-06-30}
        """,
        "2026-05-15",
        period="{start: 2026-04-01, end: 2026-06-30}",
    )
    assert dated.score is not None
    assert (dated.progress, dated.expected, dated.score.overdue) == (0.25, 0.5, 1)
    assert dated.status == "off_track"


def test_done_has_no_pace_before_its_due_date() -> None:
    fields = "target: {done: true}\nactuals: {2026-04: false}"
    period = "{start: 2026-04-01, end: 2026-06-30}"
    result = judge_kpi(fields, "2026-05-15", period=period)
    assert (result.progress, result.expected, result.status) == (0.0, 0.0, "on_track")


def test_named_zones_score_their_zone() -> None:
    zones = "{zones: {fail: 0, commit: 0.3, target: 0.7, stretch: 1.0}}"
    result = judge_kpi(f"target: {zones}\nactuals: {{2026-06: commit}}", "2026-07-01")
    assert result.progress == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("baseline", "stretch", "current", "zone", "progress", "marks"),
    [
        (10, 60, 30, "commit", 0.3, (25, 45)),  # puzzle/okr migration V3_6_4
        (100, 0, 70, "commit", 0.3, (70, 30)),  # puzzle/okr scoring component
        (100, 0, 75, "fail", 0.0, (70, 30)),
        (10, 60, 60, "stretch", 1.0, (25, 45)),
        (10, 60, 45, "target", 0.7, (25, 45)),
    ],
)
def test_stretch_derives_its_zones(
    baseline: float, stretch: float, current: float, zone: str, progress: float,
    marks: tuple[float, float],
) -> None:  # fmt: skip
    result = judge_kpi(
        f"baseline: {baseline}\ntarget: {{stretch: {stretch}}}\nactuals: {{2026-06: {current}}}",
        "2026-07-01",
    )
    assert result.score is not None
    assert (result.score.zone, result.progress) == (zone, pytest.approx(progress))
    assert isinstance(result.scheme.target, Stretch)
    thresholds = result.scheme.target.thresholds(baseline)
    assert (thresholds["commit"], thresholds["target"]) == pytest.approx(marks)


HALF_YEAR = "{start: 2026-01-01, end: 2026-12-31}"


@pytest.mark.parametrize(
    ("value", "status"),
    [(46, "on_track"), (30, "off_track"), (50, "on_track"), (36, "at_risk"), (45, "on_track")],
)
def test_pace_at_half_way(value: float, status: str) -> None:
    """182 of 364 days have gone on 2 July: expected is 0.5."""
    result = judge_kpi(
        f"baseline: 0\ntarget: 100\nfrequency: irregular\nactuals: {{2026-07-02: {value}}}",
        "2026-07-02",
        period=HALF_YEAR,
    )
    assert result.expected == pytest.approx(0.5)
    assert result.status == status


def test_85_percent_on_the_last_day_is_not_green() -> None:
    result = judge_kpi("baseline: 0\ntarget: 100\nactuals: {2026-12: 85}", "2026-12-31")
    assert (result.expected, result.status) == (1.0, "at_risk")


def test_a_phased_path_beats_the_straight_line() -> None:
    fields = """
        baseline: 0
        target: 1200
        frequency: quarterly
        path: {2026-03-31: 120, 2026-06-30: 360, 2026-09-30: 720, 2026-12-31: 1200}
        actuals: {2026-Q2: 350}
        """
    result = judge_kpi(fields, "2026-06-30")
    assert result.progress == pytest.approx(0.2917, abs=1e-4)
    assert (result.expected, result.status) == (pytest.approx(0.3), "on_track")


def rollup(rows: list[tuple[str, str]], as_of: str = "2026-07-02") -> ObjectiveResult:
    """An objective over KPIs of 0..100, each `(value, further fields)` on one day."""
    kpis = "".join(
        f"  k{i}: {{name: K, objective: o, baseline: 0, target: 100, frequency: irregular"
        f"{more}, actuals: {{2026-07-02: {value}}}}}\n"
        for i, (value, more) in enumerate(rows)
    )
    plan = f"objectives:\n  o: {{title: O, period: '2026'}}\nkpis:\n{kpis}"
    return judge(plan, as_of).objectives["o"]


@pytest.mark.parametrize(
    ("rows", "progress", "coverage"),
    [
        ([("100", ""), ("0", ""), ("0", "")], 1 / 3, 1.0),  # Perdoo, Lattice, Mooncamp
        ([("100", ", weight: 60"), ("50", ", weight: 40")], 0.8, 1.0),  # ShamanR/okrs
        ([("60", ""), ("null", ""), ("80", "")], 0.7, 2 / 3),
    ],
)
def test_rollup_weighs_what_is_measured(
    rows: list[tuple[str, str]], progress: float, coverage: float
) -> None:
    result = rollup(rows)
    assert result.progress == pytest.approx(progress)
    assert result.coverage == pytest.approx(coverage)


def test_rollup_is_capped_by_the_worst_and_names_it() -> None:
    result = rollup([("90", ""), ("90", ""), ("5", "")])
    assert result.progress == pytest.approx(0.6167, abs=1e-4)
    assert (result.status, result.worst) == ("at_risk", "k2")


def test_a_ratio_adds_up_its_parts_never_its_percentages() -> None:
    fields = """
        unit: ratio
        aggregation: ratio
        actuals:
          2026-01: {numerator: 2, denominator: 4}
          2026-02: {numerator: 2, denominator: 100}
        """
    assert judge_kpi(fields, "2026-03-01").value == pytest.approx(4 / 104)
    weighted = """
        unit: "%"
        aggregation: ratio
        actuals:
          2026-01: {numerator: 810, denominator: 900}
          2026-02: {numerator: 50, denominator: 100}
        """
    assert judge_kpi(weighted, "2026-03-01").value == pytest.approx(86)


def test_a_flow_is_its_sum_to_date() -> None:
    fields = "aggregation: sum\ntarget: 1200\nactuals: {2026-01: 90, 2026-02: 100, 2026-03: 110}"
    result = judge_kpi(fields, "2026-04-01")
    assert (result.value, result.progress) == (300, 0.25)


MONTHS = [f"2025-{month:02d}" for month in range(1, 13)] + ["2026-01"]


def test_a_rolling_window_needs_all_its_periods() -> None:
    def window(count: int, last: int, as_of: str) -> KpiResult:
        rows = ", ".join(f"{m}: 10" for m in MONTHS[: count - 1]) + f", {MONTHS[count - 1]}: {last}"
        fields = f"aggregation: sum\nwindow: 12\ntarget: 200\nactuals: {{{rows}}}"
        return judge_kpi(fields, as_of, period="{start: 2025-01-01, end: 2026-12-31}")

    short = window(11, 10, "2025-12-05")
    assert (short.value, short.reason) == (None, "11 of 12 periods")
    assert (short.status, short.progress) == ("insufficient_data", None)
    assert window(13, 22, "2026-02-05").value == 132


def test_staleness_counts_from_the_next_value() -> None:
    config = "version: 1\ngrace_days: {monthly: 0, weekly: 3}"
    dated = "target: 9\nbaseline: 0\nactuals: {2026-10-21: 5}"
    assert judge_kpi(dated, "2026-11-21", config).freshness.state == "fresh"
    assert judge_kpi(dated, "2026-11-22", config).freshness.state == "stale"
    never = judge_kpi("target: 9\nbaseline: 0", "2026-11-21", config)
    assert (never.freshness.state, never.status) == ("stale", "no_data")
    weekly = "frequency: weekly\ntarget: 9\nbaseline: 0\nactuals: {2026-W45: 5}"
    for day, state in [("2026-11-15", "fresh"), ("2026-11-18", "due"), ("2026-11-19", "stale")]:
        assert judge_kpi(weekly, day, config).freshness.state == state


def test_stale_beats_green_and_retired_beats_stale() -> None:
    fields = "baseline: 0\ntarget: 100\nactuals: {2026-03: 90}"
    stale = judge_kpi(fields, "2026-08-01")
    assert (stale.status, stale.computed) == ("stale", "on_track")
    retired = judge_kpi(
        fields + "\nstatus: retired\nretired: {on: 2026-07-01, reason: r}", "2026-08-01"
    )
    assert retired.status == "retired"


def test_the_owners_word_is_shown_and_the_numbers_kept() -> None:
    fields = """
        baseline: 0
        target: 100
        actuals: {2026-06: 5}
        check_ins: [{on: 2026-07-01, status: on_track}]
        """
    result = judge_kpi(fields, "2026-07-05")
    assert (result.status, result.computed, result.counts_as) == (
        "on_track", "off_track", "off_track",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("base", "value", "target", "years", "to_target", "up", "limit", "figure", "category"),
    [
        (20, 17, 10, 6, 15, False, None, 0.5918, "limited_progress"),
        (40, 62, 60, 7, 15, True, None, 2.358, "target_achieved"),
        (50, 53, None, 5, None, True, None, 0.0117, "moderate_progress"),
        (90, 92, None, 5, None, True, None, 0.0044, "limited_progress"),
        (90, 92, None, 5, None, True, 100, 0.0044, "moderate_progress"),
        (90, 89, None, 5, None, True, None, -0.0022, "deterioration"),
    ],
)
def test_sdg_method(  # open-sdg/sdg-build, ProgressMeasure
    base: float, value: float, target: float | None, years: float, to_target: float | None,
    up: bool, limit: float | None, figure: float, category: str,
) -> None:  # fmt: skip
    result = sdg.measure(
        base, value, target, years=years, years_to_target=to_target, increasing=up, limit=limit
    )
    assert result is not None
    sign = 1 if up else -1
    shown = result.ratio if target is not None else sign * result.observed_growth
    assert shown == pytest.approx(figure, abs=1e-3)
    assert result.category == category
    if limit:
        assert result.factor == pytest.approx(0.3736, abs=1e-3)


def test_sdg_required_growth() -> None:
    down = sdg.measure(20, 17, 10, years=6, years_to_target=15, increasing=False)
    assert down is not None
    assert down.required_growth == pytest.approx(-0.04516, abs=1e-5)
