"""Text rules over names and titles of records: what fields rescue, and what they contradict."""

from typing import Any

import pytest

from kpi_cli.checks.engine import Selection, findings
from kpi_cli.checks.selection import for_validate
from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.models import Config
from tests.checks.bench import AS_OF, firm, kpi, loaded, objective

CODES = """S101 S102 S103 S104 S105 S106 S107 S108 S110 S111 S112 S113 S114 S115 S116 S117 M206 M212
A311 R404 R405 T507 T510 O601 O602 O604 O605 O606"""
TEXT = frozenset(CODES.split())


def found(**sections: Any) -> list[Finding]:
    """What the text rules say of the record `x`."""
    every = findings(loaded(firm(**sections)), AS_OF, Selection(TEXT, {}))
    return [finding for finding in every if finding.subject == "x"]


def codes(*, least: Severity = Severity.WARNING, **fields: Any) -> set[str]:
    """The codes at a sound KPI `x` with some fields set, from warnings on."""
    said = found(kpis={"x": kpi(**fields)})
    return {finding.code for finding in said if finding.severity.rank <= least.rank}


def test_no_text_rule_runs_in_validate() -> None:
    assert TEXT & for_validate(Config()).codes == frozenset()


@pytest.mark.parametrize(
    "name",
    [
        "Share of guests who book again", "Complaints per million jars",
        "Net sales", "Chain breaks",
        "Working days to close the month", "Leader posts filled from inside", "Tonnes packed",
        "Tỷ lệ giao hàng đúng hạn", "Doanh thu thuần", "Staff turnover, rolling year", "EBITDA",
        "Orders on time and in full", "Percent of vacant space in inventory",
        "Reach of the bus line",
    ],
)  # fmt: skip
def test_sound_names_are_left_alone(name: str) -> None:
    assert codes(name=name) == set()


def test_a_leading_count_of_effort_beside_a_result_is_sound() -> None:
    calls = {"name": "Sales calls made"}
    assert codes(**calls) == {"S105"}
    assert codes(**calls, indicator="leading") == {"S105"}
    assert codes(**calls, indicator="leading", leads=[{"kpi": "base", "lag_days": 30}]) == set()
    beside = {"x": kpi(**calls, indicator="leading"), "y": kpi(name="Deals", indicator="lagging")}
    assert "S105" not in {finding.code for finding in found(kpis=beside)}


def test_vanity_beside_a_result_is_a_note() -> None:
    (alone,) = [f for f in found(kpis={"x": kpi(name="Page views")}) if f.code == "R404"]
    assert alone.severity is Severity.WARNING
    beside = {"x": kpi(name="Page views"), "y": kpi(name="Deals", indicator="lagging")}
    (paired,) = [f for f in found(kpis=beside) if f.code == "R404"]
    assert paired.severity is Severity.INFO


def test_a_defined_name_may_be_abstract() -> None:
    assert codes(name="Customer experience") == {"S107"}
    assert codes(name="Customer experience", definition="Mean of all answers") == set()


def test_what_is_still_open_is_an_error_in_a_record() -> None:
    (one,) = [f for f in found(kpis={"x": kpi(name="Guests of TBD")}) if f.code == "S103"]
    assert one.severity is Severity.ERROR


def test_a_step_says_openly_that_it_is_one() -> None:
    assert codes(name="Implement the loyalty card") == {"S104"}
    assert codes(name="Implement the loyalty card", target={"done": True}, unit=None) == set()


def test_retired_kpis_and_closed_objectives_are_over() -> None:
    gone = {
        "name": "Page views",
        "status": "retired",
        "retired": {"on": "2026-01-31", "reason": "x"},
    }
    assert found(kpis={"x": kpi(**gone)}) == []
    closed = {"on": "2026-05-01", "outcome": "missed"}
    over = objective(title="Increase sales by 20 %", status="closed", closed=closed)
    assert found(objectives={"x": over}) == []


@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("Bookings to 45 %", {"unit": "%", "baseline": 30, "target": 40}, "M212"),
        ("Bookings to 40 %", {"unit": "%", "baseline": 30, "target": 40}, None),
        ("Bookings to 40 %", {"unit": "%", "baseline": 0.3, "target": 0.4}, None),
        ("Bookings from 20 to 40", {"baseline": 30, "target": 40}, "M212"),
        ("Bookings within 2 days", {"unit": "%", "baseline": 30, "target": 40}, None),
        ("Satisfaction (scale of 1 to 7)", {"unit": "points", "baseline": 4, "target": 5}, None),
        ("Answers reach 9", {"target": {"at_least": 9}}, None),
        ("Answers reach 8", {"target": {"at_least": 9}}, "M212"),
        ("Buyers up by 10 %", {"unit": "%", "baseline": 40, "target": 50}, "M206"),
        ("Buyers up by 10 percentage points", {"unit": "%", "baseline": 40, "target": 50}, None),
        ("Buyers up by 10 %", {"unit": "count", "baseline": 40, "target": 44}, None),
    ],
)
def test_figures_in_names(name: str, fields: dict[str, Any], code: str | None) -> None:
    said = found(kpis={"x": kpi(name=name, **fields)})
    assert {f.code for f in said} & {"M212", "M206"} == ({code} if code else set())


def test_percent_or_points_is_worked_out_from_the_baseline() -> None:
    fields = {"name": "Buyers up by 10 %", "unit": "%", "baseline": 40, "target": 50}
    (one,) = [f for f in found(kpis={"x": kpi(**fields)}) if f.code == "M206"]
    assert "from 40 % it leads to 50 % in points, to 44 % as a share" in one.message


@pytest.mark.parametrize(
    ("name", "due", "code"),
    [
        ("Tills by June 2026", "2026-12-31", "T510"),
        ("Tills by June 2026", "2026-06-30", "S115"),
        ("Tills by June 2026", "2026-06-15", "S115"),
        ("Tills by June", "2027-06-30", "S115"),
        ("Tills by Q2 2026", "2026-05-15", "S115"),
        ("Tills by 15 June 2026", "2026-06-30", "T510"),
        ("Tills by 2026", "2026-10-01", "S115"),
        ("Tills compared with 2025", "2026-12-31", None),
        ("Tills by FY2026", "2026-09-30", None),
        ("Tills next year", "2026-12-31", None),
        ("Tills (as of Q1)", "2026-12-31", None),
        ("Quầy mới trước tháng 6/2026", "2026-12-31", "T510"),
    ],
)
def test_dates_in_names(name: str, due: str, code: str | None) -> None:
    said = found(kpis={"x": kpi(name=name, due=due)})
    assert {f.code for f in said} & {"T510", "S115"} == ({code} if code else set())


def test_dates_in_titles_are_held_against_the_period() -> None:
    one = found(objectives={"x": objective(title="Every store sells our jar by June 2026")})
    assert "T510" in {finding.code for finding in one}
    same = found(objectives={"x": objective(title="Every store sells our jar by December 2026")})
    assert "T510" not in {finding.code for finding in same}


@pytest.mark.parametrize(
    ("fields", "speaks"),
    [
        ({"name": "Handling time per call", "target": {"at_most": 9}}, True),
        ({"name": "Handling time per call", "target": {"at_least": 9}}, False),
        (
            {"name": "Handling time per call", "target": {"at_most": 9}, "guardrails": ["base"]},
            False,
        ),
        ({"name": "Cost per parcel", "baseline": 5, "target": 4}, True),
        ({"name": "Cost per parcel", "baseline": 4, "target": 5}, False),
        ({"name": "Tickets closed", "direction": "increase", "target": 9}, True),
        ({"name": "Lost-time injuries", "target": {"at_most": 1}}, False),
        ({"name": "Chi phí trên mỗi đơn hàng", "direction": "decrease", "target": 9}, True),
        ({"name": "Growth of net sales", "direction": "increase", "target": 9}, True),
        ({"name": "Growth of net sales", "direction": "decrease", "target": 9}, False),
        ({"name": "Bicycles sold", "direction": "increase", "target": 9}, True),
        ({"name": "Bags sold fresh", "unit": "%", "direction": "increase", "target": 9}, False),
        ({"name": "Margin on bicycles sold", "direction": "increase", "target": 9}, False),
        ({"name": "Sản lượng của chuyền 3", "direction": "increase", "target": 9}, True),
    ],
)
def test_what_tempts_wants_a_guardrail(fields: dict[str, Any], speaks: bool) -> None:
    said = {finding.code for finding in found(kpis={"x": kpi(**fields)})}
    assert ("R405" in said) is speaks


def test_a_kpi_of_quality_beside_it_balances() -> None:
    fast = kpi(name="Handling time per call", target={"at_most": 9})
    both = {"x": fast, "y": kpi(name="Complaints about calls", target={"at_most": 2})}
    assert "R405" not in {finding.code for finding in found(kpis=both)}
    guarded = {"x": fast, "y": kpi(name="Parcels", guardrails=["x"])}
    assert "R405" not in {finding.code for finding in found(kpis=guarded)}


@pytest.mark.parametrize(
    ("name", "fields", "speaks"),
    [
        ("Share of QZT guests", {}, True),
        ("Share of QZT (quiet zone) guests", {}, False),
        ("Share of quiet zone (QZT) guests", {}, False),
        ("Share of guests", {}, False),
        ("NPS of guests", {}, False),
        ("Share of QZT guests", {"definition": "Guests of the quiet zone (QZT)"}, False),
    ],
)
def test_abbreviations_are_explained(name: str, fields: dict[str, Any], speaks: bool) -> None:
    said = found(kpis={"x": kpi(name=name, **fields)})
    assert ("S112" in {finding.code for finding in said}) is speaks


def test_composed_letters_are_a_safe_fix() -> None:
    apart = "Ty\u0309 le\u0323\u0302 kha\u0301ch quay la\u0323i"
    (one,) = [f for f in found(kpis={"x": kpi(name=apart)}) if f.code == "S116"]
    assert one.fix is not None
    assert one.fix.meant is not None
    assert one.fix.meant.value == "Tỷ lệ khách quay lại"
    mixed = [f for f in found(kpis={"x": kpi(name="Sh\u0430re of guests")}) if f.code == "S116"]
    assert [finding.fix for finding in mixed] == [None]


def test_words_of_the_glossary_and_of_the_house_are_left_alone() -> None:
    config = "version: 1\nchecks: {accept: [page views]}\n"
    files = {"kpi.yaml": config, "plan.yaml": firm(kpis={"x": kpi(name="Page views")})}
    every = findings(loaded(files), AS_OF, Selection(TEXT, {}))
    assert "R404" not in {finding.code for finding in every}
