"""Two plans compared in memory: what a history of commits does not show."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.compare import compare
from kpi_cli.analysis.moves import moves
from kpi_cli.analysis.results import Status
from kpi_cli.analysis.stated import line_of
from kpi_cli.views.changes import Where, document, verdict
from tests.alignment.workspaces import AS_OF
from tests.memory import load

PLAN = """
people: {an: {name: An}}
objectives:
  top: {title: Top, owner: an, period: {start: 2026-01-01, end: 2026-04-30}}
kpis:
  x: {name: X, objective: top, owner: an, unit: count, baseline: 0, target: 10, actuals: {2026-04: 4}}
  y: {name: Y, objective: top, owner: an, unit: count, formula: x * 2, target: {at_least: 1}}
"""  # noqa: E501 - one record a line reads best


def kinds(old: str, new: str) -> list[tuple[str, str, str | None]]:
    before, after = load(PLAN.replace(old, old), "version: 1"), load(PLAN.replace(old, new))
    assert old in PLAN
    return [(c.kind, c.id, c.field) for c in compare(before.plan, after.plan)]


def test_a_record_with_faults_is_not_removed_and_comes_back() -> None:
    sound, faulty = (
        load(PLAN).plan,
        load(PLAN.replace("unit: count, baseline", "unti: c, baseline")),
    )
    assert "x" in faulty.plan.broken
    assert compare(sound, faulty.plan) == []
    (back,) = compare(faulty.plan, sound)
    assert (back.kind, back.id, back.field) == ("redefined", "x", None)


def test_a_formula_under_the_new_id_is_no_change() -> None:
    text = PLAN.replace("  x:", "  z:").replace("x * 2", "z * 2")
    found = compare(load(PLAN).plan, load(text).plan)
    assert [(c.kind, c.id, c.was) for c in found] == [("renamed", "z", "x")]


def test_a_new_id_with_other_content_is_another_record() -> None:
    other = "  z: {name: Other, objective: top, unit: EUR, target: {at_most: 3}}"
    lines = [line if not line.startswith("  x:") else other for line in PLAN.splitlines()]
    found = compare(load(PLAN).plan, load("\n".join(lines)).plan)
    assert sorted((c.kind, c.id) for c in found) == [("added", "z"), ("removed", "x")]


def test_kinds_of_fields() -> None:
    assert kinds("baseline: 0", "baseline: 1") == [("retargeted", "x", "baseline")]
    assert kinds("unit: count, b", "unit: EUR, b") == [("redefined", "x", "unit")]
    assert kinds("objective: top, owner: an, unit: count, b",
                 "objective: {objective: top, weight: 2}, owner: an, unit: count, b") == [
        ("relinked", "x", "objective")]  # fmt: skip
    assert kinds("2026-04: 4", "2026-04: null") == [("restated", "x", "actuals.2026-04")]
    closed = "status: closed, closed: {on: 2026-05-01, outcome: missed, lesson: So}"
    assert kinds("owner: an, period", f"owner: an, {closed}, period") == [
        ("retired", "top", "status")]  # fmt: skip


def late(new: str, plan: str = PLAN, on: date | None = None) -> str | None:
    before, after = load(plan), load(plan.replace("target: 10", new))
    found = moves(assess(before.plan, AS_OF), assess(after.plan, AS_OF), on)
    (move,) = [one for one in found if one.change.kind == "retargeted"]
    return move.late


def test_a_target_moved_after_the_fact() -> None:
    assert late("target: 4") == "after a miss"
    assert late("target: 12") == "after the due date"
    assert late("target: 10, due: 2026-12-31") == "after a miss"


def test_a_miss_that_nobody_followed_up_stays_a_miss() -> None:
    stale = PLAN.replace("2026-04-30", "2026-12-31").replace("2026-04: 4", "2026-02: -2")
    assert assess(load(stale).plan, AS_OF).kpis["x"].counts_as is Status.STALE
    assert late("target: 4", stale) == "after a miss"


def test_a_miss_entered_together_with_the_new_target_is_one() -> None:
    silent = PLAN.replace("2026-04: 4", "2025-12: 0")
    before, after = load(silent), load(PLAN.replace("target: 10", "target: 4"))
    found = moves(assess(before.plan, AS_OF), assess(after.plan, AS_OF))
    assert {one.change.kind: one.late for one in found if one.late} == {
        "retargeted": "after a miss"
    }


def test_what_was_not_known_when_a_target_was_moved_is_not_held_against_it() -> None:
    early = date(2026, 1, 15)
    assert late("target: 12", on=early) is None
    assert late("target: 4", on=early) is None
    assert late("target: 12", on=date(2026, 6, 30)) == "after the due date"


def test_the_effect_of_two_changes_of_a_record_is_told_once() -> None:
    before = load(PLAN)
    after = load(PLAN.replace("target: 10", "target: 4").replace("2026-04: 4", "2026-04: 3"))
    found = moves(assess(before.plan, AS_OF), assess(after.plan, AS_OF))
    page = document(found, Where(before.files, after.files), before, after, "a → b")
    details = [item.details for section in page.sections for item in section.items]
    assert sum(any("progress" in one for one in told) for told in details) == 1
    assert details[1][-1] == "its effect is told above, with the other change of this record"


def effects(text: str) -> dict[str, set[tuple[str, str]]]:
    found = moves(assess(load(PARTS).plan, AS_OF), assess(load(text).plan, AS_OF))
    return {f"{m.change.kind} {m.change.id}": {(i.id, i.field) for i in m.impact} for m in found}


PARTS = """
people: {an: {name: An}}
objectives:
  top: {title: Top, owner: an, period: "2026"}
  side: {title: Side, owner: an, period: "2026"}
kpis:
  x: {name: X, objective: top, owner: an, unit: count, actuals: {2026-03: 3, 2026-04: 4}}
  y: {name: Y, objective: side, owner: an, unit: count, formula: x * 2, baseline: 0, target: 90}
  z: {name: Z, objective: top, owner: an, unit: count, baseline: 0, target: 9, actuals: {2026-04: 3}}
"""  # noqa: E501 - one record a line reads best


def test_a_figure_is_felt_where_a_kpi_is_computed_from_it() -> None:
    (told,) = effects(PARTS.replace("2026-04: 4", "2026-04: 40")).values()
    assert {("y", "progress"), ("y", "status"), ("side", "progress")} <= told


def test_a_figure_that_moves_nothing_is_not_given_what_another_change_did() -> None:
    both = PARTS.replace("2026-03: 3", "2026-03: 2").replace("target: 9,", "target: 30,")
    told = effects(both)
    assert told["restated x"] == set()
    assert ("top", "progress") in told["retargeted z"]
    leading = both.replace("unit: count, actuals", "unit: count, indicator: leading, actuals")
    assert ("top", "balance") in effects(leading)["redefined x"]
    assert ("top", "balance") not in effects(leading)["retargeted z"]


def test_the_verdict_counts_what_matters() -> None:
    before, after = load(PLAN), load(PLAN.replace("target: 10", "target: 4"))
    found = moves(assess(before.plan, AS_OF), assess(after.plan, AS_OF))
    assert verdict(found) == (
        "1 change: 1 re-targeted; 1 target moved after a miss, 1 without a reason"
    )
    page = document(found, Where(before.files, after.files), before, after, "a → b")
    (section,) = [section for section in page.sections if section.items]
    assert section.items[0].tone == "risk"
    assert verdict([]) == "Nothing changed in meaning"


def test_of_settings_each_key_is_told() -> None:
    old = (
        "version: 1\nunits: {pallet: {symbol: plt}, box: {symbol: bx}}\nlimits: {kpis_per_owner: 7}"
    )
    new = "version: 1\nunits: {pallet: {symbol: p}, van: {symbol: v}}\nlimits: {kpis_per_owner: 9}"
    found = compare(load(PLAN, old).plan, load(PLAN, new).plan)
    assert [(one.field, one.before, one.after) for one in found] == [
        ("units.pallet.symbol", "plt", "p"),
        ("units.box", {"symbol": "bx"}, None),
        ("units.van", None, {"symbol": "v"}),
        ("limits.kpis_per_owner", 7, 9),
    ]
    assert [one.place.route for one in found][1:3] == [("units",), ("units", "van")]


def test_each_decision_of_a_review_is_a_change_of_its_own() -> None:
    first = "{text: So, owner: an, due: 2026-05-01}"
    old = f"{PLAN}reviews: {{may: {{on: 2026-04-20, decisions: [{first}]}}}}\n"
    new = old.replace(first, f"{first}, {{text: And so, kpi: x, owner: an, due: 2026-06-01}}")
    (found,) = compare(load(old).plan, load(new).plan)
    assert (found.field, found.before) == ("decisions", None)
    assert line_of(found.after) == "And so, kpi x, owner an, due 2026-06-01"
