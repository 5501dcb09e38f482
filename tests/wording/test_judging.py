"""What the text rules say of sentences, and what they keep quiet about."""

from datetime import date

import pytest

from kpi_cli.diagnostics import Severity
from kpi_cli.wording import Hit, Kind, judge, read
from kpi_cli.wording.judging import PREVIEW

AS_OF = date(2026, 5, 31)


def hits(text: str, kind: Kind, *accept: str) -> list[Hit]:
    found = judge(read(text, as_of=AS_OF, kind=kind, accept=accept))
    return [hit for hit in found if hit.code not in PREVIEW]


def graver(text: str, kind: Kind) -> list[str]:
    return sorted({hit.code for hit in hits(text, kind) if hit.severity is not Severity.INFO})


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        ("Improve our website", "key_result", ["M201", "S101", "S107"]),
        ("Launch the new product by the end of Q2", "key_result", ["M201", "S104"]),
        ("Hold weekly team meetings", "key_result", ["M201", "S104", "S105"]),
        ("Attend 3 industry conferences", "key_result", ["S104"]),
        ("Publish 20 blog articles", "key_result", ["S104", "S105"]),
        ("Employees are happier", "key_result", ["M201", "S102", "S107"]),
        ("Raise sales by 10% and cut absence to 3%", "key_result", ["S110"]),
        ("Repair the lamps as soon as possible", "key_result", ["M201", "S103", "S104", "T507"]),
        ("Get 10,000 followers", "key_result", ["R404"]),
        ("Raise R&D spend to 5% and cut absence to 3%", "key_result", ["S110"]),
        ("Keep turnover below 15% and absence below 3%", "key_result", ["S110"]),
        ("Improve the loyalty of key customers by 10% before December 2026", "goal", ["S107"]),
        ("Reduce costs", "goal", ["M201", "S107", "T501"]),
        ("Reduce costs by 10%", "goal", ["T501"]),
        ("Maintain market position", "objective", ["A311", "S107"]),
        ("Increase revenue by 20%", "objective", ["O601"]),
        ("Implement SAP", "objective", ["O604"]),
        ("Total social media followers", "kpi", ["R404"]),
        ("Number of emails sent", "kpi", ["S105"]),
        ("Increased sales", "kpi", ["S108"]),
        ("Customer experience", "kpi", ["S107"]),
        ("Implement the loyalty card", "kpi", ["S104"]),
        ("Nâng cao chất lượng dịch vụ", "key_result", ["M201", "S101", "S107"]),
        ("Tổ chức 5 buổi đào tạo cho nhân viên", "key_result", ["S104", "S105"]),
        ("Tuyển 10 nhân viên kinh doanh", "key_result", ["S104"]),
        ("Phục vụ khách hàng nhanh chóng", "goal", ["M201", "S102", "S107", "T501"]),
        ("Tăng doanh thu 30%", "objective", ["O601"]),
        ("Ra mắt ứng dụng di động", "objective", ["O604"]),
        ("Số lượt thích trang", "kpi", ["R404"]),
        ("Giảm thời gian chờ", "kpi", ["S108"]),
        ("Tiếp tục duy trì phong trào thể thao", "key_result", ["A311", "M201"]),
    ],
)
def test_what_is_said(text: str, kind: Kind, codes: list[str]) -> None:
    assert graver(text, kind) == codes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Improve NPS from 41 to 50", "key_result"),
        ("Launch a loyalty app so that repeat orders rise from 20% to 30%", "key_result"),
        ("Ship 90% of orders within 24 hours", "key_result"),
        ("Support calls per customer fall from 3.1 to 2.0", "key_result"),
        ("Design defects per release fall from 12 to 4", "key_result"),
        ("Serve 90% of customers faster than 10 minutes", "key_result"),
        ("Reach 10,000 monthly organic visits", "key_result"),
        ("Raise revenue per employee and month from 9000 EUR to 11000 EUR", "key_result"),
        ("Between 1 March and 30 June sell 400 passes", "key_result"),
        ("Maintain customer satisfaction at 95%", "key_result"),
        ("Triển khai hệ thống ERP toàn công ty trước ngày 31/12", "key_result"),
        ("Tổ chức hội nghị nhằm tăng tỷ lệ tái ký từ 60% lên 75%", "key_result"),
        ("Write and distribute letters to all freshmen by 8/1/2026", "goal"),
        ("Read 12 books by the end of the year", "goal"),
        ("Thu ngân sách đạt 85 tỷ đồng trong năm 2026, tăng 12% so với năm 2025", "goal"),
        ("Build a world-class engineering team", "objective"),
        ("Delight our customers with fast and friendly support", "objective"),
        ("New nurses feel safe in their first 100 days", "objective"),
        ("Improve the National 800 Number Service", "objective"),
        ("Xây dựng văn hóa học hỏi cho mọi nhân viên", "objective"),
        ("Launch the app to reduce waiting for patients", "objective"),
        ("Check freezers daily", "goal"),
        ("Tăng chi cho nghiên cứu và phát triển lên 8% doanh thu", "key_result"),
        ("Keep 95% of small and medium clients above 4 points", "key_result"),
        ("Unique page views", "kpi"),
        ("Organic search traffic", "kpi"),
        ("Conversion rate", "kpi"),
        ("Average order value", "kpi"),
        ("Bookings per 100 website visits", "kpi"),
        ("Orders on time and in full", "kpi"),
        ("Training hours per head", "kpi"),
        ("Lead time from commit to production", "kpi"),
        ("Revenue growth rate", "kpi"),
        ("Doanh thu thuần", "kpi"),
        ("Số đơn hàng trên 100 lượt truy cập", "kpi"),
    ],
)
def test_what_is_sound(text: str, kind: Kind) -> None:
    assert graver(text, kind) == []


def test_the_severity_follows_how_firm_the_rule_is() -> None:
    said = {hit.code: hit for hit in hits("Scope TBD for the web shop", "key_result")}
    assert (said["S103"].severity, said["S103"].in_record) == (Severity.WARNING, Severity.ERROR)
    (joined,) = [
        h for h in hits("Win the north and become the best", "objective") if h.code == "O602"
    ]
    assert joined.severity is Severity.INFO


def test_signs_alone_say_nothing() -> None:
    for text in ("…", "?!", "—"):
        assert [(hit.code, hit.message) for hit in hits(text, "kpi")] == [
            ("S106", "this says nothing")
        ]


def test_accepted_words_are_left_alone() -> None:
    assert "S102" in {hit.code for hit in hits("Agile teams in every city", "key_result")}
    found = hits("Agile teams in every city", "key_result", "agile")
    assert "S102" not in {hit.code for hit in found}


def test_help_is_about_this_sentence() -> None:
    said = {hit.code: hit for hit in hits("Improve user experience by 30 June 2026", "key_result")}
    assert said["S101"].message == "'Improve' does not say what will be different"
    assert "task success rate (%) from … to … by 2026-06-30" in said["S101"].help
    vietnamese = {hit.code: hit for hit in hits("Nâng cao chất lượng dịch vụ", "key_result")}
    assert "Tăng thời gian phản hồi" not in vietnamese["M201"].help
    assert "trước NGÀY" in vietnamese["M201"].help


def test_points_or_percent_shows_both() -> None:
    (hit,) = [h for h in hits("Reduce the churn rate by 10%", "key_result") if h.code == "M206"]
    assert "to 30 % or to 36 %" in hit.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sh\u0430re of guests", "Sh\u0430re"),
        ("Share of\u00a0guests", "\u00a0"),
        ("Share\u200b of guests", "\u200b"),
    ],
)
def test_letters_that_only_look_right(text: str, words: str) -> None:
    statement = read(text, as_of=AS_OF, kind="kpi")
    (hit,) = [h for h in judge(statement, text) if h.code == "S116"]
    assert statement.text[hit.start : hit.end] == words


def test_letters_in_two_parts_and_vietnamese_without_accents() -> None:
    apart = "Ty\u0309 le\u0323\u0302 kha\u0301ch"
    codes = {hit.code for hit in judge(read(apart, as_of=AS_OF, kind="kpi"), apart)}
    assert "S116" in codes
    plain = "Nang cao chat luong dich vu khach hang"
    (hit,) = [h for h in hits(plain, "goal") if h.code == "S116"]
    assert "without its accents" in hit.message


def test_a_dated_activity_is_told_what_it_is_without_failing_for_it() -> None:
    (hit,) = hits("Hold 12 staff training sessions by 2027-06-30", "goal")
    assert (hit.code, hit.severity.value) == ("S104", "info")
    assert "so that" in (hit.help or "")
