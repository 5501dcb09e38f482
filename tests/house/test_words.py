"""Nothing in the repo speaks of one machine, and nothing is left half done."""

import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, relative

# Put together here, so that this file does not hold what it looks for.
MACHINE_PATHS = [f"/{name}/" for name in ("work", "root", "tmp", "opt")] + ["/ho" + "me/"]
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("debian", "org"),
        ("anaconda", "org"),
    )
]
UNFINISHED = re.compile(
    "|".join(rf"\b{a}{b}\b" for a, b in (("TO", "DO"), ("FIX", "ME"), ("XX", "X")))
)
SKIPS = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|importorskip)|unittest\.skip")


def text_files() -> list[Path]:
    """Files of the repo that are text: no NUL byte near the beginning."""
    return [path for path in files(ROOT) if b"\0" not in path.read_bytes()[:8192]]


def holds(path: Path, words: list[str]) -> list[str]:
    """Those of `words` that stand in a file, as a path of their own and not inside another."""
    text = path.read_bytes().decode("utf-8", "replace")
    return [word for word in words if re.search(rf"(?<![\w.~*-]){re.escape(word)}", text)]


def comments(source: str) -> list[str]:
    """The comments of a Python source."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def test_no_path_of_one_machine() -> None:
    assert {relative(p): found for p in text_files() if (found := holds(p, MACHINE_PATHS))} == {}


def test_no_package_registry_is_named() -> None:
    found = {
        relative(path): hosts
        for path in text_files()
        if (hosts := [h for h in REGISTRY_HOSTS if h.encode() in path.read_bytes()])
    }
    assert found == {}


@pytest.mark.parametrize("path", files(ROOT, "*.py"), ids=relative)
def test_no_comment_defers_work(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert [comment for comment in comments(source) if UNFINISHED.search(comment)] == []


@pytest.mark.parametrize("path", files(ROOT / "tests", "*.py"), ids=relative)
def test_no_test_is_skipped(path: Path) -> None:
    if path.name != Path(__file__).name:
        assert SKIPS.findall(path.read_text(encoding="utf-8")) == []


def test_the_guards_see_what_they_guard_against(tmp_path: Path) -> None:
    guilty = tmp_path / "page.md"
    guilty.write_text(f"see {MACHINE_PATHS[0]}main", encoding="utf-8")
    assert holds(guilty, MACHINE_PATHS) == [MACHINE_PATHS[0]]
    guilty.write_text("see src/tmp/x, <ROOT>/opt", encoding="utf-8")
    assert holds(guilty, MACHINE_PATHS) == []
    assert UNFINISHED.search(comments("x = 1  # " + "TO" + "DO later\n")[0])
    assert SKIPS.search("@pytest.mark." + "skip")
