"""Objectives from what is below them: weights, coverage, cap, profile, outcome."""

from datetime import date

import pytest

from kpi_cli.analysis.assess import assess
from tests.memory import judge, load


def objectives(text: str, as_of: str) -> dict[str, str]:
    found = judge(text, as_of).objectives
    return {name: str(result.status) for name, result in found.items()}


CASCADE = """
    objectives:
      top: {title: T, period: "2026"}
      left: {title: L, period: "2026", supports: top}
      right: {title: R, period: "2026", supports: {objective: top, weight: 3}}
      shown: {title: S, period: "2026", supports: {objective: top, counts: false}}
    kpis:
      a: {name: A, objective: [left, right], baseline: 0, target: 100, actuals: {2026-06: 60}}
      b: {name: B, objective: right, baseline: 0, target: 100, actuals: {2026-06: 0}}
      c: {name: C, objective: shown, baseline: 0, target: 100, actuals: {2026-06: 0}}
    """


def test_children_are_weighed_by_their_links() -> None:
    top = judge(CASCADE, "2026-07-01").objectives["top"]
    assert top.progress == pytest.approx((0.6 + 3 * 0.3) / 4)
    assert top.worst == "right"
    assert (top.status, top.capped) == ("at_risk", False)
    assert [row.edge.child for row in top.left_out] == ["shown"]


def test_the_profile_counts_each_kpi_once() -> None:
    top = judge(CASCADE, "2026-07-01").objectives["top"]
    assert dict(top.profile) == {"off_track": 2, "on_track": 1}


def test_rollup_both_is_one_flat_list() -> None:
    text = CASCADE.replace("top: {title: T,", "top: {title: T, rollup: both,") + (
        "  d: {name: D, objective: top, baseline: 0, target: 100, actuals: {2026-06: 100}}\n"
    )
    top = judge(text, "2026-07-01").objectives["top"]
    assert top.progress == pytest.approx((1.0 + 0.6 + 3 * 0.3) / 5)


def test_low_coverage_is_insufficient_data() -> None:
    text = """
    objectives: {o: {title: O, period: "2026"}}
    kpis:
      a: {name: A, objective: o, baseline: 0, target: 100, actuals: {2026-06: 60}}
      b: {name: B, objective: o, baseline: 0, target: 100, weight: 2}
    """
    found = judge(text, "2026-07-01").objectives["o"]
    assert (found.status, found.coverage) == ("insufficient_data", pytest.approx(1 / 3))
    assert found.reason == "not measured: b"
    assert found.progress == 0.6


def test_an_objective_with_nothing_below_it_has_no_data() -> None:
    assert objectives('objectives: {o: {title: O, period: "2026"}}', "2026-07-01") == {
        "o": "no_data"
    }


def test_aspirational_objectives_are_achieved_at_seven_tenths() -> None:
    text = """
    objectives: {o: {title: O, period: "2026", commitment: aspirational}}
    kpis: {a: {name: A, objective: o, baseline: 0, target: 100, actuals: {2026-06: 70}}}
    """
    assert objectives(text, "2026-07-01") == {"o": "achieved"}
    assert objectives(text.replace("aspirational", "committed"), "2026-07-01") == {"o": "on_track"}


def test_a_closed_objective_shows_its_outcome_from_its_day_on() -> None:
    text = """
    objectives:
      top: {title: T, period: "2026"}
      o:
        title: O
        period: "2026"
        supports: top
        status: closed
        closed: {on: 2026-08-01, outcome: dropped}
    kpis: {a: {name: A, objective: o, baseline: 0, target: 100, actuals: {2026-06: 70}}}
    """
    assert objectives(text, "2026-07-31") == {"top": "on_track", "o": "on_track"}
    assert objectives(text, "2026-08-01") == {"top": "no_data", "o": "dropped"}


def test_after_its_period_an_objective_is_achieved_or_missed() -> None:
    text = """
    objectives: {o: {title: O, period: "2026"}}
    kpis: {a: {name: A, objective: o, baseline: 0, target: 100, actuals: {2026-12: %s}}}
    """
    assert objectives(text % 100, "2027-01-01") == {"o": "achieved"}
    assert objectives(text % 98, "2027-01-01") == {"o": "missed"}
    assert objectives(text % 98, "2026-12-31") == {"o": "on_track"}


def test_an_objectives_check_in_needs_a_newer_date_than_its_kpis() -> None:
    text = """
    objectives: {o: {title: O, period: "2026", check_ins: [{on: %s, status: at_risk}]}}
    kpis: {a: {name: A, objective: o, baseline: 0, target: 100, actuals: {2026-06: 60}}}
    """
    assert objectives(text % "2026-07-01", "2026-07-02") == {"o": "at_risk"}
    assert objectives(text % "2026-06-29", "2026-07-02") == {"o": "on_track"}


def test_a_circle_of_objectives_is_cut_once_and_still_computed() -> None:
    loaded = load("""
    objectives:
      a: {title: A, period: "2026", supports: b}
      b: {title: B, period: "2026", supports: c}
      c: {title: C, period: "2026", supports: a}
    kpis: {k: {name: K, objective: a, baseline: 0, target: 100, actuals: {2026-06: 60}}}
    """)
    assert loaded.plan.cycles == (("a", "b", "c", "a"),)
    found = assess(loaded.plan, date(2026, 7, 1)).objectives
    assert {name: result.progress for name, result in found.items()} == {
        "a": 0.6, "b": 0.6, "c": 0.6,
    }  # fmt: skip
