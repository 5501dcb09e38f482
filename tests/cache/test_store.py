"""The cache's file: what is put comes back, and whatever is wrong with it is only a miss."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kpi_cli.cache.store import FILE, MOST_BYTES, Store

KEY, VALUE = b"key", b"value"


def put(folder: Path, value: bytes = VALUE) -> None:
    with Store(folder) as store:
        store.put("data", {KEY: value})


def got(folder: Path) -> dict[bytes, bytes]:
    with Store(folder) as store:
        return store.get("data", [KEY, b"other"])


def test_what_is_put_comes_back(tmp_path: Path) -> None:
    put(tmp_path)
    assert got(tmp_path) == {KEY: VALUE}
    put(tmp_path, b"new")
    assert got(tmp_path) == {KEY: b"new"}
    with Store(tmp_path) as store:
        assert store.get("run", [KEY]) == {}
        assert store.has("data", [KEY, b"other"]) == {KEY}


def test_only_the_user_may_look(tmp_path: Path) -> None:
    put(tmp_path / "mine")
    assert (tmp_path / "mine").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("raw", [b"", b"no database at all, but long enough for one" * 99])
def test_a_file_that_is_no_database_makes_room(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / FILE).write_bytes(raw)
    put(tmp_path)
    assert got(tmp_path) == {KEY: VALUE}


def test_somebody_elses_database_makes_room(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE entry (kind, key, value)")
        other.execute("INSERT INTO entry VALUES ('data', ?, ?)", (KEY, b"foreign!value"))
    other.close()
    assert got(tmp_path) == {}
    put(tmp_path)
    assert got(tmp_path) == {KEY: VALUE}


def test_an_older_layout_makes_room(tmp_path: Path) -> None:
    put(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("PRAGMA user_version = 0")
    other.close()
    assert got(tmp_path) == {}


def test_a_value_that_was_changed_is_none(tmp_path: Path) -> None:
    put(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("UPDATE entry SET value = substr(value, 1, 10) || CAST('uee' AS BLOB)")
    other.close()
    assert got(tmp_path) == {}


@pytest.mark.parametrize("at", range(0, 12288, 512))
def test_damage_anywhere_is_a_miss_at_worst(tmp_path: Path, at: int) -> None:
    put(tmp_path, VALUE * 500)
    raw = bytearray((tmp_path / FILE).read_bytes())
    raw[at : at + 200] = b"\xff" * len(raw[at : at + 200])
    (tmp_path / FILE).write_bytes(raw)
    assert got(tmp_path) in ({}, {KEY: VALUE * 500})
    put(tmp_path)
    assert got(tmp_path) in ({}, {KEY: VALUE})


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    put(tmp_path / "file" / "below")
    assert got(tmp_path / "file" / "below") == {}


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    put(tmp_path)
    assert got(tmp_path) == {}


def test_what_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    put(tmp_path)
    with Store(tmp_path) as store:
        assert store._connection is not None
        store._connection.execute("PRAGMA query_only = ON")
        store.put("data", {KEY: b"new"})
    assert got(tmp_path) == {KEY: VALUE}


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    put(tmp_path)
    with Store(tmp_path) as store:
        assert store._connection is not None
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        store.put("data", {KEY: b"x" * 100_000, b"other": b"small"})
        assert store.get("data", [KEY]) == {}
    assert got(tmp_path) == {KEY: VALUE}


def test_a_locked_file_is_not_waited_for_long(tmp_path: Path) -> None:
    put(tmp_path)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert got(tmp_path) == {}
    put(tmp_path, b"new")
    other.execute("ROLLBACK")
    other.close()
    assert got(tmp_path) == {KEY: VALUE}


def test_a_file_that_grew_too_large_is_begun_anew(tmp_path: Path) -> None:
    put(tmp_path)
    os.truncate(tmp_path / FILE, MOST_BYTES + 1)
    assert got(tmp_path) == {}
    assert (tmp_path / FILE).stat().st_size < MOST_BYTES


@pytest.mark.slow
def test_processes_at_once_lose_nothing_but_time(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kpi_cli.cache.store import Store\n"
        "for n in range(40):\n"
        "    key = b'%s %d' % (sys.argv[2].encode(), n)\n"
        "    with Store(Path(sys.argv[1])) as store:\n"
        "        store.put('data', {key: key * 99})\n"
        "        found = store.get('data', [key])\n"
        "    assert found in ({}, {key: key * 99}), found\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), who]) for who in "ab"]
    assert [process.wait() for process in both] == [0, 0]
    with Store(tmp_path) as store:
        keys = [b"%s %d" % (who, n) for who in (b"a", b"b") for n in range(40)]
        found = store.get("data", keys)
    assert found
    assert all(value == key * 99 for key, value in found.items())


def test_another_thread_may_ask_and_close(tmp_path: Path) -> None:
    put(tmp_path)
    store = Store(tmp_path).__enter__()
    with ThreadPoolExecutor(1) as other:
        assert other.submit(store.get, "data", [KEY]).result() == {KEY: VALUE}
        other.submit(store.__exit__).result()
    assert store.get("data", [KEY]) == {}
