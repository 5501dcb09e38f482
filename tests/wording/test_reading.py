"""What a sentence says: numbers, dates, changes, the verb and the metric, by value."""

from datetime import date

import pytest

from kpi_cli.wording import Statement, read
from kpi_cli.wording.dates import find_dates
from kpi_cli.wording.numbers import find_numbers, parse_number
from kpi_cli.wording.text import Language, composed, language_of, lowered, tokens

AS_OF = date(2026, 5, 31)


def say(text: str, kind: str | None = None) -> Statement:
    return read(text, as_of=AS_OF, kind=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Raise the share of customers in Đà Nẵng who come back", "en"),
        ("Tăng tỷ lệ khách hàng quay lại", "vi"),
        ("CSAT trong quý III đạt 4,5", "vi"),
        ("Net sales in Đà Nẵng", "en"),
        ("Visitors from Thừa Thiên Huế", "en"),
        ("Nguyễn Văn Dũng runs the office in the north", "en"),
        ("Tỷ Lệ Chuyển Đổi Website", "vi"),
        ("Lượt xem video", "vi"),
        ("NPS", "en"),
        ("", "en"),
    ],
)
def test_language(text: str, language: Language) -> None:
    assert language_of(tokens(lowered(composed(text))), composed(text)) == language


@pytest.mark.parametrize(
    ("text", "language", "scaled", "value"),
    [
        ("10,000", "en", False, 10000),
        ("4.25", "en", False, 4.25),
        ("1,234.5", "en", False, 1234.5),
        ("1.234,5", "vi", False, 1234.5),
        ("20.000", "vi", False, 20000),
        ("20.000", "en", False, 20),
        ("3,5", "vi", False, 3.5),
        ("1,500", "vi", True, 1.5),
        ("1,500", "vi", False, 1500),
        ("5.000.000", "vi", False, 5000000),
        ("0.125", "vi", False, 0.125),
    ],
)
def test_separators_depend_on_the_language(
    text: str, language: Language, scaled: bool, value: float
) -> None:
    assert parse_number(text, language, scaled) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grow the pipeline from $50k to $200k", [(50_000, "USD"), (200_000, "USD")]),
        ("from 72h to 24h", [(72, "hours"), (24, "hours")]),
        ("doanh thu 10 tỷ đồng", [(10e9, "VND")]),
        ("đạt 1,5 triệu lượt", [(1.5e6, None)]),
        ("tăng 5 điểm phần trăm", [(5, "pp")]),
        ("rise by 5 percentage points", [(5, "pp")]),
        ("two million users", [(2e6, None)]),
        ("99.95% uptime", [(99.95, "%")]),
        ("reply within two days", [(2, "days")]),
        ("ISO 27001 for Tier 1 sites, 24/7", []),
        ("reduce 30-day churn to 5%", [(5, "%")]),
        ("answer on the 2nd ring in the first 100 days", []),
        ("P95 latency in Q3 for B2B", []),
        ("become a top 10 bank", [(10, None)]),
    ],
)
def test_numbers_and_units(text: str, expected: list[tuple[float, str | None]]) -> None:
    low = lowered(text)
    language = language_of(tokens(low))
    found = find_numbers(low, find_dates(low, AS_OF, language), language)
    assert [(number.value, number.unit) for number in found] == expected


def test_scale_range_and_rhythm_belong_to_a_number() -> None:
    (scored,) = say("Reach a CSAT of 4.2/5").numbers
    assert (scored.value, scored.out_of) == (4.2, 5)
    (ranged,) = say("Grow sales 10-15%").numbers
    assert (ranged.value, ranged.high, ranged.unit) == (10, 15, "%")
    first, second = say("Cut complaints from 20/month to 5 per month").numbers
    assert (first.per, second.per) == ("month", "month")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by Q3", date(2026, 9, 30)),
        ("by Q1", date(2027, 3, 31)),
        ("in Q3 2027", date(2027, 9, 30)),
        ("by end of June", date(2026, 6, 30)),
        ("by the end of June 2028", date(2028, 6, 30)),
        ("by 30 June 2027", date(2027, 6, 30)),
        ("by June 30th, 2027", date(2027, 6, 30)),
        ("by 8/1/2027", date(2027, 8, 1)),
        ("until 2026-12-31", date(2026, 12, 31)),
        ("by the end of the year", date(2026, 12, 31)),
        ("next year", date(2027, 12, 31)),
        ("within 6 months", date(2026, 11, 30)),
        ("by 2030", date(2030, 12, 31)),
        ("by EOY", date(2026, 12, 31)),
        ("in the first half of 2027", date(2027, 6, 30)),
        ("trước ngày 30/8", date(2026, 8, 30)),
        ("trong quý III", date(2026, 9, 30)),
        ("vào cuối quý II", date(2026, 6, 30)),
        ("cuối năm 2027", date(2027, 12, 31)),
        ("trong tháng 6/2027", date(2027, 6, 30)),
        ("trước 31/12/2027", date(2027, 12, 31)),
        ("trong 2 tháng", date(2026, 7, 31)),
        ("6 tháng đầu năm 2027", date(2027, 6, 30)),
        ("trong năm nay", date(2026, 12, 31)),
    ],
)
def test_deadlines(text: str, day: date) -> None:
    found = say(f"Đạt 5 đơn {text}" if not text.isascii() else f"Reach 5 orders {text}")
    assert found.due is not None
    assert found.due.day == day
    assert [number.value for number in found.numbers] == [5]


@pytest.mark.parametrize(
    "text",
    [
        "Answer letters within 24 hours",
        "Deliver in 2 days",
        "Sell 2000 units",
        "Increase the rating by 10% over the 2015 numbers",
        "You may win 4/5 of the cases",
    ],
)
def test_no_deadline(text: str) -> None:
    assert say(text).due is None


def test_a_deadline_only_people_know_has_no_day() -> None:
    due = say("Finish the course by the end of the semester").due
    assert due is not None
    assert due.day is None


@pytest.mark.parametrize(
    ("text", "low", "to", "by", "bound", "up"),
    [
        ("Raise CSAT from 4.1 to 4.5", 4.1, 4.5, None, None, True),
        ("Letters answered in time: 60% -> 90%", 60, 90, None, None, True),
        ("Raise NPS to 50 (currently 25)", 25, 50, None, None, True),
        ("Giảm thời gian chờ từ 45 phút xuống 20 phút", 45, 20, None, None, False),
        ("Tăng doanh thu thêm 20%", None, None, 20, None, True),
        ("Reduce costs by 10%", None, None, 10, None, False),
        ("Increase sales 20%", None, None, 20, None, True),
        ("Increase sales to 20%", None, 20, None, None, True),
        ("Tăng tỷ lệ lên 20%", None, 20, None, None, True),
        ("At least 80% of users return", None, 80, None, "at_least", None),
        ("Churn below 2% a month", None, 2, None, "at_most", None),
        ("Không quá 2 vụ tai nạn", None, 2, None, "at_most", None),
        ("Điểm hài lòng từ 4 trở lên", None, 4, None, "at_least", None),
        ("Keep stock between 10 and 20 days", 10, 20, None, "between", None),
        ("A 15% reduction in waste", None, None, 15, None, False),
    ],
)
def test_changes(
    text: str, low: float | None, to: float | None, by: float | None,
    bound: str | None, up: bool | None,
) -> None:  # fmt: skip
    change = say(text).change
    figures = [number and number.value for number in (change.low, change.to, change.by)]
    assert figures == [low, to, by]
    assert (change.bound, change.upwards) == (bound, up)


def test_double_and_halve_are_changes() -> None:
    assert say("Double the repeat orders").change.times == 2
    assert say("Cut waste in half").change.times == 0.5
    assert not say("Improve the second half").is_measured


@pytest.mark.parametrize(
    ("text", "verb", "metric"),
    [
        ("Raise website conversion from 1.5% to 4%", "raise", "website conversion"),
        ("By June 30, 2026, we will raise the open rate to 30%", "raise", "open rate"),
        ("In order to grow, hand out tips to visitors", "hand out", "tips"),
        ("Reach 10,000 monthly organic visits", "reach", "monthly organic visits"),
        ("Tăng 20% lượt truy cập website", "tăng", "lượt truy cập website"),
        ("Phòng kinh doanh sẽ tăng doanh số thêm 20%", "tăng", "doanh số"),
        ("Doanh thu mảng doanh nghiệp đạt 100 tỉ", None, "Doanh thu mảng doanh nghiệp"),
        ("Writing 10 blog posts", "write", "blog posts"),
        ("Average order value", None, "Average order value"),
        ("Lead time per order", None, "Lead time per order"),
        ("Test pass rate", None, "Test pass rate"),
        ("Release frequency", None, "Release frequency"),
        ("10 khách hàng mới", None, "khách hàng mới"),
        ("Reduce time to hire from 45 to 30 days", "reduce", "time to hire"),
        ("Time to first response", None, "Time to first response"),
        ("Ratio of nurses to patients", None, "Ratio of nurses to patients"),
        ("Train 500 farmers to grow rice", "train", "farmers"),
        ("Trồng 10.000 cây xanh", "trồng", "cây xanh"),
        ("Giảm phế phẩm của chuyền 3 từ 5% xuống 2%", "giảm", "phế phẩm của chuyền 3"),
    ],
)
def test_verb_and_metric(text: str, verb: str | None, metric: str) -> None:
    found = say(text)
    assert (found.head.verb if found.head else None) == verb
    assert found.metric_text == metric


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Conversion rate", "kpi"),
        ("Tỷ lệ chuyển đổi", "kpi"),
        ("Raise NPS from 20 to 40", "key_result"),
        ("I will read 12 books by December", "goal"),
        ("Become the bank farmers trust", "objective"),
        ("KR1: Launch the new website", "key_result"),
        ("Objective: Guests feel at home", "objective"),
        ("Mục tiêu: Khách ngủ ngon", "objective"),
    ],
)
def test_kinds_are_guessed(text: str, kind: str) -> None:
    found = say(text)
    assert (found.kind, found.guessed) == (kind, ":" not in text)
