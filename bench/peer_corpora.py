"""Corpora for other tools, of as many objects as a plan has KPIs; each writes a folder anew.

Every fifth object stands above the four after it or, where a tool has levels, one above every five:
as an objective above its KPIs.
"""

from __future__ import annotations

from pathlib import Path

SHARE = 5
PER_DOCUMENT = 150
"""Requirements in one document, as KPIs of a department's teams."""
ITEM = """\
active: true
derived: false
header: ''
level: {level}
links:{links}
normative: true
ref: ''
reviewed: null
text: |
  Number {number}: what is promised for this year, how it is counted and who answers for it.
"""
ENTRY = """\
2026-{month:02d}-{day:02d} * "Supplier" "Delivery {number}"
  note: "counted twice"
  Expenses:Goods  {number}.50 EUR
  Assets:Bank
"""


def doorstop(count: int, folder: Path, turn: int = 0) -> None:
    """Two documents: `count` items, each linked to one of a fifth as many above."""
    del turn
    if folder.exists():
        return  # The first check stamps every item; the next ones check the stamps.
    for name, prefix, parent in (("above", "ABOVE", ""), ("items", "ITEM", "ABOVE")):
        (folder / name).mkdir(parents=True)
        settings = f"settings:\n  digits: 6\n  prefix: {prefix}\n  sep: ''\n"
        settings += f"  parent: {parent}\n" if parent else ""
        (folder / name / ".doorstop.yml").write_text(settings, encoding="utf-8")
    above = -(-count // SHARE)
    for number in range(above):
        _item(folder / "above" / f"ABOVE{number:06d}.yml", number, " []")
    for number in range(count):
        links = f"\n- ABOVE{number % above:06d}: null"
        _item(folder / "items" / f"ITEM{number:06d}.yml", number, links)


def _item(path: Path, number: int, links: str) -> None:
    level = f"1.{number + 1}.1"
    path.write_text(ITEM.format(level=level, links=links, number=number), encoding="utf-8")


def strictdoc(count: int, folder: Path, turn: int = 0) -> None:
    """Documents of 150 requirements, new in every turn: unchanged ones would come from a cache."""
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, count, PER_DOCUMENT):
        lines = ["[DOCUMENT]", f"TITLE: Part {first}, edition {turn}", ""]
        for number in range(first, min(first + PER_DOCUMENT, count)):
            lines += _requirement(number)
        (folder / f"part-{first:06d}.sdoc").write_text("\n".join(lines), encoding="utf-8")


def _requirement(number: int) -> list[str]:
    lines = ["[REQUIREMENT]", f"UID: R-{number}", f"TITLE: Requirement {number}"]
    text = f"Number {number}: what is promised, how it is counted and who answers for it."
    lines += ["STATEMENT: >>>", text, "<<<"]
    if number % SHARE:
        lines += ["RELATIONS:", "- TYPE: Parent", f"  VALUE: R-{number - number % SHARE}"]
    return [*lines, ""]


def ledger(count: int, folder: Path, turn: int = 0) -> None:
    """One ledger with `count` entries of four lines."""
    del turn
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"2025-12-31 open {account}" for account in ("Assets:Bank", "Expenses:Goods")]
    lines += [
        ENTRY.format(month=number % 12 + 1, day=number % 28 + 1, number=number + 1)
        for number in range(count)
    ]
    (folder / "ledger.bean").write_text("\n".join(lines), encoding="utf-8")
