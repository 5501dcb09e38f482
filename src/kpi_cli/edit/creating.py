"""`kpi new`: a record of any kind, checked as a draft and put where its kin live."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kpi_cli.checks.engine import checked
from kpi_cli.checks.selection import for_new
from kpi_cli.diagnostics import Diagnostic, Finding, Severity
from kpi_cli.edit.files import Files, Overlay
from kpi_cli.edit.moving import plan_path
from kpi_cli.edit.order import sections
from kpi_cli.edit.records import add_record
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.verify import proved
from kpi_cli.errors import CannotRun
from kpi_cli.plan import load_plan
from kpi_cli.plan.read import Reading, read_document
from kpi_cli.shape import did_you_mean
from kpi_cli.source import Document, load

KINDS: Mapping[str, str] = {
    "team": "teams",
    "person": "people",
    "objective": "objectives",
    "kpi": "kpis",
    "initiative": "initiatives",
    "action": "actions",
    "recognition": "recognitions",
    "review": "reviews",
    "term": "glossary",
}
_TODAY: Mapping[str, str] = {"actions": "opened", "recognitions": "on", "reviews": "on"}
_LABELS = ("name", "title", "term", "text")
_LONGEST_ID = 40
_DRAFT = "draft"
_LINK_FAULTS = frozenset({"K102", "K103", "K104", "K105", "K106", "K107", "K109", "K110"})


@dataclass(frozen=True, slots=True)
class Created:
    """The new record, its file, and what the rules say of it."""

    id: str
    section: str
    path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A record as asked for: fields as typed, `into` a file or where its kin live."""

    kind: str
    id: str | None
    fields: Mapping[str, str]
    into: str | None = None


def section_of(kind: str) -> str:
    """The section of a kind. Raises CannotRun."""
    if kind not in KINDS:
        raise CannotRun(
            f"there is no kind of record '{kind}'",
            help=did_you_mean(kind, KINDS) or f"the kinds are {', '.join(KINDS)}",
        )
    return KINDS[kind]


def create(snapshot: Snapshot, wish: Wish, as_of: date) -> Edit[Created]:
    """Add the record. Raises CannotRun for fields that cannot be, a taken id, a broken link."""
    files = Files(snapshot)
    section = section_of(wish.kind)
    record = _record(files, section, wish.fields, as_of)
    identifier = wish.id or _free_id(files, section, record)
    files.require_free(identifier, section)
    path = plan_path(files, wish.into) if wish.into else kin_file(files, section, record)
    edited = {path: proved(add_record(files.draft(path), section, identifier, record))}
    found = _findings(snapshot, edited, identifier, path, as_of)
    broken = [f for f in found if f.severity is Severity.ERROR and f.code in _LINK_FAULTS]
    if broken:
        text = "\n     ".join(f"{f.code}: {f.message}" for f in broken)
        raise CannotRun(text, help=f"{broken[0].help or 'correct it'}; nothing was written")
    return Edit(edited, Created(identifier, section, path, tuple(found)))


def _record(files: Files, section: str, fields: Mapping[str, str], as_of: date) -> dict[str, Any]:
    """The fields in the format's order, each as the model takes it. Raises CannotRun."""
    known = sections()[section]
    for name in fields:
        if name not in known:
            near = did_you_mean(name, known) or f"allowed here: {', '.join(known)}"
            raise CannotRun(f"K010: unknown field '--{name}'", help=near)
    given = {name: _read(name, text) for name, text in fields.items()}
    day = _TODAY.get(section)
    if day and day not in given:
        given[day] = as_of.isoformat()
    faults = list(_faults(files, section, given))
    for name in {str(f.place.route[0]) for f in faults if f.place.route} & fields.keys():
        given[name] = fields[name]
    faults = list(_faults(files, section, given))
    if faults:
        lines = [_line(fault) for fault in faults]
        raise CannotRun("\n     ".join(lines), help="nothing was written")
    return {name: given[name] for name in known if name in given}


def _line(fault: Diagnostic) -> str:
    place = ".".join(map(str, fault.place.route))
    where = f"--{place}: " if place else ""
    return f"{where}{fault.code}: {fault.message}" + (f"; {fault.help}" if fault.help else "")


def _read(name: str, text: str) -> Any:
    """A field's text as YAML: a number, `[a, b]`, `{at_least: 5}`; else the text itself."""
    if name == "period":
        return text
    found = load(f"x: {text}\n".encode())
    value = found.data.get("x") if not found.faults and isinstance(found.data, dict) else text
    if name == "source" and isinstance(value, str):
        return {"manual": value}
    return text if value is None and text.strip() not in ("null", "~") else value


def _faults(files: Files, section: str, given: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """What the plan's own reader says of the fields; routes lead from the record."""
    reading = Reading(files.config, files.config.new_calendar())
    read_document(reading, "", Document({section: {_DRAFT: dict(given)}}))
    for found in reading.diagnostics:
        yield replace(found, place=replace(found.place, route=found.place.route[2:]))


def _free_id(files: Files, section: str, record: Mapping[str, Any]) -> str:
    """An id made of the name, with a number where it is taken. Raises CannotRun."""
    label = next((record[name] for name in _LABELS if isinstance(record.get(name), str)), "")
    if section in ("reviews", "recognitions"):
        label = f"{record.get('on', '')}-{record.get('kind', '')}{record.get('to', '')}"
    base = slug(label)
    if not base:
        raise CannotRun("an id is needed", help="write it behind the kind: `kpi new kpi my-id …`")
    numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, 1000))
    return next(found for found in numbered if not files.places(found))


def slug(text: str) -> str:
    """An id out of a name: `Tỷ lệ khách quay lại` -> `ty-le-khach-quay-lai`."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = plain.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", letters)
    found = ""
    for word in words:
        if found and len(found) + 1 + len(word) > _LONGEST_ID:
            break
        found = f"{found}-{word}" if found else word[:_LONGEST_ID]
    return found.lstrip("0123456789-") if not text[:1].isdigit() else found


def kin_file(files: Files, section: str, record: Mapping[str, Any]) -> str:
    """Where most records like this one stand; a file named after the section where none does."""
    for wanted in _kinships(section, record):
        counted: Counter[str] = Counter()
        for path in files.plan_paths:
            body = (files.data(path) or {}).get(section)
            for other in body.values() if isinstance(body, dict) else ():
                counted[path] += isinstance(other, dict) and wanted(other)
        if best := _most(counted):
            return best
    for name in _parents(section, record):
        if places := files.places(name):
            return places[0][0]
    return files.plan_paths[0] if len(files.plan_paths) == 1 else f"{section}.yaml"


Kinship = Callable[[Mapping[str, Any]], bool]


def _kinships(section: str, record: Mapping[str, Any]) -> Iterator[Kinship]:
    """What makes a record kin, closest first."""
    keys = {"kpis": ("objective", "team"), "objectives": ("team", "person", "supports")}
    for key in keys.get(section, ("team",)):
        if record.get(key):
            yield lambda other, key=key: other.get(key) == record[key]  # type: ignore[misc]
    if section not in keys or not list(_parents(section, record)):
        yield lambda _other: True


def _parents(section: str, record: Mapping[str, Any]) -> Iterator[str]:
    links = record.get({"kpis": "objective", "objectives": "supports"}.get(section, ""))
    for link in links if isinstance(links, list) else [links]:
        target = link.get("objective") if isinstance(link, dict) else link
        if isinstance(target, str):
            yield target


def _most(counted: Counter[str]) -> str | None:
    best = max(counted.values(), default=0)
    return min((path for path, n in counted.items() if n == best), default=None) if best else None


def _findings(
    snapshot: Snapshot, edited: Mapping[str, bytes], identifier: str, path: str, as_of: date
) -> list[Finding]:
    """What `kpi validate` and `kpi check-smart` will say of the record."""
    loaded = load_plan(Overlay(snapshot, edited))
    selection = for_new(loaded.plan.config)
    found = checked(loaded, as_of, selection, only={identifier}).findings
    return [f for f in found if f.subject == identifier and f.path == path]


def parse_fields(words: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """`ID --name X --owner=lan` -> the id, where there is one, and the fields. Raises CannotRun."""
    identifier: str | None = None
    fields: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word.startswith("--") and len(word) > 2:
            name, equals, value = word[2:].partition("=")
            name = name.replace("-", "_")
            if name in fields:
                raise CannotRun(f"--{name} is given twice")
            fields[name] = value if equals else _next(rest, name)
        elif identifier is None and not fields:
            identifier = word
        else:
            raise CannotRun(f"'{word}' belongs to no field", help="write `--field value`")
    return identifier, fields


def _next(rest: Iterator[str], name: str) -> str:
    value = next(rest, None)
    if value is None:
        raise CannotRun(f"--{name} needs a value")
    return value


def ids_of(files: Files, section: str) -> Iterable[str]:
    """The ids of a section, for completion."""
    for path in files.plan_paths:
        body = (files.data(path) or {}).get(section)
        yield from body if isinstance(body, dict) else ()
