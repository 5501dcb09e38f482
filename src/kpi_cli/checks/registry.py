"""`@check` and the catalogue: every rule with its code, name, severity and manual page.

A rule is one function under `@check`. The type of its first parameter says what it runs over:
`Context` (once, over the whole plan) or a record class such as `Kpi` (once for each, with the
Context as second parameter). It gives `Diagnostic`s (an empty tuple is the fastest way to say
nothing), and an `Unknown` for a record it cannot judge for want of figures. Its docstring is
`kpi explain CODE`: a title line, why, then `Bad:` and `Good:` with YAML, and `Fix:`. A rule whose
fault is found while reading is entered by `@found_by_reader`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from importlib import import_module
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from kpi_cli import frozen
from kpi_cli.checks.contents import CONTENTS
from kpi_cli.checks.index import PlanIndex
from kpi_cli.checks.left_out import LeftOut
from kpi_cli.diagnostics import Diagnostic, Severity, Unknown
from kpi_cli.frozen import dataclass, field, replace
from kpi_cli.models import Record
from kpi_cli.plan import Plan

if TYPE_CHECKING:
    from kpi_cli.analysis.reachable import Reachability
    from kpi_cli.analysis.results import Assessment

CODE = re.compile(r"[A-Z]\d{3}")
FAMILIES: Mapping[str, str] = {
    "K": "workspace",
    "S": "specific",
    "M": "measurable",
    "A": "achievable",
    "R": "relevant",
    "T": "time-bound",
    "O": "objective",
    "X": "engine",
}
"""What the first letters of codes stand for, in the order in which they are shown."""
_SECTION = re.compile(r"^(?:Bad|Good|Fix|Setting):", re.MULTILINE)
CheckFunction = Callable[..., Iterable[Diagnostic | Unknown]]
Checked = TypeVar("Checked", bound=CheckFunction)


@dataclass(frozen=True)
class Context:
    """What a rule may look at: the plan, the day, and the assessment, made on first use.

    `locked_edits` is asked for only by K302: it compares locked periods with git.
    """

    plan: Plan
    as_of: date
    assess: Callable[[], Assessment]
    locked_edits: Callable[[], Iterator[Diagnostic]] | None = None
    left_out: LeftOut = field(default_factory=LeftOut)

    @cached_property
    def index(self) -> PlanIndex:
        """Facts several rules ask for, each worked out once."""
        return PlanIndex(self.plan, self.as_of, self.left_out)

    @cached_property
    def assessment(self) -> Assessment:
        """Every number of the plan on the day."""
        return self.assess()

    @cached_property
    def reach(self) -> Reachability:
        """Whether targets are too far or too near, by the KPIs' own past."""
        from kpi_cli.analysis.reachable import Reachability

        return Reachability(self.assessment)


@frozen.dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue. `run` is None where the reader finds the fault.

    `docstring` is the manual page as it stands in the code, `doc` the page without its indents.
    """

    code: str
    name: str
    severity: Severity
    over: type | None
    run: CheckFunction | None
    docstring: str
    module: str

    @property
    def doc(self) -> str:
        """The manual page."""
        from inspect import cleandoc  # takes long to import

        return cleandoc(self.docstring)

    @property
    def family(self) -> str:
        """What the first letter of the code stands for."""
        return FAMILIES[self.code[0]]

    @property
    def title(self) -> str:
        """The first line of the manual page."""
        return self.doc.split("\n", 1)[0].rstrip(".")

    def section(self, heading: str) -> str:
        """The text below `Heading:` in the manual page, dedented; empty where there is none."""
        match = re.search(
            rf"^{heading}:\n((?:[ \t]+.*\n|\n)*(?:[ \t]+.*)?)", self.doc, re.MULTILINE
        )
        from textwrap import dedent

        return dedent(match[1]).strip("\n") if match else ""

    @property
    def why(self) -> str:
        """What the rule is for: all before the examples."""
        body = self.doc.split("\n", 1)[1] if "\n" in self.doc else ""
        return _SECTION.split(body, maxsplit=1)[0].strip()


def check(code: str, name: str, severity: Severity) -> Callable[[Checked], Checked]:
    """Enter a function into the catalogue as the rule `code`."""

    def enter(function: Checked) -> Checked:
        function.__dict__["__rule__"] = (code, name, severity, True)
        return function

    return enter


def as_code(code: str, said: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What another rule says, under the code that `kpi check-smart` knows it by."""
    for one in said:
        yield replace(one, code=code, twin=one.code, severity=None, drops=False)


def found_by_reader(
    code: str, name: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Enter a rule whose fault is found while files are read; the function only holds its page."""

    def enter(function: Callable[[], None]) -> Callable[[], None]:
        function.__dict__["__rule__"] = (code, name, severity, False)
        return function

    return enter


class Catalogue(Mapping[str, Rule]):
    """Every rule by code, in order of codes; the module of a rule is loaded when it is asked for.

    `contents` says which codes a module holds. Raises ValueError for a code in two modules.
    """

    def __init__(self, contents: Mapping[str, str] = CONTENTS) -> None:
        holders: dict[str, str] = {}
        for module, codes in contents.items():
            for code in codes.split():
                if code in holders:
                    raise ValueError(f"rule {code} is in two modules")
                holders[code] = module
        self._holders = dict(sorted(holders.items()))
        self._rules: dict[str, Rule] = {}

    def __getitem__(self, code: str) -> Rule:
        if code not in self._rules:
            module = import_module(f"kpi_cli.checks.{self._holders[code]}")
            self._rules.update((rule.code, rule) for rule in rules_of(module))
        return self._rules[code]

    def __contains__(self, code: object) -> bool:
        return code in self._holders

    def __iter__(self) -> Iterator[str]:
        return iter(self._holders)

    def __len__(self) -> int:
        return len(self._holders)


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Rule]:
    """The rules of the house."""
    return Catalogue()


def rules_of(module: ModuleType) -> list[Rule]:
    """The rules a module defines, in their order. Raises ValueError for a code used twice."""
    found = [rule for value in vars(module).values() if (rule := _rule_of(value, module))]
    codes = [rule.code for rule in found]
    if len(codes) != len(set(codes)):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise ValueError(f"rule {twice} is defined twice")
    return found


def _rule_of(function: Any, module: ModuleType) -> Rule | None:
    entry = getattr(function, "__rule__", None) if isinstance(function, FunctionType) else None
    if entry is None or function.__module__ != module.__name__:
        return None
    code, name, severity, runs = entry
    over = _first_parameter(function) if runs else None
    page = function.__doc__ or ""
    return Rule(code, name, severity, over, function if runs else None, page, module.__name__)


def _first_parameter(function: FunctionType) -> type:
    """The class a rule runs over; its other annotations may name what is not imported."""
    name = str(function.__annotations__[function.__code__.co_varnames[0]])
    over = function.__globals__.get(name)
    if over is Context or (isinstance(over, type) and issubclass(over, Record)):
        return over
    raise ValueError(f"{function.__name__} runs over {name}, neither Context nor a record")
