"""Regular expressions that are compiled when they are first asked: a plan needs half of them."""

from __future__ import annotations

import re
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


def expression(text: str) -> re.Pattern[str]:
    """A regular expression as a pattern; a faulty one raises `re.error` when it is used."""
    return cast("re.Pattern[str]", Later(text))
