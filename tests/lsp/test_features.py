"""Each feature by value: what was seen of a workspace and a place in, what is shown out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_cli.checks.references import references
from kpi_cli.edit.fixing import mended
from kpi_cli.edit.ids import WAYS
from kpi_cli.errors import CannotRun
from kpi_cli.lsp.actions import Action, actions
from kpi_cli.lsp.changes import Change, changes
from kpi_cli.lsp.completion import complete
from kpi_cli.lsp.hover import hover
from kpi_cli.lsp.ids import definition, everywhere, id_at
from kpi_cli.lsp.lenses import lenses
from kpi_cli.lsp.links import sections_of
from kpi_cli.lsp.pages import page, page_file
from kpi_cli.lsp.renaming import rename
from kpi_cli.lsp.schema import keys_at, meaning_of, words_at
from kpi_cli.lsp.seen import Score, Seen
from kpi_cli.lsp.symbols import symbols
from kpi_cli.plan import load_plan
from kpi_cli.source import Mark
from kpi_cli.workspace import DiskTree
from tests.house.tree import ROOT
from tests.lsp.kit import PLAN, file_of, seen_of, spot, workspace


def place(text: str, word: str, within: int = 1) -> tuple[int, int]:
    """Line and column (from 0) of a word's first occurrence."""
    at = text.index(word) + within
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1


def typed(root: Path, text: str) -> list[str]:
    """What is proposed at the `‸` of a plan."""
    whole, line, column = spot(text)
    seen = seen_of(root, plan=whole)
    return [item.label for item in complete(seen, file_of(seen), line, column)]


# hover


def shown(seen: Seen, word: str, within: int = 1) -> str:
    file = file_of(seen)
    line, column = place(file.raw.decode(), word, within)
    found = hover(seen, file, line, column)
    return found[0] if found else ""


def test_a_hover_over_an_id_tells_the_number_the_status_and_the_way(tmp_path: Path) -> None:
    seen = seen_of(workspace(tmp_path))
    told = shown(seen, "orders:")
    assert told.splitlines()[0] == "**Orders** `orders`"
    assert "● On track" in told
    assert "150 → 200" in told
    assert "50 %, 41 % due" in told
    assert "▁▃▄▇█" in told
    assert "owner: Trần Minh" in told
    assert "Khách quay lại" in shown(seen, "objective: loyal", 13)
    assert "manager: Nguyễn Thị Lan" in shown(seen, "owner: minh", 8)
    assert "part of" not in shown(seen, "team: shop", 7)
    assert "people: Nguyễn Thị Lan and Trần Minh" in shown(seen, "team: shop", 7)
    assert "**Orders** `orders`" in shown(seen, "formula: orders", 10)


def test_a_hover_over_a_key_or_a_word_tells_what_it_means(tmp_path: Path) -> None:
    text = PLAN.replace(
        "    source:", "    frequency: monthly  # kpi: ignore[K102] -- x\n    source:", 1
    )
    seen = seen_of(workspace(tmp_path), plan=text)
    assert (
        shown(seen, "baseline:")
        == "`baseline`: Where it began: a number, or `{value, date, note}`."
    )
    assert shown(seen, "increase") == "`increase`: more is better"
    assert shown(seen, "monthly") == "`monthly`: every month"
    assert shown(seen, "K102").startswith("**K102 unknown-objective**")
    assert shown(seen, "𝄞 she") == ""


def test_data_is_no_markup_in_a_hover(tmp_path: Path) -> None:
    evil = PLAN.replace("name: Orders\n", 'name: "<b>[x](http://y)</b> `z`"\n')
    told = shown(seen_of(workspace(tmp_path), plan=evil), "orders:")
    assert "<b>" not in told
    assert "[x](" not in told


# completion

RECORD = "objectives:\n  loyal: {title: T, owner: lan, team: shop}\nkpis:\n  a:\n    name: A\n"


@pytest.mark.parametrize(
    ("text", "first", "never"),
    [
        ("    owner: ‸", ["lan", "minh"], "shop"),
        ("    owner: m‸", ["lan", "minh"], "shop"),
        ("    team: ‸", ["shop"], "lan"),
        ("    objective: ‸", ["loyal"], "a"),
        ("    objective:\n      - ‸", ["loyal"], "a"),
        ("    objective: {objective: ‸}", ["loyal"], "a"),
        ("    frequency: ‸", ["daily", "weekly", "monthly"], "lan"),
        ("    direction: ‸", ["increase", "decrease"], "lan"),
        ("    unit: ‸", ["pallet", "%", "count"], "lan"),
        ("    perspective: ‸", ["customer"], "lan"),
        ("    ‸", ["objective", "owner", "contributors"], "name"),
        ("    fre‸\n    weight: 2", ["objective", "owner", "contributors"], "name"),
        ("    target: {‸}", ["value", "at_least", "tolerance"], "name"),
        ("    source: {‸}", ["manual", "sql", "query"], "name"),
        ("    check_ins:\n      - on: 2026-05-01\n        ‸", ["on", "by"], "name"),
        ("    check_ins: [{on: 2026-05-01, by: ‸}]", ["lan", "minh"], "shop"),
        ("    actuals:\n      ‸", ["files", "2026-05"], "lan"),
        ("    start: ‸", ["2026-05-31"], "lan"),
        ("    ignore: [{code: ‸}]", ["K001", "K002"], "lan"),
        ("    # kpi: ignore[K1‸]", ["K001", "K002"], "lan"),
        ("    name: A  # a ‸", [], "lan"),
        ("    why: |\n      owner: ‸", [], "lan"),
        ("  b:\n    name: B\n    formula: a + ‸", ["a"], "b"),
        ("  b: {name: B, part_of: ‸}", ["a"], "b"),
        ("initiatives:\n  i: {title: T, people_days: {‸}}", ["lan", "minh"], "shop"),
        ("‸", ["teams", "people", "initiatives"], "kpis"),
    ],
)  # fmt: skip
def test_what_fits_the_place_is_proposed(
    tmp_path: Path, text: str, first: list[str], never: str
) -> None:
    found = typed(workspace(tmp_path), RECORD + text)
    assert found[: len(first)] == first or not first == found == []
    assert never not in found


def test_settings_are_completed_too(tmp_path: Path) -> None:
    whole, line, column = spot("version: 1\nchecks: {profile: ‸}\n")
    seen = seen_of(workspace(tmp_path), kpi=whole)
    found = complete(seen, file_of(seen, "kpi.yaml"), line, column)
    assert [item.label for item in found] == ["kpi", "okr", "strict"]
    assert found[0].detail == "the rules as they are"


@pytest.mark.parametrize(
    ("text", "label", "becomes"),
    [
        ("    owner:‸", "minh", "    owner: minh"),
        ("    owner: l‸an  # x", "minh", "    owner: minh  # x"),
        ("    unit: ‸", "%", '    unit: "%"'),
        ("    own‸", "owner", "    owner: "),
        ("    own‸: lan", "owner", "    owner: lan"),
        ("    check‸", "check_ins", "    check_ins:"),
        ("  b: {name: B, check‸}", "check_ins", "  b: {name: B, check_ins: }"),
        ("  b: {name: B, formula: 1 + ( ‸ )}", "a", "  b: {name: B, formula: 1 + ( a )}"),
        ("    actuals: {‸}", "2026-05", "    actuals: {2026-05: }"),
    ],
)
def test_a_proposal_taken_is_what_was_meant(
    tmp_path: Path, text: str, label: str, becomes: str
) -> None:
    whole, line, column = spot(RECORD + text)
    seen = seen_of(workspace(tmp_path), plan=whole)
    item = next(i for i in complete(seen, file_of(seen), line, column) if i.label == label)
    here = whole.split("\n")[item.mark.line - 1]
    made = here[: item.mark.column - 1] + item.text + here[item.mark.end_column - 1 :]
    assert made == becomes


def test_every_link_of_the_format_knows_what_it_names() -> None:
    for section, ways in WAYS.items():
        for way in ways:
            steps = [step for step in way.split(".") if step not in "*@"]
            assert sections_of((section, "id", *steps)), (section, way)
    plan = load_plan(DiskTree(ROOT / "examples" / "harbour-foods")).plan
    for record in plan.records():
        for found in references(record):
            steps = [step for step in found.route if isinstance(step, str)]
            if found.part == "key":
                steps.pop()
            assert sections_of((record.section, record.id, *steps)) == found.sections


def test_the_schema_answers_for_keys_words_and_lists() -> None:
    assert "lag_days" in [key.text for key in keys_at("a.yaml", ("kpis", "a", "leads"))]
    assert (
        meaning_of("a.yaml", ("kpis", "a", "owner")) == "Id of the one person who answers for it."
    )
    assert meaning_of("kpi.yaml", ("checks", "fail_on")).startswith("From which severity")
    assert [w.text for w in words_at("a.yaml", ("kpis", "a", "target", "done"))] == ["true"]
    assert keys_at("a.yaml", ("kpis", "a", "name", "deeper")) == ()
    assert meaning_of("a.yaml", ()) == ""


# ids


def test_definitions_and_references_are_exact(tmp_path: Path) -> None:
    seen = seen_of(workspace(tmp_path))
    file = file_of(seen)
    line, column = place(PLAN, "owner: lan", 8)
    here = id_at(file, line, column)
    assert here
    assert here.id == "lan"
    assert not here.defines
    found = everywhere(seen.tree, "lan")
    assert [(one.path, one.mark.line, one.defines) for one in found] == [
        ("people.yaml", 2, False), ("people.yaml", 4, True), ("people.yaml", 5, False),
        ("plan.yaml", 4, False),
    ]  # fmt: skip
    assert definition(seen.tree, "lan") == [found[1]]
    formula = [one.mark for one in everywhere(seen.tree, "orders") if one.mark.line == 21]
    assert len(formula) == 2
    assert all(PLAN.split("\n")[20][m.column - 1 : m.end_column - 1] == "orders" for m in formula)


def test_a_word_of_a_text_is_no_id(tmp_path: Path) -> None:
    seen = seen_of(workspace(tmp_path), plan=PLAN.replace("name: Orders\n", "name: ask lan\n"))
    file = file_of(seen)
    assert id_at(file, *place(file.raw.decode(), "ask lan", 5)) is None
    assert id_at(file, *place(file.raw.decode(), "# 𝄞 she", 3)) is None


def test_a_rename_follows_the_buffers_not_the_disk(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    seen = seen_of(root, plan=PLAN.replace("owner: minh", "owner: lan", 1))
    found = rename(seen, "lan", "mai")
    assert [(c.path, c.mark.line) for c in found] == [
        ("people.yaml", 2), ("people.yaml", 4), ("people.yaml", 5),
        ("plan.yaml", 4), ("plan.yaml", 11),
    ]  # fmt: skip
    with pytest.raises(CannotRun, match="used already"):
        rename(seen, "lan", "minh")
    with pytest.raises(CannotRun, match="is not an id"):
        rename(seen, "lan", "Mai Lan")


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("a: x\nb: ắx\n", "a: x\nb: ắyy\n", [((2, 5, 2, 6), "yy")]),
        ("a\n", "a\n", []),
        ("a\nb\nc\n", "a\nc\n", [((2, 1, 3, 1), "")]),
        ("a\nc\n", "a\nb\nc\n", [((2, 1, 2, 1), "b\n")]),
        ("aa\n", "aaa\n", [((1, 3, 1, 3), "a")]),
    ],
)
def test_changes_are_small(
    before: str, after: str, wanted: list[tuple[tuple[int, int, int, int], str]]
) -> None:
    found = changes("p", before.encode(), after.encode())
    assert found == [Change("p", Mark(*span), text) for span, text in wanted]


# actions


def taken(text: str, action: Action) -> str:
    """The text with an action's changes made."""
    lines = text.split("\n")
    for change in action.changes:
        mark = change.mark
        tail = "\n".join([lines[mark.end_line - 1][mark.end_column - 1 :], *lines[mark.end_line :]])
        head = "\n".join([*lines[: mark.line - 1], lines[mark.line - 1][: mark.column - 1]])
        lines = (head + change.text + tail).split("\n")
    return "\n".join(lines)


def offered(root: Path, text: str, word: str) -> dict[str, Action]:
    """The actions on the line of a word, by title."""
    seen = seen_of(root, plan=text)
    line, _ = place(text, word)
    return {one.title: one for one in actions(seen, file_of(seen), line, line)}


def test_a_safe_fix_is_offered_and_the_whole_file_too(tmp_path: Path) -> None:
    text = PLAN.replace("unit: count\n", "unit: pcs\n").replace("2026-01-01", "2026/1/1")
    found = offered(workspace(tmp_path), text, "2026/1/1")
    title = next(title for title in found if title.startswith("Fix K014"))
    assert taken(text, found[title]) == text.replace("2026/1/1", "2026-01-01")
    assert found[title].preferred
    assert "Make all safe fixes in this file" in found


def test_the_word_that_was_meant_is_offered(tmp_path: Path) -> None:
    text = PLAN.replace("owner: minh", "owner: mihn", 1)
    found = offered(workspace(tmp_path), text, "mihn")
    assert taken(text, found["Write 'minh'"]) == PLAN
    text = PLAN.replace("owner: minh", "ownr: minh", 1)
    assert taken(text, offered(tmp_path, text, "ownr")["Write 'owner'"]) == PLAN


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_ignore_sets_aside_once_its_reason_is_written(tmp_path: Path, newline: str) -> None:
    text = PLAN.replace("owner: minh", "owner: mihn", 1).replace("\n", newline)
    root = workspace(tmp_path)
    found = offered(root, text, "mihn")
    ignored = taken(text, found["Ignore K104 here, with a reason"])
    assert f"    # kpi: ignore[K104] -- {newline}    owner: mihn" in ignored
    left = [finding.code for finding in seen_of(root, plan=ignored).findings]
    assert "K104" not in left
    assert "X902" in left
    reasoned = ignored.replace("-- ", "-- he comes in June", 1)
    left = [finding.code for finding in seen_of(root, plan=reasoned).findings]
    assert not {"K104", "X902", "X901"} & set(left)


def test_a_second_ignore_joins_the_first(tmp_path: Path) -> None:
    text = PLAN.replace("    owner: minh", "    # kpi: ignore[K105] -- x\n    owner: mihn", 1)
    found = offered(workspace(tmp_path), text, "mihn")
    assert "# kpi: ignore[K105, K104] -- x" in taken(text, found["Ignore K104 here, with a reason"])


def test_an_ignore_of_a_row_stands_above_the_record(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "kpi.yaml").write_text('version: 1\nactuals: ["*.csv"]\n', encoding="utf-8")
    (root / "rows.csv").write_text("kpi,period,value\norders,2027-05,9\n", encoding="utf-8")
    seen = seen_of(root)
    found = actions(seen, file_of(seen, "rows.csv"), 1, 1)
    (one,) = [action for action in found if action.title.startswith("Ignore K203")]
    assert [(c.path, c.mark.line) for c in one.changes] == [("plan.yaml", 8)]


def test_nothing_sets_aside_what_is_no_yaml(tmp_path: Path) -> None:
    text = PLAN.replace("name: Orders\n", "name: [Orders\n")
    assert not [t for t in offered(workspace(tmp_path), text, "name: [") if t.startswith("Ignore")]


# outline, lenses, pages


def test_the_outline_holds_every_record_of_a_broken_file_too(tmp_path: Path) -> None:
    text = PLAN.replace("name: Orders\n", "name: [Orders\n") + "people: {an: {name: An}}\n"
    found = symbols(file_of(seen_of(workspace(tmp_path), plan=text)))
    assert [(one.name, [below.name for below in one.below]) for one in found] == [
        ("objectives", ["loyal"]), ("kpis", ["orders", "per-head"]), ("people", ["an"]),
    ]  # fmt: skip
    objectives = found[0]
    assert objectives.below[0].detail == "Khách quay lại 𝄞"
    assert objectives.below[0].whole == Mark(2, 1, 6, 19)
    for section in found:
        for one in section.below:
            assert (section.whole.line, section.whole.end_line) >= (0, one.whole.end_line)
            assert one.whole.line <= one.mark.line <= one.whole.end_line


def test_a_lens_tells_where_each_record_stands(tmp_path: Path) -> None:
    seen = seen_of(workspace(tmp_path))
    score = Score(72, "S 90, M 100, A 70, R 80, T 95", "+9: add `<when_red>`")
    assert lenses(seen, file_of(seen), {"orders": score})[1].title.endswith("█ · SMART 72")
    file = file_of(seen)
    told = hover(seen, file, *place(PLAN, "orders:"), {"orders": score})
    assert told
    assert "SMART 72: S 90, M 100" in told[0]
    assert "cheapest fix: +9: add \\`&lt;when\\_red&gt;\\`" in told[0]
    found = lenses(seen, file, {})
    assert [lens.mark.line for lens in found] == [2, 8, 21]
    assert found[0].title == "● On track · 75 %, 71 % due · ● 2"
    assert found[1].title == "● On track · 150 → 200 · 50 %, 41 % due · ▁▃▄▇█"


def test_the_page_of_a_rule_is_written_once(tmp_path: Path) -> None:
    address = page_file(tmp_path / "rules", "K104")
    assert address == (tmp_path / "rules" / "K104.md").as_uri()
    assert (tmp_path / "rules" / "K104.md").read_text(encoding="utf-8") == page("K104")
    assert page("K104").startswith("# K104 unknown-person\n")
    assert "```yaml" in page("K104")
    assert page_file(None, "K104") is None
    assert page_file(tmp_path, "K999") is None
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert page_file(tmp_path / "file", "K104") is None
    assert mended(b"", []) == (b"", 0)
