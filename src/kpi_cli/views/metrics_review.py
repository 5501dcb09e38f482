"""`kpi review-metrics`: keep, change or retire, with the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kpi_cli.analysis.metrics_review import Reviewed
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.views.document import Document, Item, Section
from kpi_cli.views.words import day, how_many

_TITLES: Mapping[str, str] = {"retire": N_("Retire"), "change": N_("Change"), "keep": N_("Keep")}


def envelope(rows: Sequence[Reviewed], as_of: date) -> dict[str, Any]:
    """`kpi-review-metrics/1`."""
    return {
        "schema": "kpi-review-metrics/1",
        "as_of": as_of,
        "kpis": [
            {
                "id": row.kpi.id,
                "name": row.kpi.name,
                "owner": row.kpi.owner,
                "proposal": row.proposal,
                "evidence": row.evidence,
            }
            for row in rows
        ],
    }


def document(
    rows: Sequence[Reviewed], as_of: date, *, with_git: bool, with_actions: bool = True
) -> Document:
    """The same for people; what is simply kept is only counted."""
    counts = {kind: [row for row in rows if row.proposal == kind] for kind in _TITLES}
    verdict = ngettext(
        "{n} metric: retire {retire}, change {change}, keep {keep}",
        "{n} metrics: retire {retire}, change {change}, keep {keep}",
        len(rows),
        **{kind: how_many(len(chosen)) for kind, chosen in counts.items()},
    )
    sections = [
        Section(_(_TITLES[kind]), tuple(_item(row) for row in chosen if row.evidence))
        for kind, chosen in counts.items()
    ]
    plain = sum(not row.evidence for row in counts["keep"])
    if plain:
        sections.append(
            Section(
                _("Nothing to say"), note=ngettext("{n} other metric", "{n} other metrics", plain)
            )
        )
    notes = [_("proposals; people decide")]
    if not with_git:
        notes.append(_("without git nobody knows when figures were entered"))
    if not with_actions:
        notes.append(
            _("no action or initiative is written down: what was done about red is not judged")
        )
    return Document(verdict, f"{day(as_of)} · {'; '.join(notes)}", tuple(sections))


def _item(row: Reviewed) -> Item:
    return Item(f"{row.kpi.name} ({row.kpi.id})", tuple(_(one.text) for one in row.evidence))
