"""`kpi tree` on a terminal: branches, each with sign, name, figure and owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from kpi_cli.locale import _
from kpi_cli.render.terminal.paper import (
    Screen,
    clean,
    fold,
    in_a_row,
    paragraph,
    print_lines,
    screened,
)
from kpi_cli.render.terminal.signs import legend, profile, sign
from kpi_cli.views.tree import Twig
from kpi_cli.views.words import BADGES

UNICODE = ("├─ ", "└─ ", "│  ", "   ")
ASCII = ("|- ", "`- ", "|  ", "   ")
LEAST = 24
"""Columns a text keeps, however deep it stands."""


def tree(title: str, twigs: Sequence[Twig], screen: Screen) -> str:
    """All trees, then what the signs mean."""
    lines: list[Text] = list(paragraph(clean(title, screen), screen, style="quiet"))
    for twig in twigs:
        lines.append(Text())
        lines += _draw(twig, "", "", screen)
    if not twigs:
        lines += [Text(), Text(_("There is no objective and no KPI yet"))]
    used = {twig.badge.status for root in twigs for twig in _every(root)}
    used |= {c.badge.status for root in twigs for t in _every(root) for c in t.profile}
    badges = [badge for badge in BADGES.values() if badge.status in used]
    if badges:
        lines.append(Text())
        lines += paragraph(legend(badges, screen), screen, style="quiet")
    return print_lines(lines, screen)


def _every(twig: Twig) -> Iterator[Twig]:
    yield twig
    for below in twig.below:
        yield from _every(below)


def _draw(twig: Twig, first: str, rest: str, screen: Screen) -> Iterator[Text]:
    """The twig's own lines, then its branches; `first` and `rest` begin its lines."""
    inner = UNICODE[2] if not screen.ascii else ASCII[2]
    hang = rest + (inner if twig.below else "   ")
    yield from _own(twig, first, hang, screen)
    signs = ASCII if screen.ascii else UNICODE
    for number, below in enumerate(twig.below):
        last = number == len(twig.below) - 1
        yield from _draw(
            below,
            rest + (signs[1] if last else signs[0]),
            rest + (signs[3] if last else signs[2]),
            screen,
        )


def _own(twig: Twig, first: str, hang: str, screen: Screen) -> Iterator[Text]:
    mark = f"{sign(twig.badge, screen)} "
    style = "" if twig.is_kpi else "head"
    label = clean(twig.label, screen)
    if twig.focus:
        label = screened(f"→ {label}", screen)
    room = None if screen.width is None else max(screen.width - cell_len(first + mark), LEAST)
    details = _details(twig, screen)
    if twig.is_kpi and not twig.again and (room is None or cell_len(f"{label}  {details}") <= room):
        yield Text.assemble(
            (first, "quiet"), (mark, twig.badge.tone), (label, style), (f"  {details}", "quiet")
        )
        return
    if twig.again:
        label, details = f"{label}  {screened('↑ ' + _('see above'), screen)}", ""
    for number, part in enumerate(fold(Text(label, style), room)):
        begin = [(hang, "quiet")] if number else [(first, "quiet"), (mark, twig.badge.tone)]
        yield Text.assemble(*begin, part)
    if details:
        least = None if screen.width is None else max(screen.width - cell_len(hang), LEAST)
        for part in fold(Text(details, "quiet"), least):
            yield Text.assemble((hang, "quiet"), part)


def _details(twig: Twig, screen: Screen) -> str:
    figure = clean(twig.figure, screen)
    parts = [figure, clean(twig.owner or _("no owner"), screen), twig.id]
    parts += [clean(text, screen) for text in twig.leads]
    if not twig.is_kpi:
        counts = "".join(part.plain for part in profile(twig.profile, screen))
        parts = [clean(twig.place or "", screen), *parts, counts]
    return in_a_row(parts, screen)
