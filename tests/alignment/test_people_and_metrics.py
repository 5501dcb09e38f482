"""`kpi who` and `kpi review-metrics`, and the commands as typed."""

# ruff: noqa: E501 - one record a line reads best

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.history import history
from kpi_cli.analysis.metrics_review import Entered, Reviewed, review_metrics
from kpi_cli.cli.entered import entered
from kpi_cli.history import repository_of
from kpi_cli.plan import load_plan
from kpi_cli.views.facts import facts_of
from kpi_cli.views.kpi import kpi_page
from kpi_cli.views.means import money_and_people
from kpi_cli.views.metrics_review import document
from kpi_cli.views.objective import objective_page
from kpi_cli.views.who import person_view, record_view
from kpi_cli.workspace import DiskTree
from tests.alignment.workspaces import AS_OF, loaded
from tests.cli.transcript import kpi
from tests.history.repo import Repo

HARBOUR = [
    "--root",
    str(Path(__file__).parents[2] / "examples" / "harbour-foods"),
    "--as-of",
    "2026-05-31",
]
PLAN = """
teams: {firm: {name: Firm, lead: an}}
people: {an: {name: An, team: firm}, bo: {name: Bo, team: firm, manager: an}}
objectives:
  top: {title: Top, owner: an, team: firm, period: {start: 2026-01-01, end: 2026-12-31}}
  gone: {title: Gone, owner: an, team: firm, period: "2025", status: closed, closed: {on: 2025-12-31, outcome: missed}}
  own: {title: Own, person: bo, supports: top, period: {start: 2026-01-01, end: 2026-12-31}}
kpis:
  red: {name: Red, objective: top, owner: bo, contributors: [an], unit: count, target: {at_least: 9}, actuals: {2026-05: 1}}
  old: {name: Old, objective: top, owner: bo, unit: count, target: {at_least: 9}, actuals: {2026-01: 9}}
actions:
  late: {title: Late, kpi: old, owner: bo, opened: 2026-03-01, due: 2026-05-01}
  open: {title: Open, kpi: old, owner: bo, opened: 2026-03-01, due: 2026-06-01}
  unknown: {title: Not yet, kpi: old, owner: bo, opened: 2026-06-03, due: 2026-07-01}
initiatives: {work: {title: Work, kpis: [red], owner: bo, status: doing, due: 2026-09-30}}
recognitions:
  old-thanks: {to: [bo], for: old, on: 2026-02-01, by: an, text: Well kept}
  new-thanks: {to: [bo, an], for: red, on: 2026-05-01, text: Well tried}
  later: {to: [bo], for: old, on: 2026-06-01, by: an, text: Not said yet}
reviews: {may: {on: 2026-05-20, decisions: [{text: So, kpi: old, owner: bo, due: 2026-06-15}, {text: Done, owner: bo, due: 2026-05-21}]}}
"""


def test_what_a_person_answers_for_and_what_waits() -> None:
    view = person_view(assess(loaded(PLAN).plan, AS_OF), "bo")
    assert (view.objectives, view.kpis, view.contributes) == (("own",), ("red", "old"), ())
    assert [(t.kind, t.id, t.late) for t in view.tasks] == [
        ("figure", "old", True), ("action", "late", True), ("answer", "red", True),
        ("action", "open", False), ("decision", "may", False), ("initiative", "work", False),
    ]  # fmt: skip
    assert [one.id for one in view.thanks] == ["new-thanks", "old-thanks"]
    boss = person_view(assess(loaded(PLAN).plan, AS_OF), "an")
    assert (boss.objectives, boss.contributes, boss.leads, boss.reports) == (
        ("top",), ("red",), ("firm",), ("bo",),
    )  # fmt: skip


def test_who_answers_for_a_record() -> None:
    view = record_view(loaded(PLAN).plan, "old", AS_OF)
    assert (view.owner, view.team, view.lead, view.manager) == ("bo", "firm", "an", "an")
    assert (view.above, view.actions) == (("top",), ("late", "open", "unknown"))
    assert [(one.id, one.by) for one in view.thanks] == [("old-thanks", "an")]
    assert record_view(loaded(PLAN).plan, "own", AS_OF).owner == "bo"


def test_thanks_are_shown_on_the_pages_of_the_kpi_and_of_the_objective_above() -> None:
    assessment = assess(loaded(PLAN).plan, AS_OF)
    facts = facts_of(assessment)
    page = kpi_page(facts, assessment.kpis["old"])
    assert [(win.text, win.people, win.by, win.on) for win in page.thanks] == [
        ("Well kept", ("Bo",), "An", "1 February 2026")
    ]
    above = objective_page(facts, assessment.objectives["top"])
    assert [win.text for win in above.thanks] == ["Well tried", "Well kept"]
    assert objective_page(facts, assessment.objectives["own"]).thanks == ()


def review(kpis: str, more: str = "", who: dict[str, Entered] | None = None) -> dict[str, Reviewed]:
    head = PLAN.split("\nkpis:")[0] + "\n"
    plan = loaded(f"{head}kpis:\n{kpis}{more}").plan
    return {row.kpi.id: row for row in review_metrics(assess(plan, AS_OF), who)}


def figures(*values: float) -> str:
    months = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    chosen = months[29 - len(values) : 29]
    return ", ".join(f"{month}: {value}" for month, value in zip(chosen, values, strict=True))


ACTED = "initiatives: {did: {title: Did, kpis: [z], owner: an, status: done}}\n"
START = "start: 2024-01-01, due: 2026-12-31"


@pytest.mark.parametrize(
    ("fields", "kind", "proposal"),
    [
        ("objective: gone, target: {at_least: 1}", "orphaned", "retire"),
        (
            f"objective: top, {START}, target: {{at_least: 5}}, actuals: {{{figures(*[5.2] * 9)}}}",
            "never-red",
            "keep",
        ),
        (
            f"objective: top, {START}, target: {{at_least: 5}}, actuals: {{{figures(*[9] * 6)}}}",
            "easy-target",
            "change",
        ),
        (
            f"objective: top, {START}, target: {{at_least: 5}}, actuals: {{{figures(1, 1, 1)}}}",
            "no-action",
            "change",
        ),
        ("objective: top, collection: {days_per_year: 9}, target: {at_least: 1}", "costly", "keep"),
        ("objective: top, target: {at_least: 1}", "always-late", "change"),
    ],
)
def test_evidence_and_proposal(fields: str, kind: str, proposal: str) -> None:
    late = {"x": Entered(4, 4)} if kind == "always-late" else None
    kpis = f"  x: {{name: X, owner: an, unit: count, {fields}}}\n"
    found = review(
        f"{kpis}  z: {{name: Z, objective: top, owner: an, unit: count}}\n", ACTED, late
    )["x"]
    assert [one.kind for one in found.evidence] == [kind]
    assert found.proposal == proposal


@pytest.mark.parametrize(
    ("values", "start", "kinds"),
    [
        ((5, *[9] * 6), "2025-01-01", ["easy-target"]),
        ((*[9] * 6, 5), "2025-01-01", []),
        ((5, *[9] * 6), "2026-01-01", []),
    ],
    ids=["the latest six", "not the first six", "what was before the start counts for nothing"],
)
def test_a_margin_is_that_of_the_latest_since_the_start(
    values: tuple[int, ...], start: str, kinds: list[str]
) -> None:
    kpi = (
        f"  x: {{name: X, owner: an, unit: count, objective: top, start: {start},"
        f" due: 2026-12-31, target: {{at_least: 5}}, actuals: {{{figures(*values)}}}}}\n"
    )
    assert [one.kind for one in review(kpi)["x"].evidence] == kinds


@pytest.mark.parametrize(
    ("months", "acts", "judged"),
    [(5, "", 0), (6, "", 6), (2, ACTED, 0), (3, ACTED, 3), (29, "", 24)],
)
def test_periods_are_judged_where_they_are_enough_to_tell_anything(
    months: int, acts: str, judged: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int | None] = []
    monkeypatch.setattr(
        "kpi_cli.analysis.metrics_review.history",
        lambda found, name, latest: looks.append(latest) or history(found, name, latest),
    )
    kpi = (
        f"  x: {{name: X, owner: an, unit: count, objective: top, {START},"
        f" target: {{at_least: 5}}, actuals: {{{figures(*[5.2] * months)}}}}}\n"
        "  z: {name: Z, objective: top, owner: an, unit: count}\n"
    )
    review(kpi, acts)
    assert looks == ([judged] if judged else [])


def test_a_plan_without_any_action_does_not_tell_what_was_done() -> None:
    red = f"  x: {{name: X, owner: an, unit: count, objective: top, {START}, target: {{at_least: 5}}, actuals: {{{figures(1, 1, 1)}}}}}\n"
    assert review(red)["x"].evidence == ()
    told = document([review(red)["x"]], AS_OF, with_git=True, with_actions=False)
    assert "what was done about red is not judged" in told.about


def test_never_discussed_counts_where_anything_is() -> None:
    rows = f"  x: {{name: X, objective: top, owner: an, unit: count, {START}, target: {{at_least: 5}}, actuals: {{{figures(*[5.2] * 9)}}}}}\n"
    talk = "  y: {name: Y, objective: top, owner: an, unit: count, target: {at_least: 1}, check_ins: [{on: 2026-05-01, by: an, note: So}]}\n"
    found = review(rows + talk)["x"]
    assert {one.kind for one in found.evidence} == {"never-red", "never-discussed"}
    assert found.proposal == "retire"


def test_the_same_measure_twice_in_one_team() -> None:
    rows = "".join(
        f"  {name}: {{name: X, objective: top, owner: an, metric: m, target: {{at_least: 1}}}}\n"
        for name in "xy"
    )
    found = review(rows)
    assert found["x"].proposal == "keep"
    assert found["y"].proposal == "retire"


def test_a_lead_without_effect() -> None:
    up, flat = figures(*range(1, 13)), figures(*[5] * 12)
    lead = f"  x: {{name: X, objective: top, owner: an, unit: count, {START}, baseline: 0, target: 20, leads: [{{kpi: y, lag_days: 30}}], actuals: {{{up}}}}}\n"
    rest = f"  y: {{name: Y, objective: top, owner: an, unit: count, {START}, baseline: 0, target: 20, actuals: {{%s}}}}\n"
    assert "no-effect" in {one.kind for one in review(lead + rest % flat)["x"].evidence}
    assert "no-effect" not in {one.kind for one in review(lead + rest % up)["x"].evidence}


def test_git_knows_when_figures_were_entered(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    text = "kpis:\n  x:\n    name: X\n    actuals:\n      2026-01: 1\n"
    repo.commit({"kpi.yaml": "version: 1\n", "plan.yaml": text})
    for month in ("05", "06", "07"):
        text += f"      2026-{month}: 1\n"
        repo.commit({"plan.yaml": text})
    found = repository_of(tmp_path)
    assert found is not None
    known = entered(load_plan(DiskTree(tmp_path)), found, date(2026, 7, 31))
    assert known == {"x": Entered(3, 0)}


def test_the_commands_speak_three_formats() -> None:
    for command, schema in (
        (["align"], "kpi-align/1"),
        (["impact", "otif", "--remove"], "kpi-impact/1"),
        (["impact", "otif", "--value", "-1"], "kpi-impact/1"),
        (["who", "son"], "kpi-who/1"),
        (["who", "otif"], "kpi-who/1"),
        (["review-metrics"], "kpi-review-metrics/1"),
    ):
        told = kpi(*command, *HARBOUR, "--format", "json")
        assert (told.code, json.loads(told.out)["schema"]) == (0, schema)
        assert kpi(*command, *HARBOUR, "--format", "markdown").out.startswith("## ")
        text = kpi(*command, *HARBOUR)
        assert text.code == 0
        assert text.out == kpi(*command, *HARBOUR).out
        narrow = kpi(*command, *HARBOUR, "--plain", COLUMNS="40")
        assert narrow.code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["impact", "otif"], "say what would change"),
        (["impact", "otif", "--value", "1", "--remove"], "say what would change"),
        (["impact", "otiff", "--remove"], "there is no KPI or objective 'otiff'"),
        (["impact", "on-the-day", "--value", "1"], "is an objective"),
        (["impact", "energy-per-tonne", "--value", "1"], "is computed from"),
        (["impact", "otif", "--value", "many"], "is not a number"),
        (["impact", "boat-registry", "--value", "1"], "is judged by its milestones"),
        (["impact", "otif", "--target", "{mostly: 3}"], "--target:"),
        (["who", "nobody-here"], "there is no person, KPI or objective"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: list[str], said: str) -> None:
    told = kpi(*words, *HARBOUR)
    assert told.code == 2
    assert said in told.err
    assert "Traceback" not in told.err


def test_money_and_people_beside_progress_and_time() -> None:
    text = kpi("align", *HARBOUR).out
    assert "Growth pays for the second line without a loan" in text.split("Money and people")[1]
    found = money_and_people(assess(loaded(PLAN).plan, AS_OF))
    (objective, initiative) = found.rows
    assert objective[0] == "Top"
    assert objective[2:4] == ("", "")
    assert initiative[0] == "Work"
    assert initiative[-1] == "■1"
