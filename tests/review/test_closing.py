"""What a meeting decided, written back: every other byte stays, every fault in one run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.edit.minutes import plain, read_minutes
from kpi_cli.edit.outcome import outcome_of
from kpi_cli.render.markdown import text
from tests.edit.kit import changed_lines, contents, kpi, workspace
from tests.review.shop import FILES, PLAN

ID = "2026-05-monthly"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path, FILES)


def close(root: Path, *words: str) -> tuple[int, str, str]:
    return kpi(root, "review", "close", ID, *words)


def diff(root: Path) -> tuple[list[bytes], list[bytes]]:
    return changed_lines(PLAN.encode(), (root / "plan.yaml").read_bytes())


def test_options_become_records(root: Path) -> None:
    code, out, _ = close(
        root, "--decision", "Two tills", "--owner", "bo", "--due", "2026-06-15", "--kpi", "calls",
        "--action", "Ring them all", "--kpi", "calls", "--owner", "bo", "--due", "2026-06-20",
        "--cause", "capacity", "--expected", "+3", "--done", "old-van", "--present", "an, chi",
    )  # fmt: skip
    assert code == 0
    assert out == (
        "2026-05-monthly is closed in plan.yaml: 1 decision, 1 new action and 1 action ended "
        "(ring-them-all)\n"
    )
    gone, come = diff(root)
    assert gone == [
        b"  old-van: {title: Mend the old van, kpi: late, owner: chi, opened: 2026-04-02, "
        b"due: 2026-05-20}"
    ]
    assert b"    present: [an, chi]" in come
    assert b"    closed: 2026-05-31" in come
    assert any(b"ring-them-all" in line and b"opened: 2026-05-31" in line for line in come)
    assert any(b"text: Two tills, kpi: calls, owner: bo, due: 2026-06-15" in line for line in come)
    shown = json.loads(kpi(root, "review", ID, "--format", "json")[1])
    assert shown["meeting"]["closed"] == "2026-05-31"
    assert shown["decisions"][0]["text"] == "Two tills"


def test_a_dry_run_shows_the_diff_and_writes_nothing(root: Path) -> None:
    before = contents(root)
    code, out, _ = close(
        root, "--decision", "So", "--owner", "an", "--due", "2026-07-01", "--dry-run"
    )
    assert code == 0
    assert "+    closed: 2026-05-31" in out
    assert contents(root) == before


def test_every_fault_in_one_run(root: Path) -> None:
    before = contents(root)
    code, out, err = close(
        root, "--decision", "No owner", "--due", "2026-02-30", "--decision", "Who", "--owner",
        "bob", "--due", "2026-05-01", "--action", "Do", "--cause", "bad", "--done", "old-vam",
        "--owner", "an", "--nonsense", "x", "--on", "2026-06-30", "--present", "an,xu",
    )  # fmt: skip
    assert (code, out) == (2, "")
    for said in (
        "--decision 1 “No owner”: it has no owner",
        "'2026-02-30' is not a date",
        "there is no person 'bob'; did you mean 'bo'",
        "due 2026-05-01 is before the meeting",
        "--action “Do”: it has no kpi and no due",
        "K015: cause 'bad'",
        "there is no action 'old-vam'; did you mean 'old-van'",
        "there is no option --nonsense",
        "a meeting to come is not closed",
        "there is no person 'xu'",
        "nothing was written",
    ):
        assert said in err, said
    assert contents(root) == before


def test_a_review_is_closed_once(root: Path) -> None:
    assert close(root)[0] == 0
    code, _, err = close(root, "--notes", "More")
    assert code == 2
    assert "was closed on 2026-05-31; change it in plan.yaml" in err


def test_a_review_nobody_wrote_down_needs_a_kind(root: Path) -> None:
    code, _, err = kpi(root, "review", "close", "2026-06-weekly")
    assert (code, "there is no review '2026-06-weekly'" in err) == (2, True)
    told = ("--kind", "weekly", "--notes", "All well", "--on", "2026-05-30")
    assert kpi(root, "review", "close", "2026-06-weekly", *told)[0] == 0
    gone, come = diff(root)
    assert gone == []
    assert b"    on: 2026-05-30" in come
    assert b"    notes: All well" in come
    code, _, err = kpi(root, "review", "close", "calls")
    assert "is in `kpis` and no review" in err


def test_a_meeting_planned_for_later_is_held_when_it_is_closed(root: Path) -> None:
    later = PLAN.replace("    on: 2026-05-31", "    on: 2026-06-05")
    (root / "plan.yaml").write_text(later, encoding="utf-8")
    assert close(root)[0] == 0
    assert "    on: 2026-05-31\n    kind: monthly\n    closed: 2026-05-31" in (
        root / "plan.yaml"
    ).read_text(encoding="utf-8")


def filled(root: Path, **swap: str) -> Path:
    """The minutes of the meeting, with some of their lines replaced."""
    page = kpi(root, "review", ID, "--format", "markdown")[1]
    for old, new in swap.items():
        assert MARKS[old] in page, old
        page = page.replace(MARKS[old], new, 1)
    path = root.parent / f"{root.name}-minutes.md"
    path.write_text(page, encoding="utf-8")
    return path


MARKS = {
    "first": "* [ ] A: Do it as proposed",
    "second": "* [ ] A: Do what was agreed",
    "another": "* [ ] B: Do it in another way",
    "old_van": "* [ ] `old-van`",
    "an": "* [ ] `an`",
    "notes": "<!-- notes -->\n",
    "further": "* [ ] … | owner: | due: | kpi:",
    "fresh": "* [ ] … | kpi: | owner: | due: | cause: | expected:",
}


def test_minutes_that_nobody_filled_in_only_close_the_review(root: Path) -> None:
    assert close(root, "--minutes", str(filled(root)))[0] == 0
    assert diff(root) == ([], [b"    closed: 2026-05-31"])


def test_filled_in_minutes_become_records(root: Path) -> None:
    path = filled(
        root,
        first="* [x] A: Do it as proposed",
        second="* [X] A: Do what was agreed",
        old_van="* [x] `old-van`",
        an="* [x] `an`",
        notes="<!-- notes -->\n\nIt rained *hard* & long.\n",
        further="* [x] A bigger sign | owner: an | due: 2026-08-01",
        fresh="* [x] Paint it | kpi: calls | owner: bo | due: 2026-07-01 | cause: quality",
    )
    code, out, err = close(root, "--minutes", str(path))
    assert (code, err.count("error")) == (0, 0)
    assert "3 decisions, 1 new action and 1 action ended (paint-it)" in out
    text_ = (root / "plan.yaml").read_text(encoding="utf-8")
    for line in (
        "A third shift: Do it as proposed",
        "What to do about Calls: Do what was agreed for this case: Ring twice",
        "A bigger sign",
        "It rained *hard* & long.",
        "present: [an]",
    ):
        assert line in text_, line
    assert "    title: A third shift   # since spring" in text_


def test_faults_of_minutes_name_their_lines(root: Path) -> None:
    path = filled(
        root, first="* [x] A: Do it as proposed", another="* [x] B: Do it in another way",
        further="* [x] Nobody does it | due: soon",
    )  # fmt: skip
    _, _, err = close(root, "--minutes", str(path))
    assert "2 ways are ticked; leave one" in err
    assert "“Nobody does it”: it has no owner" in err
    assert "'soon' is not a date" in err
    alone = filled(root, another="* [x] B: Do it in another way")
    assert "say behind `decision:` how" in close(root, "--minutes", str(alone))[2]


def test_minutes_of_another_meeting_are_refused(root: Path) -> None:
    path = filled(root)
    other = kpi(root, "review", "close", "2026-04-monthly", "--minutes", str(path))
    assert "the minutes are those of '2026-05-monthly', not of '2026-04-monthly'" in other[2]
    path.write_text("# Hello\n", encoding="utf-8")
    assert "has no line `<!-- kpi-minutes/1 ID -->`" in close(root, "--minutes", str(path))[2]
    assert "cannot read nowhere.md" in close(root, "--minutes", "nowhere.md")[2]


def test_minutes_in_vietnamese_are_read_back_too(root: Path) -> None:
    page = kpi(root, "review", ID, "--format", "markdown", "--lang", "vi")[1]
    page = page.replace("* [ ] A:", "* [x] A:").replace("* [ ] `old-van`", "* [x] `old-van`")
    told = read_minutes(page)
    assert told.review == ID
    assert told.done == ("old-van",)
    assert [entry.fields["owner"] for entry in told.decisions][:2] == ["chi", "bo"]
    assert told.faults == ()


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z")), max_size=40))
def test_data_comes_back_from_markdown_as_it_was(data: str) -> None:
    assert plain(text(data)) == data


HOSTILE = "Sell | (all) **it** [x] <b> `now` #7 @you _or_ keep: 50 % (half)"


def test_hostile_words_come_back_as_they_were(tmp_path: Path) -> None:
    plan = PLAN.replace("title: A third shift   # since spring", f"title: '{HOSTILE}'")
    plan = plan.replace("when_red: Ring twice", f"when_red: '{HOSTILE}'")
    root = workspace(tmp_path / "hostile", {**FILES, "plan.yaml": plan})
    page = kpi(root, "review", ID, "--format", "markdown")[1]
    told = read_minutes(page.replace("* [ ] A:", "* [x] A:"))
    assert told.faults == ()
    assert told.decisions[0].text == f"{HOSTILE}: Do it as proposed"
    assert told.decisions[1].text.endswith(f"agreed for this case: {HOSTILE}")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(junk: str) -> None:
    page = f"<!-- kpi-minutes/1 x -->\n## A <!-- wanted -->\n### 1. B\n{junk}\n"
    assert read_minutes(junk).review is None or "kpi-minutes" in junk
    assert read_minutes(page).review == "x"


def test_fields_belong_to_what_stands_before_them() -> None:
    told = outcome_of(
        ["--decision=A", "--owner", "x", "--action", "B", "--owner", "y", "--drop", "z"]
    )
    assert [(one.text, dict(one.fields)) for one in told.decisions] == [("A", {"owner": "x"})]
    assert [(one.text, dict(one.fields)) for one in told.actions] == [("B", {"owner": "y"})]
    assert told.dropped == ("z",)
    assert outcome_of(["--owner", "x"]).faults == (
        "--owner belongs behind the --decision or --action it is about",
    )
    assert outcome_of(["stray", "--notes"]).faults == (
        "'stray' belongs to no option", "--notes needs a value",
    )  # fmt: skip
    assert outcome_of(["--decision", "A", "--owner", "x", "--owner", "y"]).faults == (
        "--owner is given twice for the decision “A”",
    )
