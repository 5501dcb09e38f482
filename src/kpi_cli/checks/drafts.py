"""A sentence as the beginning of a record: what it says, what it leaves open, its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from kpi_cli.checks.score import objective_score, smart_scores, worst
from kpi_cli.checks.selection import PROFILES
from kpi_cli.diagnostics import Severity
from kpi_cli.frozen import dataclass, field, replace
from kpi_cli.plan import Plan
from kpi_cli.quantity import CURRENCIES, PERCENT
from kpi_cli.wording.hit import Hit
from kpi_cli.wording.judging import PREVIEW, judge
from kpi_cli.wording.numbers import Number
from kpi_cli.wording.statement import Kind, Statement, accepted, read
from kpi_cli.wording.text import lowered

Verdict = Literal["pass", "improve", "fail"]
ENOUGH = 70.0
"""The total a sentence passes with, where none is asked for."""
FAILED = 50.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence judged. `fields` are what it tells (see `_fields`), absent ones None.

    `record` holds the keys of a plan record it fills, `gaps` those it leaves open, each with what
    to write there.
    """

    text: str
    kind: Kind
    language: str
    fields: Mapping[str, Any]
    hits: tuple[Hit, ...]
    total: float
    verdict: Verdict
    record: Mapping[str, Any] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)
    alike: str | None = None
    """A KPI of the plan with the same name."""

    @property
    def section(self) -> str:
        """Where the record belongs in a plan file."""
        return "objectives" if self.kind == "objective" else "kpis"

    @property
    def worst(self) -> Severity | None:
        """The gravest severity of the hits."""
        return min((hit.severity for hit in self.hits), key=lambda s: s.rank, default=None)


def draft(
    text: str,
    kind: Kind | None,
    plan: Plan | None,
    as_of: date,
    *,
    enough: float = ENOUGH,
) -> Draft:
    """Read a sentence, judge it, and make of it what a record can take over.

    With a plan its accepted words and glossary are left alone, and its people are known.
    """
    statement = read(text, as_of=as_of, kind=kind, accept=_accept(plan))
    strict = plan is not None and plan.config.checks.profile == "strict"
    off = frozenset() if strict else PREVIEW
    disabled = tuple(plan.config.checks.disable) if plan else ()
    harder = PROFILES[plan.config.checks.profile] if plan else {}
    hits = tuple(
        _as_hard(hit, harder)
        for hit in judge(statement, text)
        if hit.code not in off and not hit.code.startswith(disabled or ("-",))
    )
    fired = worst((hit.code, hit.severity) for hit in hits)
    is_objective = statement.kind == "objective"
    total = objective_score(fired) if is_objective else smart_scores(fired).total
    fields = _fields(statement, plan)
    return Draft(
        statement.text,
        statement.kind,
        statement.language,
        fields,
        hits,
        total,
        _verdict(hits, total, enough),
        _objective(statement, fields) if is_objective else _kpi(statement, fields),
        dict(_gaps(statement, fields)),
        _alike(statement, plan),
    )


def _as_hard(hit: Hit, harder: Mapping[str, Severity]) -> Hit:
    """A warning with the severity a profile gives it; a note stays one."""
    if hit.severity is not Severity.WARNING or hit.code not in harder:
        return hit
    return replace(hit, severity=harder[hit.code])


def _accept(plan: Plan | None) -> frozenset[str]:
    if plan is None:
        return frozenset()
    terms = (term.term for term in plan.glossary.values())
    return accepted((*plan.config.checks.accept, *terms))


def _verdict(hits: tuple[Hit, ...], total: float, enough: float) -> Verdict:
    severities = {hit.severity for hit in hits}
    if Severity.ERROR in severities or total < FAILED:
        return "fail"
    return "pass" if total >= enough and Severity.WARNING not in severities else "improve"


def _fields(s: Statement, plan: Plan | None) -> dict[str, Any]:
    """metric, from, to, by, unit, direction, due, owner: what the sentence tells of each."""
    change = s.change
    to, low, by = change.to, change.low, change.by
    due = s.due.day if s.due else None
    return {
        "metric": s.metric_text,
        "from": low.value if low and change.bound != "between" else None,
        "to": to.value if to else None,
        "by": s.text[by.start : by.end].strip() if by else None,
        "unit": _unit(s),
        "direction": _direction(s),
        "due": due,
        "owner": _owner(s, plan),
    }


_SCORED = frozenset({"nps", "csat", "ces", "score", "rating", "index", "điểm", "ielts", "toeic"})


def _unit(s: Statement) -> str | None:
    """The unit of the figures; points for scores, and count for what is merely counted."""
    if s.unit is not None:
        return s.unit
    if s.kind == "objective" or not s.is_measured:
        return None
    by = s.change.by
    figure = s.change.to or s.change.low
    words = {token.word for token in s.tokens}
    if words & _SCORED or (figure and figure.out_of):
        return "points"
    if figure is None or (by is not None and by.is_relative_unit) or _is_money(s):
        return PERCENT if _is_share(s) and figure is not None else None
    return "count"


def _is_money(s: Statement) -> bool:
    money = ("revenue", "sales", "profit", "doanh thu", "doanh số", "lợi nhuận", "chi phí", "cost")
    return any(word in s.low for word in money)


def _is_share(s: Statement) -> bool:
    return s.metric_text is not None and s.metric_text.lower().endswith(("rate", "share", "%"))


def _direction(s: Statement) -> str | None:
    up = s.change.upwards
    return None if up is None else "increase" if up else "decrease"


def _owner(s: Statement, plan: Plan | None) -> str | None:
    """The person of the plan whom the sentence names, by id or full name."""
    if plan is None:
        return None
    words = {token.word for token in s.tokens}
    for person in plan.people.values():
        if person.name.lower() in s.low or (person.id in words and len(person.id) > 2):
            return person.id
    return None


def _alike(s: Statement, plan: Plan | None) -> str | None:
    names = {lowered(s.metric_text or ""), s.low.strip(" .")} - {""}
    if plan is None:
        return None
    return next((kpi.id for kpi in plan.kpis.values() if lowered(kpi.name) in names), None)


def _objective(s: Statement, fields: Mapping[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = {"title": s.text[s.body :].strip().rstrip(".")}
    if fields["owner"]:
        record["owner"] = fields["owner"]
    if s.due and s.due.day:
        record["period"] = str(s.due.day.year)
    return _named(record, "title") | {"status": "draft"}


def _named(record: dict[str, Any], key: str) -> dict[str, Any]:
    text = record[key] or "…"
    small = text[1:2].isalpha() or not text[1:2].strip()
    record[key] = text[:1].upper() + text[1:] if small else text
    return record


def _kpi(s: Statement, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a KPI that the sentence fills; a piece of work becomes a yes/no target."""
    record: dict[str, Any] = {"name": s.metric_text or s.text[s.body :].strip().rstrip(".")}
    if fields["owner"]:
        record["owner"] = fields["owner"]
    if _is_work(s):
        record["name"] = _without_dates(s)
        record["target"] = {"done": True}
    else:
        record |= _measured(s, fields)
    if fields["due"]:
        record["due"] = fields["due"].isoformat()
    return _named(record, "name") | {"status": "draft"}


def _without_dates(s: Statement) -> str:
    """The sentence from its verb on, without its dates."""
    text = s.text[s.body :]
    for ref in reversed(s.dates):
        if ref.start >= s.body:
            text = text[: ref.start - s.body] + text[ref.end - s.body :]
    return " ".join(text.split()).strip(" .,;:-")


def _is_work(s: Statement) -> bool:
    return s.head is not None and s.head.of("activity") and not s.is_measured


def _measured(s: Statement, fields: Mapping[str, Any]) -> dict[str, Any]:
    change = s.change
    record: dict[str, Any] = {}
    if fields["unit"]:
        record["unit"] = fields["unit"]
    top = next((n.out_of for n in (change.to, change.low) if n and n.out_of), None)
    if top is not None:
        record["bounds"] = [None, _plain(top)]
    if fields["direction"] and change.bound is None:
        record["direction"] = fields["direction"]
    if change.low and change.bound != "between":
        record["baseline"] = _plain(change.low.value)
    target = _target(s)
    if target is not None:
        record["target"] = target
    return record


def _target(s: Statement) -> Any:
    """The target in the format's own form; None where the sentence does not tell it."""
    change = s.change
    if change.bound == "between" and change.low and change.to:
        return {"between": sorted([_plain(change.low.value), _plain(change.to.value)])}
    if change.to is not None:
        value = _plain(change.to.value)
        if change.to.high is not None:
            return {"between": [value, _plain(change.to.high)]}
        return {change.bound: value} if change.bound else value
    if change.times is not None:
        return f"{(change.times - 1) * 100:+.0f}%"
    return _relative(change.by, change.upwards) if change.by else None


def _relative(by: Number, upwards: bool | None) -> str | None:
    if not by.is_relative_unit:
        return None
    sign = "-" if upwards is False else "+"
    return f"{sign}{_plain(by.value)}{'pp' if by.unit == 'pp' else '%'}"


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _gaps(s: Statement, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Key -> what to write there, in the order of the questions people ask."""
    if s.kind == "objective":
        if not fields["owner"]:
            yield "owner", "who answers for it?"
        if not fields["due"]:
            yield "period", 'until when? A period such as "2026" or 2026-Q3'
        yield "why", "what for? One sentence people will repeat"
        return
    yield "objective", "which objective is it evidence for?"
    if not fields["owner"]:
        yield "owner", "who answers for it?"
    yield "definition", "what exactly is counted?"
    yield from _figure_gaps(s, fields)
    if not fields["due"]:
        yield "due", "until when? Otherwise its objective's end"
    if not _is_work(s):
        yield "source", "where do the figures come from? Such as {manual: WHERE}"


def _figure_gaps(s: Statement, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if _is_work(s):
        return
    if not fields["unit"]:
        yield "unit", "counted in what? %, count, days, " + _currency(s) + " …"
    if fields["unit"] == PERCENT:
        yield "numerator", "what is counted?"
        yield "denominator", "of how many?"
    if fields["from"] is None and s.change.bound is None:
        yield "baseline", "where does it stand today?"
    if _target(s) is None:
        yield "target", "how far? A number"
    if not fields["direction"] and s.change.bound is None:
        yield "direction", "is more better (increase) or less (decrease)?"


def _currency(s: Statement) -> str:
    return next(
        (token.word.upper() for token in s.tokens if token.word.upper() in CURRENCIES),
        "VND" if s.language == "vi" else "USD",
    )
