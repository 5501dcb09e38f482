"""What came out of a meeting, as told on the command line: decisions, actions, who was there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kpi_cli.shape import did_you_mean

DECISION = ("owner", "due", "kpi", "objective")
ACTION = ("owner", "due", "kpi", "cause", "kind", "expected", "id")
_ENTRIES: Mapping[str, Sequence[str]] = {"decision": DECISION, "action": ACTION}
_ALONE = ("on", "present", "notes", "kind")
_MARKS = ("done", "drop")
OPTIONS = ("decision", "action", *_MARKS, *_ALONE, *dict.fromkeys((*DECISION, *ACTION)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision or an action: its words, its fields as typed, and where it stands."""

    text: str
    fields: Mapping[str, str]
    where: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a meeting brought; `faults` are what could not be read, each with its place."""

    decisions: tuple[Entry, ...] = ()
    actions: tuple[Entry, ...] = ()
    done: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    on: str | None = None
    notes: str | None = None
    kind: str | None = None
    review: str | None = None
    faults: tuple[str, ...] = ()

    def with_(self, other: Outcome) -> Outcome:
        """Both together; what the other says of the meeting itself wins."""
        return Outcome(
            (*self.decisions, *other.decisions),
            (*self.actions, *other.actions),
            (*self.done, *other.done),
            (*self.dropped, *other.dropped),
            other.present or self.present,
            other.on or self.on,
            other.notes or self.notes,
            other.kind or self.kind,
            other.review or self.review,
            (*self.faults, *other.faults),
        )


@dataclass
class _Words:
    """The words so far: the entry that fields belong to is the last one of `entries`."""

    entries: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    alone: dict[str, str] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _MARKS})
    faults: list[str] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        """One option with its value."""
        if name in _ENTRIES:
            self.entries.append((name, value, {}))
        elif name in _MARKS:
            self.marks[name].append(value)
        elif self.entries and name in _ENTRIES[self.entries[-1][0]]:
            self._field(name, value)
        elif name in _ALONE:
            self.alone[name] = value
        elif name in OPTIONS:
            self.faults.append(f"--{name} belongs behind the --decision or --action it is about")
        else:
            near = did_you_mean(f"--{name}", [f"--{one}" for one in OPTIONS])
            self.faults.append(f"there is no option --{name}" + (f"; {near}" if near else ""))

    def _field(self, name: str, value: str) -> None:
        kind, text, fields = self.entries[-1]
        if name in fields:
            self.faults.append(f"--{name} is given twice for the {kind} “{text}”")
        fields[name] = value


def outcome_of(words: Sequence[str]) -> Outcome:
    """`--decision TEXT --owner ID --due DATE --action TEXT …`: fields belong to what stands before
    them."""
    found = _Words()
    rest = iter(words)
    for word in rest:
        if not word.startswith("--") or len(word) < 3:
            found.faults.append(f"'{word}' belongs to no option")
            continue
        name, equals, value = word[2:].partition("=")
        given = value if equals else next(rest, None)
        if given is None:
            found.faults.append(f"--{name} needs a value")
        else:
            found.take(name.replace("-", "_"), given)
    present = found.alone.get("present", "")
    return Outcome(
        decisions=tuple(_entries(found, "decision")),
        actions=tuple(_entries(found, "action")),
        done=tuple(found.marks["done"]),
        dropped=tuple(found.marks["drop"]),
        present=tuple(part.strip() for part in present.split(",") if part.strip()),
        on=found.alone.get("on"),
        notes=found.alone.get("notes"),
        kind=found.alone.get("kind"),
        faults=tuple(found.faults),
    )


def _entries(found: _Words, kind: str) -> Iterator[Entry]:
    chosen = [(text, fields) for name, text, fields in found.entries if name == kind]
    for number, (text, fields) in enumerate(chosen, 1):
        where = f"--{kind}" if len(chosen) == 1 else f"--{kind} {number}"
        yield Entry(text, fields, f"{where} “{text}”")
