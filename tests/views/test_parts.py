"""The pages of a part of the plan: teams, persons, changes, the map's findings."""

from datetime import date

import pytest

from kpi_cli.analysis.metrics_review import review_metrics
from kpi_cli.render.html.site import write_single, write_site
from kpi_cli.views.balance import balance_of
from kpi_cli.views.facts import facts_of
from kpi_cli.views.map_page import Alignments, map_page, of_alignment
from kpi_cli.views.metric_changes import Since, changes_page
from kpi_cli.views.multiples import grids
from kpi_cli.views.part import Part, narrowed, parts_by_team, upwards
from kpi_cli.views.person import person_page
from kpi_cli.views.reader import Reader, UnknownReader, reader_of
from kpi_cli.views.report import Extent, Report, build_report
from kpi_cli.views.signals import signal_rows
from kpi_cli.views.team import paged_teams, team_page, teams_page
from kpi_cli.views.variance import variance_tables
from tests.memory import judge
from tests.render.html import parse
from tests.views.plans import company, company_facts


def built(reader: Reader | None = None) -> Report:
    return build_report(company(), version="1", digest="d", extent=Extent(reader))


def test_a_team_with_all_below_it_is_a_part_of_the_plan() -> None:
    parts = parts_by_team(company_facts())
    assert set(parts) == {"firm", "sales"}
    assert parts["sales"].kpis == ("heavy-risk", "won")
    assert parts["sales"].objectives == ("heavy",)
    assert set(parts["firm"].kpis) == set(company().kpis)
    assert paged_teams(company_facts(), parts) == ("sales",)
    assert upwards(company_facts(), parts["sales"]) == ("loyal",)


def test_a_team_page_tells_of_its_own_only() -> None:
    facts = company_facts()
    page = team_page(facts, Alignments(facts), parts_by_team(facts), "sales")
    assert page.headline.text == "Sales: nothing is off track; 1 of 2 KPIs at risk"
    assert [card.row.ref.id for card in page.attention] == ["heavy-risk"]
    assert [row.title for row in page.actions] == ["Soon"]
    assert [row.text for row in page.decisions] == ["The newest"]
    assert [win.about.id for win in page.wins if win.about] == ["won"]
    assert {row.ref.id for row in page.rows} == {"heavy-risk", "won"}
    assert page.map is not None
    assert [node.aside for node in page.map.roots] == [True]


def test_the_departments_are_listed_with_how_they_stand() -> None:
    facts = company_facts()
    page = teams_page(facts, parts_by_team(facts))
    assert page is not None
    assert page.headline.text == "No department has a KPI off track"
    assert [(row.ref.id, row.objectives, row.kpis) for row in page.rows] == [("sales", 1, 2)]
    alone = facts_of(judge("teams: {a: {name: A}}", "2026-05-31"))
    assert teams_page(alone, parts_by_team(alone)) is None


def test_a_persons_page_begins_with_thanks_and_compares_nobody() -> None:
    page = person_page(company_facts(), "minh")
    assert page.headline.text == "Trần Minh: 3 KPIs, 2 need you"
    assert {one.row.ref.id for one in page.kpis} == {"behind", "word", "won"}
    assert [ref.id for ref in page.kpis[0].trail] == ["loyal"]
    assert page.tasks[0].text == "Late one"
    assert page.tasks[0].late == "11 days late"
    html = write_site(built(Reader("person", "minh")))
    assert "p/minh.html" in html
    assert "index.html" not in html
    text = parse(html["p/minh.html"]).text
    assert text.index("Needs you first") > text.index("You helped")


def test_a_persons_page_stands_in_no_other_report() -> None:
    for raw in write_site(built()).values():
        assert b"p/minh.html" not in raw
    assert not any(path.startswith("p/") for path in write_site(built()))


def test_a_part_has_no_page_and_no_link_of_the_rest() -> None:
    found = write_site(built(Reader("team", "sales")))
    assert {path for path in found if path.endswith(".html")} == {
        "index.html", "review.html", "o/loyal.html", "o/heavy.html", "k/heavy-risk.html",
        "k/won.html", "changes.html", "data-quality.html", "guide.html",
    }  # fmt: skip
    for path, raw in found.items():
        if path.endswith(".html"):
            page = parse(raw)
            assert page.faults == [], path
            assert not any("k/behind" in link for link in page.links), path
    assert parse(write_single(built(Reader("team", "sales")))).faults == []


def test_readers_are_named_by_kind_and_id() -> None:
    plan = company().plan
    assert reader_of("board", plan) == Reader("board")
    assert reader_of("team:sales", plan) == Reader("team", "sales")
    for text in ("sales", "team:nobody", "person", "person:", "board:x"):
        with pytest.raises(UnknownReader):
            reader_of(text, plan)


def test_the_metrics_are_looked_at_once_for_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    once = review_metrics(company())
    for where in ("report", "review_pack"):
        monkeypatch.setattr(
            f"kpi_cli.views.{where}.review_metrics", lambda _: looks.append(1) or once
        )
    assert build_report(company(), version="1", digest="d").review is not None
    assert looks == [1]


CHANGED = """
objectives: {o: {title: O, period: "2026"}}
kpis:
  a:
    {name: A, objective: o, unit: "%", baseline: 10, target: 50, actuals: {2026-04: 20},
     target_changes: [{from: 2026-03-01, target: 40, reason: Store closed, approved_by: lan},
     {from: 2026-04-01, target: 30}], baselines: [{from: 2026-02, reason: New checkout}]}
  b: {name: B, objective: o, status: retired, retired: {on: 2025-01-01, reason: Nobody read it}}
people: {lan: {name: Lan}}
"""


def test_changes_come_newest_first_with_their_reasons() -> None:
    found = judge(CHANGED, "2026-05-31")
    page = changes_page(facts_of(found), review_metrics(found), None)
    assert [(row.on, row.reason, row.lacks_reason) for row in page.changes] == [
        ("1 April 2026", None, True),
        ("1 March 2026", "Store closed", False),
        ("1 February 2026", "New checkout", False),
        ("1 January 2025", "Nobody read it", False),
    ]
    assert page.changes[1].approved_by == "Lan"
    assert "40" in page.changes[1].what
    since = Since(date(2026, 2, 15), "15 February 2026")
    later = changes_page(facts_of(found), (), since)
    assert len(later.changes) == 2
    assert later.headline.text.startswith("2 changes since 15 February 2026")


ODD = """
teams: {top: {name: Top, level: organization}, dep: {name: Dep, parent: top}}
objectives:
  up: {title: Up, team: top, period: "2026"}
  lost: {title: Lost, team: dep, period: "2026"}
kpis:
  loose: {name: Loose, unit: "%", indicator: lagging}
  one: {name: One, objective: up, metric: m, unit: "%", baseline: 0, target: 50,
    direction: increase, indicator: lagging, actuals: {2026-03: 20, 2026-04: 30}}
  two: {name: Two, objective: up, metric: m, unit: "%", baseline: 0, target: 80, team: dep,
    direction: increase, indicator: lagging, actuals: {2026-03: 2, 2026-04: 3}}
"""


def test_the_map_names_what_leads_nowhere_and_numbers_conflicts() -> None:
    facts = facts_of(judge(ODD, "2026-05-31"))
    page = map_page(facts, Alignments(facts))
    assert [ref.id for ref in page.adrift] == ["lost"]
    assert [ref.id for ref in page.bare] == ["lost"]
    assert [ref.id for ref in page.loose] == ["loose"]
    assert [row.number for row in page.conflicts] == list(range(1, len(page.conflicts) + 1))
    assert page.conflicts
    assert page.map is not None
    marked = [kpi.ref.id for node in page.map.roots for kpi in node.kpis if kpi.marks]
    assert marked == ["one", "two"]
    assert "1 open conflict" in page.headline.text
    assert of_alignment(3, 0, 0, 0, 0).text.startswith("Every objective leads to the top")


def test_one_metric_in_two_places_has_one_scale() -> None:
    facts = facts_of(judge(ODD, "2026-05-31"))
    (grid,) = grids(facts)
    assert {cell.spark.spread for cell in grid.cells} == {(2, 30)}
    assert (grid.low, grid.high) == ("2 %", "30 %")


def test_actual_and_plan_of_one_unit_share_a_scale() -> None:
    facts = facts_of(judge(ODD, "2026-05-31"))
    (table,) = variance_tables(facts)
    assert table.unit == "%"
    assert {row.chart.ends for row in table.rows} == {(0.0, 30.0)}
    assert [row.better for row in table.rows] == [True, False]
    assert table.rows[1].delta.startswith("-")


def test_the_balance_counts_and_warns_of_one_side() -> None:
    facts = facts_of(judge(ODD, "2026-05-31"))
    found = balance_of(facts)
    assert found is not None
    assert (found.bar.leading, found.bar.lagging, found.bar.unsaid) == (0, 3, 0)
    assert found.warning is not None
    assert "look back" in found.warning


def test_signals_name_the_worse_first() -> None:
    values = ", ".join(
        f"{2024 + m // 12}-{m % 12 + 1:02d}: {10 + m % 2 if m < 20 else 40}" for m in range(28)
    )
    facts = facts_of(
        judge(
            f"""
            objectives: {{o: {{title: O, period: "2026"}}}}
            kpis:
              up: {{name: Up, objective: o, direction: increase, baseline: 10, target: 50,
                actuals: {{{values}}}}}
              down: {{name: Down, objective: o, direction: decrease, baseline: 10, target: 5,
                actuals: {{{values}}}}}
            """,
            "2026-05-31",
        )
    )
    rows = signal_rows(facts)
    assert [(row.ref.id, row.sign.tone) for row in rows] == [("down", "worse"), ("up", "better")]
    assert signal_rows(narrowed(facts, Part((), ()))) == ()
