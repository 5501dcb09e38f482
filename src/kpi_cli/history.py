"""The workspace in git: which commits there are, and its files at any of them. Read-only.

git is run without the reader's hooks, filters, text conversions, file-system monitors and without
a network, and never with an argument that a file could turn into an option.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from kpi_cli.frozen import dataclass, field
from kpi_cli.workspace import LeavesWorkspace

_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.quotePath=false",
    "-c", "protocol.allow=never",
    "-c", "log.showSignature=false",
)  # fmt: skip
_KEPT_VARIABLES = ("GIT_EXEC_PATH", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES")
_LINK, _MODULE = "120000", "160000"
SECONDS = 120


class GitError(Exception):
    """git refused; the message is its own last line."""


class UnknownRevision(GitError):
    """A text that names no commit of the repository."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and its parents, both as full hashes, among the commits that changed one path."""

    id: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit in the words of its log: its hash, day, author and first line."""

    id: str
    on: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository that holds the workspace in `folder` (with `/` at its end, or empty).

    A revision is resolved once, so that `HEAD` is one commit however long a command takes.
    """

    root: Path
    folder: str
    _resolved: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def head(self) -> str | None:
        """The commit that is checked out; None before the first one."""
        try:
            return self.resolve("HEAD")
        except UnknownRevision:
            return None

    def resolve(self, revision: str) -> str:
        """The full hash of a revision. Raises UnknownRevision."""
        if revision not in self._resolved:
            self._resolved[revision] = self._commit(revision)
        return self._resolved[revision]

    def _commit(self, revision: str) -> str:
        if not revision or revision.startswith("-") or "\0" in revision:
            raise UnknownRevision(f"'{revision}' is not a revision")
        name = f"{revision}^{{commit}}"
        try:
            found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        except GitError:
            raise UnknownRevision(f"git knows no revision '{revision}'") from None
        return found.decode("ascii").strip()

    def day_of(self, revision: str) -> date:
        """The day a commit was made, where its author was. Raises UnknownRevision."""
        told = self._run("show", "--no-patch", "--format=%as", self.resolve(revision))
        return date.fromisoformat(told.decode("ascii").strip())

    def last_on(self, day: date) -> str | None:
        """The last commit of the first parents made on a day or before it; None without one."""
        if self.head() is None:
            return None
        stamp = f"--before={day.isoformat()}T23:59:59+00:00"
        return self._run("rev-list", "-1", "--first-parent", stamp, "HEAD").decode().strip() or None

    def fork_point(self, revision: str) -> str:
        """The commit at which what is checked out left a revision; the revision's own without one.

        Raises UnknownRevision.
        """
        commit = self.resolve(revision)
        try:
            found = self._run("merge-base", commit, self.resolve("HEAD"))
        except GitError:
            return commit
        return found.decode("ascii").split()[0]

    def is_shallow(self) -> bool:
        """Whether the history was cut off when the repository was cloned."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def commits_of(self, path: str, until: str = "HEAD") -> tuple[Commit, ...]:
        """The commits that changed a file of the workspace, children before parents."""
        listed = self._run(
            "rev-list", "--topo-order", "--parents", self.resolve(until), "--", self.folder + path
        )
        rows = [line.split() for line in listed.decode("ascii").splitlines()]
        return tuple(Commit(row[0], tuple(row[1:])) for row in rows)

    def log(self, until: str = "HEAD") -> tuple[Entry, ...]:
        """The commits that changed the workspace, newest first, along first parents."""
        listed = self._run(
            "log", "--first-parent", "-z", "--format=%H%x1f%as%x1f%an%x1f%s",
            self.resolve(until), "--", self.folder or ".",
        )  # fmt: skip
        rows = listed.decode("utf-8", "replace").split("\0")
        return tuple(Entry(*row.split("\x1f", 3)) for row in rows if row)

    def blame(self, path: str) -> dict[int, date]:
        """Line number, from 1 -> the day its commit was written; lines not committed are left out.

        Raises GitError for a file that is not in the last commit.
        """
        told = self._run("blame", "--porcelain", "--", self.folder + path)
        days: dict[str, date] = {}
        found: dict[int, date] = {}
        commit, line = "", 0
        for row in told.decode("utf-8", "replace").split("\n"):
            words = row.split(" ")
            if row.startswith("\t"):
                if commit in days and commit.strip("0"):
                    found[line] = days[commit]
            elif words[0] == "committer-time":
                days[commit] = datetime.fromtimestamp(int(words[1]), UTC).date()
            elif len(words[0]) in (40, 64) and len(words) >= 3:
                commit, line = words[0], int(words[2])
        return found

    def versions(self, path: str, revisions: Iterable[str]) -> list[bytes | None]:
        """A file of the workspace at several commits; None where it is not there."""
        return self.objects([f"{self.resolve(one)}:{self.folder}{path}" for one in revisions])

    def tree(self, revision: str, at_hand: Mapping[str, bytes] | None = None) -> GitTree:
        """The workspace's files at a commit. Raises UnknownRevision.

        git is not asked for the contents of files that are `at_hand` and the same in the commit.
        """
        return GitTree(self, self.resolve(revision), at_hand or {})

    def objects(self, names: list[str]) -> list[bytes | None]:
        """The contents of blobs by name; None for what is no blob. One git process for all."""
        if any("\n" in name for name in names):
            return [None if "\n" in name else self.objects([name])[0] for name in names]
        wanted = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
        return _blobs(self._run("cat-file", "--batch", given=wanted), len(names))

    def listing(self, commit: str) -> bytes:
        """`git ls-tree -r -z` of the workspace's folder at a commit; empty without one."""
        try:
            return self._run("ls-tree", "-r", "-z", f"{commit}:{self.folder.rstrip('/')}")
        except GitError:
            return b""

    def _run(self, *arguments: str, given: bytes | None = None) -> bytes:
        return _git(self.root, *arguments, given=given)


def repository_of(root: Path) -> Repository | None:
    """The repository a workspace lies in; None without one, or where git is missing or refuses."""
    try:
        found = _git(root, "rev-parse", "--show-toplevel", "--show-prefix")
    except GitError:
        return None
    top, _, folder = found.decode("utf-8", "surrogateescape").rstrip("\n").partition("\n")
    return Repository(Path(top), folder) if top else None


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    # Here because most runs ask git nothing, and its import takes milliseconds.
    import subprocess

    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _KEPT_VARIABLES}
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *_SAFE, "-C", os.fspath(folder), *arguments],
            input=given if given is not None else b"",
            capture_output=True,
            env=kept | quiet,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(str(error)) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(said[-1] if said else f"git {arguments[0]} failed")
    return done.stdout


def _blobs(output: bytes, count: int) -> list[bytes | None]:
    """The answers of `git cat-file --batch`: a line `hash type size`, the bytes, a line end."""
    found: list[bytes | None] = []
    at = 0
    for _ in range(count):
        end = output.index(b"\n", at)
        words = output[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(words) == 3 and words[1] in (b"blob", b"tree", b"commit", b"tag"):
            size = int(words[2])
            found.append(output[at : at + size] if words[1] == b"blob" else None)
            at += size + 1
        else:
            found.append(None)
    return found


@dataclass()
class GitTree:
    """A `workspace.Tree`: the workspace's files as they are in one commit."""

    repository: Repository
    commit: str
    at_hand: Mapping[str, bytes] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """All files but those in hidden folders, sorted; a link counts under its real path."""
        files, links = self._files, self._links
        aliases = [
            path
            for path, target in links.items()
            if target and target in files and not _is_visible(target)
        ]
        return sorted(path for path in (*files, *aliases) if _is_visible(path))

    def strays(self) -> list[str]:
        """Links that lead out of the workspace, sorted."""
        return sorted(path for path, target in self._links.items() if target is None)

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises FileNotFoundError or LeavesWorkspace."""
        real = posixpath.normpath(path)
        if real.startswith(("../", "/")) or real == ".." or self._links.get(real, "") is None:
            raise LeavesWorkspace(path)
        real = self._links.get(real) or real
        if real not in self._files:
            raise FileNotFoundError(path)
        if real in self._texts:
            return self._texts[real]
        found = self.repository.objects([self._files[real]])[0]
        return found or b""

    def blobs(self) -> Mapping[str, str]:
        """Path -> the name of its content, by which contents can be compared unread."""
        return self._files

    @cached_property
    def _entries(self) -> list[tuple[str, str, str]]:
        """Mode, object and path of every file."""
        entries = []
        for row in self.repository.listing(self.commit).split(b"\0"):
            if row:
                head, _, name = row.partition(b"\t")
                mode, _, blob = head.decode("ascii").split(" ")
                entries.append((mode, blob, name.decode("utf-8", "surrogateescape")))
        return entries

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """Path -> object of what is neither a link nor another repository."""
        return {path: blob for mode, blob, path in self._entries if mode not in (_LINK, _MODULE)}

    @cached_property
    def _links(self) -> Mapping[str, str | None]:
        """Path of a link -> where it leads in the workspace; None where it leads out."""
        rows = [(path, blob) for mode, blob, path in self._entries if mode == _LINK]
        targets = self.repository.objects([blob for _, blob in rows]) if rows else []
        return {
            path: _inside(path, (target or b"").decode("utf-8", "surrogateescape"))
            for (path, _), target in zip(rows, targets, strict=True)
        }

    @cached_property
    def _texts(self) -> Mapping[str, bytes]:
        """Plan files and tables, fetched all at once: a process for each would take seconds."""
        kinds = (".yaml", ".yml", ".csv")
        texts = [path for path in self._files if path.endswith(kinds) and _is_visible(path)]
        same = {path: self.at_hand[path] for path in texts if self._is_at_hand(path)}
        wanted = [path for path in texts if path not in same]
        found = self.repository.objects([self._files[path] for path in wanted]) if wanted else []
        return same | {path: text or b"" for path, text in zip(wanted, found, strict=True)}

    def _is_at_hand(self, path: str) -> bool:
        raw, name = self.at_hand.get(path), self._files[path]
        return raw is not None and blob_name(raw, len(name)) == name


def blob_name(raw: bytes, digits: int) -> str:
    """The name git gives to a file's bytes: SHA-1, or SHA-256 in repositories made for it."""
    from hashlib import sha1, sha256

    whole = b"blob %d\0" % len(raw) + raw
    if digits == sha256().digest_size * 2:
        return sha256(whole).hexdigest()
    return sha1(whole, usedforsecurity=False).hexdigest()


def _is_visible(path: str) -> bool:
    return not any(part.startswith(".") for part in path.split("/"))


def _inside(link: str, target: str) -> str | None:
    """Where a relative link leads, seen from the workspace's root."""
    real = posixpath.normpath(posixpath.join(posixpath.dirname(link), target))
    return None if target.startswith("/") or real == ".." or real.startswith("../") else real
