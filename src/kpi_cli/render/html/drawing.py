"""What compiled templates ask for while they draw: a part of Jinja2's runtime, without Jinja2.

Jinja2 and its parser take as long to import as all templates take to draw a small report, and only
a template that has to be compiled needs them. Its code is what `generator` writes: it asks for the
names in `_NAMES` and for what `Templates` and `Context` hold. A test draws the same pages with
Jinja2 alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any

from markupsafe import Markup, escape, soft_str

from kpi_cli.render.html.compiled import Compiled
from kpi_cli.render.html.filters import safe, said

missing = object()
"""Stands for a name or an argument that was not given."""
_FOLDER = Path(__file__).with_name("templates")


def packaged(path: str) -> str:
    """The text of a file of this package, wherever it is installed, as `pkgutil.get_data` gives it
    after a longer import. Raises OSError."""
    loader: Any = __spec__.loader
    raw: bytes = loader.get_data(str(Path(__file__).parent / path))
    return raw.decode("utf-8")


class Templates:
    """Templates by name, each taken once; `values` are known to all of them."""

    tests: Mapping[str, Callable[[Any], bool]] = {"none": lambda value: value is None}
    concat = staticmethod("".join)

    def __init__(
        self, kept: Compiled, filters: Mapping[str, Callable[..., Any]], values: Mapping[str, Any]
    ) -> None:
        self.filters, self.values = filters, values
        self._kept = kept
        self._read: dict[str, Template] = {}

    def get_template(self, name: str, _asked_by: str = "") -> Template:
        """A template of ours. Raises FileNotFoundError."""
        found = self._read.get(name)
        if found is None:
            path = _FOLDER / name
            code = self._kept.code(
                path, lambda: self.compiled(packaged(f"templates/{name}"), name, str(path))
            )
            found = self._read[name] = Template(self, code)
        return found

    def compiled(self, text: str, name: str, path: str) -> CodeType:
        """The code of a template. Raises jinja2.TemplateSyntaxError."""
        from kpi_cli.render.html.generator import environment

        return environment(self.filters, self.tests).compile(text, name, path)

    @staticmethod
    def undefined(*told: Any, **name: Any) -> Any:
        """A name or an argument that was not given: an error where it is used."""
        from jinja2 import StrictUndefined

        return StrictUndefined(*told, **name)


class Template:
    """A template that can be drawn, and whose macros others can call."""

    def __init__(self, templates: Templates, code: CodeType) -> None:
        space = {"environment": templates, **_NAMES}
        exec(code, space)  # ours, as that of any module
        self._root: Callable[[Context], Iterator[str]] = space["root"]
        self._values = templates.values
        self._macros: SimpleNamespace | None = None

    def render(self, **values: Any) -> str:
        """The text of the template for these values."""
        return "".join(self._root(Context({**self._values, **values})))

    def _get_default_module(self, _asked_by: Context) -> SimpleNamespace:
        """What an `import` of this template gives: its macros, which see no value of the page."""
        if self._macros is None:
            context = Context(self._values)
            for _ in self._root(context):
                pass
            self._macros = SimpleNamespace(
                **{name: context.vars[name] for name in context.exported_vars}
            )
        return self._macros


class Context:
    """The values a template is drawn for, and the names it sets."""

    eval_ctx = SimpleNamespace(autoescape=True)

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()

    def resolve_or_missing(self, name: str) -> Any:
        """A value by its name."""
        return self._given.get(name, missing)


class Loop:
    """`for` with a `loop`, of which templates ask whether it is in its last round."""

    def __init__(self, rows: Iterable[Any], _undefined: object) -> None:
        self._rows = [*rows]
        self.last = False

    def __iter__(self) -> Iterator[tuple[Any, Loop]]:
        for number, row in enumerate(self._rows, 1):
            self.last = number == len(self._rows)
            yield row, self


def joined(parts: Iterable[Any]) -> str:
    """`a ~ b`: markup where a part is some, the others escaped."""
    texts = [soft_str(part) for part in parts]
    is_markup = any(isinstance(text, Markup) for text in texts)
    return Markup("").join(texts) if is_markup else "".join(texts)


def macro(function: Callable[..., str], names: tuple[str, ...]) -> Callable[..., Markup]:
    """A macro to be called; an argument that is not given is `missing`, as its code expects."""

    def call(*given: object, **named: object) -> Markup:
        if named or len(given) < len(names):
            given += tuple(named.pop(name, missing) for name in names[len(given) :])
        return safe(function(*given, **named))

    return call


def _nothing(*_: object) -> str:
    """`a if b` where `b` does not hold."""
    return ""


_NAMES: dict[str, Any] = {
    "as_function": macro,
    "escape": escape,
    "identity": str,
    "LoopContext": Loop,
    "Markup": Markup,
    "markup_join": joined,
    "missing": missing,
    "said": said,
    "Undefined": _nothing,
}
"""The names of the generated code."""
