"""The SMART section of a KPI's page: scores, evidence, reasons, and what was set aside."""

from __future__ import annotations

import json
from typing import Any

from kpi_cli.analysis.assess import assess
from kpi_cli.checks.engine import checked
from kpi_cli.checks.registry import Context
from kpi_cli.checks.selection import for_check_smart
from kpi_cli.checks.smart import Smart, grade
from kpi_cli.render.html.site import write_site
from kpi_cli.views.report import build_report
from kpi_cli.views.smart import smart_part
from tests.checks.bench import AS_OF, firm, kpi, loaded

WHOLE = kpi(
    name="Guests who come back within a month",
    definition="Guests with a second bill within thirty days",
    population="guests of both shops",
    when_red="An asks ten regulars why",
    source={"manual": "the till", "refresh": "monthly"},
)


def graded(**kpis: dict[str, Any]) -> tuple[Smart, Any]:
    plan = loaded({"firm.yaml": firm(kpis=kpis)})
    assessment = assess(plan.plan, AS_OF)
    context = Context(plan.plan, AS_OF, lambda: assessment)
    selection = for_check_smart(plan.plan.config)
    found = checked(plan, AS_OF, selection, context=context)
    return grade(context, selection, found), assessment


def test_each_criterion_with_its_reasons() -> None:
    whole = {key: value for key, value in WHOLE.items() if key != "owner"}
    aside = [{"code": "M207", "reason": "everybody knows"}]
    bare = {k: v for k, v in whole.items() if k != "definition"} | {"ignore": aside}
    smart, _ = graded(one=bare)
    (one,) = [g for g in smart.kpis if g.id == "one"]
    part = smart_part(one)
    by_name = {row.name: row for row in part.criteria}
    assert by_name["Assignable and achievable"].score == 40
    assert [r.code for r in by_name["Assignable and achievable"].reasons] == ["A301"]
    assert [(r.code, r.aside) for r in by_name["Measurable"].reasons] == [
        ("M207", "everybody knows")
    ]
    assert by_name["Measurable"].score == 100
    assert by_name["Measurable"].told.endswith("rules could tell")
    assert part.total == 70
    assert part.fix == "+30: add `owner:` with the id of one person"


def test_a_sound_kpi_has_a_hundred_and_nothing_to_mend() -> None:
    smart, _ = graded(one=WHOLE)
    (one,) = [g for g in smart.kpis if g.id == "one"]
    assert (one.total, one.fix, [f.code for f in one.findings]) == (100, None, [])


def test_the_page_shows_them() -> None:
    smart, assessment = graded(one=WHOLE)
    scores = {one.id: one for one in smart.kpis}
    pages = write_site(build_report(assessment, version="1", digest="d", smart=scores))
    page = next(text for path, text in pages.items() if path == "k/one.html")
    text = page if isinstance(page, str) else page.decode()
    assert 'class="smart"' in text
    assert "Assignable and achievable" in text
    assert json.dumps(smart.scoring) == '"kpi-smart/1"'


def test_objectives_are_scored_apart() -> None:
    smart, _ = graded(one=WHOLE, two=kpi(owner=None))
    assert {goal.id for goal in smart.objectives} == {"top"}
    (two,) = [g for g in smart.kpis if g.id == "two"]
    (one,) = [g for g in smart.kpis if g.id == "one"]
    assert two.scores.total < one.scores.total
    assert smart.below(70, None) == [g for g in smart.kpis if g.scores.total < 70]
    assert two in smart.below(None, 50)
