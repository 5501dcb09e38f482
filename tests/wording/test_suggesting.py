"""What is suggested instead fits the people of the sentence, and the way that is better."""

from datetime import date

import pytest

from kpi_cli.wording import read
from kpi_cli.wording.suggest import in_figures


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Improve safety", "Reduce lost-time injuries per 200,000 hours from … to … by DATE"),
        (
            "Improve patient safety",
            "Reduce falls and medication errors per 1,000 bed days from … to … by DATE",
        ),
        ("Raise staff satisfaction", "Raise employee net promoter score from … to … by DATE"),
        ("Raise customer satisfaction", "Raise CSAT score from … to … by DATE"),
        (
            "Nâng cao an toàn người bệnh",
            "Giảm số sự cố y khoa trên 1.000 ngày điều trị từ … xuống … trước NGÀY",
        ),
        ("Tăng mức độ hài lòng của nhân viên", "Tăng điểm eNPS từ … lên … trước NGÀY"),
    ],
)  # fmt: skip
def test_a_measure_for_it(text: str, instead: str) -> None:
    assert in_figures(read(text, as_of=date(2026, 3, 1), kind="goal")) == instead
