"""Whatever the light reader takes, Pydantic takes too, and both make the same record of it."""

from enum import EnumMeta
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.models import Config, Kpi
from kpi_cli.models import strict as second
from kpi_cli.models.declared import InvalidRecord
from kpi_cli.models.fields import Whole
from kpi_cli.models.model import Model
from kpi_cli.models.quick import Quick
from kpi_cli.models.record import Money
from kpi_cli.period import Calendar
from kpi_cli.plan.load import load_plan
from kpi_cli.plan.model import SECTIONS
from kpi_cli.workspace import DiskTree
from tests.house.tree import ROOT

CALENDAR = Calendar(4, "end")
QUICK = Quick(CALENDAR)
TEXTS = ["a", "Ä", "\ud800", "", " ", "2026-01-31", "2026-02-30", "2026-Q1", "FY2026-Q1", "1",
         "+15%", "120000 USD", "https://x.example/{path}", "monthly", "en", "gap"]  # fmt: skip
ODD: list[Any] = [
    None, True, False, 0, 1, 2, 13, -1, 10**400, 0.0, 0.5, 1.0, 2.5, float("nan"), float("inf"),
    *TEXTS, [], {}, ["a"], ["a", 1], [1, 2], [None, 5], {"a": 1}, {1: "a"}, {"at_least": 5},
    {"2026-01": 1, "2026-02": "x"}, {"start": "2026-01-01", "end": "2026-06-30"}, {"\ud800": "a"},
    {"value": 3}, {"objective": "a", "weight": 2}, {"done": True}, {"S112": "a"},
]  # fmt: skip


def likely(annotation: Any) -> st.SearchStrategy[Any]:
    """Values a field may hold, and some it may not."""
    return st.one_of(_likely(annotation), _likely(annotation), st.sampled_from(ODD))


def _likely(annotation: Any) -> st.SearchStrategy[Any]:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        if isinstance(parts[1], Whole):
            return st.integers(parts[1].low - 1, (parts[1].high or 20) + 1)
        return st.sampled_from(TEXTS if parts[0] is str else ODD)
    if origin in (Union, UnionType):
        return st.none() | likely(parts[0])
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple:
        return st.lists(likely(parts[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(st.sampled_from(TEXTS), likely(parts[1]), max_size=2)
    if isinstance(annotation, EnumMeta):
        members: list[Any] = list(annotation)
        return st.sampled_from([one.value for one in members])
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return mappings(annotation)
    return st.sampled_from(TEXTS)


def mappings(model: type[Model]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of a model's keys, seldom one of another's."""
    fields = {one.alias or name: one for name, one in model.model_fields.items()}
    keys = st.sets(st.sampled_from(sorted(fields)), max_size=3)
    extra = st.sampled_from([(), (), (), (), (), ("from_",), ("nothing",)])
    needed = {key for key, one in fields.items() if one.required}

    def values(chosen: tuple[set[str], tuple[str, ...]]) -> st.SearchStrategy[dict[str, Any]]:
        keys, extra = chosen
        told = {key: likely(fields[key].annotation) for key in sorted(keys | needed)}
        return st.fixed_dictionaries(told | dict.fromkeys(extra, st.just("a")))

    return st.tuples(keys, extra).flatmap(values)


def held_by(value: Any) -> Any:
    """All that can be told apart in a record, down to 1 and 1.0."""
    if isinstance(value, Model):
        fields = {name: held_by(getattr(value, name)) for name in value.model_fields}
        return type(value), fields, value.model_fields_set, sorted(vars(value))
    if isinstance(value, tuple | list):
        return type(value), [held_by(one) for one in value]
    if isinstance(value, dict):
        return {key: held_by(one) for key, one in value.items()}
    return repr(value)


@pytest.mark.parametrize("model", [*SECTIONS.values(), Config], ids=lambda model: model.__name__)
def test_both_readers_make_the_same_record(model: type[Model]) -> None:
    taken = []

    @settings(max_examples=60, deadline=None)
    @given(mappings(model))
    def compare(raw: dict[str, Any]) -> None:
        quick = QUICK.made(model, raw)
        if quick is None:
            return
        taken.append(quick)
        assert held_by(second.examined(model, raw, CALENDAR)) == held_by(quick)

    compare()
    assert taken


def test_the_plans_that_come_along_leave_no_doubt() -> None:
    refused = AssertionError("Pydantic was asked about a sound record")
    with patch.object(second, "examined", side_effect=refused):
        for folder in sorted(path.parent for path in Path(ROOT, "examples").glob("*/kpi.yaml")):
            assert load_plan(DiskTree(folder)).plan.kpis


@pytest.mark.parametrize(
    ("model", "raw"),
    [
        (Config, []), (Config, {"version": 2}), (Config, {"exclude": [1]}),
        (Config, {"exclude": "a"}), (Config, {"limits": {"kpis_per_owner": True}}),
        (Kpi, {"id": "x"}), (Kpi, {"id": "x", "name": "X", "frequency": "MONTHLY"}),
        (Kpi, {"id": "x", "name": "X", "baselines": [{"from_": "2026-01", "reason": "a"}]}),
        (Kpi, {"id": "x", "name": "X", "nothing": None}),
    ],
)  # fmt: skip
def test_faults_leave_a_doubt(model: type[Model], raw: dict[str, Any]) -> None:
    assert QUICK.made(model, raw) is None
    with pytest.raises(InvalidRecord):
        model.model_validate(raw)


def test_what_is_taken_after_a_doubt_is_the_same_kind_of_record() -> None:
    assert QUICK.made(Money, {"amount": 5}) is None
    money = Money.model_validate({"amount": 5})
    assert (type(money), repr(money.amount), money.currency) == (Money, "5.0", None)
    config = Config.model_validate({"checks": {"paths": {"a": {}}, "select": {"K"}}})
    assert config == Config.model_validate({"checks": {"paths": {"a": {}}, "select": ["K"]}})


def test_a_record_with_faults_names_all_of_them() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Kpi.model_validate({"id": "x", "weight": -1, "leads": [{"kpi": 3}], "pace": "slow"})
    places = [error["loc"] for error in caught.value.errors]
    assert places == [
        ("name",), ("leads", 0, "kpi"), ("leads", 0, "lag_days"), ("weight",), ("pace",)
    ]  # fmt: skip


def test_a_record_is_never_changed() -> None:
    kpi = Kpi(id="x", name="X")
    with pytest.raises(AttributeError):
        kpi.name = "Y"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del kpi.name
    assert kpi == Kpi(id="x", name="X") != Kpi(id="x", name="Y")
    assert len({Money(amount=1.0), Money(amount=1.0), Money(amount=2.0)}) == 2


def test_null_says_the_same_as_nothing_where_it_may() -> None:
    raw = {"id": "x", "name": "X", "owner": None, "check_ins": [{"on": "2026-01-31", "by": None}]}
    kpi = QUICK.made(Kpi, raw)
    assert kpi is not None
    assert held_by(kpi) == held_by(second.examined(Kpi, raw, CALENDAR))
    assert "owner" in kpi.model_fields_set
    assert QUICK.made(Kpi, {"id": "x", "name": None}) is None
