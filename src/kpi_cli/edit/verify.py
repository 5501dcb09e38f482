"""The proof before anything is written: two readers find in the new text what was meant."""

from __future__ import annotations

import warnings
from typing import Any

from kpi_cli.edit.draft import Draft
from kpi_cli.source import load, record_lines
from kpi_cli.source.scalars import TAGGED, resolve

Swap = dict[int, str]


def proved(draft: Draft) -> bytes:
    """The bytes of an edited file. Raises CannotEdit unless both readers find the data meant."""
    found = load(draft.raw)
    if found.faults or not same(found.data, draft.data):
        raise draft.refused((), "the change would alter other values too (anchors, merged lines)")
    if draft.raw != draft.before and not _second_opinion(draft):
        raise draft.refused((), "another YAML reader would find other values in it")
    return draft.raw


def same(one: Any, two: Any) -> bool:
    """Equal in every type and value: 1 is not true, and NaN equals NaN."""
    if type(one) is not type(two):
        return False
    if isinstance(one, dict):
        return one.keys() == two.keys() and all(same(one[key], two[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(two) and all(map(same, one, two))
    return bool(one == two or (one != one and two != two))


def _second_opinion(draft: Draft) -> bool:
    """ruamel's view of the records whose lines changed, or of the whole file."""
    old, new = _pieces(draft.before), _pieces(draft.raw)
    if new is None or old is None or new.pop(("", ""), b"") != old.pop(("", ""), b""):
        return _agrees(draft.raw, draft.data)
    for (section, name), lines in new.items():
        if lines == old.get((section, name)):
            continue
        if not _agrees(lines, {name: draft.data[section][name]}):
            return _agrees(draft.raw, draft.data)
    return True


def _pieces(raw: bytes) -> dict[tuple[str, str], bytes] | None:
    """The lines of every record, and under ("", "") all lines between; None without records."""
    lines = raw.splitlines(True)
    pieces: dict[tuple[str, str], bytes] = {}
    at, between = 0, b""
    for record, (start, end) in sorted(record_lines(raw).items(), key=lambda item: item[1]):
        if start < at:
            return None
        pieces[record] = b"".join(lines[start:end])
        between += b"".join(lines[at:start])
        at = end
    if not pieces:
        return None
    pieces["", ""] = between + b"".join(lines[at:])
    return pieces


def _agrees(raw: bytes, data: Any) -> bool:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    text, back = _without_old_breaks(raw.decode("utf-8").removeprefix("\ufeff"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            node = YAML(typ="safe", pure=True).compose(text)
            return same({} if node is None else _data(node, back), data)
        except (YAMLError, ValueError, TypeError, RecursionError):
            return False


def _without_old_breaks(text: str) -> tuple[str, Swap]:
    """U+0085, U+2028 and U+2029, line ends to YAML 1.1 only, as characters the text has not."""
    breaks = [character for character in "\x85\u2028\u2029" if character in text]
    if not breaks:
        return text, {}
    free = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)
    swap = {ord(old): next(free) for old in breaks}
    return text.translate(swap), {ord(new): chr(old) for old, new in swap.items()}


def _data(node: Any, back: Swap) -> Any:
    """What a node of ruamel's means; its texts and structure, typed by the YAML 1.2 core schema."""
    kind = type(node).__name__
    if kind == "MappingNode":
        pairs = {str(key.value).translate(back): _data(value, back) for key, value in node.value}
        if len(pairs) != len(node.value):
            raise ValueError("a key is written twice")
        return pairs
    if kind == "SequenceNode":
        return [_data(item, back) for item in node.value]
    return _scalar(str(node.value).translate(back), str(node.tag), node.style)


def _scalar(text: str, tag: str, style: str | None) -> Any:
    if style:
        return text if tag.endswith(":str") or tag not in TAGGED else TAGGED[tag](text)
    value = resolve(text)
    if tag.endswith(":str"):
        return text
    return float(value) if tag.endswith(":float") and type(value) is int else value
