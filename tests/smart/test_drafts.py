"""Sentences as drafts: fields, verdict, the record with its gaps, and the command around it."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from kpi_cli.checks.drafts import Draft, draft
from kpi_cli.cli.app import run
from kpi_cli.edit.sketching import Sketch, named, text_of
from kpi_cli.plan import load_plan
from tests.checks.bench import Files, firm, loaded

AS_OF = date(2026, 5, 31)


def made(text: str, kind: str | None = None) -> Draft:
    return draft(text, kind, None, AS_OF)  # type: ignore[arg-type]


def test_the_sentence_of_the_format_page() -> None:
    found = made("Raise CSAT from 4.1 to 4.5 by Q3")
    assert (found.kind, found.verdict, round(found.total)) == ("key_result", "pass", 100)
    assert found.fields == {
        "metric": "CSAT", "from": 4.1, "to": 4.5, "by": None, "unit": "points",
        "direction": "increase", "due": date(2026, 9, 30), "owner": None,
    }  # fmt: skip
    assert found.record == {
        "name": "CSAT", "unit": "points", "direction": "increase", "baseline": 4.1, "target": 4.5,
        "due": "2026-09-30", "status": "draft",
    }  # fmt: skip
    assert list(found.gaps) == ["objective", "owner", "definition", "source"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Reduce churn by 10%", "-10%"),
        ("Raise the pass rate by 5 percentage points", "+5pp"),
        ("Double the repeat orders", "+100%"),
        ("Cut waste in half", "-50%"),
        ("Keep p95 latency under 300 ms", {"at_most": 300}),
        ("At least 80% of users return", {"at_least": 80}),
        ("Zero fatal accidents in 2027", {"at_most": 0}),
        ("Keep stock between 20 and 10 days", {"between": [10, 20]}),
        ("Launch the shop by 2026-09-01", {"done": True}),
        ("Doanh thu đạt 1,5 tỷ đồng", 1_500_000_000),
    ],
)
def test_targets_in_the_forms_of_the_format(text: str, target: object) -> None:
    assert made(text).record["target"] == target


@pytest.mark.parametrize(
    ("text", "kind", "verdict"),
    [
        ("Raise NPS from 25 to 50", "key_result", "pass"),
        ("Improve user experience", "key_result", "fail"),
        ("App downloads", "kpi", "improve"),
        ("Families cook more often with us", "objective", "pass"),
    ],
)
def test_verdicts(text: str, kind: str, verdict: str) -> None:
    assert made(text, kind).verdict == verdict


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Cut scrap rate from 4.2% to 2.5% by 2027-06-30", True),
        ("Rate of infection", True),
        ("Rate of infection per 1,000 patient days", False),
        ("Scrap rate (of all parts cast)", False),
        ("Share of pupils who read at grade level", False),
        ("Raise GDP growth rate to 5% in 2027", False),
        ("Raise the hourly rate to $50 by 2027", False),
        ("Giảm tỷ lệ phế phẩm từ 5% xuống 2% trước ngày 31/12/2027", True),
        ("Giảm tỷ lệ phế phẩm trên tổng sản lượng từ 5% xuống 2%", False),
        ("Tăng tỷ lệ phế phẩm tái chế đạt trên 90%", True),
        ("Tỷ lệ học sinh lớp 5 đọc thông đạt 95%", False),
    ],
)
def test_a_rate_is_asked_of_how_many(text: str, speaks: bool) -> None:
    hits = {hit.code: hit for hit in made(text).hits}
    assert ("M205" in hits) is speaks
    assert not speaks or hits["M205"].severity == "info"


def test_a_total_below_what_is_asked_for_does_not_pass() -> None:
    sentence = "Raise NPS from 25 to 50"
    assert draft(sentence, "key_result", None, AS_OF).total < 100
    assert draft(sentence, "key_result", None, AS_OF, enough=100).verdict == "improve"


def test_every_record_with_its_gaps_is_a_plan_that_loads() -> None:
    sentences = [
        "Raise CSAT from 4.1/5 to 4.5 by Q3", "Improve: user # experience", "100% 'quoted' \"x\"",
        "Become the bank farmers trust", "Launch the shop by 2026-09-01", "- [a]: {b}", "…",
        "Tăng doanh thu từ 10 tỷ lên 12 tỷ đồng trước 31/12/2026", "yes", "Reduce costs by 10%",
    ]  # fmt: skip
    drafts = [made(text) for text in sentences]
    sketches = named(Sketch(d.section, d.record, d.gaps) for d in drafts)
    text = text_of(sketches)
    plan = load_plan(Files({"plan.yaml": text}))
    assert [d.message for d in plan.diagnostics] == []
    assert {sketch.id for sketch in sketches} == {*plan.plan.kpis, *plan.plan.objectives}
    assert all(kpi.status == "draft" for kpi in plan.plan.kpis.values())
    assert "    # owner: who answers for it?\n" in text


def test_each_record_gets_an_id_of_its_own() -> None:
    sketches = [Sketch("kpis", {"name": name}, {}) for name in ("CSAT", "csat", "100 %", "…")]
    assert [one.id for one in named(sketches, ["csat-2"])] == ["csat", "csat-3", "kpi-100", "draft"]


def test_with_a_plan_its_people_words_and_measures_are_known() -> None:
    plan = loaded(
        firm(
            people={"binh": {"name": "Trần Bình"}},
            glossary={"agile": {"term": "Agile", "means": "In small steps"}},
        )
    ).plan
    found = draft("Trần Bình will raise a measure to 5", None, plan, AS_OF)
    assert found.fields["owner"] == "binh"
    assert draft("A measure", "kpi", plan, AS_OF).alike == "base"
    spoken = draft("Agile teams in every city", "key_result", plan, AS_OF)
    assert "S102" not in {hit.code for hit in spoken.hits}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "kpi.yaml").write_text("version: 1\n")
    (tmp_path / "plan.yaml").write_text(
        "objectives:\n  loyal: {title: Customers come back, owner: lan, period: 2026}\n"
        "people:\n  lan: {name: Lan}\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_json_of_the_command(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["check-smart", "Raise CSAT from 4.1 to 4.5 by Q3", "--as-of", "2026-05-31"]
    assert run([*command, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["schema"], said["findings"]) == ("kpi-findings/1", [])
    (one,) = said["drafts"]
    assert {"text", "kind", "fields", "findings", "total", "verdict"} <= set(one)
    assert one["fields"]["due"] == "2026-09-30"
    assert one["verdict"] == "pass"


def test_text_says_what_to_write_instead(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check-smart", "Improve service quality", "--kind", "goal"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("fail ")
    assert "defects per thousand units" in out
    assert "# target: how far? A number" in out


def test_into_appends_a_draft_below_the_objective(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["check-smart", "Raise CSAT from 4.1 to 4.5 by Q3", "--as-of", "2026-05-31"]
    assert run([*command, "--into", "drafts.yaml", "--objective", "loyal"]) == 0
    assert run([*command, "--into", "drafts.yaml", "--objective", "loyal"]) == 0
    text = (shop / "drafts.yaml").read_text()
    assert "  csat:\n    name: CSAT\n    objective: loyal\n    # owner: who answers" in text
    assert "  csat-2:\n" in text
    assert "'csat-2' is in drafts.yaml" in capsys.readouterr().err
    assert run(["validate", "--as-of", "2026-05-31"]) == 0


def test_an_unknown_objective_writes_nothing(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["check-smart", "Raise CSAT to 4.5", "--into", "drafts.yaml", "--objective", "loyl"]
    assert run(command) == 2
    assert "did you mean 'loyal'" in capsys.readouterr().err
    assert not (shop / "drafts.yaml").exists()


def test_outside_of_a_workspace_a_sentence_is_judged_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["check-smart", "Raise NPS from 25 to 50", "--as-of", "2026-05-31"]) == 0
    assert "target: 50" in capsys.readouterr().out
    assert run(["check-smart", "Raise NPS from 25 to 50", "--into", "x.yaml"]) == 2


def test_markdown_holds_no_markup_of_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(["check-smart", "Raise <b>`sales` ``` @lan to 5", "--format", "markdown"])
    out = capsys.readouterr().out
    assert "<b>" not in out.split("```yaml")[0]
    assert out.count("\n```") == 2


def test_a_dry_run_shows_the_diff_and_writes_nothing(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["check-smart", "Raise CSAT from 4.1 to 4.5", "--into", "drafts.yaml"]
    assert run([*command, "--dry-run"]) == 0
    assert "+++ b/drafts.yaml" in capsys.readouterr().out
    assert not (shop / "drafts.yaml").exists()
    assert run(["check-smart", "Raise CSAT to 4.5", "--dry-run"]) == 2
    assert "--dry-run belongs to --into" in capsys.readouterr().err


def test_with_a_kind_a_single_word_is_a_sentence(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check-smart", "Satisfaction", "--kind", "kpi"]) == 0
    assert "S106" in capsys.readouterr().out
    assert run(["check-smart", "Satisfaction"]) == 2
    assert run(["check-smart", " ", "--kind", "kpi"]) == 2
    assert "the sentence is empty" in capsys.readouterr().err


def test_an_option_that_would_do_nothing_is_refused(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for option in (["--min-criterion", "50"], ["--fix"], ["--diff-base", "HEAD"]):
        assert run(["check-smart", "Raise CSAT to 4.5", *option]) == 2
        assert f"{option[0]} belongs to records of a plan" in capsys.readouterr().err


def test_the_profile_okr_calls_an_activity_an_error(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["check-smart", "Hold 12 staff training sessions"]
    assert run(command) == 0
    (shop / "kpi.yaml").write_text("version: 1\nchecks: {profile: okr}\n")
    assert run(command) == 1
    assert "error S104" in capsys.readouterr().out


def test_strict_fails_a_sentence_with_a_warning(shop: Path) -> None:
    command = ["check-smart", "Hold 12 staff training sessions"]
    assert run(command) == 0
    assert run([*command, "--strict"]) == 1


def test_bytes_that_are_no_text_are_refused(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\udcff\udcfe abc"))
    assert run(["check-smart", "-"]) == 2
    assert "not UTF-8" in capsys.readouterr().err
    (shop / "list.txt").write_bytes(b"\xff\xfe")
    assert run(["check-smart", "list.txt"]) == 2
    assert "not UTF-8" in capsys.readouterr().err
