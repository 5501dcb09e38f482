"""The review pack as sections of lines, for the terminal; and `kpi-review/1`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kpi_cli.locale import _, ngettext
from kpi_cli.views.attention import Win
from kpi_cli.views.document import Document, Grid, Item, Section
from kpi_cli.views.metric_changes import ChangeRow
from kpi_cli.views.review import ActionLine, Concern, Decided, Meeting, ReviewPack, Shift, Wanted
from kpi_cli.views.rows import DecisionRow
from kpi_cli.views.words import day, listed


def document(pack: ReviewPack) -> Document:
    """The pack for people, in the order of the meeting."""
    return Document(pack.headline.text, about(pack), tuple(_sections(pack)))


def about(pack: ReviewPack) -> str:
    """When, for whom, how long, compared with what."""
    meeting = pack.meeting
    parts = [meeting.on_text]
    if pack.as_of != meeting.on:
        parts.append(_("figures of {day}", day=day(pack.as_of)))
    parts += [_("for {reader}", reader=meeting.audience)] if meeting.audience else []
    parts += [ngettext("{n} minute", "{n} minutes", pack.minutes)] if pack.minutes else []
    parts += [_("compared with {since}", since=meeting.since)] if meeting.since else []
    parts += [_("closed on {day}", day=meeting.closed)] if meeting.closed else []
    return " · ".join(parts)


def _sections(pack: ReviewPack) -> Iterator[Section]:
    rows = tuple((point.title, str(point.minutes), str(point.count)) for point in pack.agenda)
    grid = Grid((_("Agenda item"), _("Minutes"), _("Entries")), rows, frozenset({1, 2}))
    yield Section(_("Agenda"), grid=grid)
    yield Section(_("Decisions wanted"), tuple(_wanted(one) for one in pack.wanted))
    yield Section(_("Actions late"), tuple(_action(one) for one in pack.late))
    later = ngettext("{n} more is due later", "{n} more are due later", pack.later)
    note = later if pack.later else None
    yield Section(_("Actions due"), tuple(_action(one) for one in pack.due), note=note)
    yield Section(_("Closed since the last review"), tuple(_action(one) for one in pack.closed))
    note = ngettext("{n} more in `kpi status`", "{n} more in `kpi status`", pack.more)
    yield Section(
        _("Exceptions"),
        tuple(_concern(one) for one in pack.exceptions),
        note=note if pack.more else None,
    )
    yield Section(_("Wins to recognise"), tuple(Item(win_text(w), tone="good") for w in pack.wins))
    note = ngettext("{n} more in `kpi status`", "{n} more in `kpi status`", pack.more_shifts)
    yield Section(
        _("Signals and forecast changes"),
        tuple(_signals(pack)),
        note=note if pack.more_shifts else None,
    )
    yield Section(_("Metric changes"), tuple(_changes(pack)))
    yield Section(_("Data caveats"), tuple(Item(text) for text in caveat_texts(pack)))
    yield Section(
        _("Decisions since the last review"),
        tuple(Item(decision_text(one), tone="risk" if one.late else "") for one in pack.decisions),
    )
    if pack.meeting.notes:
        yield Section(_("Notes"), (Item(pack.meeting.notes),))


def _wanted(one: Wanted) -> Item:
    details = [why] if (why := why_text(one)) else []
    for choice in one.choices:
        effect = _(" (expected: {effect})", effect=choice.effect) if choice.effect else ""
        mark = _(", recommended") if choice.key == one.recommended else ""
        details.append(f"{choice.key}  {choice.text}{effect}{mark}")
    details += [one.otherwise] if one.otherwise else []
    details.append(_by_when(one.owner, one.deadline_text))
    return Item(f"{one.number}. {one.title}", tuple(details))


def why_text(one: Wanted) -> str:
    """`Days until customers pay: off track: 53.6 days, target 42 days`."""
    if one.about is None or one.kind == "conflict":
        return one.why
    return f"{one.about.label}: {one.why}" if one.why else one.about.label


def _by_when(owner: str | None, due: str | None) -> str:
    who = owner or _("nobody named")
    return _("{owner}, by {day}", owner=who, day=due) if due else who


def _action(line: ActionLine) -> Item:
    return Item(f"{action_text(line)} ({line.id})", tone="risk" if line.row.late else "")


def action_text(line: ActionLine) -> str:
    """`Agree a plan: Trương Sơn, due 15 May 2026, 16 days late; for Days until customers pay`."""
    row = line.row
    due = _("due {day}", day=row.due) if row.due else ""
    state = "" if row.state == "open" else row.state_word
    parts = [row.owner or _("nobody named"), state or due, row.late or ""]
    text = f"{row.title}: {', '.join(part for part in parts if part)}"
    named = listed(ref.label for ref in row.about)
    return _("{action}; for {kpi}", action=text, kpi=named) if named else text


def _concern(one: Concern) -> Item:
    row = one.card.row
    badge = row.other or row.badge
    tone = badge.tone if badge.tone in ("bad", "risk") else ""
    return Item(f"{badge.text}  {row.ref.label} ({row.ref.id})", tuple(concern_lines(one)), tone)


def concern_lines(one: Concern) -> Iterator[str]:
    """What it is doing; signal and chance; why; what next."""
    card = one.card
    yield card.conclusion
    told = [one.sign.text] if one.sign else []
    told += [_("chance {chance}", chance=one.chance)] if one.chance else []
    if told:
        yield ", ".join(told)
    if card.word:
        yield _("why: {words}", words=card.word)
    if card.action:
        due = _("due {day}", day=card.action.due) if card.action.due else ""
        late = card.action.late or ""
        parts = [card.action.title, card.action.owner or "", due, late]
        yield _("next: {step}", step=", ".join(part for part in parts if part))
    elif card.when_red:
        yield _("next, as agreed: {step}", step=card.when_red)
    yield _("owner: {name}", name=card.row.owner or _("nobody named"))


def win_text(win: Win) -> str:
    """`Trương Sơn, for Working days to close: “…” (Võ Thị Thảo, 12 May 2026)`."""
    text = listed(win.people) or _("nobody named")
    if win.about:
        text = _("{people}, for {about}", people=text, about=win.about.label)
    if win.said_by_us:
        return f"{text}: {win.text}"
    words = f": “{win.text}”" if win.text else ""
    said = ", ".join(part for part in (win.by, win.on) if part)
    return f"{text}{words}" + (f" ({said})" if said else "")


def _signals(pack: ReviewPack) -> Iterator[Item]:
    tones = {"worse": "risk", "better": "good"}
    for row in pack.signals:
        chance = _(", chance {chance}", chance=row.chance) if row.chance else ""
        text = f"{row.sign.text}  {row.ref.label}: {row.badge.word.lower()}{chance}"
        yield Item(text, tone=tones.get(row.sign.tone, ""))
    for shift in pack.shifts:
        yield Item(shift_text(shift), tone="risk" if shift.better is False else "")


def shift_text(one: Shift) -> str:
    """`Store reorder rate: ▲ At risk → ● On track, chance about 30 % → about 60 %`."""
    before, after = one.chance_before, one.chance_after
    status = one.after.text if one.before == one.after else f"{one.before.text} → {one.after.text}"
    chance = ""
    if before and after and before != after:
        chance = _(", chance {chance}", chance=f"{before} → {after}")
    return f"{one.ref.label}: {status}{chance}"


def _changes(pack: ReviewPack) -> Iterator[Item]:
    for row in pack.changes:
        yield Item(change_text(row), tone="risk" if row.late or row.lacks_reason else "")
    for one in pack.proposed:
        yield Item(_("proposed to look at: {kpi}", kpi=one.ref.label), one.evidence)


def change_text(row: ChangeRow) -> str:
    """`Target changed: Days of stock, 24 to 30 (finance asked for it)`."""
    what = f", {row.what}" if row.what else ""
    why = row.reason or _("no reason is given")
    on = f", {row.on}" if row.on else ""
    name = row.about.label if row.about else row.label
    return f"{row.kind}: {name}{what}{on} ({why})"


def caveat_texts(pack: ReviewPack) -> Iterator[str]:
    """`Cold-chain breaks: no figure since 2026-02`."""
    for one in pack.caveats:
        yield f"{one.about.label}: {one.text}" if one.about else one.text


def decision_text(row: DecisionRow) -> str:
    """`Replace compressor 2: Nguyễn Văn Dũng, by 30 September 2026 (Quarterly review, …)`."""
    about = _(", for {kpi}", kpi=row.about.label) if row.about else ""
    late = f", {row.late}" if row.late else ""
    return f"{row.text}{about}: {_by_when(row.owner, row.due)}{late} ({row.review})"


def envelope(pack: ReviewPack) -> dict[str, Any]:
    """`kpi-review/1`: the whole view without what only draws."""
    meeting = pack.meeting
    return {
        "schema": "kpi-review/1",
        "as_of": pack.as_of,
        "headline": pack.headline.text,
        "meeting": _meeting(meeting),
        "minutes": pack.minutes,
        "agenda": pack.agenda,
        "decisions_wanted": [_wanted_record(one) for one in pack.wanted],
        "actions": {
            name: [_action_record(line) for line in lines]
            for name, lines in (("late", pack.late), ("due", pack.due), ("closed", pack.closed))
        },
        "exceptions": [_concern_record(one) for one in pack.exceptions],
        "more_exceptions": pack.more,
        "wins": [
            {
                "about": win.about.id if win.about else None, "text": win.text,
                "people": win.people, "by": win.by, "on": win.on,
            }
            for win in pack.wins
        ],
        "signals": [
            {"id": row.ref.id, "signal": row.sign.word, "status": row.badge.status,
             "chance": row.chance}
            for row in pack.signals
        ],
        "shifts": [
            {
                "id": one.ref.id, "before": one.before.status, "after": one.after.status,
                "chance_before": one.chance_before, "chance_after": one.chance_after,
                "better": one.better,
            }
            for one in pack.shifts
        ],
        "more_shifts": pack.more_shifts,
        "metric_changes": pack.changes,
        "metrics_proposed": [
            {"id": one.ref.id, "owner": one.owner, "evidence": one.evidence}
            for one in pack.proposed
        ],
        "caveats": [
            {"id": one.about.id if one.about else None, "text": one.text} for one in pack.caveats
        ],
        "decisions": [_decided_record(one) for one in pack.decided],
    }  # fmt: skip


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.id, "label": meeting.label, "on": meeting.on, "kind": meeting.kind,
        "present": [one.id for one in meeting.attendees if one.is_present],
        "covers": [ref.id for ref in meeting.covers], "for": meeting.audience,
        "since": meeting.since, "closed": meeting.closed_on, "notes": meeting.notes,
    }  # fmt: skip


def _wanted_record(one: Wanted) -> dict[str, Any]:
    return {
        "number": one.number, "kind": one.kind, "title": one.title,
        "about": one.about.id if one.about else None, "why": one.why, "choices": one.choices,
        "recommended": one.recommended, "otherwise": one.otherwise, "owner": one.owner_id,
        "due": one.deadline,
    }  # fmt: skip


def _action_record(line: ActionLine) -> dict[str, Any]:
    row = line.row
    return {
        "id": line.id, "title": row.title, "kpis": [ref.id for ref in row.about],
        "owner": row.owner, "due": line.due, "late": row.late is not None, "status": row.state,
    }  # fmt: skip


def _decided_record(one: Decided) -> dict[str, Any]:
    row = one.row
    return {
        "text": row.text, "about": row.about.id if row.about else None, "owner": row.owner,
        "due": one.due, "late": row.late is not None, "review": one.review, "on": one.on,
    }  # fmt: skip


def _concern_record(one: Concern) -> dict[str, Any]:
    card, row = one.card, one.card.row
    return {
        "id": row.ref.id, "name": row.ref.label, "status": row.badge.status, "now": row.now,
        "target": row.target, "owner": row.owner, "conclusion": card.conclusion,
        "signal": one.sign.word if one.sign else None, "chance": one.chance, "why": card.word,
        "action": card.action.title if card.action else None, "when_red": card.when_red,
    }  # fmt: skip
