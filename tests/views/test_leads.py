"""Declared leads in the cascade: JSON, terminal and the diagram."""

import json

from kpi_cli.cli.run import Terminal
from kpi_cli.render import json as as_json
from kpi_cli.render.markdown import tree as markdown
from kpi_cli.render.terminal.tree import tree as terminal
from kpi_cli.views.facts import facts_of
from kpi_cli.views.leads import LeadEdge, lead_edges
from kpi_cli.views.tree import tree_view, twigs
from tests.memory import judge

PLAN = """
objectives: {a: {title: Up}, b: {title: Down, supports: [a]}, c: {title: Apart}}
kpis:
  first: {name: First, objective: b, leads: [{kpi: next, lag_days: 60, because: it must},
          {kpi: far, lag_days: 1}]}
  next: {name: Next, objective: a}
  far: {name: Far, objective: c, leads: [{kpi: first, lag_days: 30}]}
"""
FOUND = judge(PLAN, "2026-05-31")
PIPE = Terminal(color=False, ascii=False, width=None)


def test_every_declared_lead_is_an_edge() -> None:
    assert lead_edges(FOUND.plan, FOUND.plan.kpis) == (
        LeadEdge("first", "next", 60, "it must"),
        LeadEdge("first", "far", 1, None),
        LeadEdge("far", "first", 30, None),
    )
    assert lead_edges(FOUND.plan, {"first", "far"}) == (
        LeadEdge("first", "far", 1, None), LeadEdge("far", "first", 30, None)
    )  # fmt: skip


def test_json_has_the_edges_of_what_is_shown() -> None:
    whole = json.loads(as_json.tree(tree_view(FOUND)))
    assert whole["leads"][0] == {
        "leading": "first", "lagging": "next", "lag_days": 60, "because": "it must"
    }  # fmt: skip
    focused = json.loads(as_json.tree(tree_view(FOUND, "b")))
    assert [edge["lagging"] for edge in focused["leads"]] == []


def test_the_terminal_names_what_follows() -> None:
    view = tree_view(FOUND)
    text = terminal("x", twigs(facts_of(FOUND), view), PIPE)
    assert "first · leads next by 60 days · leads far by 1 day" in text


def test_the_diagram_draws_dotted_arrows() -> None:
    view = tree_view(FOUND)
    lines = markdown(twigs(facts_of(FOUND), view), view).splitlines()
    assert lines[lines.index("flowchart LR") + 1 : -1] == [
        '  o1["Up"]',
        '  o2["Down"]',
        '  o3["Apart"]',
        "  o1 --> o2",
        '  k1(["First"])',
        "  o2 --- k1",
        '  k2(["Next"])',
        "  o1 --- k2",
        '  k3(["Far"])',
        "  o3 --- k3",
        "  k1 -. 60 days .-> k2",
        "  k1 -. 1 day .-> k3",
        "  k3 -. 30 days .-> k1",
    ]
    assert "leads next by 60 days" in "\n".join(lines)
