"""What pages, terminal and JSON say of the causes in the figures."""

import pytest

from kpi_cli.analysis.results import Assessment
from kpi_cli.cli.run import Terminal
from kpi_cli.render.svg.effect import effect
from kpi_cli.render.svg.spark import spark
from kpi_cli.render.terminal.why import moved, why
from kpi_cli.views.charts import Effect, Spark
from kpi_cli.views.contributions import contribution_words
from kpi_cli.views.facts import Work, scale_of
from kpi_cli.views.why import WhyWords, why_words
from kpi_cli.views.why_record import MovedRecord, WhyRecord, segment_records, why_record
from tests.analysis.statistics.kit import SHIFT
from tests.analysis.statistics.test_why import LONG, OBJECTIVES, long_csv, plan, segmented, series
from tests.memory import judge

PIPE = Terminal(color=False, ascii=False, width=None)
FLAT = [str(value) for value in SHIFT[:12] + SHIFT[:8]]
NORTH = {"north": [str(value - 20) for value in SHIFT], "south": ["20"] * 20}


def words(found: Assessment) -> WhyWords:
    result = found.kpis["x"]
    said = why_words(Work(found, result, scale_of(result, found.plan.config)))
    assert said is not None
    return said


def test_a_signal_is_told_by_its_segments() -> None:
    said = words(segmented(NORTH))
    assert said.told == (
        "50.2 before (2024-01 to 2024-12), 55.8 since 2025-01: +5.58.",
        "By part: north +5.58 and south 0.",
    )
    first, second = said.rows
    assert (first.label, first.latest, first.period) == ("north", "35", "2025-08")
    assert (first.before, first.since, first.amount) == ("30.2", "35.8", "+5.58")
    assert first.effect == Effect(1.0, True, "north +5.58")
    assert second.effect == Effect(0.0, None, "south 0")
    assert first.spark is not None
    assert first.spark.spread == (20, 38)
    assert (said.kind, said.explained, said.is_ratio, said.more) == ("segments", True, False, 0)


def test_many_segments_name_three_and_count_the_others() -> None:
    rows = NORTH | {f"s{at:02d}": [f"{at}"] * 20 for at in range(1, 14)}
    said = words(segmented(rows))
    assert said.told[1] == "By part: north +5.58, s01 0, s02 0 and 12 others 0."
    assert (len(said.rows), said.more) == (12, 3)


def test_without_a_signal_it_says_routine_variation() -> None:
    said = words(segmented({"north": FLAT}))
    assert said.told == ("Routine variation: without a signal no explanation is sought.",)
    assert (said.explained, said.rows[0].label, said.rows[0].amount) == (False, "north", None)
    text = [str(line) for line in why(said, PIPE)]
    assert text[1:3] == ["Why", f"  {said.told[0]}"]
    assert text[3].split() == ["Segment", "Latest", "Trend"]


def test_a_signal_with_nothing_to_take_apart() -> None:
    found = judge(plan(f"unit: count, actuals: {series(SHIFT)}"), "2025-08-31")
    said = words(found)
    assert said.told[0].startswith("A signal, and neither segments nor a formula")
    assert list(why(said, PIPE)) == []


def test_a_ratio_shows_rates_and_weights() -> None:
    good = ["160,200", "162,200"] * 6 + ["83,100", "82,100"] * 4
    poor = ["20,100", "21,100"] * 6 + ["44,200", "46,200"] * 4
    rows = {"good": good, "poor": poor}
    said = words(segmented(rows, 'unit: "%", aggregation: last', "numerator,denominator"))
    assert said.told == (
        "60.5 % before (2024-01 to 2024-12), 42.5 % since 2025-01: -18 pp.",
        "By part: good -9 pp and poor -9 pp.",
        "Their own rates did +2 pp, the shift of weight between them -20 pp.",
        "Careful: every segment went one way and the whole the other, for the weights moved.",
    )
    assert [(row.rate, row.mix) for row in said.rows] == [("+1 pp", "-10 pp")] * 2
    head = [str(line) for line in why(said, PIPE)][6]
    assert head.split("  ")[-2:] == ["By its rate", "By its weight"]


def test_the_inputs_of_a_formula_are_named_with_their_own_units() -> None:
    others = (
        f"  won: {{name: Won deals, unit: t, aggregation: sum, actuals: {series(SHIFT)}}}\n"
        f"  leads: {{name: L, unit: count, aggregation: sum, actuals: {series([100.0] * 20)}}}\n"
    )
    said = words(judge(plan("formula: won / leads", others), "2025-08-31"))
    assert said.kind == "inputs"
    assert [(row.label, row.before, row.since, row.amount) for row in said.rows] == [
        ("Won deals", "50.2 t", "55.8 t", "+0.0558"), ("L", "100", "100", "0")
    ]  # fmt: skip
    assert [row.ref.id for row in said.rows if row.ref] == ["won", "leads"]


def test_what_moved_an_objective_is_told() -> None:
    found = judge(OBJECTIVES.replace("ACTUALS", series(SHIFT)), "2025-08-31")
    said = contribution_words(found, "low")
    assert said is not None
    assert said.told == (
        "Progress went from 28 % on 31 May 2025 to 43 %: +15 pp.",
        "By part: S +15 pp and M 0 pp.",
    )
    assert [(row.before, row.after, row.amount) for row in said.rows] == [
        ("20 %", "40 %", "+15 pp"), ("50 %", "50 %", "0 pp")
    ]  # fmt: skip
    lines = [str(line) for line in moved(said, PIPE)]
    assert lines[-1].split() == ["M", "50", "%", "50", "%", "0", "pp", "moved"]


def test_an_objective_over_routine_variation_is_not_taken_apart() -> None:
    flat = SHIFT[:12] + SHIFT[:8]
    found = judge(OBJECTIVES.replace("ACTUALS", series(flat)), "2025-08-31")
    said = contribution_words(found, "low")
    assert said is not None
    assert said.told[0].endswith(
        "Routine variation: no KPI below it that counts signals, so no explanation is sought."
    )
    assert said.rows == ()
    assert len(list(moved(said, PIPE))) == 3


def test_json_has_every_figure() -> None:
    found = segmented(NORTH)
    record = why_record(found, "x")
    assert isinstance(record, WhyRecord)
    assert (record.state, record.kind, len(record.earlier), record.since[0]) == (
        "explained", "sum", 12, "2025-01"
    )  # fmt: skip
    assert (record.before, record.after) == (pytest.approx(602 / 12), 55.75)
    amounts = [part.amount for part in record.parts]
    assert amounts == [pytest.approx(55.75 - 602 / 12), 0.0]
    points = segment_records(found, "x")
    assert [(one.name, len(one.series), one.series[-1].value) for one in points] == [
        ("north", 20, 35), ("south", 20, 20)
    ]  # fmt: skip
    routine = why_record(segmented({"north": FLAT}), "x")
    assert isinstance(routine, WhyRecord)
    assert (routine.state, routine.parts) == ("routine", ())
    above = why_record(judge(OBJECTIVES.replace("ACTUALS", series(SHIFT)), "2025-08-31"), "low")
    assert isinstance(above, MovedRecord)
    assert (above.state, [part.child for part in above.parts]) == ("explained", ["still", "moved"])


def test_segments_of_later_periods_are_not_shown() -> None:
    rows = long_csv(NORTH)
    found = judge(plan("unit: count"), "2024-06-30", LONG, long__csv=rows)
    assert [len(one.series) for one in segment_records(found, "x")] == [6, 6]
    assert words(found).rows[0].period == "2024-06"


def test_the_bar_of_an_effect_runs_from_the_middle() -> None:
    assert 'class="sb" d="M40 4H76V12H40Z"' in effect(Effect(1.0, True, "a"))
    assert 'class="sw" d="M40 4H22V12H40Z"' in effect(Effect(-0.5, False, "a"))
    assert effect(Effect(0.0, None, "a")).count("<path") == 1


def test_trends_of_segments_share_a_scale() -> None:
    own = spark(Spark((1.0, 2.0), None, "a"))
    shared = spark(Spark((1.0, 2.0), None, "a", (1.0, 3.0)))
    assert "M4 24L116 4" in own
    assert "M4 24L116 14" in shared
