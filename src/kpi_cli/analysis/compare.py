"""Two plans compared by meaning: what was added, given up, moved, re-targeted, recorded, restated.

Layout, order, comments and files do not count as meaning; a record that moved to another file is
`moved`, one with a new id and nearly the same content `renamed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kpi_cli.analysis.renames import renamed
from kpi_cli.analysis.stated import plain_text, stated
from kpi_cli.diagnostics import Place
from kpi_cli.frozen import dataclass
from kpi_cli.models import Kpi, Objective, Record
from kpi_cli.models.model import Model
from kpi_cli.models.series import Rows
from kpi_cli.plan import Plan
from kpi_cli.workspace import CONFIG

ORDER = (
    "added", "removed", "retired", "retargeted", "reowned", "relinked", "redefined", "renamed",
    "moved", "recorded", "restated", "checked_in",
)  # fmt: skip
_FIELDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("target", "target_changes", "due", "start", "period", "path", "pace", "baseline",
         "commitment", "method"), "retargeted",
    ),
    **dict.fromkeys(
        ("owner", "contributors", "team", "person", "agreed_by", "lead", "manager"), "reowned"
    ),
    **dict.fromkeys(
        ("objective", "supports", "part_of", "guardrails", "opposes", "leads", "weight", "rollup",
         "kpis", "kpi", "parent", "tension"), "relinked",
    ),
    **dict.fromkeys(("name", "title", "term"), "renamed"),
    "check_ins": "checked_in",
}  # fmt: skip
_LINKS = ("reowned", "relinked")
_LISTS = ("target_changes", "check_ins", "decisions", "tension", "baselines")
"""Lists whose entries are changes of their own."""
_ENDS = ("status", "retired", "closed")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of meaning. `before` and `after` are as they would be typed; `place` is where it
    stands after it (before it, for what was removed); `was` is the former id of the record."""

    kind: str
    id: str
    place: Place
    field: str | None
    before: object
    after: object
    reason: str | None = None
    was: str | None = None


def compare(before: Plan, after: Plan) -> list[Change]:
    """Every change from one plan to the other, record by record in the order of the files after
    it, then what was removed, then the settings.

    A record whose faults keep it out of the later plan is not removed; one that had such faults
    before is `redefined`.
    """
    heirs = renamed(before, after)
    was = {new: old for old, new in heirs.items()}
    old_records = {record.id: record for record in before.records()}
    new_records = {record.id: record for record in after.records()}
    changes: list[Change] = []
    for name, record in new_records.items():
        old = old_records.get(was.get(name, name))
        if old is None or type(old) is not type(record):
            kind = "redefined" if name in before.broken else "added"
            changes.append(Change(kind, name, after.place(name), None, None, record.label))
        else:
            pair = _Pair(before, after, heirs, old, record)
            changes += sorted(pair.changes(), key=lambda change: ORDER.index(change.kind))
    for name, record in old_records.items():
        kept = new_records.get(heirs.get(name, name))
        is_unread = heirs.get(name, name) in after.broken
        if not is_unread and type(kept) is not type(record):
            changes.append(Change("removed", name, before.place(name), None, record.label, None))
    return [*changes, *_settings(before, after)]


def _settings(before: Plan, after: Plan) -> Iterator[Change]:
    for name in type(after.config).model_fields:
        old, new = getattr(before.config, name), getattr(after.config, name)
        yield from _setting((name,), old, new)


def _setting(route: tuple[str, ...], old: object, new: object) -> Iterator[Change]:
    """A setting that changed; of a mapping each key that did, at its own place."""
    if old == new:
        return
    if isinstance(old, Model) and isinstance(new, Model):
        for name in type(new).model_fields:
            yield from _setting((*route, name), getattr(old, name, None), getattr(new, name))
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _setting((*route, str(key)), old.get(key), new.get(key))
    else:
        at = route[:-1] if new is None and len(route) > 1 else route
        field = ".".join(route)
        yield Change("redefined", CONFIG, Place(CONFIG, at, "key"), field, stated(old), stated(new))


@dataclass(frozen=True, slots=True)
class _Pair:
    """One record before and after."""

    before: Plan
    after: Plan
    heirs: Mapping[str, str]
    old: Record
    new: Record

    def changes(self) -> Iterator[Change]:
        """Every field that says something else, the place, and the actuals."""
        name = self.new.id
        if self.old.id != name:
            yield self._change("renamed", "id", self.old.id, name)
        was_in, is_in = self.before.origins[self.old.id].path, self.after.origins[name].path
        if was_in != is_in:
            yield self._change("moved", "path", was_in, is_in)
        ended = self._ended()
        if ended is not None:
            yield ended
        # a file that did not change is read once, for both plans
        fields = () if self.old is self.new else type(self.new).model_fields
        for field in fields:
            if field in ("id", "actuals") or (ended is not None and field in _ENDS):
                continue
            yield from self._field(field)
        if isinstance(self.new, Kpi):
            yield from self._figures()

    def _field(self, field: str) -> Iterator[Change]:
        old, new = getattr(self.old, field), getattr(self.new, field)
        kind = _FIELDS.get(field, "redefined")
        if old == new or self._is_only_renamed(kind, field, old, new):
            return
        if field in _LISTS:
            yield from self._entries(kind, field, old, new)
            return
        reason = self._new_reason() if kind == "retargeted" else None
        yield self._change(kind, field, stated(old, self._unit), stated(new, self._unit), reason)

    @property
    def _unit(self) -> str | None:
        return self.new.unit if isinstance(self.new, Kpi) else None

    def _is_only_renamed(self, kind: str, field: str, old: object, new: object) -> bool:
        """Whether the field names the same records, some under their new ids."""
        if not self.heirs or (kind not in _LINKS and field not in ("formula", "for_", "covers")):
            return False
        named = re.sub(
            r"[a-z0-9][a-z0-9._-]*",
            lambda found: self.heirs.get(found[0], found[0]),
            plain_text(old),
        )
        return named == plain_text(new)

    def _entries(
        self, kind: str, field: str, old: tuple[object, ...], new: tuple[object, ...]
    ) -> Iterator[Change]:
        """Entries of a list: those that are new or say something else, and those taken out."""
        for at, entry in enumerate(new):
            if entry in old:
                continue
            words = getattr(entry, "reason", None) or getattr(entry, "note", None)
            place = self.after.place(self.new.id, field, at)
            former = next((one for one in old if _is_same_day(one, entry) and one not in new), None)
            yield Change(
                kind, self.new.id, place, field, stated(former, self._unit),
                stated(entry, self._unit), words, self._was,
            )  # fmt: skip
        for entry in old:
            if entry not in new and not any(_is_same_day(entry, one) for one in new):
                yield self._change(kind, field, stated(entry, self._unit), None)

    def _new_reason(self) -> str | None:
        """The reason of a target change that was not there before."""
        if not (isinstance(self.old, Kpi) and isinstance(self.new, Kpi)):
            return None
        fresh = [c for c in self.new.target_changes if c not in self.old.target_changes]
        return next((change.reason for change in fresh if change.reason), None)

    def _ended(self) -> Change | None:
        """The KPI was retired, or the objective closed."""
        old, new = self.old, self.new
        if isinstance(old, Kpi) and isinstance(new, Kpi):
            if not _is_retired(new) or _is_retired(old):
                return None
            reason = new.retired.reason if new.retired else None
            return self._change("retired", "status", old.status, "retired", reason)
        if isinstance(old, Objective) and isinstance(new, Objective):
            if new.status != "closed" or old.status == "closed":
                return None
            outcome, lesson = ("closed", None)
            if new.closed is not None:
                outcome, lesson = new.closed.outcome, new.closed.lesson
            return self._change("retired", "status", old.status, outcome, lesson)
        return None

    def _figures(self) -> Iterator[Change]:
        """Actuals entered, and actuals that were changed or taken out."""
        before, after = self.before.series[self.old.id], self.after.series[self.new.id]
        if before is after or _is_same(before, after):
            return
        old, new = _by_period(before), _by_period(after)
        for period, figure in new.items():
            if period not in old:
                yield self._figure("recorded", period, None, figure)
            elif (old[period].value, old[period].pair) != (figure.value, figure.pair):
                kind = "recorded" if old[period].value is None else "restated"
                yield self._figure(kind, period, old[period], figure)
        for period, figure in old.items():
            if period not in new:
                yield self._figure("restated", period, figure, None)

    def _figure(self, kind: str, period: str, old: _Figure | None, new: _Figure | None) -> Change:
        place = new.place if new and new.place else None
        if place is None:
            inline = self.after.place(self.new.id, "actuals", period).at_key()
            place = inline if new else self.after.place(self.new.id)
        before, after = old.stated if old else None, new.stated if new else None
        reason = new.note if new else None
        field = f"actuals.{period}"
        return Change(kind, self.new.id, place, field, before, after, reason, self._was)

    @property
    def _was(self) -> str | None:
        return self.old.id if self.old.id != self.new.id else None

    def _change(
        self, kind: str, field: str, before: object, after: object, reason: str | None = None
    ) -> Change:
        """A change that stands at the field, or at the record where the field is gone."""
        whole = field in ("id", "path") or (after is None and field != "actuals")
        place = self.after.place(self.new.id, *(() if whole else (field.rstrip("_"),)))
        return Change(kind, self.new.id, place, field, before, after, reason, self._was)


def _is_retired(kpi: Kpi) -> bool:
    return kpi.status == "retired" or kpi.retired is not None


@dataclass(frozen=True, slots=True)
class _Figure:
    value: object
    pair: object
    note: str | None
    place: Place | None

    @property
    def stated(self) -> object:
        return stated(self.value)


def _is_same(before: Rows, after: Rows) -> bool:
    """Whether both hold the same figures; notes and places do not make a change."""
    return (
        before.values == after.values
        and before.pairs == after.pairs
        and before.periods == after.periods
    )


def _by_period(rows: Rows) -> dict[str, _Figure]:
    return {
        period.name: _Figure(value, rows.pairs.get(row), rows.notes.get(row), rows.places.get(row))
        for row, (period, value) in enumerate(rows)
    }


def _is_same_day(one: object, other: object) -> bool:
    """Whether two target changes or check-ins are about the same day (and by the same person)."""
    keys = ("from_", "on", "by")
    return all(getattr(one, key, None) == getattr(other, key, None) for key in keys)
