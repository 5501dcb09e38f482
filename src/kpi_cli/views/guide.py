"""How to read the pages: every status and signal in one sentence, and the words of the house."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.analysis.results import Status
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _
from kpi_cli.views.crowd import PAGE
from kpi_cli.views.facts import Facts
from kpi_cli.views.words import BADGES, Badge

MEANINGS: Mapping[Status, str] = {
    Status.OFF_TRACK: N_("Far behind what was planned by the date of its latest figure."),
    Status.MISSED: N_("The due date is past and the target was not reached."),
    Status.AT_RISK: N_("Behind the plan by more than a little."),
    Status.STALE: N_("The latest figure is too old to be judged."),
    Status.NO_DATA: N_("No figure yet: silence is never green."),
    Status.INSUFFICIENT_DATA: N_("Less than half of what counts below it is measured."),
    Status.ON_TRACK: N_("About where it was planned to be, or better."),
    Status.ACHIEVED: N_("The target is reached."),
    Status.NO_TARGET: N_("Measured, but nobody has said yet what is wanted."),
    Status.NOT_STARTED: N_("Its time has not begun."),
    Status.DRAFT: N_("Not agreed yet; counts nowhere."),
    Status.RETIRED: N_("No longer used; kept for its history."),
    Status.DROPPED: N_("Given up on purpose."),
}
SIGNALS = (
    ("↗", N_("Improving"), N_("The latest values are better than routine variation explains.")),
    ("↘", N_("Worsening"), N_("The latest values are worse than routine variation explains.")),
    (
        "→",
        N_("No real change"),
        N_("Ups and downs as always: asking why of one month leads astray."),
    ),
    ("?", N_("Too few points"), N_("There are not enough values yet to tell.")),
)
ADVICE = (
    N_(
        "Off track without a signal: the process is as it always was."
        " Change the process, not the people."
    ),
    N_("A signal for the worse while on track: act now, the status will follow."),
    N_("A signal for the better: find out who did what, thank them, and keep it."),
    N_("The chance of a target holds if nothing changes. Something can be changed."),
)


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide; `glossary` are the terms the plan defines."""

    statuses: tuple[tuple[Badge, str], ...]
    signals: tuple[tuple[str, str, str], ...]
    advice: tuple[str, ...]
    few: str
    glossary: tuple[tuple[str, str], ...]


def guide(facts: Facts) -> Guide:
    """The guide of a workspace."""
    return Guide(
        tuple((BADGES[status], _(text)) for status, text in MEANINGS.items()),
        tuple((glyph, _(name), _(text)) for glyph, name, text in SIGNALS),
        tuple(_(text) for text in ADVICE),
        _(
            "At most {most} for an objective and {page} on the page of a team or a person. Each"
            " one more takes attention from those that decide something; one that has changed no"
            " decision for a year can be retired.",
            most=facts.config.limits.kpis_per_objective,
            page=PAGE,
        ),
        tuple((one.term, one.means) for one in facts.plan.glossary.values()),
    )
