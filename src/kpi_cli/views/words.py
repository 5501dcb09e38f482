"""The words and figures every view shares: statuses, days, numbers with their unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import floor, log10

from kpi_cli.analysis.results import Freshness, FreshnessResult, Status
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.locale.forms import day as day
from kpi_cli.locale.forms import forms
from kpi_cli.locale.forms import number as number
from kpi_cli.locale.forms import short_day as short_day
from kpi_cli.models import Config
from kpi_cli.models.record import Money
from kpi_cli.period import Frequency
from kpi_cli.quantity import PERCENT, TOLERANCE, close, show_number, show_share
from kpi_cli.views.units import unit_word


@dataclass(frozen=True, slots=True)
class Badge:
    """A status as shown: `tone` says how loud it is, shape and word carry the meaning."""

    status: str
    glyph: str
    label: str
    tone: str

    @property
    def word(self) -> str:
        """The label in the spoken language."""
        return _(self.label)

    @property
    def text(self) -> str:
        """`■ Off track`."""
        return f"{self.glyph} {self.word}"


def _badge(status: Status, glyph: str, label: str, tone: str) -> tuple[Status, Badge]:
    return status, Badge(status.value, glyph, label, tone)


BADGES: Mapping[Status, Badge] = dict(
    (
        _badge(Status.OFF_TRACK, "■", N_("Off track"), "bad"),
        _badge(Status.MISSED, "✖", N_("Missed"), "bad"),
        _badge(Status.AT_RISK, "▲", N_("At risk"), "risk"),
        _badge(Status.STALE, "◷", N_("Stale"), "blind"),
        _badge(Status.NO_DATA, "◌", N_("No data"), "blind"),
        _badge(Status.INSUFFICIENT_DATA, "◔", N_("Insufficient data"), "blind"),
        _badge(Status.ON_TRACK, "●", N_("On track"), "plain"),
        _badge(Status.ACHIEVED, "✔", N_("Achieved"), "good"),
        _badge(Status.NO_TARGET, "○", N_("No target"), "quiet"),
        _badge(Status.NOT_STARTED, "◇", N_("Not started"), "quiet"),
        _badge(Status.DRAFT, "✎", N_("Draft"), "quiet"),
        _badge(Status.RETIRED, "▬", N_("Retired"), "quiet"),
        _badge(Status.DROPPED, "⊘", N_("Dropped"), "quiet"),
    )
)
"""Glyph and word of every status, in the order a reader should meet them: worst first."""

BADGES_BY_NAME: Mapping[str, Badge] = {badge.status: badge for badge in BADGES.values()}

RANK: Mapping[Status, int] = {status: rank for rank, status in enumerate(BADGES)}

FRESHNESS_WORDS: Mapping[Freshness, str] = {
    Freshness.FRESH: N_("fresh"),
    Freshness.DUE: N_("due"),
    Freshness.STALE: N_("stale"),
    Freshness.COMPLETE: N_("complete"),
    Freshness.NONE: N_("none yet"),
}


def freshness_word(fresh: FreshnessResult) -> str:
    """How old the data is; where no figure was ever due, that."""
    if fresh.state is Freshness.FRESH and fresh.last is None:
        return _("first one not due yet") if fresh.next_due else _("read from the plan")
    return _(FRESHNESS_WORDS[fresh.state])


@dataclass(frozen=True, slots=True)
class Count:
    """How many stand at one status."""

    badge: Badge
    number: int


def counts_of(found: Mapping[Status, int]) -> tuple[Count, ...]:
    """The statuses that occur, worst first."""
    return tuple(Count(BADGES[status], found[status]) for status in BADGES if found.get(status))


def days(count: int) -> str:
    """`1 day`, `12 days`."""
    return ngettext("{n} day", "{n} days", count)


def how_many(count: int) -> str:
    """A count: `1,234`."""
    return number(f"{count:,}")


_SMALL = (
    N_("No"), N_("One"), N_("Two"), N_("Three"), N_("Four"), N_("Five"), N_("Six"), N_("Seven"),
    N_("Eight"), N_("Nine"), N_("Ten"),
)  # fmt: skip


def counted(count: int) -> str:
    """A number that begins a sentence: `Three`, `12`."""
    return _(_SMALL[count]) if count < len(_SMALL) else how_many(count)


def share(value: float | None) -> str:
    """A share as a whole percent; a dash where there is none."""
    return "–" if value is None else show_share(value)


def plain(value: float, digits: int = 6) -> str:
    """A number of at most six digits in the spoken language: `1,234.5`."""
    return number(show_number(value, digits))


def quantity(value: float, unit: str | None) -> str:
    """A number with its unit; a count has no unit word."""
    return plain(value) if unit in (None, "count", "") else f"{plain(value)} {unit_word(unit)}"


def money(amount: Money | None) -> str | None:
    """`120,000 USD`."""
    return None if amount is None else quantity(amount.amount, amount.currency)


def clipped(text: str, length: int) -> str:
    """At most `length` characters, cut at a word where one ends near, with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space >= length * 2 // 3 else cut).rstrip(" ,;:–-") + "…"


def listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return _("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])


_CADENCES: Mapping[Frequency, str] = {
    Frequency.DAILY: N_("daily"),
    Frequency.WEEKLY: N_("weekly"),
    Frequency.MONTHLY: N_("monthly"),
    Frequency.QUARTERLY: N_("quarterly"),
    Frequency.SEMIANNUAL: N_("half-yearly"),
    Frequency.ANNUAL: N_("yearly"),
    Frequency.IRREGULAR: N_("at irregular times"),
}


def cadence(frequency: Frequency) -> str:
    """`monthly`, `half-yearly`, `at irregular times`."""
    return _(_CADENCES[frequency])


_LEVELS = {
    "organisation": N_("organisation"),
    "department": N_("department"),
    "team": N_("team"),
    "person": N_("person"),
}


def level_word(level: str) -> str:
    """A level of the plan: `department`; one of the workspace's own is written as it is."""
    return _(_LEVELS.get(level, level))


_CAUSES = {
    "resource": N_("resource"),
    "dependency": N_("dependency"),
    "clarity": N_("clarity"),
    "priority": N_("priority"),
    "quality": N_("quality"),
    "process": N_("process"),
    "capacity": N_("capacity"),
    "external": N_("external"),
}


def cause_word(cause: str) -> str:
    """What lies behind a deviation, one of the format's words, in the spoken language."""
    return _(_CAUSES.get(cause, cause))


def symbol_of(unit: str | None, config: Config) -> str | None:
    """How a unit is written: its own symbol, none for a count."""
    if unit is None or unit == "count":
        return None
    own = config.units.get(unit)
    return own.symbol if own and own.symbol else unit_word(unit)


@dataclass(frozen=True, slots=True)
class Scale:
    """How the figures of one KPI are written.

    `decimals` are the fewest kept (those of the written target and baseline). A value is never
    rounded onto one of the `anchors` (its limits) unless it is that figure. `exact` keeps six
    digits, for calculations that a reader should be able to repeat.
    """

    unit: str | None
    decimals: int = 0
    anchors: tuple[float, ...] = ()
    exact: bool = False

    def number(self, value: float) -> str:
        """`1,234.5`: about three digits, more where rounding would change the verdict."""
        if self.exact:
            return plain(value)
        return number(_rounded(value, self.decimals, self.anchors))

    def figure(self, value: float) -> str:
        """The number with its unit."""
        text = self.number(value)
        return text if self.unit is None else f"{text} {self.unit}"

    def writer(self) -> Callable[[float], str]:
        """`figure` for a table of many values: unit and language are looked up once."""
        if self.exact:
            return self.figure
        tail = "" if self.unit is None else f" {self.unit}"
        least, anchors, swap = self.decimals, self.anchors, forms().swap
        if swap:
            return lambda value: _rounded(value, least, anchors).translate(swap) + tail
        return lambda value: _rounded(value, least, anchors) + tail

    def change(self, delta: float) -> str:
        """A signed difference; between percentages in points."""
        unit = unit_word("pp") if self.unit == PERCENT else self.unit
        size = plain(delta) if self.exact else number(_rounded(delta, self.decimals, ()))
        text = f"+{size}" if delta > 0 else size
        return text if unit is None else f"{text} {unit}"

    def distance(self, delta: float) -> str:
        """A difference without its sign."""
        return self.change(abs(delta)).removeprefix("+")


def _rounded(value: float, least: int, anchors: tuple[float, ...]) -> str:
    """As English writes it: about three digits, at least so many decimals."""
    size = abs(value)
    if size >= 10:
        decimals = 1 if size < 1000 else 0
    elif size >= 1:
        decimals = 2
    else:
        decimals = min(2 - floor(log10(size)), 9) if size else 0
    if decimals < least:
        decimals = least
    while anchors and decimals < 9 and _misleads(value, decimals, anchors):
        decimals += 1
    if size >= 1e15 or 0 < size < 1e-8:
        return f"{value:.4g}"
    text = format(value, _FORMATS[decimals])
    if decimals and text[-1] == "0":
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


_FORMATS = tuple(f",.{decimals}f" for decimals in range(10))


_UNITS = tuple(10.0**-decimals for decimals in range(10))


def _misleads(value: float, decimals: int, anchors: tuple[float, ...]) -> bool:
    """Whether the figure shown is a limit that the value is not.

    Rounding moves a value by half a unit of the last decimal: limits farther off are passed over.
    """
    near = _UNITS[decimals] + 2 * TOLERANCE * abs(value)
    for one in anchors:
        if abs(value - one) <= near:
            shown = round(value, decimals)
            if shown != value and close(shown, one) and not close(value, one):
                return True
    return False


def written_decimals(values: Iterable[float | None]) -> int:
    """The most decimals among figures as written, at most four."""
    found = [_count_decimals(value) for value in values if value is not None]
    return min(max(found, default=0), 4)


def _count_decimals(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.partition(".")[2])
