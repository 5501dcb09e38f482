"""A faulty map is refused before anything is written; each fault has its line and column."""

import re

import pytest

from kpi_cli.errors import CannotRun
from tests.feeds.kit import Bench

RULE = """\
inputs:
  t: {file: t.csv%s}
records:
  kpis:
    from: t
    id: "{{ name | slug }}"
    fields: {name: = name}
%s
"""


def refused(bench: Bench, text: str) -> str:
    """The message of an import that must not run; nothing may have been written."""
    bench.table("t.csv", "name,month,sold\nTea,2026-01,3\n")
    with pytest.raises(CannotRun) as caught:
        bench.run(text)
    assert bench.bytes() == {}
    return str(caught.value).replace(f"{bench.folder}/", "")


def test_all_faults_of_its_shape_come_at_once(bench: Bench) -> None:
    message = refused(
        bench,
        """\
        inputs:
          t: {file: t.csv, encodng: utf-8}
        records:
          kpi: {id: x}
          kpis:
            form: t
            id: "{{ name | slug }}"
            fields: {nme: x, name: y}
            differing: last
          people: {from: s, id: x}
        outputs: {}
        """,
    )
    assert message.splitlines() == [
        "map.yaml:4:20: unknown key 'encodng'; did you mean 'encoding'?",
        "map.yaml:6:3: there is no section 'kpi'; did you mean 'kpis'?",
        "map.yaml:8:5: unknown key 'form'; did you mean 'from'?",
        "map.yaml:10:14: unknown key 'nme'; did you mean 'name'?",
        "map.yaml:11:16: `differing` is reject or first",
        "map.yaml:12:18: there is no input 's'; there are: t",
        "map.yaml:13:1: unknown key 'outputs'; did you mean 'output' or 'inputs'?",
    ]


@pytest.mark.parametrize(
    ("within_input", "within_rule", "said"),
    [
        ("", "    when: sould > 3", r"map\.yaml:10:11: .*'sould'; did you mean 'sold'\?"),
        (
            "",
            "    let: {x: = sold | numbr}",
            r"map\.yaml:10:14: .*'numbr'; did you mean 'number'\?",
        ),
        (", where: mnth == 'x'", "", r"map\.yaml:4:27: .*'mnth'; did you mean 'month'\?"),
        (", columns: {n: Nmae}", "", r"map\.yaml:4:33: .*column 'Nmae'; it has: name, month, sold"),
        (", let: {2x: = 1}", "", r"map\.yaml:4:26: '2x' cannot be a name in expressions"),
        (", header: 0", "", r"map\.yaml:4:28: `header` is a line number from 1"),
        (", join: {o: {input: u, theirs: a, ours: b}}", "", r"no input 'u' above"),
        (
            "",
            "    collect: {into: actals, key: = month, value: = sold}",
            r"unknown key 'actals'; did",
        ),
        ("", "    collect: {key: = month, value: = sold}", r"map\.yaml:10:5: `into:` is missing"),
        ("", "    file: {{ name }}.yaml", r"map\.yaml:10:21"),
        ("", "    when: sold > 3", r"map\.yaml:10:11: on row 2: .*figures need `\| number`"),
        (
            "",
            "    when: sold.amount",
            r"map\.yaml:10:11: on row 2: only a row or a mapping has parts",
        ),
    ],
)
def test_a_fault_has_its_place(
    bench: Bench, within_input: str, within_rule: str, said: str
) -> None:
    assert re.search(said, refused(bench, RULE % (within_input, within_rule)))


def test_a_map_that_is_not_yaml_shows_the_readers_faults(bench: Bench) -> None:
    assert refused(bench, "inputs: {t: [\n").startswith("map.yaml:")


def test_inputs_are_found_by_name_or_refused(bench: Bench) -> None:
    text = RULE.replace("t.csv", "none.csv") % ("", "")
    assert "type t=FILE to say where it is" in refused(bench, text)
    other = str(bench.table("other.csv", "name\nCocoa\n"))
    bench.run(text, f"t={other}")
    assert list(bench.records("kpis")) == ["cocoa"]


def test_a_single_unnamed_file_goes_to_the_only_input(bench: Bench) -> None:
    other = str(bench.table("a=b.csv", "name\nCocoa\n"))
    bench.run(RULE % ("", ""), other)
    assert list(bench.records("kpis")) == ["cocoa"]


def test_unnamed_files_go_by_their_file_name_and_doubt_is_an_error(bench: Bench) -> None:
    two = "inputs: {a: a.csv, b: b.csv}\nrecords: {kpis: {from: b, id: = n, fields: {name: = n}}}\n"
    a, b = bench.table("a.csv", "x\n1\n"), bench.table("b.csv", "n\nkey\n")
    bench.run(two, str(b), str(a))
    assert list(bench.records("kpis")) == ["key"]
    with pytest.raises(CannotRun, match=r"Write NAME=c\.csv, NAME one of: a, b"):
        bench.run(two, "c.csv")
    with pytest.raises(CannotRun, match="no input 'c'; it has: a, b"):
        bench.run(two, "c=x.csv")
    with pytest.raises(CannotRun, match="two files are given for the input 'a'"):
        bench.run(two, f"a={a}", f"a={a}")


def test_records_a_plan_cannot_hold_are_refused_as_a_whole(bench: Bench) -> None:
    text = RULE.replace("{name: = name}", "{name: = name, frequency: monthy, due: 2026-02-30}")
    message = refused(bench, text % ("", ""))
    assert "kpis.tea.frequency: 'monthy' is not allowed here" in message
    assert "kpis.tea.due: '2026-02-30' is not a date" in message
