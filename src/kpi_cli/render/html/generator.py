"""How templates become Python: as Jinja2 makes it, less what no template of ours asks for.

A fixed message is said when a template is compiled, so each language has compiled templates of its
own. Attributes are attributes, calls are calls, and macros functions: what Jinja2 puts between
(items as attributes, arguments from the context) is for templates of strangers. What `drawing`
could not draw is refused here. A test draws the same pages both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from keyword import iskeyword
from typing import Any, NoReturn

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.visitor import NodeTransformer

from kpi_cli import locale
from kpi_cli.render.html.filters import WRITTEN, finalize, message, pieces


def environment(
    filters: Mapping[str, Callable[..., Any]], tests: Mapping[str, Callable[..., bool]]
) -> Environment:
    """What compiles templates that use these filters and tests and no others: escaping is on, a
    misspelt name is an error, blocks leave no blank lines."""
    env = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.code_generator_class = Generator
    env.filters, env.tests = dict(filters), dict(tests)
    return env


class Generator(CodeGenerator):
    """Writes the module of one template."""

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """A line; the names of Jinja2's runtime are there already."""
        if not x.startswith("from jinja2.runtime import "):
            super().writeline(x, node, extra)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """The whole module, its fixed messages said."""
        self._written = {"svg", *(one.target for one in node.find_all(nodes.Import))}
        super().visit_Template(_Said().visit(node), frame)

    def _refuse(self, node: nodes.Node, *_: object, **__: object) -> NoReturn:
        self.fail(f"no template of ours has a {type(node).__name__} of this form", node.lineno)

    visit_Extends = visit_Block = visit_Include = visit_FromImport = _refuse
    visit_CallBlock = visit_FilterBlock = visit_ScopedEvalContextModifier = _refuse

    def visit_Import(self, node: nodes.Import, frame: Frame) -> None:
        """The macros of another template, which know nothing of this one."""
        if node.with_context:
            self._refuse(node)
        super().visit_Import(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """`row.owner` as it stands."""
        if iskeyword(node.attr):
            self._refuse(node)
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """`rows[0]` as it stands."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """`link(ref, route)` as it stands."""
        odd = node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs)
        if odd or forward_caller:
            self._refuse(node)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro as a function."""
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            self._refuse(macro_ref.node)
        names = tuple(argument.name for argument in macro_ref.node.args)
        self.write(f"as_function(macro, {names!r})")

    def enter_frame(self, frame: Frame) -> None:
        """What a template puts out is gathered, as in a macro, and not handed over bit by bit."""
        super().enter_frame(frame)
        if frame.rootlevel and frame.buffer is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """The end of a template hands over the whole."""
        if frame.rootlevel:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write("(" if self._is_written(node) else "said(")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(")")

    def _is_written(self, node: nodes.Expr) -> bool:
        """Whether a value is markup whatever it was made from: a text through a filter that
        escapes, a picture, or a macro of another template."""
        if isinstance(node, nodes.Filter):
            return node.name in WRITTEN
        called = node.node if isinstance(node, nodes.Call) else None
        owner = called.node if isinstance(called, nodes.Getattr) else None
        return isinstance(owner, nodes.Name) and owner.name in self._written


class _Said(NodeTransformer):
    """Messages with a fixed text become texts; what fills their braces stands between them."""

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        children: list[nodes.Expr] = []
        for child in node.nodes:
            text = _message(child)
            if text is not None and isinstance(child, nodes.Call):
                children += _parts(text, child)
            else:
                children.append(child)
        node.nodes = children
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        found = None if node.kwargs else _message(node)
        if found is None:
            return self.generic_visit(node)
        return nodes.Const(message(found), lineno=node.lineno)


def _message(node: nodes.Node) -> str | None:
    """The fixed text of a call of `_`."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    text = node.args[0] if node.node.name == "_" else None
    return text.value if isinstance(text, nodes.Const) else None


def _parts(text: str, node: nodes.Call) -> Iterator[nodes.Expr]:
    """A message as template text and, in its places, the expressions that fill it."""
    values = {keyword.key: keyword.value for keyword in node.kwargs}
    for part, name in pieces(locale._(text)):
        yield nodes.TemplateData(part, lineno=node.lineno)
        if name is not None:
            yield values[name]
