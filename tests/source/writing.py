"""Random data written as YAML in random styles, for the tests that read it back."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from hypothesis import strategies as st

from kpi_cli.source.scalars import resolve

_PLAIN = re.compile(r"[A-Za-zéạ][A-Za-z0-9éạ ]*[A-Za-z0-9é]")
_PRINTABLE = re.compile(
    r"[\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)

TEXT = st.text(
    st.one_of(
        st.sampled_from("ab:,#'\"[]{}&*!|>%@` -?\n\\1.é០ក្ع\u0301\u0085\u2028\u2029\ue000😀"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"),
    ),
    max_size=12,
)
SCALARS = st.one_of(
    TEXT,
    st.sampled_from(["yes", "no", "1:30", "2026-01-01", "1_000", "0x1F", "1e3", "null", "<<", "="]),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none(),
)
KEYS = st.one_of(st.text("abc-é", min_size=1, max_size=5), TEXT)
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)
        ),
        max_leaves=12,
    ),
    max_size=4,
)


class Writer:
    """Writes one value; every choice of style is drawn from `draw`."""

    def __init__(self, draw: Any) -> None:
        self._pick = lambda *options: draw(st.sampled_from(options))

    def document(self, data: dict[str, Any]) -> str:
        """The whole text: a mapping at the left edge."""
        if not data:
            return self._pick("", "# nothing\n", "{}", "---\n...\n")
        return self._pick("", "---\n", "# a comment: here\n\n") + self._mapping(data, 0)

    def _mapping(self, data: dict[str, Any], column: int) -> str:
        parts = []
        for key, value in data.items():
            noise = self._pick("", "", "", "\n", "# a comment [\n")
            parts.append(f"{noise}{' ' * column}{self._key(key)}:{self._value(value, column)}\n")
        return "".join(parts)

    def _list(self, data: list[Any], column: int) -> str:
        return "".join(f"{' ' * column}-{self._value(value, column)}\n" for value in data)

    def _value(self, value: Any, column: int) -> str:
        if isinstance(value, dict | list) and value and self._pick(True, True, False):
            write = self._mapping if isinstance(value, dict) else self._list
            return "\n" + write(value, column + self._pick(1, 2, 4)).removesuffix("\n")
        if isinstance(value, str) and self._pick(True, False) and self._fits_block(value):
            return " " + self._block(value, column)
        return " " + self._flow(value) + self._pick("", "", "  # said: 'so'")

    def _flow(self, value: Any) -> str:
        if isinstance(value, list):
            return "[" + self._pick(", ", ",").join(map(self._flow, value)) + "]"
        if isinstance(value, dict):
            pairs = [f"{self._key(key)}: {self._flow(inner)}" for key, inner in value.items()]
            return "{" + ", ".join(pairs) + "}"
        return self._scalar(value)

    def _key(self, key: str) -> str:
        return self._quoted(key)

    def _scalar(self, value: Any) -> str:
        if isinstance(value, str):
            return self._quoted(value)
        if value is None:
            return self._pick("null", "~", "Null", "!!null null")
        if isinstance(value, bool):
            return self._pick(*(["true", "True"] if value else ["false", "FALSE"]))
        if isinstance(value, float) and math.isinf(value):
            return ".inf" if value > 0 else "-.INF"
        return self._pick("", "", "!!float " if isinstance(value, float) else "!!int ") + repr(
            value
        )

    def _quoted(self, text: str) -> str:
        options = [json.dumps(text, ensure_ascii=False)]
        if _PRINTABLE.fullmatch(text) and "\n" not in text:
            options.append("'" + text.replace("'", "''") + "'")
        if _PLAIN.fullmatch(text) and resolve(text) == text:
            options += [text, text]
        return self._pick(*options)

    def _fits_block(self, text: str) -> bool:
        return text.strip("\n ") != "" and _PRINTABLE.fullmatch(text) is not None

    def _block(self, text: str, column: int) -> str:
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        lines = "\n".join(" " * (column + 2) + line if line else "" for line in body.split("\n"))
        return f"|2{'-' if not ends else '+' if ends > 1 else ''}\n{lines}" + "\n" * max(
            0, ends - 1
        )


@st.composite
def written(draw: Any) -> tuple[dict[str, Any], str]:
    """Data and a text that means it."""
    data = draw(DATA)
    text = Writer(draw).document(data)
    return data, draw(st.sampled_from([text, text, "\ufeff" + text, text.replace("\n", "\r\n")]))
