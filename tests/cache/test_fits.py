"""Fits that are remembered: the same forecast, found without a search, and nothing worse."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis import smoothing
from kpi_cli.analysis.smoothing import POINTS, fit_damped
from kpi_cli.cache.fits import RememberedFits
from kpi_cli.cache.store import Store
from kpi_cli.cli import run as command
from kpi_cli.cli.app import run
from tests.house.tree import ROOT

CLIMB = [1.0, 2.0, 4.0, 5.0, 5.5, 7.0, 9.0, 9.5, 12.0]


def test_a_series_is_searched_once_and_found_in_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = fit_damped(CLIMB)
    with Store(tmp_path) as store:
        fits = RememberedFits(store)
        assert fits.find(CLIMB) is None
        assert fit_damped(CLIMB, fits) == expected
        fits.save()
    monkeypatch.setattr(smoothing, "_best_point", None)
    with Store(tmp_path) as store:
        fits = RememberedFits(store)
        assert fit_damped(CLIMB, fits) == expected
        assert fits.find(CLIMB[:-1]) is None
        assert fits.find([*CLIMB[:-1], 12.5]) is None


@pytest.mark.parametrize("value", [b"", POINTS.to_bytes(2, "big"), b"\xff" * 9])
def test_what_can_be_no_grid_point_is_searched_again(tmp_path: Path, value: bytes) -> None:
    with Store(tmp_path) as store:
        fits = RememberedFits(store)
        fits.note(CLIMB, 7)
        assert fits.find(CLIMB) == 7
        fits.save()
        store.put("fits", {fits._key(CLIMB): value})
        assert fit_damped(CLIMB, fits) == fit_damped(CLIMB)
        best = smoothing._best_point(CLIMB, (CLIMB[5] - CLIMB[0]) / 5)
        assert best != 7
        assert fits.find(CLIMB) == best, "what was found is noted instead"


@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=40))
def test_every_grid_point_can_be_told_by_its_number(values: list[float]) -> None:
    known: dict[tuple[float, ...], int] = {}

    class Fits:
        def find(self, values: list[float]) -> int | None:
            return known.get(tuple(values))

        def note(self, values: list[float], point: int) -> None:
            known[tuple(values)] = point

    first = fit_damped(values, Fits())  # type: ignore[arg-type]
    assert 0 <= known[tuple(values)] < POINTS
    assert fit_damped(values, Fits()) == first == fit_damped(values)  # type: ignore[arg-type]


def test_a_command_says_the_same_with_and_without_and_searches_only_the_first_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPI_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(command, "_WORTH_FITS", 1)
    searched: list[int] = []
    search = smoothing._best_point

    def counted(values: list[float], begin: float) -> int:
        searched.append(len(values))
        return search(values, begin)

    monkeypatch.setattr(smoothing, "_best_point", counted)

    def said(*options: str) -> str:
        place = ["--root", str(ROOT / "examples" / "harbour-foods"), "--as-of", "2026-05-31"]
        assert run(["forecast", *place, "--format", "json", *options]) == 0
        return capsys.readouterr().out

    first = said()
    assert searched
    searched.clear()
    assert said() == first
    assert said("--as-of", "2026-05-31") == first
    assert searched == []
    assert said("--no-cache") == first
    assert searched
