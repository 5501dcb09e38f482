"""A newcomer's first minutes, in a copy of the repo: slow, and it needs a package index."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, files

pytestmark = pytest.mark.slow


def run(*command: str, cwd: Path) -> str:
    """The stdout of a command that must succeed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files of the repo, and nothing that was built or installed."""
    target = tmp_path / "clone"
    for path in files(ROOT):
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    return target


def test_make_demo_writes_a_page_and_says_where(clone: Path) -> None:
    said = run("make", "demo", f"PYTHON={sys.executable}", cwd=clone)
    page = clone / "build" / "demo" / "index.html"
    assert str(page) in said
    assert "<html" in page.read_text(encoding="utf-8")
    run("make", "--question", ".venv/.stamp-run", cwd=clone)


def test_the_wheel_holds_every_file_of_the_package(clone: Path, tmp_path: Path) -> None:
    pins = str(clone / "constraints.txt")
    wheels = tmp_path / "wheels"
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(wheels),
    ]
    run(*build, "--build-constraint", pins, str(clone), cwd=clone)
    (wheel,) = wheels.glob("kpi_cli-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    ours = {path.relative_to(PACKAGE.parent).as_posix() for path in files(PACKAGE)}
    assert ours - held == set()
