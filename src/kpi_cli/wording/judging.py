"""All text rules over one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kpi_cli.wording import aims, joined, naming, rates, specific, titles
from kpi_cli.wording.hit import Hit
from kpi_cli.wording.statement import Statement

Rule = Callable[[Statement], Iterator[Hit]]

_RULES: tuple[Rule, ...] = (
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
    aims.business_as_usual,
    naming.vanity,
    aims.relative_time,
    titles.is_a_metric,
    titles.solution,
    titles.negative_tone,
    titles.no_beneficiary,
    titles.long_title,
)

PREVIEW = frozenset({"S109", "O603"})
"""Not yet precise enough to speak unless a workspace asks for them."""
_OF_BARE_SENTENCES: tuple[Rule, ...] = (
    aims.no_target,
    rates.no_denominator,
    aims.points_or_percent,
    aims.outside,
    aims.no_due,
)
"""A record has fields that say it, and rules of its own that look at them."""


def judge(
    statement: Statement, raw: str | None = None, *, in_record: bool = False
) -> tuple[Hit, ...]:
    """What the rules say of a sentence, in reading order; each rule speaks once a place.

    `raw` is the text as it was typed, where its letters may not be composed. A name or title
    `in_record` is not asked for what the record says elsewhere.
    """
    if not statement.tokens:
        found = naming.hygiene(statement, raw or statement.text)
        return (*naming.thin_or_long(statement), *found)
    rules = _RULES if in_record else (*_RULES, *_OF_BARE_SENTENCES)
    hits = [hit for rule in rules for hit in rule(statement)]
    hits += naming.hygiene(statement, statement.text if raw is None else raw)
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.code)))
