"""The largest numbers and the ends of the calendar: a value or a reason, never a crash."""

from tests.memory import judge, judge_kpi


def test_extreme_figures_never_overflow() -> None:
    """The largest numbers that are read, in the formulas that grow fastest."""
    fields = "baseline: -1e100\ntarget: 1e100\nfrequency: irregular\n"
    found = judge_kpi(fields + "actuals: {2026-07-02: 1e100}", "2026-07-02")
    assert found.progress == 1.0
    tiny = "baseline: 1e-90\ntarget: 1e90\npace: geometric\nfrequency: irregular\n"
    assert judge_kpi(tiny + "actuals: {2026-07-02: 5}", "2026-07-02").planned is not None
    plan = """
    objectives: {o: {title: O, period: "2026"}}
    kpis:
      a: {name: A, objective: o, weight: 1e100, target: 3, baseline: 0, actuals: {2026-01: 1e99}}
      c: {name: C, objective: o, formula: a * a * a * a}
    """
    assert judge(plan, "2026-02-01").kpis["c"].reason == "2026-01: the result is too large"


def test_the_ends_of_the_calendar_are_no_obstacle() -> None:
    fields = "due: 9999-12-31\nbaseline: 0\ntarget: 9\nactuals: {2026-06: 4}"
    assert judge_kpi(fields, "2026-07-01").status == "on_track"
    assert judge_kpi(fields, "9999-12-31").status == "stale"
    assert judge_kpi(fields, "0001-01-01").status == "not_started"
