"""Contrast after WCAG 2.2 and colour vision after Machado, Oliveira and Fernandes (2009)."""

from __future__ import annotations

import re

Colour = tuple[float, float, float]

# Severity 1.0, for linear RGB.
DEFICIENCIES: dict[str, tuple[Colour, Colour, Colour]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def tokens(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours of the light and of the dark theme; the dark one replaces what it names."""
    light, dark = re.findall(r":root\{([^}]*)\}", css)[:2]
    found = [dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", block)) for block in (light, dark)]
    return found[0], {**found[0], **found[1]}


def linear(colour: str) -> Colour:
    """`#rrggbb` as linear RGB from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio, 1 to 21."""
    light, dark = sorted((_luminance(linear(one)), _luminance(linear(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def difference(one: str, other: str, deficiency: str | None = None) -> float:
    """Delta E (CIE 1976) of two colours as somebody with a deficiency sees them."""
    a, b = (_lab(_seen(linear(colour), deficiency)) for colour in (one, other))
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def _seen(colour: Colour, deficiency: str | None) -> Colour:
    if deficiency is None:
        return colour
    r, g, b = (
        min(max(sum(m * c for m, c in zip(row, colour, strict=True)), 0.0), 1.0)
        for row in DEFICIENCIES[deficiency]
    )
    return r, g, b


def _lab(colour: Colour) -> Colour:
    r, g, b = colour
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
