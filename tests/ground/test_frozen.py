"""Our quick dataclasses are the standard ones in everything but the time they take."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from kpi_cli import frozen


def kinds(decorator: Callable[..., Any]) -> tuple[Any, Any]:
    """A class with every sort of field, and one below it."""

    @decorator(frozen=True, slots=True)
    class Shape:
        """Fields with and without defaults; one that is made, one that is not compared."""

        name: str
        sides: int = 4
        names: list[str] = dataclasses.field(default_factory=list)
        seen: int = dataclasses.field(default=0, compare=False, repr=False)

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


OURS, STANDARD = kinds(frozen.dataclass), kinds(dataclasses.dataclass)
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
    changed = dataclasses.replace(ours, sides=9)
    assert (changed.sides, changed.name, ours.sides) == (9, "a", standard.sides)


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
    shape = kinds(frozen.dataclass)[0]
    first = [shape("a", names=["b"], seen=number) for number in range(100)]
    assert first[0] == first[-1] == shape(name="a", names=["b"], sides=4)
    assert [one.seen for one in first] == list(range(100))
    for arguments in ({}, {"name": "a", "other": 1}):
        with pytest.raises(TypeError, match="argument"):
            shape(**arguments)
        with pytest.raises(TypeError, match="argument"):
            kinds(frozen.dataclass)[0](**arguments)
    with pytest.raises(TypeError, match="multiple values"):
        kinds(frozen.dataclass)[0]("a", name="b")


def test_other_options_are_refused() -> None:
    with pytest.raises(TypeError, match="only frozen"):
        frozen.dataclass(frozen=False, slots=True)
