from kpi_cli.analysis.results import Status
from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.views.attention import exception_card, exceptions, wins
from kpi_cli.views.cascade import cascade, trail
from kpi_cli.views.facts import facts_of
from kpi_cli.views.overview import decisions, overview
from kpi_cli.views.resources import resource_rows
from tests.memory import judge
from tests.views.plans import company, company_facts

FACTS = company_facts()


def finding(severity: Severity = Severity.ERROR, line: int = 3) -> Finding:
    """A finding at a line of plan.yaml."""
    return Finding(
        "K102", "unknown-objective", severity, "plan.yaml", line, 5, line, 9, "behind",
        "there is no objective 'x'", "did you mean 'y'?", None, "f" * 32,
    )  # fmt: skip


def test_exceptions_by_weight_then_severity_and_by_the_computed_status() -> None:
    found = [(one.kpi.id, one.counts_as) for one in exceptions(FACTS)]
    assert found == [
        ("heavy-risk", Status.AT_RISK),
        ("behind", Status.OFF_TRACK),
        ("word", Status.OFF_TRACK),
        ("old", Status.STALE),
        ("silent", Status.NO_DATA),
    ]


def test_an_exception_says_why_and_what_is_done() -> None:
    card = exception_card(FACTS, company().kpis["behind"])
    assert (card.word, card.when_red) == ("shop closed", "Call the lapsed accounts")
    assert card.action is not None
    assert (card.action.title, card.action.late) == ("Late one", "11 days late")
    assert card.evidence_for is not None
    assert card.evidence_for.label == "Customers come back"
    spoken = exception_card(FACTS, company().kpis["word"])
    assert (spoken.row.badge.word, spoken.word) == ("On track", "Wait")
    assert spoken.row.other is not None
    assert spoken.row.other.word == "Off track"


def test_wins_are_recent_thanks_then_targets_met_with_names() -> None:
    first, second = wins(FACTS)
    assert first.people == ("Trần Minh", "Nguyễn Thị Lan")
    assert (first.text, first.by) == ("Six days and nobody hurried", "Nguyễn Thị Lan")
    assert second.about is not None
    assert (second.about.id, second.said_by_us) == ("won", True)
    assert second.people == ("Trần Minh", "Nguyễn Thị Lan")


def test_actions_late_first_and_none_from_the_future() -> None:
    view = overview(FACTS)
    assert [(row.title, row.late) for row in view.actions] == [
        ("Late one", "11 days late"), ("Soon", None)
    ]  # fmt: skip
    assert view.actions_later == 1


def test_decisions_of_the_last_review_and_earlier_ones_still_running() -> None:
    assert [(row.text, row.late) for row in decisions(FACTS)] == [
        ("The newest", "6 days late"), ("Still running", None)
    ]  # fmt: skip
    assert decisions(FACTS, "heavy") == ()


def test_the_cascade_shows_each_objective_once_in_full() -> None:
    top = cascade(FACTS)
    assert [row.ref.id for row in top] == ["loyal"]
    assert [row.ref.id for row in top[0].below] == ["heavy"]
    assert trail(FACTS, "heavy") == ("loyal", "heavy")
    twice = judge(
        "objectives: {a: {title: A}, b: {title: B}, c: {title: C, supports: [a, b]}}", "2026-05-31"
    )
    rows = cascade(facts_of(twice))
    assert [[(child.ref.id, child.again) for child in row.below] for row in rows] == [
        [("c", False)], [("c", True)]
    ]  # fmt: skip


def test_resources_beside_the_time_gone() -> None:
    (row,) = resource_rows(FACTS)
    assert (row.budget, row.spent, row.used, row.over) == ("1,000 USD", "1,200 USD", "120 %", True)
    assert row.elapsed == "41 %"


def test_the_overview_counts_findings_and_what_was_left_out() -> None:
    view = overview(FACTS, [finding(), finding(Severity.WARNING)], left_out=2)
    assert (view.faults.errors, view.faults.warnings, view.faults.left_out) == (1, 1, 2)
    assert [ref.id for ref in view.stale] == ["old"]
    assert sum(count.number for count in view.counts) == 8
    assert len(view.lede.split()) <= 45
    assert "1 action past its due date." in view.lede


def test_at_most_seven_exceptions() -> None:
    fields = "unit: '%', start: 2026-01-01, due: 2026-12-31, target: 5"
    kpis = ", ".join(f"k{n}: {{name: K{n}, {fields}}}" for n in range(9))
    view = overview(facts_of(judge(f"kpis: {{{kpis}}}", "2026-05-31")))
    assert (len(view.attention), view.more) == (7, 2)


def test_an_empty_workspace_has_an_overview() -> None:
    view = overview(facts_of(judge("teams: {a: {name: A}}", "2026-05-31")))
    assert view.headline.text == "No KPI is running yet"
    assert view.lists == view.attention == view.objectives == ()
