"""`kpi validate` on plans of every size and layout: cold, warm, one file edited, a fresh clone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.generate import Layout
from bench.measure import Subject, medians
from bench.session import ROUNDS, Bench, cold, floors, largest, warm

MIB = 2**20
_FIGURE = re.compile(r"(2026-0[1-5]: \d+\.\d+)")
MOST_WITH_COPIES = 10_000
"""KPIs of a plan; a larger one is not copied before each run."""


def label(layout: Layout) -> str:
    """`1000`, and how it is spread where that is not a file per team with its actuals inline."""
    if (layout.files, layout.actuals) == ("team", "inline"):
        return str(layout.kpis)
    return f"{layout.kpis} (file per {layout.files}, {layout.actuals})"


def edit_one(folder: Path) -> Callable[[int], None]:
    """Change one figure of one plan file, each time to another; the text is always new."""
    path, text = next(
        (path, text)
        for path in sorted(folder.rglob("*.yaml"))
        if _FIGURE.search(text := path.read_text(encoding="utf-8"))
    )

    def edit(turn: int) -> None:
        path.write_text(_FIGURE.sub(rf"\g<1>{turn + 1}", text, count=1), encoding="utf-8")

    return edit


def edit_table(folder: Path) -> Callable[[int], None]:
    """The same for a plan whose actuals are in tables: one value of the first of them."""
    path = min(folder.rglob("*.csv"))
    text = path.read_text(encoding="utf-8")

    def edit(turn: int) -> None:
        changed = re.sub(r"(,2026-0[1-5],\d+\.\d+)", rf"\g<1>{turn + 1}", text, count=1)
        path.write_text(changed, encoding="utf-8")

    return edit


@dataclass(frozen=True, slots=True)
class Clone:
    """A checkout of its own for every run, with the cache another checkout left.

    Files get the time of the copy, as git gives them; the cache is restored as it was saved.
    """

    origin: Path
    saved: Path
    folder: Path
    cache: Path

    def __call__(self, turn: int) -> None:
        """Make it anew."""
        del turn
        for source, target in ((self.origin, self.folder), (self.saved, self.cache)):
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, copy_function=shutil.copyfile)


def subjects(bench: Bench, layout: Layout) -> dict[str, Subject]:
    """Everything that is measured of one plan."""
    folder, name = bench.corpus(layout), label(layout)
    rounds = {
        **floors(folder),
        "cold": Subject(cold("validate"), folder),
        "warm": Subject(warm("validate"), folder, bench.cache(f"{name} warm")),
    }
    if layout.kpis > MOST_WITH_COPIES:
        return rounds
    edited = bench.copy(layout, "edited")
    edit = edit_table if layout.actuals == "csv" else edit_one
    rounds["edited"] = Subject(
        warm("validate"), edited, bench.cache(f"{name} edited"), before=edit(edited)
    )
    saved = bench.cache(f"{name} saved")
    medians({"fill": Subject(warm("validate"), folder, saved)}, 1)
    clone = Clone(folder, saved, bench.scratch / f"clone {name}", bench.cache(f"{name} restored"))
    clone(0)
    rounds["fresh"] = Subject(warm("validate"), clone.folder, clone.cache, before=clone)
    return rounds


def measure(bench: Bench, layout: Layout, tenth: Layout | None = None) -> None:
    """Note the rows of one plan: ratios to the floors, and peaks.

    `tenth` is the plan a tenth as large, which takes turns with it for the growth between them.
    """
    name = label(layout)
    ran = subjects(bench, layout)
    if tenth:
        ran["tenth"] = Subject(cold("validate"), bench.corpus(tenth))
    costs = medians(ran, ROUNDS.get(layout.kpis, 3))
    bench.ratio(f"validate cold {name} / B1", costs["cold"], costs["B1"])
    bench.ratio(f"validate cold {name} / B2", costs["cold"], costs["B2"])
    bench.add(f"validate cold {name}, peak MiB", costs["cold"].peak / MIB)
    bench.ratio(f"validate warm {name} / B2", costs["warm"], costs["B2"])
    bench.add(f"validate warm {name}, peak MiB", costs["warm"].peak / MIB)
    if "fresh" in costs:
        bench.ratio(f"warm after one edit {name} / cold", costs["edited"], costs["cold"])
        bench.ratio(f"fresh clone with restored cache {name} / cold", costs["fresh"], costs["cold"])
    if tenth:
        bench.ratio(f"growth {label(tenth)} to {name}", costs["cold"], costs["tenth"])


def validate(bench: Bench) -> None:
    """Every size in the usual layout, and the growth between them."""
    before = 0
    for size in bench.sizes:
        measure(bench, Layout(size), Layout(before) if size == 10 * before else None)
        before = size
        bench.checkpoint()


def status(bench: Bench) -> None:
    """What `kpi status` adds to a cold validate: with every forecast as JSON, and as text."""
    size = largest(bench.sizes)
    folder = bench.corpus(Layout(size))
    ran = {
        "validate": Subject(cold("validate"), folder),
        "status": Subject(cold("status"), folder),
        "text": Subject([*cold("status"), "--format", "text"], folder),
    }
    costs = medians(ran, 3 if size <= 1000 else 1)
    for name, cost in (("status", costs["status"]), ("status as text", costs["text"])):
        bench.add(
            f"{name} on top of validate, ms a KPI",
            1000 * (cost.cpu - costs["validate"].cpu) / size,
            f"{cost.cpu:.2f} s less {costs['validate'].cpu:.2f} s, {size} KPIs; {bench.pace()}",
        )


def layouts(bench: Bench) -> None:
    """The same plans spread over files in the other three ways."""
    for size in bench.sizes:
        if size <= MOST_WITH_COPIES:
            for files, actuals in (("kpi", "inline"), ("team", "csv"), ("kpi", "csv")):
                measure(bench, Layout(size, files, actuals))  # type: ignore[arg-type]
