"""Which kind of record an id at a place names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_PEOPLE = (
    "owner", "contributors", "lead", "manager", "person", "by", "agreed_by", "approved_by",
    "present", "to", "people_days",
)  # fmt: skip
_KPIS = ("kpi", "kpis", "part_of", "guardrails", "opposes", "replaced_by", "formula")
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_PEOPLE, ("people",)),
    **dict.fromkeys(("parent", "team"), ("teams",)),
    **dict.fromkeys(("objective", "supports", "with"), ("objectives",)),
    **dict.fromkeys(_KPIS, ("kpis",)),
    "for": ("kpis", "objectives"),
    "covers": ("objectives", "kpis", "teams"),
}
_KEYS = ("people_days",)
"""Mappings whose keys are ids."""


def sections_of(path: Sequence[str]) -> tuple[str, ...]:
    """The sections a value at a path of keys may name; none where it is no id."""
    return _SECTIONS.get(path[-1], ()) if len(path) > 2 else ()


def sections_of_keys(path: Sequence[str]) -> tuple[str, ...]:
    """The sections the keys of the mapping at a path may name."""
    return sections_of(path) if path and path[-1] in _KEYS else ()
