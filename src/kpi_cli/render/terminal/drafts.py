"""`kpi check-smart "…"` for people: what the sentence tells, what is wrong, the record to start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from kpi_cli.checks.drafts import Draft
from kpi_cli.checks.registry import catalogue
from kpi_cli.diagnostics import Severity
from kpi_cli.locale import N_, _
from kpi_cli.quantity import show_number
from kpi_cli.render.terminal.paper import Screen, clean, paragraph, print_lines, screened
from kpi_cli.render.text import safe

_TONES = {Severity.ERROR: "bad", Severity.WARNING: "risk", Severity.INFO: "quiet"}
_VERDICTS = {"pass": "good", "improve": "risk", "fail": "bad"}
VERDICTS = {"pass": N_("pass"), "improve": N_("improve"), "fail": N_("fail")}
KINDS = {
    "objective": N_("objective"), "key_result": N_("key result"), "kpi": N_("KPI"),
    "goal": N_("goal"), "milestone": N_("milestone"),
}  # fmt: skip


def drafts(found: Sequence[Draft], records: Sequence[str], screen: Screen) -> str:
    """Every sentence with its verdict, findings and record; `records` is YAML, one for each."""
    lines: list[Text] = []
    for draft, record in zip(found, records, strict=True):
        lines += _draft(draft, record, screen)
    return print_lines(lines, screen)


def _draft(draft: Draft, record: str, screen: Screen) -> Iterator[Text]:
    tone = _VERDICTS[draft.verdict]
    head = Text.assemble(
        (f"{_(VERDICTS[draft.verdict])} ", tone),
        (f"{round(draft.total)}  ", "head"),
        (clean(draft.text, screen), "head"),
        (f"  ({_(KINDS[draft.kind])})", "quiet"),
    )
    yield from paragraph(head, screen, hanging="  ")
    told = _told(draft)
    if told:
        yield from paragraph(clean(told, screen), screen, indent="  ", style="quiet")
    for hit in draft.hits:
        name = catalogue()[hit.code].name
        label = (f"{hit.severity} {hit.code} {name}: ", _TONES[hit.severity])
        text = Text.assemble(label, clean(hit.message, screen))
        yield from paragraph(text, screen, indent="  ", hanging="    ")
        yield from paragraph(clean(hit.help, screen), screen, indent="    ", style="help")
    if draft.alike:
        told = _("the plan has this measure already: {id}", id=draft.alike)
        yield from paragraph(told, screen, indent="  ")
    yield Text()
    for line in record.splitlines():
        style = "quiet" if line.lstrip().startswith("#") else ""
        yield Text(f"    {screened(safe(line), screen)}", style)
    yield Text()


def _told(draft: Draft) -> str:
    """The fields on one line: `metric CSAT · from 4.1 · to 4.5 points · due 2026-09-30`."""
    parts = []
    for key, value in draft.fields.items():
        if value is not None and key != "direction":
            shown = show_number(value) if isinstance(value, int | float) else str(value)
            parts.append(f"{key} {shown}")
    return " · ".join(parts)
