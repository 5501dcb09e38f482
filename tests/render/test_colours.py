from itertools import combinations

import pytest

from kpi_cli.render.html.site import asset
from tests.render.colours import DEFICIENCIES, contrast, difference, tokens

THEMES = dict(zip(("light", "dark"), tokens(asset("kpi.css")), strict=True))
GROUNDS = ("bg", "surface")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", ["ink", "muted", "link"])
def test_text_stands_out(theme: str, ground: str, colour: str) -> None:
    assert contrast(THEMES[theme][colour], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("fill", ["good", "amber", "red"])
def test_a_status_can_be_read_on_its_fill(theme: str, fill: str) -> None:
    found = THEMES[theme]
    assert contrast(found[f"on-{fill}"], found[fill]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", ["control", "link", "red", "amber-line", "good"])
def test_lines_and_shapes_stand_out(theme: str, ground: str, colour: str) -> None:
    assert contrast(THEMES[theme][colour], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("band", ["b0", "b1", "b2", "fan"])
def test_marks_stand_out_on_the_bands(theme: str, band: str) -> None:
    found = THEMES[theme]
    assert contrast(found["ink"], found[band]) >= 4.5
    assert contrast(found["link"], found[band]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("deficiency", [None, *DEFICIENCIES])
def test_fills_differ_for_every_eye(theme: str, deficiency: str | None) -> None:
    found = THEMES[theme]
    pairs = combinations(("amber", "red", "good"), 2)
    low = {pair: difference(found[pair[0]], found[pair[1]], deficiency) for pair in pairs}
    assert {pair: delta for pair, delta in low.items() if delta < 20} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", ["better", "worse"])
def test_signals_stand_out(theme: str, ground: str, colour: str) -> None:
    assert contrast(THEMES[theme][colour], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("deficiency", [None, *DEFICIENCIES])
def test_better_and_worse_differ_for_every_eye(theme: str, deficiency: str | None) -> None:
    found = THEMES[theme]
    assert difference(found["better"], found["worse"], deficiency) >= 20


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_can_be_read_in_the_balance_bar(theme: str) -> None:
    found = THEMES[theme]
    assert contrast(found["bg"], found["link"]) >= 4.5
    assert contrast(found["ink"], found["b0"]) >= 4.5


def test_the_measures_are_the_published_ones() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#545c69", "#ffffff") == pytest.approx(6.75, abs=0.01)
    assert difference("#ffffff", "#ffffff") == 0
    assert difference("#8a5a00", "#b3261e", "deutan") < 20


def test_every_colour_is_a_token_and_every_token_is_used() -> None:
    css = asset("kpi.css")
    rules = css.split("@media (prefers-color-scheme:dark)", 1)[1].split("}}", 1)[1]
    assert "#" not in rules.replace("#index", "")
    assert {name for name in THEMES["light"] if f"var(--{name})" not in rules} == set()
