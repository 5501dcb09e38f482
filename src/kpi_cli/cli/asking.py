"""Questions on a terminal for a new record, with ids completed by the Tab key."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple


class Question(NamedTuple):
    """A field to ask for; `of` is the section whose ids complete it."""

    field: str
    text: str
    of: str | None = None
    needed: bool = False


QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "team": (
        Question("name", "Name", needed=True),
        Question("parent", "Part of which team (id)", "teams"),
        Question("lead", "Led by (id)", "people"),
    ),
    "person": (
        Question("name", "Name", needed=True),
        Question("team", "Team (id)", "teams"),
        Question("manager", "Reports to (id)", "people"),
    ),
    "objective": (
        Question("title", "Title: what will be true", needed=True),
        Question("why", "Why it matters"),
        Question("owner", "Accountable (id)", "people"),
        Question("team", "Team (id)", "teams"),
        Question("period", "Period, such as 2026 or 2026-Q3"),
        Question("supports", "Supports which objective (id)", "objectives"),
    ),
    "kpi": (
        Question("name", "Name", needed=True),
        Question("objective", "Evidence for which objective (id)", "objectives"),
        Question("owner", "Owner (id)", "people"),
        Question("definition", "What exactly is counted"),
        Question("unit", 'Unit, such as "%", USD, days, count'),
        Question("frequency", "How often: daily weekly monthly quarterly annual"),
        Question("baseline", "Where it stands today (a number)"),
        Question("target", "Target: 40, +15%, {at_least: 99}"),
        Question("direction", "increase or decrease, where the target does not tell"),
        Question("source", "Where the figure comes from"),
        Question("when_red", "What you do when it goes wrong"),
    ),
    "initiative": (
        Question("title", "Title", needed=True),
        Question("kpis", "Moves which KPI (id)", "kpis"),
        Question("owner", "Owner (id)", "people"),
        Question("start", "From (2026-02-01)"),
        Question("due", "Until (2026-06-30)"),
    ),
    "action": (
        Question("title", "What will be done", needed=True),
        Question("kpi", "For which KPI (id)", "kpis"),
        Question("owner", "Owner (id)", "people"),
        Question("due", "Until (2026-06-30)"),
        Question("expected", "Expected effect"),
    ),
    "recognition": (
        Question("to", "To whom (id)", "people", needed=True),
        Question("for", "For which KPI or objective (id)", "kpis"),
        Question("by", "By whom (id)", "people"),
        Question("text", "What for", needed=True),
    ),
    "review": (
        Question("on", "Day (2026-05-31)", needed=True),
        Question("kind", "weekly monthly quarterly annual", needed=True),
        Question("covers", "Covers (id)", "objectives"),
    ),
    "term": (
        Question("term", "Term", needed=True),
        Question("means", "Means", needed=True),
    ),
}


def ask(kind: str, given: Mapping[str, str], ids: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """The fields given, and the answers for those that are not; an empty answer leaves one out."""
    answers = dict(given)
    print("An empty answer leaves a field out; Tab completes ids.", file=sys.stderr)
    for question in QUESTIONS[kind]:
        if question.field not in answers:
            _complete(sorted(ids(question.of)) if question.of else [])
            answer = _answer(question)
            if answer:
                answers[question.field] = answer
    return answers


def _answer(question: Question) -> str:
    mark = " (needed)" if question.needed else ""
    while True:
        try:
            line = input(f"{question.text}{mark}: ").strip()
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
