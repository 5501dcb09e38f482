"""`kpi serve`: the report in a browser, built again whenever a file changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun, KpiError

if TYPE_CHECKING:
    from kpi_cli.cli.serving import Built


def serve(
    run: Run,
    port: Annotated[
        int, option("--port", "-p", min=0, max=65535, help="The port (default: a free one).")
    ] = 0,
    browse: Annotated[bool, option("--open", help="Open it in the browser.")] = False,
) -> int:
    """Show the report on this machine only, and build it again whenever a file changes.

    While the plan has errors the last good pages stay, below a list of what is wrong and where.
    Ctrl-C ends it.

    Examples:
      kpi serve
      kpi serve --port 8000 --open
    """
    from kpi_cli.cli.serving import HOST, Live, Watch, server

    session = _Session(run)
    live = Live(session.build)
    try:
        serving = server(live, port)
    except OSError as error:
        raise CannotRun(
            f"port {port} cannot be used: {error.strerror}", help="leave `--port` out"
        ) from None
    address = f"http://{HOST}:{serving.server_address[1]}/"
    print(address, flush=True)
    run.say("kpi: shows the report until Ctrl-C; open the address in a browser")
    if browse:
        import webbrowser

        webbrowser.open(address)
    watch = Watch(session.state, session.telling(live.rebuild))
    watch.start()
    try:
        serving.serve_forever()
    finally:
        watch.stop()
        serving.server_close()
    return 0


class _Session:
    """One workspace being served: how it is built, and which files that depends on."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.root = run.root
        self._read: tuple[str, ...] = ()
        self._sound = False
        self._once_sound = False

    def state(self) -> object:
        """Name, size and time of every file a build reads."""
        from kpi_cli.workspace import DiskTree

        found = []
        for path in sorted({*DiskTree(self.root).paths(), *self._read}):
            try:
                seen = (self.root / path).stat()
            except OSError:
                continue
            found.append((path, seen.st_size, seen.st_mtime_ns))
        return found

    def telling(self, rebuild: Callable[[], None]) -> Callable[[], None]:
        """Build again and say so on the terminal."""

        def told() -> None:
            rebuild()
            self.run.say("kpi: built again" if self._sound else "kpi: built again, with faults")

        return told

    def build(self) -> Built:
        """The pages of this moment; with what is wrong where something is."""
        from kpi_cli.locale import ENGLISH, speaking

        with speaking(self.run.options.lang or ENGLISH):
            return self._build()

    def _build(self) -> Built:
        from kpi_cli.cli.checking import check_workspace
        from kpi_cli.cli.commands.report import build
        from kpi_cli.cli.serving import Built
        from kpi_cli.diagnostics import Severity
        from kpi_cli.render.html.site import Site
        from kpi_cli.render.html.trouble import alone, banner

        self._sound = False
        run = Run(self.run.options)
        try:
            pages = Site(build(run))
            run.keep()
            errors = [f for f in check_workspace(run) if f.severity is Severity.ERROR]
        except KpiError as error:
            return Built(alone(), banner([], str(error), pages_are_old=self._once_sound))
        self._read = tuple(run.loaded.files)
        if errors:
            return Built(pages, banner(errors, pages_are_old=self._once_sound))
        self._sound = self._once_sound = True
        return Built(pages)
