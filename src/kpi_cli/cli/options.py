"""The global options, accepted before and after the command."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

Color = Literal["auto", "always", "never"]
Lang = Literal["en", "vi"]


@dataclass(frozen=True, slots=True)
class Options:
    """Global options as given; None is what was not given at this place."""

    root: Path | None = None
    as_of: str | None = None
    format: str | None = None
    output: tuple[str, ...] = ()
    plain: bool | None = None
    color: Color | None = None
    quiet: bool | None = None
    verbose: bool | None = None
    no_cache: bool | None = None
    lang: Lang | None = None

    def over(self, outer: Options) -> Options:
        """These options, with those given before the command where these are silent."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        kept = {key: value for key, value in given.items() if value not in (None, ())}
        if "output" in kept:
            kept["output"] = (*outer.output, *self.output)
        return replace(outer, **kept)


_PANEL = "Options of every command"
_DECLARED: dict[str, tuple[Any, Any]] = {
    "root": (
        Path | None,
        typer.Option("--root", "-C", metavar="DIR", help="The workspace, or a folder in it."),
    ),
    "as_of": (
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", envvar="KPI_AS_OF",
            help="The day everything is computed for (default: today).",
        ),
    ),
    "format": (
        str | None,
        typer.Option("--format", metavar="NAME", help="Output format, such as text or json."),
    ),
    "output": (
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="[FMT=]FILE",
            help="Write to a file instead of the terminal; may be given several times.",
        ),
    ),
    "plain": (
        bool | None,
        typer.Option("--plain", help="No colours, no boxes, ASCII signs."),
    ),
    "color": (
        Color | None,
        typer.Option("--color", help="When to use colours (default: auto)."),
    ),
    "quiet": (
        bool | None,
        typer.Option("--quiet", "-q", help="Only results, no talk."),
    ),
    "verbose": (
        bool | None,
        typer.Option("--verbose", "-v", help="More detail."),
    ),
    "no_cache": (
        bool | None,
        typer.Option("--no-cache", help="Read every file afresh."),
    ),
    "lang": (
        Lang | None,
        typer.Option(
            "--lang", help="Language of pages and text (default: `language` of kpi.yaml)."
        ),
    ),
}  # fmt: skip


def declared() -> Mapping[str, tuple[Any, Any]]:
    """Type and declaration of each global option."""
    return _DECLARED


def parameters(*, hidden: bool) -> list[inspect.Parameter]:
    """The options as keyword parameters of a typer command."""
    found = []
    for name, (kind, option) in _DECLARED.items():
        own = type(option)(**vars(option))
        own.hidden = hidden
        found.append(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=None,
                annotation=Annotated[kind, own],
            )
        )
    return found


def take(values: dict[str, Any]) -> Options:
    """Options out of a command's keyword arguments, which lose them."""
    given = {name: values.pop(name, None) for name in _DECLARED}
    given["output"] = tuple(given["output"] or ())
    return Options(**given)
