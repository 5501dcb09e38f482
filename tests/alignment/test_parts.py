"""The parts of `kpi align` one by one: pulls, agreements, load, adding up, hints, silos."""

# ruff: noqa: E501 - one record a line reads best

from __future__ import annotations

from datetime import date

import pytest

from kpi_cli.analysis.adding_up import gaps
from kpi_cli.analysis.balance import overloads
from kpi_cli.analysis.reach import reach, running, silos
from kpi_cli.views.alignment import AlignView
from tests.alignment.workspaces import AS_OF, aligned, loaded

FIRM = """
teams:
  firm: {name: Firm}
  a: {name: A, parent: firm}
  b: {name: B, parent: firm}
people: {an: {name: An, team: a}, bo: {name: Bo, team: b}}
objectives:
  top: {title: Top, owner: an, team: firm, period: "2026"}
  oa: {title: OA, owner: an, team: a, supports: top, period: "2026"}
  ob: {title: OB, owner: bo, team: b, supports: top, period: "2026"}
kpis:
  t: {name: T, objective: top, owner: an, unit: count, target: {at_least: 1}}
"""


def kinds(kpis: str, more: str = "") -> list[tuple[str, tuple[str, ...]]]:
    view = aligned(f"{FIRM}{kpis}\n{more}")
    return [(one.kind, one.subjects) for one in view.alignment.conflicts if one.is_open]


def pair(one: str, other: str) -> list[tuple[str, tuple[str, ...]]]:
    """The conflicts of two KPIs that measure `m`, one of team A, one of team B."""
    return kinds(
        f"  x: {{name: X, objective: oa, owner: an, unit: count, metric: m, {one}}}\n"
        f"  y: {{name: Y, objective: ob, owner: bo, unit: count, metric: m, {other}}}"
    )


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("baseline: 1, target: 9", "baseline: 9, target: 1", "opposite-directions"),
        ("baseline: 1, target: 9", "target: {at_most: 5}", "incompatible-targets"),
        ("target: {at_least: 9}", "target: {at_most: 5}", "incompatible-targets"),
        ("target: {at_least: 5}", "target: {at_most: 9}", "claimed-twice"),
        ("target: {between: [1, 5]}", "target: {between: [6, 9]}", "incompatible-targets"),
        ("target: {between: [1, 5]}", "target: {between: [2, 5]}", "two-targets"),
        ("target: {between: [1, 5]}", "target: {at_most: 4}", "band-and-limit"),
        ("baseline: 1, target: 9", "baseline: 1, target: 8", "two-targets"),
        ("target: {at_least: 9}", "target: {at_least: 9}", "claimed-twice"),
        ("baseline: 1, target: 9", "baseline: 1, target: 8, due: 2026-06-30", "claimed-twice"),
        ('baseline: 10, target: "+10%"', "baseline: 10, target: 11", "claimed-twice"),
        ("baseline: 1, target: {stretch: 9}", "baseline: 9, target: 1", "opposite-directions"),
    ],
)
def test_two_teams_and_one_measure(one: str, other: str, kind: str) -> None:
    assert pair(one, other) == [(kind, ("x", "y"))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("target: {at_least: 9}, population: north", "target: {at_least: 8}, population: south"),
        ("target: {at_least: 9}, part_of: t", "target: {at_least: 8}, part_of: t"),
        ("target: {at_least: 9}", "target: {at_least: 8}, part_of: x"),
        ("target: {at_least: 9}, status: draft", "target: {at_most: 8}"),
    ],
)
def test_what_is_no_conflict(one: str, other: str) -> None:
    assert pair(one, other) == []


def test_a_guardrail_with_a_limit_settles_an_opposition() -> None:
    kept = "  x: {name: X, objective: oa, owner: an, unit: count, guardrails: [y], target: 9, baseline: 1}\n"
    limit = (
        "  y: {name: Y, objective: ob, owner: bo, unit: count, opposes: [x], target: {at_most: 5}}"
    )
    moving = limit.replace("{at_most: 5}", "5, baseline: 9")
    assert kinds(kept + limit) == []
    assert kinds(kept + moving) == [("opposed", ("x", "y"))]


def test_a_guardrail_whose_measure_somebody_else_pulls() -> None:
    found = kinds(
        "  x: {name: X, objective: oa, owner: an, unit: count, guardrails: [g], target: 9, baseline: 1}\n"
        "  g: {name: G, objective: oa, owner: an, unit: days, metric: m, direction: decrease, target: {at_most: 5}}\n"
        "  y: {name: Y, objective: ob, owner: bo, unit: days, metric: m, baseline: 1, target: 4}"
    )
    assert ("target-is-guardrail", ("y", "x")) in found


def test_an_agreement_is_stale_once_a_target_moved() -> None:
    kpis = (
        "  x: {name: X, objective: oa, owner: an, unit: count, opposes: [y], target: 9, baseline: 1,\n"
        "      target_changes: [{from: 2026-03-01, target: 8, reason: a strike}]}\n"
        "  y: {name: Y, objective: ob, owner: bo, unit: count, target: 4, baseline: 1}"
    )
    agreed = FIRM.replace(
        'supports: top, period: "2026"}\n  ob',
        'supports: top, period: "2026", tension: [{with: ob, agreed: So, on: DAY}]}\n  ob',
    )

    def found(day: str) -> list[str]:
        view = aligned(agreed.replace("DAY", day) + kpis)
        return [one.message for one in view.alignment.conflicts if one.is_open]

    assert found("2026-03-02") == []
    (message,) = found("2026-02-28")
    assert message.endswith("the target of 'x' has changed since, on 2026-03-01")


def capacity(rows: str) -> list[float]:
    plan = f"{FIRM}initiatives:\n{rows}".replace(
        "{name: An, team: a}", "{name: An, team: a, capacity: 100}"
    )
    return [over.days for over in overloads(running(loaded(plan).plan, AS_OF), AS_OF)]


def test_capacity_counts_the_days_of_the_year() -> None:
    one = "  i: {title: I, kpis: [t], owner: an, people_days: {an: 80}, status: doing%s}\n"
    two = "  j: {title: J, kpis: [t], owner: an, people_days: {an: 80}, status: planned%s}\n"
    assert capacity(one % "" + two % "") == [160]
    assert capacity(one % "" + two % ", start: 2026-07-01, due: 2027-06-30") == [
        pytest.approx(80 + 80 * 184 / 365)
    ]
    assert capacity(one % "" + two % ", start: 2027-01-01, due: 2027-06-30") == []
    assert capacity(one.replace("80", "180") % "") == []


def adding(unit: str, whole: str, *parts: str) -> list[str]:
    rows = [f"  w: {{name: W, objective: top, owner: an, {unit}, {whole}}}"]
    rows += [
        f"  p{n}: {{name: P, objective: oa, owner: an, {unit}, part_of: w, {part}}}"
        for n, part in enumerate(parts)
    ]
    plan = loaded(FIRM + "\n".join(rows)).plan
    return [gap.message for gap in gaps(running(plan, AS_OF), AS_OF)]


def test_amounts_add_up_and_rates_mix() -> None:
    amount, rate = "unit: EUR, aggregation: sum", 'unit: "%"'
    assert adding(amount, "target: 100", "target: 60", "target: 40") == []
    assert adding(amount, "target: 100", "target: 60", "target: 39.5") == []
    assert adding(amount, "target: 100", "target: 60") == []
    assert "20 EUR short of" in adding(amount, "target: 100", "target: 60", "target: 20")[0]
    assert "20 EUR more than" in adding(amount, "target: 100", "target: 60", "target: 60")[0]
    floor = "target: {at_least: %d}"
    assert adding(rate, floor % 50, floor % 40, floor % 60) == []
    assert "no mix of" in adding(rate, floor % 70, floor % 40, floor % 60)[0]
    assert adding(rate, floor % 70, floor % 40, "target: {at_most: 60}") == []


MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)]


def hinted(other: list[float]) -> AlignView:
    wave = [10 + 3 * ((7 * n) % 5) for n in range(36)]
    rows = [
        ", ".join(f"{month}: {value}" for month, value in zip(MONTHS, values, strict=True))
        for values in (wave, other)
    ]
    return aligned(
        f"{FIRM}  x: {{name: X, objective: oa, owner: an, unit: count, target: {{at_least: 1}}, actuals: {{{rows[0]}}}}}\n"
        f"  y: {{name: Y, objective: oa, owner: an, unit: count, target: {{at_least: 1}}, actuals: {{{rows[1]}}}}}"
    )


def test_a_correlation_is_a_hint_with_n_and_costs_nothing() -> None:
    against = [40 - 3 * ((7 * n) % 5) + n % 2 for n in range(36)]
    (hint,) = hinted([float(v) for v in against]).hints
    assert (hint.one, hint.other, hint.n) == ("x", "y", 35)
    assert hint.r < -0.9
    assert "no proof" in hint.message
    costs = {one["code"] for one in hinted([float(v) for v in against]).deductions()}
    assert costs == {"K122", "R416"}
    assert hinted([float((11 * n) % 7) for n in range(36)]).hints == ()
    assert hinted([5.0] * 36).hints == ()


def test_silos_end_with_any_link_across() -> None:
    def lone(text: str) -> list[str]:
        return silos(running(loaded(text).plan, AS_OF))

    assert lone(FIRM) == ["a", "b"]
    assert lone(FIRM.replace("OB, owner: bo", "OB, owner: bo, contributors: [an]")) == []
    assert lone(FIRM.replace("team: b, supports: top", "team: b, supports: [top, oa]")) == []
    assert (
        lone(FIRM.replace("OB, owner: bo", "OB, owner: bo, tension: [{with: oa, agreed: So}]"))
        == []
    )
    both = "initiatives: {i: {kpis: [x, y]}}"
    kpis = "  x: {name: X, objective: oa}\n  y: {name: Y, objective: ob}\n"
    assert lone(FIRM + kpis + both) == []
    assert lone(FIRM + kpis) == ["a", "b"]
    assert lone(FIRM + kpis.replace("ob}", "ob, leads: [{kpi: x, lag_days: 9}]}")) == []


def test_what_is_over_or_not_yet_agreed_counts_nowhere() -> None:
    text = FIRM.replace("OB, owner: bo", "OB, status: draft, owner: bo")
    found = reach(running(loaded(text).plan, date(2026, 5, 31)))
    assert "ob" not in (*found.aligned, *found.islands, *found.unaligned)
    assert "b" not in found.coverage


def test_what_is_set_aside_with_a_reason_costs_nothing() -> None:
    def costs(text: str, config: str = "version: 1") -> set[str]:
        return {one["code"] for one in aligned(text, config).deductions()}

    assert costs(FIRM) == {"K122", "R416"}
    said = "OB, owner: bo, ignore: [{code: K122, reason: starts in June%s}]"
    assert costs(
        FIRM.replace("OA, owner: an", said.replace("OB, owner: bo", "OA, owner: an") % "").replace(
            "OB, owner: bo", said % ""
        )
    ) == {"R416"}
    over = said % ", until: 2026-05-30"
    assert costs(FIRM.replace("OB, owner: bo", over)) == {"K122", "R416"}
    off = "version: 1\nchecks: {disable: {R416: two firms in one}}\n"
    assert costs(FIRM, off) == {"K122"}
