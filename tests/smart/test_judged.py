"""The judged statements that are shipped: whole, balanced, split for good."""

import unicodedata
from collections import Counter

from kpi_cli.library.judged import KINDS, split_of, statements

FOUND = statements()


def test_there_are_enough_in_both_languages_and_of_every_kind() -> None:
    languages = Counter(one.language for one in FOUND)
    assert set(languages) == {"en", "vi"}
    assert min(languages.values()) >= 60
    cells = Counter((one.language, one.kind, one.verdict) for one in FOUND)
    assert len(cells) == 2 * len(KINDS) * 2


def test_each_is_said_once_with_a_reason() -> None:
    assert len({one.id for one in FOUND}) == len({one.text for one in FOUND}) == len(FOUND)
    assert [one.id for one in FOUND if len(one.why.split()) < 2] == []
    assert [one.id for one in FOUND if one.text != unicodedata.normalize("NFC", one.text)] == []


def test_a_bad_one_names_its_rules_and_a_good_one_none() -> None:
    assert [one.id for one in FOUND if bool(one.codes) != (one.verdict == "bad")] == []


def test_the_halves_never_move() -> None:
    assert [split_of(f"en-{number:03d}") for number in range(1, 9)] == [
        "dev", "dev", "held", "held", "held", "dev", "dev", "dev",
    ]  # fmt: skip
