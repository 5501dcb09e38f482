"""Our quick dataclasses are the standard ones in everything but the time they take."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import pytest

from kpi_cli import frozen


def kinds(decorator: Callable[..., Any], field: Callable[..., Any]) -> tuple[Any, Any]:
    """A class with every sort of field, and one below it."""

    @decorator(frozen=True, slots=True)
    class Shape:
        """Fields with and without defaults; one that is made, one that is not compared."""

        name: str
        sides: int = 4
        names: list[str] = field(default_factory=list)
        seen: int = field(default=0, compare=False, repr=False)

        @property
        def doubled(self) -> int:
            return self.sides * 2

    @decorator(frozen=True, slots=True)
    class Solid(Shape):
        """One field more, and its own way of being told."""

        depth: float = 1.0

        def __repr__(self) -> str:
            return f"solid {self.name}"

    return Shape, Solid


OURS = kinds(frozen.dataclass, frozen.field)
STANDARD = kinds(dataclasses.dataclass, dataclasses.field)
Made = frozen.dataclass(frozen=True, slots=True)(
    type("Made", (), {"__annotations__": {"a": int, "b": str}, "__module__": __name__})
)
Empty = frozen.dataclass(frozen=True, slots=True)(type("Empty", (), {"__module__": __name__}))


def told(value: object) -> str:
    return repr(value).replace(".<locals>", "")


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize(
    "args", [("a",), ("a", 3), ("a", 3, ["b"]), ("a", 3, [], 7)], ids=["one", "two", "three", "all"]
)
def test_they_hold_and_tell_the_same(at: int, args: tuple[Any, ...]) -> None:
    ours, standard = OURS[at](*args), STANDARD[at](*args)
    assert told(ours) == told(standard)
    assert dataclasses.asdict(ours) == dataclasses.asdict(standard)
    assert ours.doubled == standard.doubled
    assert not hasattr(ours, "__dict__")
    assert type(ours).__match_args__ == type(standard).__match_args__
    assert type(ours).__slots__ == type(standard).__slots__
    for replace in (frozen.replace, dataclasses.replace):
        changed = replace(ours, sides=9)
        assert (changed.sides, changed.name, ours.sides) == (9, "a", standard.sides)
    names = tuple(one.name for one in dataclasses.fields(standard))
    assert frozen.field_names(type(ours)) == frozen.field_names(type(standard)) == names


@pytest.mark.parametrize("classes", [OURS, STANDARD], ids=["ours", "standard"])
def test_equality_is_by_class_and_compared_fields(classes: tuple[Any, Any]) -> None:
    shape, solid = classes
    assert shape("a", seen=1) == shape("a", seen=2)
    assert shape("a") != shape("b")
    assert shape("a") != solid("a")
    assert hash(Made(1, "x")) == hash(Made(1, "x")) != hash(Made(2, "x"))
    assert {Made(1, "x"), Made(1, "x")} == {Made(1, "x")}
    assert Empty() == Empty()
    with pytest.raises(TypeError, match="unhashable"):
        hash(shape("a"))


def test_what_a_factory_makes_is_not_shared() -> None:
    first, second = OURS[0]("a"), OURS[0]("a")
    first.names.append("x")
    assert second.names == []


@pytest.mark.parametrize("name", ["name", "other"])
def test_nothing_can_be_changed(name: str) -> None:
    one = OURS[0]("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, name, "b")
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(one, name)


@pytest.mark.parametrize("args", [(), ("a", 1, [], 0, 0)], ids=["too few", "too many"])
@pytest.mark.parametrize("shape", [OURS[0], STANDARD[0]], ids=["ours", "standard"])
def test_wrong_arguments_are_refused(shape: Any, args: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="argument"):
        shape(*args)


@pytest.mark.parametrize("value", [Made(1, "x"), Empty()])
def test_they_are_copied_and_pickled_by_value(value: Any) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.copy(value) == value
    assert copy.deepcopy(value) == value


def test_fields_of_the_class_are_no_fields() -> None:
    written = {"a": int, "b": ClassVar[int], "c": "ClassVar[int]", "e": "E"}
    space = {"__annotations__": written, "b": 1, "c": 2, "e": 4, "__module__": __name__}
    ours, standard = (
        decorator(frozen=True, slots=True)(type("Plain", (), dict(space)))
        for decorator in (frozen.dataclass, dataclasses.dataclass)
    )
    assert [one.name for one in dataclasses.fields(ours)] == ["a", "e"]
    assert [one.name for one in dataclasses.fields(standard)] == ["a", "e"]
    assert (ours(7).e, ours.b, ours.c) == (4, 1, 2)
    assert ours.__slots__ == standard.__slots__


def test_the_first_objects_are_filled_like_the_many_after_them() -> None:
    shape = kinds(frozen.dataclass, frozen.field)[0]
    first = [shape("a", names=["b"], seen=number) for number in range(100)]
    assert first[0] == first[-1] == shape(name="a", names=["b"], sides=4)
    assert [one.seen for one in first] == list(range(100))
    for arguments in ({}, {"name": "a", "other": 1}):
        with pytest.raises(TypeError, match="argument"):
            shape(**arguments)
        with pytest.raises(TypeError, match="argument"):
            kinds(frozen.dataclass, frozen.field)[0](**arguments)
    with pytest.raises(TypeError, match="multiple values"):
        kinds(frozen.dataclass, frozen.field)[0]("a", name="b")


def sorts(decorator: Callable[..., Any], field: Callable[..., Any]) -> tuple[Any, Any, Any]:
    """A class that changes, one that keeps what it found out, one in order."""

    @decorator(slots=True)
    class Pile:
        """May grow."""

        name: str
        things: list[int] = field(default_factory=list)

    @decorator(frozen=True)
    class Known:
        """Finds out once."""

        number: int
        heard: tuple[int, ...] = ()

        @cached_property
        def double(self) -> int:
            return self.number * 2

    @decorator(frozen=True, slots=True, order=True)
    class Step:
        """Comes before another."""

        number: int
        name: str = field(default="", compare=False)

    return Pile, Known, Step


SORTS = [sorts(frozen.dataclass, frozen.field), sorts(dataclasses.dataclass, dataclasses.field)]
both = pytest.mark.parametrize("found", SORTS, ids=["ours", "standard"])


@both
def test_what_is_not_frozen_changes_and_is_no_key(found: tuple[Any, Any, Any]) -> None:
    one, other = found[0]("a"), found[0]("a", [1])
    one.things.append(1)
    assert one == other
    one.name = "b"
    assert (one == other, told(one).split(".")[-1]) == (False, "Pile(name='b', things=[1])")
    assert found[0]("c").things == []
    assert copy.copy(one) == one == copy.deepcopy(one)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)
    with pytest.raises(AttributeError):
        one.other = 1


@both
def test_without_slots_there_is_room_for_what_is_found_out(found: tuple[Any, Any, Any]) -> None:
    one = found[1](4)
    assert (one.double, one.__dict__["double"]) == (8, 8)
    assert one == found[1](4) == frozen.replace(found[1](5), number=4)
    assert hash(one) == hash(found[1](4))
    assert copy.deepcopy(one).double == 8
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.number = 5


@both
def test_order_is_by_the_fields_compared(found: tuple[Any, Any, Any]) -> None:
    step = found[2]
    first, same, last = step(1, "z"), step(1, "a"), step(2, "a")
    assert sorted([last, first]) == [first, last]
    assert first <= same
    assert first >= same
    assert not first < same
    assert last > first
    with pytest.raises(TypeError, match="not supported"):
        assert first < 2


def test_what_is_no_dataclass_has_no_fields() -> None:
    known = [Made, Empty, STANDARD[0]]
    others = [int, str, date, type(None), type(Made)]
    assert [*map(frozen.is_dataclass, known + others)] == [True] * 3 + [False] * 5
    assert {*map(frozen.field_names, others)} == {()} == {frozen.field_names(Empty)}


def test_types_of_fields_stand_as_they_are_written() -> None:
    assert frozen.field_types(OURS[1]) == frozen.field_types(STANDARD[1])
    assert frozen.field_types(OURS[1])["names"] == list[str]
    assert list(frozen.field_types(OURS[1])) == [*frozen.field_names(OURS[1])]


def test_fields_of_the_standard_library_are_refused() -> None:
    with pytest.raises(TypeError, match=r"frozen\.field"):
        kinds(frozen.dataclass, dataclasses.field)


def test_a_field_without_a_default_comes_first() -> None:
    space = {"__annotations__": {"a": int, "b": int}, "a": 1, "__module__": __name__}
    wrong = frozen.dataclass(frozen=True, slots=True)(type("Wrong", (), space))
    with pytest.raises(TypeError, match="'b' has no default"):
        wrong(1)
