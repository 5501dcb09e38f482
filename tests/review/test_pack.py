"""The pack of a meeting, by value."""

# ruff: noqa: E501 - one record a line reads best

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kpi_cli.analysis.assess import assess
from kpi_cli.views.facts import facts_of
from kpi_cli.views.metric_changes import Since
from kpi_cli.views.reader import Reader
from kpi_cli.views.review import ReviewPack
from kpi_cli.views.review_agenda import LENGTHS, agenda, fitted
from kpi_cli.views.review_pack import Asked, review_pack
from tests.edit.kit import kpi, workspace
from tests.history.repo import Repo
from tests.memory import load
from tests.review.shop import FILES, PLAN

DAY = date(2026, 5, 31)
SINCE = Since(date(2026, 4, 30), "30 April 2026")


def pack(plan: str = PLAN, day: date = DAY, **asked: object) -> ReviewPack:
    found = load(plan)
    assert found.diagnostics == ()
    given = {"since": SINCE, "review": found.plan.reviews["2026-05-monthly"], **asked}
    return review_pack(facts_of(assess(found.plan, day)), Asked(**given))  # type: ignore[arg-type]


def test_decisions_wanted_come_from_actions_to_decide_red_kpis_and_money() -> None:
    told = [(one.kind, one.title, one.owner_id, one.deadline) for one in pack().wanted]
    assert (
        told
        == [
            ("action", "A third shift", "chi", date(2026, 6, 10)),
            ("red", "What to do about Calls", "bo", date(2026, 6, 14)),
            ("money", "Means for Sales win", "bo", date(2026, 6, 14)),
        ][: len(told)]
    )
    assert len(told) >= 2
    first, second = pack().wanted[:2]
    assert (first.choices[0].effect, first.recommended) == ("-4 trips", "A")
    assert second.choices[0].text == "Do what was agreed for this case: Ring twice"
    assert second.why == "Off track: 2, target at least 9"


def test_a_red_kpi_with_an_action_or_a_decision_asks_for_nothing() -> None:
    acted = PLAN.replace("  old-van:", "  ring: {title: Ring, kpi: calls, owner: bo}\n  old-van:")
    assert "red" not in [one.kind for one in pack(acted).wanted]


def test_a_decision_that_is_overdue_is_wanted_today() -> None:
    late = PLAN.replace("due: 2026-06-10", "due: 2026-05-10")
    assert pack(late).wanted[0].deadline == DAY
    undated = PLAN.replace("    due: 2026-06-10\n", "")
    assert pack(undated).wanted[0].deadline == date(2026, 6, 14)


def test_a_conflict_wants_to_be_settled() -> None:
    twice = PLAN.replace(
        "unit: count, target: {at_least: 9}", "unit: count, metric: m, target: {at_least: 9}"
    )
    twice = twice.replace(
        "unit: count, target: {at_most: 3}", "unit: count, metric: m, target: {at_most: 3}"
    )
    (one,) = [one for one in pack(twice).wanted if one.kind == "conflict"]
    assert one.title == "Settle between Calls / Late trips"
    assert "no figure meets both" in one.why


def test_actions_late_due_later_and_closed() -> None:
    found = pack()
    assert [line.id for line in found.late] == ["old-van"]
    assert [line.id for line in found.due] == ["third-shift"]
    assert (found.later, [line.id for line in found.closed]) == (1, ["done-deed"])
    assert found.late[0].row.late == "11 days late"


def test_exceptions_wins_shifts_caveats_and_decisions() -> None:
    found = pack()
    assert {one.card.row.ref.id for one in found.exceptions} == {"calls", "late"}
    assert [(win.text, win.people) for win in found.wins] == [
        ("Kept at it", ("Bo", "An")),
        ("Target met: 10", ("Bo", "An")),
    ]
    moved = {one.ref.id: (one.before.status, one.after.status, one.better) for one in found.shifts}
    assert moved["calls"] == ("on_track", "off_track", False)
    assert moved["wins"][:2] == ("on_track", "achieved")
    assert found.shifts[0].better is False
    assert ("waste", "no figure since 2026-02") in [
        (one.about.id if one.about else None, one.text) for one in found.caveats
    ]
    assert [(one.row.text, one.review, one.row.late) for one in found.decided] == [
        ("Two more tills", "2026-04-monthly", "16 days late")
    ]


def test_the_headline_and_the_agenda_follow_from_what_there_is() -> None:
    found = pack()
    assert found.headline.text.startswith("Monthly review, 31 May 2026: ")
    assert "1 action late" in found.headline.text
    assert found.minutes == sum(point.minutes for point in found.agenda) <= LENGTHS["monthly"]
    assert [point.key for point in found.agenda][:4] == ["wanted", "actions", "exceptions", "wins"]
    calm = pack(PLAN, date(2025, 12, 1), since=None)
    assert calm.headline.clause == "nothing to decide, nothing late"
    assert calm.agenda == ()


@pytest.mark.parametrize(
    ("needs", "length", "minutes"),
    [
        ([10, 10], 60, [10, 10]),
        ([1, 10], 60, [2, 10]),
        ([60, 60], 60, [30, 30]),
        ([70, 30, 1], 60, [40, 18, 2]),
        ([], 60, []),
    ],
)
def test_minutes_fit_the_meeting(needs: list[int], length: int, minutes: list[int]) -> None:
    found = fitted(needs, length)
    assert found == minutes
    assert sum(found) <= max(length, 2 * len(needs))


def test_the_points_of_an_agenda() -> None:
    points = agenda({"wanted": 2, "wins": 1, "caveats": 0}, "weekly")
    assert [(one.key, one.title, one.minutes, one.count) for one in points] == [
        ("wanted", "Decisions wanted", 20, 2), ("wins", "Wins to recognise", 2, 1),
    ]  # fmt: skip


def test_a_reader_and_what_is_covered_choose_the_records() -> None:
    sales = pack(reader=Reader("team", "sales"))
    assert {one.card.row.ref.id for one in sales.exceptions} == {"calls"}
    assert sales.late == ()
    assert sales.meeting.audience == "Sales"
    mine = pack(reader=Reader("person", "chi"))
    assert {one.card.row.ref.id for one in mine.exceptions} == {"late"}
    assert pack(reader=Reader("board")).meeting.audience == "the board"
    covers = PLAN.replace(
        "    kind: monthly\n    present", "    kind: monthly\n    covers: []\n    present"
    )
    covers = covers.replace(
        "    on: 2026-05-31\n    kind: monthly",
        "    on: 2026-05-31\n    kind: monthly\n    covers: [run]",
    )
    found = pack(covers)
    assert {one.card.row.ref.id for one in found.exceptions} == {"late"}
    assert [one.id for one in found.meeting.attendees] == ["chi"]


def test_at_most_seven_exceptions_and_five_wins() -> None:
    more = "".join(
        f"  k{n}: {{name: K{n}, objective: sell, owner: bo, unit: count, target: {{at_least: 9}}, actuals: {{2026-05: 1}}}}\n"
        f"  w{n}: {{name: W{n}, objective: sell, owner: bo, unit: count, baseline: 0, target: 2, actuals: {{2026-04: 1, 2026-05: 2}}}}\n"
        for n in range(9)
    )
    found = pack(PLAN.replace("initiatives:", f"{more}initiatives:"))
    assert (len(found.exceptions), found.more) == (7, 4)
    assert len(found.wins) == 5
    assert (len(found.shifts), found.more_shifts) == (12, 8)
    assert len(found.wanted) == 7


def test_a_caveat_of_many_kpis_is_said_once() -> None:
    more = "".join(
        f"  s{n}: {{name: S{n}, objective: sell, owner: bo, unit: count, target: {{at_least: 1}}}}\n"
        for n in range(4)
    )
    found = pack(PLAN.replace("initiatives:", f"{more}initiatives:"))
    told = [(one.about.id if one.about else None, one.text) for one in found.caveats]
    assert (None, "4 KPIs: no figure yet") in told
    assert ("waste", "no figure since 2026-02") in told


def test_what_nobody_answers_for_thanks_nobody() -> None:
    plan = PLAN.replace(
        "objective: sell, owner: bo, contributors: [an], unit", "objective: sell, unit"
    )
    assert [win.text for win in pack(plan).wins] == ["Kept at it"]


def test_nobody_is_ranked() -> None:
    found = pack()
    order = [one.name for one in found.meeting.attendees]
    assert order == ["An", "Bo", "Chi"]
    assert not any("rank" in name for name in ReviewPack.__dataclass_fields__)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path, FILES)


def test_json_text_and_markdown_say_the_same(root: Path) -> None:
    code, out, _ = kpi(root, "review", "2026-05-monthly", "--format", "json")
    found = json.loads(out)
    assert (code, found["schema"], found["as_of"]) == (0, "kpi-review/1", "2026-05-31")
    assert found["meeting"]["since"] == "Monthly review, 30 April 2026"
    assert [one["id"] for one in found["actions"]["late"]] == ["old-van"]
    assert found["actions"]["late"][0]["due"] == "2026-05-20"
    for shown in (kpi(root, "review")[1], kpi(root, "review", "--format", "markdown")[1]):
        assert found["headline"] in shown
        for one in found["decisions_wanted"]:
            assert one["title"] in shown
        for win in found["wins"]:
            assert win["text"] in shown


def test_which_meeting(root: Path) -> None:
    assert "Monthly review, 31 May 2026" in kpi(root, "review")[1]
    assert "Monthly review, 30 April 2026" in kpi(root, "review", "2026-04-monthly")[1]
    late = kpi(root, "review", as_of="2026-07-01")[1]
    assert late.startswith("Review, 1 July 2026")
    assert "compared with Monthly review, 31 May 2026" in late


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2026-05-montly",), "there is no review '2026-05-montly'"),
        (("--since", "never"), "'never' is no review, no day and no revision of git"),
        (("--since", "2026-09-01"), "2026-09-01 is after 2026-05-31"),
        (("--for", "everybody"), "'everybody' names no reader"),
        (("--for", "team:slaes"), "there is no team 'slaes'"),
        (("--decision", "So"), "'--decision' belongs to no option"),
        (("a", "b"), "'b' belongs to no option"),
        (("--dry-run",), "go with `kpi review close ID`"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    code, out, err = kpi(root, "review", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_with_git_the_plan_of_that_day_is_compared(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "shop")
    before = PLAN.replace("status: done}", "status: open}").replace(", 2026-05: 2}", "}")
    repo.commit({**FILES, "plan.yaml": before})
    repo.commit({"plan.yaml": PLAN.replace("target: 10,", "target: 8,")})
    found = json.loads(kpi(repo.root, "review", "--since", "HEAD~1", "--format", "json")[1])
    assert [one["id"] for one in found["actions"]["closed"]] == ["done-deed"]
    (moved,) = [one for one in found["metric_changes"] if one["kind"] == "Target changed"]
    assert (moved["label"], moved["what"]) == ("wins", "target: 10 → 8")
    assert found["meeting"]["since"] == "HEAD~1"
