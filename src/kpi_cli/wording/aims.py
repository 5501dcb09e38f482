"""How far and until when: what a bare sentence leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.wording.expression import expression
from kpi_cli.wording.hit import ERROR, INFO, WARNING, Hit
from kpi_cli.wording.specific import is_definite, shows_outcome
from kpi_cli.wording.statement import Statement
from kpi_cli.wording.suggest import in_figures, quoted
from kpi_cli.wording.text import words


def no_target(s: Statement) -> Iterator[Hit]:
    """M201 of a sentence: it does not say how far."""
    if s.kind not in ("key_result", "goal") or s.is_measured:
        return
    deed = s.kind == "goal" and _is_deed(s) and is_definite(s)
    severity = ERROR if s.kind == "key_result" else WARNING
    if deed or (s.kind == "key_result" and _is_checkable(s)):
        severity = INFO
    start, end = s.metric or (s.body, len(s.text))
    yield Hit(
        "M201", severity, start, end, "no figure says when this is reached", _how_far(s, deed)
    )


def _how_far(s: Statement, deed: bool) -> str:
    """What to write instead, by what the sentence is."""
    if deed or _is_checkable(s):
        return "as a step that is done or not, write `target: {done: true}` with its `due:`"
    if s.head is not None and s.head.of("activity") and not s.head.of("vague", "direction"):
        return f"say what it shall change, and how far: “{in_figures(s)}”"
    return f"say from where to where: “{in_figures(s)}”"


def _is_deed(s: Statement) -> bool:
    """Something that is either done or not: an activity, or becoming something."""
    if s.head is None:
        return False
    if s.head.of("vague", "direction") and not s.head.of("activity"):
        return False
    if s.has("vague") and not (s.has("often") or s.has("every")) and not s.head.of("activity"):
        return False
    return s.head.of("activity", "outcome")


_BINARY = expression(
    r"break-?even|profitab|certif|accredit|approv|complian|licen[cs]e|patent|\biso \d|soc ?2|award|"
    r"hòa vốn|hoà vốn|chứng nhận|chứng chỉ|giấy phép|bằng sáng chế"
)
"""What one has or has not."""


def _is_checkable(s: Statement) -> bool:
    """A delivery for everyone until a certain day, or something one has or has not."""
    if s.due is None or s.head is None:
        return False
    if s.head.of("outcome") and _BINARY.search(s.low):
        return True
    return s.head.of("activity") and not s.due.period and s.has("every")


def no_due(s: Statement) -> Iterator[Hit]:
    """T501 of a sentence: it does not say until when."""
    if s.kind not in ("key_result", "goal") or s.due is not None or _begins_later(s):
        return
    standing = s.has("often") or (s.has("every") and _is_deed(s))
    bare = s.kind == "goal" and not standing
    yield Hit(
        "T501", WARNING if bare else INFO, len(s.text), len(s.text),
        "no date says until when",
        "add it: “trước ngày 31/12/" + f"{s.as_of.year}”" if s.language == "vi"
        else f"add it: “by {s.as_of.year}-12-31”; a KPI otherwise takes its objective's end",
    )  # fmt: skip


def _begins_later(s: Statement) -> bool:
    """`kể từ quý II/2026`, `starting 1 May 2026`: it shall hold from a day to come on."""
    return any(ref.role == "since" and ref.day and ref.day >= s.as_of for ref in s.dates)


def relative_time(s: Statement) -> Iterator[Hit]:
    """T507: a time that means another day tomorrow."""
    if s.kind == "kpi":
        return
    dated = s.due is not None and not s.due.moving
    for one in s.words("relative_time"):
        start, end = s.span(one)
        word = quoted(s, start, end)
        yield Hit(
            "T507", INFO if dated else WARNING, start, end, f"{word} is no date",
            f"write the day, such as {s.as_of.year}-12-31",
        )  # fmt: skip
        return
    if s.due is not None and s.due.moving and not dated:
        until = f"; today it means {s.due.day.isoformat()}" if s.due.day else ""
        yield Hit(
            "T507", INFO, s.due.start, s.due.end,
            f"{quoted(s, s.due.start, s.due.end)} means another day to a later reader{until}",
            f"write {s.due.day.isoformat()}" if s.due.day else "write the day",
        )  # fmt: skip


_ALWAYS = frozenset(
    {
        "maintain",
        "continue",
        "continue doing",
        "continue to",
        "preserve",
        "sustain",
        "remain",
        "uphold",
    }
) | {"duy trì", "tiếp tục", "giữ vững", "giữ nguyên", "tiếp tục duy trì"}
_SHORT = 4


def business_as_usual(s: Statement) -> Iterator[Hit]:
    """A311: things shall stay as they are, without saying within which limits."""
    if s.head is None or not s.head.of("keep") or s.is_measured or s.kind in ("kpi", "milestone"):
        return
    if s.head.verb not in _ALWAYS and s.weight > _SHORT:
        return
    if s.head.of("vague"):
        return
    span = s.span(s.head)
    metric = s.metric_text or "the figure"
    yield Hit(
        "A311", WARNING, *span,
        f"{quoted(s, *span)} asks for nothing new, and sets no limit either",
        f"say what shall change, or keep “{metric}” inside limits: `target: {{at_least: …}}` or "
        "`{between: [… , …]}`",
    )  # fmt: skip


def outside(s: Statement) -> Iterator[Hit]:
    """A312: it hangs on the word of somebody else."""
    for one in s.words("depends"):
        start, end = s.span(one)
        yield Hit(
            "A312", INFO, start, end, f"{quoted(s, start, end)} makes others answer for it",
            "agree it with them first (`agreed_by:` of the objective), or take what you can do",
        )  # fmt: skip


def points_or_percent(s: Statement) -> Iterator[Hit]:
    """M206: a rate that changes by a per cent may mean points or a share of itself."""
    by = s.change.by
    if by is None or by.unit != "%" or s.metric is None or s.change.low is not None:
        return
    inside = [one for one in s.found if s.metric[0] <= s.tokens[one.first].start < s.metric[1]]
    if not any(one.phrase in _SHARES for one in inside):
        return
    start, end = by.start, by.end
    shown = s.text[start:end].strip()
    step = -by.value if s.change.upwards is False else by.value
    either = f"{_number(40 + step)} % or to {_number(40 * (1 + step / 100))} %"
    yield Hit(
        "M206", INFO, start, end,
        f"{shown} of a rate may be points or a share: from 40 % it leads to {either}",
        f"write “{_number(by.value)} percentage points”, or both figures: “from 40 % to … %”",
    )  # fmt: skip


_SHARES = words(
    """rate rates percentage proportion share conversion conversions retention churn utilisation
    utilization uptime turnover margin"""
) | {"pass rate", "bounce rate", "tỷ lệ", "tỉ lệ", "tỷ trọng", "thị phần", "tỷ suất"}


def _number(value: float) -> str:
    return f"{value:g}"


__all__ = [
    "business_as_usual", "no_due", "no_target", "outside", "points_or_percent", "relative_time",
    "shows_outcome",
]  # fmt: skip
