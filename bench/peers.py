"""Other tools side by side with `kpi`, each on as many objects of its own kind.

Each is installed from the package index into a folder of its own below build/, which is kept for
the next time. One that cannot be installed is said to be so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import peer_corpora
from bench.generate import AS_OF, Layout
from bench.measure import Command, Cost, Subject, medians
from bench.session import KPI, ROOT, Bench, cold

FOLDER = ROOT / "build" / "bench-peers"
SCHEMA = str(ROOT / "schemas" / "plan.schema.json")
LIMIT = 300.0
"""Seconds after which a run is ended and told as "more than"."""
MOST = 10_000
ROUNDS = {100: 3, 1000: 2}
RULES = "{extends: default, rules: {line-length: disable, document-start: disable}}"
Writer = Callable[[int, Path, int], None]


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: how its package and its command are called, and what it is given.

    `corpus` is None for a tool that reads our own plans; `command` follows the tool's own name;
    `settles` where its first run writes what later runs read.
    """

    name: str
    package: str
    version: str
    does: str
    command: Callable[[Path], Command]
    corpus: Writer | None = None
    settles: bool = False
    writes_pages: bool = False
    """Whether its work is that of `kpi report` too."""

    @property
    def home(self) -> Path:
        """Where it is installed."""
        return FOLDER / f"{self.name}-{self.version}"


def _plan_files(folder: Path) -> list[str]:
    paths = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.yaml")))
    return [path for path in paths if path != "kpi.yaml"]


PEERS: Sequence[Peer] = (
    Peer(
        "check-jsonschema", "check-jsonschema", "0.39.0",
        "the same plan against our JSON Schema; no link, no figure",
        lambda folder: ["--schemafile", SCHEMA, *_plan_files(folder)],
    ),
    Peer(
        "yamllint", "yamllint", "1.38.0", "the same plan, style of YAML",
        lambda _folder: ["--no-warnings", "-d", RULES, "."],
    ),
    Peer(
        "doorstop", "doorstop", "3.2", "items and a fifth as many above them, links checked",
        lambda _folder: ["--quiet"], peer_corpora.doorstop, settles=True,
    ),
    Peer(
        "strictdoc", "strictdoc", "0.30.4", "requirements, links checked, written as HTML",
        lambda _folder: ["export", ".", "--output-dir", "html"], peer_corpora.strictdoc,
        settles=True, writes_pages=True,
    ),
    Peer(
        "bean-check", "beancount", "3.2.3", "entries of four lines, balanced",
        lambda _folder: ["--no-cache", "ledger.bean"], peer_corpora.ledger,
    ),
)  # fmt: skip


def install(peer: Peer) -> bool:
    """Whether it is there, installed if need be."""
    if (peer.home / "bin" / peer.name).exists():
        return True
    print(f"  installing {peer.name} {peer.version}", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(peer.home)], check=True)
    pip = [str(peer.home / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    done = subprocess.run(
        [*pip, f"{peer.package}=={peer.version}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"  {done.stderr.strip()[-500:]}", file=sys.stderr)
        shutil.rmtree(peer.home, ignore_errors=True)
    return done.returncode == 0


def peers(bench: Bench, known: Sequence[Peer] = PEERS) -> None:
    """All that can be installed, at every size up to 10 000, beside our own commands."""
    found = []
    for peer in known:
        if install(peer):
            bench.peers[peer.name] = peer.version
            found.append(peer)
        else:
            bench.peers[peer.name] = ""
            print(f"  {peer.name} {peer.version} could not be installed", file=sys.stderr)
    for size in (size for size in bench.sizes if size <= MOST):
        _compare(bench, found, size)
        bench.checkpoint()


def _compare(bench: Bench, found: Sequence[Peer], size: int) -> None:
    plan = bench.corpus(Layout(size))
    site = str(bench.scratch / f"peers-site-{size}")
    ours = {
        "kpi validate": Subject(cold("validate"), plan),
        "kpi report": Subject([KPI, "report", "--as-of", AS_OF, "--no-cache", "-o", site], plan),
    }
    theirs = {peer.name: subject(peer, size, plan, bench.scratch / "peers") for peer in found}
    costs = medians({**ours, **theirs}, ROUNDS.get(size, 1))
    for name, cost in costs.items():
        told(bench, name, size, cost)
    for peer in found:
        faster(bench, peer, size, costs)


def subject(peer: Peer, size: int, plan: Path, scratch: Path) -> Subject:
    """How one tool is measured on so many objects; its corpus is written."""
    folder = plan if peer.corpus is None else scratch / f"{peer.name}-{size}"
    before = None
    if peer.corpus is not None:
        before = partial(_anew, peer.corpus, size, folder)
        before(0)
        # Doorstop finds its documents by the repository they are in.
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    command = [str(peer.home / "bin" / peer.name), *peer.command(folder)]
    return Subject(
        command, folder, before=before, limit=LIMIT, warm_ups=int(peer.settles or size <= 100),
        env={"TMPDIR": str(_temporary(folder))},
    )  # fmt: skip


def _anew(write: Writer, count: int, folder: Path, turn: int) -> None:
    shutil.rmtree(folder / "html", ignore_errors=True)
    write(count, folder, turn)


def _temporary(folder: Path) -> Path:
    """A folder for its temporary files, beside its corpus: some keep a cache there."""
    found = folder.with_name(f"{folder.name}-tmp")
    found.mkdir(exist_ok=True)
    return found


def told(bench: Bench, name: str, size: int, cost: Cost) -> None:
    """CPU seconds of a tool; of one that was ended at its limit, what it had used by then."""
    note = f"ended after {LIMIT:g} s" if cost.over else f"peak {cost.peak / 2**20:.0f} MiB"
    bench.add(f"{name}, {size}, s", cost.cpu, note, at_least=cost.over)


def faster(bench: Bench, peer: Peer, size: int, costs: Mapping[str, Cost]) -> None:
    """How many times longer it takes than our validate and, where it writes pages, our report."""
    own = costs[peer.name]
    pairs = {"validate": costs["kpi validate"]}
    if peer.writes_pages:
        pairs["report"] = costs["kpi report"]
    for command, ours in pairs.items():
        bench.add(
            f"{command} {size}, times faster than {peer.name}",
            own.cpu / ours.cpu,
            f"{own.cpu:.2f} s / {ours.cpu:.2f} s",
            at_least=own.over,
        )
