"""The files of a workspace as an edit looks at them: only those that name what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from kpi_cli.edit.csv_rows import CsvDraft
from kpi_cli.edit.draft import Draft
from kpi_cli.edit.ids import Mention, mentions
from kpi_cli.errors import CannotRun
from kpi_cli.models import Config
from kpi_cli.models.record import id_fault
from kpi_cli.plan import SECTIONS
from kpi_cli.plan.read import read_config
from kpi_cli.shape import did_you_mean
from kpi_cli.source import Document, load
from kpi_cli.workspace import CONFIG, LeavesWorkspace, Tree, is_plan_file, matches

_ID = re.compile(rb"[a-z0-9._-]")


class Files:
    """Plan files and long CSV files of a tree, read where they hold a word that is asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._documents: dict[str, Document] = {}
        self._mentions: dict[str, list[Mention]] = {}
        self._places: dict[str, list[tuple[str, str]]] = {}

    @cached_property
    def config(self) -> Config:
        """The workspace's settings."""
        return read_config(load(self.tree.read(CONFIG)))[0]

    @cached_property
    def plan_paths(self) -> list[str]:
        """The plan files, sorted."""
        return [
            path
            for path in self.tree.paths()
            if is_plan_file(path) and not matches(path, self.config.exclude)
        ]

    @cached_property
    def long_paths(self) -> list[str]:
        """The workspace's long CSV files, sorted."""
        return [
            path
            for path in self.tree.paths()
            if path.endswith(".csv")
            and matches(path, self.config.actuals)
            and not matches(path, self.config.exclude)
        ]

    def holding(self, word: str, paths: Iterable[str]) -> Iterator[str]:
        """Those of the files in which an id stands as a word of its own."""
        sought = word.encode()
        for path in paths:
            raw = self.read(path)
            if sought in raw and _stands_alone(raw, sought):
                yield path

    def read(self, path: str) -> bytes:
        """A file's bytes; none where it is not there, or lies outside."""
        try:
            return self.tree.read(path)
        except (FileNotFoundError, LeavesWorkspace):
            return b""

    def draft(self, path: str) -> Draft:
        """A plan file ready to be edited. Raises CannotEdit where its text has faults."""
        return Draft.of(path, self.read(path), self._document(path))

    def _document(self, path: str) -> Document:
        if path not in self._documents:
            self._documents[path] = load(self.read(path))
        return self._documents[path]

    def table(self, path: str) -> CsvDraft:
        """A CSV file ready to be edited. Raises CannotEdit or CannotRun."""
        try:
            return CsvDraft.of(path, self.tree.read(path))
        except FileNotFoundError:
            raise CannotRun(f"K209: there is no file '{path}'") from None
        except LeavesWorkspace:
            raise CannotRun(f"K007: '{path}' lies outside the workspace") from None

    def data(self, path: str) -> Any:
        """The data of a plan file, faulty records left out."""
        return self._document(path).data

    def mentions(self, path: str) -> list[Mention]:
        """Every id in a plan file."""
        if path not in self._mentions:
            self._mentions[path] = list(mentions(self.data(path)))
        return self._mentions[path]

    def places(self, identifier: str) -> list[tuple[str, str]]:
        """(file, section) of every record with an id; more than one is a fault of the plan."""
        if identifier not in self._places:
            self._places[identifier] = [
                (path, section)
                for path in self.holding(identifier, self.plan_paths)
                for section, body in self._sections(path)
                if identifier in body
            ]
        return self._places[identifier]

    def _sections(self, path: str) -> list[tuple[str, dict[str, Any]]]:
        data = self.data(path)
        found = data.items() if isinstance(data, dict) else ()
        return [(name, body) for name, body in found if name in SECTIONS and isinstance(body, dict)]

    def place(self, identifier: str) -> tuple[str, str]:
        """File and section of the one record with an id. Raises CannotRun."""
        found = self.places(identifier)
        if len(found) == 1:
            return found[0]
        if found:
            paths = " and ".join(path for path, _ in found)
            raise CannotRun(
                f"K101: '{identifier}' is used twice, in {paths}",
                help="ids are unique over all kinds of records; give one of them another id",
            )
        raise CannotRun(
            f"there is no record '{identifier}'",
            help=did_you_mean(identifier, self.all_ids()) or "`kpi status` lists the KPIs",
        )

    def record(self, identifier: str) -> Any:
        """The data of a record."""
        path, section = self.place(identifier)
        return self.data(path)[section][identifier]

    def sources(self, identifier: str) -> list[str]:
        """The files a KPI's `actuals.files` names, as far as they are written soundly."""
        record = self.record(identifier)
        actuals = record.get("actuals") if isinstance(record, dict) else None
        named = actuals.get("files") if isinstance(actuals, dict) else None
        return [
            source["file"]
            for source in (named if isinstance(named, list) else ())
            if isinstance(source, dict) and isinstance(source.get("file"), str)
        ]

    def all_ids(self) -> list[str]:
        """The ids of all records, read from every file."""
        return [
            mention.id
            for path in self.plan_paths
            for mention in self.mentions(path)
            if mention.part == "key" and len(mention.route) == 2
        ]

    def require_free(self, identifier: str, section: str) -> None:
        """Raise CannotRun where a text is no id, or some record has it."""
        problem = id_fault(identifier, section)
        if problem:
            raise CannotRun(
                f"K013: {problem}",
                help="use a-z first, then a-z, 0-9, '.', '_' or '-', at most 80 characters",
            )
        taken = self.places(identifier)
        if taken:
            raise CannotRun(
                f"K101: the id '{identifier}' is used already, in {taken[0][0]}",
                help="ids are unique over all kinds of records; choose another",
            )


def _stands_alone(raw: bytes, word: bytes) -> bool:
    at = raw.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and _ID.match(raw, at - 1)) and not _ID.match(raw, end):
            return True
        at = raw.find(word, at + 1)
    return False


class Overlay:
    """A tree in which some files have other contents, and only some files are seen."""

    def __init__(
        self, tree: Tree, files: Mapping[str, bytes], only: Iterable[str] | None = None
    ) -> None:
        self._tree = tree
        self._files = files
        self._only = None if only is None else {*only, CONFIG}

    def paths(self) -> list[str]:
        known = self._tree.paths() if self._only is None else self._only
        return sorted({*known, *self._files})

    def strays(self) -> list[str]:
        return self._tree.strays() if self._only is None else []

    def read(self, path: str) -> bytes:
        return self._files[path] if path in self._files else self._tree.read(path)
