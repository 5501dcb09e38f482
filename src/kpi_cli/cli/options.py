"""The global options, accepted before and after the command."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

from kpi_cli.cli.declare import Declared, Parameter, option, parameter
from kpi_cli.frozen import dataclass

Color = Literal["auto", "always", "never"]
Lang = Literal["en", "vi"]
HELP_FLAGS = ("--help", "-h")


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
        both = {name: (getattr(self, name), getattr(outer, name)) for name in self.__match_args__}
        kept = {name: before if here is None else here for name, (here, before) in both.items()}
        return Options(**kept | {"output": (*outer.output, *self.output)})


_DECLARED: dict[str, tuple[Any, Declared]] = {
    "root": (
        Path | None,
        option("--root", "-C", metavar="DIR", help="The workspace, or a folder in it."),
    ),
    "as_of": (
        str | None,
        option(
            "--as-of", metavar="DATE", envvar="KPI_AS_OF",
            help="The day everything is computed for (default: today).",
        ),
    ),
    "format": (
        str | None,
        option("--format", metavar="NAME", help="Output format, such as text or json."),
    ),
    "output": (
        list[str] | None,
        option(
            "--output", "-o", metavar="[FMT=]FILE",
            help="Write to a file instead of the terminal; may be given several times.",
        ),
    ),
    "plain": (bool | None, option("--plain", help="No colours, no boxes, ASCII signs.")),
    "color": (Color | None, option("--color", help="When to use colours (default: auto).")),
    "quiet": (bool | None, option("--quiet", "-q", help="Only results, no talk.")),
    "verbose": (bool | None, option("--verbose", "-v", help="More detail.")),
    "no_cache": (bool | None, option("--no-cache", help="Read every file afresh.")),
    "lang": (
        Lang | None,
        option("--lang", help="Language of pages and text (default: `language` of kpi.yaml)."),
    ),
}  # fmt: skip


@cache
def global_parameters() -> tuple[Parameter, ...]:
    """The options every command has, before and after its name."""
    return tuple(
        parameter(name, kind, declared, None) for name, (kind, declared) in _DECLARED.items()
    )


def declared() -> dict[str, tuple[Any, Declared]]:
    """Type and declaration of each global option."""
    return _DECLARED


def take(values: dict[str, Any]) -> Options:
    """Options out of a command's keyword arguments, which lose them."""
    given = {name: values.pop(name, None) for name in _DECLARED}
    given["output"] = tuple(given["output"] or ())
    return Options(**given)
