"""A plan in Vietnamese is shown in Vietnamese: no English word of ours is left on any page or in
what any command prints about it. The data of the workspace holds no English at all."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache

import pytest

from kpi_cli.analysis.assess import assess
from kpi_cli.locale import speaking
from kpi_cli.plan import load_plan
from kpi_cli.render.html.site import write_single, write_site
from kpi_cli.views.report import build_report
from kpi_cli.workspace import DiskTree
from tests.cli.transcript import HERE, kpi
from tests.render.html import parse

WORKSPACE = HERE / "workspaces" / "vietnamese"
DAY = date(2026, 6, 30)
WORDS = """
about above achieved action actions after against all already and any are as at_risk balance
baseline because been before behind below better between but by change changed closed conflict
coverage current data days decision decisions done down due each every evidence expected far figure
figures file files first fits follows for forecast from given gone had has have held higher how if
improving into is it its kept last late latest lead leads less limit limits lower made make missed
month more most moved must name needs never new next nobody none not nothing now objective
objectives of off_track old on_track one only open other others out over own owner past people
period periods plan points progress reason record records review said see seen share since some
stale start status still such supports target team than that the their them then there these they
this times too under until up values was way week weight well were what when where which who why
will with without word worse worst year yet you your
"""
ENGLISH = re.compile(rf"(?<![\w`/.-])(?:{'|'.join(WORDS.split())})(?![\w/.-])", re.IGNORECASE)
COMMANDS = re.compile(r"`[^`]*`|\bkpi [a-z-]+|--[a-z-]+|\bdecision:")
"""What is typed: commands, options and keys of the format are the same in every language."""


def english(text: str) -> list[str]:
    """The English words of a text, commands apart."""
    return sorted(set(ENGLISH.findall(COMMANDS.sub("", text))))


@cache
def pages() -> dict[str, str]:
    """The text of every page, its attributes that are read aloud and its pictures' texts."""
    with speaking("vi"):
        plan = load_plan(DiskTree(WORKSPACE)).plan
        report = build_report(assess(plan, DAY), version="1", digest="abc")
        raw = {path: page for path, page in write_site(report).items() if path.endswith(".html")}
        raw["single.html"] = write_single(report)
    return {path: _told(page) for path, page in raw.items()}


def _told(raw: bytes) -> str:
    page = parse(re.sub(rb"<code>.*?</code>", b"", raw))
    aloud = ("aria-label", "data-l", "data-says", "title", "placeholder")
    return "\n".join([page.text, *(v for _tag, name, v in page.attributes if name in aloud)])


def test_the_pages_hold_no_english_word() -> None:
    assert len(pages()) > 20
    assert {path: found for path, text in pages().items() if (found := english(text))} == {}


def test_the_pages_say_their_language_and_write_numbers_in_its_form() -> None:
    with speaking("vi"):
        plan = load_plan(DiskTree(WORKSPACE)).plan
        site = write_site(build_report(assess(plan, DAY), version="1", digest="abc"))
    assert b'<html lang="vi">' in site["index.html"]
    assert "80.500,5 USD" in pages()["index.html"]
    assert "30 tháng 6, 2026" in pages()["index.html"]


@pytest.mark.parametrize(
    "command",
    [
        "status --all", "status", "tree", "forecast", "forecast hang-loi", "who lan",
        "who hang-loi",
        "evidence hang-loi", "evidence khach-quay-lai",
        "impact hang-loi --value 4", "impact hang-loi --remove", "impact tang-them --value 240",
        *(f"show {name}" for name in load_plan(DiskTree(WORKSPACE)).plan.kpis),
        *(f"show {name}" for name in load_plan(DiskTree(WORKSPACE)).plan.objectives),
        *(f"explain {name}" for name in load_plan(DiskTree(WORKSPACE)).plan.kpis),
        *(f"explain {name}" for name in load_plan(DiskTree(WORKSPACE)).plan.objectives),
        "status --format markdown", "tree --format markdown", "report --format markdown -o -",
    ],
)  # fmt: skip
def test_what_a_command_prints_holds_no_english_word(command: str) -> None:
    said = kpi(*command.split(), "-C", str(WORKSPACE), "--as-of", DAY.isoformat(), COLUMNS="90")
    assert said.code == 0, said.err
    assert said.out
    assert english(said.out) == []


def test_machines_are_spoken_to_in_english() -> None:
    at = ("-C", str(WORKSPACE), "--as-of", DAY.isoformat(), "--format", "json")
    for command in ("status", "show ty-le-quay-lai", "explain ty-le-quay-lai", "forecast",
                    "evidence hang-loi", "who lan", "review-metrics", "align"):  # fmt: skip
        vietnamese = kpi(*command.split(), *at)
        english_ = kpi(*command.split(), *at, "--lang", "en")
        assert json.loads(vietnamese.out) == json.loads(english_.out), command


def test_the_option_wins_over_the_settings() -> None:
    at = ("-C", str(WORKSPACE), "--as-of", DAY.isoformat())
    assert kpi("status", *at, "--lang", "en").out.startswith("Two of")
    assert kpi("status", *at).out.startswith("Hai trong")


def test_english_words_are_seen() -> None:
    assert english("Hai of 14 KPI, the target; `kpi status` --all") == ["of", "target", "the"]
