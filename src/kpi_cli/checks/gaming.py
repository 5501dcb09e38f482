"""R: measures that flatter, and measures that tempt people to harm what is not measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kpi_cli.checks.registry import Context, check
from kpi_cli.checks.speaking import is_read, said
from kpi_cli.checks.specific import has_outcome_beside
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.frozen import dataclass
from kpi_cli.models import Kpi
from kpi_cli.quantity import PERCENT
from kpi_cli.wording.statement import Statement
from kpi_cli.wording.text import words


@check("R404", "vanity", Severity.WARNING)
def vanity(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI counts followers, views, likes or downloads as such.

    Such sums grow whatever the organisation does, and nothing follows when they do. Rates and the
    active, paying or returning ones among them are sound; a leading KPI beside a lagging one for
    the result gets a note only.

    Bad:
        kpis:
          fans: {name: Total social media followers, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: page}}

    Good:
        kpis:
          fans: {name: Orders per hundred followers, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: page}}

    Fix:
        Count what it should lead to.
    """  # noqa: E501 - one record a line reads best here
    paired = bool(kpi.objective) and has_outcome_beside(kpi, context)
    most = Severity.INFO if paired else None
    return said("R404", kpi, context, Severity.WARNING, most)


@dataclass(frozen=True, slots=True)
class Temptation:
    """A class of measures that can be met at the cost of something else."""

    name: str
    harm: str
    guard: str
    words: frozenset[str]
    falling: bool | None = None
    """Tempting only where less (True) or more (False) is better."""


TEMPTATIONS: tuple[Temptation, ...] = (
    Temptation(
        "speed", "people hurry and quality falls",
        "a KPI of quality, such as errors or reopened cases",
        words("time duration latency delay wait turnaround speed days"), True,
    ),
    Temptation(
        "cost", "savings are made where customers feel them",
        "a KPI of satisfaction or quality",
        words("cost costs expense expenses spending spend overhead headcount budget"), True,
    ),
    Temptation(
        "quota of closed cases", "cases are closed before they are solved",
        "a KPI of reopened cases",
        words("closed completed resolved processed handled"), False,
    ),
    Temptation(
        "utilisation", "work waits in queues when everybody is always busy",
        "a KPI of lead time",
        words("utilisation utilization"), False,
    ),
    Temptation(
        "activation", "people are pushed in who do not stay", "a KPI of churn or retention",
        words("signups activations activation activated registrations leads installs"), False,
    ),
    Temptation(
        "growth", "it is bought with discounts, or with customers who do not stay",
        "a KPI of churn or margin",
        words("growth acquisitions"), False,
    ),
    Temptation(
        "volume", "more is made or sold of what is worth less",
        "a KPI of value or quality, such as margin or returns",
        words("volume volumes output throughput shipments produced sold shipped"), False,
    ),
)  # fmt: skip
_VIETNAMESE: Mapping[str, str] = {
    "thời gian": "speed", "chi phí": "cost", "hồ sơ đã xử lý": "quota of closed cases",
    "lượt đăng ký": "activation", "công suất": "utilisation",
    "tăng trưởng": "growth", "khách hàng mới": "growth", "sản lượng": "volume",
}  # fmt: skip


@check("R405", "no-guardrail", Severity.WARNING)
def no_guardrail(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A KPI can be met at the cost of something nobody watches.

    Faster at the price of errors, cheaper at the price of service, more cases closed than solved,
    more sold at a loss. A guardrail is a KPI that must not get worse meanwhile. One that is
    opposed, or that another KPI of the same objective already balances, is left alone.

    Bad:
        kpis:
          wait: {name: Handling time per call, objective: loyal, owner: lan, unit: minutes, target: {at_most: 9}, source: {manual: desk}}

    Good:
        kpis:
          wait: {name: Handling time per call, objective: loyal, owner: lan, unit: minutes, target: {at_most: 9}, guardrails: [solved], source: {manual: desk}}
          solved: {name: Calls solved at once, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, guardrails: [wait], source: {manual: desk}}

    Fix:
        Name it: `guardrails: [ID]`; speed and quality, volume and value, cost and satisfaction,
        growth and churn, utilisation and lead time go together.
    """  # noqa: E501 - one record a line reads best here
    if kpi.guardrails or kpi.opposes or not is_read(kpi, context):
        return
    statement = context.index.texts.of(kpi).statement
    tempting = temptation(statement, _falling(kpi)) if statement.kind == "kpi" else None
    if tempting is None or _is_balanced(kpi, context):
        return
    if tempting.name == "volume" and kpi.unit == PERCENT:
        return  # a share of what is sold or made says how well, not how much
    yield Diagnostic(
        "R405",
        context.plan.place(kpi.id),
        f"'{kpi.id}' is a measure of {tempting.name} without a guardrail: {tempting.harm}",
        kpi.id,
        _advice(tempting, _nearest_guard(kpi, context)),
    )


def _advice(tempting: Temptation, near: str | None) -> str:
    if near is None:
        return f"add `guardrails: [ID]` with {tempting.guard}"
    return f"add `guardrails: [{near}]` if that would show it, else {tempting.guard}"


def _nearest_guard(kpi: Kpi, context: Context) -> str | None:
    """A KPI of quality or satisfaction of the same team, the first in the plan."""
    plan, team = context.plan, context.plan.team_of(kpi)
    mates = context.index.kpis_of_team.get(team, ()) if team else ()
    others = (name for name in mates if name != kpi.id and name not in context.index.retired)
    return next((name for name in others if _watches_quality(plan.kpis[name])), None)


_BALANCING = words(
    """quality error errors defect defects complaint complaints satisfaction nps csat reopened churn
    retention margin rework accuracy turnover injuries profit returns returned value"""
)
_BALANCING_VI = ("chất lượng", "lỗi", "hài lòng", "khiếu nại", "sai sót", "quay lại", "nghỉ việc")


def temptation(statement: Statement, falling: bool | None) -> Temptation | None:
    """The class a name belongs to, by its words and the way that is good."""
    present = {token.word for token in statement.tokens if not token.joined}
    if present & _BALANCING or "milestones" in present:
        return None
    named = {kind for phrase, kind in _VIETNAMESE.items() if phrase in statement.low}
    for one in TEMPTATIONS:
        told = bool(one.words & present) or one.name in named
        harm = one.name != "cost" and statement.has("negative")
        if told and falling is one.falling and not harm:
            return one
    return None


def _falling(kpi: Kpi) -> bool | None:
    """Whether less is better, by the direction, the target, or start and target."""
    if kpi.direction is not None:
        return kpi.direction == "decrease"
    target = kpi.target
    if target is None:
        return None
    if target.direction is not None:
        return not target.direction
    number = target.number(kpi.baseline.value if kpi.baseline else None)
    if kpi.baseline is None or number is None or number == kpi.baseline.value:
        return None
    return number < kpi.baseline.value


def _is_balanced(kpi: Kpi, context: Context) -> bool:
    """Whether it guards another KPI, or one of the same objective watches quality."""
    texts = context.index.texts
    if kpi.id in texts.guarding:
        return True
    return any(texts.beside(link.target, _watches_quality) - {kpi.id} for link in kpi.objective)


def _watches_quality(kpi: Kpi) -> bool:
    low = kpi.name.lower()
    return not _BALANCING.isdisjoint(low.split()) or any(word in low for word in _BALANCING_VI)
