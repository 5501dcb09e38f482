"""Exact numbers for maps: cells are read as decimals, so that 0.033 * 100 is 3.3."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Context, Decimal, DecimalException, InvalidOperation, localcontext
from typing import Any

from kpi_cli.feeds.importer.problems import MapProblem, RowProblem
from kpi_cli.feeds.table import is_blank

MOST_DIGITS = 60
HIGHEST_EXPONENT = 300
_CONTEXT = Context(prec=34)
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?%?")
_SPACES = re.compile(r"[\s\u00a0\u202f']")


def to_number(value: Any, decimal: str = ".") -> Decimal | None:
    """A cell as a number; blank is None. `decimal=','` reads 1.234,5.

    Thousands separators and a closing % are dropped. Raises RowProblem for any other text.
    """
    if is_blank(value):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise RowProblem(f"'{str(value)[:40]}' is not a number")
    try:
        number = value if isinstance(value, Decimal) else Decimal(_written(value, decimal))
    except InvalidOperation:
        raise RowProblem(f"'{str(value)[:40]}' is not a number") from None
    return bounded(number)


def _written(value: int | float | str, decimal: str) -> str:
    if not isinstance(value, str):
        return repr(value)
    text = _SPACES.sub("", value)
    if decimal == ",":
        text = text.replace(".", "").replace(",", ".")
    elif _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,4})?%?", text, re.ASCII):
        raise InvalidOperation
    return text.removesuffix("%")


def bounded(number: Decimal) -> Decimal:
    """The number, if a float can hold it. Raises RowProblem."""
    if not number.is_finite():
        raise RowProblem(f"'{number}' is not a finite number")
    if len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > HIGHEST_EXPONENT:
        if number == 0:
            return Decimal(0)
        raise RowProblem(f"'{str(number)[:40]}' is too large, or too exact, for a number")
    return number


def plain(number: Decimal) -> int | float:
    """A decimal as the plan's YAML will hold it: a whole number, or a float."""
    if number == number.to_integral_value():
        return int(number)
    return float(number)


def as_text(number: Decimal) -> str:
    """A decimal in digits, without an exponent and without closing zeros behind the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow,
}  # fmt: skip
OPERATORS = frozenset(_OPERATIONS)


def compute(sign: str, left: Any, right: Any) -> Any:
    """Two numbers combined exactly; a blank operand gives a blank. Lists may be added.

    Raises MapProblem for other things, RowProblem for a division by zero.
    """
    if left is None or right is None:
        return None
    if sign == "+" and isinstance(left, list) and isinstance(right, list):
        return left + right
    a, b = _operand(sign, left), _operand(sign, right)
    if sign == "**" and abs(b) > 64:
        raise MapProblem("`**` takes powers up to 64")
    try:
        with localcontext(_CONTEXT):
            return bounded(_OPERATIONS[sign](a, b))
    except DecimalException:
        raise RowProblem(f"{as_text(a)} {sign} {as_text(b)} has no result") from None


def _operand(sign: str, value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return bounded(Decimal(repr(value)))
    hint = "join texts with ~" if sign == "+" else "turn it into a number with `| number`"
    raise MapProblem(f"`{sign}` works on numbers, not on '{str(value)[:40]}'; {hint}")
