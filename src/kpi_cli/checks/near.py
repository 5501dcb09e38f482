"""The ids that look most like a mistyped one, quickly even among many thousands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from kpi_cli.shape import did_you_mean

FEW = 200
"""So many candidates are compared letter by letter."""


class Near:
    """Ids to choose from; those that share most pairs of letters are looked at closely."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._said: dict[str, str | None] = {}

    def hint(self, word: str) -> str | None:
        """`did you mean 'x' or 'y'?`, or None where nothing is close."""
        if word not in self._said:
            self._said[word] = did_you_mean(word, self._candidates(word[:100]))
        return self._said[word]

    def _candidates(self, word: str) -> list[str]:
        if len(self._known) <= FEW:
            return self._known
        shared = Counter(at for pair in _pairs(word) for at in self._by_pair.get(pair, ()))
        return [self._known[at] for at, _ in shared.most_common(FEW)]

    @cached_property
    def _by_pair(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, name in enumerate(self._known):
            for pair in _pairs(name):
                found.setdefault(pair, []).append(at)
        return found


def _pairs(word: str) -> list[str]:
    return sorted({word[at : at + 2] for at in range(len(word) - 1)})
