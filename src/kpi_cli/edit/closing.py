"""`kpi review close`: what a meeting brought becomes records, and the review is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from kpi_cli.checks.engine import findings
from kpi_cli.checks.selection import for_validate
from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.edit.become import become
from kpi_cli.edit.creating import kin_file, slug
from kpi_cli.edit.draft import Draft
from kpi_cli.edit.files import Files, Overlay
from kpi_cli.edit.order import sections
from kpi_cli.edit.outcome import Entry, Outcome
from kpi_cli.edit.records import add_record
from kpi_cli.edit.slices import in_record
from kpi_cli.edit.sorting import in_key_order
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.verify import proved
from kpi_cli.errors import CannotRun
from kpi_cli.models import Action, Review
from kpi_cli.models.record import Cause, id_fault
from kpi_cli.period import BadPeriod, parse_day
from kpi_cli.plan import load_plan
from kpi_cli.shape import did_you_mean


@dataclass(frozen=True, slots=True)
class Closed:
    """The review with its file, and how much was written."""

    review: str
    path: str
    decisions: int
    actions: tuple[str, ...]
    ended: tuple[str, ...]
    findings: tuple[Finding, ...]


def close(snapshot: Snapshot, review: str, told: Outcome, as_of: date) -> Edit[Closed]:
    """Write the outcome of a meeting back. Raises CannotRun with every fault at once."""
    closing = _Closing(Files(snapshot), review, told, as_of)
    faults = list(dict.fromkeys([*told.faults, *closing.faults()]))
    if faults:
        raise CannotRun("\n     ".join(faults), help="nothing was written")
    drafts, actions = closing.drafts()
    edited = {path: proved(draft) for path, draft in drafts.items()}
    touched = {review, *actions, *told.done, *told.dropped}
    loaded = load_plan(Overlay(snapshot, edited))
    found = findings(loaded, as_of, for_validate(loaded.plan.config))
    mine = [one for one in found if one.subject in touched]
    wrong = [one for one in mine if one.severity is Severity.ERROR and one.path in edited]
    if wrong:
        lines = [f"{one.code}: {one.message}" for one in wrong]
        raise CannotRun("\n     ".join(lines), help="nothing was written")
    said = Closed(
        review, closing.path, len(told.decisions), actions, (*told.done, *told.dropped), tuple(mine)
    )
    return Edit(edited, said)


class _Closing:
    """One closing: first all its faults, then the files as they will be."""

    def __init__(self, files: Files, review: str, told: Outcome, as_of: date) -> None:
        self.files, self.review, self.told, self.as_of = files, review, told, as_of
        places = files.places(review)
        self.is_new = not places
        self.known: dict[str, Any] = {}
        self.path = places[0][0] if places else kin_file(files, "reviews", {})
        if places and places[0][1] == "reviews":
            found = files.record(review)
            self.known = found if isinstance(found, dict) else {}

    def faults(self) -> Iterator[str]:
        """Everything that is missing, unknown or contradictory."""
        yield from self._about_the_review()
        yield from self._about_the_day()
        for person in self.told.present:
            yield from self._names(person, "people", "present")
        for entry in self.told.decisions:
            yield from self._about_an_entry(entry, "decision", ("owner", "due"))
        for entry in self.told.actions:
            yield from self._about_an_entry(entry, "action", ("kpi", "owner", "due"))
            yield from self._words_of(entry)
        for name in (*self.told.done, *self.told.dropped):
            yield from self._names(name, "actions", f"--done {name}")

    def _about_the_review(self) -> Iterator[str]:
        told = self.told
        if told.review and told.review != self.review:
            yield f"the minutes are those of '{told.review}', not of '{self.review}'"
        places = self.files.places(self.review)
        if places and places[0][1] != "reviews":
            yield f"'{self.review}' in {places[0][0]} is in `{places[0][1]}` and no review"
        if self.is_new:
            problem = id_fault(self.review, "reviews")
            near = did_you_mean(self.review, list(self._reviews()))
            if problem:
                yield f"K013: {problem}"
            elif told.kind is None:
                hint = f"{near} Else " if near else ""
                yield f"there is no review '{self.review}'; {hint}give it a --kind, and it is made"
        elif self.known.get("closed"):
            yield f"'{self.review}' was closed on {self.known['closed']}; change it in {self.path}"
        kinds = get_args(get_args(Review.model_fields["kind"].annotation)[0])
        if told.kind is not None and told.kind not in kinds:
            yield f"K015: '{told.kind}' is no kind of review; write {', '.join(kinds)}"

    def _reviews(self) -> Iterator[str]:
        for path in self.files.plan_paths:
            body = (self.files.data(path) or {}).get("reviews")
            yield from body if isinstance(body, dict) else ()

    def _about_the_day(self) -> Iterator[str]:
        if self.told.on is None:
            return
        try:
            if parse_day(self.told.on) > self.as_of:
                yield f"--on: {self.told.on} is after {self.as_of}; a meeting to come is not closed"
        except BadPeriod as error:
            yield f"--on: {error}"

    def _about_an_entry(self, entry: Entry, what: str, needed: tuple[str, ...]) -> Iterator[str]:
        if not entry.text.strip("… "):
            yield f"{entry.where}: say what the {what} is"
        missing = [name for name in needed if not entry.fields.get(name, "").strip()]
        if missing:
            yield f"{entry.where}: it has no {' and no '.join(missing)}"
        for name, section in (("owner", "people"), ("kpi", "kpis"), ("objective", "objectives")):
            if name in entry.fields:
                yield from self._names(entry.fields[name], section, entry.where)
        due = entry.fields.get("due")
        try:
            if due and parse_day(due) < (self._day() or self.as_of):
                yield f"{entry.where}: due {due} is before the meeting"
        except BadPeriod as error:
            yield f"{entry.where}: due: {error}"

    def _words_of(self, entry: Entry) -> Iterator[str]:
        kinds = get_args(get_args(Action.model_fields["kind"].annotation)[0])
        for name, allowed in (("cause", get_args(Cause)), ("kind", kinds)):
            value = entry.fields.get(name)
            if value is not None and value not in allowed:
                yield f"{entry.where}: K015: {name} '{value}'; write {', '.join(allowed)}"
        wanted = entry.fields.get("id")
        problem = id_fault(wanted, "actions") if wanted else None
        if problem:
            yield f"{entry.where}: K013: {problem}"
        elif wanted and self.files.places(wanted):
            yield f"{entry.where}: K101: the id '{wanted}' is used already"

    def _names(self, name: str, section: str, where: str) -> Iterator[str]:
        kinds = {"people": "person", "kpis": "KPI", "objectives": "objective", "actions": "action"}
        if any(found == section for _path, found in self.files.places(name)):
            return
        near = did_you_mean(name, self._ids(section))
        yield f"{where}: there is no {kinds[section]} '{name}'" + (f"; {near}" if near else "")

    def _ids(self, section: str) -> list[str]:
        found: list[str] = []
        for path in self.files.plan_paths:
            body = (self.files.data(path) or {}).get(section)
            found += body if isinstance(body, dict) else ()
        return found

    def _day(self) -> date | None:
        """The day the meeting was held: as told, else as planned if that is past, else today."""
        for text in (self.told.on, self.known.get("on")):
            try:
                found = parse_day(str(text)) if text else None
            except BadPeriod:
                found = None
            if found is not None and found <= self.as_of:
                return found
        return self.as_of

    def drafts(self) -> tuple[dict[str, Draft], tuple[str, ...]]:
        """The files as they will be, and the ids of the new actions."""
        drafts: dict[str, Draft] = {}

        def draft(path: str) -> Draft:
            return drafts.get(path) or self.files.draft(path)

        record = self._record()
        if self.is_new:
            drafts[self.path] = add_record(draft(self.path), "reviews", self.review, record)
        else:
            drafts[self.path] = _changed(draft(self.path), "reviews", self.review, record)
        names: list[str] = []
        for entry in self.told.actions:
            name, action = self._action(entry, names)
            names.append(name)
            path = kin_file(self.files, "actions", action)
            drafts[path] = add_record(draft(path), "actions", name, action)
        for status, ended in (("done", self.told.done), ("dropped", self.told.dropped)):
            for name in ended:
                path = self.files.place(name)[0]
                known = {**self.files.record(name), "status": status}
                drafts[path] = _changed(draft(path), "actions", name, known)
        return drafts, tuple(names)

    def _record(self) -> dict[str, Any]:
        """The review with its outcome, keys in the order of the format."""
        told, found = self.told, dict(self.known)
        found["on"] = (self._day() or self.as_of).isoformat()
        if told.kind:
            found["kind"] = told.kind
        if told.present:
            found["present"] = list(told.present)
        if told.decisions:
            old = found.get("decisions") or []
            found["decisions"] = [*old, *(_decision(entry) for entry in told.decisions)]
        if told.notes:
            found["notes"] = told.notes
        found["closed"] = self.as_of.isoformat()
        return {name: found[name] for name in sections()["reviews"] if name in found}

    def _action(self, entry: Entry, taken: list[str]) -> tuple[str, dict[str, Any]]:
        fields = {name: value for name, value in entry.fields.items() if name != "id"}
        opened = (self._day() or self.as_of).isoformat()
        found = {"title": entry.text, **fields, "opened": opened, "status": "open"}
        ordered = {name: found[name] for name in sections()["actions"] if name in found}
        return entry.fields.get("id") or self._free_id(entry.text, taken), ordered

    def _free_id(self, text: str, taken: list[str]) -> str:
        base = slug(text) or "action"
        numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, 1000))
        return next(one for one in numbered if one not in taken and not self.files.places(one))


def _decision(entry: Entry) -> dict[str, Any]:
    known = ("kpi", "objective", "owner", "due")
    fields = {name: entry.fields[name] for name in known if entry.fields.get(name)}
    return {"text": entry.text, **fields}


def _changed(draft: Draft, section: str, name: str, record: Mapping[str, Any]) -> Draft:
    """The draft with another record in the place of one, only where the two differ."""
    keys = sections()[section]
    return in_record(
        draft,
        section,
        name,
        lambda part, route: become(
            part, route, dict(record), lambda _, key: in_key_order(keys, key)
        ),
    )
