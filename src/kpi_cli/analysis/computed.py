"""Series of formula KPIs: the formula evaluated for each own period (semantics 1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpi_cli.analysis.formula import Blank, FormulaError, Node, evaluate, parse_formula
from kpi_cli.analysis.observation import Aggregator, combine
from kpi_cli.frozen import dataclass, field
from kpi_cli.locale import N_
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.period import Frequency, Period
from kpi_cli.plan import Plan

_ORDER = list(Frequency)


@dataclass(slots=True)
class SeriesBook:
    """The series of every KPI up to `as_of`, formula KPIs computed on first use.

    `reasons` tells, by KPI and period name, why a computed value is blank.
    """

    plan: Plan
    as_of: date
    reasons: dict[str, dict[str, str]] = field(default_factory=dict)
    _known: dict[str, Rows] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    def of(self, kpi: Kpi) -> Rows:
        """The KPI's rows: as read, or computed. A circle of formulas gives no rows."""
        if kpi.formula is None:
            return self.plan.series.get(kpi.id) or Rows()
        if kpi.id not in self._known:
            self._known[kpi.id] = self._compute(kpi)
        return self._known[kpi.id]

    def all(self) -> Mapping[str, Rows]:
        """Every KPI's rows by id."""
        return {kpi.id: self.of(kpi) for kpi in self.plan.kpis.values()}

    def inputs_of(self, kpi: Kpi, period: Period) -> dict[str, float | None]:
        """The value of each input of a formula KPI for one of its periods; None if blank."""
        try:
            names = parse_formula(kpi.formula or "").names()
        except FormulaError:
            return {}
        inputs = {name: self.plan.kpis[name] for name in names if name in self.plan.kpis}
        return {name: self._input_or_none(kpi, inputs, name, period) for name in names}

    def _input_or_none(
        self, kpi: Kpi, inputs: Mapping[str, Kpi], name: str, period: Period
    ) -> float | None:
        try:
            return self._input(kpi, inputs, name, period)
        except Blank:
            return None

    def _compute(self, kpi: Kpi) -> Rows:
        if kpi.id in self._open or len(self._open) > 100:
            return Rows()
        self._open.add(kpi.id)
        try:
            return self._rows(kpi, parse_formula(kpi.formula or ""))
        except FormulaError:
            return Rows()
        finally:
            self._open.discard(kpi.id)

    def _rows(self, kpi: Kpi, formula: Node) -> Rows:
        inputs = {name: self.plan.kpis[name] for name in formula.names() if name in self.plan.kpis}
        rows, reasons = Rows(), self.reasons.setdefault(kpi.id, {})
        for period in self._periods(kpi, [self.of(one) for one in inputs.values()]):
            try:
                value = evaluate(formula, lambda name, p=period: self._input(kpi, inputs, name, p))  # type: ignore[misc]
                rows.add(period, value)
            except Blank as blank:
                rows.add(period, None)
                reasons[period.name] = blank.args[0]
        return rows

    def _periods(self, kpi: Kpi, series: list[Rows]) -> list[Period]:
        """Own periods from the first input's first actual to `as_of`."""
        firsts = [rows.periods[0].start for rows in series if rows.periods]
        if not firsts:
            return []
        if kpi.frequency is Frequency.IRREGULAR:
            every = {p for rows in series for p in rows.periods if p.end <= self.as_of}
            return sorted(every, key=lambda p: (p.end, p.start))
        between = self.plan.calendar.between(kpi.frequency, min(firsts), self.as_of)
        return [period for period in between if period.end <= self.as_of]

    def _input(self, kpi: Kpi, inputs: Mapping[str, Kpi], name: str, period: Period) -> float:
        source = inputs.get(name)
        if source is None:
            raise Blank(N_("there is no KPI '{name}'", name=name))
        if _coarser(source.frequency, kpi.frequency):
            both = {"coarse": source.frequency.value, "fine": kpi.frequency.value}
            raise Blank(N_("{name} is {coarse}, coarser than {fine}", name=name, **both))
        rows = self.of(source)
        inside = [r for r, p in enumerate(rows.periods) if p.within(period.start, period.end)]
        value = self._value(source, rows, inside)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Blank(N_("{name} has no value for {period}", name=name, period=period.name))
        return value

    def _value(self, source: Kpi, rows: Rows, inside: list[int]) -> object:
        filled = [row for row in inside if rows.values[row] is not None]
        if not filled:
            return None
        if source.window is None:
            return combine(source, rows, inside)
        start = self.plan.start_of(source)
        return Aggregator(source, rows, self.plan.calendar, start).observe(filled[-1], None).value


def _coarser(source: Frequency, own: Frequency) -> bool:
    if Frequency.IRREGULAR in (source, own):
        return False
    return _ORDER.index(source) > _ORDER.index(own)
