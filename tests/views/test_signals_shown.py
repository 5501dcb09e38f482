"""Signals and chances in headlines, lists and the terminal's page."""

from dataclasses import replace
from math import pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.results import Assessment
from kpi_cli.cli.run import Terminal
from kpi_cli.render.terminal.status import status
from kpi_cli.views.attention import exception_card
from kpi_cli.views.board import Board, board
from kpi_cli.views.facts import facts_of
from kpi_cli.views.headline import LENGTH, of_kpi
from kpi_cli.views.kpi import kpi_page
from kpi_cli.views.outlook import Sign
from kpi_cli.views.overview import overview
from kpi_cli.views.signals import signal_rows
from kpi_cli.views.words import BADGES
from tests.analysis.statistics.kit import SHIFT
from tests.analysis.statistics.test_why import series
from tests.memory import judge

PIPE = Terminal(color=False, ascii=False, width=None)
FALL = [100 - value for value in SHIFT]
WORSE = Sign("↘", "Worsening since 2025-01", "worse")


def company() -> Assessment:
    """`up` rises and is on track, `down` falls and is behind, `flat` does neither, `band` rises
    where neither is better, `gone` rose and its figures are old."""
    flat = SHIFT[:12] + SHIFT[:8]
    return judge(
        "objectives: {o: {title: O, period: '2025'}}\nkpis:\n"
        "  up: {name: Up, objective: o, direction: increase, baseline: 50, target: 57,"
        f" actuals: {series(SHIFT)}}}\n"
        "  down: {name: Down, objective: o, direction: increase, baseline: 50, target: 60,"
        f" actuals: {series(FALL)}}}\n"
        "  flat: {name: Flat, objective: o, direction: increase, baseline: 45, target: 51,"
        f" actuals: {series(flat)}}}\n"
        f"  band: {{name: Band, objective: o, target: {{between: [0, 100]}},"
        f" actuals: {series(SHIFT)}}}\n"
        "  gone: {name: Gone, objective: o, direction: increase, baseline: 50, target: 60,"
        f" actuals: {series(SHIFT[:16])}}}\n",
        "2025-08-31",
    )


FACTS = facts_of(company())


def shown(*, everything: bool = False) -> Board:
    return board(FACTS, everything=everything)


def test_real_changes_worse_first() -> None:
    rows = signal_rows(FACTS)
    assert [(row.ref.id, row.sign.glyph, row.badge.status) for row in rows] == [
        ("down", "↘", "off_track"), ("up", "↗", "on_track"), ("gone", "↗", "stale"),
        ("band", "◆", "on_track"),
    ]  # fmt: skip
    assert rows[1].chance is not None


def test_the_first_page_counts_them() -> None:
    view = overview(FACTS)
    assert view.lede.endswith("Real changes: 1 for the worse, 2 for the better, 1 of neither kind.")
    assert len(view.lede.split()) <= 45
    assert ([row.ref.id for row in view.signals], view.signals_more) == (
        ["down", "up", "gone", "band"], 0
    )  # fmt: skip


def test_tables_show_signal_and_chance() -> None:
    (table,) = overview(FACTS).lists
    rows = {row.ref.id: row for row in table.rows}
    up, flat = rows["up"], rows["flat"]
    assert up.sign is not None
    assert (up.sign.word, up.chance) == ("Improving since 2025-01", "about 45 %")
    assert (flat.sign, flat.chance) == (None, "about 30 %")
    card = exception_card(FACTS, FACTS.assessment.kpis["down"])
    assert (card.row.sign, card.row.chance) == (WORSE, "under 5 %")


def test_the_terminal_lists_changes_of_kpis_in_order() -> None:
    found = shown()
    assert [row.ref.id for row in found.signals] == ["up", "band"]
    text = status(found, PIPE)
    assert "Real changes elsewhere (2)" in text
    assert "↗ Improving since 2025-01  Up " in text
    assert "worsening since 2025-01, chance under 5 % if nothing changes" in text
    every = status(shown(everything=True), PIPE)
    assert "Real changes elsewhere" not in every
    assert "improving since 2025-01, chance about 45 % if nothing changes" in every


def test_a_headline_tells_the_change_beside_the_status() -> None:
    page = kpi_page(FACTS, FACTS.assessment.kpis["up"])
    assert page.headline.clause == "55, on track for 57; improving since 2025-01"
    down = kpi_page(FACTS, FACTS.assessment.kpis["down"]).headline.clause
    assert down == "45, off track: worse than where it began", "both would not fit"
    assert "improving" not in kpi_page(FACTS, FACTS.assessment.kpis["gone"]).headline.clause
    assert kpi_page(FACTS, FACTS.assessment.kpis["flat"]).headline.clause.startswith("52, ")


@given(st.text(min_size=1, max_size=120), st.sampled_from(["up", "down", "flat", "gone"]))
def test_a_change_never_takes_room_from_name_or_status(name: str, which: str) -> None:
    found = FACTS.assessment.kpis[which]
    result = replace(found, kpi=found.kpi.model_copy(update={"name": name}))
    alone, both = of_kpi(result, "55", "57"), of_kpi(result, "55", "57", WORSE)
    assert len(both.text) <= LENGTH
    assert both.subject == alone.subject
    assert both.clause.startswith(alone.clause)
    assert BADGES[result.status].word.lower() in both.clause


def test_a_forecast_is_held_against_the_target_of_its_due_date() -> None:
    periods = "2024: 55, 2025: 54, 2026: 53"
    fields = f"target: {{at_most: {{{periods}}}}}, frequency: annual, due: 2026-12-31"
    years = ", ".join(f"{2016 + at}: {value}" for at, value in enumerate(SHIFT[:9]))
    plan = (
        f"objectives: {{o: {{title: O}}}}\nkpis: {{x: {{name: X, objective: o, {fields},"
        f" actuals: {{{years}}}}}}}"
    )
    facts = facts_of(judge(plan, "2024-12-31"))
    result = facts.assessment.kpis["x"]
    told = kpi_page(facts, result).outlook.forecast
    assert "Chance of at most 53 (2026):" in told
    wanted = facts.assessment.outlooks["x"].wanted
    assert wanted is not None
    assert wanted.high == 53


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (40, "Assurance: consistently meets; every value within the limits meets the target."),
        (
            57,
            "Assurance: hit or miss; some values within the limits meet the target, some do not.",
        ),
        (90, "Assurance: consistently fails; no value within the limits meets the target."),
    ],
)
def test_the_limits_are_held_against_the_target(target: int, told: str) -> None:
    facts = facts_of(
        judge(
            "objectives: {o: {title: O, period: '2025'}}\n"
            "kpis:\n  one: {name: One, objective: o, direction: increase, due: 2025-12-31, "
            f"target: {{at_least: {target}}}, actuals: {series(SHIFT)}}}\n",
            "2025-08-31",
        )
    )
    page = kpi_page(facts, facts.assessment.kpis["one"])
    assert page.outlook.signal.endswith(told)


def test_a_seasonal_series_may_still_hang_together() -> None:
    values = [round(100 + 20 * sin(at * pi / 6) + 8 * sin(at * pi / 20), 3) for at in range(48)]
    actuals = ", ".join(f"{2022 + at // 12}-{at % 12 + 1:02}: {v}" for at, v in enumerate(values))
    plan = (
        "objectives: {o: {title: O}}\n"
        f"kpis: {{x: {{name: X, objective: o, actuals: {{{actuals}}}}}}}"
    )
    facts = facts_of(judge(plan, "2025-12-31"))
    notes = " ".join(kpi_page(facts, facts.assessment.kpis["x"]).outlook.notes)
    assert "Seasonal (12 periods)" in notes
    assert "the limits are too narrow" in notes
