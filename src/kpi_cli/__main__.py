"""The `kpi` command: `--version` answers before anything heavy is imported."""

import os
import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    code = start()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        sys.exit(code)
    threads = sys.modules.get("threading")
    if threads is None or threads.active_count() == 1:
        # The interpreter would take every module apart first, a tenth of a quick run, for nobody.
        os._exit(code)
    sys.exit(code)


def start() -> int:
    """Run the command line; its exit code."""
    if sys.argv[1:] == ["--version"]:
        from kpi_cli import __version__

        print(f"kpi {__version__}")
        return 0
    import gc

    gc.disable()  # Modules stay: to look through them for garbage takes a tenth of the start.
    from kpi_cli.cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
