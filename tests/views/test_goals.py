"""Targets in words: those of the rules in English, with numbers of their own in Vietnamese."""

import pytest

from kpi_cli.kinds import parse_target
from kpi_cli.locale import speaking
from kpi_cli.period import Calendar
from kpi_cli.views.goals import target_words

FORMS = [
    (1234.5, "1.234,5 ngày"), ({"value": 40}, "40 ngày"), ("+15%", "+15 %"),
    ("-2.5pp", "-2,5 điểm %"), ({"at_least": 99.9}, "ít nhất 99,9 ngày"),
    ({"at_most": 1200}, "nhiều nhất 1.200 ngày"), ({"between": [4, 5]}, "4 đến 5 ngày"),
    ({"stretch": 60}, "mức vượt trội 60 ngày"), ({"done": True}, "đã xong"),
    ({"zones": {"low": 0, "target": 1}}, "đạt bậc 'target' trong low < target"),
    ({"milestones": [{"name": "a"}]}, "1 mốc"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "vietnamese"), FORMS)
def test_a_target_in_words(raw: object, vietnamese: str) -> None:
    target = parse_target(raw, Calendar())
    assert target_words(target, "days") == target.text("days")
    with speaking("vi"):
        assert target_words(target, "days") == vietnamese
