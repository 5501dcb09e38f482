"""`kpi report`: the pages for the review meeting."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from kpi_cli.cli.audience import extent_of
from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import option
from kpi_cli.cli.edition import Edition
from kpi_cli.cli.exports import BINARY, exporters, pictures
from kpi_cli.cli.run import Run, split_output, write_file
from kpi_cli.digests import sha256
from kpi_cli.errors import CannotRun
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _

if TYPE_CHECKING:
    from kpi_cli.views.report import Extent, Report

PAGES, PICTURES = "html", "svg"
SHARED = 2500
"""From so many files on, starting a second process costs less than it saves."""
_FILE = 2**14
"""Bytes of a file of a plan, roughly."""
FOLDERS = {PAGES: "kpi-report", PICTURES: "kpi-pictures"}


@dataclass(frozen=True, slots=True)
class Shape:
    """One page or a folder, and whether what is up to date in a folder is left alone."""

    single: bool
    changed_only: bool


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
    theme: Annotated[
        Literal["light", "dark"] | None,
        option("--theme", help="Fix the colours of pages (default: as the reader's system asks)."),
    ] = None,
    changed_only: Annotated[
        bool, option("--changed-only", help="Leave files of the folder that are up to date alone.")
    ] = False,
    stamp: Annotated[
        bool, option("--stamp", help="Say in the footer when the report was written.")
    ] = False,
    revision: Annotated[
        bool, option("--revision", help="Say in the footer which git commit it was made from.")
    ] = False,
) -> int:
    """Write the report: pages by default, or one of the other formats.

    Without `--output` the pages go to the folder kpi-report; a name that ends in .html, or
    `--single-file`, gives one page. The path of what was written is printed.
    Formats: html, markdown, pdf (needs Chromium), csv, xlsx, openmetrics, svg (a small picture of
    each KPI, for a README), json (every fact of the pages).
    A report for a team or a person holds their part of the plan and nothing else; a person's page
    is written only for that person and linked from nowhere.
    Pages are the same byte by byte until the plan or the day changes, so `--changed-only` can leave
    most of a large folder alone. `--stamp` gives that up; `--revision` changes pages with each
    commit, and adds `+ changes` where a file of the plan is not committed as it is.

    Examples:
      kpi report -o site
      kpi report --for team:sales --since 2026-04-30 -o sales
      kpi report --single-file -o review.html --as-of 2026-05-31
      kpi report --format markdown -o pdf=review.pdf -o markdown=minutes.md
      kpi report --format openmetrics -o /var/lib/node_exporter/kpi.prom
    """
    gc.disable()  # all that is made is held until it is written: there is nothing to collect
    try:
        edition = Edition(theme, stamp, revision)
        extent = partial(extent_of, run, reader, review, since)
        view = cache(lambda: edition.of(run, build(run, extent)))
        return _report(run, view, strict, Shape(single_file, changed_only))
    finally:
        gc.enable()


def _report(run: Run, view: Callable[[], Report], strict: bool, shape: Shape) -> int:
    others = exporters(run, view)
    name = run.options.format or PAGES
    known = {PAGES, PICTURES, *others}
    if name not in known:
        raise CannotRun(
            f"a report has no format '{name}'", help=f"choose one of {', '.join(sorted(known))}"
        )
    targets = run.options.output or (_default(name, shape.single),)
    places = [split_output(target, name, dict.fromkeys(known)) for target in targets]
    for form, path in places:
        _check_place(form, path, shape)
    for form, path in places:
        if form in others:
            write_file(path, others[form]())
            told = None if str(path) == "-" else str(path)
        elif form == PICTURES:
            told = _write_pictures(run, view(), path, shape)
        else:
            told = _write(run, view(), path, shape)
        if told:
            print(told)
    run.tell_left_out()
    return 1 if strict and run.loaded.left_out else 0


def _default(name: str, single: bool) -> str:
    """Where a report goes when nobody says: texts to the terminal, everything else to a file."""
    if name in FOLDERS:
        return f"{FOLDERS[name]}.html" if name == PAGES and single else FOLDERS[name]
    return f"kpi-report.{name}" if name in BINARY else "-"


def _check_place(form: str, path: Path, shape: Shape) -> None:
    """Raises CannotRun, before all the work, where a folder or a page cannot be written."""
    if form not in FOLDERS:
        return
    if form == PAGES and _is_page(path, shape):
        if path.is_dir():
            raise CannotRun(f"'{path}' is a folder", help="name a file: `-o review.html`")
        return
    from kpi_cli.cli.exports import PICTURES as PICTURES_MARKER
    from kpi_cli.cli.publish import written_before
    from kpi_cli.render.html.site import MARKER

    written_before(path, MARKER if form == PAGES else PICTURES_MARKER)


def _is_page(path: Path, shape: Shape) -> bool:
    """Whether all pages are to stand in one file."""
    return shape.single or path.suffix == ".html"


def _write_pictures(run: Run, view: Report, path: Path, shape: Shape) -> str:
    from kpi_cli.cli.exports import PICTURES as MARKER

    _fill(run, N_("Drawing the pictures"), path, pictures(view), MARKER, shape)
    return str(path)


def _fill(
    run: Run, doing: str, path: Path, files: Mapping[str, bytes], marker: str, shape: Shape
) -> None:
    """Write a folder under a bar; with `--changed-only` say how much of it."""
    from kpi_cli.cli.progress import Bar
    from kpi_cli.cli.publish import write_folder

    with Bar(doing, run.options) as bar:
        done = write_folder(
            path, files, marker, bar, changed_only=shape.changed_only, shared=len(files) >= SHARED
        )
    if shape.changed_only:
        counts = {"n": done.written, "whole": done.whole, "gone": done.gone}
        told = N_("{n} of {whole} files written, {gone} removed")
        run.say(f"kpi: {_(told, **counts)}")


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


def _write(run: Run, view: Report, path: Path, shape: Shape) -> str | None:
    """Write one page or a folder; the path of the page to open, None for stdout."""
    from kpi_cli.cli.progress import Bar
    from kpi_cli.render.html.site import MARKER, Site, home_of, write_single

    if _is_page(path, shape):
        with Bar(N_("Drawing the page"), run.options) as bar:
            bar.pulse(len(view.kpis))
            page = write_single(view)
        write_file(path, page)
        return None if str(path) == "-" else str(path)
    _fill(run, N_("Drawing the pages"), path, Site(view), MARKER, shape)
    return str(path / f"{home_of(view)}.html")


def digest(files: Mapping[str, bytes]) -> str:
    """Twelve hex digits that name the input: every file that was read, with its path."""
    whole = sha256(len(files) * _FILE)
    for path in sorted(files):
        whole.update(f"{path}\0{len(files[path])}\0".encode("utf-8", "surrogateescape"))
        whole.update(files[path])
    return str(whole.hexdigest())[:12]


def places(run: Run) -> dict[str, tuple[str, int]]:
    """Record -> file and line of its id; one look at each file's left edge finds most of them."""
    origins, files = run.loaded.plan.origins, run.loaded.files
    lines: dict[tuple[str, str, str], int] = {}
    for path in sorted({place.path for place in origins.values()}):
        for section, name, start in _starts(files[path]):
            lines.setdefault((path, section, name), start + 1)
    found = {}
    for name, place in origins.items():
        line = lines.get((place.path, str(place.route[0]) if place.route else "", name))
        found[name] = (place.path, line or _looked_up(run, name))
    return found


def _starts(raw: bytes) -> Iterator[tuple[str, str, int]]:
    """Section, id and first line (from 0) of the records of a file."""
    from kpi_cli.source.glance import lines_at_a_glance

    found = lines_at_a_glance(raw)
    if found is not None:
        yield from ((section, name, start) for (section, name), (start, _) in found.items())
        return
    from kpi_cli.source.blocks import Outline
    from kpi_cli.source.text import Text

    for block in Outline(Text(raw)).records():
        yield block.section, block.name, block.start


def _looked_up(run: Run, name: str) -> int:
    """The line of a record in brackets, from the reader itself."""
    from kpi_cli.checks.engine import Places

    return Places(run.loaded.files).mark(run.loaded.plan.place(name)).line
