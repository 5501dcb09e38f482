"""The bench the import tests work at."""

from pathlib import Path

import pytest

from tests.feeds.kit import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A folder for a map and its tables, and an empty workspace."""
    return Bench(tmp_path)
