"""Random edits over every style of writing: the data is as meant, all other bytes are as before."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generate import Layout, plan
from kpi_cli.edit import verify
from kpi_cli.edit.draft import CannotEdit, Draft
from kpi_cli.edit.listing import append
from kpi_cli.edit.mapping import put, remove, rename_key, set_value
from kpi_cli.edit.verify import proved, same
from kpi_cli.source import Document, Route, load
from tests.edit.kit import EXAMPLES, routes
from tests.edit.styles import STYLES

GENERATED = {
    f"generated {layout.files} {path}": text.encode()
    for layout in (Layout(4), Layout(3, "kpi", "csv"))
    for path, text in plan(layout)
    if path.endswith(".yaml")
}
EXAMPLE_FILES = {
    path.relative_to(EXAMPLES).as_posix(): path.read_bytes()
    for name in ("harbour-foods", "public-services")
    for path in sorted((EXAMPLES / name).rglob("*.yaml"))
}
FILES = {**STYLES, **EXAMPLE_FILES, **GENERATED}
DRAFTS = {name: Draft.of(name, raw) for name, raw in FILES.items()}
ROUTES = {name: list(routes(draft.data)) for name, draft in DRAFTS.items()}

TEXTS = st.text(max_size=12) | st.sampled_from(
    [
        "plain", "it's: odd", "#x", "two\nlines", "", "null", "2026-01-01", " lead", "a\tb", "-",
        "é\u2028x", "%", "y", "1e3", "*a", "&b", "[x", "key: value", "tail ", "\u202eevil",
        "a" * 130,
    ]
)  # fmt: skip
SCALARS = TEXTS | st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6) | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["on", "note", "2026-01", "x y"]), inner, max_size=3)
    ),
    max_leaves=5,
)
OPERATIONS = ("set", "put", "remove", "append", "rename")


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, Route, Any, int]:
    """A file, an operation, a place in it, a value, and a number for where a key goes."""
    name = draw(st.sampled_from(sorted(FILES)))
    route = draw(st.sampled_from(ROUTES[name]))
    return name, draw(st.sampled_from(OPERATIONS)), route, draw(VALUES), draw(st.integers(0, 6))


def perform(draft: Draft, operation: str, route: Route, value: Any, at: int) -> Draft | None:
    """The operation; None where it has no meaning at that place. Raises CannotEdit."""
    found = draft.value(route)
    if operation == "set" and route:
        return set_value(draft, route, value)
    if operation == "put" and isinstance(found, dict):
        return put(draft, route, "new.key", value, lambda keys: min(at, len(keys)))
    if operation == "remove" and route:
        return remove(draft, route)
    if operation == "append" and isinstance(found, list):
        return append(draft, route, value)
    if operation == "rename" and route and isinstance(route[-1], str):
        return rename_key(draft, route, "renamed")
    return None


def meant(data: Any, operation: str, route: Route, value: Any) -> Any:
    """What the operation should make of the data, worked out on plain data."""
    if operation == "put":
        return _with(data, route, lambda found: {**found, "new.key": value})
    if operation == "append":
        return _with(data, route, lambda found: [*found, value])
    if operation == "set":
        return _with(data, route, lambda _: value)
    step = route[-1]
    if operation == "rename":
        return _with(
            data, route[:-1], lambda f: {("renamed" if k == step else k): v for k, v in f.items()}
        )
    return _with(data, route[:-1], lambda found: _drop(found, step))


def _with(data: Any, route: Route, change: Any) -> Any:
    if not route:
        return change(data)
    step = route[0]
    if isinstance(data, dict):
        return {k: _with(v, route[1:], change) if k == step else v for k, v in data.items()}
    return [_with(v, route[1:], change) if k == step else v for k, v in enumerate(data)]


def _drop(found: Any, step: Any) -> Any:
    if isinstance(found, dict):
        return {k: v for k, v in found.items() if k != step}
    return [v for k, v in enumerate(found) if k != step]


def spans(draft: Draft, operation: str, route: Route) -> tuple[int, int]:
    """Lines (from 0, the end exclusive) outside of which no byte may change."""
    holder = draft.nodes(route if operation in ("put", "append") else route[:-1])[-1]
    if operation == "set" and route:
        node = draft.nodes(route)[-1]
        key = holder.key(route[-1]) if isinstance(route[-1], str) else None
        start, end = (key.start if key else node.start), max(node.end, node.start)
    else:
        start, end = holder.start, holder.end
    text = draft.file.text
    first = len(text[:start].rstrip().splitlines()) - 1 if operation in ("put", "append") else None
    first = text.count("\n", 0, start) if first is None else first
    return max(first - 1, 0), text.count("\n", 0, end) + 1


def check(edit: tuple[str, str, Route, Any, int]) -> bool:
    """Whether the edit was made; a refusal changes nothing."""
    name, operation, route, value, at = edit
    draft = DRAFTS[name]
    try:
        done = perform(draft, operation, route, value, at)
        if done is None:
            return False
        raw = proved(done)
    except CannotEdit:
        return False
    assert same(load(raw).data, meant(draft.data, operation, route, value))
    first, end = spans(draft, operation, route)
    old = draft.before.split(b"\n")
    assert raw.startswith(b"".join(line + b"\n" for line in old[:first]))
    tail = b"\n".join(old[end + _comments(old[end:]) :])
    assert raw.endswith(tail)
    return True


def _comments(lines: list[bytes]) -> int:
    """How many comment and empty lines follow: an entry may be put behind them."""
    count = 0
    while count < len(lines) and lines[count].strip()[:1] in (b"", b"#"):
        count += 1
    return count


@given(edits())
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
def test_an_edit_changes_what_was_meant_and_no_other_byte(
    edit: tuple[str, str, Route, Any, int],
) -> None:
    check(edit)


@pytest.mark.slow
@given(edits())
@settings(max_examples=10_000, suppress_health_check=list(HealthCheck))
def test_ten_thousand_edits_change_what_was_meant(edit: tuple[str, str, Route, Any, int]) -> None:
    check(edit)


SAMPLES = {name: ROUTES[name] if name in STYLES else ROUTES[name][::23] for name in FILES}
UNSHARED = sorted(name for name in FILES if name != "anchors and tags")


@pytest.mark.parametrize("name", UNSHARED)
def test_a_plain_value_can_be_set_wherever_one_stands(name: str) -> None:
    draft = DRAFTS[name]
    for route in SAMPLES[name]:
        if route and not isinstance(draft.value(route), dict | list):
            assert check((name, "set", route, "other words", 0)), route


@pytest.mark.parametrize("name", UNSHARED)
def test_a_key_can_be_put_into_every_mapping(name: str) -> None:
    draft = DRAFTS[name]
    for route in SAMPLES[name]:
        found = draft.value(route)
        if isinstance(found, dict):
            for at in (0, len(found)):
                assert check((name, "put", route, {"a": 1}, at)), (route, at)


def test_a_value_that_others_share_is_refused_in_words() -> None:
    draft = DRAFTS["anchors and tags"]
    with pytest.raises(CannotEdit, match="stands behind"):
        set_value(draft, ("kpis", "two", "owner"), "minh")
    with pytest.raises(CannotEdit, match="anchor or a tag"):
        set_value(draft, ("kpis", "one", "owner"), "minh")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kpis:\n  a: {name: A}\n  a: {name: B}\n", "written twice"),
        ("kpis:\n\ta: {name: A}\n", "tab"),
        ("kpis:\n  a: {name: [A}\n", "closed"),
        ("kpis: {}\n---\nkpis: {}\n", "second document"),
        ("- a\n", "no plan"),
    ],
)
def test_a_file_with_faults_is_left_as_it_is(text: str, word: str) -> None:
    with pytest.raises(CannotEdit, match=word):
        Draft.of("plan.yaml", text.encode())


def test_the_second_reader_must_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = b"kpis:\n  a: {name: A}\n", b"kpis:\n  a: {name: B}\n"
    wrong = {"kpis": {"a": {"name": "C"}}}
    monkeypatch.setattr(verify, "load", lambda _: Document(wrong))
    with pytest.raises(CannotEdit, match="another YAML reader"):
        proved(Draft("plan.yaml", new, wrong, old))
    monkeypatch.setattr(verify, "load", load)
    with pytest.raises(CannotEdit, match="alter other values"):
        proved(Draft("plan.yaml", new, wrong, old))
    assert proved(Draft("plan.yaml", new, {"kpis": {"a": {"name": "B"}}}, old)) == new
