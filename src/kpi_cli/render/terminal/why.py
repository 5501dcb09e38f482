"""Why a KPI or an objective moved, on a terminal: sentences, then a line for each part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from kpi_cli.locale import _, ngettext
from kpi_cli.render.terminal.paper import Screen, clean, paragraph, screened
from kpi_cli.render.terminal.parts import section
from kpi_cli.render.terminal.signs import sparkline
from kpi_cli.render.terminal.table import Column, Row, fit
from kpi_cli.views.contributions import ContributionWords
from kpi_cli.views.why import WhyWords

TREND = 12
"""Values of the sparkline."""


def why(words: WhyWords | None, screen: Screen) -> Iterator[Text]:
    """The section of a KPI that has segments or inputs."""
    if words is None or not words.rows:
        return
    yield from section(_("Why"))
    yield from _sentences(words.told, screen)
    first = _("Segment") if words.kind == "segments" else _("Input")
    columns = [Column("name", first, least=16), Column("latest", _("Latest"), right=True)]
    columns.append(Column("trend", _("Trend")))
    if words.explained:
        columns += [
            Column("before", _("Before"), right=True),
            Column("since", _("Since"), right=True),
        ]
        columns.append(Column("amount", _("Effect"), right=True))
    if words.is_ratio:
        columns += [Column("rate", _("By its rate"), right=True)]
        columns += [Column("mix", _("By its weight"), right=True)]
    rows: list[Row] = [
        {
            "name": Text(clean(row.label, screen)),
            "latest": Text(screened(row.latest or "–", screen)),
            "trend": Text(
                sparkline(row.spark.values[-TREND:] if row.spark else (), screen), "path"
            ),
            "before": Text(screened(row.before or "–", screen)),
            "since": Text(screened(row.since or "–", screen)),
            "amount": Text(screened(row.amount or "–", screen), "head"),
            "rate": Text(screened(row.rate or "–", screen)),
            "mix": Text(screened(row.mix or "–", screen)),
        }
        for row in words.rows
    ]
    yield from _table(columns, rows, screen)
    if words.more:
        yield Text("  " + ngettext("one more", "{n} more", words.more, n=words.more), "quiet")


def moved(words: ContributionWords | None, screen: Screen) -> Iterator[Text]:
    """The section of an objective."""
    if words is None:
        return
    yield from section(_("Why"))
    yield from _sentences(words.told, screen)
    columns = (
        Column("name", _("Contributor"), least=24),
        Column("before", words.since, right=True),
        Column("since", _("Now"), right=True),
        Column("amount", _("Effect"), right=True),
        Column("signals", _("Signals in")),
    )
    rows: list[Row] = [
        {
            "name": Text(clean(row.ref.label, screen)),
            "before": Text(screened(row.before, screen)),
            "since": Text(screened(row.after, screen)),
            "amount": Text(screened(row.amount, screen), "head"),
            "signals": Text(", ".join(ref.id for ref in row.signals), "path"),
        }
        for row in words.rows
    ]
    if rows:
        yield from _table(columns, rows, screen)


def _sentences(told: Sequence[str], screen: Screen) -> Iterator[Text]:
    for text in told:
        yield from paragraph(clean(text, screen), screen, indent="  ")


LOSS = ("trend", "mix", "rate", "signals", "before", "since")
"""The order in which columns leave a narrow screen."""


def _table(columns: Sequence[Column], rows: Sequence[Row], screen: Screen) -> Iterator[Text]:
    layout = fit(tuple(columns), rows, screen, LOSS, indent=2)
    for one in (layout.head(), *(part for row in rows for part in layout.lines(row))):
        yield Text.assemble("  ", one)
