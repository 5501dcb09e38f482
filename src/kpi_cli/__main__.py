"""The `kpi` command: `--version` answers before anything heavy is imported."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        from kpi_cli import __version__

        print(f"kpi {__version__}")
        return
    import gc

    gc.disable()  # Modules stay: to look through them for garbage takes a tenth of the start.
    from kpi_cli.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
