"""Public series out of the package statsmodels, where it is installed, cut to the lengths of KPIs.

Ten quarterly series of the United States (1959-2009) and sea temperatures and carbon dioxide by
the month. Each is cut into windows that do not overlap in what is to be forecast.
"""

from __future__ import annotations

import importlib
import importlib.util
import itertools
from collections.abc import Iterator
from math import isfinite
from typing import Any

from bench.series import HORIZON, Series

_LENGTHS = {"monthly": (12, 24, 36, 60), "quarterly": (8, 12, 16, 24, 36)}


def is_there() -> bool:
    """Whether the package is installed."""
    return importlib.util.find_spec("statsmodels") is not None


def make() -> Iterator[Series]:
    """All windows; the same at every run."""
    for name, frequency, values in _whole():
        horizon, lengths = HORIZON[frequency], itertools.cycle(_LENGTHS[frequency])
        end = max(_LENGTHS[frequency])
        while end + horizon <= len(values):
            n = next(lengths)
            seen, after = values[end - n : end], values[end : end + horizon]
            yield Series(f"{name}-{end}", frequency, tuple(seen), tuple(after))
            end += horizon


def _whole() -> Iterator[tuple[str, str, list[float]]]:
    datasets: Any = importlib.import_module("statsmodels.api").datasets
    macro = datasets.macrodata.load_pandas().data
    for column in macro.columns[2:]:
        yield column, "quarterly", _clean(macro[column])
    sea = datasets.elnino.load_pandas().data
    yield "elnino", "monthly", _clean(sea.iloc[:, 1:].to_numpy().ravel())
    carbon = datasets.co2.load_pandas().data["co2"].resample("MS").mean().interpolate()
    yield "co2", "monthly", _clean(carbon)


def _clean(values: Any) -> list[float]:
    return [float(value) for value in values if isfinite(float(value))]
