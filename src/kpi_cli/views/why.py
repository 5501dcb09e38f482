"""Why a KPI moved, in words: its segments or the inputs of its formula, and what each did."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from kpi_cli.analysis.computed import SeriesBook
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.formula import FormulaError, parse_formula
from kpi_cli.analysis.results import KpiResult
from kpi_cli.analysis.why import REST, Move, Part, Why, why_of
from kpi_cli.frozen import dataclass, replace
from kpi_cli.kinds.base import Datum
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.models.series import Rows
from kpi_cli.views.charts import Effect, Spark
from kpi_cli.views.facts import Ref, Work, datum_text, scale_of
from kpi_cli.views.words import Scale, listed

ROUTINE = N_("Routine variation: without a signal no explanation is sought.")
NO_PARTS = N_(
    "A signal, and neither segments nor a formula to take it apart: ask where it happens."
)
NAMED = 3
"""Parts that the sentence names; the table has more."""
MOST = 12
"""Parts in the table; JSON has all of them."""
TREND = 18
"""Latest values drawn of each part."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A segment or an input: its latest figure and trend; where the signal is explained also its
    figure before and since, and what it did to the whole: `rate` and `mix` of a ratio's segment."""

    label: str
    ref: Ref | None
    latest: str | None
    period: str | None
    spark: Spark | None
    before: str | None = None
    since: str | None = None
    amount: str | None = None
    rate: str | None = None
    mix: str | None = None
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class WhyWords:
    """`told` are whole sentences, the last one the alert where there is one. `kind` says what the
    parts are: segments or inputs. `more` counts the parts that are not in the table."""

    told: tuple[str, ...]
    kind: str
    explained: bool
    is_ratio: bool
    rows: tuple[PartRow, ...]
    more: int


def why_words(work: Work) -> WhyWords | None:
    """What a page says of the causes in the figures; None where there are no figures."""
    kpi = work.result.kpi
    why = why_of(work.assessment, kpi.id)
    if why is None:
        return None
    move = why.move
    rows = _rows(work, move)
    return WhyWords(
        told=tuple(_told(work, why)),
        kind="inputs" if kpi.formula else "segments",
        explained=move is not None,
        is_ratio=move is not None and move.kind == "ratio",
        rows=tuple(rows[:MOST]),
        more=max(len(rows) - MOST, 0),
    )


def _told(work: Work, why: Why) -> list[str]:
    if why.state == "too few":
        return []  # the sentence on the limits says it
    if why.state == "routine":
        return [_(ROUTINE)]
    return [_(NO_PARTS)] if why.move is None else move_text(work, why.move)


def move_text(work: Work, move: Move) -> list[str]:
    """From what to what, by which parts, and what a reader might overlook."""
    found = [_span_text(work.scale, move)]
    told = _Amounts(work.scale, move)
    named = [f"{_label(work, part)} {told.text(part.amount)}" for part in move.parts[:NAMED]]
    others = move.parts[NAMED:]
    if others:
        total = told.text(sum(part.amount for part in others))
        named.append(
            ngettext(
                "one other {total}", "{n} others {total}", len(others), n=len(others), total=total
            )
        )
    found.append(_("By part: {parts}.", parts=listed(named)))
    if move.kind == "ratio" and len(move.parts) > 1:
        rate = told.text(sum(part.rate or 0.0 for part in move.parts))
        mix = told.text(sum(part.mix or 0.0 for part in move.parts))
        text = _("Their own rates did {rate}, the shift of weight between them {mix}.",
                 rate=rate, mix=mix)  # fmt: skip
        found.append(text)
    if move.is_simpson:
        found.append(
            _("Careful: every segment went one way and the whole the other, for the weights moved.")
        )
    return found


class _Amounts:
    """Effects in words, with the decimals of the largest: the rest of three digits is none."""

    def __init__(self, scale: Scale, move: Move) -> None:
        self.scale = scale
        self.largest = max((abs(part.amount) for part in move.parts), default=0.0)

    def text(self, amount: float) -> str:
        """`+2.28 pp`."""
        if not self.largest:
            return self.scale.change(0.0)
        return self.scale.change(round(amount, 2 - floor(log10(self.largest))) + 0.0)


def _span_text(scale: Scale, move: Move) -> str:
    first, last = move.spans.before[0].name, move.spans.before[-1].name
    both = {
        "before": scale.figure(move.before),
        "after": scale.figure(move.after),
        "since": move.spans.since[0].name,
        "change": scale.change(move.change),
        "span": first if first == last else _("{first} to {last}", first=first, last=last),
    }
    if move.spans.seasonal:
        return _(
            "{before} in the same season before ({span}), {after} since {since}: {change}.", **both
        )
    return _("{before} before ({span}), {after} since {since}: {change}.", **both)


def _label(work: Work, part: Part) -> str:
    if part.is_kpi:
        return work.assessment.plan.kpis[part.name].name
    return _("outside the segments") if part.name == REST else part.name


def _rows(work: Work, move: Move | None) -> list[PartRow]:
    """Segments or inputs, those that did most first."""
    series = _series(work)
    effects = {part.name: part for part in move.parts} if move else {}
    names = [*effects, *(name for name in series if name not in effects)]
    told = _Amounts(work.scale, move) if move else None
    spread = None if work.result.kpi.formula else _spread(list(series.values()))
    return [
        _row(work, name, series.get(name, Rows()), effects.get(name), told, spread)
        for name in names
    ]


def _series(work: Work) -> dict[str, Rows]:
    """The rows of every segment or input, by name or id."""
    plan, kpi = work.assessment.plan, work.result.kpi
    if not kpi.formula:
        return dict(plan.segments.get(kpi.id, {}))
    try:
        names = parse_formula(kpi.formula).names()
    except FormulaError:
        return {}
    book = SeriesBook(plan, work.assessment.as_of)
    return {name: book.of(plan.kpis[name]) for name in names if name in plan.kpis}


def _known(work: Work, rows: Rows) -> list[tuple[str, Datum | None]]:
    as_of = work.assessment.as_of
    return [(period.name, value) for period, value in rows if period.end <= as_of]


def _row(
    work: Work, name: str, rows: Rows, part: Part | None, told: _Amounts | None,
    spread: tuple[float, float] | None,
) -> PartRow:  # fmt: skip
    found = work.assessment.kpis.get(name) if work.result.kpi.formula else None
    scale = scale_of(found, work.assessment.plan.config) if found else work.scale
    known = _known(work, rows)
    last = next(((period, v) for period, v in reversed(known) if v is not None), None)
    label = found.kpi.name if found else name or _("outside the segments")
    row = PartRow(
        label=label,
        ref=Ref("kpi", name, found.kpi.name) if found else None,
        latest=datum_text(last[1], scale) if last else None,
        period=last[0] if last else None,
        spark=_spark(label, known, scale, spread),
    )
    return _with_effect(work, row, part, scale, told) if part and told else row


def _with_effect(work: Work, row: PartRow, part: Part, scale: Scale, told: _Amounts) -> PartRow:
    amount = told.text(part.amount)
    share = part.amount / told.largest if told.largest else 0.0
    return replace(
        row,
        before=None if part.before is None else scale.figure(part.before),
        since=None if part.after is None else scale.figure(part.after),
        amount=amount,
        rate=None if part.rate is None else told.text(part.rate),
        mix=None if part.mix is None else told.text(part.mix),
        effect=Effect(share, _better(work.result, part.amount), f"{row.label} {amount}"),
    )


def _better(result: KpiResult, amount: float) -> bool | None:
    direction = direction_of(result)
    if direction is None or amount == 0:
        return None
    return (amount > 0) == (direction == "increase")


def _spread(every: Sequence[Rows]) -> tuple[float, float] | None:
    """Lowest and highest of all segments: their trends share one scale."""
    values = [v for rows in every for one in rows.values if (v := _figure(one)) is not None]
    return (min(values), max(values)) if values else None


def _figure(value: Datum | None) -> float | None:
    return None if value is None or isinstance(value, str | bool) else float(value)


def _spark(
    label: str, known: Sequence[tuple[str, Datum | None]], scale: Scale,
    spread: tuple[float, float] | None,
) -> Spark | None:  # fmt: skip
    values = [_figure(value) for _name, value in known[-TREND:]]
    figures = [value for value in values if value is not None]
    if len(figures) < 2:
        return None
    told = _(
        "{name}: last {n} values, {first} to {last}",
        name=label, n=len(figures), first=scale.figure(figures[0]), last=scale.figure(figures[-1]),
    )  # fmt: skip
    return Spark(tuple(values), None, told, spread)
