"""What could not be read costs one finding, and hides no other."""

from datetime import date

from kpi_cli.checks.engine import findings
from kpi_cli.checks.selection import for_validate
from tests.memory import load

PLAN = """
objectives:
  lonely: {title: L, owner: ann, period: "2026"}
  busy: {title: B, owner: ann, period: "2026"}
people:
  ann: {name: Ann}
%s
"""


def codes(rest: str) -> list[str]:
    loaded = load(PLAN % rest)
    found = findings(loaded, date(2026, 5, 31), for_validate(loaded.plan.config))
    return [f"{finding.code} {finding.subject or ''}".strip() for finding in found]


def test_a_kpi_that_could_not_be_read_is_still_evidence() -> None:
    rest = "kpis:\n  a: {name: 5, objective: lonely}\n  b: {name: 5, objective: [busy]}\n"
    assert codes(rest) == ["K011 a", "K011 b"]


def test_a_second_record_of_an_id_hides_nothing_else() -> None:
    rest = "teams:\n  t: {name: T}\n  t: {name: busy}\n"
    assert codes(rest) == ["K122 lonely", "K002"]


def test_an_unknown_section_hides_what_it_names_only() -> None:
    rest = "kpi:\n  a:\n    objective: busy\n"
    assert codes(rest) == ["K122 lonely", "K010"]
