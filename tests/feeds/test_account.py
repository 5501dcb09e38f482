"""Every row is used, merged or rejected with its reason, and the three add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.edit.importing import ImportResult
from kpi_cli.errors import CannotRun
from kpi_cli.feeds.importer.account import Ledger, as_lines
from tests.feeds.kit import Bench

SALES = """
inputs:
  sales: sales.csv
records:
  kpis:
    from: sales
    id: "{{ product | slug }}"
    fields: {name: = product | clean, unit: = unit}
    collect: {into: actuals, key: = month, value: = sold | number}
"""


def rejected(result: ImportResult, name: str = "sales") -> list[tuple[int, str]]:
    return [(found.row, found.reason) for found in result.inputs[name].rejected]


def test_rows_are_grouped_merged_and_contradictions_rejected(bench: Bench) -> None:
    bench.table(
        "sales.csv",
        """\
        product,unit,month,sold
        Tea,EUR,2026-01,3
        Tea,EUR,2026-02,4.50
        Tea,EUR,2026-01,3.0
        Tea,EUR,2026-01,9
        Tea,USD,2026-03,5
        Tea,EUR,2026-13,5
        Tea,EUR,2026-04,many
        ,EUR,2026-04,5
        Tea,EUR,2026-05,
        """,
    )
    result = bench.run(SALES)
    account = result.inputs["sales"]
    assert (account.rows, account.used, account.merged) == (9, 3, 1)
    assert rejected(result) == [
        (5, "actuals of 2026-01: 9 here, but 3 in row 2 of sales, which stays"),
        (6, "its `unit` (USD) is not that of row 2 of sales (EUR)"),
        (7, "'2026-13' is not a period: there is no such date"),
        (8, "'many' is not a number"),
        (9, "'' cannot be an id: a to z first, then a-z 0-9 . _ -, at most 80"),
    ]
    assert bench.records("kpis")["tea"]["actuals"] == {"2026-01": 3, "2026-02": 4.5}


def test_a_blank_against_a_value_of_the_same_period_is_a_contradiction(bench: Bench) -> None:
    bench.table("sales.csv", "product,unit,month,sold\nTea,EUR,2026-01,3\nTea,EUR,2026-01,\n")
    reason = "actuals of 2026-01: nothing here, but 3 in row 2 of sales, which stays"
    assert rejected(bench.run(SALES)) == [(3, reason)]


def test_the_first_rows_fields_stand_where_the_map_says_so(bench: Bench) -> None:
    bench.table("sales.csv", "product,unit,month,sold\nTea,,2026-01,3\nTEA,EUR,2026-02,4\n")
    text = SALES.replace("    from: sales\n", "    from: sales\n    differing: first\n")
    result = bench.run(text)
    assert result.inputs["sales"].used == 2
    tea = bench.records("kpis")["tea"]
    assert (tea["name"], tea["unit"], tea["actuals"]) == (
        "Tea",
        "EUR",
        {"2026-01": 3, "2026-02": 4},
    )


def test_filters_joins_and_value_maps_reject_with_their_reason(bench: Bench) -> None:
    bench.table("shops.json", [{"no": 1, "town": "Huế"}, {"no": 2, "town": "Vinh"}])
    bench.table("sales.csv", "shop,kind,sold\n1,a,3\n2,b,\n9,a,4\n1,c,5\n,a,6\n")
    result = bench.run(
        """
        values: {kinds: {a: Tea, b: Cocoa}}
        inputs:
          shops: shops.json
          sales:
            file: sales.csv
            join: {place: {input: shops, theirs: no | text, ours: shop}}
            where: {that: sold is not blank, otherwise: "nothing sold in {{ place.town }}"}
        records:
          kpis:
            from: sales
            id: "{{ place.town | slug }}"
            fields: {name: "= kind | lookup('kinds') ~ ' in ' ~ place.town"}
        """.replace("where: {that", "where:\n              - {that")
    )
    assert rejected(result) == [
        (3, "nothing sold in Vinh"),
        (4, "no row of 'shops' belongs to it: '9' is not among them"),
        (5, "'c' is not in the value map 'kinds'"),
        (6, "no row of 'shops' belongs to it: it names none"),
    ]
    assert bench.records("kpis") == {"hue": {"name": "Tea in Huế"}}
    assert rejected(result, "shops") == []


def test_rows_of_a_table_only_looked_up_count_when_they_are(bench: Bench) -> None:
    bench.table("shops.csv", "no,town\n1,Hue\n2,Vinh\n")
    bench.table("sales.csv", "shop\n1\n3\n")
    result = bench.run(
        """
        inputs:
          shops: shops.csv
          sales:
            file: sales.csv
            join: {place: {input: shops, theirs: no, ours: shop, missing: blank}}
        records:
          kpis: {from: sales, id: "shop-{{ shop }}", fields: {name: "At {{ place.town }}"}}
        """
    )
    assert (result.inputs["shops"].used, result.inputs["sales"].used) == (1, 2)
    assert rejected(result, "shops") == [(3, "no rule of the map takes it")]


def test_one_row_may_make_several_records(bench: Bench) -> None:
    bench.table("goals.csv", 'goal,leaders\nGrow,"Ana Lima, Bo Chen"\nShrink,Bo Chen\n')
    result = bench.run(
        """
        inputs: {goals: goals.csv}
        records:
          teams: {id: all, fields: {name: Everybody, lead: ana-lima}}
          people:
            from: goals
            each: leaders | split
            id: "{{ item | slug }}"
            fields: {name: = item, team: all}
          objectives:
            from: goals
            let: {names: "= leaders | split | map('slug')"}
            id: "{{ goal | slug }}"
            fields: {title: = goal, owner: = names | first, contributors: "= names[1:]"}
        """
    )
    assert result.records == {"teams": 1, "people": 2, "objectives": 2}
    assert result.inputs["goals"].used == 2
    objectives = bench.records("objectives")
    assert objectives["grow"]["contributors"] == ["bo-chen"]
    assert "contributors" not in objectives["shrink"]


def test_two_records_of_one_id_are_told_apart_or_the_second_is_rejected(bench: Bench) -> None:
    bench.table("sales.csv", "product,town,month,sold\nTea,Hue,2026-01,3\nTea,Vinh,2026-01,4\n")
    text = SALES.replace("unit: = unit", "population: = town").replace(
        "    from: sales\n", "    from: sales\n    group: [product, town]\n"
    )
    reason = "the id 'tea' belongs to another record, of row 2"
    assert rejected(bench.run(text)) == [(3, reason)]
    told_apart = text.replace("    group", "    same_id: digest\n    group")
    bench.run(told_apart)
    found = bench.records("kpis")
    assert {len(name) for name in found} == {len("tea-xxxx")}
    bench.table("sales.csv", "product,town,month,sold\nTea,Vinh,2026-01,4\nTea,Hue,2026-01,3\n")
    bench.run(told_apart)
    assert bench.records("kpis") == found


def test_an_id_taken_by_another_section_is_rejected(bench: Bench) -> None:
    bench.table("sales.csv", "product,unit,month,sold\nTea,EUR,2026-01,3\n")
    team = "  teams: {id: tea, fields: {name: Tea}}\n"
    result = bench.run(SALES.replace("records:\n", "records:\n" + team))
    assert rejected(result) == [(2, "the id 'tea' is taken by a record of `teams`")]
    with pytest.raises(CannotRun, match=r"map\.yaml:12:10: the id 'tea' is taken by a .* `kpis`"):
        bench.run(SALES + team)


def test_a_second_table_adds_actuals_to_records_of_the_first(bench: Bench) -> None:
    bench.table("list.csv", "code,title\nt,Tea\n")
    bench.table("sales.csv", "code,month,sold\nt,2026-02,4\nt,2026-01,3\nx,2026-01,1\n")
    result = bench.run(
        """
        inputs: {list: list.csv, sales: sales.csv}
        records:
          kpis:
            - {from: list, id: "kpi-{{ code }}", fields: {name: = title}}
            - from: sales
              id: "kpi-{{ code }}"
              collect: {into: actuals, key: = month, value: = sold | number}
        """
    )
    assert bench.records("kpis") == {
        "kpi-t": {"name": "Tea", "actuals": {"2026-01": 3, "2026-02": 4}}
    }
    assert rejected(result) == [(4, "'kpi-x' has no name, and `kpis` need one")]


def test_targets_by_period_come_together_in_their_form(bench: Bench) -> None:
    bench.table("sales.csv", "year,low,high\n2017,1,2\n2016,1.5,3\n2018,,2\n")
    bench.run(
        """
        inputs: {sales: sales.csv}
        records:
          kpis:
            from: sales
            id: k
            fields: {name: K, target: {tolerance: 0.5}}
            collect:
              into: target.between
              when: low is not blank and high is not blank
              key: = year
              value: "= [low | number, high | number]"
        """
    )
    assert bench.records("kpis")["k"]["target"] == {
        "tolerance": 0.5,
        "between": {"2016": [1.5, 3], "2017": [1, 2]},
    }


def test_an_unusable_row_is_rejected_with_the_readers_reason(bench: Bench) -> None:
    bench.table("sales.csv", "product,unit,month,sold\nTea,EUR,2026-01,3,7\n")
    result = bench.run(SALES)
    assert rejected(result) == [(2, "a value stands in a column without a name (7)")]
    assert result.records == {}


@given(
    st.lists(st.integers(1, 30), unique=True),
    st.sets(st.integers(1, 30)),
    st.sets(st.integers(1, 30)),
    st.sets(st.integers(1, 30)),
)
def test_the_account_always_adds_up(
    numbers: list[int], used: set[int], same: set[int], bad: set[int]
) -> None:
    ledger = Ledger(numbers, used & set(numbers), same & set(numbers))
    for number in bad & set(numbers):
        ledger.reject(number, "bad")
        ledger.reject(number, "bad")
    account = ledger.close()
    assert account.rows == account.used + account.merged + len(account.rejected) == len(numbers)
    assert {r.row for r in account.rejected} >= bad & set(numbers)
    assert all(r.reason in ("bad", "no rule of the map takes it") for r in account.rejected)


def test_the_account_in_words_puts_equal_reasons_together() -> None:
    ledger = Ledger(range(1, 13), used={1})
    for number in range(2, 12):
        ledger.reject(number, "too old")
    ledger.reject(12, "no name")
    assert list(as_lines({"t": ledger.close()})) == [
        "t: 12 rows = 1 used + 0 merged + 11 rejected",
        "  10 rows (2, 3, 4, 5, 6, 7, 8, 9 and 2 more): too old",
        "  row 12: no name",
    ]
