"""Field types shared by the records: dates, periods, links, numbers; faults name their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from sys import intern
from typing import TYPE_CHECKING, Annotated, Any

from kpi_cli.frozen import dataclass
from kpi_cli.models.schema import DATE, PERIOD_KEYS
from kpi_cli.period import BadPeriod, Calendar, Period, parse_day
from kpi_cli.shape import ShapeError, ShapeFault, brief, fail, kind_of, mapping_of, number_of

if TYPE_CHECKING:
    from pydantic import ValidationInfo
    from pydantic_core import core_schema


def calendar_of(info: ValidationInfo) -> Calendar:
    """The workspace's calendar, passed as validation context; the plain one without."""
    return info.context if isinstance(info.context, Calendar) else Calendar()


class FieldReader:
    """In an annotation: the value is read by our own code; `schema` is its JSON Schema.

    `read` gets the value, and the calendar too where it is `dated`. It raises ShapeError, a
    ValueError, which Pydantic collects like its own faults.
    """

    def __init__(self, read: Callable[..., Any], schema: dict[str, Any], dated: bool) -> None:
        self._read = read
        self._schema = schema
        self._dated = dated

    def bound(self, calendar: Calendar) -> Callable[[Any], Any]:
        """The reader for values of one workspace."""
        return partial(self._read, calendar=calendar) if self._dated else self._read

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        from pydantic_core import core_schema

        told = {"pydantic_js_updates": self._schema}
        if not self._dated:
            return core_schema.no_info_plain_validator_function(self._read, metadata=told)

        def validate(value: Any, info: ValidationInfo) -> Any:
            return self._read(value, calendar_of(info))

        return core_schema.with_info_plain_validator_function(validate, metadata=told)

    def __get_pydantic_json_schema__(self, _source: Any, _handler: Any) -> dict[str, Any]:
        return dict(self._schema)


class Whole:
    """In an annotation: a whole number within bounds."""

    def __init__(self, low: int, high: int | None = None) -> None:
        self.low, self.high = low, high

    def bound(self, _calendar: Calendar) -> Callable[[Any], Any]:
        """The reader of numbers inside the bounds, which says nothing of others."""
        low, high = self.low, self.high

        def read(value: Any) -> int:
            if type(value) is not int or value < low or (high is not None and value > high):
                raise ValueError
            return value

        return read


def field_of(read: Callable[[Any], Any], schema: dict[str, Any]) -> Any:
    """An annotation for a value read by our own code; `schema` is its JSON Schema."""
    return FieldReader(read, schema, dated=False)


def dated_field_of(read: Callable[[Any, Calendar], Any], schema: dict[str, Any]) -> Any:
    """The same for a reader that needs the calendar."""
    return FieldReader(read, schema, dated=True)


def read_day(raw: object) -> date:
    """A date. Raises ShapeError K014."""
    if not isinstance(raw, str):
        raise fail("K014", f"a date is needed here, not {kind_of(raw)}", help="write 2026-03-31")
    try:
        return parse_day(raw)
    except BadPeriod as error:
        raise fail("K014", str(error), fix=error.better) from None


def read_period(raw: object, calendar: Calendar) -> Period:
    """A period by its name. Raises ShapeError K014."""
    text = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
    if not isinstance(text, str):
        raise fail("K014", f"a period is needed here, not {kind_of(raw)}", help='write "2026-Q1"')
    try:
        return calendar.parse(text)
    except BadPeriod as error:
        raise fail("K014", str(error), fix=error.better) from None


@dataclass(frozen=True, slots=True)
class Span:
    """The days an objective runs, both inside; `name` as written, where it is a period's name."""

    start: date
    end: date
    name: str | None = None


def read_span(raw: object, calendar: Calendar) -> Span:
    """A period name, or `{start, end}`. Raises ShapeError with every fault."""
    if not isinstance(raw, dict):
        period = read_period(raw, calendar)
        return Span(period.start, period.end, period.name)
    data = mapping_of(raw, ("start", "end"), ("start", "end"))
    days, faults = {}, []
    for key in ("start", "end"):
        try:
            days[key] = read_day(data[key])
        except ShapeError as error:
            faults += [fault.below(key) for fault in error.faults]
    if faults:
        raise ShapeError(faults)
    if days["end"] < days["start"]:
        raise fail(
            "K015", f"the period ends on {days['end']}, before it starts on {days['start']}",
            route=("end",),
        )  # fmt: skip
    return Span(days["start"], days["end"])


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an objective; `weight` None means the record's own, `counts` False shows only."""

    target: str
    weight: float | None = None
    counts: bool = True


@lru_cache(maxsize=2**17)
def _one_link(target: str) -> tuple[Link, ...]:
    """One object for all that support the same objective."""
    return (Link(target),)


def read_links(raw: object) -> tuple[Link, ...]:
    """One id, a list of ids or of `{objective, weight, counts}`. Raises ShapeError."""
    if isinstance(raw, str):
        return _one_link(raw)
    items = raw if isinstance(raw, list) else [raw]
    links, faults = [], []
    for index, item in enumerate(items):
        steps = (index,) if isinstance(raw, list) else ()
        try:
            links.append(_link(item))
        except ShapeError as error:
            faults += [fault.below(*steps) for fault in error.faults]
    if faults:
        raise ShapeError(faults)
    return tuple(links)


def _link(raw: object) -> Link:
    if isinstance(raw, str):
        return Link(raw)
    if not isinstance(raw, dict):
        raise fail("K011", f"an objective's id is needed here, not {kind_of(raw)}")
    data = mapping_of(raw, ("objective", "weight", "counts"), ("objective",))
    if not isinstance(data["objective"], str):
        raise fail(
            "K011", f"an id is a text, not {kind_of(data['objective'])}", route=("objective",)
        )
    if not isinstance(data.get("counts", True), bool):
        raise fail("K011", "`counts` is true or false", route=("counts",))
    weight = read_weight(data["weight"], route=("weight",)) if "weight" in data else None
    return Link(data["objective"], weight, data.get("counts", True))


def read_weight(raw: object, *, route: tuple[str, ...] = ()) -> float:
    """A weight of zero or more. Raises ShapeError."""
    value = number_of(raw, route)
    if value < 0:
        raise fail("K015", "a weight cannot be negative", route=route)
    return value


def read_ids(raw: object) -> tuple[str, ...]:
    """One id or a list of ids. Raises ShapeError K011 with every fault."""
    items = raw if isinstance(raw, list) else [raw]
    faults = [
        ShapeFault(
            "K011", f"an id is a text, not {kind_of(item)}", (index,) if items is raw else ()
        )
        for index, item in enumerate(items)
        if not isinstance(item, str)
    ]
    if faults:
        raise ShapeError(faults)
    return tuple(items)


def read_share(raw: object) -> float:
    """A share from 0 to 1. Raises ShapeError."""
    value = number_of(raw)
    if not 0 <= value <= 1:
        raise fail("K015", f"{brief(value)} lies outside 0 to 1", help="0.7 means 70 %")
    return value


def read_number(raw: object) -> float:
    """A finite number. Raises ShapeError."""
    return number_of(raw)


_SHORT = 32
"""Characters of a text that is likely to stand in other records too: an owner, a perspective."""


def read_text(raw: object) -> str:
    """A text that is not blank. Raises ShapeError."""
    if raw.__class__ is str and raw and not raw.isspace():
        return intern(raw) if len(raw) <= _SHORT else raw
    if not isinstance(raw, str):
        help_text = f'write "{brief(raw)}"' if not isinstance(raw, dict | list) else None
        raise fail("K011", f"a text is needed here, not {kind_of(raw)}", help=help_text)
    if not raw.strip():
        raise fail("K015", "this text is empty", help="write it, or leave the key out")
    return intern(raw) if len(raw) <= _SHORT else raw


def read_source_url(raw: object) -> str:
    """An address with a place for the path, and one for the line if wanted. Raises ShapeError."""
    text = read_text(raw)
    rest = text.replace("{path}", "").replace("{line}", "")
    if text.startswith("https://") and "{path}" in text and not set(rest) & set(" {}\"'<>"):
        return text
    raise fail(
        "K015",
        f"'{brief(text)}' is no address of the files in this workspace",
        help="write it with {path} and {line},"
        " such as https://git.example.org/acme/plan/blob/main/{path}#L{line}",
    )


_ID = {"type": "string", "pattern": r"^[a-z0-9][a-z0-9._-]{0,79}$"}
_LINK = {
    "anyOf": [
        _ID,
        {
            "type": "object",
            "properties": {
                "objective": _ID,
                "weight": {"type": "number", "minimum": 0},
                "counts": {"type": "boolean"},
            },
            "required": ["objective"],
            "additionalProperties": False,
        },
    ]
}
PERIOD_NAME = {
    "anyOf": [
        {
            "type": "string",
            "pattern": PERIOD_KEYS,
            "examples": ["2026", "2026-Q1", "2026-03", "FY2026-Q1", "2026-W09"],
        },
        {"type": "integer"},
    ]
}

Day = Annotated[date, field_of(read_day, DATE)]
PeriodName = Annotated[Period, dated_field_of(read_period, PERIOD_NAME)]
SpanField = Annotated[
    Span,
    dated_field_of(
        read_span,
        {
            "anyOf": [
                *PERIOD_NAME["anyOf"],
                {
                    "type": "object",
                    "properties": {"start": DATE, "end": DATE},
                    "required": ["start", "end"],
                    "additionalProperties": False,
                },
            ]
        },
    ),
]
Links = Annotated[
    tuple[Link, ...], field_of(read_links, {"anyOf": [_LINK, {"type": "array", "items": _LINK}]})
]
Ids = Annotated[
    tuple[str, ...], field_of(read_ids, {"anyOf": [_ID, {"type": "array", "items": _ID}]})
]
Weight = Annotated[float, field_of(read_weight, {"type": "number", "minimum": 0})]
Share = Annotated[float, field_of(read_share, {"type": "number", "minimum": 0, "maximum": 1})]
Number = Annotated[float, field_of(read_number, {"type": "number"})]
SourceUrl = Annotated[
    str, field_of(read_source_url, {"type": "string", "pattern": r"^https://.*\{path\}"})
]
Text = Annotated[str, field_of(read_text, {"type": "string", "minLength": 1})]
Reference = Annotated[str, field_of(read_text, _ID)]
