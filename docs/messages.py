"""The catalogues: `make messages` reads every text out of the code into them and compiles them.

A translator edits `src/kpi_cli/locale/LANGUAGE/LC_MESSAGES/kpi.po`; a test asks that each catalogue
holds every message of the code, translated, with the same braces, and that the `.mo` is its own.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kpi_cli.locale import ENGLISH, LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "kpi_cli"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "NN_": (1, 2)}
_NO_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
_TRANSLATED = tuple(code for code in LANGUAGES if code != ENGLISH)


def catalogue_file(code: str, suffix: str = "po") -> Path:
    """Where a language's catalogue stands."""
    return PACKAGE / "locale" / code / "LC_MESSAGES" / f"kpi.{suffix}"


def messages() -> Catalog:
    """Every message of the code, with where it stands."""
    found = Catalog(charset="utf-8")
    for method, path in _sources():
        name = path.relative_to(PACKAGE).as_posix()
        options = {"trimmed": "true"} if method == "jinja2" else {}
        for line, message, comments, _context in extract_from_file(
            method, path, keywords=KEYWORDS, comment_tags=("translators:",), options=options
        ):
            del line  # lines move with every edit; the file is enough to find a message
            found.add(message, locations=[(name, 0)], auto_comments=comments)
    return found


def _sources() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield "python", path
    for path in sorted(PACKAGE.glob("render/**/templates/**/*")):
        if path.is_file():
            yield "jinja2", path


def updated(code: str) -> str:
    """A language's catalogue with exactly the messages of the code, in the order of messages."""
    file = catalogue_file(code)
    known = read_po(io.BytesIO(file.read_bytes()), locale=code) if file.exists() else Catalog(code)
    fresh = Catalog(
        code, project="kpi", header_comment=f"# Messages of kpi: {code}", charset="utf-8"
    )
    for message in messages():
        if not message.id:
            continue
        old = known.get(message.id)
        fresh.add(
            message.id,
            old.string if old else "",
            locations=sorted(set(message.locations)),
            auto_comments=message.auto_comments,
        )
    out = io.BytesIO()
    write_po(out, fresh, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER.format(code=code) + out.getvalue().decode("utf-8")


_HEADER = """\
# Messages of kpi. `make messages` keeps them equal to the code; only `msgstr` is edited by hand.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def compiled(code: str) -> bytes:
    """The catalogue as the program reads it."""
    out = io.BytesIO()
    catalogue = read_po(io.BytesIO(catalogue_file(code).read_bytes()), locale=code)
    catalogue.creation_date = catalogue.revision_date = _NO_CLOCK
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Write every catalogue and say what is still to be translated."""
    for code in _TRANSLATED:
        file = catalogue_file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(updated(code), encoding="utf-8")
        catalogue_file(code, "mo").write_bytes(compiled(code))
        catalogue = read_po(io.BytesIO(file.read_bytes()), locale=code)
        empty = [message.id for message in catalogue if message.id and not any(message.string)]
        said = f"{file.relative_to(ROOT)}: {len(catalogue)} messages, {len(empty)} untranslated"
        sys.stdout.write(said + "\n")


if __name__ == "__main__":
    main()
