"""SHA-256, of little without OpenSSL: loading that takes as long as half a megabyte takes here."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_MUCH = 2**19
"""Bytes from which on OpenSSL, five times as quick, is worth its loading."""


def sha256(size: int = 0) -> Any:
    """A digest to be updated with about so many bytes, as `hashlib.sha256` makes it."""
    if size < _MUCH and "_hashlib" not in sys.modules:
        try:
            return import_module("_sha256" if sys.version_info < (3, 12) else "_sha2").sha256()
        except ImportError:  # this Python was built to have OpenSSL's alone
            pass
    from hashlib import sha256 as openssl

    return openssl()
