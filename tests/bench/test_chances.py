"""The chances stated for reaching targets come true as often as stated, on generated series."""

import pytest

from bench.chances import ENOUGH, Asked, ask, bins, by_family, expected_error, table

pytestmark = pytest.mark.slow
MOST = 0.05


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return list(ask(500))


def test_every_tenth_of_the_scale_is_true_to_five_points(asked: list[Asked]) -> None:
    found = [each for each in bins(asked) if each.count >= ENOUGH]
    assert len(found) >= 8
    assert [each for each in found if each.error > MOST] == []


def test_walks_trends_and_seasons_are_each_true_on_the_whole(asked: list[Asked]) -> None:
    errors = {name: expected_error(found) for name, found in by_family(asked).items()}
    assert set(errors) == {"walk", "trend", "seasonal", "all"}
    assert max(errors.values()) <= MOST
    assert errors["all"] <= 0.03


def test_the_same_seed_asks_the_same() -> None:
    assert list(ask(9, seed=4)) == list(ask(9, seed=4)) != list(ask(9, seed=5))


def test_the_error_of_a_boaster_is_seen() -> None:
    boaster = [Asked("walk", 0.9, at % 2 == 0) for at in range(100)]
    (only,) = bins(boaster)
    assert only.error == pytest.approx(0.4)
    assert expected_error(boaster) == pytest.approx(0.4)


def test_the_table_is_what_the_page_shows(asked: list[Asked]) -> None:
    lines = table(asked).splitlines()
    assert lines[0] == "| stated | came true | questions |"
    assert sum(int(line.split("|")[3]) for line in lines if line.startswith("| 0.")) == len(asked)
    assert lines[-1].startswith("| all | 0.0")
