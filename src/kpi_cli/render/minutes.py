"""The minutes of a review in Markdown: read before, filled in the meeting, read back after it.

Boxes that are ticked and lines `key: value` are what `kpi review close --minutes` takes; the
comments behind the headings tell it the sections, whatever the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kpi_cli.locale import _
from kpi_cli.render.markdown import text
from kpi_cli.views.review import ActionLine, ReviewPack, Wanted
from kpi_cli.views.review_document import (
    about,
    action_text,
    caveat_texts,
    change_text,
    concern_lines,
    decision_text,
    shift_text,
    why_text,
    win_text,
)

MARK = "kpi-minutes/1"


def minutes(pack: ReviewPack) -> str:
    """The whole pack with boxes to tick, space to write, and how to bring it back."""
    lines = [f"<!-- {MARK} {pack.meeting.id or ''} -->", f"# {text(pack.headline.text)}", ""]
    lines += [text(about(pack)), "", *_agenda(pack)]
    lines += [*_present(pack), *_wanted(pack), *_actions(pack), *_exceptions(pack)]
    lines += [*_lists(pack), *_notes(pack), *_further(pack)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(title: str, mark: str = "") -> list[str]:
    return [f"## {title}" + (f" <!-- {mark} -->" if mark else ""), ""]


def _agenda(pack: ReviewPack) -> Iterator[str]:
    if not pack.agenda:
        return
    yield f"| {_('Agenda item')} | {_('Minutes')} | {_('Entries')} |"
    yield "|---|---:|---:|"
    for point in pack.agenda:
        yield f"| {text(point.title)} | {point.minutes} | {point.count} |"
    yield ""


def _present(pack: ReviewPack) -> Iterator[str]:
    if pack.meeting.attendees:
        yield from _head(_("Present"), "present")
        for one in pack.meeting.attendees:
            yield f"* [{'x' if one.is_present else ' '}] `{one.id}` {text(one.name)}"
        yield ""


def _wanted(pack: ReviewPack) -> Iterator[str]:
    if pack.wanted:
        yield from _head(_("Decisions wanted"), "wanted")
        yield _("Tick one way for each; say more behind `decision:` where it ends in “…”.")
        yield ""
    for one in pack.wanted:
        yield from _one_wanted(one, pack.as_of)


def _one_wanted(one: Wanted, as_of: date) -> Iterator[str]:
    yield f"### {one.number}. {text(one.title)}"
    yield ""
    told = [part for part in (why_text(one), one.otherwise) if part]
    if told:
        yield f"{text('. '.join(told))}."
        yield ""
    for choice in one.choices:
        mark = f" **{_('recommended')}**" if choice.key == one.recommended else ""
        yield f"* [ ] {choice.key}: {text(choice.text)}{mark}"
        if choice.effect:
            yield f"  * {text(_('expected: {effect}', effect=choice.effect))}"
    yield "* decision:"
    yield f"* owner: {one.owner_id or ''}".rstrip()
    due = one.deadline.isoformat() if one.deadline and one.deadline > as_of else ""
    yield f"* due: {due}".rstrip()
    if one.about:
        yield f"* {one.about.kind}: {one.about.id}"
    yield ""


def _actions(pack: ReviewPack) -> Iterator[str]:
    if not (pack.late or pack.due or pack.closed):
        return
    yield from _head(_("Actions"), "actions")
    yield _("Tick what is done.")
    yield ""
    yield from (_action(line) for line in (*pack.late, *pack.due))
    yield ""
    if pack.closed:
        yield f"### {_('Closed since the last review')}"
        yield ""
        yield from (f"* {text(action_text(line))}" for line in pack.closed)
        yield ""


def _action(line: ActionLine) -> str:
    return f"* [ ] `{line.id}` {text(action_text(line))}"


def _exceptions(pack: ReviewPack) -> Iterator[str]:
    if not pack.exceptions:
        return
    yield from _head(_("Exceptions"))
    for one in pack.exceptions:
        row = one.card.row
        yield f"* {(row.other or row.badge).glyph} **{text(row.ref.label)}** (`{row.ref.id}`)"
        yield from (f"  * {text(line)}" for line in concern_lines(one))
    yield ""


def _lists(pack: ReviewPack) -> Iterator[str]:
    signals = [f"{row.sign.text} {row.ref.label}: {row.badge.word.lower()}" for row in pack.signals]
    changes = [change_text(row) for row in pack.changes]
    changes += [
        f"{_('proposed to look at: {kpi}', kpi=one.ref.label)} ({'; '.join(one.evidence)})"
        for one in pack.proposed
    ]
    yield from _list(_("Wins to recognise"), map(win_text, pack.wins))
    yield from _list(_("Signals and forecast changes"), [*signals, *map(shift_text, pack.shifts)])
    yield from _list(_("Metric changes"), changes)
    yield from _list(_("Data caveats"), caveat_texts(pack))
    yield from _list(_("Decisions since the last review"), map(decision_text, pack.decisions))


def _list(title: str, rows: Iterable[str]) -> Iterator[str]:
    told = list(rows)
    if told:
        yield from _head(title)
        yield from (f"* {text(row)}" for row in told)
        yield ""


def _notes(pack: ReviewPack) -> Iterator[str]:
    yield from _head(_("Notes"), "notes")
    if pack.meeting.notes:
        yield text(pack.meeting.notes)
    yield ""


def _further(pack: ReviewPack) -> Iterator[str]:
    yield from _head(_("Further decisions"), "decisions")
    yield "* [ ] … | owner: | due: | kpi:"
    yield ""
    yield from _head(_("New actions"), "new-actions")
    yield "* [ ] … | kpi: | owner: | due: | cause: | expected:"
    yield ""
    name = pack.meeting.id or "ID"
    command = f"kpi review close {name} --minutes FILE"
    yield _("Tick, fill in and bring it back with `{command}`.", command=command)
