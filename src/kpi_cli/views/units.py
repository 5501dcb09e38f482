"""The built-in units that are words, in the spoken language; signs and codes stay as they are."""

from __future__ import annotations

from kpi_cli.locale import N_, _

_WORDS = frozenset(
    (
        N_("pp"), N_("points"), N_("people"), N_("ratio"), N_("score"), N_("index"), N_("times"),
        N_("seconds"), N_("minutes"), N_("hours"), N_("days"), N_("weeks"), N_("months"),
        N_("quarters"), N_("years"), N_("tonnes"), N_("hours/week"), N_("days/year"), N_("orders"),
        N_("customers"), N_("units"), N_("items"), N_("cases"), N_("tickets"), N_("calls"),
        N_("visits"), N_("users"), N_("employees"), N_("patients"), N_("students"), N_("projects"),
        N_("sites"), N_("stores"), N_("meals"), N_("trips"), N_("vehicles"), N_("incidents"),
        N_("defects"), N_("errors"), N_("thousand"), N_("million"), N_("billion"),
        N_("per-thousand"), N_("per-million"),
    )
)  # fmt: skip


def unit_word(unit: str | None) -> str | None:
    """`days` as a reader says it; a unit that is no word of ours is written as it is."""
    return _(unit) if unit in _WORDS and unit else unit
