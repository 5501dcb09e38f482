"""The commands as typed: what they write, what they say, what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edit.kit import changed_lines, contents, kpi, workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def edited(root: Path, *words: str, stdin: str = "") -> dict[str, tuple[list[str], list[str]]]:
    """Run a command that must succeed: the lines that went and came, by file."""
    before = contents(root)
    code, _, err = kpi(root, *words, stdin=stdin)
    assert code == 0, err
    return {
        name: tuple([line.decode() for line in side] for side in changed_lines(before[name], raw))
        for name, raw in contents(root).items()
        if name in before and before[name] != raw
    }  # type: ignore[misc]


def refused(root: Path, *words: str, stdin: str = "") -> str:
    """Run a command that must be refused: what it says; no byte changes."""
    before = contents(root)
    code, out, err = kpi(root, *words, stdin=stdin)
    assert (code, out) == (2, "")
    assert contents(root) == before
    return err


# --- record -------------------------------------------------------------------------------------


def test_a_record_is_one_line_in_date_order(root: Path) -> None:
    assert edited(root, "record", "repeat-rate", "2026-05", "33.10") == {
        "plan.yaml": ([], ["      2026-05: 33.10"])
    }
    lines = (root / "plan.yaml").read_text().splitlines()
    at = lines.index("      2026-05: 33.10")
    assert lines[at - 1] == "      2026-04: null"
    assert edited(root, "record", "repeat-rate", "2026-03", "32") == {
        "plan.yaml": ([], ["      2026-03: 32"])
    }
    assert "2026-03: 32\n      # March was slow\n" in (root / "plan.yaml").read_text()


def test_a_known_gap_is_filled_in_place(root: Path) -> None:
    assert edited(root, "record", "repeat-rate", "2026-04", "33") == {
        "plan.yaml": (["      2026-04: null"], ["      2026-04: 33"])
    }


def test_a_pair_and_a_note_stand_in_brackets(root: Path) -> None:
    words = ["--numerator", "210", "--denominator", "640", "--note", "a, b"]
    assert edited(root, "record", "repeat-rate", "2026-05", *words) == {
        "plan.yaml": ([], ['      2026-05: {numerator: 210, denominator: 640, note: "a, b"}'])
    }


def test_what_lives_in_a_csv_file_goes_there(root: Path) -> None:
    assert edited(root, "record", "discounts", "2026-03", "8.20", "--note", "a, b") == {
        "long.csv": ([], ['discounts,2026-03,8.20,,,"a, b"'])
    }
    rows = (root / "long.csv").read_text().splitlines()
    assert [row[:17] for row in rows[1:]] == [f"discounts,2026-{m:02}" for m in (1, 2, 3, 4)]


def test_the_effect_is_told(root: Path) -> None:
    code, out, _ = kpi(root, "record", "repeat-rate", "2026-05", "36")
    assert code == 0
    assert out.splitlines() == [
        "Repeat rate (repeat-rate)",
        "  recorded  2026-05 in plan.yaml",
        "  value     32.4 % (2026-02) → 36 % (2026-05)",
        "  progress  24 % → 60 %",
        "  expected  16 % → 41 %",
        "  status    ◷ Stale → ● On track",
    ]


def test_a_restatement_needs_its_reason(root: Path) -> None:
    words = ("record", "repeat-rate", "2026-02", "32.6")
    assert "K201" in refused(root, *words)
    assert "--note" in refused(root, *words, "--restate")
    assert edited(root, *words, "--restate", "--note", "late returns") == {
        "plan.yaml": (
            ["      2026-02: {value: 32.4, note: new checkout}"],
            ['      2026-02: {value: 32.6, note: "new checkout; late returns"}'],
        )
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("repeat-rate", "2026-Q2", "30"), "K202"),
        (("repeat-rate", "2026-06", "30"), "K203"),
        (("repeat-rate", "2026-05", "130"), "K204"),
        (("repeat-rate", "2026-05", "32,5"), "K205"),
        (("repeat-rate", "2026-05", "nan"), "K205"),
        (("repeat-rate", "2026-13", "30"), "K014"),
        (("repeat-rate", "2026-02-03", "30"), "K303"),
        (("repeat-rate", "2026-05", "--numerator", "3"), "K012"),
        (("repeat-rate", "2025-12-31", "30", "--restate", "--note", "x"), "nothing to restate"),
        (("repeat-rate", "2026-01", "30", "--restate", "--note", "x"), "K302"),
        (("discounts", "2026-02", "8"), "K201"),
        (("lift", "2026-05", "3"), "computed"),
        (("loyal", "2026-05", "3"), "no KPI"),
        (("repeat-rat", "2026-05", "3"), "did you mean 'repeat-rate'"),
        (("repeat-rate", "2026-05"), "a value are needed"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_the_code(
    root: Path, words: tuple[str, ...], code: str
) -> None:
    assert code in refused(root, "record", *words)


def test_a_negative_value_is_no_option(root: Path) -> None:
    text = (root / "plan.yaml").read_text().replace("    bounds: [0, 100]\n", "")
    (root / "plan.yaml").write_text(text)
    assert edited(root, "record", "repeat-rate", "2026-05", "-3.5") == {
        "plan.yaml": ([], ["      2026-05: -3.5"])
    }


def test_many_are_recorded_or_none(root: Path) -> None:
    rows = "kpi,period,value,note\nrepeat-rate,2026-05,33.0,\ndiscounts,2026-05,8.0,ok\n"
    bad = rows + "discounts,2026-07,8.0,\nlift,2026-05,1,\nnope,2026-05,1,\n"
    err = refused(root, "record", "-", stdin=bad.replace("nope,2026-05,1,\n", ""))
    assert "line 4, discounts 2026-07: K203" in err
    assert "line 5, lift 2026-05" in err
    assert "no record 'nope'" in refused(root, "record", "-", stdin=bad)
    assert edited(root, "record", "-", stdin=rows) == {
        "plan.yaml": ([], ["      2026-05: 33.0"]),
        "long.csv": ([], ["discounts,2026-05,8.0,,,ok"]),
    }


@pytest.mark.parametrize(
    "text", ["", "kpi,period\n", "id,period,value\na,2026-01,1\n", 'kpi,period\n"a,2026-01\n', "x"]
)
def test_a_table_that_is_none_is_refused(root: Path, text: str) -> None:
    assert refused(root, "record", "-", stdin=text)


def test_a_file_of_values(root: Path, tmp_path: Path) -> None:
    (tmp_path / "may.txt").write_text("\ufeffkpi,period,value\r\nrepeat-rate,2026-05,33\r\n")
    assert edited(root, "record", "--file", "may.txt")["plan.yaml"][1] == ["      2026-05: 33"]


def test_the_first_actual_opens_the_block(root: Path) -> None:
    (root / "long.csv").unlink()
    assert edited(root, "record", "discounts", "2026-05", "8") == {
        "plan.yaml": ([], ["    actuals:", "      2026-05: 8"])
    }


def test_a_table_a_kpi_names_is_filled(tmp_path: Path) -> None:
    plan = (
        "kpis:\n  a: {name: A, actuals: {files: [{file: t.csv, period: month, value: a,"
        " where: {shop: x}}]}}\n  b: {name: B, actuals: {files: [{file: t.csv, period: month,"
        " value: b, where: {shop: x}}]}}\n"
    )
    table = 'month,shop,a,b\r\n"2026-01","x","1","2"\r\n2026-01,y,7,8\r\n'
    files = {"kpi.yaml": "version: 1\n", "plan.yaml": plan, "t.csv": table}
    root = workspace(tmp_path, files)
    edited(root, "record", "a", "2026-02", "3")
    edited(root, "record", "b", "2026-02", "4")
    assert (root / "t.csv").read_bytes().decode() == table.replace(
        '"2026-01","x","1","2"\r\n', '"2026-01","x","1","2"\r\n"2026-02","x","3","4"\r\n'
    )


def test_every_edit_has_a_dry_run(root: Path) -> None:
    commands = [
        ("record", "repeat-rate", "2026-05", "33"),
        ("check-in", "loyal", "--status", "on_track"),
        ("new", "kpi", "nps", "--name", "NPS"),
        ("rename", "repeat-rate", "again"),
        ("retire", "discounts", "--reason", "x"),
        ("move", "discounts", "--to", "other.yaml"),
        ("fmt",),
    ]
    before = contents(root)
    for words in commands:
        code, out, err = kpi(root, *words, "--dry-run")
        assert code == 0, err
        assert out.startswith("--- "), words
        assert "\n@@ " in out
    assert contents(root) == before
    assert not (root / ".kpi").exists()


def test_the_machine_format_tells_the_files(root: Path) -> None:
    import json

    _, out, _ = kpi(root, "rename", "minh", "binh", "--format", "json")
    said = json.loads(out)
    assert said["schema"] == "kpi-edit/1"
    assert (said["written"], said["files"]) == (True, ["plan.yaml"])


# --- check-in, new, retire, move ----------------------------------------------------------------


def test_a_check_in_is_the_owners_word(root: Path) -> None:
    words = ("--status", "at_risk", "--note", "Carrier strike", "--confidence", "0.60")
    assert edited(root, "check-in", "repeat-rate", *words) == {
        "plan.yaml": (
            [],
            [
                "    check_ins:",
                "      - {on: 2026-05-31, by: minh, status: at_risk, confidence: 0.60, "
                "note: Carrier strike}",
            ],
        )
    }
    second = edited(root, "check-in", "repeat-rate", "--note", "ok", "--by", "lan")
    assert second == {"plan.yaml": ([], ["      - {on: 2026-05-31, by: lan, note: ok}"])}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("repeat-rate", "--status", "green"), "K015"),
        (("repeat-rate", "--status", "on_track", "--confidence", "70"), "0 to 1"),
        (("repeat-rate", "--status", "on_track", "--on", "2026-06-30"), "after"),
        (("repeat-rate", "--status", "on_track", "--by", "loyal"), "K104"),
        (("minh", "--status", "on_track"), "KPIs and objectives"),
        (("repeat-rate",), "--status or --note"),
    ],
)
def test_a_check_in_that_cannot_be(root: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(root, "check-in", *words)


def test_a_new_record_stands_beside_its_kin(root: Path) -> None:
    workspace(root, {"more/people.yaml": "people:\n  an: {name: An, team: x}\n"})
    new = ("new", "kpi", "--name", "Tỷ lệ: mới", "--objective", "loyal", "--owner", "lan")
    before = (root / "plan.yaml").read_text()
    edited(root, *new, "--target", "{at_least: 3}", "--unit", "%")
    assert (root / "plan.yaml").read_text() == before + (
        "\n  ty-le-moi:\n"
        '    name: "Tỷ lệ: mới"\n'
        "    objective: loyal\n"
        "    owner: lan\n"
        '    unit: "%"\n'
        "    target: {at_least: 3}\n"
    )
    person = edited(root, "new", "person", "bao", "--name", "2026")
    assert person == {"plan.yaml": ([], ['  bao: {name: "2026"}'])}
    into = edited(root, "new", "person", "--name", "Chi", "--into", "more/people.yaml")
    assert into == {"more/people.yaml": ([], ["  chi: {name: Chi}"])}


@pytest.mark.parametrize("kind", ["team", "initiative", "action", "recognition", "review", "term"])
def test_every_kind_of_record_can_be_made(root: Path, kind: str) -> None:
    fields = {
        "team": ("--name", "Sales"),
        "recognition": ("--to", "[minh]", "--text", "Well done"),
        "review": ("--kind", "monthly"),
        "term": ("--term", "NPS", "--means", "Net promoter score"),
    }.get(kind, ("--title", "A thing"))
    assert kpi(root, "new", kind, *fields)[0] == 0
    code, out, _ = kpi(root, "rename", _new_id(root), "other-id")
    assert code == 0, out


def _new_id(root: Path) -> str:
    from kpi_cli.source import load

    known = {"lan", "minh", "loyal", "repeat-rate", "discounts", "lift"}
    ids = {name for body in load((root / "plan.yaml").read_bytes()).data.values() for name in body}
    return next(iter(ids - known))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("kpi", "lan", "--name", "x"), "K101"),
        (("kpi", "Lan", "--name", "x"), "K013"),
        (("kpi", "x", "--nme", "x"), "K010"),
        (("kpi", "x", "--name", "x", "--objective", "loyall"), "K102"),
        (("kpi", "x", "--name", "x", "--frequency", "hourly"), "K015"),
        (("kpi", "x"), "K012"),
        (("kpa", "x"), "did you mean 'kpi'"),
        (("kpi", "x", "--name"), "needs a value"),
        (("kpi", "x", "--name", "x", "--into", "../x.yaml"), "inside the workspace"),
        (("kpi", "x", "--name", "x", "--into", "x.txt"), "plan file"),
    ],
)
def test_a_record_that_cannot_be(root: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(root, "new", *words)


def test_a_retired_kpi_leaves_its_traces(root: Path) -> None:
    code, _, err = kpi(root, "retire", "discounts", "--reason", "gone", "--replaced-by", "lift")
    assert code == 0
    assert "'repeat-rate' still names it under `guardrails`" in err
    assert "'lift' still names it under `formula`" in err
    text = (root / "plan.yaml").read_text()
    marked = "    status: retired\n    retired: {on: 2026-05-31, reason: gone, replaced_by: lift}\n"
    assert f"    target: {{at_most: 9}}\n{marked}" in text
    for other in ("repeat-rate", "lift"):
        code, _, err = kpi(root, "retire", other, "--reason", "gone")
    assert "'loyal' has no KPI any more" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("loyal", "--reason", "x"), "only KPIs"),
        (("discounts", "--reason", " "), "K307"),
        (("discounts", "--reason", "x", "--replaced-by", "discounts"), "K103"),
        (("discounts", "--reason", "x", "--replaced-by", "lan"), "K103"),
    ],
)
def test_a_retirement_that_cannot_be(root: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(root, "retire", *words)


def test_a_record_moves_with_its_comments(root: Path) -> None:
    workspace(root, {"four.yaml": "kpis:\r\n    x:\r\n        name: X\r\n"})
    before = (root / "plan.yaml").read_text()
    assert kpi(root, "move", "repeat-rate", "--to", "four.yaml")[0] == 0
    start, end = before.index("  repeat-rate:\n"), before.index("  discounts:")
    block = before[start:end].rstrip("\n") + "\n"
    assert (root / "plan.yaml").read_text() == before[:start] + before[end:]
    shifted = "".join(f"  {line}\r\n" for line in block.splitlines())
    moved = (root / "four.yaml").read_bytes().decode()
    assert moved == "kpis:\r\n    x:\r\n        name: X\r\n\r\n" + shifted
    assert kpi(root, "move", "repeat-rate", "--to", "plan.yaml")[0] == 0
    assert block in (root / "plan.yaml").read_text()


def test_a_rename_follows_the_id_and_no_text(root: Path) -> None:
    assert edited(root, "rename", "discounts", "given-away") == {
        "plan.yaml": (
            ["    guardrails: [discounts]", "  discounts:", "    formula: repeat-rate - discounts"],
            [
                "    guardrails: [given-away]",
                "  given-away:",
                "    formula: repeat-rate - given-away",
            ],
        ),
        "long.csv": (
            [row for row in ROWS if row],
            [row.replace("discounts", "given-away") for row in ROWS if row],
        ),
    }
    assert edited(root, "rename", "repeat-rate", "rr")["plan.yaml"][1] == [
        "  rr:",
        "    formula: rr - given-away",
    ]
    assert "# repeat-rate is also said in texts" in (root / "plan.yaml").read_text()


ROWS = [
    "discounts,2026-01,8.10,,,",
    'discounts,2026-02,8.4,,,"a, b"',
    "discounts,2026-04,8.3,,,",
]


@pytest.mark.parametrize(("new", "code"), [("lan", "K101"), ("Lan", "K013"), ("min", "K013")])
def test_an_id_that_cannot_be(root: Path, new: str, code: str) -> None:
    assert code in refused(root, "rename", "discounts", new)


def test_a_file_with_faults_stops_a_rename_that_needs_it(root: Path) -> None:
    workspace(root, {"bad.yaml": "kpis:\n  a: {name: A, owner: minh}\n  a: {name: B}\n"})
    assert "bad.yaml:3" in refused(root, "rename", "minh", "binh")
    assert edited(root, "rename", "discounts", "given-away")
