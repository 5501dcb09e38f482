"""`kpi check-smart` for people: the KPIs that need work first, each with scores and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from rich.cells import cell_len
from rich.text import Text

from kpi_cli.checks.score import ABOVE_LOWEST, CRITERIA
from kpi_cli.checks.smart import Graded, GradedObjective, Smart
from kpi_cli.diagnostics import Finding, Severity, Suppressed
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.render.terminal.findings import Sources, fixable, footer, one_finding
from kpi_cli.render.terminal.paper import Screen, clean, pad, paragraph, print_lines, screened
from kpi_cli.render.terminal.table import Column, Row, fit
from kpi_cli.views.findings import FindingsView

GOOD, POOR = 80, 50
CALM = 98
"""From here on the table has no advice: a point more is no news."""
MOST = 8
"""KPIs shown with all their findings where the whole plan is looked at."""
ALSO = 5
"""Findings shown of what is neither a KPI nor an objective."""


def smart(
    view: FindingsView,
    files: Mapping[str, bytes],
    screen: Screen,
    *,
    everything: bool = False,
    excerpts: bool = False,
) -> str:
    """Blocks of those that need work, a calm table of the rest, objectives, the count.

    `everything` gives each KPI its block, `excerpts` each finding, notes too, its lines.
    """
    found = view.smart
    if found is None or not (found.kpis or found.objectives):
        nothing = Text(_("There is nothing to judge: no live KPI and no objective."))
        return print_lines([nothing], screen)
    sources = Sources(files)
    ordered = sorted(found.kpis, key=lambda one: (one.scores.total, one.id))
    full, rest = _split(ordered, everything=everything)
    lines = [*_headline(found, screen), Text()]
    for one in full:
        lines += _block(one, sources, screen, excerpts=excerpts, alone=everything)
    lines += _table(rest, screen, more=bool(full))
    if excerpts:
        lines += _in_full(view, found, sources, screen)
    else:
        lines += _goals(found.objectives, screen)
        told = {id(f) for one in full for f in one.counted} if everything else set[int]()
        lines += _elsewhere(view, found, screen, told)
    lines.append(footer(view))
    lines += fixable(view, screen)
    lines += _end(view, found, screen)
    return print_lines(lines, screen)


def _split(ordered: list[Graded], *, everything: bool) -> tuple[list[Graded], list[Graded]]:
    if everything or len(ordered) <= 3:
        return ordered, []
    full = [one for one in ordered if one.worst in (Severity.ERROR, Severity.WARNING)][:MOST]
    shown = {one.id for one in full}
    return full, [one for one in ordered if one.id not in shown]


def _headline(found: Smart, screen: Screen) -> Iterator[Text]:
    count = len(found.kpis)
    if not count:
        told = ngettext("{n} objective, no KPI", "{n} objectives, no KPI", len(found.objectives))
        yield Text(told, "head")
        return
    totals = [one.scores.total for one in found.kpis]
    mean = round(fmean(totals))
    poor = sum(total < POOR for total in totals)
    lowest = min(found.kpis, key=lambda one: (one.scores.total, one.id))
    said = {"mean": mean, "id": lowest.id, "lowest": lowest.total, "whole": count}
    text = N_("SMART {mean} of 100 on average; the lowest is {id} with {lowest}, of {whole} KPIs")
    if count == 1:
        text = N_("SMART {mean} of 100")
    elif poor:
        text = N_(
            "SMART {mean} of 100 on average; the lowest is {id} with {lowest}; {n} of {whole} below"
            " {limit}"
        )
    told = _(text, n=poor, limit=POOR, **said)
    yield from paragraph(clean(told, screen), screen, style="head")


def _tone(score: float) -> str:
    return "good" if score >= GOOD else "risk" if score >= POOR else "bad"


def _block(
    one: Graded, sources: Sources, screen: Screen, *, excerpts: bool, alone: bool
) -> Iterator[Text]:
    """One KPI; `alone` says that what counts from elsewhere is told here and not below."""
    title = Text.assemble(
        (f"{one.total:>3}", _tone(one.total)), "  ",
        (clean(one.name, screen), "head"), (f"  {one.id}", "path"),
    )  # fmt: skip
    yield from paragraph(title, screen, hanging="     ")
    yield from _criteria(one, screen)
    if one.fix:
        label = Text.assemble("     ", (_("cheapest fix:") + " ", "help"))
        hanging = " " * label.cell_len
        yield from paragraph(clean(one.fix, screen), screen, indent=label, hanging=hanging)
    yield Text()
    loud = [f for f in one.findings if excerpts or f.severity is not Severity.INFO]
    for finding in loud:
        yield from one_finding(finding, sources, screen)
        yield Text()
    quiet = [f for f in one.findings if f not in loud]
    counted = one.counted if alone else ()
    if one.counted and not alone:
        codes = ", ".join(sorted({finding.code for finding in one.counted}))
        told = _("also counted, told below: {codes}", codes=codes)
        yield Text(f"     {told}", "quiet")
    yield from _notes(quiet, counted, one.suppressed, screen)


def _criteria(one: Graded, screen: Screen) -> Iterator[Text]:
    parts = Text("     ")
    for letter in CRITERIA:
        score = one.of(letter)
        told = one.scores.evidence[letter]
        parts.append(f"{letter} ")
        parts.append(f"{score}", _tone(score))
        parts.append(f" ({told})   ", "quiet")
    yield parts
    if one.unknown:
        codes = ", ".join(one.unknown)
        text = _("cannot be told for want of figures or fields: {codes}", codes=codes)
        yield from paragraph(text, screen, indent="     ", style="quiet")


def _notes(
    quiet: Sequence[Finding],
    counted: Sequence[Finding],
    suppressed: Sequence[Suppressed],
    screen: Screen,
) -> Iterator[Text]:
    """Notes and what counts from elsewhere, a line each; what is set aside, with its reason."""
    rows = [(finding, _("note")) for finding in quiet]
    rows += [(finding, str(finding.severity)) for finding in counted]
    for finding, word in rows:
        head = Text.assemble("     ", (f"{word} {finding.code}: ", "quiet"))
        text = clean(finding.message, screen)
        yield from paragraph(text, screen, indent=head, hanging="       ")
    for one in suppressed:
        head = Text.assemble(
            "     ", (_("set aside {code}:", code=one.finding.code) + " ", "quiet")
        )
        text = f"{clean(one.finding.message, screen)} ({clean(one.reason, screen)})"
        yield from paragraph(text, screen, indent=head, hanging="       ")
    if rows or suppressed:
        yield Text()


def _table(rest: Sequence[Graded], screen: Screen, *, more: bool) -> Iterator[Text]:
    if not rest:
        return
    title = _("The others, lowest first") if more else _("All KPIs, lowest first")
    yield Text(title, "head")
    columns = (
        Column("total", "SMART", right=True),
        Column("id", "KPI", least=16),
        *(Column(letter, letter, right=True) for letter in CRITERIA),
        Column("fix", N_("Cheapest fix"), least=24),
    )
    rows: list[Row] = [_row(one, screen) for one in rest]
    layout = fit(columns, rows, screen, ("fix",))
    yield layout.head()
    for row in rows:
        yield from layout.lines(row)
    yield Text()


def _row(one: Graded, screen: Screen) -> Row:
    fix = one.fix if one.fix and one.total < CALM else ""
    cells = {letter: Text(str(one.of(letter)), _tone(one.of(letter))) for letter in CRITERIA}
    return {
        "total": Text(str(one.total), _tone(one.total)),
        "id": Text(clean(one.id, screen)),
        **cells,
        "fix": Text(clean(fix, screen), "quiet"),
    }


def _goals(goals: Sequence[GradedObjective], screen: Screen) -> Iterator[Text]:
    """Objectives with a finding; their score O is their own."""
    named = [one for one in goals if one.findings]
    if not named:
        return
    yield Text(_("Objectives"), "head")
    wide = max(cell_len(one.id) for one in named)
    for one in sorted(named, key=lambda goal: (goal.score, goal.id)):
        head = Text.assemble(
            (f"{one.score:>3}", _tone(one.score)), f"  {pad(clean(one.id, screen), wide)}  ",
        )  # fmt: skip
        for finding in one.findings:
            tone = {"error": "bad", "warning": "risk"}.get(finding.severity, "quiet")
            text = Text.assemble((f"{finding.code} ", tone), clean(finding.message, screen))
            yield from paragraph(text, screen, indent=head, hanging=" " * (wide + 7))
            head = Text(" " * (wide + 7))
    yield Text()


def _in_full(view: FindingsView, found: Smart, sources: Sources, screen: Screen) -> Iterator[Text]:
    """All that is no finding at a KPI with its block, each with its lines."""
    graded = {one.id for one in found.kpis}
    for finding in view.findings:
        if finding.subject not in graded:
            yield from one_finding(finding, sources, screen)
            yield Text()


def _elsewhere(view: FindingsView, found: Smart, screen: Screen, told: set[int]) -> Iterator[Text]:
    """Findings at teams, people and settings, and those that name a KPI not graded."""
    graded = {one.id for one in found.kpis} | {one.id for one in found.objectives}
    others = [f for f in view.findings if f.subject not in graded and id(f) not in told]
    if not others:
        return
    others.sort(key=lambda finding: (finding.severity.rank, finding.sort_key))
    shown = others[:ALSO]
    yield Text(_("Elsewhere"), "head")
    for finding in shown:
        tone = {"error": "bad", "warning": "risk"}.get(finding.severity, "quiet")
        where = f"{clean(finding.path, screen)}:{finding.line}"
        text = Text.assemble((f"{finding.code} ", tone), f"{clean(finding.message, screen)}  ")
        text.append(where, "path")
        yield from paragraph(text, screen, indent="  ", hanging="    ")
    if len(shown) < len(others):
        more = _("and {n} more; --verbose shows them all", n=len(others) - len(shown))
        yield Text(f"  {more}", "quiet")
    yield Text()


def _end(view: FindingsView, found: Smart, screen: Screen) -> Iterator[Text]:
    aside = sum(one.source for one in view.suppressed)
    debt = len(view.suppressed) - aside
    parts = []
    if aside:
        parts.append(
            ngettext(
                "{n} finding set aside with reasons, not deducted",
                "{n} findings set aside with reasons, not deducted",
                aside,
            )
        )
    if debt:
        parts.append(_("{n} of the baseline not counted", n=debt))
    if view.elsewhere:
        parts.append(_("{n} from before not counted", n=view.elsewhere))
    scoring = found.scoring
    if found.is_weighted:
        shown = " ".join(f"{letter} {found.weights[letter]:g}" for letter in CRITERIA)
        scoring = _("{scoring} with weights {weights}", scoring=scoring, weights=shown)
    parts.append(
        _(
            "scoring {scoring}: the mean, at most the lowest + {n}; in brackets how many rules"
            " could tell",
            scoring=scoring,
            n=ABOVE_LOWEST,
        )
    )
    for part in parts:
        text = part[0].upper() + part[1:]
        yield from paragraph(screened(text, screen), screen, style="quiet")
