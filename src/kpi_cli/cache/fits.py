"""The fits of series by their values, so that a forecast costs its search once."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence

from kpi_cli.cache.place import maker
from kpi_cli.cache.store import Store

_KEY = 16


class RememberedFits:
    """What `analysis.smoothing.Fits` asks for, kept in a store; `save` keeps what is new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._maker = maker().encode()
        self._new: dict[bytes, bytes] = {}

    def find(self, values: Sequence[float]) -> int | None:
        """The grid point noted for a series; None where there is none."""
        key = self._key(values)
        found = self._new.get(key) or self._store.get("fits", [key]).get(key)
        return int.from_bytes(found, "big") if found else None

    def note(self, values: Sequence[float], point: int) -> None:
        """Remember the grid point of a series."""
        self._new[self._key(values)] = point.to_bytes(2, "big")

    def save(self) -> None:
        """Write what is new."""
        self._store.put("fits", self._new)
        self._new = {}

    def _key(self, values: Sequence[float]) -> bytes:
        told = hashlib.blake2b(self._maker, digest_size=_KEY)
        told.update(array("d", values).tobytes())
        return told.digest()
