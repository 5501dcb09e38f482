"""What a hover shows: the record behind an id, what a key or a word means, what a rule asks."""

from __future__ import annotations

from kpi_cli.checks.registry import catalogue
from kpi_cli.lsp.cards import card
from kpi_cli.lsp.cursor import Cursor, cursor_at
from kpi_cli.lsp.ids import id_at
from kpi_cli.lsp.schema import meaning_of, words_at
from kpi_cli.lsp.seen import Buffer, Score, Scores, Seen
from kpi_cli.render.markdown import text
from kpi_cli.source import Mark

Shown = tuple[str, Mark]


def hover(
    seen: Seen, file: Buffer, line: int, column: int, scores: Scores | None = None
) -> Shown | None:
    """Markdown, and the span it speaks of; None where there is nothing to say.

    `scores` are those that are known already.
    """
    named = id_at(file, line, column)
    if named is not None:
        told = card(seen.facts, named.id)
        if told:
            return told + _score((scores or {}).get(named.id)), named.mark
    cursor = cursor_at(file.text.lines, line, column)
    if cursor.part == "code":
        return _rule(file, cursor)
    if cursor.part == "key":
        key = _whole(file, cursor)
        told = meaning_of(file.path, (*cursor.path, key))
        return (f"`{key}`: {told}", cursor.mark) if told else None
    return _word(file, cursor) if cursor.part == "value" else None


def _score(score: Score | None) -> str:
    if score is None:
        return ""
    fix = f"  \ncheapest fix: {text(score.fix)}" if score.fix else ""
    return f"\n\nSMART {score.total}: {score.criteria}{fix}"


def _whole(file: Buffer, cursor: Cursor) -> str:
    mark = cursor.mark
    return file.line(mark.line)[mark.column - 1 : mark.end_column - 1].strip("'\"")


def _word(file: Buffer, cursor: Cursor) -> Shown | None:
    word = _whole(file, cursor)
    known = {one.text: one.meaning for one in words_at(file.path, cursor.path)}
    if not known.get(word):
        return None
    return f"`{word}`: {known[word]}", cursor.mark


def _rule(file: Buffer, cursor: Cursor) -> Shown | None:
    rule = catalogue().get(_whole(file, cursor))
    if rule is None:
        return None
    return f"**{rule.code} {rule.name}**\n\n{rule.title}.\n\n{rule.why}", cursor.mark
