"""What stops a command. Faults in a plan are findings, never exceptions (see `diagnostics`)."""


class KpiError(Exception):
    """The command cannot go on; `exit_code` is what the shell sees."""

    exit_code = 2

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class CannotRun(KpiError):
    """Wrong usage, no workspace, an unreadable file, a missing optional package."""


class InternalFault(KpiError):
    """A fault of ours."""

    exit_code = 3
