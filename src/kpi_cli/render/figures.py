"""Figures as machines read them."""

from __future__ import annotations

_REPEATED = 2**16
"""Figures remembered."""


class _Figures(dict[float, str]):
    """The shortest text that reads as the same float. Finding it takes ten times a look-up, and a
    figure of a series stands in several places of several files."""

    def __missing__(self, value: float) -> str:
        text = repr(value)
        if value:  # 0.0 and -0.0 are one key
            if len(self) >= _REPEATED:
                self.clear()
            self[value] = text
        return text


exact = _Figures().__getitem__
"""A float as it is written."""
