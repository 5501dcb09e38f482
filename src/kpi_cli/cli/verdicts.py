"""What `kpi validate` found, remembered by what it was found in.

The key is everything a verdict depends on: this tool, the day, the names of the files and the
content of all that were read. So nothing in the cache can be stale, and a fresh clone is served
too. Not remembered is what rests on more than the files: the git history of locked periods, a file
that could not be read, a rule that broke off.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kpi_cli.cache.place import maker
from kpi_cli.diagnostics import (
    Finding,
    Fix,
    Place,
    RelatedFinding,
    Rewrite,
    Severity,
    Suppressed,
)
from kpi_cli.errors import CannotRun
from kpi_cli.frozen import dataclass
from kpi_cli.source import Mark
from kpi_cli.workspace import CONFIG, LeavesWorkspace, Tree, is_plan_file

if TYPE_CHECKING:
    from kpi_cli.cache.contents import Contents

_UNREADABLE = (OSError, CannotRun, LeavesWorkspace)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings of a workspace on a day, before its baseline has a say, and what was checked.

    `checked` are the KPIs and objectives of each file, `families` the letters of the rules that
    ran. `fail_on` and `language` are the workspace's settings.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    files: int
    records: int
    checked: Mapping[str, tuple[str, ...]]
    families: tuple[str, ...]
    fail_on: str
    language: str


class Verdicts:
    """The verdicts on one workspace in its present state, by day."""

    def __init__(self, contents: Contents, as_of: date) -> None:
        self._contents = contents
        self._as_of = as_of

    def recall(self, checked: Callable[[], Mapping[str, tuple[str, ...]]]) -> Verdict | None:
        """The verdict on exactly these files on this day, where there was one.

        `checked` finds out afresh what was checked, should the cache have lost just that.
        """
        try:
            first = self._key()
            named = self._value(first)
            if not isinstance(named, list):
                return None
            second = self._second_key(first, named)
            found = self._value(second)
            known = Checked(lambda: self._value(_beside(second)), checked)
            return _unpacked(found, known) if isinstance(found, list) else None
        except (*_UNREADABLE, ValueError, TypeError, KeyError, zlib.error):
            return None

    def remember(self, verdict: Verdict, files: Mapping[str, bytes | None]) -> None:
        """Keep a verdict; `files` are all that were read for it, with their digests.

        One that changed between being hashed and being read leaves nothing to remember.
        """
        named = sorted(path for path in files if path != CONFIG and not is_plan_file(path))
        try:
            first = self._key()
            second = self._second_key(first, named)
            if any(self._contents.digest(path) != told for path, told in files.items()):
                return
        except _UNREADABLE:
            return
        checked = {path: list(ids) for path, ids in verdict.checked.items()}
        rows = {first: named, second: _packed(verdict), _beside(second): checked}
        self._contents.store.put("run", {key: _bytes(value) for key, value in rows.items()})

    def _key(self) -> bytes:
        tree = self._contents.tree
        paths = tree.paths()
        plan = [CONFIG, *(path for path in paths if is_plan_file(path))]
        contents = [(path, self._contents.digest(path).hex()) for path in plan]
        day = self._as_of.isoformat()
        return _hash([maker(), day, paths, tree.strays(), contents])

    def _second_key(self, first: bytes, named: Sequence[str]) -> bytes:
        return _hash([first.hex(), [self._contents.digest(path).hex() for path in named]])

    def _value(self, key: bytes) -> object:
        raw = self._contents.store.get("run", [key]).get(key)
        return None if raw is None else json.loads(zlib.decompress(raw))


class OnDisk(Mapping[str, bytes]):
    """The files of a workspace whose plan was not read, each read when it is asked for."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def __getitem__(self, path: str) -> bytes:
        try:
            return self._tree.read(path)
        except _UNREADABLE:
            raise KeyError(path) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._tree.paths())

    def __len__(self) -> int:
        return len(self._tree.paths())


class Checked(Mapping[str, tuple[str, ...]]):
    """The KPIs and objectives of each file, looked up when a format asks for them."""

    def __init__(
        self, look_up: Callable[[], object], afresh: Callable[[], Mapping[str, tuple[str, ...]]]
    ) -> None:
        self._look_up = look_up
        self._afresh = afresh

    @cached_property
    def _found(self) -> Mapping[str, tuple[str, ...]]:
        found = self._look_up()
        if not isinstance(found, dict):
            return self._afresh()
        return {path: tuple(ids) for path, ids in found.items()}

    def __getitem__(self, path: str) -> tuple[str, ...]:
        return self._found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _beside(key: bytes) -> bytes:
    """The key of what few formats ask for."""
    return hashlib.sha256(b"checked" + key).digest()


def _hash(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _bytes(value: object) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)


def _packed(verdict: Verdict) -> list[Any]:
    return [
        [_packed_finding(one) for one in verdict.findings],
        [
            [_packed_finding(s.finding), s.reason, s.source, s.until and s.until.isoformat()]
            for s in verdict.suppressed
        ],
        verdict.files,
        verdict.records,
        list(verdict.families),
        verdict.fail_on,
        verdict.language,
    ]


def _unpacked(raw: list[Any], checked: Mapping[str, tuple[str, ...]]) -> Verdict:
    found, aside, files, records, families, fail_on, language = raw
    return Verdict(
        tuple(map(_finding, found)),
        tuple(
            Suppressed(_finding(one), reason, source, until and date.fromisoformat(until))
            for one, reason, source, until in aside
        ),
        files,
        records,
        checked,
        tuple(families),
        fail_on,
        language,
    )


def _packed_finding(one: Finding) -> list[Any]:
    """The values of its fields, in their order."""
    values = {name: getattr(one, name) for name in Finding.__match_args__}
    values["severity"] = one.severity.value
    values["fix"] = one.fix and _packed_fix(one.fix)
    values["related"] = [[r.path, r.line, r.column, r.message] for r in one.related]
    return list(values.values())


def _finding(raw: list[Any]) -> Finding:
    given = dict(zip(Finding.__match_args__, raw, strict=True))
    return Finding(
        **given
        | {
            "severity": Severity(given["severity"]),
            "fix": given["fix"] and _fix(given["fix"]),
            "related": tuple(RelatedFinding(*one) for one in given["related"]),
            "concerns": tuple(given["concerns"]),
        }
    )


def _packed_fix(fix: Fix) -> list[Any]:
    meant = fix.meant and [_packed_place(fix.meant.place), fix.meant.value]
    return [_packed_mark(fix.mark), fix.text, meant]


def _fix(raw: list[Any]) -> Fix:
    mark, text, meant = raw
    return Fix(Mark(*mark), text, meant and Rewrite(_place(meant[0]), meant[1]))


def _packed_place(place: Place) -> list[Any]:
    mark = place.mark and _packed_mark(place.mark)
    return [place.path, list(place.route), place.part, mark, place.word]


def _place(raw: list[Any]) -> Place:
    path, route, part, mark, word = raw
    return Place(path, tuple(route), part, mark and Mark(*mark), word)


def _packed_mark(mark: Mark) -> list[int]:
    return [mark.line, mark.column, mark.end_line, mark.end_column]
