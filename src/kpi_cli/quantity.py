"""Numbers with units: the built-in units, how a number is shown, how a change is stated."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kpi_cli.frozen import dataclass

PERCENT = "%"

_CURRENCIES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
_MEASURES = (
    "% pp points count people ratio score index times "
    "ms s seconds min minutes h hours days weeks months quarters years "
    "g kg t kt tonnes lb oz l ml m3 hl m km cm mm km2 m2 ha mi ft sqft "
    "J kJ MJ GJ W kW MW kWh MWh GWh °C °F bar "
    "B kB MB GB TB bit Mbit/s req/s rpm "
    "kgCO2e tCO2e ktCO2e gCO2e "
    "FTE hours/week days/year orders customers units items cases tickets calls visits users "
    "employees patients students projects sites stores meals trips vehicles incidents "
    "defects errors "
    "thousand million billion per-thousand per-million ‰ ppm x"
)
BUILT_IN_UNITS: frozenset[str] = frozenset((*_CURRENCIES.split(), *_MEASURES.split()))
CURRENCIES: frozenset[str] = frozenset(_CURRENCIES.split())

BARE_CURRENCY: Mapping[str, str] = {
    "$": "USD", "€": "EUR", "£": "GBP", "₫": "VND", "đ": "VND", "¥": "JPY", "₹": "INR", "₩": "KRW",
}  # fmt: skip
UNIT_ALIASES: Mapping[str, str] = {
    "percent": "%", "percentage": "%", "pct": "%", "phần trăm": "%", "day": "days", "hour": "hours",
    "week": "weeks", "month": "months", "year": "years", "minute": "minutes", "second": "seconds",
    "tonne": "t", "ton": "t", "point": "points", "number": "count", "#": "count", "pcs": "count",
}  # fmt: skip

TOLERANCE = 1e-9
_SLACK = TOLERANCE * 1e-12
LARGEST = 1e100
"""No quantity of an organisation comes near; beyond it arithmetic would overflow."""


def close(a: float, b: float, scale: float = 0.0) -> bool:
    """Equal within 1e-9 of the scale (the largest of |a|, |b|, `scale` and 1e-12)."""
    slack = _SLACK if scale == 0 else TOLERANCE * max(abs(scale), 1e-12)
    return math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=slack)


def at_least(value: float, floor: float, scale: float = 0.0) -> bool:
    """value >= floor with the tolerance of `close`."""
    return value >= floor or close(value, floor, scale)


def at_most(value: float, ceiling: float, scale: float = 0.0) -> bool:
    """value <= ceiling with the tolerance of `close`."""
    return value <= ceiling or close(value, ceiling, scale)


def is_number(value: object) -> bool:
    """An int or float, no bool, of at most `LARGEST`: products of a few stay finite."""
    if type(value) is float or type(value) is int:
        return -LARGEST <= value <= LARGEST
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -LARGEST <= value <= LARGEST


def show_number(value: float, digits: int = 6) -> str:
    """At most `digits` significant digits, thousands with commas, no trailing zeros.

    >>> show_number(1234567.0), show_number(0.30000000000000004), show_number(-2.50)
    ('1,234,567', '0.3', '-2.5')
    """
    if value == 0:
        return "0"
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    magnitude = math.floor(math.log10(abs(value)))
    decimals = digits - 1 - magnitude
    if abs(value) >= 1e15 or decimals > 12:
        return f"{value:.{digits}g}"
    text = f"{value:,.{max(decimals, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_quantity(value: float, unit: str | None) -> str:
    """A number with its unit: `33.5 %`, `1,200 USD`; a count has no unit word."""
    text = show_number(value)
    return text if unit in (None, "count", "") else f"{text} {unit}"


def show_change(delta: float, unit: str | None) -> str:
    """A signed difference; between percentages it is in points (`+4 pp`)."""
    sign = "+" if delta > 0 else ""
    return sign + show_quantity(delta, "pp" if unit == PERCENT else unit)


def show_share(share: float) -> str:
    """A share as a whole percent: 0.2917 -> `29 %`; never rounded up to 100 % or down to 0 %."""
    percent = round(share * 100)
    if percent == 100 and share < 1:
        return "99 %"
    if percent == 0 and share > 0:
        return "1 %"
    return f"{percent} %"


@dataclass(frozen=True, slots=True)
class Change:
    """From one value to the next: `delta` in the unit (points for %), `relative` a share."""

    delta: float
    relative: float | None


def change(previous: float, current: float) -> Change:
    """The difference; a relative change only from a value above zero."""
    delta = current - previous
    return Change(delta, delta / previous if previous > 0 else None)
