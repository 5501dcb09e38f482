"""Documents to records: every fault said once, at its place, and the rest still loads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.checks.engine import Places
from kpi_cli.plan import Loaded, load_plan
from tests.memory import MemoryTree, load

Fault = tuple[str, str, int, int]


def faults(loaded: Loaded) -> list[Fault]:
    places = Places(loaded.files)
    found = []
    for diagnostic in loaded.diagnostics:
        mark = places.mark(diagnostic.place)
        found.append((diagnostic.code, diagnostic.place.path, mark.line, mark.column))
    return sorted(found, key=lambda f: (f[1], f[2], f[3], f[0]))


def test_a_faulty_record_drops_out_and_the_rest_loads() -> None:
    loaded = load("""
        objectives:
          good: {title: Good}
          bad: {titel: Bad, weight: heavy}
        kpis:
          x: {name: X, objective: bad, target: {at_leest: 3}}
          y: {name: Y, objective: good}
        """)
    assert faults(loaded) == [
        ("K012", "plan.yaml", 4, 3),
        ("K010", "plan.yaml", 4, 9),
        ("K011", "plan.yaml", 4, 29),
        ("K015", "plan.yaml", 6, 40),
    ]
    assert set(loaded.plan.objectives) == {"good"}
    assert set(loaded.plan.kpis) == {"y"}
    assert loaded.plan.broken == {"bad", "x"}
    assert loaded.left_out == 2


@pytest.mark.parametrize(
    ("field", "code", "line", "column"),
    [
        ("frequency: montly", "K015", 5, 16),
        ("frequency: [monthly]", "K011", 5, 16),
        ("weight: -1", "K015", 5, 13),
        ("weight: .nan", "K015", 5, 13),
        ("start: 2026-02-30", "K014", 5, 12),
        ("start: 12", "K014", 5, 12),
        ("unit: 5", "K011", 5, 11),
        ("bounds: [10, 0]", "K015", 5, 13),
        ("bounds: [a, 0]", "K011", 5, 14),
        ("window: 0", "K015", 5, 13),
        ("window: 1.5", "K011", 5, 13),
        ("target: lots", "K015", 5, 13),
        ("target: [1]", "K011", 5, 13),
        ("target: {between: [5, 4]}", "K015", 5, 23),
        ("target: {between: [5]}", "K011", 5, 23),
        ("target: {at_most: {20x6: 1}}", "K014", 5, 24),
        ("target: {at_most: 3, tolerance: -1}", "K015", 5, 37),
        ("target: {at_most: 3, at_least: 1}", "K015", 5, 13),
        ("target: {done: false}", "K015", 5, 20),
        ("target: {zones: {a: 2, b: 0}, reach: a}", "K015", 5, 25),
        ("target: {zones: {a: 1, b: 0}}", "K012", 5, 13),
        ("target: {milestones: []}", "K011", 5, 26),
        ("target: {milestones: [{due: 2026-01-01}]}", "K012", 5, 27),
        ("target: {milestones: [{name: a, weight: 0}]}", "K015", 5, 13),
        ("baseline: {value: x}", "K011", 5, 23),
        ("path: {2026-01: x}", "K011", 5, 21),
        ("path: {jan: 3}", "K014", 5, 12),
        ("objective: {weight: 2}", "K012", 5, 16),
        ("objective: [o, 3]", "K011", 5, 20),
        ("objective: {objective: o, weight: -2}", "K015", 5, 39),
        ("guardrails: [3]", "K011", 5, 18),
        ("check_ins: [{on: 2026-01-01, status: fine}]", "K015", 5, 42),
        ("check_ins: [{on: 2026-01-01, confidence: 70}]", "K015", 5, 46),
        ("check_ins: [{status: on_track}]", "K012", 5, 17),
        ("check_ins: {on: 2026-01-01}", "K011", 5, 16),
        ("retired: {why: x}", "K010", 5, 15),
        ("actuals: [1, 2]", "K011", 5, 14),
        ("id: y", "K010", 5, 5),
        ('name2: ""', "K010", 5, 5),
        ('definition: ""', "K015", 5, 17),
    ],
)
def test_each_shape_fault_points_at_its_value(
    field: str, code: str, line: int, column: int
) -> None:
    loaded = load(f"objectives:\n  o: {{title: O}}\nkpis:\n  x:\n    {field}\n    name: X\n")
    assert faults(loaded) == [(code, "plan.yaml", line, column)]
    assert "x" in loaded.plan.broken


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026-01: many", "K205"),
        ("2026-01: [1]", "K205"),
        ("2026-01: .inf", "K205"),
        ("2026-01: true", "K205"),
        ("2026-13: 1", "K014"),
        ("2026-Q1: 1", "K202"),
        ("2026-01: {valu: 3}", "K010"),
        ("2026-01: {numerator: 3}", "K012"),
        ("2026-01: {numerator: 3, denominator: x}", "K205"),
        ("2026-01: {value: 3, note: 5}", "K011"),
    ],
)
def test_a_faulty_actual_costs_its_row_only(row: str, code: str) -> None:
    loaded = load(f"kpis:\n  x:\n    name: X\n    actuals:\n      {row}\n      2026-02: 7\n")
    assert code in {fault[0] for fault in faults(loaded)}
    assert {fault[2] for fault in faults(loaded)} == {5}
    assert loaded.plan.series["x"].values == [7]
    assert loaded.left_out == 0


def test_ids_are_unique_over_all_kinds_and_files() -> None:
    tree = MemoryTree(
        {
            "kpi.yaml": "version: 1",
            "a.yaml": "objectives:\n  same: {title: A}\n",
            "b.yaml": "kpis:\n  same: {name: B}\n  Wrong: {name: C}\n  min: {name: D}\n",
        }
    )
    loaded = load_plan(tree)
    assert faults(loaded) == [
        ("K101", "b.yaml", 2, 3),
        ("K013", "b.yaml", 3, 3),
        ("K013", "b.yaml", 4, 3),
    ]
    first = loaded.diagnostics[0].related[0].place
    assert Places(loaded.files).mark(first).line == 2
    assert set(loaded.plan.objectives) == {"same"}


def test_ids_of_reviews_may_begin_with_a_digit() -> None:
    assert faults(load("reviews:\n  2026-05: {kind: monthly}\nteams:\n  1a: {name: T}")) == [
        ("K013", "plan.yaml", 4, 3)
    ]


def test_settings_at_fault_fall_back_and_the_others_hold() -> None:
    loaded = load(
        "objectives: {o: {title: O}}",
        """\
        version: 1
        language: fr
        calendar: {fiscal_year_start: 13}
        grace_days: {monthly: 5}
        colour: red
        """,
    )
    assert faults(loaded) == [
        ("K015", "kpi.yaml", 2, 11),
        ("K015", "kpi.yaml", 3, 31),
        ("K010", "kpi.yaml", 5, 1),
    ]
    assert loaded.plan.config.language == "en"
    assert loaded.plan.config.grace_days.monthly == 5


@pytest.mark.parametrize(
    ("config", "code"), [("version: 2", "K016"), ("name: X", "K012"), ("- 1", "K011")]
)
def test_the_version_is_needed_and_known(config: str, code: str) -> None:
    assert [fault[0] for fault in faults(load("", config))] == [code]


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        ("[1]", ("K011", "plan.yaml", 1, 1)),
        ("kpi: {}", ("K010", "plan.yaml", 1, 1)),
        ("kpis: [1]", ("K011", "plan.yaml", 1, 7)),
        ("kpis:\n  x: 5", ("K011", "plan.yaml", 2, 6)),
        ("kpis:\n  x:", ("K011", "plan.yaml", 2, 3)),
    ],
)
def test_files_and_sections_hold_mappings(plan: str, fault: Fault) -> None:
    found = faults(load(plan))
    assert [found[0][0], found[0][2]] == [fault[0], fault[2]]


def test_a_file_about_something_else_is_told_once() -> None:
    assert faults(load("a: 1\nb: 2\nc: 3\nd: 4\n")) == [("K010", "plan.yaml", 1, 1)]
    assert len(faults(load("a: 1\nb: 2\nc: 3\nkpis: {}\n"))) == 3


def test_an_empty_file_and_an_empty_section_are_fine() -> None:
    assert faults(load("")) == []
    assert faults(load("kpis:\nobjectives: {}\n")) == []


def test_excluded_files_are_not_read() -> None:
    tree = MemoryTree(
        {
            "kpi.yaml": "version: 1\nexclude: ['archive/**', '*.tmp.yaml']",
            "archive/old/a.yaml": "nonsense: 1",
            "b.tmp.yaml": "nonsense: 1",
            "sub/c.yml": "objectives: {o: {title: O}}",
        }
    )
    loaded = load_plan(tree)
    assert faults(loaded) == []
    assert set(loaded.plan.objectives) == {"o"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["name", "objective", "target", "baseline", "actuals", "path", "check_ins", "bounds", "unit",
     "target_changes", "leads", "retired", "source", "weight", "frequency", "window", "tags"]
)  # fmt: skip


@given(st.dictionaries(FIELDS, VALUES, max_size=5))
def test_no_data_whatever_raises(fields: dict[str, object]) -> None:
    """Whatever stands in a record ends in a record or in diagnostics with a known code."""
    import json

    plan = json.dumps({"kpis": {"x": fields}})
    loaded = load_plan(MemoryTree({"kpi.yaml": "version: 1", "plan.yaml": plan}))
    assert ("x" in loaded.plan.kpis) != ("x" in loaded.plan.broken)
    assert all(d.code.startswith("K") for d in loaded.diagnostics)
    if "x" in loaded.plan.broken:
        assert loaded.diagnostics


def test_numbers_no_one_can_mean_are_refused() -> None:
    loaded = load(
        "kpis:\n  x:\n    name: X\n    actuals:\n      2026-01: 1"
        + "0" * 400
        + "\n      2026-02: 7\n"
    )
    assert [d.code for d in loaded.diagnostics] == ["K205"]
    assert "too large" in loaded.diagnostics[0].message
    assert loaded.plan.series["x"].values == [7]
