"""Findings that are hard to write down, and a view of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi_cli.diagnostics import Finding, Fix, RelatedFinding, Severity, Suppressed
from kpi_cli.render.findings import renderer
from kpi_cli.source import Mark
from kpi_cli.views.findings import FindingsView, findings_view

AS_OF = date(2026, 5, 31)
FILES = {
    "kế hoạch/50% a:b.yaml": "kpis:\n  mục-tiêu: {name: Tỷ lệ quay lại, target: 40}\n".encode(),
    "plan.yaml": b"kpis:\n  visits: {name: Visits}\n",
}
HARD = (
    "Tỷ lệ khách quay lại: 50 % chưa đạt",
    "two\nlines\r\nand a third",
    "]]> <b>&amp;</b> \"quoted\" 'single'",
    "::error::not a command, 100%25 %0A",
    "control \x1b[31m \x00 \u202e and \ud800 \uffff",
    "| a | b |\n@everyone #1 <!-- --> `x` http://example.invalid",
)


def finding(
    message: str = "there is no team 'x'",
    severity: Severity = Severity.ERROR,
    number: int = 0,
    path: str = "plan.yaml",
    **more: object,
) -> Finding:
    """A finding of K105 in a file of two lines."""
    given: dict[str, object] = {"subject": "visits", "help": None, "fix": None} | more
    return Finding(
        "K105", "unknown-team", severity, path, 2, 3 + number % 5, 2, 9 + number % 5,
        message=message, fingerprint=f"{number:032x}", **given,
    )  # type: ignore[arg-type]  # fmt: skip


def hard() -> list[Finding]:
    """One finding for each hard text, in a file with a hard name, with all that one may have."""
    other = RelatedFinding("plan.yaml", 1, 1, "đầu tiên ở đây %")
    fix = Fix(Mark(2, 22, 2, 24), "đ%]]>")
    path = next(iter(FILES))
    return [
        finding(
            text, list(Severity)[number % 3], number, path,
            help=f"gõ {text}", related=(other,), fix=fix, subject="mục-tiêu",
        )
        for number, text in enumerate(HARD)
    ]  # fmt: skip


def many(count: int = 6000) -> list[Finding]:
    """Every third an error, a warning, a note."""
    return [finding(f"fault {n}", list(Severity)[n % 3], n) for n in range(count)]


def aside(found: Finding, *, source: bool = True) -> Suppressed:
    """The same finding, set aside."""
    return Suppressed(found, "đang chờ 100 % -- ]]>", source, date(2026, 12, 31))


def view(
    found: Sequence[Finding], suppressed: Sequence[Suppressed] = (), folder: str = "plan/"
) -> FindingsView:
    """A view of findings in a workspace below the repository's root."""
    checked = {"plan.yaml": ("visits", "orders"), next(iter(FILES)): ("mục-tiêu",)}
    ordered = sorted(found, key=lambda one: one.sort_key)
    return findings_view(
        AS_OF, ordered, files=2, records=3, suppressed=suppressed, folder=folder,
        checked=checked, families=("K", "M"),
    )  # fmt: skip


def rendered(
    name: str,
    found: Sequence[Finding],
    suppressed: Sequence[Suppressed] = (),
    folder: str = "plan/",
) -> str:
    """A format's text, as a file would hold it."""
    text = renderer(name)(view(found, suppressed, folder), FILES)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
