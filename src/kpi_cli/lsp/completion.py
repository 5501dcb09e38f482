"""What may be written at a place: keys, words of a list, ids, units, periods, rule codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from kpi_cli.checks.registry import catalogue
from kpi_cli.lsp.cursor import Cursor, cursor_at
from kpi_cli.lsp.links import sections_of, sections_of_keys
from kpi_cli.lsp.schema import keys_at, words_at
from kpi_cli.lsp.seen import Buffer, Seen
from kpi_cli.period import Frequency, later
from kpi_cli.quantity import BUILT_IN_UNITS
from kpi_cli.source import Mark, is_text
from kpi_cli.workspace import CONFIG, is_plan_file

Kind = Literal["key", "id", "word", "code"]
_PERIODS = ("actuals", "path")
_DATES = frozenset({"on", "start", "due", "end", "date", "from", "until", "opened"})
_KEY = re.compile(r"([\w-]+)\s*:(?:\s|$)")
_PLAIN = re.compile(r"[^\W_][\w ./()+-]*")


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal: `text` goes in the place of `mark`; `detail` says what it stands for."""

    label: str
    kind: Kind
    detail: str
    text: str
    mark: Mark


def complete(seen: Seen, file: Buffer, line: int, column: int) -> list[Item]:
    """All that fits the place, best first; the client narrows it by what is typed."""
    if file.path != CONFIG and not is_plan_file(file.path):
        return []
    cursor = cursor_at(file.text.lines, line, column)
    if cursor.part == "code":
        return [Item(r.code, "code", r.title, r.code, cursor.mark) for r in catalogue().values()]
    if cursor.part == "key":
        return list(_keys(seen, file, cursor))
    return list(_values(seen, file, cursor)) if cursor.part == "value" else []


def _keys(seen: Seen, file: Buffer, cursor: Cursor) -> Iterator[Item]:
    before = file.line(cursor.mark.line)[: cursor.mark.column - 1]
    behind = file.line(cursor.mark.line)[cursor.mark.end_column - 1 :]
    colon = "" if behind.lstrip().startswith(":") else ":"
    is_flow = any(sign in before for sign in "{[")
    taken = _taken(file, cursor)
    for key in keys_at(file.path, cursor.path):
        if key.text not in taken:
            gap = "" if not colon or (key.opens and not is_flow) else " "
            yield Item(key.text, "key", key.meaning, f"{key.text}{colon}{gap}", cursor.mark)
    gap = " " if colon else ""
    for name, detail in _ids(seen, sections_of_keys(cursor.path)):
        if name not in taken:
            yield Item(name, "id", detail, f"{name}{colon}{gap}", cursor.mark)
    if file.path != CONFIG and cursor.path[-1:] and cursor.path[-1] in _PERIODS:
        for name in _periods(seen, cursor.path[1]):
            if name not in taken:
                yield Item(name, "word", "", f"{name}{colon}{gap}", cursor.mark)


def _taken(file: Buffer, cursor: Cursor) -> frozenset[str]:
    """The keys the mapping has already, but for the one being written."""
    found: Any = file.document.data
    for step in cursor.path:
        found = found.get(step) if isinstance(found, dict) else None
    mark = cursor.mark
    own = file.line(mark.line)[mark.column - 1 : mark.end_column - 1].strip()
    known = found if isinstance(found, dict) else _beside(file, mark)
    return frozenset(known) - {own}


def _beside(file: Buffer, mark: Mark) -> set[str]:
    """The keys that stand as deep as a line, above and below it up to a line that is less deep."""
    depth = mark.column - 1
    found: set[str] = set()
    for step in (-1, 1):
        line = mark.line + step
        while 0 < line <= len(file.text.lines):
            text = file.line(line)
            inner = text.lstrip(" -")
            left = len(text) - len(inner)
            if inner and left < depth:
                break
            key = _KEY.match(inner)
            if key and left == depth:
                found.add(key[1])
            line += step
    return found


def _values(seen: Seen, file: Buffer, cursor: Cursor) -> Iterator[Item]:
    key = cursor.path[-1] if cursor.path else ""
    place = _last_word(file, cursor) if key == "formula" else cursor.mark
    own = cursor.path[1] if len(cursor.path) > 1 else ""
    if file.path != CONFIG:
        for name, detail in _ids(seen, sections_of(cursor.path)):
            if name != own:
                yield _spaced(file, Item(name, "id", detail, name, place))
    for word in words_at(file.path, cursor.path):
        yield _spaced(file, Item(word.text, "word", word.meaning, word.text, place))
    for text, detail in _own_words(seen, key):
        yield _spaced(file, Item(text, "word", detail, _written(text), place))


def _spaced(file: Buffer, item: Item) -> Item:
    """With a space where it would stick to its colon or hyphen."""
    before = file.line(item.mark.line)[: item.mark.column - 1]
    needs = before.endswith(":") or (before.strip() == "-" and before.endswith("-"))
    return replace(item, text=f" {item.text}") if needs else item


def _last_word(file: Buffer, cursor: Cursor) -> Mark:
    """Of a formula, the word that is being typed."""
    mark = cursor.mark
    typed = re.search(r"[^\s(),'\"]*$", cursor.word)
    end = mark.column + len(file.line(mark.line)[mark.column - 1 :].rstrip())
    column = _column_after(file, mark, cursor.word)
    start = column - len(typed[0]) if typed else column
    return Mark(mark.line, start, mark.line, min(column, end))


def _column_after(file: Buffer, mark: Mark, word: str) -> int:
    here = file.line(mark.line)[mark.column - 1 :]
    quote = len(here) - len(here.lstrip("'\""))
    return mark.column + quote + len(word)


def _ids(seen: Seen, sections: Iterable[str]) -> Iterator[tuple[str, str]]:
    for section in sections:
        for record in getattr(seen.loaded.plan, section).values():
            yield record.id, record.label


def _own_words(seen: Seen, key: str) -> Iterator[tuple[str, str]]:
    """Words that come from the workspace itself, or from the day."""
    plan = seen.loaded.plan
    if key == "unit":
        yield from ((unit, "") for unit in (*plan.config.units, *_first_units()))
    elif key == "perspective":
        yield from ((one, "") for one in plan.config.perspectives)
    elif key == "tags":
        known = {tag for one in plan.kpis.values() for tag in one.tags}
        known |= {tag for one in plan.objectives.values() for tag in one.tags}
        yield from ((tag, "") for tag in sorted(known))
    elif key == "metric":
        known = {one.metric for one in plan.kpis.values() if one.metric}
        yield from ((metric, "") for metric in sorted(known))
    elif key == "code":
        yield from ((rule.code, rule.title) for rule in catalogue().values())
    elif key in _DATES:
        yield seen.as_of.isoformat(), ""


def _first_units() -> list[str]:
    often = ["%", "count", "days", "hours", "USD", "EUR", "VND", "points"]
    return [*often, *sorted(BUILT_IN_UNITS - set(often))]


def _periods(seen: Seen, identifier: str) -> list[str]:
    """The next period of a KPI that has no figure yet, and the one of the day."""
    plan = seen.loaded.plan
    kpi = plan.kpis.get(identifier)
    frequency = kpi.frequency if kpi else Frequency.MONTHLY
    rows = plan.series[identifier].periods if kpi else []
    last = max((period.end for period in rows), default=None)
    days = [later(last, 1)] if last else []
    days.append(seen.as_of)
    return list(dict.fromkeys(plan.calendar.name_of(frequency, day) for day in days))


def _written(text: str) -> str:
    """A word as YAML reads it: quoted where it would be something else."""
    plain = _PLAIN.fullmatch(text) and is_text(text)
    return text if plain else f'"{text}"'
