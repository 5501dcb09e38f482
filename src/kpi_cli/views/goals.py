"""Targets in words and figures, in the spoken language.

`Target.text` says the same in English for messages of rules and for machines; in English both are
equal (a test compares them).
"""

from __future__ import annotations

from kpi_cli.kinds.base import Target
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Limits, Threshold
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.kinds.zones import Stretch, Zones
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.period import Period
from kpi_cli.views.units import unit_word
from kpi_cli.views.words import plain, quantity

STRETCH = {
    "fail": N_("fail"),
    "commit": N_("commit"),
    "target": N_("target"),
    "stretch": N_("stretch"),
}


def zone_word(zone: str, target: Target) -> str:
    """A grade's name: ours for a stretch target, else as the file has it."""
    return _(STRETCH.get(zone, zone)) if isinstance(target, Stretch) else zone


def limits_text(limits: Limits, unit: str | None) -> str:
    """`at least 99.9 %`, `at most 25 days`, `4 to 5 points`."""
    low, high = limits.low, limits.high
    if low is not None and high is not None:
        return _("{low} to {high}", low=plain(low), high=quantity(high, unit))
    if low is not None:
        return _("at least {figure}", figure=quantity(low, unit))
    return _("at most {figure}", figure=quantity(high or 0.0, unit))


def target_words(target: Target, unit: str | None) -> str:
    """A target of any form."""
    match target:
        case Threshold():
            return _threshold(target, unit)
        case Relative():
            sign = "+" if target.amount >= 0 else ""
            return f"{sign}{plain(target.amount)} {unit_word('pp') if target.points else '%'}"
        case Value():
            return quantity(target.value, unit)
        case Stretch():
            return _("stretch {figure}", figure=quantity(target.value, unit))
        case Zones():
            zones = " < ".join(name for name, _score in target.ordered)
            return _("reach '{zone}' of {zones}", zone=target.reach, zones=zones)
        case Milestones():
            return ngettext("{n} milestone", "{n} milestones", len(target.steps))
        case Done():
            return _("done")
    return target.text(unit)


def _threshold(target: Threshold, unit: str | None) -> str:
    if target.limits is not None:
        return limits_text(target.limits, unit)
    if not target.by_period:
        return target.text(unit)
    return "; ".join(f"{p.name}: {limits_text(limits, unit)}" for p, limits in target.by_period)


def target_words_in(target: Threshold, period: Period | None, unit: str | None) -> str:
    """The limits of one period, or those of all where it has none."""
    limits = target.limits_for(period)
    if target.limits is not None or limits is None or period is None:
        return target_words(target, unit)
    return f"{limits_text(limits, unit)} ({period.name})"
