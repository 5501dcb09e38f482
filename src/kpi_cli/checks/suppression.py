"""Set findings aside where the plan says so, and find what is wrong with the ignores themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from kpi_cli.checks.codes import advice, any_covered, is_known
from kpi_cli.checks.ignores import Ignore, Named, ignores, without_note
from kpi_cli.checks.registry import found_by_reader
from kpi_cli.diagnostics import Diagnostic, Finding, Fix, Place, Severity, Suppressed
from kpi_cli.frozen import dataclass, field
from kpi_cli.plan import Loaded
from kpi_cli.shape import brief
from kpi_cli.source import Mark
from kpi_cli.workspace import CONFIG

Said = tuple[Diagnostic, Finding]
Runs = Callable[[str], Iterable[str]]
"""The codes of the rules that may speak in a file."""
NO_REASON = "no reason is given"


@found_by_reader("X901", "unused-suppression", Severity.WARNING)
def unused_suppression() -> None:
    """An ignore sets nothing aside.

    The fault has been mended, or the ignore stands at the wrong place or is misspelt. Left where
    it is, it would hide the next fault of that kind from everybody. Codes that this command does
    not look for are left alone.

    Bad:
        people:
          quang: {name: Quang, team: shop}  # kpi: ignore[K105] -- the new team comes in June

    Good:
        people:
          quang: {name: Quang, team: stall}  # kpi: ignore[K105] -- the new team comes in June

    Fix:
        Delete the ignore; `kpi validate --fix` does it. At the end of a line it covers that key,
        on the line of an id the whole record, on a line of its own the record below.
    """


@found_by_reader("X902", "suppression-without-reason")
def suppression_without_reason() -> None:
    """An ignore gives no reason.

    Whoever reads the plan next year must be able to tell whether the exception still holds. The
    finding is set aside all the same, so that one fault is not told twice.

    Bad:
        people:
          quang: {name: Quang, team: stall}  # kpi: ignore[K105]

    Good:
        people:
          quang: {name: Quang, team: stall}  # kpi: ignore[K105] -- the new team comes in June

    Fix:
        Write why after two dashes, or as `reason:` in an `ignore:` field.
    """


@found_by_reader("X903", "unknown-code")
def unknown_code() -> None:
    """A code is named that no rule has.

    An ignore or a setting with a mistyped code does nothing, and nobody notices.

    Bad:
        people:
          quang: {name: Quang, team: shop}  # kpi: ignore[K999] -- the new team comes in June

    Good:
        people:
          quang: {name: Quang, team: stall}  # kpi: ignore[K105] -- the new team comes in June

    Fix:
        Write a code that `kpi rules` lists, or the beginning of several, such as K1.
    """


@found_by_reader("X904", "suppression-expired")
def suppression_expired() -> None:
    """The last day of an ignore, or of an entry of the baseline, is over.

    An exception was granted for a time. After its last day the finding counts again, and the
    ignore itself is reported until it is renewed or deleted.

    Bad:
        people:
          quang:
            name: Quang
            team: stall  # kpi: ignore[K105] -- it comes in May (until 2026-05-30)

    Good:
        people:
          quang:
            name: Quang
            team: stall  # kpi: ignore[K105] -- it comes in June (until 2026-06-30)

    Fix:
        Mend the fault and delete the ignore, or agree on another day and write it.
    """


@dataclass(slots=True)
class Sorted:
    """Findings that count, those set aside, and what is wrong with the ignores."""

    kept: list[Finding] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)


def set_aside(loaded: Loaded, as_of: date, said: Sequence[Said], runs: Runs) -> Sorted:
    """Sort findings by what the plan's ignores say about them."""
    found, result = list(ignores(loaded)), Sorted()
    used: set[tuple[int, Named]] = set()
    for diagnostic, finding in said:
        if diagnostic.excuse is not None:
            result.suppressed.append(Suppressed(finding, diagnostic.excuse, True))
            continue
        hit = _hit(found, diagnostic, as_of)
        if hit is None:
            result.kept.append(finding)
            continue
        used.add(hit)
        ignore = found[hit[0]]
        reason = ignore.reason or NO_REASON
        result.suppressed.append(Suppressed(finding, reason, True, ignore.until))
    for number, ignore in enumerate(found):
        unused = [name for name in ignore.names if (number, name) not in used]
        result.faults += _faults(ignore, unused, loaded, as_of, runs)
    result.faults += _in_settings(loaded)
    return result


def _hit(found: list[Ignore], diagnostic: Diagnostic, as_of: date) -> tuple[int, Named] | None:
    if diagnostic.code.startswith("X"):
        return None
    for number, ignore in enumerate(found):
        name = ignore.name_for(diagnostic)
        if name and not ignore.has_expired(as_of):
            return number, name
    return None


def _faults(
    ignore: Ignore, unused: list[Named], loaded: Loaded, as_of: date, runs: Runs
) -> Iterator[Diagnostic]:
    """At most one kind of fault for an ignore: unreadable, unknown, reasonless, expired, unused."""
    place, subject = ignore.place, ignore.subject
    unknown = [name for name in ignore.names if not is_known(name.code)]
    if ignore.problem:
        message = f"this ignore has no effect: {ignore.problem}"
        yield Diagnostic("X901", place, message, subject, "write it anew, or delete it")
        return
    for name in unknown:
        yield _unknown(name.code, name.place, subject)
    if not ignore.names:
        help_text = "name the code to set aside: `# kpi: ignore[K105] -- reason`"
        yield Diagnostic("X903", place, "this ignore names no code", subject, help_text)
    elif not ignore.reason:
        help_text = _with_reason(ignore)
        yield Diagnostic("X902", place, "this ignore gives no reason", subject, help_text)
    elif ignore.has_expired(as_of):
        yield _expired(ignore)
    else:
        idle = [n for n in unused if n not in unknown and _could_speak(n, ignore, loaded, runs)]
        if idle:
            yield _unused(ignore, idle, loaded)


def _unknown(code: str, place: Place, subject: str | None = None) -> Diagnostic:
    return Diagnostic("X903", place, f"there is no rule '{brief(code)}'", subject, advice(code))


def _with_reason(ignore: Ignore) -> str:
    if ignore.comment is None:
        return "add `reason:` to it"
    codes = ", ".join(name.code for name in ignore.names)
    return f"write why: `# kpi: ignore[{codes}] -- because …`"


def _expired(ignore: Ignore) -> Diagnostic:
    codes = ", ".join(name.code for name in ignore.names)
    if ignore.bad_until is not None:
        message = f"'{brief(ignore.bad_until)}' is no day, so this ignore of {codes} does not count"
        help_text = "write the last day as (until 2026-12-31)"
    else:
        message = f"this ignore of {codes} ended on {ignore.until}"
        help_text = "mend the fault and delete the ignore, or write another day"
    return Diagnostic("X904", ignore.place, message, ignore.subject, help_text)


def _could_speak(name: Named, ignore: Ignore, loaded: Loaded, runs: Runs) -> bool:
    """Whether the rule ran over what the ignore covers, so that its silence means something."""
    if not any_covered(name.code, runs(ignore.path)):
        return False
    broken = loaded.plan.broken
    if ignore.subject is None:
        return not broken
    return ignore.subject not in broken


def _unused(ignore: Ignore, idle: list[Named], loaded: Loaded) -> Diagnostic:
    codes = ", ".join(name.code for name in idle)
    message = f"this ignore of {codes} sets nothing aside"
    fix = _without(ignore, idle, loaded) if ignore.comment else None
    help_text = "delete it" if len(idle) == len(ignore.names) else f"take {codes} out of it"
    return Diagnostic("X901", ignore.place, message, ignore.subject, help_text, fix=fix)


def _without(ignore: Ignore, idle: list[Named], loaded: Loaded) -> Fix | None:
    """The comment without some codes; without any left, no comment (and no line of its own)."""
    comment = ignore.comment
    if comment is None:
        return None
    mark = comment.mark
    left = [name.code for name in ignore.names if name not in idle]
    if left:
        first, last = ignore.names[0].place.mark, ignore.names[-1].place.mark
        if first is None or last is None:
            return None
        return Fix(Mark(mark.line, first.column, mark.line, last.end_column), ", ".join(left))
    note = without_note(comment.text)[1]
    if note:
        return Fix(mark, note)
    lines = loaded.files[ignore.path].decode("utf-8-sig", "surrogateescape").split("\n")
    if comment.alone and mark.line < len(lines):
        return Fix(Mark(mark.line, 1, mark.line + 1, 1), "")
    before = lines[mark.line - 1][: mark.column - 1].rstrip()
    return Fix(Mark(mark.line, len(before) + 1, mark.line, mark.end_column), "")


def _in_settings(loaded: Loaded) -> Iterator[Diagnostic]:
    """Codes under `checks:` that no rule has."""
    checks, place = loaded.plan.config.checks, Place(CONFIG, ("checks",))
    for index, code in enumerate(checks.select):
        if not is_known(code):
            yield _unknown(code, place.under("select", index))
    named = [("disable", code) for code in checks.disable]
    named += [("severity", code) for code in checks.severity]
    for route in named:
        if not is_known(route[1]):
            yield _unknown(route[1], place.under(*route).at_key())
    for glob, settings in checks.paths.items():
        for code in settings.disable:
            if not is_known(code):
                yield _unknown(code, place.under("paths", glob, "disable", code).at_key())
