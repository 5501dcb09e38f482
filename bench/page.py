"""docs/benchmarks.md, made of bench/results.json and nothing else: `python -m bench.page`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.peers import PEERS
from bench.results import Results, load
from bench.table import BUDGETS, Row, grid, promises

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_HEAD = """\
<!-- Made by `make benchmarks` from bench/results.json; a test compares it. Do not edit. -->
# Benchmarks

How fast `kpi` is, against floors anyone can measure, and beside other tools. `make bench` measures
the quick part and prints it; `make benchmarks` measures everything up to 10 000 KPIs, keeps the
figures in `bench/results.json` and writes this page. No figure here is typed by hand.

A second on a shared machine means little, so times are CPU seconds, those of child processes
included: medians of runs that took turns, after a run to warm up. The plans are generated
(`python -m bench.generate`): 2.7 KB and 36 monthly actuals a KPI, in a file per team with the
actuals inline unless a row says otherwise, and without a finding. The floors:

* **B0** `python -c pass`, starting Python;
* **B1** a bare scan of the same plan files by libyaml, every event fetched and nothing built;
* **B2** reading and hashing all files of the plan.

*Cold* is a run with `--no-cache`; *warm* one whose cache holds what the run before left; a *fresh
clone* a new copy of the files, with other times, and the cache of another copy. Where a row is in
seconds, *B0 then* says how fast the machine was at that moment, and the time beside it what the
row comes to where B0 takes 12 ms, as it did where the budgets in seconds were set; what is judged
is the time as measured.
"""
_BUDGETS = """\
## Budgets

`must` is promised, `stretch` aimed at. {told}
"""
_PEERS = """\
## Beside other tools

CPU seconds on so many objects of the tool's own kind, in the same session. They do different work;
what each does is said. `kpi validate` reads the plan, resolves every link and checks shape, figures
and dates; `kpi report` writes the whole site.
"""
_REST = """\
## What remains

Where the CPU time of a cold `kpi validate` goes: {seconds} s for {size} KPIs, of which the scan of
the same files by libyaml alone (B1) would take {floor} s. `python -m bench.phases` prints it. Taken
by sampling, so that small functions are not made dear by being counted; `imports` are those of
every run, whatever its size.
"""
_FUNCTIONS = """\
The functions in which most samples fell, work in C (libyaml, pydantic-core) told under the function
that calls it; imports left out:
"""


def page(results: Results) -> str:
    """The whole page."""
    parts = [_HEAD, _machine(results), _budgets(results), _figures(results)]
    return "\n".join([*parts, _peers(results), _remains(results)]).rstrip() + "\n"


def _machine(results: Results) -> str:
    words = {"processor": "Processor", "system": "System", "python": "Python"}
    lines = [f"* {title}: {results.machine.get(key, '')}" for key, title in words.items()]
    lines.append(f"* With it: {results.machine.get('packages', '')}")
    return "\n".join(["## The machine", "", *lines, ""])


def _budgets(results: Results) -> str:
    rows = [row for name in BUDGETS if (row := results.named(name))]
    counted = {word: sum(row.verdict == word for row in rows) for word in ("stretch", "must")}
    missed = len(rows) - sum(counted.values())
    told = f"Of {len(rows)} rows {counted['stretch']} reach the stretch, {counted['must']} the must"
    told += f", {missed} miss it." if missed else "."
    return "\n".join([_BUDGETS.format(told=told), promises({row.name: row for row in rows}), ""])


def _figures(results: Results) -> str:
    rows = [
        row
        for row in results.rows
        if row.name not in BUDGETS and row.part not in ("peers", "phases")
    ]
    cells = [(row.name, row.shown, row.note) for row in sorted(rows, key=_natural)]
    shown = grid(("what", "measured", "of"), cells, numbers=(1,))
    return "\n".join(["## More figures", "", shown, ""]) if cells else ""


def _natural(row: Row) -> list[tuple[int, str]]:
    """Numbers by their size: 100, 1000, 10000."""
    found = re.findall(r"(\d+)|(\D+)", row.name)
    return [(int(number), "") if number else (-1, text) for number, text in found]


def _peers(results: Results) -> str:
    times = {row.name: row for row in results.of("peers")}
    sizes = sorted({int(found[1]) for name in times if (found := _SIZED.fullmatch(name))})
    if not sizes:
        return ""
    does = {"kpi validate": "the plan, everything", "kpi report": "the plan, written as HTML"}
    does |= {peer.name: peer.does for peer in PEERS}
    lines = [
        (_titled(name, results), said, *(_time(times.get(f"{name}, {n}, s")) for n in sizes))
        for name, said in does.items()
    ]
    head = ("tool", "what it does", *map(str, sizes))
    shown = grid(head, lines, numbers=range(2, len(head)))
    faster = [
        (row.name, row.shown, row.note)
        for row in sorted(results.of("peers"), key=_natural)
        if "times faster" in row.name
    ]
    against = grid(("what", "times", "of"), faster, numbers=(1,))
    return "\n".join([_PEERS, shown, "", against, ""])


_SIZED = re.compile(r".+, (\d+), s")


def _titled(name: str, results: Results) -> str:
    if name not in results.peers:
        return name
    return f"{name} {results.peers[name] or '(could not be installed)'}"


def _time(row: Row | None) -> str:
    return row.shown if row else ""


def _remains(results: Results) -> str:
    rows = results.of("phases")
    total = next((row for row in rows if re.fullmatch(r"profile of \d+ KPIs, s", row.name)), None)
    if total is None:
        return ""
    size = total.name.split()[2]
    floor = next(row for row in rows if "floor B1" in row.name)
    return "\n".join(
        [
            _REST.format(seconds=total.shown, size=size, floor=floor.shown),
            *_shares(rows, "phase"),
            _FUNCTIONS,
            *_shares(rows, "function"),
        ]
    )


def _shares(rows: list[Row], kind: str) -> Iterator[str]:
    lines = [
        (row.name.removeprefix(f"{kind}: "), row.shown, row.note)
        for row in rows
        if row.name.startswith(f"{kind}: ")
    ]
    yield grid((kind, "s", "share"), lines, numbers=(1, 2))
    yield ""


def write(results: Results) -> None:
    """Write the page."""
    PAGE.write_text(page(results), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(load())
    sys.stdout.write("docs/benchmarks.md\n")
