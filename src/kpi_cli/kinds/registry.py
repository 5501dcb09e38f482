"""Which form a written target has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kpi_cli.kinds import done, milestones, threshold, value, zones
from kpi_cli.kinds.base import Target
from kpi_cli.period import Calendar
from kpi_cli.quantity import is_number
from kpi_cli.shape import did_you_mean, fail, kind_of, number_of

_FORMS: dict[str, Callable[[dict[str, Any], Calendar], Target]] = {
    "value": lambda raw, _: value.parse(raw),
    "at_least": threshold.parse,
    "at_most": threshold.parse,
    "between": threshold.parse,
    "done": lambda raw, _: done.parse(raw),
    "zones": lambda raw, _: zones.parse(raw),
    "stretch": lambda raw, _: zones.parse_stretch(raw),
    "milestones": lambda raw, _: milestones.parse(raw),
}


def parse_target(raw: object, calendar: Calendar) -> Target:
    """A target as written in YAML. Raises ShapeError with every fault in it."""
    if isinstance(raw, str):
        return value.parse_relative(raw)
    if not isinstance(raw, dict):
        if is_number(raw) or isinstance(raw, float):
            return value.Value(number_of(raw))
        raise fail("K011", f"a target is a number or one of its forms, not {kind_of(raw)}")
    forms = [name for name in _FORMS if name in raw]
    if not forms:
        key = next(iter(raw), "")
        hint = did_you_mean(key, _FORMS) or f"the forms are {', '.join(_FORMS)}"
        raise fail("K015", "this is no form of a target", help=hint)
    if len(forms) > 1 and not set(forms) <= {"zones", "stretch"}:
        raise fail(
            "K015",
            f"a target has one form, not {' and '.join(forms)}",
            help="for a band write `between: [low, high]`",
        )
    return _FORMS[forms[0]](raw, calendar)
