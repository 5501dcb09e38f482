"""Questions on a terminal for a new record, with ids completed by the Tab key."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from kpi_cli.locale import N_, _


class Question(NamedTuple):
    """A field to ask for; `of` is the section whose ids complete it."""

    field: str
    text: str
    of: str | None = None
    needed: bool = False


QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "team": (
        Question("name", N_("Name"), needed=True),
        Question("parent", N_("Part of which team (id)"), "teams"),
        Question("lead", N_("Led by (id)"), "people"),
    ),
    "person": (
        Question("name", N_("Name"), needed=True),
        Question("team", N_("Team (id)"), "teams"),
        Question("manager", N_("Reports to (id)"), "people"),
    ),
    "objective": (
        Question("title", N_("Title: what will be true"), needed=True),
        Question("why", N_("Why it matters")),
        Question("owner", N_("Accountable (id)"), "people"),
        Question("team", N_("Team (id)"), "teams"),
        Question("period", N_("Period, such as 2026 or 2026-Q3")),
        Question("supports", N_("Supports which objective (id)"), "objectives"),
    ),
    "kpi": (
        Question("name", N_("Name"), needed=True),
        Question("objective", N_("Evidence for which objective (id)"), "objectives"),
        Question("owner", N_("Owner (id)"), "people"),
        Question("definition", N_("What exactly is counted")),
        Question("unit", N_('Unit, such as "%", USD, days, count')),
        Question("frequency", N_("How often: daily weekly monthly quarterly annual")),
        Question("baseline", N_("Where it stands today (a number)")),
        Question("target", N_("Target: 40, +15%, {at_least: 99}")),
        Question("direction", N_("increase or decrease, where the target does not tell")),
        Question("source", N_("Where the figure comes from")),
        Question("when_red", N_("What you do when it goes wrong")),
    ),
    "initiative": (
        Question("title", N_("Title"), needed=True),
        Question("kpis", N_("Moves which KPI (id)"), "kpis"),
        Question("owner", N_("Owner (id)"), "people"),
        Question("start", N_("From (2026-02-01)")),
        Question("due", N_("Until (2026-06-30)")),
    ),
    "action": (
        Question("title", N_("What will be done"), needed=True),
        Question("kpi", N_("For which KPI (id)"), "kpis"),
        Question("owner", N_("Owner (id)"), "people"),
        Question("due", N_("Until (2026-06-30)")),
        Question("expected", N_("Expected effect")),
    ),
    "recognition": (
        Question("to", N_("To whom (id)"), "people", needed=True),
        Question("for", N_("For which KPI or objective (id)"), "kpis"),
        Question("by", N_("By whom (id)"), "people"),
        Question("text", N_("What for"), needed=True),
    ),
    "review": (
        Question("on", N_("Day (2026-05-31)"), needed=True),
        Question("kind", N_("weekly monthly quarterly annual"), needed=True),
        Question("covers", N_("Covers (id)"), "objectives"),
    ),
    "term": (
        Question("term", N_("Term"), needed=True),
        Question("means", N_("Means"), needed=True),
    ),
}


def ask(kind: str, given: Mapping[str, str], ids: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """The fields given, and the answers for those that are not; an empty answer leaves one out."""
    answers = dict(given)
    print(_("An empty answer leaves a field out; Tab completes ids."), file=sys.stderr)
    for question in QUESTIONS[kind]:
        if question.field not in answers:
            _complete(sorted(ids(question.of)) if question.of else [])
            answer = _answer(question)
            if answer:
                answers[question.field] = answer
    return answers


def _answer(question: Question) -> str:
    mark = f" ({_('needed')})" if question.needed else ""
    while True:
        try:
            line = input(f"{_(question.text)}{mark}: ").strip()
        except EOFError:
            raise KeyboardInterrupt from None
        if line or not question.needed:
            return line


def _complete(words: list[str]) -> None:
    """Let the Tab key offer these words, where the system has readline."""
    try:
        import readline
    except ImportError:
        return

    def offer(start: str, number: int) -> str | None:
        found = [word for word in words if word.startswith(start)]
        return found[number] if number < len(found) else None

    readline.set_completer(offer)
    readline.set_completer_delims(" ,[]")
    readline.parse_and_bind("tab: complete")
