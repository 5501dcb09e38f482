"""How often `kpi check-smart` agrees with others about sentences.

`python -m bench.smart FILE [--split NAME] [--misses] [--save FILE]` reads `cases:` with
`statement`, `kind` (objective, key_result, kpi, goal) and `verdict` (good, bad), judges each
sentence, and prints precision and recall for "bad" by kind and language, and by rule. `--misses`
lists where the tool and the judge disagree; `--save` writes the figures, without the sentences,
for the docs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from kpi_cli.library.judged import KINDS, Statement
from kpi_cli.render.markdown_document import document as markdown
from kpi_cli.views.measured import Answer, measure, say
from kpi_cli.views.rule_stats import document, envelope


def statements(path: Path, split: str | None = None) -> Iterator[Statement]:
    """The judged sentences of a file, or of one split of it."""
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    for number, case in enumerate(data["cases"]):
        if split is not None and case.get("split") != split:
            continue
        yield Statement(
            id=str(case.get("id", number)),
            language=case.get("lang", "en"),
            kind=next(kind for kind in KINDS if kind == case["kind"]),
            verdict="bad" if case["verdict"] == "bad" else "good",
            codes=(),
            text=case["statement"],
            why=case.get("why", ""),
        )


def miss(answer: Answer) -> str:
    """One line on a sentence where the tool and the judge disagree."""
    kind = "missed" if answer.is_bad else "false alarm"
    said = " ".join(f"{code}:{severity[0]}" for code, severity in sorted(answer.said.codes.items()))
    one = answer.statement
    return f"{kind:11} {one.id} [{one.kind} {one.language}] {one.text} ({said or 'nothing said'})"


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.smart", description=__doc__)
    parser.add_argument("file", type=Path, help="YAML with `cases:`")
    parser.add_argument("--split", help="only the cases of this split")
    parser.add_argument("--misses", action="store_true", help="list disagreements")
    parser.add_argument("--save", type=Path, help="write the figures as JSON")
    options = parser.parse_args(arguments)
    found = measure(statements(options.file, options.split), say, splits=())
    print(markdown(document(found, judges="others")))
    if options.misses:
        wrong = [one for one in found.answers if one.is_bad == one.said.passes]
        print("\n".join(miss(one) for one in wrong))
    if options.save:
        text = json.dumps(envelope(found), indent=1, ensure_ascii=False)
        options.save.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
