"""A record made quickly is the one Pydantic makes, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi_cli.models import Record
from kpi_cli.models.declared import InvalidRecord
from kpi_cli.models.model import Model
from kpi_cli.models.quick import Quick
from kpi_cli.period import Calendar
from kpi_cli.plan.model import SECTIONS
from kpi_cli.plan.read import known_fields
from kpi_cli.source import load
from tests.house.tree import ROOT

PLANS = sorted(path for path in (ROOT / "examples").rglob("*.yaml") if path.name != "kpi.yaml")
CALENDAR = Calendar()
QUICK = Quick(CALENDAR)


def held(value: Any) -> Any:
    """A value with all it holds, in types and figures; what equal records hold is equal."""
    if isinstance(value, Model):
        fields = {name: held(one) for name, one in sorted(vars(value).items())}
        return type(value), fields, sorted(value.model_fields_set)
    if isinstance(value, tuple):
        return [held(one) for one in value]
    return type(value), repr(value)


def by_pydantic(model: type[Record], identifier: str, raw: Any) -> Record | None:
    if not isinstance(raw, dict) or "id" in raw:
        return None
    try:
        return model.examined(raw | {"id": identifier}, CALENDAR)
    except InvalidRecord:
        return None


def check(section: str, raw: Any) -> bool:
    """Whether the record was made quickly; fails where Pydantic makes another."""
    quick = QUICK.record(SECTIONS[section], "x", raw)
    if quick is None:
        return False
    careful = by_pydantic(SECTIONS[section], "x", raw)
    assert careful is not None
    assert held(quick) == held(careful)
    assert quick == careful
    return True


def records(path: Path) -> list[tuple[str, str, Any]]:
    data = load(path.read_bytes()).data or {}
    return [
        (section, name, raw)
        for section, body in data.items()
        if section in SECTIONS and isinstance(body, dict)
        for name, raw in body.items()
    ]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_records_of_the_examples_are_the_same(path: Path) -> None:
    for section, _, raw in records(path):
        sound = by_pydantic(SECTIONS[section], "x", raw) is not None
        assert check(section, raw) is sound


FIGURES: st.SearchStrategy[Any] = st.sampled_from(
    [0, 1, 1.0, -1, 0.5, 12.25, 10**101, float("inf"), float("nan"), True, False, None]
)
WORDS = st.sampled_from(
    ["", " ", "\u00a0", "a", "sales", "monthly", "quarterly", "last", "sum", "draft", "active",
     "increase", "lagging", "on_track", "linear", "2026", "2026-Q1", "2026-02", "2026-03-31",
     "2026-02-30", "120000 USD", "+15%", "%", "x" * 40, "done"]
)  # fmt: skip
SCALARS = FIGURES | WORDS
KEYS = st.sampled_from(
    ["objective", "weight", "counts", "on", "by", "status", "confidence", "note", "kpi", "lag_days",
     "from", "target", "reason", "value", "date", "code", "until", "manual", "refresh", "start",
     "end", "2026-01", "2026-02", "numerator", "denominator", "files", "with", "agreed", "text",
     "outcome", "people_days", "days_per_year", "id", "at_least", "done", "zones"]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=5,
)
FIELDS = known_fields()
SOUND: dict[str, Any] = {
    "check_ins": [{"on": "2026-03-31", "status": "on_track"}, {"on": "2026-04-30"}],
    "leads": [{"kpi": "a", "lag_days": 30}],
    "target_changes": [{"from": "2026-03-31", "target": "+15%", "due": "2026-12-31"}],
    "baselines": [{"from": "2026-Q1", "reason": "new till"}],
    "ignore": [{"code": "D501", "until": "2026-03-31"}],
    "tension": [{"with": "a", "agreed": "both"}],
    "source": {"manual": "the board", "refresh": "monthly"},
    "collection": {"days_per_year": 3},
    "retired": {"on": "2026-03-31"},
    "closed": {"on": "2026-03-31", "outcome": "missed"},
    "resources": {"budget": "120000 USD", "people_days": {"a": 3}},
    "decisions": [{"text": "go", "due": "2026-03-31"}],
    "actuals": {"2026-01": 1, "2026-02": {"value": 2.5, "note": "why"}},
    "baseline": {"value": 1, "date": "2026-03-31"},
    "bounds": [0, None],
    "path": {"2026-01": 1},
    "period": {"start": "2026-01-01", "end": "2026-03-31"},
    "name": "A", "title": "A", "term": "A", "means": "A",
}  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A section and a record of it, most of its values likely to be sound."""
    section = draw(st.sampled_from(list(SECTIONS)))
    needed = [name for name in FIELDS[section] if name in ("name", "title", "term", "means")]
    others = draw(st.lists(st.sampled_from(FIELDS[section]), max_size=6, unique=True))
    names = draw(st.permutations(list(dict.fromkeys([*needed, *others]))))
    raw = {n: draw(st.just(SOUND[n]) | VALUES if n in SOUND else VALUES) for n in names}
    extra = draw(st.dictionaries(KEYS, SCALARS, max_size=1)) if draw(st.booleans()) else {}
    return section, raw | extra


@given(drafts())
@example(("kpis", {"name": "A", "id": "b"}))
@example(("kpis", {"name": "A", "from_": "b"}))
@example(("recognitions", {"for_": "a"}))
@example(("kpis", {"name": None}))
@example(("kpis", {"name": "A", "weight": 1, "frequency": "monthly", "status": "active"}))
@example(("kpis", {"name": "A", "weight": True}))
@example(("kpis", {"name": "A", "frequency": ["monthly"]}))
@example(("objectives", {"title": "A", "tension": {"with": "a", "agreed": "b"}}))
def test_a_record_is_the_one_pydantic_makes(one: tuple[str, dict[str, Any]]) -> None:
    check(*one)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_field_is_read_quickly(section: str) -> None:
    """So that no plan is slow because of a field nobody thought of."""
    needed = {name: "A" for name in FIELDS[section] if name in ("name", "title", "term", "means")}
    tried = [1, "a", "2026-03-31", "monthly", "weekly", "draft", "planned", "open", "increase",
             "lagging", "last", "quarter", "gap", "linear", "team", "resource", "support", "kpis",
             "committed", "missed"]  # fmt: skip
    for name in FIELDS[section]:
        values = [*([SOUND[name]] if name in SOUND else []), *tried]
        assert any(check(section, needed | {name: value}) for value in values), name


def test_pydantic_is_not_asked_for_a_sound_record() -> None:
    with patch.object(SECTIONS["kpis"], "examined", side_effect=AssertionError):
        assert QUICK.record(SECTIONS["kpis"], "x", {"name": "A", "tags": ["a"]}) is not None


def test_records_do_not_share_what_is_made_for_each() -> None:
    one, other = (QUICK.record(SECTIONS["kpis"], name, {"name": "A"}) for name in "xy")
    assert one is not None
    assert other is not None
    assert vars(one)["actuals"] is not vars(other)["actuals"]
    assert (one.id, other.id) == ("x", "y")
