"""One SQLite file of entries: kind, key, value with its check sum. A fault of it is a miss.

Whatever is wrong with the file (another program's, damaged, locked, on a full or read-only disk)
costs its use and nothing else. No value is unpickled, so a file from elsewhere can be wrong but
cannot run code; who may write it may also make findings vanish, so it is kept as private as its
folder.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, Self

Kind = Literal["stamps", "data", "run", "fits"]

FILE = "facts.sqlite"
MOST_BYTES = 512 * 2**20
"""A larger file is begun anew."""
_APPLICATION = 0x6B70693A
_LAYOUT = 1
_BUSY_SECONDS = 0.2
_SUM = 8
_TABLE = """
CREATE TABLE entry (kind TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
                    PRIMARY KEY (kind, key))
"""


class Store:
    """Entries by kind and key; `with Store(folder) as store`. Never raises for its file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        try:
            self._connection = self._opened()
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):
                self._begin_anew()
        except OSError:
            pass
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        self.__exit__()

    def has(self, kind: Kind, keys: Iterable[bytes]) -> set[bytes]:
        """Those of the keys that are there."""
        return {key for key in keys if self._value("length(value)", kind, key) is not None}

    def get(self, kind: Kind, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are there, each as it was put."""
        found = ((key, _checked(self._value("value", kind, key))) for key in keys)
        return {key: value for key, value in found if value is not None}

    def _value(self, what: Literal["value", "length(value)"], kind: Kind, key: bytes) -> object:
        if self._connection is None:
            return None
        try:
            row = self._connection.execute(
                f"SELECT {what} FROM entry WHERE kind = ? AND key = ?",
                (kind, key),
            ).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return row and row[0]

    def put(self, kind: Kind, rows: Mapping[bytes, bytes]) -> None:
        """Keep values, over those that are there: all of them or, where that fails, none."""
        if self._connection is None or not rows:
            return
        try:
            with self._connection as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(
                    "INSERT OR REPLACE INTO entry VALUES (?, ?, ?)",
                    [(kind, key, _sum(value) + value) for key, value in rows.items()],
                )
        except sqlite3.Error as error:
            self._give_up(error)

    def _opened(self) -> sqlite3.Connection:
        """A connection to our own file, made where there is none. Raises sqlite3.Error, OSError."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size > MOST_BYTES:
            self._path.unlink()
        connection = sqlite3.connect(
            self._path,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # `serve` may let go of it in another
        )
        try:
            connection.execute("PRAGMA synchronous = OFF")
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
            layout = connection.execute("PRAGMA user_version").fetchone()[0]
            if (owner, layout) != (_APPLICATION, _LAYOUT):
                _make(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_up(self, error: sqlite3.Error) -> None:
        """No more use of the file; a damaged one makes room for a sound one."""
        self.__exit__()
        if not isinstance(error, sqlite3.OperationalError):
            self._begin_anew()

    def _begin_anew(self) -> None:
        try:
            self._path.unlink()
            self._connection = self._opened()
        except (OSError, sqlite3.Error):
            self._connection = None


def _make(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError where the file is a database of somebody else."""
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        connection.execute("ROLLBACK")
        raise sqlite3.DatabaseError("not our database")
    connection.execute(_TABLE)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    connection.execute("COMMIT")


def _sum(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_SUM).digest()


def _checked(raw: object) -> bytes | None:
    """The value of a row, or None where it is not what was put."""
    if not isinstance(raw, bytes) or len(raw) < _SUM:
        return None
    value = raw[_SUM:]
    return value if _sum(value) == raw[:_SUM] else None
