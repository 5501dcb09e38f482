"""What an expression computes, and everything it must not be able to do."""

from decimal import Decimal
from typing import Any

import pytest

from kpi_cli.feeds.importer.filters import filters
from kpi_cli.feeds.importer.problems import MapProblem, RowProblem
from kpi_cli.feeds.importer.sandbox import TROUBLE, Sandbox
from kpi_cli.feeds.importer.texts import slug
from kpi_cli.period import Calendar

VALUES = {"kinds": {"up": "increase", "down": "decrease"}, "any": {"*": "other"}}
CELLS: dict[str, Any] = {
    "name": "  Tỷ lệ\u00a0 khách ",
    "share": "0.033",
    "big": "1,250,000",
    "blank": "",
    "gone": None,
    "people": "Ana Lima, ,Bo Chen",
    "kind": "up",
    "other": {"title": "A", "size": 3},
    "rows": [{"year": "2014"}, {"year": "2013"}, {"year": None}],
}
SANDBOX = Sandbox(filters(Calendar(10, "end"), VALUES))
NAMES = {name: ({"title", "size"} if name == "other" else None) for name in CELLS}


def value(source: str) -> Any:
    return SANDBOX.expression(source, NAMES)(CELLS)


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("share | number * 100", Decimal("3.3")),
        ("big | number", Decimal(1250000)),
        ("'1.234,5' | number(',')", Decimal("1234.5")),
        ("'45 %' | number", Decimal(45)),
        ("0.1 + 0.2", Decimal("0.3")),
        ("-(share | number)", Decimal("-0.033")),
        ("blank | number * 100", None),
        ("gone + 1", None),
        ("name | clean", "Tỷ lệ khách"),
        ("name | slug", "ty-le-khach"),
        ("people | split", ["Ana Lima", "Bo Chen"]),
        ("people | split(',') | map('slug')", ["ana-lima", "bo-chen"]),
        ("people | split(',') | last", "Bo Chen"),
        ("(people | split(','))[1:]", ["Bo Chen"]),
        ("rows | map(attribute='year') | min", "2013"),
        ("rows | map(attribute='year') | select | sort | join('/')", "2013/2014"),
        ("kind | lookup('kinds')", "increase"),
        ("blank | lookup('kinds')", None),
        ("'x' | lookup('any')", "other"),
        ("other.title ~ other['size']", "A3"),
        ("'a' ~ gone ~ 1", "a1"),
        ("2.50 | number | text", "2.5"),
        ("blank | default('none given')", "none given"),
        ("blank is blank and gone is blank and share is not blank", True),
        ("kind is starting_with 'u'", True),
        ("'3/31/2026' | date('%m/%d/%Y')", "2026-03-31"),
        ("'2021-11-30' | period('quarterly')", "FY2022-Q1"),
        ("'FY2022-Q1' | first_day", "2021-10-01"),
        ("'FY2022' | last_day", "2022-09-30"),
        ("2.345 | round(2)", Decimal("2.34")),
        ("'reduce THE cost' | title", "Reduce The Cost"),
        ("'Reduce the Cost.' | fold == 'reduce  the cost' | fold", True),
        ("{'at_least': 3} if kind == 'up' else none", {"at_least": 3}),
        ("'abc' | first ~ 'abc'[-1]", "ac"),
        ("'  ' | slug", ""),
    ],
)
def test_values(source: str, result: Any) -> None:
    assert value(source) == result


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("kind | number", "'up' is not a number"),
        ("'1e999' | number", "too large"),
        ("'NaN' | number", "'NaN' is not a number"),
        ("'12,34' | number", "'12,34' is not a number"),
        ("1 / 0", "1 / 0 has no result"),
        ("'side' | lookup('kinds')", "'side' is not in the value map 'kinds'"),
        ("'31.02.2026' | date('%d.%m.%Y')", "is not a date written like"),
        ("'FY2022-Q5' | first_day", "is not a period"),
    ],
)
def test_a_bad_cell_rejects_its_row(source: str, reason: str) -> None:
    with pytest.raises(RowProblem, match=reason):
        value(source)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("shar | number", "no column or name 'shar'; did you mean 'share'"),
        ("share | numbr", "no filter 'numbr'; did you mean 'number'"),
        ("share is blnk", "no test 'blnk'; did you mean 'blank'"),
        ("other.titel", "no part of 'other' 'titel'; did you mean 'title'"),
        ("rows | map(attribute='yaer')", "no column 'yaer'; did you mean 'year'"),
        ("kind | lookup('kind')", "no value map 'kind'; did you mean 'kinds'"),
        ("'2026' | period('quaterly')", "no frequency 'quaterly'; did you mean 'quarterly'"),
        ("share * 2", "turn it into a number"),
        ("share +", "cannot be read"),
        ("share }} {{ name", "no place inside an expression"),
    ],
)
def test_a_bad_expression_is_a_fault_of_the_map(source: str, message: str) -> None:
    with pytest.raises(MapProblem, match=message):
        value(source)


@pytest.mark.parametrize(
    "source",
    [
        "''.__class__",
        "''['__class__']",
        "''|attr('__class__')",
        "name.__class__.__mro__",
        "other.__class__",
        "other['__class__']",
        "rows.__len__",
        "self.__init__",
        "cycler.__init__.__globals__",
        "namespace()",
        "range(3)",
        "lipsum()",
        "name.upper()",
        "'%s' % name",
        "'{0.__class__}'.format(name)",
        "'{0.__class__}' | format(name)",
        "(1).real",
        "[].append",
        "1 .__class__",
        "none.__class__",
        "rows | map(attribute='__class__')",
        "rows | map('__class__')",
        "environment",
        "context",
        "loop",
        "'x' * 1000",
        "[1] * 1000000",
    ],
)
def test_there_is_no_way_out(source: str) -> None:
    with pytest.raises((MapProblem, *TROUBLE)):
        value(source)


@pytest.mark.parametrize(
    "template",
    [
        "{% for x in rows %}{{ x }}{% endfor %}",
        "{% set x = 1 %}{{ x }}",
        "{% include 'kpi.yaml' %}",
        "{% import 'os' as os %}",
        "{% macro m() %}{% endmacro %}",
        "{% if kind %}x{% endif %}",
        "{{ caller() }}",
        "{{ super() }}",
    ],
)
def test_templates_have_no_statements(template: str) -> None:
    with pytest.raises(MapProblem):
        SANDBOX.text(template, NAMES)(CELLS)


@pytest.mark.parametrize(
    "source",
    [
        "10 ** 10 ** 10",
        "9 ** 99",
        "'a' | replace('', 'b')",
        "('a,' ~ big) | replace(',', people ~ people) | replace('a', people) | cut(10 ** 9)",
        "~".join(["big"] * 2000),
        "(" * 5000 + "1" + ")" * 5000,
        "big" + " ~ big" * 4000,
    ],
)
def test_nothing_grows_without_bounds(source: str) -> None:
    try:
        result = value(source)
    except (MapProblem, RowProblem, *TROUBLE):
        return
    assert len(str(result)) <= 100_000


def test_templates_show_numbers_as_digits_and_blanks_as_nothing() -> None:
    text = SANDBOX.text("{{ share | number * 1000 }}/{{ gone }}/{{ 1e-7 | number }}", NAMES)
    assert text(CELLS) == "33//0.0000001"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Đơn hàng giao đúng hẹn (%)", "don-hang-giao-dung-hen"),
        ("5-point score", "n5-point-score"),
        ("Min", "nmin"),
        ("Größe & Straße", "grosse-strasse"),
        ("a" * 100, "a" * 80),
        ("word " * 30, "-".join(["word"] * 16)),
    ],
)
def test_slugs_are_legal_ids(text: str, result: str) -> None:
    assert slug(text) == result


def test_a_slug_of_other_letters_is_a_digest_and_stays_the_same() -> None:
    assert slug("東京") == slug("東京") != slug("大阪")
    assert slug("東京").startswith("x-")
