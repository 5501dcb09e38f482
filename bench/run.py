"""The budgets, measured: `make bench`, or `python -m bench.run` with the options below.

Every ratio is of CPU-time medians of runs that took turns with their floor: B0 starting Python,
B1 a bare scan of the same files' YAML events, B2 reading and hashing them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import commands, page, results, scenarios
from bench.measure import BenchError
from bench.peers import peers
from bench.phases import phases
from bench.session import Bench
from bench.table import Row, table

PARTS: Mapping[str, Callable[[Bench], None]] = {
    "start": commands.start,
    "validate": scenarios.validate,
    "status": scenarios.status,
    "smart": commands.smart,
    "outlooks": commands.outlooks,
    "report": commands.report,
    "editing": commands.editing,
    "lsp": commands.lsp,
    "serve": commands.serve,
    "diff": commands.diff,
    "align": commands.align,
    "layouts": scenarios.layouts,
    "phases": phases,
    "peers": peers,
}
ASKED_FOR = ("layouts", "phases", "peers")
"""Parts that run only when they are asked for."""


def options() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 10 000 KPIs (minutes)")
    parser.add_argument("--huge", action="store_true", help="also 100 000 KPIs (many minutes)")
    parser.add_argument("--layouts", action="store_true", help="also the other file layouts")
    parser.add_argument("--phases", action="store_true", help="also where the time goes")
    parser.add_argument("--peers", action="store_true", help="also other tools, installed for it")
    parser.add_argument("--all", action="store_true", help="all of these but --huge")
    parser.add_argument(
        "--only", action="append", choices=PARTS, metavar="PART", help=f"one of {', '.join(PARTS)}"
    )
    parser.add_argument("--sizes", type=_sizes, metavar="N,N", help="these numbers of KPIs instead")
    parser.add_argument("--save", action="store_true", help="keep the figures, write the page")
    parser.add_argument("--check", action="store_true", help="end 1 where a budget is missed")
    return parser


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def sizes(given: argparse.Namespace) -> Sequence[int]:
    """How many KPIs the plans have."""
    if given.sizes:
        return tuple(given.sizes)
    large = (10_000,) if given.large or given.all or given.huge else ()
    return (100, 1000, *large, *((100_000,) if given.huge else ()))


def parts(given: argparse.Namespace) -> list[str]:
    """What to measure, in its order."""
    if given.only:
        return [name for name in PARTS if name in given.only]
    return [name for name in PARTS if name not in ASKED_FOR or given.all or getattr(given, name)]


def run(given: argparse.Namespace) -> results.Results:
    """Measure everything asked for, and keep each part if asked to.

    Raises BenchError at the first command that fails.
    """
    with tempfile.TemporaryDirectory(prefix="kpi-bench-") as scratch:
        bench = Bench(Path(scratch), sizes(given))
        if given.save:
            bench.checkpoint = lambda: keep(_found(bench))
        for name in parts(given):
            bench.part = name
            PARTS[name](bench)
            bench.checkpoint()
        return _found(bench)


def _found(bench: Bench) -> results.Results:
    return results.Results(results.machine(), tuple(bench.rows), bench.peers)


def keep(found: results.Results) -> None:
    """Merge with what was measured before, and write the page of both."""
    before = results.load()
    kept = results.merged(before, found)
    if before.rows and before.machine != found.machine:
        print("bench: figures of another machine or other versions are dropped", file=sys.stderr)
    results.save(kept)
    page.write(results.load())


def main(arguments: list[str]) -> int:
    """Measure and print; 2 where a command failed, with --check 1 where a `must` is missed."""
    given = options().parse_args(arguments)
    try:
        found = run(given)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print(*(f"{title}: {said}" for title, said in found.machine.items()), sep="\n")
    print("CPU time, medians; B0 python -c pass, B1 bare libyaml event scan, B2 read + sha256\n")
    print(table(found.rows))
    missed: list[Row] = [row for row in found.rows if row.verdict == "MISSED"]
    return 1 if given.check and missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
