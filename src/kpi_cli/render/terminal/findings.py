"""`kpi validate` for people: each fault with its lines, a caret under it, what to type, a count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rich.cells import cell_len
from rich.text import Text

from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.locale import _, ngettext
from kpi_cli.render.terminal.calm import nothing_found
from kpi_cli.render.terminal.paper import (
    Screen,
    clean,
    paragraph,
    print_lines,
)
from kpi_cli.render.text import safe
from kpi_cli.views.findings import COUNTS, FindingsView
from kpi_cli.views.words import listed

CONTEXT = 1
"""Lines shown before and after the one at fault."""
LONGEST = 400
"""Characters of a source line that are shown."""
_TONES = {Severity.ERROR: "bad", Severity.WARNING: "risk", Severity.INFO: "quiet"}


def findings(view: FindingsView, files: Mapping[str, bytes], screen: Screen) -> str:
    """Every finding in reading order, then how many."""
    lines: list[Text] = []
    sources = Sources(files)
    for finding in view.findings:
        lines += one_finding(finding, sources, screen)
        lines.append(Text())
    lines.append(footer(view))
    lines += fixable(view, screen)
    lines += _set_aside(view, screen)
    return print_lines(lines, screen)


class Sources:
    """The lines of each file, split once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._lines = lru_cache(maxsize=8)(self._split)

    def line(self, path: str, number: int) -> str | None:
        """A line by its number from 1."""
        lines = self._lines(path)
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _split(self, path: str) -> list[str]:
        text = self._files.get(path, b"").decode("utf-8-sig", "replace")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return lines[:-1] if lines and not lines[-1] else lines


def one_finding(finding: Finding, sources: Sources, screen: Screen) -> Iterator[Text]:
    """A finding with its lines, a caret, and what to type."""
    tone = _TONES[finding.severity]
    label = (f"{finding.severity} {finding.code} {finding.name}: ", tone)
    message = Text.assemble(label, (clean(finding.message, screen), "head"))
    yield from paragraph(message, screen, hanging="  ")
    excerpt = list(_numbered(finding, sources))
    gutter = " " * len(str(excerpt[-1][0])) if excerpt else " "
    yield _place(gutter, finding.path, finding.line, finding.column, screen)
    if excerpt:
        yield Text(f"{gutter} |", "quiet")
        for number, text in excerpt:
            yield from _source(number, text, finding, gutter, tone)
        yield Text(f"{gutter} |", "quiet")
    yield from _related(finding, gutter, screen)
    if finding.help:
        yield from _note(_("help"), finding.help, gutter, screen)


def _place(gutter: str, path: str, number: int, column: int, screen: Screen) -> Text:
    return Text.assemble(
        (f"{gutter}--> ", "quiet"), (f"{clean(path, screen)}:{number}:{column}", "path")
    )


def _numbered(finding: Finding, sources: Sources) -> Iterator[tuple[int, str]]:
    for number in range(max(finding.line - CONTEXT, 1), finding.line + CONTEXT + 1):
        text = sources.line(finding.path, number)
        if text is not None and (number == finding.line or text.strip()):
            yield number, text


def _source(number: int, text: str, finding: Finding, gutter: str, tone: str) -> Iterator[Text]:
    start, end = finding.column - 1, finding.end_column - 1
    if finding.end_line > finding.line:
        end = len(text.rstrip())
    begin = max(start - LONGEST // 2, 0) if number == finding.line and start > LONGEST else 0
    shown = text[begin : begin + LONGEST]
    head = Text(f"{number:>{len(gutter)}} | ", "quiet")
    yield Text.assemble(head, _expanded(shown)[0])
    if number != finding.line:
        return
    before = _expanded(shown[: start - begin])[1]
    under = _expanded(shown[: max(end, start) - begin])[1] - before
    yield Text.assemble((f"{gutter} | ", "quiet"), " " * before, ("^" * max(under, 1), tone))


def _expanded(text: str, tab: int = 4) -> tuple[str, int]:
    """The text as a terminal shows it, tabs as blanks to the next stop, and its columns."""
    found, used = "", 0
    for character in text:
        shown = " " * (tab - used % tab) if character == "\t" else safe(character)
        found += shown
        used += cell_len(shown)
    return found, used


def _related(finding: Finding, gutter: str, screen: Screen) -> Iterator[Text]:
    for other in finding.related:
        where = f"{clean(other.path, screen)}:{other.line}:{other.column}"
        yield Text.assemble(
            (f"{gutter} = ", "quiet"), f"{clean(other.message, screen)}: ", (where, "path")
        )


def _note(label: str, text: str, gutter: str, screen: Screen) -> Iterator[Text]:
    first = Text.assemble((f"{gutter} = ", "quiet"), (f"{label}: ", "help"))
    hanging = " " * first.cell_len
    yield from paragraph(clean(text, screen), screen, indent=first, hanging=hanging)


def fixable(view: FindingsView, screen: Screen) -> Iterator[Text]:
    """How many the tool can mend by itself, and how."""
    number = sum(finding.fix is not None for finding in view.findings)
    if number:
        told = ngettext(
            "`{command} --fix` mends {n} of them",
            "`{command} --fix` mends {n} of them",
            number,
            command=f"kpi {view.command}",
        )
        yield from paragraph(told, screen, style="help")


def _set_aside(view: FindingsView, screen: Screen) -> Iterator[Text]:
    """What does not count: ignores with their reasons, debt and old faults by number."""
    ignored = [one for one in view.suppressed if one.source]
    if ignored:
        told = ngettext("Set aside {n} finding:", "Set aside {n} findings:", len(ignored))
        yield from paragraph(told, screen)
    for one in ignored:
        finding, until = one.finding, _(" (until {day})", day=one.until) if one.until else ""
        where = f"{clean(finding.path, screen)}:{finding.line}:{finding.column}"
        text = f"{where}: {clean(one.reason, screen)}{until}"
        yield from paragraph(text, screen, indent=f"  {finding.code} ", hanging="    ")
    debt = len(view.suppressed) - len(ignored)
    if debt:
        told = ngettext(
            "{n} finding of the baseline not counted",
            "{n} findings of the baseline not counted",
            debt,
        )
        yield from paragraph(told, screen)
    if view.elsewhere:
        told = ngettext(
            "{n} finding from before not counted",
            "{n} findings from before not counted",
            view.elsewhere,
        )
        yield from paragraph(told, screen)


def footer(view: FindingsView) -> Text:
    """How many findings there are."""
    if not view.findings:
        said, rest = nothing_found(view)
        return Text.assemble((said, "good"), rest)
    counted = [ngettext(*forms, n) for key, forms in COUNTS.items() if (n := view.counts[key])]
    tone = "bad" if view.counts["error"] else "risk" if view.counts["warning"] else "quiet"
    found = _("Found {findings}", findings=listed(counted))
    files = ngettext("{n} file", "{n} files", view.files)
    return Text.assemble((found, tone), " ", _("in {files}", files=files))
