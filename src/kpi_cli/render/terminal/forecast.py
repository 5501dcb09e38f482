"""`kpi forecast` on a terminal: where each KPI ends, its periods, and how good forecasts were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from kpi_cli.analysis.backtest import RESCALE_FROM, Backtest
from kpi_cli.analysis.ledger import LedgerScore
from kpi_cli.render.terminal.paper import Screen, clean, paragraph, print_lines, screened
from kpi_cli.render.terminal.parts import section
from kpi_cli.render.terminal.table import Column, Row, fit
from kpi_cli.views.forecast import ForecastLine, ForecastView

COLUMNS = (
    Column("name", "KPI", least=20),
    Column("ends", "Ends at about"),
    Column("range", "8 of 10 cases"),
    Column("goal", "Target", least=14),
    Column("chance", "Chance", right=True),
    Column("words", "In words", least=20),
    Column("id", "Id"),
)
LOSS = ("id", "range", "goal")
PERIODS = (
    Column("date", "Period to"),
    Column("median", "Middle", right=True),
    Column("range", "8 of 10 cases"),
    Column("wide", "19 of 20 cases"),
)


def forecast(view: ForecastView, screen: Screen, *, periods: bool) -> str:
    """The table; `periods` adds each KPI's periods one by one."""
    lines: list[Text] = []
    if view.lines:
        lines += _table(view.lines, screen)
        lines += [Text(), *_note(screen)]
    else:
        lines += paragraph("No KPI matches this selection.", screen)
    if periods:
        for one in view.lines:
            lines += _periods(one, screen)
    if view.backtest or view.ledger:
        lines += section("How good such forecasts were")
        lines += [*_backtest(view, screen)]
    return print_lines(lines, screen)


def _note(screen: Screen) -> Iterator[Text]:
    text = "If nothing changes: what the figures so far lead to, no verdict on people."
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
        yield "Too few values to test forecasts on: a KPI needs 9 or more."
        return
    yield (
        f"On your own data: {found.forecasts:,} forecasts that have come true or not, "
        f"{found.questions:,} questions asked of them."
    )
    worth = "better" if found.brier < found.climatology else "no better"
    yield (
        f"Brier score {found.brier:.3f}, {worth} than always saying the base rate "
        f"({found.climatology:.3f}); calibration error {found.ece:.3f}."
    )
    yield (
        f"Intervals meant to hold 80 % held {found.cover80:.0%}, those for 95 % "
        f"{found.cover95:.0%}.".replace("%", " %").replace("  %", " %")
    )
    if found.rescale is None:
        yield f"From {RESCALE_FROM} forecasts on the spread is fitted to your data."
    else:
        yield f"Fitted to your data: spreads above are multiplied by {found.rescale:.2f}."


def _stored(found: LedgerScore | None) -> Iterator[str]:
    if found is None or not found.stored:
        yield "No forecast is stored yet: `kpi forecast --record` keeps today's."
        return
    yield f"Stored forecasts: {found.stored}, of which {found.resolved} have come due."
    if found.brier is not None and found.said is not None and found.came is not None:
        yield (
            f"Their Brier score is {found.brier:.3f} (base rate {found.climatology:.3f}); said on "
            f"average {found.said:.0%}, came true {found.came:.0%}.".replace("%", " %")
        )
