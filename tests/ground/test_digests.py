"""A digest is the same whoever makes it."""

import hashlib
import sys

import pytest

from kpi_cli import digests


@pytest.mark.parametrize("size", [0, 2**30])
@pytest.mark.parametrize("missing", [(), ("_hashlib",), ("_hashlib", "_sha2", "_sha256")])
def test_little_and_much_have_the_same_digest(
    size: int, missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in missing[:1]:
        monkeypatch.delitem(sys.modules, name)
    for name in missing[1:]:
        monkeypatch.setitem(sys.modules, name, None)
    found = digests.sha256(size)
    found.update(b"kpi")
    found.update(b"s")
    assert found.hexdigest() == hashlib.sha256(b"kpis").hexdigest()


def test_openssl_is_for_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "_hashlib")
    assert type(digests.sha256()) is not type(hashlib.sha256())
    assert type(digests.sha256(2**30)) is type(hashlib.sha256())
