"""Ignores: what each one covers, and what is wrong with one."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_cli.checks.engine import Checked, checked
from kpi_cli.checks.examples import AROUND, AROUND_FILE
from kpi_cli.checks.selection import for_validate
from tests.checks.bench import AS_OF, loaded

PERSON = "people:\n  quang:{0}\n    name: Quang\n    team: stall{1}\n    manager: nobody{2}\n"


def run(text: str, as_of: date = AS_OF, settings: str = "") -> Checked:
    """What a plan file beside a small sound plan gives."""
    files = {"kpi.yaml": f"version: 1\n{settings}", AROUND_FILE: AROUND, "plan.yaml": text}
    plan = loaded(files)
    return checked(plan, as_of, for_validate(plan.plan.config))


def codes(text: str, as_of: date = AS_OF, settings: str = "") -> tuple[list[str], list[str]]:
    """Codes that count, and codes set aside."""
    found = run(text, as_of, settings)
    return [f.code for f in found.findings], [s.finding.code for s in found.suppressed]


def person(record: str = "", team: str = "", manager: str = "") -> str:
    """A person whose team and manager there are not, with something after three of the lines."""
    return PERSON.format(record, team, manager)


BOTH = ["K105", "K104"]


def test_without_ignores_everything_counts() -> None:
    assert codes(person()) == (BOTH, [])


def test_at_the_end_of_a_line_it_covers_that_key() -> None:
    assert codes(person(team="  # kpi: ignore[K1] -- soon")) == (["K104"], ["K105"])


def test_on_the_id_it_covers_the_record() -> None:
    assert codes(person("  # kpi: ignore[K104, K105] -- soon")) == ([], BOTH)


def test_on_a_line_of_its_own_it_covers_the_next_record() -> None:
    text = person().replace("  quang:", "  # kpi: ignore[K104,K105] -- soon\n  quang:")
    assert codes(text) == ([], BOTH)
    assert codes("# kpi: ignore[K105] -- soon\n" + person()) == (["K104"], ["K105"])


def test_inside_a_record_it_covers_the_next_key() -> None:
    text = person().replace("    team:", "    # kpi: ignore[K1] -- soon\n    team:")
    assert codes(text) == (["K104"], ["K105"])


def test_at_the_top_it_covers_the_file() -> None:
    assert codes("# kpi: ignore-file[K] -- an old list\n" + person()) == ([], BOTH)


def test_a_record_covers_its_rows_in_other_files() -> None:
    files = {
        "kpi.yaml": 'version: 1\nactuals: ["*.csv"]\n',
        AROUND_FILE: AROUND.replace(
            "  orders:", "  orders:  # kpi: ignore[K201] -- mended in June"
        ),
        "a.csv": "kpi,period,value\norders,2026-05,5\norders,2026-05,6\n",
    }
    plan = loaded(files)
    found = checked(plan, AS_OF, for_validate(plan.plan.config))
    assert [s.finding.path for s in found.suppressed] == ["a.csv"]


def test_fields_do_the_same() -> None:
    field = "\n    ignore: [{{code: K105, reason: soon, until: {0}}}]"
    assert codes(person(manager=field.format("2026-05-31"))) == (["K104"], ["K105"])
    # An expired one counts no more, and says so.
    assert codes(person(manager=field.format("2026-05-30"))) == ([*BOTH, "X904"], [])


def test_a_field_without_a_reason_is_told_and_keeps_the_record() -> None:
    text = person(manager="\n    ignore: [{code: K105}]")
    found = run(text)
    assert [(f.code, f.line) for f in found.findings] == [("K104", 5), ("X902", 6)]


def test_reason_and_last_day_are_kept() -> None:
    note = "  # kpi: ignore[K105] -- the team comes (in June)  (until 2026-06-30)"
    (one,) = run(person(team=note)).suppressed
    assert (one.reason, one.until) == ("the team comes (in June)", date(2026, 6, 30))
    assert one.source


@pytest.mark.parametrize(
    ("note", "code", "said"),
    [
        ("# kpi: ignore[K105]", "X902", "this ignore gives no reason"),
        ("# kpi: ignore[K105] --", "X902", "this ignore gives no reason"),
        ("# kpi: ignore[K105] -- x (until 2026-05-30)", "X904", "ended on 2026-05-30"),
        ("# kpi: ignore[K105] -- x (until June)", "X904", "'June' is no day"),
        ("# kpi: ignore[K106] -- x", "X901", "this ignore of K106 sets nothing aside"),
        ("# kpi: ignore[K105, K106] -- x", "X901", "this ignore of K106 sets nothing aside"),
        ("# kpi: ignore[K995] -- x", "X903", "there is no rule 'K995'"),
        ("# kpi: ignore[] -- x", "X903", "this ignore names no code"),
        ("# kpi: ignore K105 -- x", "X901", "it is not understood"),
        ("# kpi: ignroe[K105] -- x", "X901", "it is not understood"),
        ("# kpi: ignore-file[K105] -- x", "X901", "stands in the first lines"),
    ],
)
def test_what_is_wrong_with_an_ignore(note: str, code: str, said: str) -> None:
    found = [f for f in run(person(team=f"  {note}")).findings if f.code.startswith("X")]
    assert [(f.code, f.line) for f in found] == [(code, 4)]
    assert said in found[0].message
    assert found[0].help


def test_an_ignore_at_the_end_of_a_file_has_no_effect() -> None:
    found = run(person() + "# kpi: ignore[K105] -- x\n").findings
    assert found[-1].message == "this ignore has no effect: nothing stands below it"


def test_rules_that_do_not_run_leave_no_ignore_unused() -> None:
    smart = "  # kpi: ignore[S104, R405] -- fixed by contract"
    assert codes(person(smart)) == (BOTH, [])
    off = "checks: {disable: {K106: not yet}}\n"
    assert codes(person("  # kpi: ignore[K106] -- x"), settings=off) == (BOTH, [])


def test_ignores_of_a_record_that_was_left_out_are_not_unused() -> None:
    text = "people:\n  quang:  # kpi: ignore[K105] -- soon\n    nmae: Quang\n    team: stall\n"
    assert "X901" not in codes(text)[0]


def test_no_ignore_silences_the_rules_about_ignores() -> None:
    text = "# kpi: ignore-file[X] -- be quiet\n" + person(team="  # kpi: ignore[K105]")
    assert [code for code in codes(text)[0] if code[0] == "X"] == ["X902"]


@pytest.mark.parametrize(
    "settings",
    [
        "checks: {disable: {K999: no}}\n",
        "checks: {severity: {Q1: error}}\n",
        "checks: {select: [K, Z]}\n",
        'checks: {paths: {"a/**": {disable: {K999: no}}}}\n',
    ],
)
def test_unknown_codes_in_the_settings(settings: str) -> None:
    found = run("people: {}\n", settings=settings).findings
    assert [(f.code, f.path, f.line) for f in found] == [("X903", "kpi.yaml", 2)]


def test_a_severity_may_name_a_beginning() -> None:
    settings = "checks: {severity: {K1: warning, K105: info}}\n"
    found = run(person(), settings=settings).findings
    assert [(f.code, f.severity.value) for f in found] == [("K105", "info"), ("K104", "warning")]


def test_the_fix_of_an_unused_ignore() -> None:
    def fix(text: str) -> tuple[tuple[int, ...], str]:
        (found,) = (f for f in run(text).findings if f.code == "X901")
        assert found.fix
        mark = found.fix.mark
        return (mark.line, mark.column, mark.end_line, mark.end_column), found.fix.text

    assert fix(person(team="  # kpi: ignore[K106] -- x")) == ((4, 16, 4, 42), "")
    assert fix("# kpi: ignore[K106] -- x\n" + person()) == ((1, 1, 2, 1), "")
    two = person(team="  # kpi: ignore[K105, K106] -- x")
    assert fix(two) == ((4, 32, 4, 42), "K105")
