"""O: titles of objectives. They may be qualitative; they may not be figures or work orders."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.wording.hit import INFO, WARNING, Hit
from kpi_cli.wording.numbers import Number
from kpi_cli.wording.specific import shows_outcome
from kpi_cli.wording.statement import Statement
from kpi_cli.wording.suggest import quoted
from kpi_cli.wording.text import words

MOST_WORDS = 12


def is_a_metric(s: Statement) -> Iterator[Hit]:
    """O601: a figure is evidence for an objective, not the objective."""
    if s.kind != "objective" or not s.is_measured or not _in_first_clause(s):
        return
    figure = s.change.to or s.change.by
    if figure is not None and (_means_all(s) or _only_counts(s, figure)):
        return
    vague_or_none = s.head is None or s.head.of("direction", "outcome", "keep", "vague", "activity")
    if not vague_or_none or (s.head and s.head.verb in ("become", "be", "trở thành", "là")):
        return
    start, end = (figure.start, figure.end) if figure else (0, len(s.text))
    yield Hit(
        "O601", WARNING, start, end,
        f"{quoted(s, start, end)} makes this a measure, not an objective",
        "say in words what will be different for whom, and make the figure a KPI of it",
    )  # fmt: skip


def _in_first_clause(s: Statement) -> bool:
    at = s.change.start
    return at is None or s.clause_of(at)[0] <= s.body


def _only_counts(s: Statement, figure: Number) -> bool:
    """Whether a bare figure stands somewhere among the words, as in `the 800 number`."""
    if figure.unit or figure.start != s.change.start or s.head is None or s.head.of("outcome"):
        return False
    return bool(s.low[s.tokens[s.head.last - 1].end : figure.start].strip())


def _means_all(s: Statement) -> bool:
    """`100 % of the orders` is every order."""
    return any(
        n.unit == "%" and n.value == 100 and s.low[n.end : n.end + 3].strip()[:1].isalpha()
        for n in s.numbers
    )


def solution(s: Statement) -> Iterator[Hit]:
    """O604: an objective that orders a piece of work."""
    if s.kind != "objective" or s.head is None or not s.head.of("activity"):
        return
    if s.head.of("outcome") or shows_outcome(s) or s.has("purpose"):
        return
    thing = _object(s, s.head.last)
    if thing == "soft" or (thing is None and (s.head.verb in _MAKING or s.head.of("vague"))):
        return
    span = s.span(s.head)
    yield Hit(
        "O604", WARNING, *span,
        f"{quoted(s, *span)} orders a piece of work; the objective is what it is for",
        "say what will be different for whom once it is done, and make the work an initiative",
    )  # fmt: skip


def _object(s: Statement, first: int) -> str | None:
    """Whether a thing (`hard`) or something lived (`soft`) is worked on; None for neither.

    An English phrase turns on its last noun (`team website`), a Vietnamese one on its first.
    """
    kinds = {"soft_object": "soft", "hard_object": "hard"}
    found: list[str] = []
    for one in s.found:
        if one.first < first:
            continue
        if "population" in one.kinds and found:
            break
        named = next((name for kind, name in kinds.items() if kind in one.kinds), None)
        if named:
            found.append(named)
    if not found:
        return None
    return found[0] if s.language == "vi" else found[-1]


_MAKING = words(
    """build create deliver establish develop design make provide produce offer introduce form start
    use give run open define shape"""
) | {
    "xây dựng",
    "tạo",
    "phát triển",
    "thiết lập",
    "cung cấp",
    "kết nối",
    "làm",
    "mở",
    "phủ",
    "xây",
    "số hóa",
    "chuyển đổi",
}


def negative_tone(s: Statement) -> Iterator[Hit]:
    """O603: what to flee from moves people less than where to go."""
    if s.kind != "objective":
        return
    for one in s.words("negative"):
        start, end = s.span(one)
        yield Hit(
            "O603", INFO, start, end, f"{quoted(s, start, end)} names what to get away from",
            "say where to go instead",
        )  # fmt: skip
        return


def no_beneficiary(s: Statement) -> Iterator[Hit]:
    """O605: nobody is in it."""
    if s.kind != "objective" or s.has("beneficiary") or s.weight < 2:
        return
    yield Hit(
        "O605", INFO, 0, len(s.text), "nobody is named for whom this is good",
        "name them: customers, a team, the people of a place",
    )  # fmt: skip


def long_title(s: Statement) -> Iterator[Hit]:
    """O606: too long to be known by heart."""
    words = len(s.tokens) if s.language == "en" else round(len(s.tokens) / 1.6)
    if s.kind == "objective" and words > MOST_WORDS:
        yield Hit(
            "O606", INFO, 0, len(s.text), f"a title of {words} words is not remembered",
            f"say it in at most {MOST_WORDS}, and the reason in `why:`",
        )  # fmt: skip
