"""Where ids stand in the data of a plan file, whether its records are sound or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from kpi_cli.source import Route

Part = Literal["key", "value", "formula"]


class Mention(NamedTuple):
    """An id written at a route: as a key, a value, or a word of a formula."""

    id: str
    route: Route
    part: Part = "value"


# Per section: the ways to values that are ids. `*` is every entry of a list (or the one value
# that may stand in its place), `@` every key of a mapping.
_LINKS = ("objective", "objective.objective", "objective.*", "objective.*.objective")
_SUPPORTS = ("supports", "supports.objective", "supports.*", "supports.*.objective")
WAYS: Mapping[str, tuple[str, ...]] = {
    "teams": ("parent", "lead"),
    "people": ("team", "manager"),
    "objectives": (
        "owner", "contributors.*", "team", "person", *_SUPPORTS, "agreed_by.*", "tension.*.with",
        "resources.people_days.@", "check_ins.*.by",
    ),
    "kpis": (
        *_LINKS, "owner", "contributors.*", "team", "part_of", "leads.*.kpi", "guardrails.*",
        "opposes.*", "target_changes.*.approved_by", "retired.replaced_by", "check_ins.*.by",
    ),
    "initiatives": ("kpis.*", "owner", "people_days.@"),
    "actions": ("kpi", "owner"),
    "recognitions": ("to.*", "for", "by"),
    "reviews": (
        "present.*", "covers.*", "decisions.*.kpi", "decisions.*.objective", "decisions.*.owner",
    ),
}  # fmt: skip
_WORD = re.compile(r"[^\s(),]+")


def mentions(data: Any) -> Iterator[Mention]:
    """Every id in the data of a plan file: those of its records, and those they name."""
    for section, body in data.items() if isinstance(data, dict) else ():
        ways = [tuple(way.split(".")) for way in WAYS.get(section, ())]
        for name, record in body.items() if isinstance(body, dict) else ():
            place = (section, name)
            yield Mention(name, place, "key")
            for way in ways:
                yield from _follow(record, way, place)
            if section == "kpis" and isinstance(record, dict):
                yield from _formula(record.get("formula"), (*place, "formula"))


def _follow(value: Any, way: tuple[str, ...], route: Route) -> Iterator[Mention]:
    if not way:
        if isinstance(value, str):
            yield Mention(value, route)
        return
    step, rest = way[0], way[1:]
    if step == "@":
        for name in value if isinstance(value, dict) else ():
            yield Mention(name, (*route, name), "key")
    elif step == "*":
        if isinstance(value, list):
            for at, item in enumerate(value):
                yield from _follow(item, rest, (*route, at))
        elif not rest or isinstance(value, dict):
            yield from _follow(value, rest, route)
    elif isinstance(value, dict) and step in value:
        yield from _follow(value[step], rest, (*route, step))


def _formula(text: Any, route: Route) -> Iterator[Mention]:
    for word in dict.fromkeys(_WORD.findall(text)) if isinstance(text, str) else ():
        yield Mention(word, route, "formula")


def in_formula(text: str, old: str, new: str) -> str:
    """A formula with one id in the place of another."""
    return _WORD.sub(lambda found: new if found[0] == old else found[0], text)
