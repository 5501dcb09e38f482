import pytest

from kpi_cli.render.svg.plot import plot as drawn
from kpi_cli.views.charts import Plot
from kpi_cli.views.facts import facts_of
from kpi_cli.views.kpi import kpi_page
from kpi_cli.views.plots import bullet_of, plot_of, spark_of
from kpi_cli.views.rows import full_row
from tests.memory import judge


def plot(fields: str) -> Plot | None:
    """The plot of a KPI with these fields."""
    plan = f"kpis: {{x: {{name: X, start: 2026-01-01, due: 2026-12-31, {fields}}}}}"
    facts = facts_of(judge(plan, "2026-05-31"))
    return plot_of(facts, facts.assessment.kpis["x"])


@pytest.mark.parametrize(
    ("fields", "shape", "now"),
    [
        ("baseline: 10, target: 20, actuals: {2026-05: 15}", "move", 0.5),
        ("baseline: 20, target: 10, actuals: {2026-05: 25}", "move", -0.5),
        ("target: {between: [4, 8]}, actuals: {2026-05: 5}", "band", 0.25),
        ("target: {zones: {low: 0, target: 0.5, high: 1}}, actuals: {2026-05: high}", "move", 2.0),
        ("target: 5, baseline: 1", "move", None),
        ("target: {at_least: 5}", "keep", None),
    ],
)
def test_a_plot_puts_the_target_at_one(fields: str, shape: str, now: float | None) -> None:
    found = plot(fields)
    assert found is not None
    assert (found.shape, found.now) == (shape, now)


@pytest.mark.parametrize("fields", ["actuals: {2026-05: 1}", "target: {done: true}"])
def test_without_a_way_there_is_no_plot(fields: str) -> None:
    assert plot(fields) is None


@pytest.mark.parametrize(
    ("target", "value", "is_right"),
    [
        ("{at_least: 10}", 11, True), ("{at_least: 10}", 9, False),
        ("{at_most: 10}", 9, True), ("{at_most: 10, tolerance: 2}", 11, False),
    ],
)  # fmt: skip
def test_right_of_the_target_is_better_for_limits(
    target: str, value: float, is_right: bool
) -> None:
    found = plot(f"target: {target}, actuals: {{2026-04: 10.5, 2026-05: {value}}}")
    assert found is not None
    assert found.now is not None
    assert (found.now > 1) is is_right
    assert 0 < found.now < 1.45


def test_a_cap_has_room_left_on_the_right() -> None:
    for total, is_right in ((2, True), (4, False)):
        fields = f"aggregation: sum, target: {{at_most: 6}}, actuals: {{2026-05: {total}}}"
        found = plot(fields)
        assert found is not None
        assert found.now is not None
        assert (found.now > 1) is is_right


def test_a_plot_says_the_figures_in_words() -> None:
    found = plot("baseline: 10, target: 20, unit: days, actuals: {2026-05: 15}")
    assert found is not None
    assert found.label == ("Now 15 days, target 20 days, 50 % of the way, 41 % expected, on track")


def test_small_pictures_need_figures() -> None:
    plan = "kpis: {x: {name: X, target: {done: true}, actuals: {2026-04: false, 2026-05: true}}}"
    facts = facts_of(judge(plan, "2026-05-31"))
    assert spark_of(facts, facts.assessment.kpis["x"]) is None
    assert bullet_of(facts, facts.assessment.kpis["x"]) is None


def test_a_spark_keeps_gaps_and_the_latest_eighteen() -> None:
    months = [f"2024-{m:02d}: {m}" for m in range(1, 13)] + ["2025-01: null", "2025-02: 3"]
    months += [f"2025-{m:02d}: {m}" for m in range(3, 13)]
    plan = f"kpis: {{x: {{name: X, target: 5, baseline: 1, actuals: {{{', '.join(months)}}}}}}}"
    facts = facts_of(judge(plan, "2026-05-31"))
    spark = spark_of(facts, facts.assessment.kpis["x"])
    assert spark is not None
    assert len(spark.values) == 18
    assert spark.values.count(None) == 1
    assert spark.label == "Last 17 values, 7 to 12"


def test_a_forecast_stands_where_it_ends_on_the_way_to_the_target() -> None:
    rows = ", ".join(f"{2025 + m // 12}-{m % 12 + 1:02d}: {30 + m / 4}" for m in range(17))
    plan = f"""
    objectives: {{o: {{title: O, period: "2026"}}}}
    kpis:
      up: {{name: Up, objective: o, unit: count, baseline: 33, target: 36, actuals: {{{rows}}}}}
      few: {{name: Few, objective: o, unit: count, baseline: 1, target: 9, actuals: {{2026-01: 2}}}}
    """
    facts = facts_of(judge(plan, "2026-05-31"))
    end = facts.assessment.outlooks["up"].ending
    row = full_row(facts, facts.assessment.kpis["up"])
    assert end is not None
    assert row.plot is not None
    assert row.plot.forecast == pytest.approx((end.median - 33) / 3)
    assert "forecast" in row.plot.label
    assert 'class="fr"' in drawn(row.plot)
    few = full_row(facts, facts.assessment.kpis["few"])
    assert few.plot is not None
    assert few.plot.forecast is None


@pytest.mark.parametrize(
    ("fields", "prior"),
    [
        ("actuals: {2025-05: 12, 2025-06: 13, 2026-05: 15}", 12),
        ("actuals: {2025-04: 12, 2026-05: 15}", None),
        ("actuals: {2025-05: null, 2026-05: 15}", None),
        ("actuals: {2025-05-31: 12, 2026-05: 15}", None),
        ("frequency: quarterly, actuals: {2025-Q1: 11, 2026-Q1: 15}", 11),
        ("frequency: weekly, actuals: {2025-W21: 11, 2025-W22: 12, 2026-W22: 15}", 12),
        ("window: 2, actuals: {2025-04: 10, 2025-05: 12, 2026-04: 15, 2026-05: 16}", 12),
        ("aggregation: sum, reset: year, actuals: {2025-05: 12, 2026-05: 15}", None),
    ],
)
def test_the_bullet_marks_the_same_period_a_year_before(fields: str, prior: float | None) -> None:
    plan = (
        "kpis: {x: {name: X, start: 2026-01-01, due: 2026-12-31, baseline: 10, target: 20, "
        f"unit: days, {fields}}}}}"
    )
    facts = facts_of(judge(plan, "2026-05-31"))
    page = kpi_page(facts, facts.assessment.kpis["x"])
    assert page.bullet is not None
    assert page.bullet.prior == prior
    told = [key.value for key in page.keys if key.label == "A year before"]
    assert told == ([] if prior is None else [f"{prior} days"])
    assert ("a year before" in page.bullet.label) is (prior is not None)
    assert prior is None or page.bullet.label.endswith(f", a year before {prior} days")
