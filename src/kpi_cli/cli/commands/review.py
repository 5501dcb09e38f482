"""`kpi review`: the pack for one meeting, and its outcome written back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun, perform
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import need
from kpi_cli.errors import CannotRun
from kpi_cli.frozen import replace
from kpi_cli.locale import _, ngettext

if TYPE_CHECKING:
    from kpi_cli.edit.closing import Closed
    from kpi_cli.edit.outcome import Outcome
    from kpi_cli.edit.store import Edit
    from kpi_cli.models import Review
    from kpi_cli.plan import Plan
    from kpi_cli.views.review import ReviewPack

CONTEXT = {"ignore_unknown_options": True}
"""So that `close` may take its options in the order in which they belong together."""
CLOSE = "close"


def review(
    run: Run,
    words: Annotated[
        list[str] | None,
        argument(
            metavar="[ID] | close ID [--decision TEXT --owner ID --due DATE]...",
            help="A review; without one the next that is planned, else a meeting today.",
            find=ids_of("reviews"),
        ),
    ] = None,
    for_: Annotated[
        str | None,
        option("--for", metavar="READER", help="board, team:ID or person:ID."),
    ] = None,
    since: Annotated[
        str | None,
        option(
            "--since",
            metavar="REV|DATE|REVIEW",
            help="Compared with this (default: the last review).",
        ),
    ] = None,
    minutes: Annotated[
        str | None,
        option("--minutes", metavar="FILE", help="With close: read filled-in minutes."),
    ] = None,
    dry_run: DryRun = False,
) -> int:
    """Show the pack for one meeting: what to decide, to follow up, to explain and to thank for.

    A meeting that was held is shown as of its day, unless --as-of names another.
    `--format markdown` gives minutes with boxes to tick. `close` writes back what the meeting
    brought: --decision and --action, each followed by its --owner, --due, --kpi (an action also by
    --cause, --kind, --expected), --done ID and --drop ID for actions, --present a,b, --notes, --on.

    Examples:
      kpi review
      kpi review 2026-05-monthly --for team:sales --since 2026-04-30
      kpi review 2026-05-monthly --format markdown --output minutes.md
      kpi review close 2026-05-monthly --minutes minutes.md --dry-run
      kpi review close 2026-05-monthly --decision "Two tills" --owner lan --due 2026-06-15
    """
    given = list(words or ())
    if given and given[0] == CLOSE:
        return _close(run, given[1:], minutes, dry_run=dry_run)
    wrong = next((word for word in given if word.startswith("-")), None)
    if wrong or len(given) > 1:
        raise CannotRun(
            f"'{wrong or given[1]}' belongs to no option",
            help="decisions and actions are written back by `kpi review close ID`",
        )
    if minutes or dry_run:
        raise CannotRun("--minutes and --dry-run go with `kpi review close ID`")
    _show(run, given[0] if given else None, for_, since)
    return 0


def _show(run: Run, identifier: str | None, reader: str | None, since: str | None) -> None:
    from kpi_cli.locale import ENGLISH, speaking

    def pack() -> ReviewPack:
        return _pack(run, identifier, reader, since)

    def as_text() -> str:
        from kpi_cli.render.terminal.document import document as text
        from kpi_cli.views.review_document import document

        return text(document(pack()), run.terminal)

    def as_markdown() -> str:
        from kpi_cli.render.minutes import minutes

        return minutes(pack())

    def as_json() -> str:
        from kpi_cli.render.json import dump
        from kpi_cli.views.review_document import envelope

        with speaking(ENGLISH):
            return dump(envelope(pack()))

    run.write({"text": as_text, "markdown": as_markdown, "json": as_json})
    run.tell_left_out()


def _pack(run: Run, identifier: str | None, reader: str | None, since: str | None) -> ReviewPack:
    from kpi_cli.analysis.assess import assess
    from kpi_cli.cli.checking import check_workspace
    from kpi_cli.cli.since import last_review, since_of
    from kpi_cli.views.facts import facts_of
    from kpi_cli.views.reader import UnknownReader, reader_of
    from kpi_cli.views.review_pack import Asked, review_pack

    plan = run.loaded.plan
    chosen = _chosen(plan, identifier, run.as_of)
    day = _day(run, chosen)
    assessment = run.assessment if day == run.as_of else assess(plan, day)
    before = last_review(plan, (chosen.on if chosen else None) or day, chosen)
    named = since or (before.id if before else None)
    asked = Asked(chosen, findings=check_workspace(run), left_out=run.loaded.left_out)
    if named:
        asked = replace(asked, since=since_of(run, named, assessment))
    try:
        asked = replace(asked, reader=reader_of(reader, plan) if reader else None)
    except UnknownReader as error:
        raise CannotRun(str(error), help=_readers(error.known)) from None
    return review_pack(facts_of(assessment), asked)


def _readers(known: tuple[str, ...]) -> str:
    return f"write {', '.join(known[:8])}" + (" …" if len(known) > 8 else "")


def _chosen(plan: Plan, identifier: str | None, as_of: date) -> Review | None:
    """The review named, else the next one planned, else the first one without a day."""
    if identifier is not None:
        need(plan, identifier, plan.reviews, "review")
        return plan.reviews[identifier]
    waiting = [one for one in plan.reviews.values() if one.closed is None]
    ahead = [one for one in waiting if one.on is not None and one.on >= as_of]
    undated = [one for one in waiting if one.on is None]
    return min(ahead, key=lambda one: (one.on, one.id), default=None) or next(iter(undated), None)


def _day(run: Run, chosen: Review | None) -> date:
    """A meeting that was held is shown as of its day, unless another is asked for."""
    held = chosen.on if chosen else None
    if held is not None and held < run.as_of and run.options.as_of is None:
        return held
    return run.as_of


def _close(run: Run, words: list[str], minutes: str | None, *, dry_run: bool) -> int:
    from kpi_cli.edit.closing import close
    from kpi_cli.edit.outcome import Outcome, outcome_of

    if not words or words[0].startswith("-"):
        raise CannotRun("say which review is closed", help="write `kpi review close ID`")
    told = _read(run, minutes) if minutes else Outcome()
    told = told.with_(outcome_of(words[1:]))
    done = perform(
        run, lambda snapshot: close(snapshot, words[0], told, run.as_of), _text, dry_run=dry_run
    )
    for finding in done.said.findings:
        run.say(f"{finding.severity.value} {finding.code} {finding.name}: {finding.message}")
    return 0


def _read(run: Run, name: str) -> Outcome:
    """The minutes in a file, which may lie anywhere, or on stdin. Raises CannotRun."""
    import sys
    from pathlib import Path

    from kpi_cli.edit.minutes import read_minutes

    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return read_minutes(raw.decode("utf-8"), "stdin" if name == "-" else name)
    except OSError as error:
        raise CannotRun(f"cannot read {name}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CannotRun(f"{name} is not UTF-8", help="save it as UTF-8") from None


def _text(done: Edit[Closed]) -> str:
    from kpi_cli.render.text import one_line
    from kpi_cli.views.words import listed

    said = done.said
    parts = [ngettext("{n} decision", "{n} decisions", said.decisions)]
    parts.append(ngettext("{n} new action", "{n} new actions", len(said.actions)))
    if said.ended:
        parts.append(ngettext("{n} action ended", "{n} actions ended", len(said.ended)))
    told = _("{id} is closed in {file}: {what}", id=said.review, file=said.path, what=listed(parts))
    made = f" ({', '.join(said.actions)})" if said.actions else ""
    return one_line(f"{told}{made}") + "\n"
