"""Drafts for machines and for pull requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kpi_cli.checks.drafts import Draft
from kpi_cli.checks.registry import catalogue
from kpi_cli.checks.score import SCORING
from kpi_cli.diagnostics import Severity
from kpi_cli.locale import N_, _
from kpi_cli.render.json import dump
from kpi_cli.render.markdown import text as escaped
from kpi_cli.render.markdown_page import MarkdownPage

_SIGNS = {"pass": N_("✔ pass"), "improve": N_("▲ improve"), "fail": N_("✖ fail")}


def as_json(found: Sequence[Draft], records: Sequence[str], as_of: date) -> str:
    """`kpi-findings/1` with `drafts`; the counts are those of the drafts' findings."""
    hits = [hit for draft in found for hit in draft.hits]
    counts = {level.value: sum(h.severity is level for h in hits) for level in Severity}
    return dump(
        {
            "schema": "kpi-findings/1",
            "as_of": as_of,
            "findings": [],
            "counts": {**counts, "suppressed": 0},
            "smart": {"scoring": SCORING, "kpis": {}},
            "drafts": [
                _record(draft, record) for draft, record in zip(found, records, strict=True)
            ],
        }
    )


def _record(draft: Draft, record: str) -> dict[str, Any]:
    return {
        "text": draft.text,
        "kind": draft.kind,
        "language": draft.language,
        "fields": draft.fields,
        "missing": list(draft.gaps),
        "findings": [
            {
                "code": hit.code,
                "name": catalogue()[hit.code].name,
                "severity": hit.severity,
                "start": hit.start,
                "end": hit.end,
                "message": hit.message,
                "help": hit.help,
            }
            for hit in draft.hits
        ],
        "total": round(draft.total),
        "verdict": draft.verdict,
        "alike": draft.alike,
        "record": record,
    }


def as_markdown(found: Sequence[Draft], records: Sequence[str], as_of: date) -> str:
    """A table of the sentences, then each record to start from."""
    page = MarkdownPage()
    passed = sum(draft.verdict == "pass" for draft in found)
    told = _("{n} of {whole} sentences are SMART", n=passed, whole=len(found))
    page.add(f"## {told}", "")
    page.add(f"| | {_('Sentence')} | {_('What to write instead')} |", "|---|---|---|")
    page.rows([_row(draft) for draft in found], lambda n: _("and {n} more", n=n))
    for draft, record in zip(found, records, strict=True):
        summary = f"<details><summary>{escaped(draft.text)}</summary>"
        block = [*summary.splitlines(), "", "```yaml", *_fenced(record), "```", "", "</details>"]
        page.rows(["\n".join(["", *block])], lambda _n: "")
    return page.text()


def _fenced(record: str) -> list[str]:
    """Lines of a code block; no data can end it."""
    return [line.replace("```", "`\u200b``") for line in record.splitlines()]


def _row(draft: Draft) -> str:
    advice = "; ".join(f"{hit.code}: {hit.help}" for hit in draft.hits if hit.severity != "info")
    sign = f"{_(_SIGNS[draft.verdict])} {round(draft.total)}"
    return f"| {sign} | {escaped(draft.text)} | {escaped(advice)} |"
