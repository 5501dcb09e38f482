import json
import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from kpi_cli.analysis.assess import assess
from kpi_cli.plan import load_plan
from kpi_cli.render.html.site import write_site
from kpi_cli.render.report_json import SCHEMA, envelope, plain, report_json
from kpi_cli.views.reader import Reader
from kpi_cli.views.report import Extent, Report, build_report
from kpi_cli.views.words import BADGES
from kpi_cli.workspace import DiskTree
from tests.house.tree import ROOT
from tests.render.html import parse
from tests.render.test_site import report
from tests.views.plans import company

SALES = {
    "store-reorder-rate", "key-account-sales", "online-repeat-rate", "checkout-completion",
    "basket-value",
}  # fmt: skip


@cache
def harbour(reader: Reader | None = None) -> Report:
    """The example's report for somebody."""
    plan = load_plan(DiskTree(ROOT / "examples" / "harbour-foods")).plan
    found = assess(plan, date(2026, 5, 31))
    return build_report(found, version="1", digest="d", extent=Extent(reader))


def texts(value: Any) -> list[str]:
    """Every text in some JSON."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return []


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_it_is_versioned_json_and_the_same_each_time() -> None:
    told = report_json(report())
    found = json.loads(told)
    assert found["schema"] == SCHEMA == "kpi-report/1"
    assert found["as_of"] == "2026-05-31"
    assert next(iter(found)) == "schema"
    assert told == report_json(report())


@pytest.mark.parametrize("path", ["k/behind.html", "o/loyal.html", "index.html"])
def test_every_fact_of_a_page_is_in_it(path: str) -> None:
    """What a page quotes from the files or says of a figure stands in report.json too."""
    page = parse(write_site(report())[path])
    known = squeezed(" ".join(texts(envelope(report()))))
    raw = write_site(report())[path].decode()
    for quoted in re.findall(r"<bdi>([^<]*)</bdi>", raw):
        words = squeezed(parse(f"<p>{quoted}</p>".encode()).text)
        assert words in known or words in squeezed(report().imprint.organisation), words
    assert page.faults == []


def test_headlines_and_statuses_agree_in_it() -> None:
    words = {badge.status: badge.word.lower() for badge in BADGES.values()}
    for one in envelope(harbour())["kpis"]:
        status = one["badge"]
        assert words[status] in one["headline"]["text"], one["ref"]
        rival = "off track" if status in ("on_track", "achieved") else "on track"
        if one["other"] is None:
            assert rival not in one["headline"]["text"].lower(), one["ref"]


def test_counts_exceptions_and_wins_follow_from_the_kpis() -> None:
    found = envelope(harbour())
    overview = found["overview"]
    assert sum(number for _, number in overview["counts"]) == len(found["kpis"])
    bad = {one["ref"][1] for one in found["kpis"]
           if (one["other"] or one["badge"]) in ("off_track", "missed")}  # fmt: skip
    first = [card["row"]["ref"][1] for card in overview["attention"]]
    assert bad
    assert bad <= set(first)
    met = [w["about"][1] for w in overview["wins"] if w["said_by_us"]]
    state = {one["ref"][1]: one["badge"] for one in found["kpis"]}
    assert all(state[name] == "achieved" for name in met)


def test_a_part_holds_nothing_of_the_rest() -> None:
    found = envelope(harbour(Reader("team", "sales")))
    assert "overview" not in found
    assert "map" not in found
    assert {one["ref"][1] for one in found["kpis"]} == SALES
    told = " ".join(texts(found))
    assert "Halal" not in told
    assert "Cold-chain" not in told


def test_what_is_no_view_is_refused() -> None:
    with pytest.raises(TypeError):
        plain(object())
    assert plain(float("nan")) is None
    assert company().as_of.isoformat() == "2026-05-31"
