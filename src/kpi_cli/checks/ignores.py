"""What a plan says about its own findings: comments `# kpi: ignore[…]` and `ignore:` fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kpi_cli.checks.codes import any_covered
from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.frozen import dataclass
from kpi_cli.models.record import Ignore as Field
from kpi_cli.period import BadPeriod, parse_day
from kpi_cli.plan import Loaded
from kpi_cli.source import Mark, Route
from kpi_cli.workspace import CONFIG, is_plan_file

if TYPE_CHECKING:
    from kpi_cli.source import Comment

_FORM = re.compile(r"#\s*kpi:\s*ignore(-file)?\s*\[([^\]]*)\]\s*(?:--\s*(.*))?$")
_UNTIL = re.compile(r"\(until\s+([^)]*)\)\s*$")
_CODE = re.compile(r"[^\s,]+")
_NOTE = re.compile(r"\s+(#\s.*)$")
"""Another comment behind ours on the same line: no part of the reason."""


@dataclass(frozen=True, slots=True)
class Named:
    """A code (or a beginning of codes) as an ignore writes it, with its place."""

    code: str
    place: Place


@dataclass(frozen=True, slots=True)
class Ignore:
    """One ignore. `scope` leads to what it covers; an empty one is the whole file.

    `until` is inclusive; `bad_until` is what stands there and is no date. `comment` is None for a
    field. `problem` says why the ignore can have no effect at all.
    """

    path: str
    names: tuple[Named, ...]
    reason: str
    until: date | None
    scope: Route
    place: Place
    comment: Comment | None = None
    bad_until: str | None = None
    problem: str | None = None

    @property
    def subject(self) -> str | None:
        """The record it stands for or in."""
        return str(self.scope[1]) if len(self.scope) > 1 else None

    def reaches(self, diagnostic: Diagnostic) -> bool:
        """Whether a fault lies in its scope; a record's covers its rows in other files too."""
        place, depth = diagnostic.place, len(self.scope)
        if place.path == self.path and place.route[:depth] == self.scope:
            return True
        return depth == 2 and diagnostic.subject == self.subject

    def name_for(self, diagnostic: Diagnostic) -> Named | None:
        """The code by which it sets a fault aside, if it does."""
        if self.problem or not self.reaches(diagnostic):
            return None
        codes = [code for code in (diagnostic.code, diagnostic.twin) if code]
        return next((name for name in self.names if any_covered(name.code, codes)), None)

    def has_expired(self, as_of: date) -> bool:
        """Whether its last day is over; one that is no date never began."""
        return self.bad_until is not None or (self.until is not None and self.until < as_of)


def ignores(loaded: Loaded) -> Iterator[Ignore]:
    """All ignores of a workspace: file by file, then record by record."""
    for path, raw in loaded.files.spoken():
        if path == CONFIG or is_plan_file(path):
            from kpi_cli.source import comments

            for comment in comments(raw, sections=path != CONFIG):
                yield _from_comment(path, comment)
    for record in loaded.plan.records():
        fields: tuple[Field, ...] = getattr(record, "ignore", ())
        origin = loaded.plan.origins[record.id]
        for index, field in enumerate(fields):
            yield _from_field(origin, index, field)


def _from_field(origin: Place, index: int, field: Field) -> Ignore:
    place = origin.under("ignore", index)
    name = Named(field.code, place.under("code"))
    return Ignore(origin.path, (name,), field.reason or "", field.until, origin.route, place)


def _from_comment(path: str, comment: Comment) -> Ignore:
    place = Place(path, comment.route or (), mark=comment.mark)
    form = _FORM.match(without_note(comment.text)[0])
    if form is None:
        wrong = "it is not understood: write `# kpi: ignore[CODE] -- reason`"
        return Ignore(path, (), "", None, (), place, comment, problem=wrong)
    reason, until, bad = _reason(form[3] or "")
    names = tuple(_names(path, comment, form))
    whole = form[1] is not None
    problem: str | None = None
    if whole and not (comment.alone and comment.first):
        problem = "`ignore-file` stands in the first lines of a file, before everything else"
    elif not whole and comment.route is None:
        problem = "nothing stands below it"
    scope = () if whole else comment.route or ()
    return Ignore(path, names, reason, until, scope, place, comment, bad, problem)


def without_note(text: str) -> tuple[str, str]:
    """Our part of a comment, and the other comment behind it (empty without one)."""
    found = _NOTE.search(text, 1)
    return (text[: found.start()], found[1]) if found else (text, "")


def _names(path: str, comment: Comment, form: re.Match[str]) -> Iterator[Named]:
    mark = comment.mark
    for found in _CODE.finditer(form[2]):
        start = mark.column + form.start(2) + found.start()
        own = Mark(mark.line, start, mark.line, start + len(found[0]))
        yield Named(found[0], Place(path, comment.route or (), mark=own))


def _reason(text: str) -> tuple[str, date | None, str | None]:
    """Reason, last day, and what stands there instead of a day."""
    found = _UNTIL.search(text)
    if found is None:
        return text.strip(), None, None
    reason = text[: found.start()].strip()
    try:
        return reason, parse_day(found[1].strip()), None
    except BadPeriod:
        return reason, None, found[1].strip()
