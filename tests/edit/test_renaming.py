"""Ids: known wherever the format has one, and followed in every style of writing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_cli.analysis.formula import parse_formula
from kpi_cli.checks.references import references
from kpi_cli.edit.draft import CannotEdit
from kpi_cli.edit.ids import mentions
from kpi_cli.edit.renaming import rename
from kpi_cli.edit.store import Snapshot
from kpi_cli.edit.verify import same
from kpi_cli.plan import load_plan
from kpi_cli.source import load
from kpi_cli.workspace import DiskTree
from tests.edit.kit import EXAMPLES, example, kpi, workspace
from tests.memory import MemoryTree

EVERY = """\
teams: {t: {name: T, parent: t2, lead: p}, t2: {name: T2}}
people: {p: {name: P, team: t, manager: p2}, p2: {name: P2}}
objectives:
  o: {title: O}
  o2:
    title: O2
    owner: p
    contributors: [p2]
    team: t
    person: p
    supports: [o, {objective: o3, weight: 2}]
    agreed_by: p2
    tension: [{with: o, agreed: yes}]
    resources: {people_days: {p: 3, p2: 4}}
    check_ins: [{on: 2026-01-01, by: p}]
  o3: {title: O3, supports: o}
  o4: {title: O4, supports: {objective: o}}
kpis:
  k: {name: K, objective: o}
  k2:
    name: K2
    objective: [{objective: o, weight: 2}, o2]
    owner: p
    contributors: p2
    team: t
    part_of: k
    leads: [{kpi: k, lag_days: 3}]
    guardrails: k
    opposes: [k]
    target_changes: [{from: 2026-01-01, target: 3, reason: r, approved_by: p}]
    formula: "max(k, k3) / (k + 1)"
    check_ins: [{on: 2026-01-01, by: p2}]
    retired: {replaced_by: k}
  k3: {name: K3, objective: {objective: o3}}
initiatives: {i: {title: I, kpis: [k, k2], owner: p, people_days: {p: 2}}, i2: {title: I, kpis: k}}
actions: {a: {title: A, kpi: k, owner: p}}
recognitions: {r: {to: [p, p2], for: k, by: p, text: t}, r2: {to: p, for: o}}
reviews:
  v:
    present: [p]
    covers: [o, k, t]
    decisions: [{text: x, kpi: k, objective: o, owner: p}]
"""


def named(loaded: Any) -> set[tuple[str, str]]:
    """(record, id it names) by the models."""
    found = set()
    for record in loaded.plan.records():
        found |= {(record.id, reference.target) for reference in references(record)}
        if getattr(record, "formula", None):
            found |= {(record.id, name) for name in parse_formula(record.formula).names()}
    return found


def written(texts: list[bytes]) -> set[tuple[str, str]]:
    """(record, id it names) by the plain data."""
    return {
        (str(mention.route[1]), mention.id)
        for raw in texts
        for mention in mentions(load(raw).data)
        if len(mention.route) > 2
    }


def test_every_id_the_models_know_is_found_in_the_data() -> None:
    loaded = load_plan(MemoryTree({"kpi.yaml": "version: 1\n", "plan.yaml": EVERY}))
    assert loaded.plan.broken == frozenset()
    mine = {pair for pair in written([EVERY.encode()]) if pair[1][0].isalpha()}
    assert mine - {("k2", "max(k,"), ("k2", "max")} == named(loaded)


@pytest.mark.parametrize("name", ["harbour-foods", "public-services"])
def test_every_id_of_the_examples_is_found(name: str) -> None:
    loaded = load_plan(DiskTree(EXAMPLES / name))
    texts = [raw for path, raw in loaded.files.items() if path.endswith(".yaml")]
    assert named(loaded) <= written(texts)


@pytest.mark.parametrize("name", ["harbour-foods", "public-services"])
def test_a_renamed_example_has_the_same_findings(name: str, tmp_path: Path) -> None:
    root = example(name, tmp_path)
    before = kpi(root, "status", "--format", "csv")[1]
    ids = [record.id for record in load_plan(DiskTree(root)).plan.records()][::9]
    for identifier in ids:
        assert kpi(root, "rename", identifier, f"z{identifier}")[0] == 0
    loaded = load_plan(DiskTree(root))
    assert loaded.diagnostics == ()
    assert {f"z{identifier}" for identifier in ids} <= {r.id for r in loaded.plan.records()}
    for identifier in ids:
        assert kpi(root, "rename", f"z{identifier}", identifier)[0] == 0
    assert kpi(root, "status", "--format", "csv")[1] == before
    for path in (EXAMPLES / name).rglob("*"):
        if path.is_file():
            assert (root / path.relative_to(EXAMPLES / name)).read_bytes() == path.read_bytes()


QUOTES = st.sampled_from(["{}", "'{}'", '"{}"'])


@given(quotes=st.lists(QUOTES, min_size=6, max_size=6), newline=st.sampled_from(["\n", "\r\n"]))
@settings(suppress_health_check=list(HealthCheck), max_examples=25)
def test_an_id_is_followed_in_all_quotes(
    quotes: list[str], newline: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = [quote.format("old") for quote in quotes[:5]]
    formula = quotes[5].format("old / (old-er + old)")
    text = (
        f"kpis:\n  {texts[0]}: {{name: old, guardrails: [{texts[1]}, old-er]}}\n"
        f"  old-er:\n    name: the old one   # old\n    opposes: {texts[2]}\n"
        f"    formula: {formula}\n    leads:\n      - {{kpi: {texts[3]}, lag_days: 3}}\n"
        f"initiatives:\n  i: {{title: old, kpis: {texts[4]}}}\n"
    ).replace("\n", newline)
    root = workspace(
        tmp_path_factory.mktemp("w"), {"kpi.yaml": "version: 1\n", "p.yaml": text.encode()}
    )
    raw = rename(Snapshot(root), "old", "null").files["p.yaml"]
    back = rename(Snapshot(workspace(root, {"p.yaml": raw})), "null", "old").files["p.yaml"]
    assert same(load(back).data, load(text.encode()).data)
    assert raw.count(b"null") == 7
    assert raw.count(b"old") == 7


def test_what_an_anchor_shares_is_renamed_once(tmp_path: Path) -> None:
    kpis = "kpis:\n  a: {name: A, owner: &x lan}\n  b: {name: B, owner: *x}\n"
    text = f"people:\n  lan: {{name: L}}\n{kpis}"
    root = workspace(tmp_path, {"kpi.yaml": "version: 1\n", "p.yaml": text})
    raw = rename(Snapshot(root), "lan", "ngoc").files["p.yaml"]
    assert raw.decode() == text.replace("lan", "ngoc")


def test_an_anchor_that_also_means_something_else_stops_a_rename(tmp_path: Path) -> None:
    text = "people:\n  lan: {name: &x lan}\nkpis:\n  a: {name: A, owner: *x}\n"
    root = workspace(tmp_path, {"kpi.yaml": "version: 1\n", "p.yaml": text})
    with pytest.raises(CannotEdit, match=r"p\.yaml"):
        rename(Snapshot(root), "lan", "ngoc")


def test_kept_forecasts_follow_the_id(tmp_path: Path) -> None:
    kept = "made,kpi,due,target,median,chance\n2026-05-31,a,2026-12-31,40,38,0.4\n"
    files = {"kpi.yaml": "version: 1\n", "p.yaml": "kpis:\n  a: {name: A}\n"}
    root = workspace(tmp_path, {**files, ".kpi/forecasts.csv": kept})
    raw = rename(Snapshot(root), "a", "b").files[".kpi/forecasts.csv"]
    assert raw.decode() == kept.replace(",a,", ",b,")
