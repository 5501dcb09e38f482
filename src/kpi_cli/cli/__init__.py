"""The command line: one module a command in `commands/`; alone knows typer and the clock."""
