"""Every command but `kpi validate`: how it starts, what it adds, how long an editor waits."""

from __future__ import annotations

import statistics
import sys

from bench import editor, edits, grading, outlook, serving
from bench.aligning import commit_and_edit, seconds
from bench.generate import AS_OF, Layout, write
from bench.measure import BenchError, Subject, medians
from bench.session import KPI, ROOT, Bench, cold, largest, require_clean, said_by

EXAMPLES = ("harbour-foods", "public-services")
COMPLETING = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": "kpi show t00001", "COMP_CWORD": "2"}


def start(bench: Bench) -> None:
    """What it costs to say hello, and to complete an id for a shell."""
    size = 1000
    folder = bench.corpus(Layout(size))
    asked = Subject([KPI], folder, bench.cache("completion"), COMPLETING)
    offered = said_by(asked).stdout.split()
    if "t00001-k00" not in offered:
        raise BenchError(f"completion offered {len(offered)} words, and not the id asked for")
    subjects = {
        "B0": Subject([sys.executable, "-c", "pass"], bench.scratch),
        "version": Subject([KPI, "--version"], bench.scratch),
        "help": Subject([KPI, "--help"], bench.scratch),
        "completion": asked,
    }
    costs = medians(subjects, 15)
    for name in ("version", "help"):
        bench.ratio(f"kpi --{name} / B0", costs[name], costs["B0"])
    name = f"completion of an id in {size} KPIs, warm / B0"
    bench.ratio(name, costs["completion"], costs["B0"])


def smart(bench: Bench) -> None:
    """Every SMART rule and the scores, over a plan that is loaded."""
    size = largest(bench.sizes)
    spent = grading.cost(bench.corpus(Layout(size)), AS_OF)
    bench.add(
        "check-smart beyond loading, ms a KPI",
        1000 * spent.checking / size,
        f"{spent.checking:.2f} s after {spent.loading:.2f} s of loading, {size} KPIs; "
        f"{bench.pace()}",
    )


def outlooks(bench: Bench) -> None:
    """Signals, season, forecast and evidence, computed on a plan that is loaded."""
    count = max(1000, largest(bench.sizes))
    spent = outlook.cost(count)
    middle = statistics.median(spent)
    note = f"mean of {count} KPIs of 36 values, median {middle:.2f}; {bench.pace()}"
    bench.add("signals and forecast, ms a KPI", statistics.fmean(spent), note)


def report(bench: Bench) -> None:
    """Whole sites: of 18 KPIs, of the examples, of 1 000 KPIs and more."""
    folders = {"18 KPIs": bench.corpus(Layout(18))}
    folders |= {name: ROOT / "examples" / name for name in EXAMPLES}
    subjects = {
        name: Subject(_report(bench, f"site of {name}"), folder) for name, folder in folders.items()
    }
    for name, cost in medians(subjects, 5).items():
        bench.seconds(f"report of {name}, s", cost.cpu)
    for size in (1000, *(size for size in bench.sizes if size == 10_000)):
        folder, cold = bench.corpus(Layout(size)), _report(bench, f"site of {size}")
        warm = [part for part in cold if part != "--no-cache"]
        subjects = {"whole": Subject(cold, folder), "again": Subject(warm, folder)}
        costs = medians(subjects, 3 if size == 1000 else 1)
        cost = costs["whole"]
        bench.seconds(f"report of {size} KPIs, whole site, s", cost.cpu)
        bench.seconds(f"report of {size} KPIs again, with the cache, s", costs["again"].cpu)
        bench.add(f"report of {size} KPIs, elapsed, s", cost.wall)
        bench.add(f"report of {size} KPIs, peak MiB", cost.peak / 2**20)


def _report(bench: Bench, name: str) -> list[str]:
    where = str(bench.scratch / name.replace(" ", "-"))
    return [KPI, "report", "--as-of", AS_OF, "--no-cache", "-o", where]


def serve(bench: Bench) -> None:
    """The report built again after one file changed; it is looked for twice a second."""
    size = 1000
    folder = bench.copy(Layout(size), "served")
    spent = serving.rebuild(KPI, folder, bench.cache("serve"))
    bench.seconds(f"serve, rebuild after one change in {size} KPIs, s", spent)


def lsp(bench: Bench) -> None:
    """An editor's wait; the server waits 0.15 s for quiet before it looks."""
    size = 1000
    waited = editor.change_to_diagnostics([KPI], bench.corpus(Layout(size)), bench.cache("lsp"))
    name = f"lsp, change to findings in {size} KPIs, s"
    bench.add(name, statistics.median(waited), f"elapsed, {bench.pace()}")


def editing(bench: Bench) -> None:
    """A record and a rename in a large workspace, which is clean afterwards too."""
    size, rounds, folder = 5000, 5, bench.scratch / "editing"
    write(Layout(size), folder)
    cache = bench.cache("editing")
    loading = edits.start_up(KPI, AS_OF, bench.scratch, rounds, bench.cache("lone"))
    recorded = edits.record(KPI, AS_OF, folder, rounds, cache)
    beyond = f"{recorded:.2f} s less {loading:.2f} s for status of one KPI"
    bench.seconds(f"record in {size} KPIs, s beyond start-up", recorded - loading, beyond)
    renamed = edits.rename(KPI, folder, rounds, cache)
    bench.seconds(f"rename in {size} KPIs, s", renamed)
    require_clean(folder)


def align(bench: Bench) -> None:
    """Alignment of a plan with 1 000 objectives and 10 000 KPIs."""
    spent = seconds(bench.scratch / "align")
    bench.seconds("align 1000 objectives, 10000 KPIs, s", spent, "loaded")


def diff(bench: Bench) -> None:
    """A diff of ten files against one validate."""
    folder = bench.scratch / "diff"
    write(Layout(1000), folder)
    commit_and_edit(folder)
    subjects = {name: Subject(cold(name), folder) for name in ("validate", "diff")}
    costs = medians(subjects, 5)
    bench.ratio("diff of 10 files / validate", costs["diff"], costs["validate"])
