"""The word lists compiled: phrases found in one pass over the tokens, longest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kpi_cli.frozen import dataclass
from kpi_cli.wording import english, vietnamese
from kpi_cli.wording.text import Language, Token, unaccented


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the lists in a text: its kinds, and the tokens `first` to `last` (exclusive)."""

    phrase: str
    kinds: frozenset[str]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    stem: bool
    kinds: frozenset[str]

    def fits(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the phrase stands at a token, as whole words."""
        words = self.words
        if at + len(words) > len(tokens):
            return False
        for offset, word in enumerate(words[:-1]):
            if tokens[at + offset].word != word:
                return False
        last = tokens[at + len(words) - 1].word
        return last.startswith(words[-1]) if self.stem else last == words[-1]


class Phrases:
    """Phrases by their first word. The longest that fits wins; shorter ones inside are not told.

    Of most words no text is ever asked, so their phrases stay as they are written.
    """

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._written: dict[str, list[tuple[str, str]]] = {}
        self._stems: dict[str, set[str]] = {}
        for kind, text in lists.items():
            for phrase in split(text):
                first = phrase.partition(" ")[0]
                if first.endswith("*"):
                    self._stems.setdefault(first[:-1], set()).add(kind)
                else:
                    self._written.setdefault(first, []).append((phrase, kind))
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._begun: dict[str, tuple[Sequence[_Entry], frozenset[str] | None]] = {}

    def _entries(self, first: str) -> list[_Entry]:
        """The phrases that begin with a word, the longest first."""
        kinds: dict[str, set[str]] = {}
        for phrase, kind in self._written.get(first, ()):
            kinds.setdefault(phrase, set()).add(kind)
        entries = [
            _Entry(tuple(phrase.rstrip("*").split()), phrase.endswith("*"), frozenset(of))
            for phrase, of in kinds.items()
        ]
        return sorted(entries, key=lambda entry: (-len(entry.words), entry.words))

    def at(self, tokens: Sequence[Token], at: int) -> Found | None:
        """The longest phrase that begins at a token."""
        word = tokens[at].word
        begun = self._begun.get(word)
        if begun is None:
            begun = self._begun[word] = self._entries(word), self._kinds_of_stem(word)
        entries, stem = begun
        for entry in entries:
            if entry.fits(tokens, at):
                return Found(" ".join(entry.words), entry.kinds, at, at + len(entry.words))
        return None if stem is None else Found(word, stem, at, at + 1)

    def _kinds_of_stem(self, word: str) -> frozenset[str] | None:
        """The kinds of the shortest stem that a word begins with."""
        for length in self._stem_lengths:
            if word[:length] in self._stems:
                return frozenset(self._stems[word[:length]])
        return None

    def every(self, tokens: Sequence[Token]) -> tuple[Found, ...]:
        """All phrases of a text that do not overlap, from left to right.

        A single word inside a hyphenated one (`low-quality`) is another word.
        """
        found = []
        at = 0
        while at < len(tokens):
            match = self.at(tokens, at)
            if match is None or _is_part(tokens, match):
                at += 1
                continue
            found.append(match)
            at = match.last
        return tuple(found)


def _is_part(tokens: Sequence[Token], match: Found) -> bool:
    after = match.last < len(tokens) and tokens[match.last].joined
    return tokens[match.first].joined or after


def split(text: str) -> list[str]:
    """`a; b c` -> the phrases, hyphens as spaces."""
    parts = " ".join(text.replace("-", " ").split()).split(";")
    return [phrase for part in parts if (phrase := part.strip())]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of one language."""

    verbs: Phrases
    words: Phrases
    names: frozenset[str]
    """Verbs that may as well be nouns."""


@lru_cache(maxsize=2)
def lexicon(language: Language) -> Lexicon:
    """The compiled lists of a language, made once."""
    if language == "vi":
        return Lexicon(
            Phrases(vietnamese.VERBS), Phrases(vietnamese.WORDS), vietnamese.AMBIGUOUS_NAMES
        )
    return Lexicon(Phrases(english.VERBS), Phrases(english.WORDS), english.AMBIGUOUS_NAMES)


@lru_cache(maxsize=1)
def unaccented_phrases() -> Phrases:
    """Vietnamese phrases of two syllables and more as they look without their accents."""
    lists = "; ".join((*vietnamese.VERBS.values(), *vietnamese.WORDS.values()))
    plain = [phrase for phrase in split(unaccented(lists)) if " " in phrase]
    return Phrases({"vi": "; ".join(plain)})


_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=4096)
def base_forms(word: str) -> tuple[str, ...]:
    """What an English verb form may come from, likeliest first: `cutting` -> cutting, cutt, cut…"""
    forms = [word]
    if len(word) > 4 and word.endswith("ing"):
        forms += _stemmed(word[:-3])
    elif len(word) > 3 and word.endswith("ied"):
        forms.append(word[:-3] + "y")
    elif len(word) > 3 and word.endswith("ed"):
        forms += [word[:-1], *_stemmed(word[:-2])]
    elif len(word) > 3 and word.endswith("ies"):
        forms.append(word[:-3] + "y")
    elif len(word) > 3 and word.endswith("es"):
        forms += [word[:-1], word[:-2]]
    elif len(word) > 2 and word.endswith("s"):
        forms.append(word[:-1])
    return tuple(forms)


def _stemmed(stem: str) -> list[str]:
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    return [stem, stem + "e", *([stem[:-1]] if doubled else [])]


def has(found: Iterable[Found], kind: str) -> bool:
    """Whether any of the phrases is of a kind."""
    return any(kind in one.kinds for one in found)
