"""From records and a day to a status: dates, changes, resets, thresholds, freshness, lifecycle."""

from datetime import date

import pytest

from kpi_cli.analysis.assess import assess
from tests.memory import judge, judge_kpi, load

YEAR = "baseline: 0\ntarget: 120\n"


# -- which actual is the observation ---------------------------------------------------------


def test_an_actual_counts_once_its_period_has_ended() -> None:
    fields = YEAR + "actuals: {2026-01: 10, 2026-02: 20, 2026-03: 30}"
    assert judge_kpi(fields, "2026-03-30").value == 20
    assert judge_kpi(fields, "2026-03-31").value == 30


def test_an_actual_that_overlaps_the_due_date_is_dated_by_it() -> None:
    fields = YEAR + "due: 2026-11-15\nactuals: {2026-11: 110, 2026-12: 200}"
    found = judge_kpi(fields, "2027-02-01")
    assert found.observation is not None
    assert (found.value, found.observation.on) == (110, date(2026, 11, 15))


def test_actuals_before_the_start_are_no_observation() -> None:
    found = judge_kpi(YEAR + "actuals: {2025-12: 99}", "2026-02-01")
    assert (found.value, found.status) == (None, "no_data")
    assert found.reason == "no actual since 2026-01-01"


def test_a_null_is_known_to_be_missing_and_is_skipped() -> None:
    assert judge_kpi(YEAR + "actuals: {2026-01: 10, 2026-02: null}", "2026-03-01").value == 10


# -- baselines -------------------------------------------------------------------------------


def test_a_baseline_is_inferred_from_before_the_start() -> None:
    found = judge_kpi("target: 50\nactuals: {2025-11: 5, 2025-12: 10, 2026-06: 30}", "2026-07-01")
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.after_start) == (10, False)
    assert (found.progress, found.flags) == (0.5, ("baseline_inferred",))


def test_a_baseline_inferred_after_the_start_begins_the_way_there() -> None:
    fields = "target: 50\nfrequency: irregular\nactuals: {2026-04-01: 10, 2026-08-16: 30}"
    found = judge_kpi(fields, "2026-08-16")
    assert found.progress == 0.5
    assert found.expected == pytest.approx(137 / 274)  # counted from 1 April, not from January


def test_an_inferred_baseline_alone_is_no_data() -> None:
    found = judge_kpi("target: 50\nactuals: {2026-04: 10}", "2026-05-01")
    assert (found.value, found.progress, found.status) == (10, None, "no_data")
    assert found.reason == "the only actual since the start serves as the baseline"


def test_an_inferred_baseline_at_the_target_is_a_threshold() -> None:
    fields = "direction: decrease\ntarget: 10\nactuals: {2025-12: 10, 2026-04: %s}"
    assert judge_kpi(fields % 10, "2026-05-01").status == "on_track"
    assert judge_kpi(fields % 12, "2026-05-01").status == "off_track"


# -- totals ----------------------------------------------------------------------------------


def test_a_total_counts_from_zero_whatever_its_baseline() -> None:
    fields = "aggregation: sum\nbaseline: 900\ntarget: 1200\nactuals: {2026-01: 100, 2026-02: 200}"
    found = judge_kpi(fields, "2026-03-01")
    assert (found.value, found.raw) == (300, 0.25)
    assert found.expected == pytest.approx(58 / 364)


def test_a_falling_total_is_a_cap() -> None:
    cap = "aggregation: sum\ntarget: {at_most: 120}\nactuals: {2026-01: %s, 2026-02: 10}"
    for first, status in [(5, "on_track"), (40, "at_risk"), (111, "off_track")]:
        found = judge_kpi(cap % first, "2026-02-28")
        assert (found.status, found.expected) == (status, pytest.approx(58 / 364))
        assert found.progress == (1.0 if first < 111 else 0.0)


def test_a_cap_is_achieved_only_after_its_due_date() -> None:
    months = ", ".join(f"2026-{m:02d}: 5" for m in range(1, 13))
    cap = f"aggregation: sum\ndirection: decrease\ntarget: 120\nactuals: {{{months}}}"
    assert judge_kpi(cap, "2026-12-31").status == "on_track"
    assert judge_kpi(cap, "2027-01-01").status == "achieved"
    assert judge_kpi(cap.replace("120", "50"), "2027-01-01").status == "missed"


def test_a_relative_target_below_the_baseline_makes_a_total_a_cap() -> None:
    fields = 'aggregation: sum\nbaseline: 100\ntarget: "-20%"\nactuals: {2026-01: 5}'
    found = judge_kpi(fields, "2026-02-01")
    assert (found.target_number, found.score and found.score.rolled_expected) == (80, 1.0)


def test_a_reset_starts_the_total_anew() -> None:
    fields = """
        aggregation: sum
        reset: quarter
        target: 90
        actuals: {2026-01: 50, 2026-02: 50, 2026-03: 50, 2026-04: 30}
        """
    found = judge_kpi(fields, "2026-04-30")
    assert (found.value, found.progress) == (30, pytest.approx(1 / 3))
    assert found.expected == pytest.approx(29 / 90)  # 1 April to 30 June


def test_a_yearly_reset_follows_the_fiscal_year() -> None:
    config = "version: 1\ncalendar: {fiscal_year_start: 4}"
    fields = "aggregation: sum\nreset: year\ntarget: 100\nactuals: {2026-03: 70, 2026-04: 10}"
    assert judge_kpi(fields, "2026-05-01", config).value == 10


def test_a_gap_in_a_total_is_flagged() -> None:
    fields = "aggregation: sum\ntarget: 100\nactuals: {2026-01: 10, 2026-02: null, 2026-04: 5}"
    found = judge_kpi(fields, "2026-05-01")
    assert (found.value, found.flags) == (15, ("gaps",))
    assert found.observation is not None
    assert found.observation.gaps == ("2026-02", "2026-03")


@pytest.mark.parametrize(("rule", "value"), [("mean", 20), ("min", 10), ("max", 30)])
def test_means_and_extremes_are_taken_since_the_start(rule: str, value: float) -> None:
    rows = "actuals: {2025-12: 900, 2026-01: 10, 2026-02: 30, 2026-03: 20}"
    assert judge_kpi(f"aggregation: {rule}\n{rows}", "2026-04-01").value == value


def test_a_pair_under_another_aggregation_is_that_periods_quotient() -> None:
    fields = 'unit: "%"\nactuals: {2026-01: {numerator: 1, denominator: 4}}'
    assert judge_kpi(fields, "2026-02-01").value == 25
    zero = 'unit: "%"\nactuals: {2026-01: {numerator: 1, denominator: 0}}'
    assert judge_kpi(zero, "2026-02-01").value is None


# -- expected --------------------------------------------------------------------------------


def test_geometric_pace_is_behind_the_line_while_it_grows() -> None:
    fields = "baseline: 100\ntarget: 400\npace: geometric\nfrequency: irregular\n"
    found = judge_kpi(fields + "actuals: {2026-07-02: 200}", "2026-07-02")
    assert found.planned == pytest.approx(200)
    assert found.expected == pytest.approx(1 / 3)
    assert found.status == "on_track"


def test_geometric_pace_needs_values_above_zero() -> None:
    loaded = load("""
        objectives: {o: {title: O, period: {start: 2026-01-01, end: 2026-12-31}}}
        kpis:
          x:
            name: X
            objective: o
            baseline: 0
            target: 400
            pace: geometric
            frequency: irregular
            actuals: {2026-07-02: 200}
        """)
    assert [(d.code, d.place.route) for d in loaded.diagnostics] == [
        ("K015", ("kpis", "x", "pace"))
    ]
    found = assess(loaded.plan, date(2026, 7, 2)).kpis["x"]
    assert found.expected == pytest.approx(0.5)


def test_a_cap_below_an_objective_does_not_achieve_it_before_its_end() -> None:
    plan = """
    objectives: {o: {title: O, period: "2026"}}
    kpis:
      x: {name: X, objective: o, aggregation: sum, target: {at_most: 100}, actuals: {2026-06: 9}}
    """
    assert judge(plan, "2026-07-01").objectives["o"].status == "on_track"


def test_a_path_is_anchored_at_start_and_due_and_beats_the_pace() -> None:
    fields = "baseline: 10\ntarget: 110\npace: geometric\npath: {2026-07-02: 30}\n"
    fields += "frequency: irregular\nactuals: {2026-04-02: 25}"
    found = judge_kpi(fields, "2026-04-02")
    assert found.planned == pytest.approx(10 + 20 * 91 / 182)
    assert found.expected == pytest.approx(0.1)


def test_a_total_follows_its_path_from_zero() -> None:
    fields = """
        aggregation: sum
        target: 1200
        path: {2026-06: 300}
        actuals: {2026-01: 50, 2026-02: 50, 2026-03: 50}
        """
    found = judge_kpi(fields, "2026-04-01")
    assert found.planned == pytest.approx(300 * 89 / 180)
    assert found.status == "on_track"


# -- thresholds ------------------------------------------------------------------------------


def test_progress_of_a_threshold_is_its_hits() -> None:
    fields = """
        target: {at_least: 95}
        actuals: {2026-01: 96, 2026-02: 94, 2026-03: null, 2026-05: 97}
        """
    found = judge_kpi(fields, "2026-06-05")
    assert found.score is not None
    assert (found.score.hits, found.score.counted) == (2, 5)  # March and April are no hits
    assert (found.progress, found.expected, found.status) == (0.4, 1.0, "on_track")


def test_a_period_within_its_grace_is_not_counted_yet() -> None:
    fields = "target: {at_least: 95}\nactuals: {2026-01: 96}"
    assert judge_kpi(fields, "2026-03-10").progress == 1.0
    assert judge_kpi(fields, "2026-03-11").progress == 0.5


def test_periods_outside_start_and_due_are_not_counted() -> None:
    fields = "start: 2026-01-15\ntarget: {at_least: 95}\nactuals: {2026-01: 90, 2026-02: 96}"
    assert judge_kpi(fields, "2026-03-01").progress == 1.0


def test_each_period_is_judged_by_its_own_entry() -> None:
    fields = """
        frequency: annual
        unit: "%"
        start: 2016-01-01
        due: 2020-12-31
        target: {at_most: {2016: 3.2, 2017: 3.0, 2019: 2.9}}
        actuals: {2016: 3.0, 2017: 3.1, 2018: 2.0}
        """
    found = judge_kpi(fields, "2018-03-01")
    assert (found.value, found.progress, found.status) == (3.1, 0.5, "off_track")
    unjudged = judge_kpi(fields, "2019-01-01")
    assert (unjudged.value, unjudged.status) == (2.0, "no_target")
    assert unjudged.reason == "no target for 2018"


def test_after_the_due_date_the_last_period_decides() -> None:
    fields = "target: {at_least: 95}\nactuals: {2026-11: 90, 2026-12: %s}"
    assert judge_kpi(fields % 96, "2027-01-01").status == "achieved"
    assert judge_kpi(fields % 94, "2027-01-01").status == "missed"


# -- changes of the target -------------------------------------------------------------------


CHANGED = """
    baseline: 0
    target: 100
    target_changes: [{from: 2026-04-01, target: 50, due: 2027-06-30, reason: r}]
    actuals: {2026-03: 20, 2026-06: 25}
    """


def test_a_target_change_holds_for_observations_from_its_date_on() -> None:
    before = judge_kpi(CHANGED, "2026-05-15")
    assert (before.target_number, before.progress) == (100, 0.2)
    after = judge_kpi(CHANGED, "2026-07-01")
    assert (after.target_number, after.progress, after.progress_original) == (50, 0.5, 0.25)
    assert after.scheme.due == date(2027, 6, 30)


def test_a_later_target_change_is_not_seen() -> None:
    assert judge_kpi(CHANGED, "2026-03-31").scheme.due == date(2026, 12, 31)


# -- after the due date ----------------------------------------------------------------------


def test_missed_comes_with_the_last_value_or_its_grace() -> None:
    fields = YEAR + "actuals: {2026-11: 90%s}"
    waiting = judge_kpi(fields % "", "2027-01-10")
    assert (waiting.status, waiting.computed) == ("at_risk", "at_risk")
    over = judge_kpi(fields % "", "2027-01-11")
    assert (over.status, over.computed) == ("stale", "missed")
    assert judge_kpi(fields % ", 2026-12: 119", "2027-01-01").status == "missed"
    assert judge_kpi(fields % ", 2026-12: 120", "2027-01-01").status == "achieved"


def test_what_was_never_done_is_missed() -> None:
    assert judge_kpi("target: {done: true}", "2026-12-31").status == "no_data"
    late = judge_kpi("target: {done: true}", "2027-03-01")
    assert (late.status, late.progress) == ("missed", 0.0)
    steps = "target: {milestones: [{name: a, due: 2026-05-01}]}"
    assert judge_kpi(steps, "2027-01-01").status == "missed"


def test_no_actual_after_the_due_date_stays_no_data() -> None:
    assert judge_kpi(YEAR, "2027-06-01").status == "no_data"


# -- lifecycle and the owner's word ----------------------------------------------------------


def test_before_its_start_nothing_is_judged() -> None:
    found = judge_kpi(YEAR + "actuals: {2025-12: 3}", "2025-12-31")
    assert (found.status, found.freshness.state, found.progress) == ("not_started", "none", None)


def test_no_target_wins_over_no_data_and_is_never_stale_unmeasured() -> None:
    assert judge_kpi("direction: increase", "2026-09-01").status == "no_target"


def test_a_draft_keeps_its_numbers() -> None:
    found = judge_kpi(YEAR + "status: draft\nactuals: {2026-06: 60}", "2026-07-01")
    assert (found.status, found.computed, found.progress) == ("draft", "on_track", 0.5)


def test_retired_later_is_not_retired_yet() -> None:
    fields = YEAR + "actuals: {2026-06: 60}\nretired: {on: 2026-08-01, reason: r}\nstatus: retired"
    assert judge_kpi(fields, "2026-07-01").status == "on_track"
    assert judge_kpi(fields, "2026-08-01").status == "retired"


def test_a_check_in_older_than_the_observation_says_nothing() -> None:
    fields = YEAR + "actuals: {2026-06: 5}\ncheck_ins: [{on: 2026-06-29, status: on_track}]"
    found = judge_kpi(fields, "2026-07-05")
    assert (found.status, found.check_in_holds) == ("off_track", False)


def test_a_check_in_cannot_make_silence_green() -> None:
    fields = YEAR + "check_ins: [{on: 2026-06-29, status: on_track}]"
    assert judge_kpi(fields, "2026-07-05").status == "no_data"


def test_a_check_in_without_a_status_changes_nothing() -> None:
    fields = YEAR + "actuals: {2026-06: 5}\ncheck_ins: [{on: 2026-07-01, note: n}]"
    assert judge_kpi(fields, "2026-07-05").status == "off_track"


# -- freshness -------------------------------------------------------------------------------


def test_complete_data_never_grows_stale() -> None:
    found = judge_kpi(YEAR + "actuals: {2026-12: 120}", "2029-01-01")
    assert (found.freshness.state, found.freshness.next_due) == ("complete", None)


def test_irregular_data_never_grows_stale() -> None:
    fields = YEAR + "frequency: irregular\nactuals: {2026-02-01: 20}"
    assert judge_kpi(fields, "2026-12-01").freshness.state == "fresh"


def test_done_work_needs_no_further_value() -> None:
    fields = "target: {done: true}\nactuals: {2026-02: true}"
    found = judge_kpi(fields, "2026-12-01")
    assert (found.status, found.freshness.state) == ("achieved", "complete")


# -- the SDG method --------------------------------------------------------------------------


SDG = """
    method: sdg
    frequency: annual
    start: 2015-01-01
    due: 2030-12-31
    direction: decrease
    baseline: {value: 20, date: 2015-12-31}
    actuals: {2021: %s}
    target: 10
    """


def test_the_sdg_method_replaces_the_gap_rule() -> None:
    found = judge_kpi(SDG % 17, "2022-01-05")
    assert found.sdg is not None
    assert found.sdg.ratio == pytest.approx(0.5918, abs=1e-3)
    assert (found.sdg.category, found.status) == ("limited_progress", "off_track")


def test_without_a_target_the_category_is_shown_and_the_status_stays() -> None:
    found = judge_kpi((SDG % 17).replace("target: 10", ""), "2022-01-05")
    assert found.sdg is not None
    assert (found.sdg.ratio, found.sdg.category) == (None, "substantial_progress")
    assert found.status == "no_target"


def test_the_sdg_method_is_refused_at_or_below_zero() -> None:
    found = judge_kpi(SDG % 0, "2022-01-05")
    assert (found.sdg, found.status) == (None, "achieved")
