"""A tree of files -> the linked plan and every fault found on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.frozen import dataclass
from kpi_cli.models import Config, Kpi, Record
from kpi_cli.models.series import FileSource, Rows
from kpi_cli.plan import link
from kpi_cli.plan.documents import documents
from kpi_cli.plan.model import Plan
from kpi_cli.plan.read import Reading, read_config, read_document
from kpi_cli.plan.series import assemble, clean
from kpi_cli.plan.tables import Table, all_faults, read_long, read_source, read_table
from kpi_cli.plan.texts import Texts
from kpi_cli.shape import brief, did_you_mean
from kpi_cli.source import Mark, load
from kpi_cli.workspace import CONFIG, LeavesWorkspace, Tree, is_plan_file, matches

if TYPE_CHECKING:
    from kpi_cli.cache.contents import Contents


@dataclass(frozen=True, slots=True)
class Loaded:
    """The plan of the sound records, the faults, and the files they were read from.

    `whole` is False where a file that is named could not be read: more than the files that are
    there decides then what the plan is.
    """

    plan: Plan
    diagnostics: tuple[Diagnostic, ...]
    files: Texts
    whole: bool = True

    @property
    def segments(self) -> Mapping[str, Mapping[str, Rows]]:
        """KPI -> segment -> its rows, of KPIs whose rows name segments."""
        return self.plan.segments

    @property
    def left_out(self) -> int:
        """How many records had a fault of their own and are not in the plan."""
        return len(self.plan.broken)


class _Files:
    """The texts that were read through the tree, and the tables in them."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.texts = Texts(tree)
        self.tables: dict[str, Table] = {}
        self.whole = True

    def table(self, path: str) -> Table:
        if path not in self.tables:
            self.tables[path] = read_table(path, self.texts.read(path))
        return self.tables[path]


def load_plan(
    tree: Tree,
    progress: Callable[[int, int], None] | None = None,
    known: Loaded | None = None,
    contents: Contents | None = None,
) -> Loaded:
    """Read everything the workspace holds; `progress(done, of)` is told after each plan file.

    `known` is another state of the same workspace: of files that are equal in both and without a
    fault the records are taken from there instead of being read again. `contents` remembers what
    files held whose bytes are still the same.
    """
    files = _Files(tree)
    config, diagnostics = read_config(load(files.texts.read(CONFIG)))
    reading = Reading(config, config.new_calendar())
    reading.diagnostics += diagnostics
    paths = [p for p in tree.paths() if is_plan_file(p) and not matches(p, config.exclude)]
    reuse = _Reuse(known, reading) if known else None
    with closing(documents(tree, [] if reuse else paths, files.texts, contents)) as afresh:
        for done, path in enumerate(paths, 1):
            if reuse is None:
                read_document(reading, path, next(afresh))
            elif not reuse.take(path, files.texts.read(path)):
                read_document(reading, path, load(files.texts.read(path)))
            if progress:
                progress(done, len(paths))
    reading.diagnostics += [
        Diagnostic(
            "K007", Place(path, mark=Mark(1, 1, 1, 1)), "this link leads out of the workspace",
            help="copy the file into the workspace, or remove the link",
        )
        for path in tree.strays()
        if not matches(path, config.exclude)
    ]  # fmt: skip
    return _linked(reading, files, _long_files(tree, config))


class _Reuse:
    """The records of files that a plan read before holds unchanged."""

    def __init__(self, known: Loaded | None, reading: Reading) -> None:
        self._reading = reading
        self._known = known if known and known.plan.config == reading.config else None
        self._records: dict[str, list[Record]] = {}
        self._faulty: set[str] = set()
        if self._known:
            self._faulty = {fault.place.path for fault in self._known.diagnostics}
            self._faulty |= {
                other.place.path for fault in self._known.diagnostics for other in fault.related
            }
            for record in self._known.plan.records():
                path = self._known.plan.origins[record.id].path
                self._records.setdefault(path, []).append(record)

    def take(self, path: str, raw: bytes) -> bool:
        """Take a file's records over; False where it has to be read."""
        if self._known is None or path in self._faulty or not self._known.files.is_still(path, raw):
            return False
        records = self._records.get(path, [])
        if any(record.id in self._reading.origins for record in records):
            return False
        sections: dict[str, Place] = {}
        for record in records:
            name = record.section
            self._reading.records[name][record.id] = record
            within = sections.setdefault(name, Place(path, (name,)))
            self._reading.origins.note(record.id, within)
        return True


def _long_files(tree: Tree, config: Config) -> list[str]:
    chosen = [p for p in tree.paths() if p.endswith(".csv") and matches(p, config.actuals)]
    return [path for path in chosen if not matches(path, config.exclude)]


def _linked(reading: Reading, files: _Files, long_files: list[str]) -> Loaded:
    kpis: Mapping[str, Kpi] = reading.records["kpis"]  # type: ignore[assignment]
    objectives = reading.records["objectives"]
    rows = {kpi.id: _own_rows(reading, kpi, files) for kpi in kpis.values()}
    for path in long_files:
        _add_long(reading, path, files, rows)
    reading.diagnostics += all_faults(files.tables.values())
    segments: dict[str, Mapping[str, Rows]] = {}
    for kpi in kpis.values():
        whole = clean(kpi, rows[kpi.id], reading.calendar)
        if whole is not None:
            rows[kpi.id] = whole
            continue
        built = assemble(kpi, rows[kpi.id], reading.origins[kpi.id], reading.calendar)
        reading.diagnostics += built.faults
        rows[kpi.id] = built.whole
        if built.segments:
            segments[kpi.id] = built.segments
    cycles = link.find_cycles(
        objectives,
        lambda name: [s.target for s in objectives[name].supports if s.target in objectives],  # type: ignore[attr-defined]
    )
    plan = Plan(
        config=reading.config,
        calendar=reading.calendar,
        **reading.records,  # type: ignore[arg-type]
        origins=reading.origins,
        broken=frozenset(reading.broken),
        evidence=link.evidence(kpis, objectives),  # type: ignore[arg-type]
        children=link.children(objectives, cycles),  # type: ignore[arg-type]
        cycles=cycles,
        series=rows,
        segments=segments,
    )
    return Loaded(plan, tuple(reading.diagnostics), files.texts, files.whole)


def _own_rows(reading: Reading, kpi: Kpi, files: _Files) -> Rows:
    """Rows inline and from the files the KPI names; the inline ones are shared when alone."""
    if not kpi.actuals.files:
        return kpi.actuals.rows
    rows = Rows()
    rows.extend(kpi.actuals.rows)
    for index, source in enumerate(kpi.actuals.files):
        place = reading.origins[kpi.id].under("actuals", "files", index, "file")
        rows.extend(_file_rows(reading, source, files, place, kpi.id))
    return rows


def _file_rows(reading: Reading, source: FileSource, files: _Files, place: Place, kpi: str) -> Rows:
    try:
        return read_source(files.table(source.file), source, reading.calendar)
    except FileNotFoundError:
        known = [path for path in files.tree.paths() if path.endswith(".csv")]
        help_text = did_you_mean(source.file, known) or "paths start at the workspace's root"
        fault = Diagnostic("K209", place, f"there is no file '{source.file}'", kpi, help_text)
    except LeavesWorkspace:
        fault = Diagnostic(
            "K007", place, f"'{source.file}' lies outside the workspace", kpi,
            "copy the file into the workspace",
        )  # fmt: skip
    files.whole = False
    reading.diagnostics.append(fault)
    return Rows()


def _add_long(reading: Reading, path: str, files: _Files, rows: dict[str, Rows]) -> None:
    table = files.table(path)
    for identifier, (found, places) in read_long(table, reading.calendar).items():
        if identifier in rows:
            merged = Rows()
            merged.extend(rows[identifier])
            merged.extend(found)
            rows[identifier] = merged
        elif identifier not in reading.broken:
            reading.diagnostics.append(
                Diagnostic(
                    "K103",
                    Place(path, mark=places[0][1]),
                    f"there is no KPI '{brief(identifier)}'",
                    help=did_you_mean(identifier, rows)
                    or "write the id of a KPI in this workspace",
                )
            )
