"""S M A R T as far as fields and links tell."""

from datetime import date
from typing import Any

import pytest

from kpi_cli.checks.selection import for_validate
from kpi_cli.checks.units import Verdict, judge_unit
from kpi_cli.diagnostics import Severity
from tests.checks.bench import faults, firm, found, kpi, missed, objective, only

RETIRED = {"status": "retired", "retired": {"on": "2026-05-10", "reason": "nobody read it"}}

LATER = {"from": "2026-05-09", "reason": "measured first", "target": {"at_least": 3}}


def codes(**fields: Any) -> list[str]:
    """The codes about one KPI with these fields."""
    return [code for code, _ in faults(kpis={"one": kpi(**fields)})]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"target": None}, ["M201"]),
        ({"target": None, "target_changes": [LATER]}, []),
        ({"unit": None}, ["M202"]),
        ({"unit": None, "target": {"done": True}}, []),
        ({"unit": None, "target": {"zones": {"low": 0, "target": 1}}}, []),
        ({"unit": None, "target": {"milestones": [{"name": "m", "due": "2026-09-30"}]}}, []),
        ({"unit": "%"}, ["M205"]),
        ({"unit": "%", "numerator": "a"}, ["M205"]),
        ({"unit": "%", "numerator": "a", "denominator": "b"}, []),
        ({"unit": "%", "formula": "base * 2", "source": None}, []),
        ({"source": None}, ["M209"]),
        ({"source": {"refresh": "monthly"}}, ["M209"]),
        ({"source": {"sql": "q.sql", "connection": "w"}}, []),
        ({"target": 5}, ["M211"]),
        ({"target": {"stretch": 5}}, ["M211"]),
        ({"target": 5, "baseline": 3}, []),
        ({"target": "+5%"}, []),
        ({"target": {"between": [1, 2]}}, []),
        ({"target": 5, "aggregation": "sum"}, []),
        ({"owner": None}, ["A301"]),
        ({"objective": None, "due": "2026-12-31"}, ["R401"]),
    ],
)  # fmt: skip
def test_what_is_missing(fields: dict[str, Any], expected: list[str]) -> None:
    assert codes(**fields) == expected
    if "status" not in fields:
        assert codes(**fields, **RETIRED) == []


@pytest.mark.parametrize(
    "unit", ["%", "USD", "days", "kWh", "USD/day", "million VND", "tickets per day", "cases/hour"]
)
def test_known_units(unit: str) -> None:
    assert judge_unit(unit, {})[0] is Verdict.KNOWN


@pytest.mark.parametrize(
    ("unit", "verdict", "hint"),
    [
        ("percent", Verdict.UNKNOWN, 'write `unit: "%"`'),
        ("Day", Verdict.UNKNOWN, "write `unit: days`"),
        ("usd", Verdict.UNKNOWN, "write `unit: USD`"),
        ("pallet", Verdict.UNKNOWN, "declare it in kpi.yaml: `units: {pallet: {}}`"),
        ("€", Verdict.BARE_CURRENCY, "write `unit: EUR`"),
        ("million ₫", Verdict.BARE_CURRENCY, "write `unit: million VND`"),
        ("$/day", Verdict.BARE_CURRENCY, "write `unit: USD/day`"),
    ],
)
def test_other_units(unit: str, verdict: Verdict, hint: str) -> None:
    assert judge_unit(unit, {})[0] is verdict
    assert hint in str(judge_unit(unit, {})[1])


def test_a_misspelt_unit_is_guessed() -> None:
    assert str(judge_unit("custmers", {})[1]).startswith("did you mean 'customers' or ")


def test_units_of_the_house() -> None:
    files = {
        "kpi.yaml": "version: 1\nunits: {pallet: {symbol: plt}, chợ: {}}\n",
        "firm.yaml": firm(kpis={"one": kpi(unit="pallet"), "two": kpi(unit="USD/pallet")}),
    }
    assert found(files) == []


def test_parts_have_the_unit_of_the_whole() -> None:
    assert codes(part_of="base", unit="USD") == ["M219"]
    assert codes(part_of="base", unit="count") == []
    assert codes(part_of="base", unit=None) == ["M202"]


def test_a_persons_objective_belongs_to_the_person() -> None:
    kpis = {"k": kpi(objective="o")}
    own = objective(owner=None, person="an")
    assert faults(objectives={"o": own}, kpis=kpis) == []
    assert faults(objectives={"o": objective(owner=None)}, kpis=kpis) == [("A301", "o")]
    assert faults(objectives={"o": objective(owner=None, status="closed")}, kpis=kpis) == []


SAME = {"definition": "People who came in"}
BOTH = SAME | {"population": "both shops"}
RATIO = {"numerator": "those who paid", "denominator": "all"}
QUERY = {"source": {"sql": "q.sql", "connection": "w"}}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (SAME, SAME | {"name": "Another"}, False),
        (BOTH, BOTH | {"name": "Another"}, True),
        (SAME | RATIO, SAME | RATIO | {"name": "Another"}, True),
        (SAME | QUERY, SAME | QUERY | {"name": "Another"}, True),
        (SAME, {"definition": " people  who came IN "}, True),
        (SAME, SAME | {"population": "the north"}, False),
        (SAME, SAME | {"source": {"manual": "another book"}}, False),
        (SAME, SAME | {"unit": "people"}, False),
        (SAME | {"metric": "m"}, SAME | {"metric": "m"}, False),
        (SAME, SAME | {"part_of": "one"}, False),
        (SAME | RETIRED, SAME, False),
        ({}, {}, False),
        ({"formula": "base / 2"}, {"formula": "base  / 2"}, True),
        ({"formula": "base / 2"}, {"formula": "base / 3"}, False),
    ],
)
def test_duplicates(one: dict[str, Any], two: dict[str, Any], same: bool) -> None:
    found_ = faults(kpis={"one": kpi(**one), "two": kpi(**two)})
    assert found_ == ([("R407", "two")] if same else [])


def test_without_a_source_nothing_can_be_compared() -> None:
    kpis = {"one": kpi(**SAME, source=None), "two": kpi(**SAME, source=None)}
    assert faults(kpis=kpis) == [("M209", "one"), ("M209", "two")]


def test_no_end_is_said_where_it_can_be_mended() -> None:
    endless = {"o": objective(period=None)}
    kpis = {"one": kpi(objective="o")}
    assert faults(objectives=endless, kpis=kpis) == [("T501", "one")]
    assert only("T501", objectives=endless, kpis=kpis).help == (
        "add `period:` to 'o', or `due: DATE` here"
    )
    dated = {"one": kpi(objective="o", start="2026-05-01", due="2026-12-31")}
    assert faults(objectives=endless, kpis=dated) == [("T501", "o")]
    assert codes(objective=None) == ["R401", "T501"]
    assert faults(objectives={"o": objective(period=None, status="closed")}) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"target": {"milestones": [{"name": "m", "due": "2026-09-30"}]}, "unit": None},
        {"target_changes": [{"from": "2026-05-09", "reason": "so", "due": "2026-09-30"}]},
        RETIRED,
    ],
)
def test_other_ends(fields: dict[str, Any]) -> None:
    found_ = faults(
        objectives={"o": objective(period=None)}, kpis={"one": kpi(objective="o", **fields)}
    )
    assert ("T501", "one") not in found_


def test_a_link_at_fault_gives_no_dates_either() -> None:
    assert codes(objective="nothing") == ["K102"]


def test_past_drafts() -> None:
    text = """\
objectives:
  o: {title: T, owner: an, supports: top, status: draft, period: «T502»{start: 2026-05-01, end: 2026-05-30}}
kpis:
  «T502»one: {name: N, objective: o, owner: an, unit: count, target: {at_least: 5}, source: {manual: b}, status: draft, frequency: weekly}
  two: {name: N, objective: top, owner: an, unit: count, target: {at_least: 5}, source: {manual: c}, status: draft, frequency: daily, due: «T502»2026-05-29}
  three: {name: N, objective: o, owner: an, unit: count, target: {at_least: 5}, source: {manual: d}, frequency: irregular}
  four: {name: N, objective: top, owner: an, unit: count, target: {at_least: 5}, source: {manual: e}, status: draft}
"""  # noqa: E501 - one record a line
    assert missed({"firm.yaml": firm(), "more.yaml": text}) == (set(), set())
    late = found({"firm.yaml": firm(), "more.yaml": text.replace("«T502»", "")})
    assert {f.severity for f in late} == {Severity.WARNING}


def test_dates_in_the_wrong_order() -> None:
    text = """\
kpis:
  one: {name: N, objective: top, owner: an, unit: count, target: {at_least: 5}, source: {manual: b}, start: «T503»2027-01-01, due: 2025-12-31}
  two:
    name: N
    objective: top
    owner: an
    unit: count
    target: {at_least: 5}
    source: {manual: c}
    start: 2026-06-01
    target_changes:
      - {from: 2026-05-02, reason: so, due: «T503»2026-05-31}
      - {from: 2026-07-02, reason: so, due: 2026-05-30}
  three: {name: N, objective: top, owner: an, unit: count, target: {at_least: 5}, source: {manual: d}, start: «T504»2027-02-01}
  four: {name: N, objective: top, owner: an, unit: count, target: {at_least: 5}, source: {manual: e}, frequency: irregular, start: «T504»2026-01-01, due: «T504»2027-01-01}
  five: {name: N, objective: top, owner: an, unit: count, target: {at_least: 5}, source: {manual: f}, target_changes: [{from: 2026-05-02, reason: so, due: «T504»2027-01-31}]}
"""  # noqa: E501 - one record a line
    assert missed({"firm.yaml": firm(), "more.yaml": text}) == (set(), set())


@pytest.mark.parametrize(
    ("fields", "coarse"),
    [
        ({"frequency": "quarterly"}, True),
        ({"frequency": "quarterly", "target": {"done": True}, "unit": None}, False),
        ({"frequency": "annual", "target": None}, False),
        ({"frequency": "irregular", "due": "2026-05-02"}, False),
        ({"due": "2026-07-30"}, True),
        ({"due": "2026-07-31"}, False),
        ({"frequency": "weekly", "due": "2026-05-20"}, True),
        ({"frequency": "weekly", "due": "2026-05-21"}, False),
        ({"frequency": "daily", "due": "2026-05-02"}, True),
        ({"frequency": "quarterly", **RETIRED}, False),
    ],
)
def test_too_few_figures_before_the_end(fields: dict[str, Any], coarse: bool) -> None:
    one = kpi(actuals={"2026-05-31": 5}, **fields)
    assert (
        ("T505", "one") in faults(kpis={"one": one})
        if coarse
        else (("T505", "one") not in faults(kpis={"one": one}))
    )


def test_a_finer_frequency_is_proposed() -> None:
    assert (
        only("T505", kpis={"one": kpi(frequency="quarterly")}).help == "write `frequency: monthly`"
    )
    short = kpi(frequency="daily", start="2026-05-30", due="2026-05-31")
    assert only("T505", kpis={"one": short}).help == "give it more time"


def test_drafts_are_warned_and_strict_workspaces_are_not_spared() -> None:
    draft = {"one": kpi(owner=None, status="draft")}
    assert only("A301", kpis=draft).severity is Severity.WARNING
    assert only("A301", kpis={"one": kpi(owner=None)}).severity is Severity.ERROR
    bare = firm(kpis={"one": kpi(source=None)})
    strict = {"kpi.yaml": "version: 1\nchecks: {profile: strict}\n", "firm.yaml": bare}
    assert [f.severity for f in found(strict)] == [Severity.ERROR]
    assert [f.severity for f in found(bare)] == [Severity.WARNING]
    asked = {"kpi.yaml": "version: 1\nchecks: {severity: {A301: error}}\n"}
    assert [f.severity for f in found(asked | {"firm.yaml": firm(kpis=draft)})] == [Severity.ERROR]


def test_drafts_keep_the_errors_of_the_workspace_itself() -> None:
    draft = kpi(status="draft", direction="increase", baseline=50, target=40)
    assert only("K304", kpis={"one": draft}).severity is Severity.ERROR


def test_validate_runs_all_k_rules_and_none_of_scores() -> None:
    from kpi_cli.checks.registry import catalogue
    from kpi_cli.models import Config

    chosen = for_validate(Config()).codes
    assert {code for code in catalogue() if code.startswith("K")} <= chosen
    assert {"M201", "A301", "R401", "T501"} <= chosen
    assert not {code for code in chosen if code.startswith(("S", "O"))}


def test_the_day_decides() -> None:
    one = kpi(status="draft", due="2026-08-31")
    sections = {"kpis": {"base": kpi(frequency="irregular"), "one": one}}
    assert faults(date(2026, 8, 31), **sections) == []
    assert faults(date(2026, 9, 1), **sections) == [("T502", "one")]
