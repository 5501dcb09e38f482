"""The one place that touches PyYAML: libyaml's events, read as YAML 1.2 means them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yaml.events import ScalarEvent

Read = Callable[[], Any]
"""Returns the next event; raises yaml.YAMLError where the text is not YAML."""

_BREAKS_OF_1_1 = (b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
_STAND_INS = (range(0xE000, 0xF900), range(0xF0000, 0xF1000))


def reader(raw: bytes) -> Read:
    """An event reader over UTF-8 bytes.

    libyaml follows YAML 1.1 and ends a line at U+0085, U+2028 and U+2029; in YAML 1.2 (and in
    every editor) they are ordinary characters. Where one occurs it is swapped, for the parser
    only, for a private character that is not in the text, and swapped back in every scalar.
    A last line of spaces gets the line end libyaml needs to see it as a blank line.
    """
    if raw[-1:] == b" " and not raw[raw.rfind(b"\n") + 1 :].strip():
        raw += b"\n"
    if raw.isascii() or not any(character in raw for character in _BREAKS_OF_1_1):
        return _parser(raw)
    text = raw.decode("utf-8", "surrogateescape")
    swap = _stand_ins(text)
    read = _parser(text.translate(swap).encode("utf-8", "surrogateescape"))
    return _swapping(read, {new: old for old, new in swap.items()})


def kinds() -> tuple[type, type, type, type, type]:
    """The classes of scalar, mapping start, list start, mapping end and list end."""
    from yaml import events

    return (
        events.ScalarEvent,
        events.MappingStartEvent,
        events.SequenceStartEvent,
        events.MappingEndEvent,
        events.SequenceEndEvent,
    )


def _parser(raw: bytes) -> Read:
    try:
        from yaml._yaml import CParser
    except ImportError as error:
        from kpi_cli.errors import CannotRun

        raise CannotRun(
            "PyYAML on this machine was built without libyaml, which kpi needs to read YAML; "
            "install a PyYAML wheel (`pip install --force-reinstall pyyaml`)."
        ) from error
    read: Read = CParser(raw).get_event
    return read


def _stand_ins(text: str) -> dict[int, int]:
    escapes = {code.lower() for code in re.findall(r"\\[uU]0*([0-9a-fA-F]{4,6})", text)}
    present = set(text)
    free = (
        code
        for code in chain(*_STAND_INS)
        if chr(code) not in present and f"{code:x}" not in escapes
    )
    return dict(zip((0x85, 0x2028, 0x2029), free, strict=False))


def _swapping(read: Read, back: dict[int, int]) -> Read:
    from yaml.events import ScalarEvent as Scalar

    def next_event() -> Any:
        event: ScalarEvent = read()
        if event.__class__ is Scalar:
            event.value = event.value.translate(back)
        return event

    return next_event
