"""Events -> plain data, in one loop without recursion and without keeping places.

Faults that leave the text readable (a duplicate key, an unknown tag, …) are collected with
their route; those that do not raise `Halt` (ours) or `yaml.YAMLError` (libyaml's).
"""

from __future__ import annotations

from typing import Any

from kpi_cli.source.aliases import HARMLESS_NODES, MOST_PER_WRITTEN, Aliases, written
from kpi_cli.source.events import Read, kinds
from kpi_cli.source.layout import block_column, flow_outside, quoted_outside
from kpi_cli.source.model import Route, SourceFault
from kpi_cli.source.scalars import CORE, STARTS, TAGGED, Resolved
from kpi_cli.source.strict import check_name, strict
from kpi_cli.source.text import Text
from kpi_cli.source.trouble import ITEM, KEY, Dropped, Halt, Trouble, mark_of
from kpi_cli.source.words import unclosed_bracket, unclosed_quote


class Builder(Trouble):
    """Builds the first document; `data`, `faults` and the rest are ready after `run`."""

    def __init__(self, text: Text, read: Read, max_depth: int, lost_anchors: set[str]) -> None:
        super().__init__()
        self.ended_at: int | None = None
        self.repeated: list[tuple[int, Route]] = []
        self.unfinished: list[Route] = []
        self.lost: set[str] = set()
        self._text = text
        self._read = strict(read, text)
        self._max_depth = max_depth
        self._lost_anchors = lost_anchors
        self._root: list[Any] = self.current
        self._resolved = Resolved()
        self._aliases = Aliases()
        self._alias_places: list[tuple[int, Any, Any, Any, Route]] = []
        self._dropped: list[tuple[dict[Any, Any], Dropped, Route]] = []

    @property
    def data(self) -> Any:
        """The top-level value; `{}` for an empty document."""
        return {} if not self._root or self._root[0] is None else self._root[0]

    def run(self) -> None:
        """Read the first document to its end."""
        self._loop()
        for mapping, key, route in self._dropped:
            value = mapping.pop(key, None)
            if not route and isinstance(value, dict):
                self.lost.update(name for name in value if isinstance(name, str))
        if self._aliases.spent > HARMLESS_NODES:
            self._check_ratio()

    def _loop(self) -> None:  # noqa: C901 - every call in it would cost each event
        """The hot loop: its cost beside the bare event scan is what a load costs."""
        Scalar, MappingStart, SequenceStart, MappingEnd, SequenceEnd = kinds()
        read, resolved, pop = self._read, self._resolved, self.stack.pop
        current, key = self.current, self.key
        while True:
            event = read()
            kind = event.__class__
            if kind is Scalar and key is KEY:
                value = event.value
                if event.anchor is None and event.tag is None and value not in current:
                    key = value
                else:
                    key = self._odd_key(event, current)
                event = read()
                kind = event.__class__
            if kind is Scalar:
                value = event.value
                if not event.style and event.tag is None:
                    if value[:1] in STARTS:
                        value = resolved[value]
                else:
                    self.current, self.key = current, key
                    value = self._not_plain(event)
                if event.anchor is not None:
                    self._define(event, value, event.value)
            elif kind is MappingEnd or kind is SequenceEnd:
                current, _, key, start = pop()
                if start.flow_style and start.start_mark.line != event.end_mark.line:
                    self._check_flow(start, event)
                continue
            elif kind is MappingStart or kind is SequenceStart:
                current = self._open(event, current, key, {} if kind is MappingStart else [])
                key = KEY if kind is MappingStart else ITEM
                continue
            else:
                self.current, self.key = current, key
                if not hasattr(event, "anchor"):
                    if self._is_over(event):
                        return
                    continue
                if key is KEY:
                    key = self._odd_key(event, current)
                    continue
                value = self._alias(event)
            if key is ITEM:
                current.append(value)
            else:
                current[key] = value
                key = KEY

    def _is_over(self, event: Any) -> bool:
        """Whether the first document is read; a second one is a fault."""
        kind = event.__class__.__name__
        if kind == "DocumentStartEvent" and self._root:
            self.ended_at = event.start_mark.line
            self.soft(
                "K008",
                "A second document starts here; nothing from here on is read.",
                event,
                "Move it into a file of its own, or delete this line.",
            )
            return True
        return bool(kind == "StreamEndEvent")

    def _open(self, event: Any, parent: Any, key: Any, new: Any) -> Any:
        """Attach a new mapping or list and step into it."""
        self.current, self.key = parent, key
        if len(self.stack) >= self._max_depth:
            raise Halt(
                self.fault(
                    "K005",
                    f"This is nested deeper than {self._max_depth} levels.",
                    event,
                    "Write it flatter.",
                )
            )
        if event.tag not in (None, "!", CORE + ("map" if new == {} else "seq")):
            self._unknown_tag(event)
        after: Any = ITEM if key is ITEM else KEY
        if key is KEY:
            self._complex_key(event)
            key, after = self._drop_key(""), self._drop_key("")
        if key is ITEM:
            parent.append(new)
        else:
            parent[key] = new
        self.stack.append((parent, key, after, event))
        if event.anchor is not None:
            self._define(event, new, None)
        return new

    def _complex_key(self, event: Any) -> None:
        self.soft(
            "K011",
            "A key must be a word or a text, not a list or a mapping.",
            event,
            "If it is meant as text, put it in quotes.",
        )

    def _odd_key(self, event: Any, current: Any) -> Any:
        """A key that is written twice, has an anchor or a tag, or is an alias."""
        self.current, self.key = current, KEY
        text = self._key_text(event)
        if text is None:
            return self._drop_key("")
        if text not in self.current:
            return text
        self.repeated.append((len(self.faults), (*self.route(), text)))
        self.soft(
            "K002",
            f"The key `{text}` is written twice here; only the first one counts.",
            event,
            "Delete or rename one of the two.",
        )
        return self._drop_key(text)

    def _key_text(self, event: Any) -> str | None:
        """Text of a key, None where it has none (with the fault noted)."""
        if hasattr(event, "value"):
            plain = not event.style and event.tag is None
            value = self._resolved[event.value] if plain else self._not_plain(event)
            if event.anchor is not None:
                self._define(event, value, event.value)
            return str(event.value)
        check_name(self._text, event)
        text = self._aliases.texts.get(event.anchor)
        if text is None and event.anchor in self._aliases.values:
            self._complex_key(event)
        elif text is None:
            self._alias(event)
        return text

    def _drop_key(self, text: str) -> Dropped:
        key = Dropped(text)
        self._dropped.append((self.current, key, self.route()))
        return key

    def _not_plain(self, event: Any) -> Any:
        """Value of a quoted, block or tagged scalar."""
        if event.tag is not None:
            return self._tagged(event)
        if event.start_mark.line != event.end_mark.line and event.style in ("'", '"'):
            line = quoted_outside(self._text, event, self._block_column())
            if line is not None:
                raise Halt(unclosed_quote(self._text, event.start_mark, line))
        return event.value

    def _check_flow(self, start: Any, end: Any) -> None:
        line = flow_outside(self._text, start, end, self._block_column())
        if line is not None:
            raise Halt(unclosed_bracket(self._text, start.start_mark, line))

    def _block_column(self) -> int:
        return block_column([frame[3] for frame in self.stack])

    def _tagged(self, event: Any) -> Any:
        """Value of a scalar with an explicit tag."""
        convert = TAGGED.get(event.tag)
        if convert is None:
            return self._unknown_tag(event)
        try:
            return convert(event.value)
        except ValueError:
            name = event.tag.removeprefix(CORE)
            return self.soft(
                "K001",
                f"`{_short(event.value)}` is not a `!!{name}`.",
                event,
                f"Leave `!!{name}` out, or correct the value.",
            )

    def _unknown_tag(self, event: Any) -> None:
        tag = _short(event.tag.replace(CORE, "!!"))
        self.soft(
            "K001",
            f"The tag `{tag}` means nothing here.",
            event,
            "Leave it out; a text that starts with `!` goes in quotes.",
        )

    def _alias(self, event: Any) -> Any:
        """The anchored value, or None with a fault."""
        name = event.anchor
        check_name(self._text, event)
        if name not in self._aliases.values:
            return self._undefined(event)
        value = self._aliases.values[name]
        if not isinstance(value, dict | list):
            return value
        if value is self.current or any(value is frame[0] for frame in self.stack):
            return self.soft(
                "K005",
                f"`*{name}` stands inside the value that `&{name}` names.",
                event,
                "A value cannot contain itself; write it out.",
            )
        before = self._aliases.spent
        if not self._aliases.afford(value):
            return self._bomb(event, self.route())
        cost = self._aliases.spent - before
        self._alias_places.append((cost, self.current, self.key, event, self.route()))
        return value

    def _define(self, event: Any, value: Any, text: str | None) -> None:
        check_name(self._text, event)
        self._aliases.define(event.anchor, value, text)

    def _undefined(self, event: Any) -> None:
        name = event.anchor
        if name in self._lost_anchors:
            route = self.route()
            if self.key is not KEY or len(route) > 1:
                self.unfinished.append(route)
            return
        self.soft(
            "K001",
            f"`*{name}` refers to `&{name}`, which is not written above it.",
            event,
            "A text that starts with `*` goes in quotes.",
        )

    def _bomb(self, event: Any, route: Route) -> None:
        """One fault a file; every record with such an alias is left out."""
        self.unfinished.append(route)
        if any(fault.code == "K005" for fault in self.faults):
            return
        message = f"With `*{event.anchor}` written out, this file would grow beyond all measure."
        self.faults.append(
            SourceFault(
                "K005",
                message,
                mark_of(event),
                "Write the values out, or use fewer aliases.",
                (),
                route,
            )
        )

    def _check_ratio(self) -> None:
        """Refuse the costliest aliases of a file that is almost nothing but aliases."""
        limit = MOST_PER_WRITTEN * written(self.data)
        spent = self._aliases.spent
        for cost, parent, key, event, route in sorted(self._alias_places, key=lambda u: -u[0]):
            if spent <= limit:
                return
            if isinstance(key, Dropped):
                continue
            spent -= cost
            self._bomb(event, route)
            parent[route[-1] if key is ITEM else key] = None


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
