"""`kpi report`: the pages for the review meeting."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.audience import extent_of
from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import option
from kpi_cli.cli.exports import BINARY, exporters, pictures
from kpi_cli.cli.run import Run, split_output, write_file
from kpi_cli.errors import CannotRun
from kpi_cli.locale import N_

if TYPE_CHECKING:
    from kpi_cli.views.report import Extent, Report

PAGES, PICTURES = "html", "svg"
FOLDERS = {PAGES: "kpi-report", PICTURES: "kpi-pictures"}


def report(
    run: Run,
    single_file: Annotated[
        bool, option("--single-file", help="One page with everything in it.")
    ] = False,
    strict: Annotated[
        bool, option("--strict", help="End with 1 when records with faults were left out.")
    ] = False,
    reader: Annotated[
        str | None,
        option("--for", metavar="READER", help="board, team:ID or person:ID."),
    ] = None,
    review: Annotated[
        str | None,
        option(
            "--review",
            metavar="ID",
            help="The pack for this review.",
            find=ids_of("reviews"),
        ),
    ] = None,
    since: Annotated[
        str | None,
        option("--since", help="Tell what changed since a revision, a day or a review."),
    ] = None,
) -> int:
    """Write the report: pages by default, or one of the other formats.

    Without `--output` the pages go to the folder kpi-report; a name that ends in .html, or
    `--single-file`, gives one page. The path of what was written is printed.
    Formats: html, markdown, pdf (needs Chromium), csv, xlsx, openmetrics, svg (a small picture of
    each KPI, for a README), json (every fact of the pages).
    A report for a team or a person holds their part of the plan and nothing else; a person's page
    is written only for that person and linked from nowhere.

    Examples:
      kpi report -o site
      kpi report --for team:sales --since 2026-04-30 -o sales
      kpi report --single-file -o review.html --as-of 2026-05-31
      kpi report --format markdown -o pdf=review.pdf -o markdown=minutes.md
      kpi report --format openmetrics -o /var/lib/node_exporter/kpi.prom
    """
    gc.disable()  # all that is made is held until it is written: there is nothing to collect
    try:
        return _report(run, single_file, strict, partial(extent_of, run, reader, review, since))
    finally:
        gc.enable()


def _report(run: Run, single_file: bool, strict: bool, extent: Callable[[], Extent]) -> int:
    view = cache(partial(build, run, extent))
    others = exporters(run, view)
    name = run.options.format or PAGES
    known = {PAGES, PICTURES, *others}
    if name not in known:
        raise CannotRun(
            f"a report has no format '{name}'", help=f"choose one of {', '.join(sorted(known))}"
        )
    for target in run.options.output or (_default(name, single_file),):
        form, path = split_output(target, name, dict.fromkeys(known))
        if form in others:
            write_file(path, others[form]())
            told = None if str(path) == "-" else str(path)
        elif form == PICTURES:
            told = _write_pictures(run, view(), path)
        else:
            told = _write(run, view(), path, single=single_file or path.suffix == ".html")
        if told:
            print(told)
    run.tell_left_out()
    return 1 if strict and run.loaded.left_out else 0


def _default(name: str, single: bool) -> str:
    """Where a report goes when nobody says: texts to the terminal, everything else to a file."""
    if name in FOLDERS:
        return f"{FOLDERS[name]}.html" if name == PAGES and single else FOLDERS[name]
    return f"kpi-report.{name}" if name in BINARY else "-"


def _write_pictures(run: Run, view: Report, path: Path) -> str:
    from kpi_cli.cli.exports import PICTURES as MARKER
    from kpi_cli.cli.progress import Bar
    from kpi_cli.cli.publish import write_folder

    with Bar(N_("Drawing the pictures"), run.options) as bar:
        write_folder(path, pictures(view), MARKER, bar)
    return str(path)


def build(run: Run, extent: Callable[[], Extent] | None = None) -> Report:
    """The views of the workspace, or of a reader's part of it; findings included."""
    from kpi_cli import __version__
    from kpi_cli.cli.checking import check_workspace
    from kpi_cli.cli.grading import grades
    from kpi_cli.views.report import build_report

    return build_report(
        run.assessment,
        version=__version__,
        digest=digest(run.loaded.files),
        findings=check_workspace(run),
        left_out=run.loaded.left_out,
        places=places(run),
        extent=extent() if extent else extent_of(run, None, None, None),
        smart=grades(run),
    )


def _write(run: Run, view: Report, path: Path, *, single: bool) -> str | None:
    """Write one page or a folder; the path of the page to open, None for stdout."""
    from kpi_cli.cli.progress import Bar
    from kpi_cli.cli.publish import write_folder
    from kpi_cli.render.html.site import MARKER, home_of, write_single, write_site

    if single:
        if path.is_dir():
            raise CannotRun(f"'{path}' is a folder", help="name a file: `-o review.html`")
        with Bar(N_("Drawing the page"), run.options) as bar:
            bar.pulse(len(view.kpis))
            page = write_single(view)
        write_file(path, page)
        return None if str(path) == "-" else str(path)
    with Bar(N_("Drawing the pages"), run.options) as bar:
        bar.pulse(len(view.kpis))
        pages = write_site(view)
    with Bar(N_("Writing the pages"), run.options) as bar:
        write_folder(path, pages, MARKER, bar)
    return str(path / f"{home_of(view)}.html")


def digest(files: Mapping[str, bytes]) -> str:
    """Twelve hex digits that name the input: every file that was read, with its path."""
    from hashlib import sha256

    whole = sha256()
    for path in sorted(files):
        whole.update(f"{path}\0{len(files[path])}\0".encode("utf-8", "surrogateescape"))
        whole.update(files[path])
    return whole.hexdigest()[:12]


def places(run: Run) -> dict[str, tuple[str, int]]:
    """Record -> file and line of its id; one look at each file's left edge finds most of them."""
    from kpi_cli.source.blocks import Outline
    from kpi_cli.source.text import Text

    origins, files = run.loaded.plan.origins, run.loaded.files
    lines: dict[tuple[str, str, str], int] = {}
    for path in sorted({place.path for place in origins.values()}):
        for block in Outline(Text(files[path])).records():
            lines[path, block.section, block.name] = block.start + 1
    found = {}
    for name, place in origins.items():
        line = lines.get((place.path, str(place.route[0]) if place.route else "", name))
        found[name] = (place.path, line or _looked_up(run, name))
    return found


def _looked_up(run: Run, name: str) -> int:
    """The line of a record in brackets, from the reader itself."""
    from kpi_cli.checks.engine import Places

    return Places(run.loaded.files).mark(run.loaded.plan.place(name)).line
