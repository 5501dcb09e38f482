"""The pictures of `docs/`: the page shows those that are made, and all of them stay small."""

import struct

from docs.pictures import FOLDER, HEIGHTS, PAGE, shots, text

TOGETHER = 2_500_000
"""Bytes of all pictures: what a clone of the repository should carry at most."""


def test_the_page_shows_the_pictures_that_are_made() -> None:
    assert PAGE.read_text("utf-8") == text()
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(shot.name for shot in shots())


def test_each_picture_has_the_size_of_its_window_and_all_are_small() -> None:
    every = {shot: (FOLDER / shot.name).read_bytes() for shot in shots()}
    for shot, raw in every.items():
        assert struct.unpack(">II", raw[16:24]) == (shot.width, HEIGHTS[shot.width]), shot
    assert sum(map(len, every.values())) <= TOGETHER
