"""Reading a workspace out of git."""

from datetime import date
from pathlib import Path

import pytest

from kpi_cli.history import GitError, Repository, UnknownRevision, blob_name, repository_of
from kpi_cli.plan import load_plan
from kpi_cli.workspace import DiskTree, LeavesWorkspace
from tests.history.repo import Repo

CONFIG = "version: 1\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def opened(folder: Path) -> Repository:
    found = repository_of(folder)
    assert found is not None
    return found


def test_without_a_repository_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert repository_of(tmp_path) is None


def test_without_git_there_is_none(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo.root))
    assert repository_of(repo.root) is None


def test_before_the_first_commit_there_is_no_head(repo: Repo) -> None:
    assert opened(repo.root).head() is None


def test_a_workspace_in_a_folder_of_the_repository(repo: Repo) -> None:
    repo.write({"README": "x", "plans/kpi.yaml": CONFIG, "plans/a/b.yaml": "teams: {}\n"})
    repo.write({"plans/.hidden/c.yaml": "", "plans/.d.yaml": ""})
    first = repo.commit()
    repository = opened(repo.root / "plans")
    assert repository.head() == first
    tree = repository.tree("HEAD")
    assert tree.paths() == DiskTree(repo.root / "plans").paths() == ["a/b.yaml", "kpi.yaml"]
    assert tree.read("a/b.yaml") == b"teams: {}\n"
    with pytest.raises(FileNotFoundError):
        tree.read("README")
    with pytest.raises(LeavesWorkspace):
        tree.read("../README")


@pytest.mark.parametrize("revision", ["-x", "--output=x", "", "nothing", "HEAD:kpi.yaml", "a\0b"])
def test_what_is_no_revision(repo: Repo, revision: str) -> None:
    repo.commit({"kpi.yaml": CONFIG})
    with pytest.raises(UnknownRevision):
        opened(repo.root).tree(revision)
    assert not (repo.root / "x").exists()


def test_files_as_they_were(repo: Repo) -> None:
    first = repo.commit({"kpi.yaml": CONFIG, "đội.yaml": "teams:\n  a: {name: Đội A}\n"})
    second = repo.commit({"đội.yaml": "teams:\n  b: {name: Đội B}\n", "data.bin": "raw"})
    repository = opened(repo.root)
    assert list(load_plan(repository.tree(first)).plan.teams) == ["a"]
    assert list(load_plan(repository.tree("HEAD")).plan.teams) == ["b"]
    assert repository.tree(second[:10]).read("data.bin") == b"raw"
    assert repository.tree("main~1").commit == first


def test_files_at_hand_are_not_fetched(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    first = repo.commit({"kpi.yaml": CONFIG, "a.yaml": "teams: {}\n", "b.yaml": "persons: {}\n"})
    asked: list[str] = []
    fetch = Repository.objects

    def noted(self: Repository, names: list[str]) -> list[bytes | None]:
        asked.extend(names)
        return fetch(self, names)

    monkeypatch.setattr(Repository, "objects", noted)
    here = {"kpi.yaml": CONFIG.encode(), "a.yaml": b"teams: {a: {}}\n", "c.yaml": b""}
    tree = opened(repo.root).tree(first, at_hand=here)
    assert tree.read("kpi.yaml") == CONFIG.encode()
    assert tree.read("a.yaml") == b"teams: {}\n"
    assert tree.read("b.yaml") == b"persons: {}\n"
    assert set(asked) == {tree.blobs()["a.yaml"], tree.blobs()["b.yaml"]}


def test_a_revision_is_one_commit_for_as_long_as_a_command_takes(repo: Repo) -> None:
    first = repo.commit({"kpi.yaml": CONFIG})
    repository = opened(repo.root)
    assert repository.head() == first
    second = repo.commit({"kpi.yaml": CONFIG + "# more\n"})
    assert repository.resolve("HEAD") == repository.tree("HEAD").commit == first
    assert opened(repo.root).head() == second


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_the_name_git_gives_to_bytes(tmp_path: Path, kind: str) -> None:
    repo = Repo(tmp_path)
    repo.git("init", "-q", "--object-format", kind, "in")
    repo.write({"in/a": "one\ntwo\n"})
    name = repo.git("-C", "in", "hash-object", "a")
    assert blob_name(b"one\ntwo\n", len(name)) == name


def test_commits_of_one_file_with_their_parents(repo: Repo) -> None:
    first = repo.commit({"kpi.yaml": CONFIG})
    repo.commit({"other.yaml": "teams: {}\n"})
    third = repo.commit({"kpi.yaml": "version: 1\nname: N\n"})
    commits = opened(repo.root).commits_of("kpi.yaml")
    assert [(commit.id, commit.parents) for commit in commits] == [(third, (first,)), (first, ())]
    texts = opened(repo.root).versions("kpi.yaml", [third, first])
    assert texts == [b"version: 1\nname: N\n", CONFIG.encode()]
    assert opened(repo.root).versions("gone.yaml", [first]) == [None]


def test_names_that_are_no_blobs(repo: Repo) -> None:
    commit = repo.commit({"kpi.yaml": CONFIG, "a/b.yaml": "x"})
    repository = opened(repo.root)
    names = [f"{commit}:a", f"{commit}:kpi.yaml", "nothing at all", f"{commit}:a\nb"]
    assert repository.objects(names) == [None, CONFIG.encode(), None, None]


def test_links_lead_where_they_do_on_disk(repo: Repo) -> None:
    repo.write({"ws/kpi.yaml": CONFIG, "ws/.store/real.yaml": "teams: {}\n", "out.yaml": "x"})
    repo.write({"ws/seen.yaml": "teams: {}\n"})
    for name, target in (
        ("away.yaml", "../out.yaml"),
        ("far.yaml", "/etc/hostname"),
        ("again.yaml", "seen.yaml"),
        ("shown.yaml", ".store/real.yaml"),
    ):
        (repo.root / "ws" / name).symlink_to(target)
    repo.commit()
    tree, disk = opened(repo.root / "ws").tree("HEAD"), DiskTree(repo.root / "ws")
    assert tree.paths() == disk.paths() == ["kpi.yaml", "seen.yaml", "shown.yaml"]
    assert tree.strays() == disk.strays() == ["away.yaml", "far.yaml"]
    assert tree.read("shown.yaml") == b"teams: {}\n"
    with pytest.raises(LeavesWorkspace):
        tree.read("away.yaml")


def test_settings_of_the_repository_run_nothing(repo: Repo) -> None:
    trap = repo.root / "trap"
    script = repo.root / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\ncat \"$1\"\n", encoding="utf-8")
    script.chmod(0o755)
    first = repo.commit({"kpi.yaml": CONFIG, ".gitattributes": "* diff=trap filter=trap\n"})
    for key in ("diff.trap.textconv", "filter.trap.smudge", "core.fsmonitor", "diff.external"):
        repo.git("config", key, str(script))
    repository = opened(repo.root)
    load_plan(repository.tree(first))
    repository.commits_of("kpi.yaml")
    assert not trap.exists()


def test_the_surroundings_of_a_hook_do_not_lead_elsewhere(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = repo.commit({"kpi.yaml": CONFIG})
    other = Repo(tmp_path / "other")
    other.commit({"kpi.yaml": "version: 1\nname: Other\n"})
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert opened(repo.root).head() == commit


def test_a_shallow_clone_knows_that_it_is_one(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"kpi.yaml": CONFIG})
    repo.commit({"kpi.yaml": "version: 1\nname: N\n"})
    assert not opened(repo.root).is_shallow()
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(tmp_path / "clone"))
    assert opened(tmp_path / "clone").is_shallow()


def test_a_folder_that_is_not_committed_has_no_files(repo: Repo) -> None:
    repo.commit({"README": "x"})
    repo.write({"ws/kpi.yaml": CONFIG})
    assert opened(repo.root / "ws").tree("HEAD").paths() == []


def test_git_says_why_it_refuses(repo: Repo) -> None:
    repo.commit({"kpi.yaml": CONFIG})
    with pytest.raises(GitError):
        Repository(repo.root / "nowhere", "").is_shallow()


def test_the_last_commit_of_a_day(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    first = repo.commit({"kpi.yaml": "version: 1\n"})
    last = repo.commit({"kpi.yaml": "version: 1 # again\n"})
    found = repository_of(tmp_path)
    assert found is not None
    assert found.last_on(date(2026, 5, 1)) == last != first
    assert found.last_on(date(2026, 4, 30)) is None
    assert found.day_of(first) == date(2026, 5, 1)
