"""One KPI's picture as a file of its own, for a README or a wiki: name, figure, status, sparkline.

The colours stand in the file and follow the reader's light or dark mode; the shape and the word of
the status carry the meaning without them.
"""

from __future__ import annotations

from kpi_cli.locale import _
from kpi_cli.render.svg.clean import escaped
from kpi_cli.render.svg.kit import n
from kpi_cli.render.svg.spark import HEIGHT as SPARK_HEIGHT
from kpi_cli.render.svg.spark import WIDTH as SPARK_WIDTH
from kpi_cli.render.svg.spark import spark
from kpi_cli.views.rows import KpiRow
from kpi_cli.views.words import clipped

WIDTH, HEIGHT, PAD = 420, 60, 12
LETTERS = 38
"""Of the name, at 14 px: what fits beside the sparkline with wide letters."""
_STYLE = (
    "text{font:14px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;fill:#171a21}"
    ".s{font-size:12px;fill:#545c69}.f{fill:#fff;stroke:#d5d9e0}.ac{fill:none;stroke:#171a21;"
    "stroke-width:1.5}.now{fill:#171a21}.tg{fill:none;stroke:#0b57a4;stroke-dasharray:4 3}"
    "@media(prefers-color-scheme:dark){text{fill:#e8eaee}.s{fill:#a4acb9}.f{fill:#12151b;"
    "stroke:#343b48}.ac{stroke:#e8eaee}.now{fill:#e8eaee}.tg{stroke:#8ab8f2}}"
)


def standalone(row: KpiRow) -> str:
    """An SVG document, 420 x 60."""
    name = clipped(row.ref.label, LETTERS)
    figures = [row.now or _("no figure yet")]
    if row.target:
        figures.append(_("target {target}", target=row.target))
    told = clipped(f"{row.badge.text} · {', '.join(figures)}", LETTERS + 6)
    x = WIDTH - PAD - SPARK_WIDTH
    picture = ""
    if row.spark:
        inner = spark(row.spark).replace("<svg ", f'<svg x="{n(x)}" y="{n(_middle())}" ', 1)
        picture = inner.replace(' role="img"', "", 1)
    label = f"{row.ref.label}: {row.badge.word}, {', '.join(figures)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escaped(label)}"'
        f' width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f"<title>{escaped(label)}</title>\n<style>{_STYLE}</style>\n"
        f'<rect class="f" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="6"/>\n'
        f'<text x="{PAD}" y="25">{escaped(name)}</text>\n'
        f'<text class="s" x="{PAD}" y="45">{escaped(told)}</text>\n{picture}\n</svg>\n'
    )


def _middle() -> float:
    return (HEIGHT - SPARK_HEIGHT) / 2
