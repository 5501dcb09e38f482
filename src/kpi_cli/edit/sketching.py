"""Unfinished records: what is told as fields, what is not as comments that ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpi_cli.edit.creating import kin_file, slug
from kpi_cli.edit.draft import Draft
from kpi_cli.edit.files import Files
from kpi_cli.edit.moving import plan_path
from kpi_cli.edit.order import sections
from kpi_cli.edit.records import put_record
from kpi_cli.edit.scalars import key as key_text
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.verify import proved
from kpi_cli.edit.written import Layout, bare, mapping
from kpi_cli.errors import CannotRun
from kpi_cli.shape import did_you_mean

_COLUMN = 2
"""Where ids stand below their section."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A record to be: its section, the keys that are told, and key -> question for the others."""

    section: str
    record: Mapping[str, Any]
    gaps: Mapping[str, str]
    id: str = ""

    @property
    def label(self) -> str:
        """What its id is made of."""
        return str(self.record.get("name") or self.record.get("title") or "draft")


@dataclass(frozen=True, slots=True)
class Added:
    """The ids that were added, and the files they are in now."""

    ids: tuple[str, ...]
    paths: tuple[str, ...]


def named(sketches: Iterable[Sketch], taken: Iterable[str] = ()) -> list[Sketch]:
    """Each with an id of its own, made of its name."""
    used = set(taken)
    found = []
    for sketch in sketches:
        base = slug(sketch.label) or "draft"
        base = base if base[0].isalpha() else f"kpi-{base}"
        numbers = (base if n == 1 else f"{base}-{n}" for n in range(1, len(used) + 2))
        name = next(one for one in numbers if one not in used)
        used.add(name)
        found.append(replace(sketch, id=name))
    return found


def lines_of(sketch: Sketch) -> list[str]:
    """The record as lines, its keys and questions in the format's order.

    >>> lines_of(Sketch("kpis", {"name": "CSAT"}, {"owner": "who answers for it?"}, "csat"))
    ['  csat:', '    name: CSAT', '    # owner: who answers for it?']
    """
    inner = _COLUMN + 2
    lines = [f"{' ' * _COLUMN}{key_text(sketch.id)}:"]
    for key in sections()[sketch.section]:
        if key in sketch.record:
            lines += mapping({key: sketch.record[key]}, inner, Layout())
        elif key in sketch.gaps:
            lines.append(f"{' ' * inner}# {key}: {sketch.gaps[key]}")
    return lines


def text_of(sketches: Sequence[Sketch]) -> str:
    """The records as a plan file, section by section."""
    lines: list[str] = []
    for section in sections():
        mine = [sketch for sketch in sketches if sketch.section == section]
        if mine:
            lines.append(f"{section}:")
        for sketch in mine:
            lines += lines_of(sketch)
    return "".join(f"{line}\n" for line in lines)


def add(
    snapshot: Snapshot, sketches: Sequence[Sketch], into: str | None, objective: str | None
) -> Edit[Added]:
    """Append the records, as evidence for (or, objectives, in support of) `objective`.

    `into` is a plan file, there or not; without it they go where their kin live. Raises CannotRun.
    """
    files = Files(snapshot)
    _require_objective(files, objective)
    edited: dict[str, Draft] = {}
    added = named([_linked(sketch, objective) for sketch in sketches], _taken(files))
    for sketch in added:
        path = plan_path(files, into) if into else kin_file(files, sketch.section, sketch.record)
        draft = edited.get(path) or files.draft(path)
        data = bare(dict(sketch.record))
        edited[path] = put_record(draft, sketch.section, sketch.id, data, lines_of(sketch), _COLUMN)
    written = {path: proved(draft) for path, draft in edited.items()}
    return Edit(written, Added(tuple(sketch.id for sketch in added), tuple(sorted(written))))


def _taken(files: Files) -> set[str]:
    found: set[str] = set()
    for path in files.plan_paths:
        for body in (files.data(path) or {}).values():
            found.update(body if isinstance(body, dict) else ())
    return found


def _require_objective(files: Files, objective: str | None) -> None:
    if objective is None:
        return
    known = [
        name
        for path in files.plan_paths
        for name in ((files.data(path) or {}).get("objectives") or {})
    ]
    if objective not in known:
        raise CannotRun(
            f"there is no objective '{objective}'",
            help=did_you_mean(objective, known) or "name the id of an objective",
        )


def _linked(sketch: Sketch, objective: str | None) -> Sketch:
    if objective is None:
        return sketch
    key = "supports" if sketch.section == "objectives" else "objective"
    gaps = {name: ask for name, ask in sketch.gaps.items() if name != key}
    return replace(sketch, record={**sketch.record, key: objective}, gaps=gaps)


__all__ = ["Added", "Sketch", "add", "lines_of", "named", "text_of"]
