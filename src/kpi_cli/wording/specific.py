"""S: is it specific? Vague verbs and qualifiers, escapes, activities, abstract nouns."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.wording.hit import ERROR, INFO, WARNING, Hit
from kpi_cli.wording.lexicon import Found, lexicon
from kpi_cli.wording.numbers import DURATIONS
from kpi_cli.wording.statement import Statement
from kpi_cli.wording.suggest import in_figures, measure_for, quoted
from kpi_cli.wording.text import words

FEW = 4
"""Words of content below which an abstract noun stands almost alone."""


def is_definite(s: Statement) -> bool:
    """Whether people could check that it was done: for all of them, so often, until a day."""
    return bool(s.due or s.numbers or s.has("often") or s.has("every"))


def vague_verb(s: Statement) -> Iterator[Hit]:
    """S101: the head only says that something should be better."""
    if s.head is None or not s.head.of("vague") or s.is_measured or s.kind in ("kpi", "objective"):
        return
    if s.head.of("activity") and (s.due or s.kind == "milestone"):
        return
    span = s.span(s.head)
    yield Hit(
        "S101", WARNING, *span,
        f"{quoted(s, *span)} does not say what will be different",
        f"say it in figures: “{in_figures(s)}”",
    )  # fmt: skip


def vague_qualifier(s: Statement) -> Iterator[Hit]:
    """S102: good, fast, some: for whom, compared with what?"""
    for one in (*s.words("vague"), *s.words("quantity")):
        before = s.tokens[one.first].start < s.body
        if before or _is_head(s, one) or _is_measured_here(s, one) or _is_noun(s, one):
            continue
        start, end = s.span(one)
        word = quoted(s, start, end)
        measure = measure_for(s)
        instead = f"such as “{measure}”" if measure else "and from which figure to which"
        if s.kind == "kpi" and s.has("measure"):
            continue
        soft = s.kind in ("objective", "kpi") or (_is_tied(s) and s.kind in ("goal", "milestone"))
        yield Hit(
            "S102", INFO if soft else WARNING, start, end,
            f"{word} means something else to everyone who reads it",
            f"leave {word} out and say how it is measured, {instead}",
        )  # fmt: skip


def _is_tied(s: Statement) -> bool:
    """Whether a day, a figure or a rhythm holds the sentence to something."""
    return bool(s.due or s.numbers or s.has("often"))


def _is_head(s: Statement, one: Found) -> bool:
    return s.head is not None and one.first < s.head.last and s.head.first < one.last


def _is_measured_here(s: Statement, one: Found) -> bool:
    start = s.tokens[one.first].start
    begin, end = s.clause_of(start)
    return s.change.low is not None or any(begin <= n.start < end for n in s.numbers)


def _is_noun(s: Statement, one: Found) -> bool:
    """`hiệu quả` right behind a verb is the noun, as in `nâng cao hiệu quả`."""
    if "generic" not in one.kinds:
        return False
    return (s.head is not None and one.first == s.head.last) or one.last < len(s.tokens)


def escape_clause(s: Statement) -> Iterator[Hit]:
    """S103: the words that let everyone off."""
    for one in s.words("escape"):
        start, end = s.span(one)
        word = quoted(s, start, end)
        if "unready" in one.kinds:
            yield Hit(
                "S103", WARNING, start, end, f"{word} is still to be decided",
                "decide it, or leave it out and write `status: draft`",
                in_record=ERROR,
            )  # fmt: skip
        else:
            yield Hit(
                "S103", WARNING, start, end, f"{word} lets the promise lapse at any time",
                f"leave {word} out, or name the condition and who decides on it",
            )  # fmt: skip
    at = s.low.find("and/or")
    at = s.low.find("và/hoặc") if at < 0 else at
    if at >= 0:
        end = at + (6 if s.low[at] == "a" else 7)
        yield Hit(
            "S103", WARNING, at, end, f"{quoted(s, at, end)} leaves open which of the two",
            "name the one that counts, or make two of it",
        )  # fmt: skip


_OUTSIDE = words(
    """customers customer users user subscribers leads clients accounts members partners patients
    stores merchants sellers donors deals orders contracts"""
)
_WINNING = frozenset(
    {"add", "enrol", "enroll", "introduce", "register", "open", "move", "give", "issue"}
)
_DOING_WELL = words(
    """answer complete deliver process ship meet do finish report test review use provide produce
    make"""
) | {
    "hoàn thành",
    "xử lý",
    "thực hiện",
    "giải quyết",
    "kiểm tra",
    "cung cấp",
    "đào tạo",
    "phủ",
    "chuyển đổi",
}


def activity(s: Statement) -> Iterator[Hit]:
    """S104: what people will do, and nothing of what it is for."""
    if s.head is None or not s.head.of("activity") or s.head.of("outcome", "direction"):
        return
    named = s.kind == "kpi" and s.head.bare and s.head.verb not in lexicon(s.language).names
    if not (named or s.kind in ("key_result", "goal")) or shows_outcome(s):
        return
    span = s.span(s.head)
    checkable = (s.kind == "goal" and is_definite(s)) or (
        s.kind == "key_result" and s.due and not s.due.period and s.has("every")
    )
    yield Hit(
        "S104", INFO if checkable else WARNING, *span,
        f"{quoted(s, *span)} says what people will do, not what will be different afterwards",
        f"add the effect: “{_shortened(s)} {_so_that(s)}”; a delivery that is wanted "
        "for itself is a milestone: `target: {done: true}` with a `due:`",
    )  # fmt: skip


def _so_that(s: Statement) -> str:
    return "nhằm tăng … từ … lên …" if s.language == "vi" else "so that … rises from … to …"


def _shortened(s: Statement) -> str:
    words = s.text[s.body :].rstrip(" .").split()
    return " ".join(words[:9]) + (" …" if len(words) > 9 else "")


def shows_outcome(s: Statement) -> bool:
    """Whether a result stands beside the activity: a change, a share, money, or `so that …`."""
    if s.change.low is not None or s.change.bound is not None:
        return True
    if s.has("purpose") and not s.change.to:
        return True
    to = s.change.to or s.change.by
    if to is None:
        return s.change.times is not None
    if to.unit in ("%", "pp", "points") or (to.unit in DURATIONS and to.unit != "times"):
        return True
    verb = s.head.verb if s.head else ""
    if verb in _WINNING and s.metric_text:
        return any(word in _OUTSIDE for word in s.metric_text.lower().split())
    return verb in _DOING_WELL and to.unit is not None and to.per is not None


def abstract_noun(s: Statement) -> Iterator[Hit]:
    """S107: a verb and a noun nobody can count, and nothing else."""
    if s.kind in ("kpi", "milestone"):
        yield from _abstract_name(s)
        return
    if s.is_measured:
        yield from _share_of_nothing(s)
        return
    if s.weight > FEW or s.numbers or not _all_generic(s):
        return
    if s.kind == "objective" and s.head and s.head.verb in _MOVING:
        return
    if s.head and s.head.of("activity") and not s.head.of("vague") and not _is_duty(s):
        return
    start, end = s.metric or (s.body, len(s.text))
    noun = quoted(s, start, end)
    yield Hit(
        "S107", WARNING, start, end,
        f"{noun} could mean anything: whose, and seen by what?",
        f"name the people and what they will notice, or measure it: “{in_figures(s)}”",
    )  # fmt: skip


_MOVING = frozenset({"delight", "wow", "inspire", "amaze", "chinh phục", "làm hài lòng"})
"""Of customers or people these say what they will feel."""


def _is_duty(s: Statement) -> bool:
    return s.kind == "objective" and s.language == "vi"


_OPEN = frozenset({"generic", "vague", "quantity", "intangible", "escape", "every"})
_PLACED = words("""for in of at among who whose where from với của tại trong ở cho thuộc""")


def _all_generic(s: Statement) -> bool:
    """Whether every word after the verb is an abstract noun or a vague word."""
    last = s.head.last if s.head else 0
    content = [t for t in s.content if t.start >= s.tokens[last - 1].end] if s.head else s.content
    if any(t.word in _PLACED for t in s.tokens[last:]):
        return False
    covered = {
        at
        for one in s.found
        if not one.kinds.isdisjoint(_OPEN)
        for at in range(one.first, one.last)
    }
    open_ = [t for t in content if s.tokens.index(t) in covered]
    return bool(content) and len(open_) == len(content)


def _share_of_nothing(s: Statement) -> Iterator[Hit]:
    """A per cent of loyalty: a share needs something that is counted."""
    by = s.change.by
    if by is None or by.unit != "%" or s.kind == "objective":
        return
    metric = s.metric
    if metric is None:
        return
    inside = [one for one in s.found if metric[0] <= s.tokens[one.first].start < metric[1]]
    soft = [one for one in inside if "intangible" in one.kinds]
    if not soft or any("measure" in one.kinds for one in inside):
        return
    if _between(s, metric[0], soft[0]):
        return
    start, end = s.span(soft[-1])
    noun = quoted(s, start, end)
    measure = measure_for(s)
    yield Hit(
        "S107", WARNING, start, end,
        f"{noun} cannot be counted, so nobody knows what "
        f"{s.text[by.start : by.end]} of it would be",
        f"name the measure first, such as “{measure or 'a survey score or a rate'}”",
    )  # fmt: skip


def _between(s: Statement, start: int, one: Found) -> bool:
    """Whether a word that is no qualifier stands before the noun, as in `risk appetite`."""
    at = one.last
    return at < len(s.tokens) and s.tokens[at].word in (
        "score",
        "rating",
        "index",
        "rate",
        "survey",
    )


_CONVENTIONAL = words(
    """satisfaction engagement productivity efficiency safety profit profits revenue sales costs
    users user customers employees turnover market growth retention development support"""
) | {
    "doanh thu", "doanh số", "lợi nhuận", "chi phí", "năng suất", "năng suất lao động", "thị phần",
    "sự hài lòng",
}  # fmt: skip


def _abstract_name(s: Statement) -> Iterator[Hit]:
    if s.kind == "milestone" or s.has("measure") or s.numbers or s.head is not None:
        return
    if s.weight > FEW or not _all_generic(s):
        return
    known = any(one.phrase in _CONVENTIONAL for one in s.found)
    start, end = s.metric or (0, len(s.text))
    yield Hit(
        "S107", INFO if known else WARNING, start, end,
        f"{quoted(s, start, end)} names a wish, not something that is counted",
        f"name the measure, such as “{measure_for(s) or 'a rate, a score or a time'}”",
    )  # fmt: skip


def means(s: Statement) -> Iterator[Hit]:
    """S109: the way is told, the result is not."""
    if s.kind in ("kpi", "objective") or s.numbers or s.head is None:
        return
    for one in s.words("means"):
        start, end = s.span(one)
        if one.first > s.head.last and not any(d.start <= start < d.end for d in s.dates):
            yield Hit(
                "S109", INFO, start, end,
                f"{quoted(s, start, end)} ties the goal to one way of reaching it",
                "say how far the goal goes, and put the way into an initiative",
            )  # fmt: skip
            return
