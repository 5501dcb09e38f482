"""The everyday half of YAML, read line by line several times faster than through libyaml's events.

Plan files are block mappings of one-line values: `key: value`, `key:` with something deeper below,
`- item`, `{a: 1, b: 2}`, comments. `read` builds exactly those, and gives up (None) at the first
sign of anything else: a text over several lines, an anchor, a tag, an escape, a tab, a key written
twice, whatever could be a fault. Then the one authoritative reader takes the whole file. So this
module never reports anything and never decides what a doubtful text means; a differential fuzz
test holds its data against the other reader's (`tests/source/test_swift.py`).

Each shape below is unambiguous in YAML 1.2: a plain scalar starts with a letter, a digit or a sign
that is no indicator, and holds neither `: ` nor ` #`; a quoted one holds no quote and no escape.
"""

from __future__ import annotations

import re
from typing import Any

from kpi_cli.source.scalars import STARTS, Resolved

MOST_DEEP = 32
_KEY = r"""(?:\w(?:[\w.\- ]{0,120}[\w.\-])?|"[^"\\\n]{0,120}"|'[^'\n]{0,120}')"""
_LINE = re.compile(rf"( *)(- +)?(?:({_KEY}):(?: +(?=[^ \n])|(?= *\n)))?([^\n]*)\n")
_BLANK = re.compile(r"(?: *(?:#[^\n]*)?\n)+")
_PLAIN = r"[\w+(/.$^;=~<\xa0-\U0010ffff]|-\d"
"""How a plain scalar begins where nobody can take it for an indicator."""
_IS_PLAIN = re.compile(_PLAIN)
_QUOTED = re.compile(r""""[^"\\\n]*"|'[^'\n]*'""")
_FLOW_KEY = re.compile(rf"({_KEY}): +(?=[^ \n])")
_FLOW_TEXT = re.compile(rf"(?:{_PLAIN})[^\n,\[\]{{}}:#?]*")
_CELL = r"(?:-?\d|[A-Za-z\xa0-\uffff])(?:[^\n\"'#?:,{}\[\]]*[^\n\"'#?:,{}\[\] ])?"
_PAIRS = rf"\{{\w+: {_CELL}(?:, \w+: {_CELL})*\}}"
_FLAT = re.compile(_PAIRS)
_ROW = rf"\d{{4}}-[\w-]{{2,5}}: (?:-?\d+(?:\.\d+)?|{_PAIRS})\n"
_ROWS = re.compile(rf"( +){_ROW}(?:\1{_ROW})*")
_CONTROL = bytes(byte for byte in range(0x20, 256) if byte != 0x7F) + b"\n"
_DOUBTFUL = (b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xef\xbb\xbf", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")


_RESOLVED = Resolved()
"""Figures and days occur in many files; what they mean is looked up once."""


class _Doubt(Exception):
    """Something this reader leaves to the other one."""


def read(raw: bytes) -> dict[str, Any] | None:
    """The mapping a text holds, or None where the text is not plainly of the everyday kind."""
    if raw.translate(None, _CONTROL) or any(sign in raw for sign in _DOUBTFUL) or _C1.search(raw):
        return None
    try:
        return _Lines(raw.decode("utf-8")).document()
    except (_Doubt, UnicodeDecodeError):
        return None


class _Lines:
    """Reads one text from top to bottom; `frames` are the open collections with their columns."""

    def __init__(self, text: str) -> None:
        self._text = text if text.endswith("\n") else text + "\n"
        self._resolved = _RESOLVED
        self._root: dict[str, Any] = {}
        self._frames: list[tuple[int, Any]] = [(0, self._root)]
        self._waiting: str | None = None
        """The key whose value may begin on the next line."""

    def document(self) -> dict[str, Any]:
        """The whole text. Raises _Doubt."""
        text, position, end = self._text, 0, len(self._text)
        line, blank = _LINE.match, _BLANK.match
        while position < end:
            found = line(text, position)
            assert found is not None
            spaces, dash, key, rest = found.groups()
            if key is None and dash is None:
                skipped = blank(text, position)
                if skipped is None:
                    raise _Doubt
                position = skipped.end()
                continue
            position = found.end()
            column = len(spaces)
            frame = self._frame(column, dash is not None)
            if dash is not None:
                if key is None:
                    frame.append(self._value(rest))
                    continue
                item: dict[str, Any] = {}
                frame.append(item)
                self._enter(column + len(dash), item)
                frame = item
            if key[0] in "\"'":
                key = key[1:-1]
            if key in frame:
                raise _Doubt
            if rest and not rest.isspace():
                frame[key] = self._value(rest)
                continue
            frame[key] = None
            self._waiting = key
            if key == "actuals":
                position = self._rows(position)
        return self._root

    def _frame(self, column: int, item: bool) -> Any:
        """The collection a line at a column belongs to; one that begins there is opened."""
        frames, waiting = self._frames, self._waiting
        here, collection = frames[-1]
        if waiting is not None:
            self._waiting = None
            if column > here or (item and column == here and isinstance(collection, dict)):
                new: Any = [] if item else {}
                collection[waiting] = new
                self._enter(column, new)
                return new
        while column < here or (column == here and not item and isinstance(collection, list)):
            frames.pop()
            if not frames:
                raise _Doubt
            here, collection = frames[-1]
        if column != here or item is not isinstance(collection, list):
            raise _Doubt
        return collection

    def _enter(self, column: int, collection: Any) -> None:
        if len(self._frames) >= MOST_DEEP:
            raise _Doubt
        self._frames.append((column, collection))

    def _value(self, rest: str) -> Any:
        """A scalar or flow collection that ends with its line."""
        first = rest[:1]
        if not first:
            raise _Doubt
        if first in "{[":
            return self._flow(rest)
        if first in "\"'":
            if _QUOTED.fullmatch(rest) is None:
                raise _Doubt
            return rest[1:-1]
        cut = rest.find(" #")
        text = (rest if cut < 0 else rest[:cut]).rstrip(" ")
        if "#" in text or "?" in text[:-1] or ": " in text or text[-1:] == ":":
            raise _Doubt
        if first in STARTS:
            if _IS_PLAIN.match(text) is None:
                raise _Doubt
            return self._resolved[text]
        if not first.isalpha() and _IS_PLAIN.match(text) is None:
            raise _Doubt
        return text

    def _rows(self, position: int) -> int:
        """The plain rows that follow `actuals:`, all at once; where the next line begins."""
        found = _ROWS.match(self._text, position)
        if found is None:
            return position
        run, indent = found[0], found[1]
        frame = self._frame(len(indent), item=False)
        if frame:
            raise _Doubt
        resolved, flat = self._resolved, self._flat
        lines = run[len(indent) : -1].split("\n" + indent)
        for line in lines:
            name, _, text = line.partition(": ")
            frame[name] = resolved[text] if text[0] != "{" else flat(text)
        if len(frame) != len(lines):
            raise _Doubt
        return found.end()

    def _flat(self, text: str) -> dict[str, Any]:
        """`{value: 1, note: a b}`: nothing nested, nothing quoted."""
        resolved = self._resolved
        pairs = [pair.split(": ") for pair in text[1:-1].split(", ")]
        found = {name: resolved[value] for name, value in pairs}
        if len(found) < len(pairs):
            raise _Doubt
        return found

    def _flow(self, rest: str) -> Any:
        """`{…}` or `[…]` that ends with its line, a comment after it left out."""
        if _FLAT.fullmatch(rest):
            return self._flat(rest)
        try:
            value, position = self._nested(rest, 0, 0)
        except IndexError:
            raise _Doubt from None
        after = rest[position:]
        if after.strip(" ") and not (after[0] == " " and after.lstrip(" ")[0] == "#"):
            raise _Doubt
        return value

    def _nested(self, text: str, position: int, depth: int) -> tuple[Any, int]:
        """The flow collection that begins at a position, and where it ends."""
        if depth > MOST_DEEP:
            raise _Doubt
        mapping = text[position] == "{"
        closing = "}" if mapping else "]"
        entries: dict[str, Any] = {}
        items: list[Any] = []
        position = _after_blanks(text, position + 1)
        more = text[position] != closing
        while more:
            if mapping:
                name, position = _flow_key(text, position)
                if name in entries:
                    raise _Doubt
                entries[name], position = self._part(text, position, depth)
            else:
                value, position = self._part(text, position, depth)
                items.append(value)
            position = _after_blanks(text, position)
            more = text[position] == ","
            if more:
                position = _after_blanks(text, position + 1)
        if text[position] != closing:
            raise _Doubt
        return (entries if mapping else items), position + 1

    def _part(self, text: str, position: int, depth: int) -> tuple[Any, int]:
        """One value inside a flow collection, and where it ends."""
        first = text[position]
        if first in "{[":
            return self._nested(text, position, depth + 1)
        if first in "\"'":
            quoted = _QUOTED.match(text, position)
            if quoted is None:
                raise _Doubt
            return quoted[0][1:-1], quoted.end()
        plain = _FLOW_TEXT.match(text, position)
        if plain is None:
            raise _Doubt
        words = plain[0].rstrip(" ")
        return (self._resolved[words] if first in STARTS else words), plain.end()


def _flow_key(text: str, position: int) -> tuple[str, int]:
    found = _FLOW_KEY.match(text, position)
    if found is None:
        raise _Doubt
    name = found[1]
    return (name[1:-1] if name[0] in "\"'" else name), found.end()


def _after_blanks(text: str, position: int) -> int:
    while text[position] == " ":
        position += 1
    return position
