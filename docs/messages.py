"""The catalogues: `make messages` reads every text out of the code into them and compiles them.

A translator edits `src/kpi_cli/locale/LANGUAGE/LC_MESSAGES/kpi.po`; a test asks that each catalogue
holds every message of the code, translated, with the same braces, and that the `.mo` is its own.
"""

from __future__ import annotations

import ast
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
Message = str | tuple[str, str]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "NN_": (1, 2),
}
_NO_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
_TRANSLATED = tuple(code for code in LANGUAGES if code != ENGLISH)


def catalogue_file(code: str, suffix: str = "po") -> Path:
    """Where a language's catalogue stands."""
    return PACKAGE / "locale" / code / "LC_MESSAGES" / f"kpi.{suffix}"


def messages() -> Catalog:
    """Every message of the code, with where it stands; lines move, so the file is enough."""
    found = Catalog(charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in in_python(path.read_text(encoding="utf-8")):
            found.add(message, locations=[(path.relative_to(PACKAGE).as_posix(), 0)])
    for path in sorted(PACKAGE.glob("render/**/templates/**/*")):
        if path.is_file() and "__pycache__" not in path.parts:
            options = {"trimmed": "true"}
            for _line, text, _comments, _context in extract_from_file(
                "jinja2", path, keywords=KEYWORDS, options=options
            ):
                found.add(text, locations=[(path.relative_to(PACKAGE).as_posix(), 0)])
    return found


def in_python(source: str) -> Iterator[Message]:
    """The messages of a module, by its syntax tree: also those inside f-strings, which the
    tokens of Python before 3.12 do not show."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [
                one.value
                for one in node.args
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            forms = KEYWORDS.get(node.func.id, ())
            if forms is None and texts:
                yield texts[0]
            elif forms and len(texts) >= len(forms):
                yield texts[0], texts[1]


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
        if old and isinstance(old.id, str) is not isinstance(message.id, str):
            old = None  # one of the two became a message for counts
        fresh.add(
            message.id,
            old.string if old else "",
            locations=sorted(set(message.locations)),
        )
    out = io.BytesIO()
    write_po(out, fresh, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER.format(code=code) + out.getvalue().decode("utf-8")


_HEADER = """\
# Messages of kpi. `make messages` keeps them equal to the code; only `msgstr` is edited by hand.
# docs/translating.md has the glossary. No native speaker has reviewed the Vietnamese texts yet.
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
        empty = [one.id for one in catalogue if one.id and not any(one.string or ())]
        said = f"{file.relative_to(ROOT)}: {len(catalogue)} messages, {len(empty)} untranslated"
        sys.stdout.write(said + "\n")


if __name__ == "__main__":
    main()
