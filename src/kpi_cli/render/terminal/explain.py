"""`kpi explain` on a terminal: numbered steps, or a rule's page; `kpi rules`: the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from kpi_cli.locale import N_
from kpi_cli.render.terminal.paper import (
    Screen,
    clean,
    columns_of,
    pad,
    paragraph,
    print_lines,
    screened,
)
from kpi_cli.render.terminal.table import Column, Row, fit
from kpi_cli.render.text import safe
from kpi_cli.views.steps import Step

if TYPE_CHECKING:
    from kpi_cli.checks.registry import Rule

TONES = {"error": "bad", "warning": "risk", "info": "quiet"}


def steps(title: str, found: Sequence[Step], screen: Screen) -> str:
    """A numbered way from the files to the status."""
    lines: list[Text] = [*paragraph(clean(title, screen), screen, style="head"), Text()]
    labels = columns_of([screened(step.label, screen) for step in found])
    digits = len(str(len(found)))
    for number, step in enumerate(found, 1):
        lines += _step(f"{number:>{digits}}. ", step, labels, screen)
    return print_lines(lines, screen)


def _step(number: str, step: Step, labels: int, screen: Screen) -> Iterator[Text]:
    hanging = " " * (len(number) + labels + 2)
    narrow = screen.width is not None and screen.width < 60
    if narrow:
        yield Text.assemble((number, "quiet"), (screened(step.label, screen), "head"))
        hanging = " " * len(number)
    label = Text(pad(screened(step.label, screen), labels + 2), "head")
    for place, text in enumerate(step.text.split("\n")):
        indent = hanging + "  " * (place > 0)
        first = indent if place or narrow else Text.assemble((number, "quiet"), label)
        yield from paragraph(clean(text, screen), screen, indent=first, hanging=indent)


def page(rule: Rule, screen: Screen) -> str:
    """One rule: code, name, severity, why, then examples as they stand."""
    name = Text(f"{rule.code} {rule.name}", "head")
    severity = rule.severity.value
    lines: list[Text] = [Text.assemble(name, "  ", (severity, TONES[severity])), Text()]
    for text in rule.doc.split("\n"):
        indented = text.startswith((" ", "\t")) or not text.strip()
        safe_text = screened(safe(text), screen)
        lines += [Text(safe_text)] if indented else list(paragraph(safe_text, screen))
    return print_lines(lines, screen)


def rules(found: Iterable[Rule], screen: Screen) -> str:
    """The catalogue: code, severity, name, title."""
    columns = (
        Column("code", N_("Code")),
        Column("severity", N_("Severity")),
        Column("name", N_("Name"), least=24),
        Column("title", N_("What it finds"), least=30),
    )
    rows: list[Row] = [
        {
            "code": Text(rule.code, "head"),
            "severity": Text(rule.severity.value, TONES[rule.severity.value]),
            "name": Text(rule.name),
            "title": Text(screened(rule.title, screen)),
        }
        for rule in found
    ]
    layout = fit(columns, rows, screen, ("name",))
    lines = [layout.head(), *(one for row in rows for one in layout.lines(row))]
    return print_lines(lines, screen)
