"""`kpi show` on a terminal: one KPI with its series, or one objective with what is below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from kpi_cli.locale import N_, _
from kpi_cli.render.terminal.drawing import draw
from kpi_cli.render.terminal.paper import (
    Screen,
    clean,
    paragraph,
    print_lines,
    screened,
)
from kpi_cli.render.terminal.parts import decisions, fact_text, head, pairs, section, words, work
from kpi_cli.render.terminal.signs import profile, sign, signed
from kpi_cli.render.terminal.table import Column, Row, fit
from kpi_cli.render.terminal.why import moved, why
from kpi_cli.views.definition import ChangeRow
from kpi_cli.views.kpi import KpiPage
from kpi_cli.views.objective import ObjectivePage
from kpi_cli.views.rows import KpiRow, ObjectiveRow
from kpi_cli.views.show import Drawing

COLUMNS = (
    Column("status", N_("Status")),
    Column("name", N_("Name"), least=20),
    Column("now", N_("Now"), least=40),
    Column("target", N_("Target"), least=14),
    Column("owner", N_("Owner")),
    Column("id", N_("Id")),
)
LOSS = ("owner", "target", "now")


def kpi(page: KpiPage, drawing: Drawing, screen: Screen) -> str:
    """One KPI."""
    lines: list[Text] = list(head(page.ref, page.headline, page.badge, page.other, screen))
    lines.append(Text())
    keys = [
        (key.label, f"{key.value} · {key.detail}" if key.detail else key.value) for key in page.keys
    ]
    lines += pairs(keys, screen)
    if drawing.moments:
        lines += section(_("Series"))
        lines += draw(drawing, screen)
    lines += _outlook(page, screen)
    lines += why(page.why, screen)
    lines += _milestones(page, screen)
    lines += _said_and_done(page, screen)
    if page.when_red:
        lines += section(_("When it goes the wrong way"))
        lines += paragraph(clean(page.when_red, screen), screen, indent="  ")
    if page.changes:
        lines += section(_("Target changes"))
        lines += pairs([(change.on, _change(change)) for change in page.changes], screen)
    lines += _facts(page, screen)
    return print_lines(lines, screen)


def _outlook(page: KpiPage, screen: Screen) -> Iterator[Text]:
    told = page.outlook
    texts = [told.signal, told.forecast if told.signal else "", told.evidence or "", *told.notes]
    if not any(texts):
        return
    yield from section(_("Signal and forecast"))
    for text in texts:
        if text:
            yield from paragraph(clean(text, screen), screen, indent="  ")


def _milestones(page: KpiPage, screen: Screen) -> Iterator[Text]:
    if not page.milestones:
        return
    yield from section(_("Milestones"))
    for row in page.milestones:
        due = ", " + _("due {day}", day=row.due) if row.due else ""
        weight = ", " + _("weight {weight}", weight=row.weight) if row.weight != "1" else ""
        mark = sign(row.badge, screen)
        yield from paragraph(
            f"{clean(row.name, screen)}: {row.state}{due}{weight}",
            screen, indent=f"  {mark} ", hanging=" " * (3 + len(mark)),
        )  # fmt: skip


def _said_and_done(page: KpiPage | ObjectivePage, screen: Screen) -> Iterator[Text]:
    if page.words:
        yield from section(_("Check-ins"))
        yield from words(page.words, screen)
    if page.actions:
        yield from section(_("Actions"))
        yield from work(page.actions, screen)
    if page.initiatives:
        yield from section(_("Initiatives"))
        yield from work(page.initiatives, screen)
    if page.decisions:
        yield from section(_("Decisions"))
        yield from decisions(page.decisions, screen)


def _change(change: ChangeRow) -> str:
    due = _("due {day}", day=change.due) if change.due else ""
    parts = [change.target or "", due, change.reason or ""]
    approved = _("approved by {person}", person=change.approved_by)
    parts.append(approved if change.approved_by else "")
    return "; ".join(part for part in parts if part)


def _facts(page: KpiPage, screen: Screen) -> Iterator[Text]:
    yield from section(_("About it"))
    rows = [(label, text) for label, text in page.texts]
    rows += [(fact.label, fact_text(fact)) for fact in page.facts]
    if page.source:
        rows.append((_("Source"), f"{page.source[0]}: {page.source[1]}"))
    rows += [
        (_("Guard-rail"), f"{row.ref.label} ({row.ref.id}): {row.badge.word.lower()}")
        for row in page.guardrails
    ]
    if page.place:
        rows.append((_("Written in"), f"{page.place.path}:{page.place.line}"))
    yield from pairs(rows, screen)


def objective(page: ObjectivePage, screen: Screen) -> str:
    """One objective."""
    lines: list[Text] = list(head(page.ref, page.headline, page.badge, page.other, screen))
    if page.why:
        lines.append(Text())
        lines += paragraph(clean(page.why, screen), screen, style="quiet")
    lines.append(Text())
    for text in page.standing:
        lines += paragraph(screened(text, screen), screen)
    if page.profile:
        lines.append(Text.assemble(_("KPIs below:"), " ", *profile(page.profile, screen)))
    if page.evidence:
        lines += section(_("Evidence"))
        lines += _kpis(page.evidence, screen)
    if page.supporting:
        lines += section(_("Supported by"))
        lines += _objectives(page.supporting, screen)
    lines += moved(page.moved, screen)
    lines += _said_and_done(page, screen)
    if page.tensions:
        lines += section(_("Settled tensions"))
        lines += pairs(
            [
                (one.on or "–", f"{one.about.label if one.about else ''}: {one.agreed}")
                for one in page.tensions
            ],
            screen,
        )
    lines += section(_("About it"))
    rows = [(fact.label, fact_text(fact)) for fact in page.facts]
    if page.closed:
        rows.append((page.closed[0], page.closed[1] or ""))
    if page.place:
        rows.append((_("Written in"), f"{page.place.path}:{page.place.line}"))
    lines += pairs(rows, screen)
    return print_lines(lines, screen)


def _kpis(rows: Sequence[KpiRow], screen: Screen) -> Iterator[Text]:
    cells: list[Row] = [
        {
            "status": signed(row.badge, screen),
            "name": Text(clean(row.ref.label, screen)),
            "now": Text(clean(row.now or "–", screen)),
            "target": Text(clean(row.target or "–", screen)),
            "owner": Text(clean(row.owner or _("no owner"), screen)),
            "id": Text(row.ref.id, "path"),
        }
        for row in rows
    ]
    yield from _table(cells, screen)


def _objectives(rows: Sequence[ObjectiveRow], screen: Screen) -> Iterator[Text]:
    cells: list[Row] = [
        {
            "status": signed(row.badge, screen),
            "name": Text(clean(row.ref.label, screen)),
            "now": Text(screened(f"{row.progress} / {row.expected}", screen)),
            "owner": Text(clean(row.owner or _("no owner"), screen)),
            "id": Text(row.ref.id, "path"),
        }
        for row in rows
    ]
    yield from _table(cells, screen)


def _table(cells: Sequence[Row], screen: Screen) -> Iterator[Text]:
    layout = fit(COLUMNS, cells, screen, LOSS, indent=2)
    for one in (layout.head(), *(part for row in cells for part in layout.lines(row))):
        yield Text.assemble("  ", one)
