"""`@check` and the catalogue: every rule with its code, name, severity and manual page.

A rule is one function under `@check`. The type of its first parameter says what it runs over:
`Context` (once, over the whole plan) or a record class such as `Kpi` (once for each, with the
Context as second parameter). It yields `Diagnostic`s, and an `Unknown` for a record it cannot judge
for want of figures. Its docstring is `kpi explain CODE`: a title line, why, then `Bad:` and `Good:`
with YAML, and `Fix:`. A rule whose fault is found while reading is entered by `@found_by_reader`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from textwrap import dedent
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from kpi_cli.analysis.results import Assessment
from kpi_cli.checks.index import PlanIndex
from kpi_cli.checks.left_out import LeftOut
from kpi_cli.diagnostics import Diagnostic, Severity, Unknown
from kpi_cli.models import Record
from kpi_cli.plan import Plan

if TYPE_CHECKING:
    from kpi_cli.analysis.reachable import Reachability

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
CheckFunction = Callable[..., Iterator[Diagnostic | Unknown]]
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue. `run` is None where the reader finds the fault."""

    code: str
    name: str
    severity: Severity
    over: type | None
    run: CheckFunction | None
    doc: str
    module: str

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


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Rule]:
    """Every rule by code, in order of codes. Raises ValueError for a code used twice."""
    rules: dict[str, Rule] = {}
    for module in _modules():
        for function in vars(module).values():
            rule = _rule_of(function, module)
            if rule is None:
                continue
            if rule.code in rules:
                raise ValueError(f"rule {rule.code} is defined twice")
            rules[rule.code] = rule
    return dict(sorted(rules.items()))


def _modules() -> Iterator[ModuleType]:
    import kpi_cli.checks as package

    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        yield importlib.import_module(f"{package.__name__}.{info.name}")


def _rule_of(function: Any, module: ModuleType) -> Rule | None:
    entry = getattr(function, "__rule__", None) if inspect.isfunction(function) else None
    if entry is None or function.__module__ != module.__name__:
        return None
    code, name, severity, runs = entry
    doc = inspect.getdoc(function) or ""
    over = _first_parameter(function) if runs else None
    return Rule(code, name, severity, over, function if runs else None, doc, module.__name__)


def _first_parameter(function: CheckFunction) -> type:
    hints = typing.get_type_hints(function)
    first = next(iter(inspect.signature(function).parameters))
    over: type = hints[first]
    if over is not Context and not issubclass(over, Record):
        raise ValueError(f"{function.__name__} runs over {over}, neither Context nor a record")
    return over
