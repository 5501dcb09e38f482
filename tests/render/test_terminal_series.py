"""The series of `kpi show`: values between their natural limits, signals by shape."""

from kpi_cli.cli.run import Terminal
from kpi_cli.render.terminal.drawing import draw
from kpi_cli.views.facts import facts_of
from kpi_cli.views.show import drawing
from tests.analysis.statistics.kit import SHIFT
from tests.analysis.statistics.test_why import NAMES, plan, series
from tests.memory import judge

PIPE = Terminal(color=False, ascii=False, width=None)
PLAIN = Terminal(color=False, ascii=True, width=60)


def lines(fields: str, screen: Terminal = PIPE) -> list[str]:
    facts = facts_of(judge(plan(fields), "2025-08-31"))
    return [line.plain.rstrip() for line in draw(drawing(facts, "x"), screen)]


SHIFTED = f"baseline: 50, target: 60, actuals: {series(SHIFT)}"


def test_values_stand_between_their_limits() -> None:
    """Mean 52.4, mean step 41/19: limits 46.66 and 58.14; 44 columns from there to 60."""
    shown = lines(SHIFTED)
    first, last = shown[0], shown[19]
    assert (first.index("┊"), first.rindex("┊"), first.index("│")) == (20, 57, 63)
    assert first.index("◆") == 20 + round((50 - 46.66) / (60 - 46.66) * 43)
    column = 20 + round((55 - 46.66) / (60 - 46.66) * 43)
    assert (last.index("┊"), last.rindex("┊"), last.index("◆")) == (20, 57, column)
    assert shown[18].count("┊") == 1, "a value upon a limit hides it"
    assert "◆ value, ◇ plan for its day, │ target, ┊ natural limits" in shown[-1]


def test_signals_stand_beside_the_status_by_shape() -> None:
    shown = lines(SHIFTED)
    marked = [NAMES[at] for at, line in enumerate(shown[:20]) if "↗" in line]
    assert marked == [f"2025-0{month}" for month in range(1, 9)]
    assert [at for at, line in enumerate(shown[:20]) if "↘" in line] == list(range(12))
    assert shown[-1].endswith("↗ signal for the better, ↘ signal for the worse")


def test_a_band_has_signals_for_neither() -> None:
    band = plan(f"target: {{between: [0, 100]}}, actuals: {series(SHIFT)}")
    facts = facts_of(judge(band.replace("direction: increase, ", ""), "2025-08-31"))
    shown = [line.plain for line in draw(drawing(facts, "x"), PIPE)]
    assert "↕" in shown[19]
    assert shown[-1].endswith("↕ signal")


def test_ascii_has_its_own_shapes() -> None:
    shown = lines(SHIFTED, PLAIN)
    assert all(ord(sign) < 128 for line in shown for sign in line)
    assert " ^ " in shown[19]
    assert " v " in shown[0]
    assert shown[19].count(":") == 2
    assert max(map(len, shown)) <= 60
    assert ": natural limits" in " ".join(shown[-3:])


def test_a_rolling_mean_shows_single_periods_between_their_limits() -> None:
    shown = lines(f"aggregation: mean, window: 3, target: 60, actuals: {series(SHIFT)}")
    assert "┊" not in shown[0]
    assert shown[2].count("┊") == 2
    assert "·" in shown[2]
    assert "· period alone, ┊ natural limits" in shown[-1]


def test_a_total_has_signals_and_no_limits_on_its_scale() -> None:
    shown = lines(f"aggregation: sum, target: 700, actuals: {series(SHIFT)}")
    assert all("┊" not in line for line in shown)
    assert "↗" in shown[19]
