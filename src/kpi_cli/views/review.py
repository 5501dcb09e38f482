"""The pack for one meeting: what to decide, to follow up, to explain, to thank for, to note.

Every renderer (terminal, minutes in Markdown, JSON, the page) reads this one view.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi_cli.frozen import dataclass
from kpi_cli.locale import _, ngettext
from kpi_cli.views.attention import MOST, WINS, Attention, Win
from kpi_cli.views.facts import Ref
from kpi_cli.views.headline import LENGTH, Headline
from kpi_cli.views.metric_changes import ChangeRow, ProposalRow
from kpi_cli.views.outlook import Sign
from kpi_cli.views.rows import DecisionRow, WorkRow
from kpi_cli.views.signals import SignalRow
from kpi_cli.views.words import Badge, clipped, listed


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody the meeting concerns; `is_present` as its record says."""

    id: str
    name: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which meeting; `id` is None where no record of `reviews` stands for it yet.

    `present` and `covers` are as the record says, `since` names the state it is compared with,
    `closed` is the day its minutes were written back. `attendees` are those present or, before
    the meeting, everybody who owns something it covers.
    """

    id: str | None
    label: str
    on: date
    on_text: str
    kind: str | None
    present: tuple[str, ...]
    attendees: tuple[Attendee, ...]
    covers: tuple[Ref, ...]
    audience: str | None
    since: str | None
    closed: str | None
    closed_on: date | None
    notes: str | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of the agenda; `key` names its section, `count` what there is to go through."""

    key: str
    title: str
    minutes: int
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to decide; `key` is A, B or C. A text that ends in `…` asks for more words."""

    key: str
    text: str
    effect: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision wanted: made by rule from an action to decide, a red KPI without an answer, an
    open conflict or money that sits idle. `recommended` is the key of a choice; `otherwise` says
    what follows from no decision."""

    number: int
    kind: str
    title: str
    about: Ref | None
    why: str
    choices: tuple[Choice, ...]
    recommended: str | None
    otherwise: str | None
    owner: str | None
    owner_id: str | None
    deadline: date | None
    deadline_text: str | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with the id by which the minutes close it."""

    id: str
    row: WorkRow
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """An exception: what it is, whether it really changes, and how likely the target is."""

    card: Attention
    sign: Sign | None
    chance: str | None


@dataclass(frozen=True, slots=True)
class Shift:
    """A KPI whose status or chance is another one than at the last review."""

    ref: Ref
    owner: str | None
    before: Badge
    after: Badge
    chance_before: str | None
    chance_after: str | None
    better: bool | None


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something about the data a reader must know before deciding."""

    text: str
    about: Ref | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of an earlier review, with the days as days."""

    row: DecisionRow
    review: str
    on: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """The whole pack, in the order of the meeting; its figures are those of `as_of`."""

    as_of: date
    headline: Headline
    meeting: Meeting
    minutes: int
    agenda: tuple[AgendaItem, ...]
    wanted: tuple[Wanted, ...]
    late: tuple[ActionLine, ...]
    due: tuple[ActionLine, ...]
    later: int
    closed: tuple[ActionLine, ...]
    exceptions: tuple[Concern, ...]
    more: int
    wins: tuple[Win, ...]
    signals: tuple[SignalRow, ...]
    shifts: tuple[Shift, ...]
    more_shifts: int
    changes: tuple[ChangeRow, ...]
    proposed: tuple[ProposalRow, ...]
    caveats: tuple[Caveat, ...]
    decided: tuple[Decided, ...]

    @property
    def decisions(self) -> tuple[DecisionRow, ...]:
        """The lines of the decisions, newest review first."""
        return tuple(one.row for one in self.decided)


EXCEPTIONS, THANKED = MOST, WINS
"""So many exceptions and so many wins at most: a meeting has a length."""
LISTED = 12
"""So many signals, and so many shifts, are listed; `more_shifts` counts the others of both."""


def headline_of(label: str, wanted: Sequence[Wanted], late: int, concerns: int) -> Headline:
    """`Monthly review, 31 May 2026: 2 decisions wanted, 1 action late`, at most 90 characters."""
    parts = []
    if wanted:
        parts.append(ngettext("{n} decision wanted", "{n} decisions wanted", len(wanted)))
    if late:
        parts.append(ngettext("{n} action late", "{n} actions late", late))
    if concerns and len(parts) < 2:
        parts.append(ngettext("{n} exception", "{n} exceptions", concerns))
    clause = listed(parts) if parts else _("nothing to decide, nothing late")
    return Headline(clipped(label, LENGTH - len(clause) - 2), clause)
