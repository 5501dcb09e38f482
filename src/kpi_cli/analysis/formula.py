"""Formulas over KPI ids: `won / leads`, `(a + b) * 100`, `max(a, b)`; never `eval`.

Grammar: sum = product {("+" | "-") product}; product = factor {("*" | "/") factor};
factor = number | id | "-" factor | "(" sum ")" | ("min" | "max") "(" sum {"," sum} ")".
Ids may hold `-` and `.`, so an operator stands between spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_
from kpi_cli.quantity import is_number

_TOKEN = re.compile(r"\s*([(),]|[^\s(),]+)")
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_ID = re.compile(r"[a-z][a-z0-9._-]*", re.ASCII)
MAX_DEPTH = 40
MAX_LENGTH = 2000


class FormulaError(ValueError):
    """A formula that cannot be read; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Node:
    """A number, a name, or an operation on parts."""

    kind: Literal["number", "name", "+", "-", "*", "/", "negative", "min", "max"]
    number: float = 0.0
    name: str = ""
    parts: tuple[Node, ...] = ()

    def names(self) -> tuple[str, ...]:
        """The ids used, each once, in order."""
        if self.kind == "name":
            return (self.name,)
        return tuple(dict.fromkeys(name for part in self.parts for name in part.names()))


class Blank(ValueError):
    """An input or a step without a value; the message says which."""


def parse_formula(text: str) -> Node:
    """The formula as a tree. Raises FormulaError."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"a formula has at most {MAX_LENGTH} characters")
    parser = _Parser([match[1] for match in _TOKEN.finditer(text)])
    node = parser.sum(0)
    if parser.ahead is not None:
        known = _NUMBER.fullmatch(parser.ahead) or _ID.fullmatch(parser.ahead)
        hint = "put an operator before it" if known else "the operators are + - * / and ( )"
        raise FormulaError(f"'{parser.ahead}' is not expected here; {hint}")
    return node


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def ahead(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> str:
        token = self.ahead
        if token is None:
            raise FormulaError("the formula ends where a KPI's id or a number is needed")
        self.at += 1
        return token

    def sum(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise FormulaError("the formula is nested too deeply")
        node = self.product(depth)
        while self.ahead in ("+", "-"):
            sign: Literal["+", "-"] = "+" if self.take() == "+" else "-"
            node = Node(sign, parts=(node, self.product(depth)))
        return node

    def product(self, depth: int) -> Node:
        node = self.factor(depth)
        while self.ahead in ("*", "/"):
            sign: Literal["*", "/"] = "*" if self.take() == "*" else "/"
            node = Node(sign, parts=(node, self.factor(depth)))
        return node

    def factor(self, depth: int) -> Node:
        token = self.take()
        if depth > MAX_DEPTH:
            raise FormulaError("the formula is nested too deeply")
        if token == "-":
            return Node("negative", parts=(self.factor(depth + 1),))
        if token == "(":
            node = self.sum(depth + 1)
            self.expect(")")
            return node
        if token in ("min", "max") and self.ahead == "(":
            kind: Literal["min", "max"] = "min" if token == "min" else "max"
            return Node(kind, parts=self.arguments(depth + 1))
        return _leaf(token)

    def arguments(self, depth: int) -> tuple[Node, ...]:
        self.expect("(")
        parts = [self.sum(depth)]
        while self.ahead == ",":
            self.take()
            parts.append(self.sum(depth))
        self.expect(")")
        return tuple(parts)

    def expect(self, token: str) -> None:
        if self.ahead != token:
            found = f"'{self.ahead}' stands" if self.ahead else "the formula ends"
            raise FormulaError(f"{found} where '{token}' is needed")
        self.at += 1


def _leaf(token: str) -> Node:
    if _NUMBER.fullmatch(token):
        return Node("number", number=float(token))
    if _ID.fullmatch(token) and token not in ("min", "max"):
        return Node("name", name=token)
    glued = re.search(r"[*/+]|(?<=\d)-", token)
    hint = "; write operators between spaces: `won / leads`" if glued else ""
    raise FormulaError(f"'{token}' is neither a KPI's id nor a number{hint}")


def evaluate(node: Node, value_of: Callable[[str], float]) -> float:
    """The value of a formula; `value_of` gives an input's or raises Blank. Raises Blank."""
    if node.kind == "number":
        return node.number
    if node.kind == "name":
        return value_of(node.name)
    values = [evaluate(part, value_of) for part in node.parts]
    if node.kind == "/" and values[1] == 0:
        raise Blank(N_("{divisor} is zero", divisor=_show(node.parts[1])))
    result = _apply(node.kind, values)
    if not is_number(result):
        raise Blank(N_("the result is too large"))
    return result


def _apply(kind: str, values: list[float]) -> float:
    match kind:
        case "+":
            return values[0] + values[1]
        case "-":
            return values[0] - values[1]
        case "*":
            return values[0] * values[1]
        case "/":
            return values[0] / values[1]
        case "negative":
            return -values[0]
        case "min":
            return min(values)
        case _:
            return max(values)


def _show(node: Node) -> str:
    return node.name if node.kind == "name" else "the divisor"
