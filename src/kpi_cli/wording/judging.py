"""All text rules over one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kpi_cli.wording import aims, joined, naming, rates, specific, titles
from kpi_cli.wording.hit import Hit
from kpi_cli.wording.statement import Statement

_RULES: tuple[Callable[[Statement], Iterator[Hit]], ...] = (
    specific.vague_verb,
    specific.vague_qualifier,
    specific.escape_clause,
    specific.activity,
    naming.effort_counted,
    naming.thin_or_long,
    specific.abstract_noun,
    naming.direction_in_name,
    specific.means,
    joined.double_barrelled,
    joined.negation,
    joined.dangling,
    joined.two_objectives,
    aims.no_target,
    rates.no_denominator,
    aims.points_or_percent,
    aims.business_as_usual,
    aims.outside,
    naming.vanity,
    aims.no_due,
    aims.relative_time,
    titles.is_a_metric,
    titles.solution,
    titles.negative_tone,
    titles.no_beneficiary,
    titles.long_title,
)

PREVIEW = frozenset({"S109", "O603"})
"""Not yet precise enough to speak unless a workspace asks for them."""
ONLY_IN_DRAFTS = frozenset({"M201", "M205", "T501"})
"""A record has fields that say it."""


def judge(statement: Statement, raw: str | None = None) -> tuple[Hit, ...]:
    """What the rules say of a sentence, in reading order; each rule speaks once a place.

    `raw` is the text as it was typed, where its letters may not be composed.
    """
    if not statement.tokens:
        found = naming.hygiene(statement, raw or statement.text)
        return (*naming.thin_or_long(statement), *found)
    hits = [hit for rule in _RULES for hit in rule(statement)]
    hits += naming.hygiene(statement, statement.text if raw is None else raw)
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.code)))
