"""One run of a command: its workspace, its day, its terminal, and where its output goes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_cli import frozen
from kpi_cli.cli.options import Options
from kpi_cli.errors import CannotRun
from kpi_cli.locale import ENGLISH, N_, ngettext, speak, speaking

if TYPE_CHECKING:
    from kpi_cli.analysis.results import Assessment
    from kpi_cli.cache.contents import Contents
    from kpi_cli.cache.fits import RememberedFits
    from kpi_cli.plan import Loaded
    from kpi_cli.workspace import DiskTree, Tree

_WORTH_BYTES = 2**18
"""What there is to read from which on remembering it saves time."""
_WORTH_FITS = 100
"""KPIs from which on looking fits up is quicker than fitting, the cache being opened for it."""
Renderers = Mapping[str, Callable[[], str]]


class Run:
    """What every command is given first; nothing is read before it is asked for."""

    def __init__(self, options: Options) -> None:
        self.options = options

    @cached_property
    def as_of(self) -> date:
        """`--as-of`, else today. Raises CannotRun for what is no date."""
        given = self.options.as_of
        if given is None:
            return date.today()  # noqa: DTZ011  the user's own calendar day is meant
        plain = _plain_day(given)
        if plain is not None:
            return plain
        from kpi_cli.period import BadPeriod, parse_day

        try:
            return parse_day(given)
        except BadPeriod as error:
            raise CannotRun(f"--as-of: {error}") from None

    @cached_property
    def root(self) -> Path:
        """The workspace's root folder. Raises CannotRun where there is none."""
        from kpi_cli.workspace import find_root

        start = self.options.root or Path.cwd()
        if not start.is_dir():
            raise CannotRun(f"there is no folder '{start}'")
        return find_root(start.absolute())

    @cached_property
    def tree(self) -> DiskTree:
        """The workspace's files; an edit that was interrupted is finished or undone first."""
        from kpi_cli.workspace import DiskTree

        if (self.root / ".kpi" / "journal.json").exists():
            from kpi_cli.edit.store import settle

            settle(self.root)
        return DiskTree(self.root)

    @cached_property
    def contents(self) -> Contents | None:
        """What was read of these files before; None with `--no-cache` or for another tree."""
        if not self._may_remember:
            return None
        from kpi_cli.cache.contents import Contents
        from kpi_cli.cache.place import folder
        from kpi_cli.cache.store import Store

        try:
            return Contents(self.tree, Store(folder()).__enter__())
        except RuntimeError:
            return None

    @property
    def _may_remember(self) -> bool:
        """Whether the cache may be asked: these are the files on disk, and nobody forbade it."""
        from kpi_cli.workspace import DiskTree

        return not self.options.no_cache and type(self.tree) is DiskTree

    @property
    def is_read(self) -> bool:
        """Whether the plan was read."""
        return "loaded" in self.__dict__

    @cached_property
    def loaded(self) -> Loaded:
        """The plan and the faults found while reading it."""
        from kpi_cli.cli.progress import Bar
        from kpi_cli.plan import load_plan

        large = self._may_remember and self.tree.holds(_WORTH_BYTES)
        contents = self.contents if large else None
        with Bar(N_("Reading the plan"), self.options) as bar, _without_collecting():
            found = load_plan(self.tree, bar, contents=contents)
        if contents:
            contents.save()
        speak(self.options.lang or found.plan.config.language)
        return found

    @cached_property
    def assessment(self) -> Assessment:
        """Every number of the plan on the day."""
        from kpi_cli.analysis.assess import assess

        return assess(self.loaded.plan, self.as_of, self.fits)

    @cached_property
    def fits(self) -> RememberedFits | None:
        """The forecasts' fits of earlier runs; None with `--no-cache` and for a small plan."""
        if len(self.loaded.plan.kpis) < _WORTH_FITS or self.contents is None:
            return None
        from kpi_cli.cache.fits import RememberedFits

        return RememberedFits(self.contents.store)

    def keep(self) -> None:
        """Remember for the next run what this one had to work out."""
        fits = self.__dict__.get("fits")
        if fits is not None:
            fits.save()

    def speak(self, language: str | None = None) -> None:
        """The language asked for, else that of `kpi.yaml`; for commands that read no plan.

        `language` is that of `kpi.yaml` where it is known. Without a workspace, English stays.
        """
        if self.options.lang is not None or self.is_read:
            return
        if language is not None:
            speak(language)
            return
        from kpi_cli.plan.read import read_config
        from kpi_cli.source import load
        from kpi_cli.workspace import CONFIG

        try:
            raw = self.tree.read(CONFIG)
        except (CannotRun, FileNotFoundError):
            return
        speak(read_config(load(raw))[0].language)

    def over(self, tree: Tree, known: Loaded | None = None) -> Run:
        """The same run over another state of the files, read without a bar.

        `known` is a state read before; what is equal in both is not read again.
        """
        from kpi_cli.plan import load_plan

        other, found = Run(self.options), load_plan(tree, known=known)
        other.__dict__.update(root=self.root, as_of=self.as_of, tree=tree, loaded=found)
        speak(self.options.lang or found.plan.config.language)
        return other

    def say(self, text: str) -> None:
        """Talk: to stderr, unless quiet."""
        if not self.options.quiet:
            print(text, file=sys.stderr)

    def tell_left_out(self) -> None:
        """Say how many records could not be used, where there are any."""
        count = self.loaded.left_out
        if count:
            told = ngettext(
                "{n} record has faults and is left out; `kpi validate` lists them",
                "{n} records have faults and are left out; `kpi validate` lists them",
                count,
            )
            self.say(f"kpi: {told}")

    def write(self, renderers: Renderers, default: str = "text") -> None:
        """Render to stdout in `--format`, or to each `--output [FMT=]FILE`.

        Raises CannotRun for a format the command does not know or a file that cannot be written.
        """
        chosen = self.options.format or default
        if not self.options.output:
            emit(_rendered(renderers, chosen))
            return
        for target in self.options.output:
            name, path = split_output(target, chosen, renderers)
            write_file(path, _rendered(renderers, name))

    @cached_property
    def terminal(self) -> Terminal:
        """How stdout may be drawn on."""
        return Terminal.of(self.options, os.environ, sys.stdout.isatty(), sys.stdout.encoding or "")


def _plain_day(text: str) -> date | None:
    """The day of a plain YYYY-MM-DD, read without all that is known of periods."""
    digits = text[:4] + text[5:7] + text[8:]
    if len(text) != 10 or text[4] + text[7] != "--" or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for cycles while a plan is built: it has none, and is not searched later either."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


@frozen.dataclass(frozen=True, slots=True)
class Terminal:
    """Colours or not, ASCII signs or not, columns (None: a pipe, nothing is cut)."""

    color: bool
    ascii: bool
    width: int | None

    @classmethod
    def of(
        cls, options: Options, env: Mapping[str, str], is_terminal: bool, encoding: str
    ) -> Terminal:
        """--plain and --color win over NO_COLOR, FORCE_COLOR, CLICOLOR and the kind of stdout."""
        columns = env.get("COLUMNS", "")
        width = int(columns) if columns.isascii() and columns.isdigit() and int(columns) else None
        if width is None and is_terminal:
            width = _columns()
        narrow = "utf" not in encoding.lower() or _is_ascii_locale(env)
        plain = bool(options.plain)
        return cls(_color(options, env, is_terminal), plain or narrow, width)


def _is_ascii_locale(env: Mapping[str, str]) -> bool:
    """Whether the user asked for the C locale; Python may still write UTF-8 then."""
    asked = next((env[key] for key in ("LC_ALL", "LC_CTYPE", "LANG") if env.get(key)), "")
    return asked in ("C", "POSIX")


def _color(options: Options, env: Mapping[str, str], is_terminal: bool) -> bool:
    if options.plain or options.output or options.color == "never":
        return False
    if options.color == "always":
        return True
    if env.get("NO_COLOR"):
        return False
    forced = env.get("FORCE_COLOR", "") not in ("", "0") or env.get("CLICOLOR_FORCE", "0") != "0"
    if forced:
        return True
    return is_terminal and env.get("CLICOLOR") != "0" and env.get("TERM") != "dumb"


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80


def emit(text: str) -> None:
    """Print a result; a trailing newline is added where there is none."""
    sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")


FOR_PEOPLE = frozenset({"text", "markdown"})
"""Formats in the language of the reader; all others are read by machines, in English."""


def _rendered(renderers: Renderers, name: str) -> str:
    make = _renderer(renderers, name)
    if name in FOR_PEOPLE:
        return make()
    with speaking(ENGLISH):
        return make()


def _renderer(renderers: Renderers, name: str) -> Callable[[], str]:
    if name not in renderers:
        raise CannotRun(
            f"this command has no format '{name}'", help=f"choose one of {', '.join(renderers)}"
        )
    return renderers[name]


def split_output(target: str, default: str, renderers: Mapping[str, object]) -> tuple[str, Path]:
    """`json=out.json` -> format and file; a bare file takes `--format`, else its own ending."""
    name, found, path = target.partition("=")
    if found and name in renderers:
        return name, Path(path)
    ending = Path(target).suffix.removeprefix(".")
    return (ending if default == "text" and ending in renderers else default), Path(target)


def write_file(path: Path, text: str | bytes) -> None:
    """Write a result to a file, or to stdout for `-`. Raises CannotRun."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    if str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        return
    try:
        path.write_bytes(raw if raw.endswith(b"\n") or isinstance(text, bytes) else raw + b"\n")
    except OSError as error:
        raise CannotRun(f"cannot write {path}: {error.strerror}") from None
