"""Regular expressions that are compiled when they are first asked: a plan needs half of them."""

from __future__ import annotations

import re
from sys import maxsize
from typing import Any, cast


class Later:
    """Stands for a pattern; from the first question on its methods are the compiled one's."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __getattr__(self, name: str) -> Any:
        found = re.compile(self._text)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub"):
            setattr(self, method, getattr(found, method))
        return getattr(found, name)


class Hinted:
    """A pattern of which every match holds one of the `hints`: most texts need not be searched."""

    def __init__(self, text: str, hints: tuple[str, ...]) -> None:
        self.pattern = Later(text)
        self.hints = hints

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match, as the pattern's own method finds it."""
        for hint in self.hints:
            if hint in text:
                return cast("re.Match[str] | None", self.pattern.search(text, start, end))
        return None


def expression(text: str) -> re.Pattern[str]:
    """A regular expression as a pattern; a faulty one raises `re.error` when it is used."""
    return cast("re.Pattern[str]", Later(text))


def hinted(hints: str, text: str) -> Hinted:
    """The same to search for, with the hints divided by `;`."""
    return Hinted(text, tuple(hint.strip() for hint in hints.split(";")))
