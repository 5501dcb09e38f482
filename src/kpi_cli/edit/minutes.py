"""Reading filled-in minutes: boxes that are ticked, lines `key: value`, notes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpi_cli.edit.outcome import ACTION, DECISION, Entry, Outcome

_MARK = re.compile(r"<!--\s*kpi-minutes/(\d+)\s*(\S*)\s*-->")
_HEAD = re.compile(r"^##\s+.*?(?:<!--\s*([a-z-]+)\s*-->)?\s*$")
_TITLE = re.compile(r"^###\s+(\d+)\.\s+(.*)$")
_BOX = re.compile(r"^\s*[*-]\s+\[([ xX])\]\s+(.*)$")
_CHOICE = re.compile(r"^([A-Z]):\s+(.*?)(?:\s+\*\*[^*]*\*\*)?\s*$")
_FIELD = re.compile(r"^\s*[*-]\s+(decision|owner|due|kpi|objective):\s*(.*)$")
_ID = re.compile(r"^`([^`]+)`")
_ASKS = "…"


@dataclass
class _Wanted:
    """One decision wanted: what was ticked, what was written."""

    title: str
    line: int
    ticked: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


def read_minutes(text: str, name: str = "minutes") -> Outcome:
    """What filled-in minutes say; `name` is the file's, for the places of faults."""
    lines = text.removeprefix("\ufeff").splitlines()
    marked = next((found for line in lines if (found := _MARK.search(line))), None)
    if marked is None:
        return Outcome(faults=(
            f"{name} has no line `<!-- kpi-minutes/1 ID -->`; write the minutes with "
            "`kpi review ID --format markdown`",
        ))  # fmt: skip
    if marked[1] != "1":
        return Outcome(faults=(f"{name} is of version {marked[1]}; this kpi reads version 1",))
    parts = _sections(lines)
    wanted = list(_wanted(parts.get("wanted", [])))
    faults = [fault for one in wanted for fault in _doubts(one, name)]
    return Outcome(
        decisions=(
            *(entry for one in wanted if (entry := _decided(one, name))),
            *_entries(parts.get("decisions", []), DECISION, name),
        ),
        actions=tuple(_entries(parts.get("new-actions", []), ACTION, name)),
        done=tuple(_ticked_ids(parts.get("actions", []))),
        present=tuple(_ticked_ids(parts.get("present", []))),
        notes=_notes(parts.get("notes", [])),
        review=marked[2] or None,
        faults=tuple(faults),
    )


Lines = list[tuple[int, str]]
"""Line numbers, from 1, with their text."""


def _sections(lines: list[str]) -> Mapping[str, Lines]:
    """The lines below each heading that carries a name."""
    found: dict[str, Lines] = {}
    current = ""
    for number, line in enumerate(lines, 1):
        head = _HEAD.match(line)
        if head:
            current = head[1] or ""
        elif current:
            found.setdefault(current, []).append((number, line))
    return found


def _wanted(lines: Lines) -> Iterator[_Wanted]:
    one: _Wanted | None = None
    for number, line in lines:
        title = _TITLE.match(line)
        if title:
            if one is not None:
                yield one
            one = _Wanted(plain(title[2]), number)
        elif one is not None:
            _read_line(one, line)
    if one is not None:
        yield one


def _read_line(one: _Wanted, line: str) -> None:
    box, said = _BOX.match(line), _FIELD.match(line)
    if box and box[1] in "xX":
        choice = _CHOICE.match(box[2])
        one.ticked.append(plain(choice[2] if choice else box[2]))
    elif said and said[2].strip():
        one.fields[said[1]] = plain(said[2])


def _doubts(one: _Wanted, name: str) -> Iterator[str]:
    where = f"{name}:{one.line}: “{one.title}”"
    if len(one.ticked) > 1:
        yield f"{where}: {len(one.ticked)} ways are ticked; leave one"
    elif one.ticked and one.ticked[0].endswith(_ASKS) and "decision" not in one.fields:
        yield f"{where}: say behind `decision:` how “{one.ticked[0]}” goes on"


def _decided(one: _Wanted, name: str) -> Entry | None:
    """The decision in words: what was written, else the way that was ticked; None without both."""
    words = one.fields.get("decision")
    if not one.ticked and words is None:
        return None
    text = words or f"{one.title}: {one.ticked[0]}"
    if words and one.ticked:
        text = f"{one.title}: {words}"
    fields = {key: value for key, value in one.fields.items() if key != "decision"}
    return Entry(text, fields, f"{name}:{one.line}: “{one.title}”")


def _entries(lines: Lines, keys: tuple[str, ...], name: str) -> Iterator[Entry]:
    """`* [x] What | owner: lan | due: 2026-06-15`; a line nobody ticked is left alone."""
    for number, line in lines:
        box = _BOX.match(line)
        if not box or box[1] not in "xX":
            continue
        text, *rest = re.split(r"(?<!\\)\|", box[2])
        fields = {}
        for part in rest:
            key, colon, value = part.partition(":")
            if colon and value.strip() and key.strip() in keys:
                fields[key.strip()] = plain(value)
        yield Entry(plain(text), fields, f"{name}:{number}: “{plain(text)}”")


def _ticked_ids(lines: Lines) -> Iterator[str]:
    for _number, line in lines:
        box = _BOX.match(line)
        found = _ID.match(box[2]) if box and box[1] in "xX" else None
        if found:
            yield found[1]


def _notes(lines: Lines) -> str | None:
    """What was written, without the empty lines around it."""
    text = "\n".join(plain(line, keep=True) for _number, line in lines).strip()
    return text or None


def plain(text: str, *, keep: bool = False) -> str:
    """Markdown as `render.markdown` writes it, back into the data; `keep` leaves the indent."""
    found = text.replace("\u200b", "")
    found = re.sub(r"\\([\\`*_{}\[\]#!|~$])", r"\1", found)
    found = html.unescape(found)
    return found.rstrip() if keep else found.strip()
