"""Records in the making: fields and entries come together, differences are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kpi_cli.feeds.importer.problems import RowProblem
from kpi_cli.period import BadPeriod, Calendar, Period

REQUIRED = {"objectives": "title", "kpis": "name", "teams": "name", "people": "name"}


@dataclass(frozen=True, slots=True)
class Given:
    """What one row gives to a record: finished fields, and entries as (path, period, value)."""

    origin: str
    fields: Mapping[str, Any]
    entries: tuple[tuple[str, Period, Any], ...]
    first_wins: bool


@dataclass(slots=True)
class Draft:
    """One record; `origins` and `entries` remember who said what."""

    file: str
    fields: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    entries: dict[str, dict[Period, tuple[str, Any, str]]] = field(default_factory=dict)

    def add(self, given: Given) -> bool:
        """Take what a row gives, all or nothing; whether it was anything new.

        Raises RowProblem where it contradicts what is there.
        """
        new_fields = {k: v for k, v in given.fields.items() if k not in self.fields}
        if not given.first_wins:
            self._refuse_other_fields(given)
        new_entries = [entry for entry in given.entries if self._is_new(entry)]
        self.fields.update(new_fields)
        self.origins.update(dict.fromkeys(new_fields, given.origin))
        for path, period, value in new_entries:
            self.entries.setdefault(path, {})[period] = (period.name, value, given.origin)
        return bool(new_fields or new_entries)

    def _refuse_other_fields(self, given: Given) -> None:
        for key, value in given.fields.items():
            if key in self.fields and self.fields[key] != value:
                raise RowProblem(
                    f"its `{key}` ({_brief(value)}) is not that of {self.origins[key]}"
                    f" ({_brief(self.fields[key])})"
                )

    def _is_new(self, entry: tuple[str, Period, Any]) -> bool:
        path, period, value = entry
        known = self.entries.get(path, {}).get(period)
        if known is None:
            return True
        name, other, origin = known
        if other == value:
            return False
        raise RowProblem(
            f"{path} of {name}: {_brief(value)} here, but {_brief(other)} in {origin}, which stays"
        )

    def data(self, order: tuple[str, ...]) -> dict[str, Any]:
        """The record as it will be written: keys in order, entries by period."""
        data = dict(self.fields)
        for path, found in self.entries.items():
            kept = [(p, name, v) for p, (name, v, _) in found.items() if v is not None]
            if kept:
                _put(data, path.split("."), {name: v for _, name, v in sorted(kept, key=_by_day)})
        return {key: data[key] for key in order if key in data}


def _by_day(entry: tuple[Period, str, Any]) -> tuple[Any, str]:
    return (entry[0], entry[1])


def _put(data: dict[str, Any], steps: list[str], entries: dict[str, Any]) -> None:
    *above, last = steps
    for step in above:
        below = data.get(step)
        data[step] = data = dict(below) if isinstance(below, dict) else {}
    given = data.get(last)
    data[last] = {**given, **entries} if isinstance(given, dict) else entries


def _brief(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def period_of(calendar: Calendar, key: Any) -> Period:
    """The period an entry is for. Raises RowProblem."""
    try:
        return calendar.parse(str(key).strip())
    except BadPeriod as error:
        raise RowProblem(str(error)) from None
