"""From a record and its series to limits, signal, forecast and evidence."""

import sys
from collections.abc import Sequence
from datetime import date

import pytest

from kpi_cli.analysis.behaviour import Outlook
from kpi_cli.analysis.chance import Outcome, total_width, width
from kpi_cli.analysis.forecast import forecast
from kpi_cli.analysis.reachable import Reachability
from kpi_cli.analysis.results import Assessment
from kpi_cli.analysis.smoothing import Damped, fit_damped
from kpi_cli.analysis.xmr import limits_of
from kpi_cli.views.forecast import outcomes
from tests.memory import judge

SHIFT = [50, 52, 49, 51, 50, 48, 51, 52, 49, 50, 51, 49, 55, 56, 54, 57, 55, 56, 58, 55]
NAMES = [f"{2024 + at // 12}-{at % 12 + 1:02d}" for at in range(40)]


def rows(values: list[float | None]) -> str:
    """Monthly actuals from 2024-01 on; None is a gap."""
    pairs = zip(NAMES, values, strict=False)
    return "actuals: {" + ", ".join(f"{n}: {v}" for n, v in pairs if v is not None) + "}"


def assessed(fields: str, as_of: str = "2025-08-31", config: str = "version: 1") -> Assessment:
    body = "\n".join("    " + line for line in fields.strip().splitlines())
    plan = 'objectives:\n  o: {title: O, period: "2025"}\nkpis:\n  x:\n    name: X\n'
    return judge(f"{plan}    objective: o\n{body}\n", as_of, config)


def outlook(fields: str, as_of: str = "2025-08-31", config: str = "version: 1") -> Outlook:
    return assessed(fields, as_of, config).outlooks["x"]


MOVE = "direction: increase\nbaseline: 50\ntarget: 58\n"


def test_limits_and_signal_of_a_shift() -> None:
    found = outlook(MOVE + rows(SHIFT))
    assert found.limits == limits_of(SHIFT)
    assert found.signal is not None
    assert (found.signal.kind, found.signal.side) == ("run8", "above")
    assert (found.signal.better, found.signal.since) == (True, "2025-01")


def test_a_fall_is_worse_where_rising_is_good() -> None:
    found = outlook(MOVE + rows([100 - value for value in SHIFT]))
    assert found.signal is not None
    assert (found.signal.side, found.signal.better) == ("below", False)
    falling = MOVE.replace("increase", "decrease").replace("58", "40")
    turned = outlook(falling + rows([100 - value for value in SHIFT]))
    assert turned.signal is not None
    assert turned.signal.better is True


def test_a_band_has_no_better_side() -> None:
    found = outlook("target: {between: [40, 60]}\n" + rows(SHIFT))
    assert found.signal is not None
    assert found.signal.better is None


def test_later_actuals_and_later_baselines_are_ignored() -> None:
    early = outlook(MOVE + rows(SHIFT), "2024-12-31")
    assert early.limits == limits_of(SHIFT[:12])
    later = "baselines: [{from: 2025-09, reason: new}]\n"
    assert outlook(MOVE + later + rows(SHIFT)).limits == limits_of(SHIFT)


def test_a_recorded_change_starts_new_limits() -> None:
    fields = MOVE + "baselines: [{from: 2025-01, reason: new}]\n" + rows(SHIFT)
    found = outlook(fields)
    assert found.limits == limits_of(SHIFT[12:])
    assert found.signal is None
    young = outlook(fields, "2025-04-30")
    assert young.limits is None
    assert young.chart is not None
    assert young.chart.stretches[0].limits == limits_of(SHIFT[:12])


def test_a_change_recorded_ahead_of_its_first_value_fixes_the_limits_before_it() -> None:
    fields = MOVE + "baselines: [{from: 2025-08-15, reason: new}]\n" + rows(SHIFT[:19])
    assert outlook(fields).limits == limits_of(SHIFT[:12])


def test_rules_centre_and_screening_come_from_the_workspace() -> None:
    config = "version: 1\nsignals: {rules: nhs, centre: median}"
    found = outlook(MOVE + rows(SHIFT[:19]), config=config)
    assert found.limits == limits_of(SHIFT[:19], "median")
    assert found.chart is not None
    assert "run7" in {one.kind for one in found.chart.points[-1]}
    screened = "version: 1\nsignals: {screen: nelson}"
    spike = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1]
    assert outlook(MOVE + rows(spike), config=screened).limits == limits_of(spike, screen="nelson")


def test_a_change_that_lasts_is_proposed_not_made() -> None:
    chart = outlook(MOVE + rows(SHIFT)).chart
    assert chart is not None
    assert chart.proposal is not None
    assert (chart.proposal.start, chart.proposal.points) == (12, 8)


def test_a_season_is_charted_without_it() -> None:
    wave = [100.0 + 10 * (at % 12) + at % 2 for at in range(36)]
    found = outlook(MOVE + rows(wave), "2026-12-31")
    assert found.chart is not None
    assert found.chart.season is not None
    assert found.signal is None
    assert found.assurance is None


@pytest.mark.parametrize(
    ("fields", "blank"),
    [
        (MOVE + rows(SHIFT[12:19]), "a forecast needs 8 values, there are 7"),
        (MOVE, "there are no figures yet"),
        ("target: {done: true}\nactuals: {2025-01: false}", "there are no figures yet"),
        (MOVE + rows([*SHIFT[:9], None, None, None, *SHIFT[12:14]]),
         "more than a fifth of its values is missing"),
        (MOVE + "frequency: irregular\n" + rows(SHIFT), "irregular values are not forecast"),
        (MOVE + "due: 2025-08-31\n" + rows(SHIFT), "its last period is measured"),
        ("aggregation: min\n" + MOVE + rows(SHIFT), "its parts do not tell where it will end"),
        (MOVE + "status: retired\n" + rows(SHIFT), "it is retired"),
        (MOVE + "due: 2099-12-31\n" + rows(SHIFT), "its due date is too far away"),
    ],
)  # fmt: skip
def test_where_there_is_no_forecast_it_is_said_why(fields: str, blank: str) -> None:
    found = outlook(fields)
    assert (found.ending, found.blank) == (None, blank)


def test_four_values_have_no_limits() -> None:
    assert outlook(MOVE + rows(SHIFT[:4])).limits is None


def test_a_value_at_the_due_date() -> None:
    end, said = outlook(MOVE + rows(SHIFT)).ending, forecast(SHIFT, 4, "monthly")
    assert end is not None
    assert said is not None
    expected = Outcome(said.medians[3], *width(said.sigma, 20, 4, "monthly", said.alpha))
    assert (end.due, end.horizon, end.n) == (date(2025, 12, 31), 4, 20)
    assert end.outcome == expected
    assert end.chance == expected.chance(58, None)
    assert (end.low, end.high) == expected.interval(0.8)
    assert end.method == "theta+damped+ses"


def test_gaps_are_bridged_and_counted() -> None:
    with_gap = [*SHIFT[:5], None, *SHIFT[6:]]
    end = outlook(MOVE + rows(with_gap)).ending
    said = forecast([*SHIFT[:5], (50 + 51) / 2, *SHIFT[6:]], 4, "monthly")
    assert end is not None
    assert said is not None
    assert (end.n, end.missing) == (19, 1)
    assert end.median == said.medians[3]


def test_a_total_adds_what_is_known_to_what_is_forecast() -> None:
    found = outlook("aggregation: sum\nunit: USD\ntarget: 700\n" + rows(SHIFT))
    said = forecast(SHIFT, 4, "monthly")
    assert found.ending is not None
    assert said is not None
    outcome = found.ending.outcome
    assert outcome.median == pytest.approx(sum(SHIFT[12:]) + sum(said.medians))
    scale, nu = total_width(said.sigma, 20, said.alpha, said.factors, "monthly")
    assert outcome.scale == pytest.approx(scale)
    assert (outcome.nu, outcome.low) == (nu, sum(SHIFT[12:]))
    assert found.evidence is not None
    assert found.evidence.need == 700 - sum(SHIFT[12:])
    assert found.evidence.best == 226


def test_a_cap_that_is_used_up_cannot_be_kept() -> None:
    total = "aggregation: sum\nunit: USD\ntarget: {at_most: 440}\n"
    end = outlook(total + rows(SHIFT)).ending
    assert end is not None
    assert (end.chance, end.impossible) == (0.01, True)


def test_a_total_that_is_reached_stays_reached() -> None:
    end = outlook("aggregation: sum\ntarget: 440\ndirection: increase\n" + rows(SHIFT)).ending
    assert end is not None
    assert end.chance == 0.99


def test_a_reset_begins_anew() -> None:
    fields = "aggregation: sum\nreset: quarter\ntarget: 170\ndirection: increase\n" + rows(SHIFT)
    end, said = outlook(fields).ending, forecast(SHIFT, 4, "monthly")
    assert end is not None
    assert said is not None
    assert end.outcome.median == pytest.approx(sum(said.medians[1:]))


def test_a_rolling_window_mixes_known_and_forecast() -> None:
    fields = "aggregation: sum\nwindow: 12\ntarget: 700\ndirection: increase\n" + rows(SHIFT)
    end, said = outlook(fields).ending, forecast(SHIFT, 4, "monthly")
    assert end is not None
    assert said is not None
    assert end.outcome.median == pytest.approx(sum(SHIFT[12:]) + sum(said.medians))
    short = outlook(fields.replace("12\ntarget", "3\ntarget")).ending
    assert short is not None
    assert short.outcome.median == pytest.approx(sum(said.medians[1:]))


def test_a_mean_divides_by_all_periods() -> None:
    end = outlook("aggregation: mean\n" + MOVE + rows(SHIFT)).ending
    said = forecast(SHIFT, 4, "monthly")
    assert end is not None
    assert said is not None
    assert end.outcome.median == pytest.approx((sum(SHIFT[12:]) + sum(said.medians)) / 12)


def test_a_ratio_weighs_by_denominators_and_stays_a_share() -> None:
    pairs = ", ".join(
        f"{name}: {{numerator: {value}, denominator: 60}}"
        for name, value in zip(NAMES, SHIFT, strict=False)
    )
    fields = f'aggregation: ratio\nunit: "%"\nbaseline: 80\ntarget: 95\nactuals: {{{pairs}}}'
    found = outlook(fields)
    said = forecast([value / 60 * 100 for value in SHIFT], 4, "monthly")
    assert found.ending is not None
    assert said is not None
    known = sum(SHIFT[12:]) / 60 * 100
    assert found.ending.outcome.median == pytest.approx((known + sum(said.medians)) / 12)
    assert (found.ending.outcome.low, found.ending.outcome.high) == (0, 100)


def test_bounds_hold_the_forecast_and_tell_the_impossible() -> None:
    bounded = "bounds: [0, 57]\n" + MOVE + rows(SHIFT)
    end = outlook(bounded).ending
    assert end is not None
    assert end.high == 57
    assert (end.chance, end.impossible) == (0.01, True)


def test_days_are_never_negative() -> None:
    values = [20 - at for at in range(18)]
    end = outlook("unit: days\nbaseline: 20\ntarget: 1\n" + rows(values), "2025-06-30").ending
    assert end is not None
    assert end.low == 0


def test_assurance_and_evidence() -> None:
    found = outlook(MOVE + rows(SHIFT))
    assert found.assurance == "hit or miss"
    assert found.evidence is not None
    assert (found.evidence.need, found.evidence.horizon, found.evidence.spans) == (3, 4, 16)
    far = outlook(MOVE.replace("58", "70") + rows(SHIFT))
    assert (far.assurance, far.verdict) == ("consistently fails", "never seen")


def test_dated_actuals_of_one_month_are_one_value() -> None:
    fields = MOVE + "actuals: {" + ", ".join(
        f"2024-{month:02d}-{day}: {month + int(day)}" for month in range(1, 13) for day in "58"
    ).replace("-5:", "-05:").replace("-8:", "-08:") + "}"  # fmt: skip
    chart = outlook(fields, "2024-12-31").chart
    assert chart is not None
    assert chart.grid is not None
    assert chart.grid.values == tuple(float(month + 8) for month in range(1, 13))


def test_checking_a_plan_reads_no_outlook() -> None:
    import subprocess

    code = (
        "import sys; import kpi_cli.analysis.assess; "
        "print([m for m in sys.modules if m.endswith(('outlook', 'smoothing', 'statsforecast'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_series_is_fitted_once_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: list[int] = []

    def counted(values: Sequence[float], _fits: object) -> Damped:
        fitted.append(len(values))
        return fit_damped(values)

    monkeypatch.setattr("kpi_cli.analysis.forecast.fit_damped", counted)
    assessment = assessed(MOVE + rows(SHIFT))
    found = assessment.outlooks["x"]
    way = list(outcomes(assessment, "x"))
    assert found.ending is not None
    assert way[-1] == (found.ending.due, found.ending.outcome)
    assert list(outcomes(assessment, "x")) == way
    assert Reachability(assessment).far("x").ending is found.ending
    assert fitted == [20]
