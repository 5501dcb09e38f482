"""`kpi forecast` on a terminal: where each KPI ends, its periods, and how good forecasts were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from kpi_cli.analysis.backtest import RESCALE_FROM, Backtest
from kpi_cli.analysis.ledger import LedgerScore
from kpi_cli.locale import N_, _
from kpi_cli.render.terminal.paper import Screen, clean, paragraph, print_lines, screened
from kpi_cli.render.terminal.parts import section
from kpi_cli.render.terminal.table import Column, Row, fit
from kpi_cli.views.forecast import ForecastLine, ForecastView
from kpi_cli.views.words import how_many, number

COLUMNS = (
    Column("name", N_("KPI"), least=20),
    Column("ends", N_("Ends at about")),
    Column("range", N_("8 of 10 cases")),
    Column("goal", N_("Target"), least=14),
    Column("chance", N_("Chance"), right=True),
    Column("words", N_("In words"), least=20),
    Column("id", N_("Id")),
)
LOSS = ("id", "range", "goal")
PERIODS = (
    Column("date", N_("Period to")),
    Column("median", N_("Middle"), right=True),
    Column("range", N_("8 of 10 cases")),
    Column("wide", N_("19 of 20 cases")),
)


def forecast(view: ForecastView, screen: Screen, *, periods: bool) -> str:
    """The table; `periods` adds each KPI's periods one by one."""
    lines: list[Text] = []
    if view.lines:
        lines += _table(view.lines, screen)
        lines += [Text(), *_note(screen)]
    else:
        lines += paragraph(_("No KPI matches this selection."), screen)
    if periods:
        for one in view.lines:
            lines += _periods(one, screen)
    if view.backtest or view.ledger:
        lines += section(_("How good such forecasts were"))
        lines += [*_backtest(view, screen)]
    return print_lines(lines, screen)


def _note(screen: Screen) -> Iterator[Text]:
    text = _("If nothing changes: what the figures so far lead to, no verdict on people.")
    yield from paragraph(text, screen, style="quiet")


def _table(found: Sequence[ForecastLine], screen: Screen) -> Iterator[Text]:
    rows: list[Row] = [
        {
            "name": Text(clean(one.name, screen), "head"),
            "ends": Text(clean(one.ends, screen)),
            "range": Text(screened(one.range, screen)),
            "goal": Text(clean(one.goal, screen)),
            "chance": Text(screened(one.chance, screen)),
            "words": Text(clean(one.words, screen)),
            "id": Text(one.id, "path"),
        }
        for one in found
    ]
    layout = fit(COLUMNS, rows, screen, LOSS)
    yield layout.head()
    for row in rows:
        yield from layout.lines(row)


def _periods(one: ForecastLine, screen: Screen) -> Iterator[Text]:
    if not one.horizon:
        return
    yield from section(clean(one.name, screen))
    keys = [column.key for column in PERIODS]
    rows: list[Row] = [
        {key: Text(clean(cell, screen)) for key, cell in zip(keys, row, strict=True)}
        for row in one.horizon
    ]
    layout = fit(PERIODS, rows, screen, ("wide",))
    yield layout.head()
    for row in rows:
        yield from layout.lines(row)


def _backtest(view: ForecastView, screen: Screen) -> Iterator[Text]:
    for text in (*_scores(view.backtest), *_stored(view.ledger)):
        yield from paragraph(screened(text, screen), screen, indent="  ")


def _scores(found: Backtest | None) -> Iterator[str]:
    if found is None:
        yield _("Too few values to test forecasts on: a KPI needs 9 or more.")
        return
    yield _(
        "On your own data: {n} forecasts that have come true or not, {questions} questions asked"
        " of them.",
        n=how_many(found.forecasts),
        questions=how_many(found.questions),
    )
    worth = N_(
        "Brier score {brier}, no better than always saying the base rate ({base}); calibration"
        " error {error}."
    )
    if found.brier < found.climatology:
        worth = N_(
            "Brier score {brier}, better than always saying the base rate ({base}); calibration"
            " error {error}."
        )
    yield _(
        worth,
        brier=_score(found.brier),
        base=_score(found.climatology),
        error=_score(found.ece),
    )
    yield _(
        "Intervals meant to hold 80 % held {held80}, those for 95 % {held95}.",
        held80=_percent(found.cover80),
        held95=_percent(found.cover95),
    )
    if found.rescale is None:
        yield _("From {n} forecasts on the spread is fitted to your data.", n=RESCALE_FROM)
    else:
        factor = number(f"{found.rescale:.2f}")
        yield _("Fitted to your data: spreads above are multiplied by {factor}.", factor=factor)


def _score(value: float | None) -> str:
    return number(f"{value:.3f}")


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _stored(found: LedgerScore | None) -> Iterator[str]:
    if found is None or not found.stored:
        yield _("No forecast is stored yet: `kpi forecast --record` keeps today's.")
        return
    yield _(
        "Stored forecasts: {n}, of which {resolved} have come due.",
        n=found.stored,
        resolved=found.resolved,
    )
    if found.brier is not None and found.said is not None and found.came is not None:
        yield _(
            "Their Brier score is {brier} (base rate {base}); said on average {said}, came true"
            " {came}.",
            brier=_score(found.brier),
            base=_score(found.climatology),
            said=_percent(found.said),
            came=_percent(found.came),
        )
