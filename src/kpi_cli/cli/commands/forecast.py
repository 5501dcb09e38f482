"""`kpi forecast`: where each KPI ends if nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import Ids, Objective, Owner, PeriodName, Tag, Team, selected
from kpi_cli.errors import CannotRun
from kpi_cli.frozen import replace
from kpi_cli.locale import ngettext

if TYPE_CHECKING:
    from kpi_cli.analysis.ledger import Stored
    from kpi_cli.views.forecast import ForecastView
    from kpi_cli.workspace import Tree


def forecast(
    run: Run,
    ids: Ids = None,
    team: Team = None,
    owner: Owner = None,
    objective: Objective = None,
    tag: Tag = None,
    period: PeriodName = None,
    backtest: Annotated[
        bool,
        option("--backtest", help="Test such forecasts on your own past, and score stored ones."),
    ] = False,
    record: Annotated[
        bool,
        option("--record", help="Keep today's forecasts in .kpi/forecasts.csv, to be scored."),
    ] = False,
) -> int:
    """Show where each KPI ends if nothing changes, and the chance of its target.

    Examples:
      kpi forecast
      kpi forecast repeat-rate --format json
      kpi forecast --backtest
      kpi forecast --record --as-of 2026-05-31
    """
    from kpi_cli.views.status import chosen

    which = selected(run, ids, team, owner, objective, tag, period)
    names, _ = chosen(run.assessment, which)
    if record:
        _record(run, names)
    view = _view(run, names, backtest)

    def as_text() -> str:
        from kpi_cli.render.terminal.forecast import forecast as text

        return text(view, run.terminal, periods=bool(ids) and len(names) <= 3)

    def as_json() -> str:
        from kpi_cli.render.json import forecast as as_json

        return as_json(view)

    run.write({"text": as_text, "json": as_json})
    run.tell_left_out()
    return 0


def _view(run: Run, names: Sequence[str], backtest: bool) -> ForecastView:
    from kpi_cli.views.forecast import backtest_of, forecast_view

    if not backtest:
        return forecast_view(run.assessment, names)
    from kpi_cli.analysis.ledger import score_ledger

    found = backtest_of(run.assessment, names)
    view = forecast_view(run.assessment, names, found.rescale if found else None)
    wanted = set(names)
    stored = [one for one in _stored(run.tree) if one.kpi in wanted]
    return replace(view, backtest=found, ledger=score_ledger(run.assessment, stored))


def _stored(tree: Tree) -> list[Stored]:
    from kpi_cli.analysis.ledger import PATH, BadLedger, read_ledger

    try:
        return read_ledger(tree.read(PATH).decode("utf-8"))
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        raise CannotRun(f"{PATH} is not UTF-8", help="save it as UTF-8, or delete it") from None
    except BadLedger as fault:
        raise CannotRun(str(fault), help="correct the line, or remove it") from None


def _record(run: Run, names: Sequence[str]) -> None:
    from kpi_cli.analysis.ledger import PATH, merged, todays, write_ledger
    from kpi_cli.edit.store import Edit, Snapshot, perform

    today = todays(run.assessment, names)

    def edit(snapshot: Snapshot) -> Edit[None]:
        text = write_ledger(merged(_stored(snapshot), today))
        return Edit({PATH: text.encode()}, None)

    perform(run.root, edit, dry=False)
    told = ngettext(
        "{n} forecast of {day} kept in {file}",
        "{n} forecasts of {day} kept in {file}",
        len(today),
        day=run.as_of,
        file=PATH,
    )
    run.say(f"kpi: {told}")
