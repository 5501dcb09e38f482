"""Markdown that ends in time: a comment holds 65 536 characters, a step summary 1 MiB, and what is
longer is refused whole. So a page says how much it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

COMMENT = 60_000
"""Bytes of a comment below a pull request, with room for what a bot adds."""
SUMMARY = 1_000_000
"""Bytes of a step summary."""


class MarkdownPage:
    """Lines, as many as fit into `most` bytes; 500 are kept for what must stand at the end."""

    def __init__(self, most: int = COMMENT) -> None:
        self._lines: list[str] = []
        self._room = most - 500

    def add(self, *lines: str) -> None:
        """Lines that stand in any case."""
        self._lines += lines
        self._room -= sum(_size(line) for line in lines)

    def rows(self, rows: list[str], rest: Callable[[int], str]) -> None:
        """As many rows as there is room for; `rest(n)` says that there are n more."""
        shown = list(self._fitting(rows))
        self.add(*shown)
        if len(shown) < len(rows):
            self.add("", rest(len(rows) - len(shown)))

    def _fitting(self, rows: Iterable[str]) -> Iterator[str]:
        left = self._room
        for row in rows:
            left -= _size(row)
            if left < 0:
                return
            yield row

    def text(self) -> str:
        """The page."""
        return "\n".join(self._lines).rstrip("\n") + "\n"


def _size(line: str) -> int:
    return len(line.encode("utf-8", "backslashreplace")) + 1
