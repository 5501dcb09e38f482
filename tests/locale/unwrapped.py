"""Finds texts for people that no catalogue holds: in Python by the syntax tree, in templates by
what stands between the tags. What is no text for people is told apart by its shape."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

MARKS = frozenset({"_", "N_", "NN_", "ngettext"})
"""Calls whose texts are in the catalogue."""
ENGLISH = frozenset(
    {"KeyError", "ValueError", "TypeError", "CannotRun", "need", "Option", "Argument"}
)
"""Calls whose texts are faults and help of the command line: English, whatever is spoken."""
_WORDS = re.compile(r"[A-Za-z]{2,}[^\w\s]*\s+[^\w\s]*[A-Za-z]{2,}|[A-Z][a-z]{2,}")
"""Two words one after another, or a word that begins with a capital."""
_PIECE = re.compile(r"(?<![-\w`/.])[A-Za-z]{2,}(?=[\s,;:.]|$)(?![.:=/]\w)")
"""In an f-string one word is enough."""
_MARKUP = re.compile(r"<|^[a-z-]+: |url\(|[{}]$")


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of the literals that read like words and stand in no message."""
    tree = ast.parse(source)
    aside = {inner for node in ast.walk(tree) for inner in _set_aside(node)}
    for node in ast.walk(tree):
        if node in aside:
            continue
        if isinstance(node, ast.JoinedStr):
            whole = "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
            aside.update(node.values)
            if _PIECE.search(whole) and not _MARKUP.search(whole):
                yield node.lineno, whole
        elif isinstance(node, ast.Constant) and reads_like_words(node.value):
            yield node.lineno, str(node.value)


def reads_like_words(text: object) -> bool:
    """Whether people would read it: words, not a key, a class, a pattern or markup."""
    return isinstance(text, str) and bool(_WORDS.search(text)) and not _MARKUP.search(text)


def _set_aside(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, type annotations, what is marked, and the messages of faults."""
    if isinstance(node, ast.Call) and _name(node.func) in MARKS | ENGLISH:
        yield from ast.walk(node)
    elif isinstance(node, ast.Assign) and _name(node.targets[0]) in ("__all__", "_USAGE"):
        yield node.value
        yield from ast.walk(node.value)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
        yield from ast.walk(node.annotation)
    elif isinstance(node, ast.Subscript) and _name(node.value) in ("Literal", "Annotated"):
        yield from ast.walk(node)


def _name(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_MARKED = re.compile(r"""(?<![\w.])(_|ngettext)\(("[^"]*"|'[^']*')(, ?("[^"]*"|'[^']*'))?""")
_LITERAL = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_READ_ALOUD = re.compile(r"""\b(?:aria-label|alt|placeholder|data-l)="([^"]*)\"""")
_ELEMENT = re.compile(r"<(code|style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_LETTERS = re.compile(r"(?!(?:KPIs?|SMART|SDG)\b)\b[A-Za-z]{2,}")


def in_template(text: str) -> Iterator[str]:
    """Words between the tags, in attributes that are read aloud, and in quotes of expressions."""
    bare = _EXPRESSION.sub("", _STATEMENT.sub(" ", text))
    for part in (*_ELEMENT.sub("\n", bare).split("\n"), *_READ_ALOUD.findall(bare)):
        if _LETTERS.search(re.sub(r"&\w+;", "", part)):
            yield part.strip()
    for found in (*_STATEMENT.findall(text), *_EXPRESSION.findall(text)):
        for single, double in _LITERAL.findall(_MARKED.sub("", found)):
            if reads_like_words(single or double):
                yield single or double
