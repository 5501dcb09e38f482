"""Pieces that several pages of the terminal share: heads, facts, words, work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from kpi_cli.locale import _
from kpi_cli.render.terminal.paper import (
    Screen,
    clean,
    columns_of,
    in_a_row,
    pad,
    paragraph,
    screened,
)
from kpi_cli.render.terminal.signs import sign, signed
from kpi_cli.views.facts import Ref
from kpi_cli.views.headline import Headline
from kpi_cli.views.objective import Fact, Word
from kpi_cli.views.rows import DecisionRow, WorkRow
from kpi_cli.views.words import Badge


def head(
    ref: Ref, headline: Headline, badge: Badge, other: Badge | None, screen: Screen
) -> Iterator[Text]:
    """The name, what is true of it, its status and id."""
    yield from paragraph(clean(ref.label, screen), screen, style="head")
    clause = headline.clause[:1].upper() + headline.clause[1:]
    yield from paragraph(clean(clause, screen), screen)
    status = signed(badge, screen)
    figures = ""
    if other:
        mark = f"{sign(other, screen)} {other.word.lower()}"
        figures = ", " + _("{status} by the figures", status=mark)
    yield Text.assemble(status, figures, screened(" · ", screen), (ref.id, "path"))


def section(title: str) -> Iterator[Text]:
    """A blank line and a title."""
    yield Text()
    yield Text(title, "head")


def pairs(rows: Sequence[tuple[str, str]], screen: Screen) -> Iterator[Text]:
    """Labels and texts; the texts begin in one column."""
    indent = columns_of([label for label, _ in rows]) + 2
    for label, text in rows:
        first = Text(pad(label, indent), "quiet")
        yield from paragraph(clean(text, screen), screen, indent=first, hanging=" " * indent)


def fact_text(fact: Fact) -> str:
    """Our words, names out of the files, or records with their ids."""
    named = [*fact.names, *(f"{ref.label} ({ref.id})" for ref in fact.refs)]
    return ", ".join([fact.text, *named] if fact.text else named)


def words(said: Sequence[Word], screen: Screen) -> Iterator[Text]:
    """Check-ins, newest first."""
    for one in said:
        parts = [one.on, one.by or ""]
        if one.badge:
            parts.append(f"{sign(one.badge, screen)} {one.badge.word.lower()}")
        parts += [_("confidence {share}", share=one.confidence) if one.confidence else ""]
        parts += [_("cause: {cause}", cause=one.cause) if one.cause else ""]
        text = in_a_row((clean(part, screen) for part in parts), screen)
        yield from paragraph(text, screen, indent="  ")
        if one.note:
            yield from paragraph(clean(one.note, screen), screen, style="quiet", indent="    ")


def work(rows: Sequence[WorkRow], screen: Screen) -> Iterator[Text]:
    """Actions or initiatives: the title, then owner, due date, state and details."""
    for row in rows:
        yield from paragraph(clean(row.title, screen), screen, indent="  ")
        parts = [row.state_word, row.owner or "", _due(row), *row.detail]
        yield from _detail(parts, screen, "risk" if row.late else "quiet")


def decisions(rows: Sequence[DecisionRow], screen: Screen) -> Iterator[Text]:
    """Decisions of reviews."""
    for row in rows:
        yield from paragraph(clean(row.text, screen), screen, indent="  ")
        yield from _detail([row.review, row.owner or "", _due(row)], screen, "quiet")


def _due(row: WorkRow | DecisionRow) -> str:
    due = _("due {day}", day=row.due) if row.due else ""
    return f"{due}, {row.late}" if due and row.late else due


def _detail(parts: Iterable[str], screen: Screen, style: str) -> Iterator[Text]:
    text = in_a_row((clean(part, screen) for part in parts), screen)
    if text:
        yield from paragraph(text, screen, style=style, indent="    ")
