"""The extra `forecast`: statsforecast's AutoETS averaged with our median, where it is installed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from math import isfinite
from typing import Any
from warnings import catch_warnings, simplefilter

from kpi_cli.analysis.forecast import Forecast
from kpi_cli.frozen import replace

METHOD = "autoets"


@cache
def is_installed() -> bool:
    """Whether the extra is there; without it nothing is imported."""
    return find_spec("statsforecast") is not None


def averaged(found: Forecast, values: Sequence[float]) -> Forecast:
    """The forecast with AutoETS averaged in; unchanged without the extra, or where it fails."""
    if not is_installed():
        return found
    others = _medians(values, found.horizon, found.season.period if found.season else 1)
    if len(others) != found.horizon or not all(map(isfinite, others)):
        return found
    medians = tuple((own + other) / 2 for own, other in zip(found.medians, others, strict=True))
    return replace(found, medians=medians, method=f"{found.method}+{METHOD}")


def _medians(values: Sequence[float], horizon: int, season: int) -> list[float]:
    model, array = _model(season)
    with catch_warnings():
        simplefilter("ignore")  # a flat series makes it divide by zero, which is seen below
        try:
            return [float(one) for one in model.forecast(array(values), h=horizon)["mean"]]
        except (ArithmeticError, ValueError, IndexError):
            return []  # too short a series for it: ours stands alone


@cache
def _model(season: int) -> tuple[Any, Any]:
    from numpy import array
    from statsforecast.models import AutoETS

    return AutoETS(season_length=season), lambda values: array(values, dtype=float)
