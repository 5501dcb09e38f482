"""Laws that hold for every target form and every number."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpi_cli.analysis.pace import elapsed_share, geometric
from kpi_cli.kinds import Reading, parse_target
from kpi_cli.kinds.base import clamp, linear
from kpi_cli.period import Calendar
from kpi_cli.shape import ShapeError

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 6))
SHARES = st.floats(0, 1)
DAY = date(2026, 6, 30)


def reading(
    value: object, baseline: float | None, *, total: bool = False, **more: object
) -> Reading:
    fields: dict[str, object] = {
        "value": value, "on": DAY, "as_of": DAY, "period": None, "baseline": baseline,
        "increasing": None, "total": total, "elapsed": 0.5, "due": date(2026, 12, 31),
        "planned": lambda _b, _t: None,
    }  # fmt: skip
    return Reading(**(fields | more))  # type: ignore[arg-type]


@given(NUMBERS, NUMBERS, NUMBERS)
def test_progress_is_0_at_the_baseline_and_1_at_the_target(b: float, t: float, c: float) -> None:
    assume(abs(t - b) > 1e-3)
    target = parse_target(t, Calendar())
    assert target.score(reading(b, b)).progress == 0
    assert target.score(reading(t, b)).progress == 1
    progress = target.score(reading(c, b)).progress
    assert progress is not None
    assert 0 <= progress <= 1


@given(NUMBERS, NUMBERS, NUMBERS)
def test_mirroring_all_numbers_changes_nothing(b: float, t: float, c: float) -> None:
    assume(abs(t - b) > 1e-3)
    up = parse_target(t, Calendar()).score(reading(c, b))
    down = parse_target(-t, Calendar()).score(reading(-c, -b))
    assert up.raw == pytest.approx(down.raw, rel=1e-6, abs=1e-6)
    assert up.flags == down.flags


@given(NUMBERS, NUMBERS, NUMBERS, st.floats(0.01, 100), NUMBERS)
def test_shifting_and_scaling_changes_nothing(
    b: float, t: float, c: float, scale: float, shift: float
) -> None:
    assume(abs(t - b) > 1)
    moved = linear(b * scale + shift, t * scale + shift, c * scale + shift)
    assert moved == pytest.approx(linear(b, t, c), rel=1e-3, abs=1e-3)


@given(NUMBERS, NUMBERS, st.booleans())
def test_no_score_is_ever_nan_or_infinite(t: float, c: float, total: bool) -> None:
    for raw in (t, {"at_least": t}, {"at_most": t}, {"between": [t, t]}, {"stretch": t}, "+0%"):
        score = parse_target(raw, Calendar()).score(reading(c, t, total=total))
        for figure in (score.raw, score.progress, score.expected):
            assert figure is None or abs(figure) < float("inf")


@given(NUMBERS, NUMBERS)
def test_at_least_and_at_most_agree_on_the_edge_only(limit: float, value: float) -> None:
    low = parse_target({"at_least": limit}, Calendar()).score(reading(value, None)).met
    high = parse_target({"at_most": limit}, Calendar()).score(reading(value, None)).met
    assert low or high
    if abs(limit - value) > 1e-3:
        assert not (low and high)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 2000), st.integers(-50, 2100))
def test_elapsed_grows_with_the_days_and_stays_a_share(start: date, length: int, day: int) -> None:
    from datetime import timedelta

    due, on = start + timedelta(days=length), start + timedelta(days=day)
    share = elapsed_share(start, due, on)
    later = elapsed_share(start, due, on + timedelta(days=1))
    assert share is not None
    assert later is not None
    assert 0 <= share <= later <= 1
    assert (share == 0) == (day <= 0)
    assert (share == 1) == (day >= length)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), SHARES)
def test_geometric_pace_stays_between_its_ends(b: float, t: float, share: float) -> None:
    value = geometric(b, t, share)
    assert value is not None
    assert min(b, t) * (1 - 1e-9) <= value <= max(b, t) * (1 + 1e-9)


@pytest.mark.parametrize(("x", "y"), [(-0.5, 0), (0.5, 0.5), (1.5, 1)])
def test_clamp(x: float, y: float) -> None:
    assert clamp(x) == y


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (40, "40 %"),
        ({"value": 40.5}, "40.5 %"),
        ("+15pp", "+15 pp"),
        ("-15%", "-15 %"),
        ({"at_least": 99.9}, "at least 99.9 %"),
        ({"at_most": 25, "tolerance": 2}, "at most 25 %"),
        ({"between": [4, 5]}, "4 to 5 %"),
        ({"at_most": {"2018": 3, "2017": 3.2}}, "2017: at most 3.2 %; 2018: at most 3 %"),
        ({"done": True}, "done"),
        ({"zones": {"a": 0, "target": 1}}, "reach 'target' of a < target"),
        ({"stretch": 60}, "stretch 60 %"),
        ({"milestones": [{"name": "a"}]}, "1 milestone"),
        ({"milestones": [{"name": "a"}, {"name": "b"}]}, "2 milestones"),
    ],
)
def test_targets_say_themselves(raw: object, text: str) -> None:
    assert parse_target(raw, Calendar()).text("%") == text


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        ({"at_most": "x", "tolerance": -1}, ["K011", "K015"]),
        ({"between": {"2026": [1], "20": [1, 2]}}, ["K011", "K014"]),
        ({"zones": {"a": 5, "b": "c"}}, ["K011", "K012", "K015"]),
        ({"milestones": [{"name": 3}, {"name": "a", "due": "soon", "x": 1}]}, ["K010", "K011"]),
        ({"stretch": "x"}, ["K011"]),
        ({"value": None}, ["K011"]),
        ({}, ["K015"]),
        (True, ["K011"]),
        (float("nan"), ["K015"]),
    ],
)
def test_every_fault_of_a_target_is_said_at_once(raw: object, codes: list[str]) -> None:
    with pytest.raises(ShapeError) as caught:
        parse_target(raw, Calendar())
    assert sorted(fault.code for fault in caught.value.faults) == codes
