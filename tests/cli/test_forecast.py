"""`kpi forecast` and `kpi evidence`: shapes, what is stored, how it is scored later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.transcript import Outcome, kpi

NAMES = [f"{2023 + at // 12}-{at % 12 + 1:02d}" for at in range(48)]
NOISE = [3, 9, 1, 7, 4, 8, 2, 6, 5, 9, 0, 7, 3, 8, 1, 6, 4, 9, 2, 5, 7, 3, 8, 0]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of a KPI, one that leads it, and one too young."""
    values = [100 + NOISE[at % 24] + at * 0.5 for at in range(48)]
    rows = ", ".join(f"{n}: {v}" for n, v in zip(NAMES, values, strict=True))
    shifted = ", ".join(f"{n}: {v + 7}" for n, v in zip(NAMES[2:], values, strict=False))
    (tmp_path / "kpi.yaml").write_text("version: 1\n")
    (tmp_path / "plan.yaml").write_text(
        'objectives:\n  o: {title: O, period: "2026"}\n'
        "kpis:\n"
        "  lead:\n    name: Lead\n    objective: o\n    baseline: 100\n    target: 120\n"
        "    leads: [{kpi: lag, lag_days: 60, because: one follows the other}]\n"
        f"    actuals: {{{rows}}}\n"
        "  lag:\n    name: Lag\n    objective: o\n    baseline: 100\n    target: 130\n"
        f"    actuals: {{{shifted}}}\n"
        "  young:\n    name: Young\n    objective: o\n    target: 5\n    actuals: {2026-01: 3}\n"
    )
    return tmp_path


def run(root: Path, *arguments: str, as_of: str = "2026-06-30") -> Outcome:
    return kpi(*arguments, "-C", str(root), "--as-of", as_of)


def test_the_keys_of_the_format(root: Path) -> None:
    found = json.loads(run(root, "forecast", "--format", "json").out)
    assert set(found) == {"schema", "as_of", "kpis"}
    assert found["schema"] == "kpi-forecast/1"
    rows = {row["id"]: row for row in found["kpis"]}
    assert list(rows) == ["lead", "lag", "young"]
    for row in rows.values():
        assert set(row) == {"id", "n", "frequency", "horizon", "chance", "words"}
    horizon = rows["lead"]["horizon"]
    assert [entry["date"] for entry in horizon] == [
        "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31",
    ]  # fmt: skip
    assert set(horizon[0]) == {"date", "median", "low80", "high80", "low95", "high95"}
    for entry in horizon:
        assert entry["low95"] < entry["low80"] < entry["median"] < entry["high80"] < entry["high95"]
    assert rows["young"]["horizon"] == []
    assert rows["young"]["words"] == "a forecast needs 8 values, there is 1"


def test_status_and_forecast_say_the_same(root: Path) -> None:
    status = json.loads(run(root, "status", "--format", "json").out)["kpis"][0]
    said = json.loads(run(root, "forecast", "lead", "--format", "json").out)["kpis"][0]
    assert set(status["forecast"]) == {"median", "low", "high", "chance", "n", "method"}
    assert status["forecast"]["median"] == said["horizon"][-1]["median"]
    assert status["forecast"]["chance"] == said["chance"]
    assert set(status["limits"]) == {"centre", "lower", "upper", "range", "n", "state"}


def test_show_marks_the_periods(root: Path) -> None:
    found = json.loads(run(root, "show", "lead", "--format", "json").out)
    assert any(row["signals"] for row in found["series"])
    assert found["series"][-1]["signals"] != []
    kinds = {kind for row in found["series"] for kind in row["signals"]}
    assert kinds <= {"limit", "run8", "3of4", "mr"}


def test_text_says_if_nothing_changes(root: Path) -> None:
    out = run(root, "forecast").out
    assert "If nothing changes" in out
    assert "a forecast needs 8 values" in out
    assert "31 Jul 26" in run(root, "forecast", "lead").out


def test_forecasts_are_recorded_once_a_day_and_scored_later(root: Path) -> None:
    file = root / ".kpi" / "forecasts.csv"
    assert run(root, "forecast", "--record").err == (
        "kpi: 2 forecasts of 2026-06-30 kept in .kpi/forecasts.csv\n"
    )
    first = file.read_text()
    lines = first.splitlines()
    assert lines[0] == "made,kpi,due,target,median,chance"
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["2026-06-30", "lag", "2026-12-31", "130"],
        ["2026-06-30", "lead", "2026-12-31", "120"],
    ]
    run(root, "forecast", "--record")
    assert file.read_text() == first
    run(root, "forecast", "--record", as_of="2026-07-31")
    assert len(file.read_text().splitlines()) == 5
    early = json.loads(run(root, "forecast", "--backtest", "--format", "json").out)["stored"]
    assert (early["stored"], early["resolved"], early["open"]) == (2, 0, 2)
    done = run(root, "forecast", "--backtest", "--format", "json", as_of="2027-01-31")
    late = json.loads(done.out)["stored"]
    assert (late["stored"], late["resolved"], late["open"]) == (4, 4, 0)
    chances = [float(line.split(",")[5]) for line in file.read_text().splitlines()[1:]]
    came = {"lead": 1, "lag": 1}
    names = [line.split(",")[1] for line in file.read_text().splitlines()[1:]]
    hits = [came[name] for name in names]
    assert late["said"] == pytest.approx(sum(chances) / 4)
    assert late["came"] == pytest.approx(sum(hits) / 4)


def test_backtest_scores_the_past(root: Path) -> None:
    found = json.loads(run(root, "forecast", "--backtest", "--format", "json").out)["backtest"]
    assert found["forecasts"] > 200
    assert found["rescale"] is not None
    assert 0 <= found["ece"] <= 1
    out = run(root, "forecast", "--backtest").out
    assert "Brier score" in out
    assert "No forecast is stored yet" in out


def test_a_broken_store_is_named(root: Path) -> None:
    (root / ".kpi").mkdir()
    (root / ".kpi" / "forecasts.csv").write_text("made,kpi,due,target,median,chance\nhello\n")
    found = run(root, "forecast", "--backtest")
    assert found.code == 2
    assert ".kpi/forecasts.csv:2: this line is no forecast" in found.err


def test_evidence_tests_the_declared_lag_only(root: Path) -> None:
    found = json.loads(run(root, "evidence", "lag", "--format", "json").out)
    assert set(found) == {"schema", "id", "achieved_before", "verdict", "links"}
    (link,) = found["links"]
    assert (link["leading"], link["lagging"], link["lag"]) == ("lead", "lag", 2)
    assert link["verdict"] == "consistent"
    text = run(root, "evidence", "o").out
    assert "that is no proof of a cause" in text


def test_evidence_without_a_declared_lead_searches_for_none(root: Path) -> None:
    assert "none is searched for" in run(root, "evidence", "young").out


def test_evidence_of_an_unknown_id(root: Path) -> None:
    assert run(root, "evidence", "laag").code == 2
