"""Jinja2's sandbox, narrowed to expressions: no statements, calls, attributes or own names.

Whoever writes a map can compute with the cells of a row, and do nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kpi_cli.feeds.importer.filters import TESTS, Function, show, sized
from kpi_cli.feeds.importer.numbers import OPERATORS, compute
from kpi_cli.feeds.importer.problems import MapProblem
from kpi_cli.shape import did_you_mean

LONGEST_EXPRESSION = 10_000
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.List,
    nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Filter, nodes.Test, nodes.Getattr,
    nodes.Getitem, nodes.Slice, nodes.Concat, nodes.CondExpr, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv,
    nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos,
)  # fmt: skip
Compiled = Callable[[Mapping[str, Any]], Any]


class _Generator(CodeGenerator):
    """Joins with `~` the way templates show values: a blank is nothing, not the word None."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """Compiles expressions and templates of a map."""

    code_generator_class = _Generator
    intercepted_binops = OPERATORS
    intercepted_unops = frozenset("+-")

    def __init__(self, filters: Mapping[str, Function]) -> None:
        super().__init__(
            undefined=StrictUndefined, optimized=False, autoescape=False, cache_size=0,
            finalize=show, keep_trailing_newline=True,
        )  # fmt: skip
        self.globals = {}
        self.filters = dict(filters)
        self.tests = dict(TESTS)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Exact arithmetic, blank where an operand is."""
        return compute(operator, left, right)

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        """The sign of a number."""
        if isinstance(arg, int) and not isinstance(arg, bool):
            return -arg if operator == "-" else arg
        return compute("*", arg, -1 if operator == "-" else 1)

    def joined(self, parts: tuple[Any, ...]) -> str:
        """What `a ~ b` gives."""
        return str(sized("".join(show(part) for part in parts), "`~`"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`goal.title`: a key of a mapping; nothing else has attributes here."""
        if isinstance(obj, Mapping):
            return self.getitem(obj, attribute)
        raise MapProblem(f"only a row or a mapping has parts; '.{attribute}' has nothing to read")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A key of a mapping, or a place (or slice) of a list or text."""
        if isinstance(obj, Mapping):
            if argument in obj:
                return obj[argument]
            names = [str(name) for name in obj]
            hint = did_you_mean(str(argument), names) or f"there are: {', '.join(names[:20])}"
            raise MapProblem(f"there is no '{argument}' here; {hint}")
        if isinstance(obj, list | tuple | str) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return None
        if obj is None:
            return None
        raise MapProblem(f"'{str(argument)[:40]}' cannot be looked up in '{str(obj)[:40]}'")

    def expression(self, source: str, names: Mapping[str, Any]) -> Compiled:
        """A function from names to the value. `names` are the known ones. Raises MapProblem."""
        found = self._checked("{{" + source + "}}", names)
        if any(kind is nodes.TemplateData for kind, _ in found):
            raise MapProblem("`}}` has no place inside an expression")
        try:
            compiled = self.compile_expression(source, undefined_to_none=False)
        except TemplateSyntaxError as error:
            raise MapProblem(_syntax(error)) from None
        return lambda scope: compiled(scope)

    def text(self, source: str, names: Mapping[str, Any]) -> Compiled:
        """A function from names to the text of a `{{ … }}` template. Raises MapProblem."""
        list(self._checked(source, names))
        template = self.from_string(source)
        return lambda scope: template.render(scope)

    def _checked(
        self, source: str, names: Mapping[str, Any]
    ) -> list[tuple[type[nodes.Node], nodes.Node]]:
        if len(source) > LONGEST_EXPRESSION:
            raise MapProblem(f"an expression has at most {LONGEST_EXPRESSION:,} characters")
        try:
            tree = self.parse(source)
        except TemplateSyntaxError as error:
            raise MapProblem(_syntax(error)) from None
        except RecursionError:
            raise MapProblem("the expression is nested too deeply") from None
        found = [(type(node), node) for node in _all(tree)]
        for kind, node in found:
            self._allow(kind, node, names)
        return found

    def _allow(self, kind: type[nodes.Node], node: nodes.Node, names: Mapping[str, Any]) -> None:
        if kind not in _ALLOWED:
            raise MapProblem(_REFUSED.get(kind, f"`{kind.__name__.lower()}` is not possible here"))
        if isinstance(node, nodes.Name) and node.name not in names:
            raise MapProblem(_unknown("column or name", node.name, names))
        if isinstance(node, nodes.Filter) and node.name not in self.filters:
            raise MapProblem(_unknown("filter", node.name, self.filters))
        if isinstance(node, nodes.Test) and node.name not in self.tests:
            raise MapProblem(_unknown("test", node.name, self.tests))
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            parts = names.get(node.node.name)
            if parts is not None and node.attr not in parts:
                raise MapProblem(_unknown(f"part of '{node.node.name}'", node.attr, parts))


_REFUSED: dict[type[nodes.Node], str] = {
    nodes.Call: "an expression cannot call anything; use a filter, as in `name | lower`",
}


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)


def _unknown(what: str, name: str, known: Any) -> str:
    names = [str(key) for key in known]
    hint = did_you_mean(name, names) or f"there are: {', '.join(sorted(names)[:30])}"
    return f"there is no {what} '{name}'; {hint}"


def _syntax(error: TemplateSyntaxError) -> str:
    message = (error.message or "it cannot be read").rstrip(".")
    return f"the expression cannot be read: {message}"


TROUBLE = (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError)
"""What a computation may raise besides RowProblem and MapProblem."""
