"""Thirty-one planted problems of every kind: all found, none invented."""

from __future__ import annotations

import pytest

from kpi_cli.views.alignment import AlignView
from tests.alignment.workspaces import PLANTED, PLANTED_CONFIG, aligned

EXPECTED = {
    "an island with what hangs on it": ("K121", "island"),
    "an objective tied to nothing": ("K121", "nowhere"),
    "an objective without evidence": ("K122", "bare"),
    "a KPI for no objective": ("R401", "free"),
    "nobody answers": ("A301", "unowned"),
    "a level skipped": ("K120", "skip"),
    "a team without an objective": ("K123", "spare"),
    "a silo": ("R416", "garden"),
    "only lagging": ("R410", "nowhere"),
    "only leading": ("R410", "bloom"),
    "a perspective nobody takes": ("R410", None),
    "too many KPIs for an objective": ("R411", "skip"),
    "too many KPIs for an owner": ("A303", "an"),
    "too many KPIs for another owner": ("A303", "chi"),
    "a person with nothing": ("R411", "idle"),
    "too many objectives of a team": ("R411", "plant"),
    "too many objectives of another team": ("R411", "sales"),
    "too many at the top": ("R411", "top-three"),
    "parts that do not add up": ("R412", "grown"),
    "a target copied down": ("R413", "down-copy"),
    "one formula pulled both ways": ("R409", "rate-up"),
    "targets that no figure meets": ("R409", "noise-min"),
    "a band here, a limit there": ("R409", "heat-low"),
    "two targets for one measure": ("R409", "price-a"),
    "claimed in full twice": ("R409", "wins-a"),
    "a target that is a guardrail": ("R409", "care"),
    "known to pull apart": ("R409", "waste"),
    "the same people": ("R409", "binh"),
    "agreed too long ago": ("R409", "save"),
    "agreed without a date": ("R409", "save"),
    "agreed with what is over": ("R409", "save"),
}


@pytest.fixture(scope="module")
def view() -> AlignView:
    return aligned(PLANTED, PLANTED_CONFIG)


def test_all_are_found_and_none_is_invented(view: AlignView) -> None:
    found = sorted((one["code"], str(one["subject"])) for one in view.deductions())
    assert found == sorted((code, str(subject)) for code, subject in EXPECTED.values())


def test_the_score_is_a_hundred_less_the_deductions(view: AlignView) -> None:
    total = sum(one["points"] for one in view.deductions())
    assert view.alignment.score == pytest.approx(100 - total)
    assert all(one["points"] > 0 for one in view.deductions())


def test_each_deduction_stands_at_its_record(view: AlignView) -> None:
    lines = PLANTED.splitlines()
    for one in view.deductions():
        assert one["message"]
        if one["subject"] is None:
            assert one["path"] == "kpi.yaml"
        elif one["code"] not in ("R409", "R412", "R413", "K120"):
            assert lines[one["line"] - 1].strip().startswith(f"{one['subject']}:")


def test_a_settled_conflict_is_told_and_costs_nothing(view: AlignView) -> None:
    (settled,) = [one for one in view.alignment.conflicts if not one.is_open]
    assert settled.subjects == ("stock-up", "stock-down")
    assert settled.kind == "opposite-directions"
    assert "stock-up" not in {one["subject"] for one in view.deductions()}


def test_reach_and_coverage(view: AlignView) -> None:
    reach = view.alignment.reach
    assert reach.tops == ("top-one", "top-two", "top-three")
    assert {"island", "islet", "price-b", "wins-b"} <= set(reach.islands)
    assert set(reach.unaligned) == {"nowhere", "free"}
    assert reach.coverage["garden"] == 1
    assert 0 < reach.coverage["plant"] < 1
    assert reach.levels["organization"] == 1


def test_every_kind_of_conflict_has_its_own_name(view: AlignView) -> None:
    kinds = {one.kind for one in view.alignment.conflicts}
    assert kinds == {
        "opposite-directions", "incompatible-targets", "band-and-limit", "two-targets",
        "claimed-twice", "copied-down", "opposed", "target-is-guardrail", "same-people",
        "stale-agreement",
    }  # fmt: skip


def test_the_envelope_and_the_document_agree(view: AlignView) -> None:
    envelope, document = view.envelope(), view.document()
    assert envelope["schema"] == "kpi-align/1"
    assert str(len(envelope["deductions"])) in document.verdict
    costs = next(one for one in document.sections if one.title == "What costs points")
    assert len(costs.items) == len(envelope["deductions"])
    assert envelope["load"]["an"] == 8
    assert envelope["load"]["idle"] == 0
