"""What is done and said about each record, gathered from the whole plan once for all pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpi_cli.frozen import dataclass
from kpi_cli.models import Action, Initiative, Recognition
from kpi_cli.plan import Plan
from kpi_cli.views.facts import Facts


@dataclass(frozen=True, slots=True)
class Concerning:
    """By the id of the record they are about, each in plan order.

    `initiatives` come with their number in the plan: one may be meant for several KPIs.
    """

    actions: Mapping[str | None, list[Action]]
    initiatives: Mapping[str, list[tuple[int, Initiative]]]
    thanks: Mapping[str | None, list[Recognition]]


def _gathered(plan: Plan) -> Concerning:
    actions: dict[str | None, list[Action]] = {}
    initiatives: dict[str, list[tuple[int, Initiative]]] = {}
    thanks: dict[str | None, list[Recognition]] = {}
    for action in plan.actions.values():
        actions.setdefault(action.kpi, []).append(action)
    for number, initiative in enumerate(plan.initiatives.values()):
        for name in initiative.kpis:
            initiatives.setdefault(name, []).append((number, initiative))
    for one in plan.recognitions.values():
        thanks.setdefault(one.for_, []).append(one)
    return Concerning(actions, initiatives, thanks)


def _concerning(facts: Facts) -> Concerning:
    return facts.once("concerning", "", lambda: _gathered(facts.plan))


def actions_about(facts: Facts, kpis: Iterable[str]) -> list[Action]:
    """Open or not, of each KPI in plan order."""
    known = _concerning(facts).actions
    return [action for name in kpis for action in known.get(name, ())]


def initiatives_about(facts: Facts, kpis: Iterable[str]) -> list[Initiative]:
    """Those meant to move any of the KPIs, each once, in plan order."""
    known = _concerning(facts).initiatives
    found = dict(one for name in kpis for one in known.get(name, ()))
    return [found[number] for number in sorted(found)]


def thanks_about(facts: Facts, records: Iterable[str]) -> list[Recognition]:
    """Thanks given for any of the records."""
    known = _concerning(facts).thanks
    return [one for name in set(records) for one in known.get(name, ())]
