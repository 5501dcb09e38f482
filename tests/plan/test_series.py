"""Actuals from records, from the files a KPI names and from long CSV files."""

import pytest

from kpi_cli.checks.engine import Places
from kpi_cli.plan import Loaded
from tests.memory import load

CONFIG = "version: 1\nactuals: ['*.csv']"
PLAN = """
kpis:
  x: {name: X, actuals: {2026-01: 1}}
  y: {name: Y, unit: "%", aggregation: ratio}
"""


def where(loaded: Loaded) -> list[tuple[str, str, int, int]]:
    places = Places(loaded.files)
    marks = [(d, places.mark(d.place)) for d in loaded.diagnostics]
    return [(d.code, d.place.path, m.line, m.column) for d, m in marks]


def test_sources_are_mixed_and_put_in_date_order() -> None:
    loaded = load(
        """
        kpis:
          x:
            name: X
            actuals:
              files: [{file: orders.txt.csv, period: month, value: rate, where: {team: a}}]
              2026-03: 3
        """,
        "version: 1\nactuals: [long.csv]",
        orders__txt__csv="month,team,rate\n2026-02,a,2\n2026-02,b,9\n",
        long__csv='kpi,period,value,note\nx,2026-01,1,"first, of all"\nx,2026-04,,\n',
    )
    assert loaded.diagnostics == ()
    rows = loaded.plan.series["x"]
    assert [(p.name, v) for p, v in rows] == [
        ("2026-01", 1), ("2026-02", 2), ("2026-03", 3), ("2026-04", None),
    ]  # fmt: skip
    assert rows.notes == {0: "first, of all"}


def test_a_period_given_twice_names_both_places() -> None:
    loaded = load(PLAN, CONFIG, a__csv="kpi,period,value\nx,2026-02,2\nx,2026-01,5\n")
    assert where(loaded) == [("K201", "a.csv", 3, 3)]
    assert loaded.diagnostics[0].related[0].place.route == ("kpis", "x", "actuals", "2026-01")
    assert loaded.plan.series["x"].values == [1, 2]


@pytest.mark.parametrize(
    ("csv", "places"),
    [
        ("kpi,period,value\nx,2026-02,1.250.5\n", [("K210", 2, 11)]),
        ('kpi,period,value\nx,"2026-02","1,250"\n', [("K210", 2, 13)]),
        ("kpi,period,value\nx,Feb,1\n,2026-02,1\n", [("K210", 2, 3), ("K210", 3, 1)]),
        ("kpi,period,valeu\nx,2026-02,1\n", [("K210", 1, 12)]),
        ("kpi,value\nx,1\n", [("K210", 1, 1)]),
        ("", [("K210", 1, 1)]),
        ("kpi,period,value\nz,2026-02,1\n", [("K103", 2, 1)]),
        ("kpi,period,numerator,denominator\ny,2026-02,1,\n", [("K210", 2, 11)]),
        ('kpi,period,value\nx,2026-02,"1\n', [("K210", 2, 1)]),
        ("kpi,period,value\nx,2026-02,many\n", [("K205", 2, 3)]),
        ("kpi,period,value\nx,2026-02,1e999\n", [("K210", 2, 11)]),
    ],
)
def test_a_faulty_row_is_told_with_line_and_column(
    csv: str, places: list[tuple[str, int, int]]
) -> None:
    loaded = load(PLAN, CONFIG, a__csv=csv)
    assert where(loaded) == [(code, "a.csv", line, column) for code, line, column in places]
    assert loaded.plan.series["x"].values == [1]


def test_a_file_that_is_not_there_is_told_at_its_name() -> None:
    loaded = load(
        "kpis:\n  x:\n    name: X\n    actuals: {files: [{file: b.csv, period: p, value: v}]}\n",
        a__csv="p,v\n",
    )
    assert where(loaded) == [("K209", "plan.yaml", 4, 30)]


def test_columns_of_a_named_file_must_exist() -> None:
    loaded = load(
        "kpis:\n  x:\n    name: X\n    actuals: {files: [{file: a.csv, period: p, value: w}]}\n",
        a__csv="p,v\n2026-01,3\n",
    )
    assert where(loaded) == [("K210", "a.csv", 1, 1)]


def test_a_table_that_is_not_utf8_is_told() -> None:
    from kpi_cli.plan import load_plan
    from tests.memory import MemoryTree

    files = {"kpi.yaml": CONFIG, "plan.yaml": PLAN, "a.csv": b"kpi,period,value\nx,\xff,1\n"}
    assert where(load_plan(MemoryTree(files))) == [("K210", "a.csv", 2, 1)]


def segments(kpi: str, csv: str) -> list[object]:
    loaded = load(f"kpis:\n  x: {{name: X{kpi}}}", CONFIG, a__csv=csv)
    assert loaded.diagnostics == ()
    return list(loaded.plan.series["x"].values)


def test_segments_add_up_to_the_kpi() -> None:
    counts = "kpi,period,value,segment\nx,2026-01,3,north\nx,2026-01,4,south\nx,2026-02,5,north\n"
    assert segments("", counts) == [7, 5]
    assert segments(", aggregation: max", counts) == [4, 5]
    assert segments(", aggregation: mean", counts) == [None, None]
    pairs = (
        "kpi,period,numerator,denominator,segment\nx,2026-01,90,100,north\nx,2026-01,50,900,south\n"
    )
    assert segments(', unit: "%"', pairs) == [14.0]
    assert segments(", aggregation: mean", pairs) == [0.14]


def test_the_total_adds_without_drift_and_keeps_what_was_noted() -> None:
    lines = [f"x,2026-01,0.1,{name},{'flood' if name == 'b' else ''}" for name in "abcdefghij"]
    csv = "\n".join(["kpi,period,value,segment,note", *lines]) + "\n"
    loaded = load("kpis:\n  x: {name: X}", CONFIG, a__csv=csv)
    whole = loaded.plan.series["x"]
    assert whole.values == [1.0]
    assert whole.notes == {0: "b: flood"}
    assert [rows.values for rows in loaded.plan.segments["x"].values()] == [[0.1]] * 10


def test_a_row_without_segment_is_the_total() -> None:
    csv = "kpi,period,value,segment\nx,2026-01,3,north\nx,2026-01,9,\n"
    assert segments("", csv) == [9]


def test_zones_and_yes_no_are_read_where_the_target_takes_them() -> None:
    loaded = load("""
        kpis:
          z:
            name: Z
            target: {zones: {low: 0, target: 1}}
            actuals: {2026-01: low, 2026-02: lo, 2026-03: 5}
          d: {name: D, target: {done: true}, actuals: {2026-01: true, 2026-02: 1}}
        """)
    assert [d.code for d in loaded.diagnostics] == ["K015", "K015", "K015"]
    assert loaded.plan.series["z"].values == ["low"]
    assert loaded.plan.series["d"].values == [True]
