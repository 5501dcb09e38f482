"""How often a stable process raises a signal: as designed for, by simulation."""

import random

import pytest

from kpi_cli.analysis.signals import RULES, chart_patterns, latest
from kpi_cli.analysis.xmr import stretches

KINDS = ("limit", "run8", "3of4", "wheeler", "weco", "nhs")
TABLE = {
    12: dict(zip(KINDS, (0.027, 0.002, 0.012, 0.037, 0.053, 0.051), strict=True)),
    24: dict(zip(KINDS, (0.059, 0.034, 0.030, 0.108, 0.152, 0.163), strict=True)),
    60: dict(zip(KINDS, (0.145, 0.151, 0.084, 0.315, 0.409, 0.448), strict=True)),
}


def alarms(n: int, rules: str, runs: int, seed: int) -> dict[str, float]:
    """The share of simulated stable series with any signal, by rule and by the whole set."""
    rng = random.Random(seed)
    count = dict.fromkeys([*RULES[rules], rules], 0)
    for _ in range(runs):
        values = [rng.gauss(0, 1) for _ in range(n)]
        found = chart_patterns(values, stretches(values), rules)
        kinds = {one.kind for one in found} & set(RULES[rules])
        for kind in kinds:
            count[kind] += 1
        count[rules] += bool(kinds)
    return {kind: hits / runs for kind, hits in count.items()}


@pytest.mark.parametrize("n", TABLE)
@pytest.mark.parametrize("rules", ["wheeler", "weco", "nhs"])
def test_false_alarms_are_as_tabled(n: int, rules: str) -> None:
    found = alarms(n, rules, 6000, seed=n)
    for kind in {rules, *RULES[rules]} & TABLE[n].keys():
        allowed = 4 * (TABLE[n][kind] * (1 - TABLE[n][kind]) / 6000) ** 0.5 + 0.004
        assert found[kind] == pytest.approx(TABLE[n][kind], abs=allowed), kind


def test_false_alarms_of_the_default_rules_on_two_years_of_months() -> None:
    assert alarms(24, "wheeler", 800, seed=1)["wheeler"] == pytest.approx(0.108, abs=0.04)


def test_a_signal_at_the_latest_point_alone_is_rarer_still() -> None:
    rng = random.Random(6)
    hits = 0
    for _ in range(800):
        values = [rng.gauss(0, 1) for _ in range(24)]
        hits += (
            latest(chart_patterns(values, stretches(values), "wheeler"), 24, "wheeler") is not None
        )
    assert hits / 800 < 0.05
