"""No text that people read stands outside the catalogues."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpi_cli
from tests.locale.unwrapped import in_python, in_template

HERE = Path(kpi_cli.__file__).parent
MACHINES = {
    "render/openmetrics.py": "read by Prometheus",
    "render/findings/sarif.py": "read by code scanning",
    "render/findings/github.py": "annotations, beside the messages of rules",
    "render/report_json.py": "keys of the data",
    "views/rule_stats.py": "the rules measured, for those who write them",
    "render/terminal/paper.py": "names of styles",
    "render/html/generator.py": "Python that is run",
    "render/html/drawing.py": "names of that Python",
}
"""Files without any text for readers of plans, and who reads them instead."""
KEYS = {
    "views/alignment.py": {
        "lead lag balance", "too many or too few", "children do not add up", "copied down",
    },
    "views/changes.py": {"after the due date"},
    "views/evidence.py": {"never seen", "no evidence", "cannot be tested"},
    "views/outlook.py": {
        "never seen", "no evidence", "consistently meets", "hit or miss", "consistently fails",
    },
    "views/scope.py": {"Figure"},
    "views/why.py": {"too few"},
}  # fmt: skip
"""Values of the analysis and names of rules, compared or looked up, never shown as they are."""
FAULTS = {
    "views/reader.py": {"'' names no reader", "there is no  ''"},
    "cli/commands/check_smart.py": {
        "KPIs or objectives by id, files of the plan, a sentence in quotes, a text file with a"
        " sentence a line, or - for those on stdin.",
        " and  more",
        "belongs to --into",
        "name the file: `--into FILE`",
        "belongs to a sentence",
        "belongs to records of a plan, not to a sentence",
        "leave it out",
        "it is not UTF-8 text",
        'write it in quotes: `kpi check-smart "Raise CSAT from 4.1 to 4.5 by Q3"`',
    },
}
"""Errors, help of the command line: English, as they are searched for."""
SYNTAX = {
    "render/html/site.py": {
        "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'",
        "color-scheme:light dark", "not all",
    },
    "render/findings/markdown.py": {"| KPI | SMART | S | M | A | R | T |  |"},
    "render/markdown.py": {"flowchart LR"},
    "render/minutes.py": {"kpi review close  --minutes FILE", "* owner: ", "* due: "},
    "render/svg/balance.py": {"ba ", "bn "},
    "render/svg/cascade.py": {"mt "},
    "render/svg/spark.py": {"tg dash"},
    "cli/commands/diff.py": {"working tree"},
    "cli/commands/init.py": {
        "  kpi validate               # ", "  kpi status                 # ",
        "  kpi report --output site   # ", "  cd ",
    },
    "cli/commands/review.py": {"write "},
    "cli/commands/explain.py": {"`kpi rules` lists them"},
    "cli/commands/serve.py": {"http://:/"},
}  # fmt: skip
"""What is typed or parsed: commands, classes of drawings, policies, keys of minutes."""
PYTHON = [
    path.relative_to(HERE).as_posix()
    for part in ("views", "render", "cli/commands")
    for path in sorted((HERE / part).rglob("*.py"))
]
TEMPLATES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("templates/*.html"))


def allowed(name: str) -> set[str]:
    return KEYS.get(name, set()) | FAULTS.get(name, set()) | SYNTAX.get(name, set())


@pytest.mark.parametrize("name", [name for name in PYTHON if name not in MACHINES])
def test_every_text_of_the_code_is_a_message(name: str) -> None:
    found = dict.fromkeys(text for _, text in in_python((HERE / name).read_text(encoding="utf-8")))
    assert set(found) == allowed(name), 'write it as `_("…")`, or say here why not'


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_text_of_a_template_is_a_message(name: str) -> None:
    assert list(in_template((HERE / name).read_text(encoding="utf-8"))) == []


def test_files_that_are_set_aside_exist() -> None:
    named = {*MACHINES, *KEYS, *FAULTS, *SYNTAX}
    assert named <= set(PYTHON)


@pytest.mark.parametrize(
    "source",
    [
        'x = "No figure yet"', 'x = f"{a} due {b}"', 'label("Owner")',
        'x = {"a": "not counted here"}', 'f"{one}, late"',
    ],
)  # fmt: skip
def test_a_text_outside_a_message_is_seen(source: str) -> None:
    assert list(in_python(source))


@pytest.mark.parametrize(
    "source",
    [
        'x = _("No figure yet")', '"""Words for readers."""', 'x = "no-data"', 'x["as_of"]',
        'raise CannotRun("there is no such day")', 'x = ngettext("{n} KPI", "{n} KPIs", n)',
        "x = f'<svg class=\"a b\">'",
    ],
)  # fmt: skip
def test_messages_keys_and_markup_are_no_such_texts(source: str) -> None:
    assert list(in_python(source)) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>No action</p>", '<nav aria-label="Path">', "{{ 'No action' if x else y }}",
        "<p>{{ n }} more</p>", "{% set a = 'Late actions' %}",
    ],
)  # fmt: skip
def test_a_text_of_a_template_is_seen(text: str) -> None:
    assert list(in_template(text))


def test_messages_of_a_template_are_no_such_texts() -> None:
    text = (
        '<p class="mu">{{ _("No action") }} <code>kpi status</code> &nbsp; {{ row.a or "–" }}</p>'
    )
    assert list(in_template(text)) == []
