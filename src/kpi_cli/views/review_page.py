"""The page of a review pack: the pack, and the charts of its exceptions."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.frozen import dataclass, replace
from kpi_cli.views.charts import Lines
from kpi_cli.views.facts import Facts
from kpi_cli.views.lines import lines_of
from kpi_cli.views.review import ReviewPack


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The pack; `charts` are those of the exceptions that have one."""

    pack: ReviewPack
    charts: Mapping[str, Lines]


def review_page(facts: Facts, pack: ReviewPack) -> ReviewPage:
    """The page; names in its pictures differ from those on the KPIs' own pages."""
    charts = {}
    for concern in pack.exceptions:
        name = concern.card.row.ref.id
        drawn = lines_of(facts, facts.assessment.kpis[name])
        if drawn is not None:
            charts[name] = replace(drawn, slug=f"r-{drawn.slug}")
    return ReviewPage(pack, charts)
