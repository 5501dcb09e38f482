"""How often the rules are right about sentences: precision and recall on judged statements.

A rule is right about a statement that is judged bad, or where the judge names that rule; its
recall is over the statements where the judge names it. The tool calls a statement bad unless its
verdict is `pass`. What a rule may be follows from what it was measured at: an error from 90 %
precision over 20 hits on, a warning from 75 % on, else it only informs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kpi_cli.checks.drafts import draft
from kpi_cli.checks.registry import catalogue
from kpi_cli.checks.score import worst
from kpi_cli.diagnostics import Severity
from kpi_cli.frozen import dataclass
from kpi_cli.library.judged import KINDS, SPLITS, Kind, Statement

ERROR_FROM, ERROR_HITS, WARNING_FROM = 0.90, 20, 0.75


@dataclass(frozen=True, slots=True)
class Said:
    """What the tool says of one sentence: whether it passes, and the worst severity by code."""

    passes: bool
    codes: Mapping[str, Severity]


@dataclass(frozen=True, slots=True)
class Answer:
    """A judged statement and what the tool says of it."""

    statement: Statement
    said: Said

    @property
    def is_bad(self) -> bool:
        """What the judge says."""
        return self.statement.verdict == "bad"

    def is_right(self, code: str) -> bool:
        """Whether a hit of that rule is deserved."""
        return self.is_bad or code in self.statement.codes


Judge = Callable[[str, Kind], Said]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one sort: how many of the bad ones were called bad, and how many good ones."""

    name: str
    count: int
    bad: int
    called: int
    right: int

    @property
    def precision(self) -> float | None:
        """Of those called bad, the share that is."""
        return _share(self.right, self.called)

    @property
    def recall(self) -> float | None:
        """Of the bad ones, the share called bad."""
        return _share(self.right, self.bad)


@dataclass(frozen=True, slots=True)
class Given:
    """How often a rule spoke at one severity, and how often it deserved to."""

    severity: Severity
    hits: int
    true: int

    @property
    def false(self) -> int:
        """Hits on statements that are sound."""
        return self.hits - self.true

    @property
    def precision(self) -> float | None:
        """Of its hits, the share that was deserved."""
        return _share(self.true, self.hits)

    def plus(self, other: Given) -> Given:
        """Both counts together, at this severity."""
        return Given(self.severity, self.hits + other.hits, self.true + other.true)


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """One rule: what it gave, worst first, and on how many statements that name it it spoke."""

    code: str
    name: str
    given: tuple[Given, ...]
    named: int
    found: int

    @property
    def recall(self) -> float | None:
        """Of the statements where the judge names it, the share it spoke of."""
        return _share(self.found, self.named)


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures by group of statements, and by rule."""

    groups: tuple[Group, ...]
    rules: tuple[RuleFigures, ...]
    answers: tuple[Answer, ...]


def allowed(given: Given) -> Severity:
    """The most severe a rule on words may be where it was right so often."""
    precision = given.precision
    if precision is None or precision < WARNING_FROM:
        return Severity.INFO
    sure = precision >= ERROR_FROM and given.hits >= ERROR_HITS
    return Severity.ERROR if sure else Severity.WARNING


def pooled(rules: Iterable[RuleFigures], others: Mapping[str, Any]) -> dict[str, tuple[Given, ...]]:
    """What each rule gave on our statements and those of others (`kpi-rule-stats/1`) together."""
    found = {rule.code: {given.severity: given for given in rule.given} for rule in rules}
    for row in others["rules"]:
        given = found.setdefault(row["code"], {})
        for one in row["given"]:
            more = Given(Severity(one["severity"]), one["hits"], one["true"])
            given[more.severity] = more.plus(given.get(more.severity, Given(more.severity, 0, 0)))
    return {code: tuple(given[s] for s in Severity if s in given) for code, given in found.items()}


def measure(
    statements: Iterable[Statement], judge: Judge, splits: Sequence[str] = SPLITS
) -> Measured:
    """Ask the tool about every statement, and count; `splits` are counted apart too."""
    answers = tuple(Answer(one, judge(one.text, one.kind)) for one in statements)
    return Measured(tuple(_groups(answers, splits)), tuple(_rules(answers)), answers)


def _groups(answers: Sequence[Answer], splits: Sequence[str]) -> Iterable[Group]:
    yield _group("all", answers)
    for split in splits:
        yield _group(split, [one for one in answers if one.statement.split == split])
    for language in sorted({one.statement.language for one in answers}):
        yield _group(language, [one for one in answers if one.statement.language == language])
    for kind in KINDS:
        yield _group(kind, [one for one in answers if one.statement.kind == kind])


def _group(name: str, answers: Sequence[Answer]) -> Group:
    called = [one for one in answers if not one.said.passes]
    return Group(
        name=name,
        count=len(answers),
        bad=sum(one.is_bad for one in answers),
        called=len(called),
        right=sum(one.is_bad for one in called),
    )


def _rules(answers: Sequence[Answer]) -> Iterable[RuleFigures]:
    rules = catalogue()
    spoken = {code for one in answers for code in one.said.codes}
    named = {code for one in answers for code in one.statement.codes}
    for code in sorted(spoken | named):
        asked = [one for one in answers if code in one.statement.codes]
        yield RuleFigures(
            code=code,
            name=rules[code].name if code in rules else "",
            given=tuple(_given(code, answers)),
            named=len(asked),
            found=sum(code in one.said.codes for one in asked),
        )


def _given(code: str, answers: Sequence[Answer]) -> Iterable[Given]:
    for severity in Severity:
        hits = [one for one in answers if one.said.codes.get(code) is severity]
        if hits:
            yield Given(severity, len(hits), sum(one.is_right(code) for one in hits))


_DAY = date(2026, 3, 1)
"""Only bears on what "next year" means."""


def say(text: str, kind: Kind) -> Said:
    """What `kpi check-smart` says of a bare sentence, outside a workspace."""
    judged = draft(text, kind, None, _DAY)
    codes = worst((hit.code, hit.severity) for hit in judged.hits)
    return Said(judged.verdict == "pass", codes)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
