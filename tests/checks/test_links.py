"""Ids that name nothing: every field, the place of the id, and no second finding."""

from typing import Any

import pytest

from kpi_cli.checks.near import Near
from tests.checks.bench import faults, firm, found, kpi, missed, objective, only


@pytest.mark.parametrize(
    ("code", "section", "fields"),
    [
        ("K104", "kpis", {"contributors": ["an", "x"]}),
        ("K105", "kpis", {"team": "x"}),
        ("K104", "kpis", {"check_ins": [{"on": "2026-05-01", "by": "x"}]}),
        ("K103", "kpis", {"part_of": "x"}),
        ("K103", "kpis", {"leads": [{"kpi": "x", "lag_days": 9}]}),
        ("K103", "kpis", {"guardrails": ["base", "x"]}),
        ("K103", "kpis", {"opposes": "x"}),
        ("K103", "kpis", {"status": "retired", "retired": {"reason": "old", "replaced_by": "x"}}),
        (
            "K104",
            "kpis",
            {"target_changes": [{"from": "2026-05-09", "reason": "so", "approved_by": "x"}]},
        ),
        ("K104", "objectives", {"owner": "x"}),
        ("K104", "objectives", {"agreed_by": ["x"]}),
        ("K104", "objectives", {"person": "x"}),
        ("K105", "objectives", {"team": "x"}),
        ("K106", "objectives", {"supports": ["top", "x"]}),
        ("K102", "objectives", {"tension": [{"with": "x", "agreed": "so"}]}),
        ("K104", "objectives", {"resources": {"people_days": {"x": 9}}}),
    ],
)
def test_every_link_of_kpis_and_objectives(code: str, section: str, fields: dict[str, Any]) -> None:
    make = kpi if section == "kpis" else objective
    more = {"evidence": kpi(objective="one")} if section == "objectives" else {}
    sections = {"kpis": more} | {section: {"one": make(**fields)}}
    assert faults(**sections) == [(code, "one")]


@pytest.mark.parametrize(
    ("code", "section", "record"),
    [
        ("K106", "teams", {"name": "Two", "parent": "x"}),
        ("K104", "teams", {"name": "Two", "lead": "x"}),
        ("K105", "people", {"name": "Two", "team": "x"}),
        ("K104", "people", {"name": "Two", "manager": "x"}),
        ("K103", "initiatives", {"title": "Two", "kpis": ["base", "x"]}),
        ("K104", "initiatives", {"title": "Two", "owner": "x"}),
        ("K104", "initiatives", {"title": "Two", "people_days": {"an": 3, "x": 4}}),
        ("K103", "actions", {"title": "Two", "kpi": "x"}),
        ("K104", "actions", {"title": "Two", "owner": "x"}),
        ("K104", "recognitions", {"to": ["x"], "for": "base"}),
        ("K103", "recognitions", {"to": ["an"], "for": "x"}),
        ("K104", "recognitions", {"to": ["an"], "by": "x"}),
        ("K104", "reviews", {"present": ["x"]}),
        ("K102", "reviews", {"covers": ["top", "base", "firm", "x"]}),
        ("K103", "reviews", {"decisions": [{"text": "so", "kpi": "x", "owner": "an"}]}),
        ("K102", "reviews", {"decisions": [{"text": "so", "objective": "x", "owner": "an"}]}),
        ("K104", "reviews", {"decisions": [{"text": "so", "owner": "x"}]}),
    ],
)
def test_every_link_of_other_records(code: str, section: str, record: dict[str, Any]) -> None:
    other = {"objectives": {"o2": objective(team="two")}, "kpis": {"k2": kpi(objective="o2")}}
    sections = (
        other | {section: {"two": record}} if section == "teams" else {section: {"two": record}}
    )
    assert faults(**sections) == [(code, "two")]


@pytest.mark.parametrize(
    "written", ["«K102»x", "[top, «K102»x]", "{objective: «K102»x}", "[top, {objective: «K102»x}]"]
)
def test_the_place_is_the_id_however_the_link_is_written(written: str) -> None:
    rest = "name: N, owner: an, unit: count, target: {at_least: 5}, source: {manual: b}"
    text = f"kpis:\n  one: {{objective: {written}, {rest}}}\n"
    assert missed({"firm.yaml": firm(), "kpis.yaml": text}) == (set(), set())


def test_a_person_in_people_days_is_pointed_at_by_the_key() -> None:
    text = "initiatives:\n  push:\n    people_days: {an: 3, «K104»anh: 4}\n"
    assert missed({"firm.yaml": firm(), "work.yaml": text}) == (set(), set())


def test_an_id_of_another_kind_is_said_to_be_that() -> None:
    finding = only("K104", kpis={"one": kpi(owner="firm")})
    assert finding.message == "'firm' is a team, where a person is needed"


def test_the_closest_ids_are_named() -> None:
    finding = only("K102", kpis={"one": kpi(objective="tpo")})
    assert finding.help == "did you mean 'top'?"
    assert only("K104", kpis={"one": kpi(owner="zzz")}).help is not None


def test_a_link_to_a_broken_record_is_no_second_fault() -> None:
    broken = {"objectives": {"half": objective(weigth=3)}}
    linked = kpi(objective="half", guardrails=["worse"])
    found_ = faults(kpis={"one": linked, "worse": kpi(unti="%")}, **broken)
    assert found_ == [("K010", "half"), ("K010", "worse")]


def test_a_broken_kpi_still_is_evidence_for_its_objective() -> None:
    text = firm(objectives={"two": objective(), "three": objective()})
    more = "kpis:\n  spoilt:\n    objective: two\n    nmae: Spoilt\n"
    assert [f.code for f in found({"a.yaml": text, "b.yaml": more})] == ["K122", "K012", "K010"]


def test_an_unreadable_record_still_is_evidence_for_its_objective() -> None:
    text = firm(objectives={"two": objective()})
    more = 'kpis:\n  spoilt:\n    objective: two\n    name: "Spoilt\n'
    assert [f.code for f in found({"a.yaml": text, "b.yaml": more})] == ["K001"]


def test_a_misspelt_section_is_one_fault() -> None:
    text = firm(kpis={"one": kpi(guardrails=["two"])}, objectives={"o2": objective()})
    more = "kpi:\n  two: {name: Two, objective: o2}\n"
    assert [f.code for f in found({"a.yaml": text, "b.yaml": more})] == ["K010"]


def test_an_unreadable_file_takes_its_records_along_silently() -> None:
    text = firm(objectives={"two": objective()})
    more = b"kpis:\n  spoilt: {objective: two, name: \xff}\n"
    assert [f.code for f in found({"a.yaml": text, "b.yaml": more})] == ["K003"]


def test_the_closest_of_many_ids() -> None:
    near = Near([f"measure-{number}" for number in range(5000)] + ["reorder-rate"])
    assert near.hint("reorder-rte") == "did you mean 'reorder-rate'?"
    assert near.hint("zzzzzzz") is None
