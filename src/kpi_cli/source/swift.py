"""The everyday half of YAML, read line by line several times faster than through libyaml's events.

Plan files are block mappings of one-line values: `key: value`, `key:` with something deeper below,
`- item`, `{a: 1, b: 2}`, comments. `read` builds exactly those, and gives up (None) at the first
sign of anything else: a text over several lines, an anchor, a tag, an escape, a tab, a key written
twice, whatever could be a fault. Then the one authoritative reader takes the whole file. So this
module never reports anything and never decides what a doubtful text means; a differential fuzz
test holds its data against the other reader's (`tests/source/test_swift.py`).

Each shape below is unambiguous in YAML 1.2: a plain scalar starts with a letter, a digit or a sign
that is no indicator, and holds neither `: ` nor ` #`; a quoted one holds no quote and no escape.
One pattern, `_LINE`, takes a whole text apart; what is left for Python is to build the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kpi_cli.source.scalars import LONGEST_KEPT, STARTS, Resolved

MOST_DEEP = 32
_CHUNK = 1 << 18
"""So many characters are taken apart at once: the parts need several times their room."""

# Characters are listed by what they are not: a range up to the last one takes long to compile.
_INITIAL = r"[^\x00-/:-@\[-^`{-\x9f]"
"""A letter, a digit, `_` or anything beyond ASCII."""
_WORD = r"[^\x00-,/:-@\[-^`{-\x9f]"
"""The same, or `-` or `.`."""
_QUOTES = r"""(?:"[^"\\\n]*+"|'[^'\n]*+')"""
_KEY = (
    rf"(?:{_INITIAL}{_WORD}{{0,120}}+(?: ++{_WORD}{{1,40}}+){{0,4}}+"
    r"""|"[^"\\\n]{0,120}+"|'[^'\n]{0,120}+')"""
)
_PLAIN = r"(?:[^\x00-#%-')*,\-:>?@\[\\\]`{|}\x7f-\x9f]|-[0-9])"
"""How a plain scalar begins where nobody can take it for an indicator."""
_PART = rf"""(?:(?:[^\x00-/:-@\[-`{{-\x9f]|-[0-9])[^\n"'#?:,{{}}\[\]]*+(?<! )|{_QUOTES})"""
"""A scalar between brackets."""
_NAME = rf"{_INITIAL}{_WORD}{{0,120}}+"
_PAIRS = rf"\{{(?:{_NAME}: {_PART}(?:, (?!\}})|(?=\}})))++\}}"
_ITEMS = rf"\[(?:{_PART}(?:, (?!\])|(?=\])))++\]"
_ROW = rf"[0-9]{{4}}-[0-9HQW-]{{2,5}}+: (?:-?[0-9]++(?:\.[0-9]++)?|{_PAIRS})\n"
_LINE = re.compile(
    r"(?: *+(?:#[^\n]*+)?\n)*+"  # blank lines and comments above
    rf"(?:( *+)(- ++)?+(?:({_KEY}):(?: ++|(?=\n)))?+"  # 1 spaces, 2 dash, 3 key, and one of:
    rf"(?:({_PLAIN}[^\n#:?]*+(?<! ))\n"  # 4 a text or number
    rf"|({_PAIRS}|{_ITEMS}|{_QUOTES})\n"  # 5 quotes, or brackets with nothing nested
    rf"|(?:#[^\n]*+)?\n((?=(?P<left> ++))(?:(?P=left){_ROW})++)?+"  # 6 rows below, 7 their left
    r"|([^\n]++)\n)"  # 8 anything else
    r"|\Z)"
)
_IS_PLAIN = re.compile(_PLAIN)
_QUOTED = re.compile(_QUOTES)
_BRACES = re.compile(r"\{[^\n]*+")
_BETWEEN = re.compile(rf"{_QUOTES}|[^, \[{{}}:\]][^,:\]}}]*+")
"""A part of brackets in which nothing is nested."""
_FLOW_KEY = re.compile(rf"({_KEY}): +(?=[^ \n])")
_FLOW_TEXT = re.compile(rf"{_PLAIN}[^\n,\[\]{{}}:#?]*")
_CONTROL = bytes(byte for byte in range(0x20, 256) if byte != 0x7F) + b"\n"
_DOUBTFUL = {
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),  # control characters
    b"\xe2": re.compile(rb"\xe2\x80[\xa8\xa9]"),  # line and paragraph separators
    b"\xef": re.compile(rb"\xef(?:\xbb\xbf|\xbf[\xbe\xbf])"),  # byte order mark, no characters
}
"""What YAML treats in its own way beyond ASCII, by its first byte."""
_MOST_NAMES = 20_000


class _Named(dict[str, str]):
    """Keys and quoted texts without their quotes: one object for each, hashed once."""

    def __missing__(self, text: str) -> str:
        name = text[1:-1] if text[0] in "\"'" else text
        if len(text) <= LONGEST_KEPT:
            if len(self) >= _MOST_NAMES:
                self.clear()
            self[text] = name
        return name


_NAMED = _Named()
_RESOLVED = Resolved()
"""Figures and days occur in many files; what they mean is looked up once."""
_resolved = _RESOLVED.__getitem__


class _Doubt(Exception):
    """Something this reader leaves to the other one."""


def read(raw: bytes) -> dict[str, Any] | None:
    """The mapping a text holds, or None where the text is not plainly of the everyday kind."""
    if raw.translate(None, _CONTROL) or not (raw.isascii() or _is_sound(raw)):
        return None
    try:
        return _Lines().document(raw.decode("utf-8"))
    except (_Doubt, UnicodeDecodeError):
        return None


def _is_sound(raw: bytes) -> bool:
    """Whether YAML treats none of the characters beyond ASCII in its own way."""
    return not any(lead in raw and sign.search(raw) for lead, sign in _DOUBTFUL.items())


def _parts(text: str) -> Iterator[tuple[str, ...]]:
    """The groups of `_LINE`, line by line; empty ones where a chunk ends."""
    start, size = 0, len(text)
    while start < size:
        end = text.find("\n", min(start + _CHUNK, size - 1)) + 1
        yield from _LINE.findall(text, start, end)
        start = end


class _Lines:
    """Reads one text from top to bottom; `frames` are the open collections with their columns."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self._frames: list[tuple[int, Any]] = [(0, self._root)]

    def document(self, text: str) -> dict[str, Any]:
        """The whole text. Raises _Doubt."""
        named, resolved = _NAMED, _RESOLVED
        here, frame = 0, self._frames[0][1]
        waiting: str | None = None  # the key whose value may begin on the next line
        lines = _parts(text if text.endswith("\n") else text + "\n")
        for spaces, dash, key, plain, closed, rows, left, other in lines:
            if not key and not dash:
                if plain or closed or other:
                    raise _Doubt
                continue
            if dash or frame.__class__ is list or len(spaces) != here:
                here = len(spaces)
                frame = self._frame(here, dash != "", waiting)
            waiting = None
            if dash:
                if not key:
                    frame.append(_closed(closed) if closed else _value(plain or other))
                    continue
                item: dict[str, Any] = {}
                frame.append(item)
                here, frame = here + len(dash), item
                self._enter(here, frame)
            key = named[key]
            if key in frame:
                raise _Doubt
            if plain:
                frame[key] = resolved[plain]
            elif closed:
                frame[key] = _closed(closed)
            elif other:
                frame[key] = _value(other)
            else:
                frame[key] = None
                waiting = key
                if rows:
                    here = len(left)
                    frame = self._frame(here, False, waiting)
                    waiting = None
                    _fill(frame, rows)
        return self._root

    def _frame(self, column: int, item: bool, waiting: str | None) -> Any:
        """The collection a line at a column belongs to; one that begins there is opened."""
        frames = self._frames
        here, collection = frames[-1]
        if waiting is not None and (
            column > here or (item and column == here and isinstance(collection, dict))
        ):
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


def _value(rest: str) -> Any:
    """A scalar or flow collection that ends with its line."""
    first = rest[:1]
    if not first:
        raise _Doubt
    if first in "{[":
        return _flow(rest)
    if first in "\"'":
        if _QUOTED.fullmatch(rest) is None:
            raise _Doubt
        return rest[1:-1]
    cut = rest.find(" #")
    text = (rest if cut < 0 else rest[:cut]).rstrip(" ")
    if "#" in text or "?" in text[:-1] or ": " in text or text[-1:] == ":":
        raise _Doubt
    if _IS_PLAIN.match(text) is None:
        raise _Doubt
    return _RESOLVED[text]


def _fill(frame: dict[str, Any], rows: str) -> None:
    """Put the rows below a key into its new mapping, all at once."""
    if frame:
        raise _Doubt
    notes = iter(_BRACES.findall(rows)) if "{" in rows else None
    parts = (_BRACES.sub("{", rows) if notes else rows).replace(":", " ").split()
    texts = parts[1::2]
    frame.update(zip(parts[::2], map(_resolved, texts), strict=True))
    if len(frame) != len(texts):
        raise _Doubt
    at = -1
    for note in notes or ():
        at = texts.index("{", at + 1)
        frame[parts[2 * at]] = _closed(note)


def _closed(text: str) -> Any:
    """Quotes, or `{value: 1, note: a b}` or `[a, b]` with nothing nested."""
    first = text[0]
    if first in "\"'":
        return _NAMED[text]
    if '"' in text or "'" in text:
        return _partly_quoted(text)
    entries = text[1:-1].split(", ")
    if first == "[":
        return list(map(_resolved, entries))
    found: dict[str, Any] = {}
    for entry in entries:
        name, _, part = entry.partition(": ")
        found[name] = _resolved(part)
    if len(found) < len(entries):
        raise _Doubt
    return found


def _partly_quoted(text: str) -> Any:
    """The same brackets, with quotes in them."""
    parts: list[str] = _BETWEEN.findall(text)
    if text[0] == "[":
        return list(map(_scalar, parts))
    found = dict(zip(parts[::2], map(_scalar, parts[1::2]), strict=True))
    if len(found) * 2 < len(parts):
        raise _Doubt
    return found


def _scalar(part: str) -> Any:
    return _NAMED[part] if part[0] in "\"'" else _RESOLVED[part]


def _flow(rest: str) -> Any:
    """`{…}` or `[…]` that ends with its line, a comment after it left out."""
    try:
        value, position = _nested(rest, 0, 0)
    except IndexError:
        raise _Doubt from None
    after = rest[position:]
    if after.strip(" ") and not (after[0] == " " and after.lstrip(" ")[0] == "#"):
        raise _Doubt
    return value


def _nested(text: str, position: int, depth: int) -> tuple[Any, int]:
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
            entries[name], position = _part(text, position, depth)
        else:
            value, position = _part(text, position, depth)
            items.append(value)
        position = _after_blanks(text, position)
        more = text[position] == ","
        if more:
            position = _after_blanks(text, position + 1)
    if text[position] != closing:
        raise _Doubt
    return (entries if mapping else items), position + 1


def _part(text: str, position: int, depth: int) -> tuple[Any, int]:
    """One value inside a flow collection, and where it ends."""
    first = text[position]
    if first in "{[":
        return _nested(text, position, depth + 1)
    if first in "\"'":
        quoted = _QUOTED.match(text, position)
        if quoted is None:
            raise _Doubt
        return quoted[0][1:-1], quoted.end()
    plain = _FLOW_TEXT.match(text, position)
    if plain is None:
        raise _Doubt
    words = plain[0].rstrip(" ")
    return (_RESOLVED[words] if first in STARTS else words), plain.end()


def _flow_key(text: str, position: int) -> tuple[str, int]:
    found = _FLOW_KEY.match(text, position)
    if found is None:
        raise _Doubt
    return _NAMED[found[1]], found.end()


def _after_blanks(text: str, position: int) -> int:
    while text[position] == " ":
        position += 1
    return position
