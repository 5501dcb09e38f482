"""Names that say nearly the same, found without comparing all pairs.

Names are compared by the trigrams of their words without diacritics, by Jaccard's measure. Two sets
as similar as t must share one of the rarest few members of each (prefix filter: Chaudhuri, Ganti
and Kaushik 2006; Bayardo, Ma and Srikant 2007), so only names that do are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from math import ceil

from kpi_cli.analysis.wordlist import folded

GENERIC = frozenset(
    {
        "score", "index", "rate", "ratio", "level", "number", "value", "share", "percentage",
        "percent", "overall", "total", "average", "mean", "count", "of", "the", "a", "an", "in",
        "for", "per", "and", "to", "by", "on", "ty", "le", "chi", "so", "luong", "muc", "cua",
        "cac", "trong", "binh", "quan",
    }
)  # fmt: skip
"""Words that may differ between two names of one thing."""
LOOK_ALIKE = 0.3
"""Words with fewer trigrams in common are different words."""
Trigrams = frozenset[str]


@lru_cache(maxsize=65536)
def trigrams(text: str) -> Trigrams:
    """The trigrams of a text's folded words, each word with a blank at both ends.

    >>> sorted(trigrams("Đơn"))
    [' do', 'don', 'on ']
    """
    return frozenset().union(*map(_of_word, folded(text).split()))


@lru_cache(maxsize=65536)
def _of_word(word: str) -> Trigrams:
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def jaccard(one: Trigrams, other: Trigrams) -> float:
    """The share of members in common; 0 for two empty sets."""
    together = len(one & other)
    whole = len(one) + len(other) - together
    return together / whole if whole else 0.0


def matches(
    names: Sequence[str],
    least: float,
    may: Callable[[int, int], bool],
    groups: Sequence[str | None] | None = None,
) -> Iterator[tuple[int, int]]:
    """For each name the first earlier one at least so similar, as (earlier, later) positions.

    Names with different numbers are never compared, nor those of different `groups`; None belongs
    to any. `may` is asked last.
    """
    grams = [trigrams(name) for name in names]
    kinds = groups or [None] * len(names)
    rank = _ranks(grams)
    indexes: dict[frozenset[str], _Index] = {}
    first: dict[tuple[Trigrams, str | None], int] = {}
    for at, own in enumerate(grams):
        size = len(own)
        if not size:
            continue
        twin = first.setdefault((own, kinds[at]), at)
        if twin != at:
            if may(twin, at):
                yield twin, at
            continue
        index = indexes.setdefault(numbers_of(names[at]), _Index())
        rarest = sorted(own, key=rank.__getitem__)[: size - ceil(least * size) + 1]
        for other in sorted(index.near(kinds[at], rarest)):
            if _reaches(own, grams[other], least) and may(other, at):
                yield other, at
                break
        index.enter(kinds[at], rarest, at)


class _Index:
    """Positions of names by the rarest of their trigrams, of each group and of all together."""

    def __init__(self) -> None:
        self._all: dict[str, list[int]] = {}
        self._of: dict[str | None, dict[str, list[int]]] = {}

    def enter(self, group: str | None, rarest: Iterable[str], at: int) -> None:
        """Put in a name."""
        own = self._of.setdefault(group, {})
        for gram in rarest:
            own.setdefault(gram, []).append(at)
            self._all.setdefault(gram, []).append(at)

    def near(self, group: str | None, rarest: Sequence[str]) -> set[int]:
        """The names that share one of the trigrams and may be of the group."""
        held = [self._all] if group is None else [self._of.get(one, {}) for one in (group, None)]
        return {at for table in held for gram in rarest for at in table.get(gram, ())}


def _ranks(grams: Iterable[Trigrams]) -> dict[str, int]:
    """The place of each trigram among all, the rarest first."""
    seen = Counter(chain.from_iterable(grams))
    return {gram: at for at, gram in enumerate(sorted(seen, key=lambda gram: (seen[gram], gram)))}


def _reaches(one: Trigrams, other: Trigrams, least: float) -> bool:
    """Whether two names are at least so similar; those of very different lengths are not."""
    small, large = sorted((len(one), len(other)))
    return small >= least * large and jaccard(one, other) >= least


def differ_in_substance(one: str, other: str, segments: frozenset[str] = frozenset()) -> bool:
    """Whether two similar names mean different things: another number, place or word.

    `segments` are words that name parts of the organisation.
    """
    first, second = set(folded(one).split()), set(folded(other).split())
    only, others = first - second, second - first
    if numbers_of(one) != numbers_of(other):
        return True
    if only and others and (only <= segments or others <= segments):
        return True
    strange = [w for w in only - GENERIC if not _has_like(w, others)]
    foreign = [w for w in others - GENERIC if not _has_like(w, only)]
    return bool(strange and foreign)


def numbers_of(name: str) -> frozenset[str]:
    """The words of a name that hold a digit."""
    return frozenset(word for word in folded(name).split() if not word.isalpha())


def _has_like(word: str, others: set[str]) -> bool:
    own = trigrams(word)
    return any(jaccard(own, trigrams(other)) >= LOOK_ALIKE for other in others)
