"""Where pages lie: one file each in a folder, or all as sections of one page."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from kpi_cli.frozen import dataclass, field
from kpi_cli.views.facts import Ref

FOLDERS = {"kpi": "k", "objective": "o", "team": "d", "person": "p"}


def path_of(ref: Ref) -> str:
    """The file of a record's page; its name is the id."""
    return f"{FOLDERS[ref.kind]}/{ref.id}.html"


def table_of(ref: Ref) -> str:
    """The file with the values of a KPI's page."""
    return f"data/{FOLDERS[ref.kind]}/{ref.id}.csv"


def anchor_of(ref: Ref) -> str:
    """The section of a record in the single page."""
    return f"{FOLDERS[ref.kind]}-{ref.id}"


@dataclass(frozen=True, slots=True)
class Route:
    """Addresses as seen from the pages of a folder; `up` leads to the root.

    `home` names the first page, `front` the record it shows, `known` the records with a page.
    `shown` remembers what several of these pages show of one view, and the view itself.
    """

    up: str = ""
    single: bool = False
    known: frozenset[tuple[str, str]] | None = None
    front: Ref | None = None
    home: str = "index"
    shown: dict[tuple[object, int], tuple[object, Markup]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def has(self, ref: Ref) -> bool:
        """Whether a record has a page in this report; the page of a part does not have them all."""
        return self.known is None or (ref.kind, ref.id) in self.known or ref == self.front

    def to(self, ref: Ref) -> str:
        """A record's page."""
        if ref == self.front:
            return self.page("index")
        return f"#{anchor_of(ref)}" if self.single else self.up + path_of(ref)

    def drawn(self, macro: Callable[..., Markup], view: object) -> Markup:
        """What a macro draws of a view, drawn for the first of the pages that shows it."""
        key = macro, id(view)
        found = self.shown.get(key)
        if found is None:
            found = self.shown[key] = view, macro(view, self)
        return found[1]

    def page(self, name: str, part: str | None = None) -> str:
        """A page by its name, or a part of it."""
        if self.single:
            return f"#{part or name}"
        file = self.home if name == "index" else name
        return f"{self.up}{file}.html" + (f"#{part}" if part else "")

    def table(self, ref: Ref) -> str | None:
        """A KPI's values as a file; None in the single page, which has nothing beside it."""
        return None if self.single else self.up + table_of(ref)

    def asset(self, name: str) -> str:
        """A style sheet or script of ours."""
        return f"{self.up}assets/{name}"
