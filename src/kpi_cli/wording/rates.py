"""Rates and shares in a bare sentence, and whether it says of how many."""
# ruff: noqa: E501 - patterns are read best in long lines

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.wording.expression import expression
from kpi_cli.wording.hit import INFO, Hit
from kpi_cli.wording.statement import Statement
from kpi_cli.wording.suggest import quoted

_RATE = expression(
    r"\b(?=[rpst])"
    r"(?<!growth )(?<!interest )(?<!exchange )(?<!heart )(?<!flow )(?<!tax )(?<!hourly )(?<!market )"
    r"(?:(?P<rate>rates?)|ratios?|percentage|proportion|share|tỷ lệ|tỉ lệ|tỷ suất|tỷ trọng)\b"
)
_OF_ALL = expression(
    r"\b(?:among|amongst|per|out of|of all|of those|for every|trên(?! \d)|trong số|trong tổng|so với|mỗi)\b"
)
_OF = expression(r"\bof\b|\bto\b|\bper\b")
_OF_WHOM = expression(
    r"(?:tỷ|tỉ) lệ (?:các |số )?(?:học sinh|sinh viên|học viên|trẻ|giáo viên|khách|bệnh nhân|người|nhân viên|"
    r"cán bộ|phụ nữ|hộ|đơn|hồ sơ|sản phẩm|dự án|công việc|hóa đơn|hoá đơn|ca|xe|máy|cuộc gọi|phòng)\b.*\s\w+"
)
"""`Tỷ lệ học sinh đọc thông`: whom it is a share of stands first, what is counted behind."""


def no_denominator(s: Statement) -> Iterator[Hit]:
    """M205 of a sentence: a rate does not say of how many."""
    if s.kind == "objective" or s.metric is None or s.unit not in (None, "%", "pp"):
        return
    begin, end = s.metric
    match = _RATE.search(s.low, begin, end)
    if match is None or _OF_ALL.search(s.low, begin) or _OF_WHOM.match(s.low, match.start()):
        return
    if "/" in s.low[begin:end] or s.low[end:].lstrip()[:1] in ("(", "/"):
        return
    if not match["rate"] and _OF.search(s.low, match.end(), end):
        return
    of = "% trên tổng số …" if s.language == "vi" else "% of all …"
    yield Hit(
        "M205", INFO, begin, end, f"{quoted(s, begin, end)} does not say of how many",
        f"say it: “{s.text[begin:end]} ({of})”; a record has `numerator:` and `denominator:` for it",
    )  # fmt: skip


__all__ = ["no_denominator"]
