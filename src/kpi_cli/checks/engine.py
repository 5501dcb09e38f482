"""Run the rules over a plan; give each diagnostic its severity, place and fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kpi_cli.checks.left_out import LeftOut
from kpi_cli.checks.registry import CheckFunction, Context, Rule, catalogue
from kpi_cli.checks.rewriting import rewritten
from kpi_cli.checks.suppression import set_aside
from kpi_cli.diagnostics import (
    Diagnostic,
    Finding,
    Fix,
    Place,
    RelatedFinding,
    Severity,
    Suppressed,
    Unknown,
    fingerprint,
)
from kpi_cli.frozen import dataclass, field, replace
from kpi_cli.models import Config, Record
from kpi_cli.plan import Loaded, Plan
from kpi_cli.plan.model import SECTIONS
from kpi_cli.source import Mark
from kpi_cli.workspace import matches

if TYPE_CHECKING:
    from kpi_cli.analysis.results import Assessment
    from kpi_cli.source import Locator

ALWAYS = "X"
"""Rules about the engine itself run whatever is selected."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules a command runs, and the severity it gives them where it is not their own.

    Errors of the families in `lenient_on_drafts` are warnings on a record with `status: draft`.
    """

    codes: frozenset[str]
    severities: Mapping[str, Severity]
    lenient_on_drafts: tuple[str, ...] = ()

    def severity(
        self, rule: Rule, config: Config, said: Severity | None = None, draft: bool = False
    ) -> Severity:
        """The workspace's word, else the diagnostic's (`said`), the command's, the rule's own."""
        named = [code for code in config.checks.severity if code and rule.code.startswith(code)]
        if named:
            return Severity(config.checks.severity[max(named, key=len)])
        given = said or self.severities.get(rule.code, rule.severity)
        eased = draft and given is Severity.ERROR and rule.code.startswith(self.lenient_on_drafts)
        return Severity.WARNING if eased else given


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and what the plan sets aside; both in reading order.

    `unknown` are the codes of rules that cannot tell, by record.
    """

    findings: list[Finding]
    suppressed: list[Suppressed]
    unknown: Mapping[str, frozenset[str]] = field(default_factory=dict)


def findings(
    loaded: Loaded,
    as_of: date,
    selection: Selection,
    *,
    assessment: Callable[[], Assessment] | None = None,
    locked_edits: Callable[[], Iterator[Diagnostic]] | None = None,
) -> list[Finding]:
    """All findings of a plan on a day that count, in reading order, each once."""
    found = checked(loaded, as_of, selection, assessment=assessment, locked_edits=locked_edits)
    return found.findings


def checked(
    loaded: Loaded,
    as_of: date,
    selection: Selection,
    *,
    assessment: Callable[[], Assessment] | None = None,
    locked_edits: Callable[[], Iterator[Diagnostic]] | None = None,
    only: Container[str] | None = None,
    context: Context | None = None,
) -> Checked:
    """Run the rules over a plan on a day and sort out what its ignores set aside.

    With `only`, rules that look at one record at a time look at these alone.
    """
    plan = loaded.plan
    context = context or Context(
        plan,
        as_of,
        assessment or (lambda: _assess(plan, as_of)),
        locked_edits,
        LeftOut(loaded),
    )
    rules = catalogue()
    off = tuple(plan.config.checks.disable)
    chosen = [rules[code] for code in rules if code in selection.codes and not code.startswith(off)]
    said_by_rules = list(outcomes(chosen, context, only))
    diagnostics = [*loaded.diagnostics, *_faults(said_by_rules)]
    places = Places(loaded.files)

    def said(diagnostics: Iterable[Diagnostic]) -> dict[_Key, tuple[Diagnostic, Finding]]:
        """Each finding that may be spoken of with what it was made of, in reading order."""
        pairs = [
            (d, _finding(d, rules[d.code], selection, plan, places))
            for d in diagnostics
            if d.code in selection.codes
            and wanted(d, plan.config)
            and d.twin not in selection.codes
        ]
        sources = {_key(finding): diagnostic for diagnostic, finding in pairs}
        ordered = sorted((finding for _, finding in pairs), key=lambda f: f.sort_key)
        return {_key(f): (sources[_key(f)], f) for f in number_repeats(ordered)}

    def runs(path: str) -> Iterable[str]:
        return [rule.code for rule in chosen if speaks(rule.code, path, plan.config)]

    found = set_aside(loaded, as_of, list(said(diagnostics).values()), runs)
    kept = [*found.kept, *(finding for _, finding in said(found.faults).values())]
    kept.sort(key=lambda finding: finding.sort_key)
    return Checked(kept, found.suppressed, _unknown(said_by_rules))


def _assess(plan: Plan, as_of: date) -> Assessment:
    from kpi_cli.analysis.assess import assess

    return assess(plan, as_of)


def as_findings(
    diagnostics: Iterable[Diagnostic], loaded: Loaded, selection: Selection
) -> list[Finding]:
    """Diagnostics that come from elsewhere as findings, in reading order."""
    rules, places = catalogue(), Places(loaded.files)
    made = [_finding(d, rules[d.code], selection, loaded.plan, places) for d in diagnostics]
    return number_repeats(sorted(made, key=lambda finding: finding.sort_key))


_Key = tuple[object, ...]


def _key(finding: Finding) -> _Key:
    return (*finding.sort_key, finding.subject)


def run_rules(rules: Iterable[Rule], context: Context) -> Iterator[Diagnostic]:
    """What the rules find, rule by rule."""
    chosen = list(rules)
    order = {rule.code: at for at, rule in enumerate(chosen)}
    found = _faults(outcomes(chosen, context))
    yield from sorted(found, key=lambda one: order.get(one.code, len(order)))


def _faults(said: Iterable[Diagnostic | Unknown]) -> Iterator[Diagnostic]:
    return (one for one in said if isinstance(one, Diagnostic))


def _unknown(said: Iterable[Diagnostic | Unknown]) -> dict[str, frozenset[str]]:
    by_record: dict[str, set[str]] = {}
    for one in said:
        if isinstance(one, Unknown):
            by_record.setdefault(one.subject, set()).add(one.code)
    return {name: frozenset(codes) for name, codes in by_record.items()}


def outcomes(
    rules: Iterable[Rule], context: Context, only: Container[str] | None = None
) -> Iterator[Diagnostic | Unknown]:
    """What the rules find and what they cannot tell; one that breaks off is told once, as X906.

    Record by record: all that is known of one is in the processor's cache then.
    """
    able = [(rule, rule.over, rule.run) for rule in rules if rule.run and rule.over]
    for rule, over, run in able:
        if over is Context:
            try:
                yield from run(context)
            except Exception as fault:
                yield _crash(rule, None, fault, context.plan)
    broken: set[str] = set()
    for name, model in SECTIONS.items():
        own = [(rule, run) for rule, over, run in able if issubclass(model, over)]
        if own:
            records: Mapping[str, Record] = getattr(context.plan, name)
            chosen = [one for one in records.values() if only is None or one.id in only]
            yield from _of_records(chosen, own, context, broken)


def _of_records(
    records: Iterable[Record],
    rules: Sequence[tuple[Rule, CheckFunction]],
    context: Context,
    broken: set[str],
) -> Iterator[Diagnostic | Unknown]:
    for record in records:
        for rule, run in rules:
            try:
                # A silent rule gives an empty tuple: most do, for most records.
                if said := run(record, context):
                    yield from said
            except Exception as fault:
                if rule.code not in broken:
                    yield _crash(rule, record, fault, context.plan)
                broken.add(rule.code)


def _crash(rule: Rule, record: Record | None, fault: Exception, plan: Plan) -> Diagnostic:
    from kpi_cli.checks.crash import crash

    return crash(rule, record, fault, plan)


def wanted(diagnostic: Diagnostic, config: Config) -> bool:
    """Whether the workspace's settings let a rule speak in that file, under either of its codes."""
    path, twin = diagnostic.place.path, diagnostic.twin
    off = twin is not None and twin.startswith(tuple(config.checks.disable))
    return speaks(diagnostic.code, path, config) and not off


def speaks(code: str, path: str, config: Config) -> bool:
    """Whether the settings let the rule `code` speak in a file."""
    checks = config.checks
    if code.startswith(ALWAYS):
        return True
    if not code.startswith(tuple(checks.select)) or code.startswith(tuple(checks.disable)):
        return False
    return not any(
        code.startswith(tuple(settings.disable))
        for glob, settings in checks.paths.items()
        if matches(path, [glob])
    )


class Places:
    """Lines and columns of places; a file is read for them only when a fault needs it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self._locators: dict[str, Locator] = {}

    def mark(self, place: Place) -> Mark:
        """The span of a place; the file's first character where nothing closer is known."""
        if place.mark is not None:
            return place.mark
        from kpi_cli.source import Locator, Text, words_in

        locator = self._locators.get(place.path)
        if locator is None:
            locator = self._locators[place.path] = Locator(self.files.get(place.path, b""))
        find = {"key": locator.key, "first_key": locator.first_key}.get(place.part, locator.value)
        mark = find(place.route) or Mark(1, 1, 1, 1)
        if place.word is None:
            return mark
        text = Text(self.files.get(place.path, b""))
        return next(words_in(text, mark, place.word), mark)


def _finding(
    diagnostic: Diagnostic, rule: Rule, selection: Selection, plan: Plan, places: Places
) -> Finding:
    mark = places.mark(diagnostic.place)
    place, subject = diagnostic.place, diagnostic.subject
    draft = _is_draft(plan, subject)
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=selection.severity(rule, plan.config, diagnostic.severity, draft),
        path=place.path,
        line=mark.line,
        column=mark.column,
        end_line=mark.end_line,
        end_column=mark.end_column,
        subject=subject,
        message=diagnostic.message,
        help=diagnostic.help,
        fix=_fix(diagnostic, places),
        fingerprint=fingerprint(rule.code, place.path, subject, place.route, diagnostic.message),
        related=tuple(_related(r.place, r.message, places) for r in diagnostic.related),
        concerns=diagnostic.concerns,
    )


def _fix(diagnostic: Diagnostic, places: Places) -> Fix | None:
    fix = diagnostic.fix
    if fix is None or isinstance(fix, Fix):
        return fix
    raw = places.files.get(fix.place.path, b"")
    return rewritten(fix, places.mark(fix.place), raw)


def _is_draft(plan: Plan, subject: str | None) -> bool:
    record = plan.kpis.get(subject or "") or plan.objectives.get(subject or "")
    return record is not None and record.status == "draft"


def _related(place: Place, message: str, places: Places) -> RelatedFinding:
    mark = places.mark(place)
    return RelatedFinding(place.path, mark.line, mark.column, message)


def number_repeats(found: Iterable[Finding]) -> list[Finding]:
    """Drop what is said twice at one place; true repeats elsewhere get `#2`, `#3` … ."""
    seen: dict[str, int] = {}
    said: set[tuple[object, ...]] = set()
    kept: list[Finding] = []
    for finding in found:
        key = _key(finding)
        if key in said:
            continue
        said.add(key)
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        mark = f"{finding.fingerprint}#{count}"
        kept.append(finding if count == 1 else replace(finding, fingerprint=mark))
    return kept


def count(found: Iterable[Finding]) -> dict[str, int]:
    """How many of each severity."""
    totals = {severity.value: 0 for severity in Severity}
    for finding in found:
        totals[finding.severity.value] += 1
    return totals
