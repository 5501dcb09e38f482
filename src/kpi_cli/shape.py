"""Faults in the shape of a record, gathered by the readers of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kpi_cli.diagnostics import Part
from kpi_cli.frozen import dataclass, replace
from kpi_cli.quantity import is_number
from kpi_cli.source import Route


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """One fault below a record: `route` leads from the value that was being read.

    `fix` is the one text that can have been meant there.
    """

    code: str
    message: str
    route: Route = ()
    help: str | None = None
    part: Part = "value"
    fix: str | None = None

    def below(self, *steps: str | int) -> ShapeFault:
        """The same fault seen from `steps` further up."""
        return replace(self, route=(*steps, *self.route))


class ShapeError(ValueError):
    """Every fault found in one value; raised once, never the first only."""

    def __init__(self, faults: Iterable[ShapeFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.message for fault in self.faults))


def fail(
    code: str, message: str, *, help: str | None = None, route: Route = (), fix: str | None = None
) -> ShapeError:
    """A ShapeError of one fault, ready to raise."""
    return ShapeError([ShapeFault(code, message, route, help, fix=fix)])


_TYPE_NAMES: Mapping[type, str] = {
    dict: "a mapping",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "empty",
}


def kind_of(value: object) -> str:
    """What a YAML value is, in words: `a list`, `a text`, `empty` …"""
    return _TYPE_NAMES.get(type(value), "something else")


def brief(value: object, limit: int = 40) -> str:
    """A value as it may stand in a message: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def closest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Known words that look like `word`, best first."""
    import difflib

    pool = list(known)
    return difflib.get_close_matches(word, pool, n=most, cutoff=0.6) if pool else []


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """`did you mean 'x' or 'y'?`, or None where nothing is close."""
    near = closest(word, known)
    return f"did you mean {' or '.join(repr(w) for w in near)}?" if near else None


def number_of(value: object, route: Route = ()) -> float:
    """A finite number as written. Raises ShapeError K011 (not a number) or K015 (not finite)."""
    if is_number(value):
        return value  # type: ignore[return-value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise fail("K015", f"{brief(value)} is too large or no finite number", route=route)
    if isinstance(value, str):
        raise fail(
            "K011",
            f"'{brief(value)}' is a text, not a number",
            route=route,
            help="write a plain number such as 1250.5, without quotes, unit or thousands mark",
        )
    raise fail("K011", f"a number is needed here, not {kind_of(value)}", route=route)


def mapping_of(value: object, allowed: Iterable[str], needed: Iterable[str] = ()) -> dict[str, Any]:
    """A mapping with known keys only. Raises ShapeError with K011, K010 and K012 together."""
    if not isinstance(value, dict):
        raise fail("K011", f"a mapping is needed here, not {kind_of(value)}")
    names = list(allowed)
    faults = [unknown_key(key, names) for key in value if key not in names]
    faults += [
        ShapeFault("K012", f"'{key}' is missing", (), f"add `{key}:`")
        for key in needed
        if key not in value
    ]
    if faults:
        raise ShapeError(faults)
    return value


def unknown_key(key: str, allowed: Iterable[str]) -> ShapeFault:
    """K010 at the key, with the closest allowed key or the list of them."""
    names = list(allowed)
    if key == "<<":
        hint = "YAML 1.2 merges nothing by `<<`; write the fields out in each record"
        return ShapeFault("K010", "unknown key '<<'", (key,), hint, "key")
    hint = did_you_mean(key, names) or f"allowed here: {', '.join(names)}"
    return ShapeFault("K010", f"unknown key '{brief(key)}'", (key,), hint, "key")


def one_of(value: object, allowed: Iterable[str], route: Route = ()) -> str:
    """One of the allowed words. Raises ShapeError K015 (K011 for what is no text)."""
    names = list(allowed)
    if isinstance(value, str) and value in names:
        return value
    if not isinstance(value, str):
        raise fail(
            "K011",
            f"{kind_of(value)} stands where a word is needed",
            route=route,
            help=f"allowed: {', '.join(names)}",
        )
    hint = did_you_mean(value, names)
    listed = f"allowed: {', '.join(names)}"
    raise fail(
        "K015",
        f"'{brief(value)}' is not allowed here",
        route=route,
        help=f"{hint} {listed}" if hint else listed,
    )
