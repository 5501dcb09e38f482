"""The field and history rules of `kpi check-smart`, by value: what rescues a record."""

from __future__ import annotations

from typing import Any

import pytest

from kpi_cli.diagnostics import Severity
from tests.checks.bench import kpi, objective
from tests.checks.smart_bench import BASE, MOVE, RETIRED, look, says, series

FLAT = (58, 61, 59, 62, 60, 58, 61, 59, 60, 61)


@pytest.mark.parametrize(
    ("code", "fields", "severity"),
    [
        ("M204", {"target": 80, "direction": "increase"}, "warning"),
        ("M204", {"target": "+10%"}, "error"),
        ("M204", {"target": 80, "baseline": 60}, "info"),
        ("M204", MOVE, None),
        ("M204", {"target": {"at_least": 80}}, None),
        ("M204", {"target": 80, "aggregation": "sum"}, None),
        ("M204", {"target": "+10%", **RETIRED}, None),
        ("M207", {}, "warning"),
        ("M207", {"definition": "A measure"}, "warning"),
        ("M207", {"definition": "Paid orders"}, "warning"),
        ("M207", {"definition": "Orders paid, less those returned"}, None),
        ("M207", {"numerator": "those who pay", "denominator": "all"}, None),
        ("M207", {"formula": "base * 2", "source": None}, None),
        ("M207", {"target": {"milestones": [{"name": "m", "due": "2026-09-30"}]}}, None),
        ("M208", {"formula": "nothing * 2"}, "error"),
        ("M208", {"formula": "base * 2"}, None),
        ("M213", {"bounds": [0, 100], "target": {"at_least": 120}}, "error"),
        ("M213", {"name": "NPS", "target": {"at_least": 120}}, "error"),
        ("M213", {"name": "NPS", "target": {"at_least": 45}}, None),
        ("M213", {"name": "On-time share", "unit": "%", "target": {"at_least": 101}}, "error"),
        ("M213", {"name": "Net revenue retention", "unit": "%", "target": {"at_least": 110}}, None),
        ("M213", {"target": {"at_least": -3}}, "error"),
        ("M213", {"name": "Net new people", "target": {"at_least": -3}}, None),
        ("M213", {"unit": "USD", "target": {"at_least": -3}}, None),
        ("M214", {"target": {"at_least": 5.25}, "actuals": series(5, 6, 7)}, "info"),
        ("M214", {"target": {"at_least": 5.5}, "actuals": series(5.1, 6, 7)}, None),
        ("M214", {"target": {"at_least": 5.25}, "actuals": series(5, 6)}, None),
        ("M215", {"name": "Customer survey"}, "warning"),
        ("M215", {"name": "Customer survey", "population": "400 regulars"}, None),
        ("M215", {"name": "Khảo sát khách hàng"}, "warning"),
        ("M217", {"target": 1, "baseline": 0, "actuals": series(0, 0, 1)}, "warning"),
        ("M217", {"target": 1, "baseline": 0, "actuals": series(0, 0, 2)}, None),
        ("M217", {"target": {"at_most": 1}, "actuals": series(0, 0, 1)}, None),
        ("M218", {"name": "Customers to date", "actuals": series(1, 2, 3, 4, 5, 6)}, "warning"),
        ("M218", {"name": "Tổng khách hàng", "actuals": series(1, 2, 3, 4, 5, 6)}, "warning"),
        ("M218", {"name": "Customers to date", "actuals": series(1, 2, 3, 4, 3, 6)}, None),
        ("M218", {"name": "Customers", "actuals": series(1, 2, 3, 4, 5, 6)}, None),
        ("M216", {**MOVE, "target": 61, "actuals": series(*FLAT)}, "warning"),
        ("M216", {**MOVE, "target": 70, "actuals": series(*FLAT)}, None),
        ("M216", {**MOVE, "target": 61, "actuals": series(*FLAT[:5])}, None),
        ("A304", {"baseline": 80, "target": 80, "direction": "increase"}, "error"),
        ("A304", MOVE, None),
        ("A309", {**MOVE, "target": "+10%"}, "info"),
        ("A309", {**MOVE, "target": 120}, "info"),
        ("A309", {**MOVE, "target": 83}, None),
        ("A309", {**MOVE, "target": "+10pp"}, None),
        ("A309", {**MOVE, "target": "+10%", "start": "2026-05-01", "actuals": series(1, 2, 3, 4)},
         None),
        ("R414", {}, "info"),
        ("R414", {"when_red": "An calls the regulars"}, None),
        ("R414", RETIRED, None),
        ("T506", {"frequency": "weekly", "source": {"manual": "m", "refresh": "monthly"}},
         "warning"),
        ("T506", {"frequency": "monthly", "source": {"manual": "m", "refresh": "daily"}}, None),
        ("T506", {"frequency": "daily", "source": {"manual": "m", "refresh": "irregular"}}, None),
        ("T508", MOVE, "info"),
        ("T508", {**MOVE, "path": {"2026-08": 70}}, None),
        ("T508", {**MOVE, "due": "2026-10-31"}, None),
        ("T508", {"target": {"at_least": 5}}, None),
        ("T509", {**MOVE, "baseline": {"value": 60, "date": "2026-02-10"}}, "warning"),
        ("T509", {**MOVE, "baseline": {"value": 60, "date": "2026-03-31"}}, None),
        ("T509", {**MOVE, "baseline": {"value": 60, "date": "2026-05-02"}}, "warning"),
        ("T509", {**MOVE, "frequency": "quarterly",
                  "baseline": {"value": 60, "date": "2025-12-31"}}, None),
        ("T511", {"leads": [{"kpi": "base", "lag_days": 300}]}, "warning"),
        ("T511", {"leads": [{"kpi": "base", "lag_days": 90}]}, None),
        ("R406", {"guardrails": ["one"]}, "warning"),
        ("R406", {"guardrails": ["base"], "part_of": "base"}, "warning"),
        ("R406", {"guardrails": ["base"]}, None),
    ],
)  # fmt: skip
def test_one_kpi(code: str, fields: dict[str, Any], severity: str | None) -> None:
    assert says(code, **fields) == severity


def test_the_baseline_to_write_is_the_last_figure_before_the_start() -> None:
    found = look(
        "M204", kpis={"one": kpi(target=80, direction="increase", actuals=series(55, 57, 59))}
    )
    (finding,) = [f for f in found.findings if f.subject == "one"]
    assert finding.help == (
        "add `baseline: {value: 57, date: 2026-04-30}`, the last figure before it starts"
    )


def pairs(count: int, hits: int) -> dict[str, Any]:
    return {"2026-05": {"numerator": hits, "denominator": count}}


@pytest.mark.parametrize(
    ("count", "target", "severity"), [(20, 83, "warning"), (20, 90, None), (400, 83, None)]
)
def test_a_sample_may_be_too_small(count: int, target: float, severity: str | None) -> None:
    share = {"unit": "%", "numerator": "a", "denominator": "b", "baseline": 80, "target": target}
    assert says("M215", **share, actuals=pairs(count, count // 2)) == severity


def test_what_cannot_be_told_is_said_to_be_unknown() -> None:
    found = look("A307", kpis={"one": kpi(**MOVE, actuals=series(1, 2, 3))})
    assert found.findings == []
    assert found.unknown["one"] == {"A307"}
    assert "one" in look("M214", kpis={"one": kpi()}).unknown
    assert "one" in look("T506", kpis={"one": kpi()}).unknown


# Feasibility: ten months about 60, the target from May on.


def test_the_wording_of_a_target_nobody_ever_came_near() -> None:
    fields = {**MOVE, "target": 66, "start": "2026-05-01", "due": "2026-08-31"}
    (finding,) = look(
        "A308", kpis={"one": kpi(**fields, actuals=series(*FLAT, 58, 62, 60))}
    ).findings
    assert finding.message.startswith(
        "'one' needs +6 in 3 months; in 10 such spans since 2025-05 the largest rise was +4"
        " (0 of 10); at the usual behaviour the chance is "
    )
    assert finding.severity is Severity.WARNING
    assert str(finding.help).startswith(
        "say in `rationale:` what will be different, or re-plan to about "
    )


FAR = {"baseline": BASE, "target": 300, "start": "2026-05-01", "actuals": series(*FLAT)}


def test_a_rationale_sets_a_doubt_aside_and_is_shown() -> None:
    assert says("A307", **FAR) == "warning"
    aside = look("A307", kpis={"one": kpi(**FAR, rationale="A second shop opens")})
    assert aside.findings == []
    assert [(s.finding.code, s.reason) for s in aside.suppressed] == [
        ("A307", "rationale: A second shop opens")
    ]


def test_a_target_beyond_the_bounds_is_an_error() -> None:
    assert says("A307", **FAR, bounds=[0, 200]) == "error"


def test_a_stretch_of_an_aspirational_objective_is_meant() -> None:
    noisy = series(57, 61, 58, 63, 59, 62, 58, 57, 62, 59, 58, 60)
    fields = {"baseline": BASE, "target": 66, "due": "2026-09-30", "actuals": noisy}
    bold = objective(supports=[], team="firm", commitment="aspirational")
    kpis = {"one": kpi(**fields, objective="bold")}
    found = look("A308", objectives={"bold": bold}, kpis=kpis)
    assert [s.reason for s in found.suppressed] == ["'bold' is aspirational"]
    assert says("A308", **fields) == "warning"


@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        ({"target": 58, "actuals": series(*FLAT)}, "warning"),
        ({"target": 80, "actuals": series(*FLAT)}, None),
        ({"target": {"at_least": 58}, "actuals": series(*FLAT)}, None),
        ({"target": 58, "actuals": series(60)}, None),
        ({"target": 58, "actuals": series(50, 52, 54, 56, 64)}, None),
    ],
)
def test_met_before_it_was_set(fields: dict[str, Any], severity: str | None) -> None:
    base = {"value": 50, "date": "2026-04-30"}
    assert says("A305", **fields, baseline=base, start="2026-05-01") == severity


def test_what_was_reached_after_the_target_was_set_is_no_fault() -> None:
    rising = series(50, 51, 49, 50, 51, 50, 49, 50, 51, 50, 58, 62)
    done = {"baseline": {"value": 50, "date": "2026-03-31"}, "target": 60, "start": "2026-04-01"}
    year = objective(supports=[], team="firm", period={"start": "2026-04-01", "end": "2026-12-31"})
    for code in ("A305", "A306", "A307", "A308"):
        kpis = {"one": kpi(**done, objective="year", actuals=rising)}
        found = look(code, objectives={"year": year}, kpis=kpis)
        assert [f for f in found.findings if f.subject == "one"] == []


def test_a_target_that_comes_by_itself() -> None:
    climbing = series(101, 104, 107, 111, 114, 117, 120, 124, 126, 129, 130)
    fields = {"baseline": {"value": 129, "date": "2026-04-30"}, "start": "2026-05-01"}
    assert says("A306", **fields, target=130, actuals=climbing) == "warning"
    assert says("A306", **fields, target=170, actuals=climbing) is None
    assert says("A306", **fields, target={"at_least": 130}, actuals=climbing) is None


@pytest.mark.parametrize(
    ("target", "values", "severity"),
    [
        ({"at_least": 50}, (60, 61, 62, 60), "info"),
        ({"at_least": 50}, (60, 61, 52, 60), None),
        ({"at_least": 70}, (60, 61, 62, 60), "info"),
        ({"at_most": 50}, (40, 41, 39, 40), "info"),
        ({"at_least": 50}, (60, 61, 62), None),
        ({"between": [50, 70]}, (60, 60, 60, 60), None),
    ],
)
def test_limits_that_say_nothing_new(
    target: dict[str, Any], values: tuple[float, ...], severity: str | None
) -> None:
    spring = objective(
        supports=[], team="firm", period={"start": "2026-02-01", "end": "2026-12-31"}
    )
    kpis = {"one": kpi(target=target, actuals=series(*values), objective="spring")}
    found = look("A313", objectives={"spring": spring}, kpis=kpis).findings
    assert [f.severity.value for f in found if f.subject == "one"] == [severity] * bool(severity)
