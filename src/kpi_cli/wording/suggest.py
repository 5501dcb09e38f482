"""What to write instead: a measure for an abstract noun, and the sentence with its gaps shown."""

from __future__ import annotations

import re

from kpi_cli.wording.expression import expression
from kpi_cli.wording.statement import Statement

_MEASURES: dict[str, str] = {
    "awareness": "people who name us unprompted (%)",
    "brand": "people who name us unprompted (%)",
    "collaboration": "hand-overs sent back (%)",
    "communication": "staff who can name this year's three goals (%)",
    "costs": "cost per unit",
    "culture": "employee net promoter score",
    "customer experience": "customer effort score",
    "delivery": "orders on time and in full (%)",
    "efficiency": "cost per unit",
    "engagement": "engagement survey score",
    "experience": "task success rate (%)",
    "growth": "net revenue",
    "innovation": "revenue from products younger than two years (%)",
    "knowledge": "test score after the course",
    "leadership": "staff who recommend their manager (%)",
    "loyalty": "repeat purchase rate (%)",
    "market": "market share (%)",
    "morale": "employee net promoter score",
    "onboarding": "new users active after 30 days (%)",
    "performance": "p95 response time (ms)",
    "process": "lead time (days)",
    "productivity": "units per working hour",
    "quality": "defects per thousand units",
    "relationships": "customers who recommend us (%)",
    "reliability": "uptime (%)",
    "reputation": "average public rating",
    "risk": "incidents per quarter",
    "safety": "lost-time injuries per 200,000 hours",
    "sales": "net sales",
    "satisfaction": "CSAT score",
    "security": "days until a critical hole is closed",
    "service": "first-response time (hours)",
    "skills": "staff who passed the skill check (%)",
    "system": "uptime (%)",
    "teamwork": "hand-overs sent back (%)",
    "timeliness": "deliveries on the promised day (%)",
    "trust": "customers who recommend us (%)",
    "user experience": "task success rate (%)",
    "website": "visitors who buy (%)",
    "chất lượng": "số lỗi trên 1.000 sản phẩm",
    "công việc": "tỷ lệ việc xong đúng hạn (%)",
    "dịch vụ": "thời gian phản hồi đầu tiên (giờ)",
    "doanh số": "doanh thu thuần (VND)",
    "hiệu quả": "chi phí trên mỗi đơn hàng",
    "hiệu suất": "sản lượng mỗi giờ công",
    "khách hàng": "tỷ lệ khách quay lại (%)",
    "kỹ năng": "tỷ lệ nhân viên đạt bài kiểm tra (%)",
    "năng lực": "tỷ lệ nhân viên đạt bài kiểm tra (%)",
    "năng suất": "sản lượng mỗi giờ công",
    "nhận diện": "tỷ lệ người nhớ tên thương hiệu (%)",
    "quy trình": "thời gian xử lý (ngày)",
    "thương hiệu": "tỷ lệ người nhớ tên thương hiệu (%)",
    "trải nghiệm": "điểm nỗ lực khách hàng (CES)",
    "trải nghiệm khách hàng": "điểm nỗ lực khách hàng (CES)",
    "tăng trưởng": "doanh thu thuần (VND)",
    "văn hóa": "điểm eNPS",
    "uy tín": "điểm đánh giá trung bình",
}


_LESS = (
    "hand-overs", "cost per", "p95", "lead time", "defects", "incidents", "lost-time", "days until",
    "first-response", "falls and", "số lỗi", "số sự cố", "tỷ lệ nghỉ việc", "thời gian", "chi phí",
)  # fmt: skip
"""Measures of which less is better."""


_OF_PEOPLE: tuple[tuple[re.Pattern[str], dict[str, str]], ...] = (
    (
        expression(r"\b(?:staff|employees?|teams?|workers?|nurses?|teachers?|colleagues?)\b"),
        {
            "satisfaction": "employee net promoter score",
            "experience": "employee net promoter score",
            "engagement": "engagement survey score",
        },
    ),
    (
        expression(r"\bpatients?\b"),
        {
            "safety": "falls and medication errors per 1,000 bed days",
            "satisfaction": "patients who would recommend us (%)",
            "experience": "patients who would recommend us (%)",
        },
    ),
    (
        expression(r"(?<!\w)(?:nhân viên|người lao động|công nhân|cán bộ)(?!\w)"),
        {"hài lòng": "điểm eNPS", "gắn kết": "điểm eNPS", "gắn bó": "tỷ lệ nghỉ việc (%)"},
    ),
    (
        expression(r"(?<!\w)(?:người bệnh|bệnh nhân)(?!\w)"),
        {
            "an toàn": "số sự cố y khoa trên 1.000 ngày điều trị",
            "hài lòng": "tỷ lệ người bệnh sẵn sàng giới thiệu (%)",
        },
    ),
)
"""What is felt is measured otherwise of those who work here and of those who are cared for."""


def measure_for(statement: Statement) -> str | None:
    """A measure people use for the abstract noun of the sentence; the last one in it counts."""
    for whom, known in _OF_PEOPLE:
        felt = next((noun for noun in known if noun in statement.low), None)
        if felt and whom.search(statement.low):
            return known[felt]
    for one in reversed(statement.found):
        for phrase in (one.phrase, one.phrase.split(" ")[-1], " ".join(one.phrase.split()[:2])):
            if phrase in _MEASURES and not one.kinds.isdisjoint({"generic", "intangible"}):
                return _MEASURES[phrase]
    return None


def in_figures(statement: Statement) -> str:
    """The sentence as it could be: `Raise website conversion from … to … by 2026-12-31`."""
    measure = measure_for(statement)
    metric = _small(measure or _thing(statement))
    falls = measure.startswith(_LESS) if measure else statement.change.upwards is False
    due = statement.due.day if statement.due else None
    low = statement.change.low
    start = "…" if low is None else statement.text[low.start : low.end].strip()
    if statement.language == "vi":
        until = f"{due.day}/{due.month}/{due.year}" if due else "NGÀY"
        verb, toward = ("Giảm", "xuống") if falls else ("Tăng", "lên")
        return f"{verb} {metric} từ {start} {toward} … trước {until}"
    verb = "Reduce" if falls else "Raise"
    return f"{verb} {metric} from {start} to … by {due.isoformat() if due else 'DATE'}"


def _thing(statement: Statement) -> str:
    """What the sentence is about as something that can be counted, where its words allow it."""
    metric = _plain(statement)
    unnamed = "CHỈ SỐ" if statement.language == "vi" else "NAME OF A MEASURE"
    head = statement.head
    if not metric:
        return unnamed
    if head is not None and head.verb in ("sell", "sell more", "bán", "bán được nhiều"):
        return f"doanh số {metric}" if statement.language == "vi" else f"sales of {metric}"
    counted = head is not None and head.of("direction", "vague")
    return metric if counted or (head is None and statement.has("measure")) else unnamed


def _plain(statement: Statement) -> str | None:
    """The metric without vague words at its ends; at most eight words."""
    if statement.metric is None:
        return None
    start, end = statement.metric
    vague = {
        at
        for one in statement.found
        if not one.kinds.isdisjoint({"vague", "quantity"}) and "generic" not in one.kinds
        for at in range(one.first, one.last)
    }
    inside = [i for i, token in enumerate(statement.tokens) if start <= token.start < end]
    while inside and inside[-1] in vague:
        inside.pop()
    while inside and inside[0] in vague:
        inside.pop(0)
    if not inside:
        return None
    first, last = statement.tokens[inside[0]].start, statement.tokens[inside[-1]].end
    return " ".join(statement.text[first:last].split()[:8])


def _small(text: str) -> str:
    """The first letter small, unless the word is an acronym or a name."""
    return text[:1].lower() + text[1:] if text[1:2].islower() and text[:1].isupper() else text


def quoted(statement: Statement, start: int, end: int) -> str:
    """The words at a span in quotation marks."""
    return f"'{statement.text[start:end]}'"
