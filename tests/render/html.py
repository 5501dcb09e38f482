"""A strict look at a page: tags in balance, ids once, no attribute twice; its texts and links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "input"}


@dataclass
class Page:
    """What was found on a page; `faults` is empty for a well-formed one.

    `drawn` are the elements inside pictures with the names of their attributes, `prose` is the text
    outside of them: how many lines a label in a picture takes depends on its words.
    """

    faults: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    text: str = ""
    prose: str = ""
    drawn: set[tuple[str, ...]] = field(default_factory=set)
    written: list[tuple[str, ...]] = field(default_factory=list)

    def levels(self) -> list[int]:
        """The levels of the headings in order."""
        return [int(name[1]) for name in self.elements if len(name) == 2 and name[1].isdigit()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page = self.page
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            page.faults.append(f"an attribute twice in <{tag}>")
        page.elements.append(tag)
        if tag == "svg" or "svg" in self.open:
            page.drawn.add((tag, *names))
        else:
            page.written.append((tag, *names))
        page.attributes += [(tag, name, value or "") for name, value in attrs]
        page.ids += [value or "" for name, value in attrs if name == "id"]
        page.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.page.faults.append(f"</{tag}> closes {self.open[-1:]} at {self.getpos()}")
        elif self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["script"]):
            self.page.text += data
            self.page.prose += "" if "svg" in self.open else data

    def handle_comment(self, data: str) -> None:
        self.page.faults.append(f"a comment: {data[:40]}")


def parse(raw: bytes) -> Page:
    """Read a page; bytes that are not UTF-8 raise."""
    reader = _Reader()
    reader.feed(raw.decode("utf-8"))
    reader.close()
    page = reader.page
    page.faults += [f"<{tag}> is left open" for tag in reader.open]
    page.faults += [f"id {one} twice" for one in sorted(set(page.ids)) if page.ids.count(one) > 1]
    return page
