import gzip
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from kpi_cli.analysis.assess import assess
from kpi_cli.locale import language, speaking
from kpi_cli.plan import load_plan
from kpi_cli.render.html.filters import data, figure, figures
from kpi_cli.render.html.route import Route
from kpi_cli.render.html.site import MARKER, Site, asset, digest_of, write_single, write_site
from kpi_cli.render.svg.clean import cleaned
from kpi_cli.views.report import Report, build_report
from kpi_cli.workspace import DiskTree
from tests.house.tree import ROOT
from tests.memory import judge
from tests.render.html import Page, parse
from tests.views.plans import company
from tests.views.test_overview import finding

EXAMPLES = ("harbour-foods", "public-services")


@cache
def report(name: str = "company") -> Report:
    """The report of an example, or of the small company of the tests."""
    if name == "company":
        return build_report(
            company(), version="1", digest="abc", findings=[finding()], left_out=1,
            places={"behind": ("plan.yaml", 17)},
        )  # fmt: skip
    plan = load_plan(DiskTree(ROOT / "examples" / name)).plan
    return build_report(assess(plan, date(2026, 5, 31)), version="1", digest="abc")


@cache
def site(name: str = "company") -> dict[str, bytes]:
    """Its folder."""
    return write_site(report(name))


@cache
def pages(name: str = "company") -> dict[str, Page]:
    """Its pages, read; the single page is `single.html`."""
    found = {path: parse(raw) for path, raw in site(name).items() if path.endswith(".html")}
    return {**found, "single.html": parse(write_single(report(name)))}


WORKSPACES = pytest.mark.parametrize("name", ["company", *EXAMPLES])


@WORKSPACES
def test_every_page_is_well_formed(name: str) -> None:
    assert {path: page.faults for path, page in pages(name).items() if page.faults} == {}


@WORKSPACES
def test_every_link_leads_somewhere(name: str) -> None:
    found = pages(name)
    for path, page in found.items():
        for link in page.links:
            target, part = urldefrag(link)
            file = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
            assert file in site(name) or file == "single.html", f"{path}: {link}"
            assert not part or part in found[file].ids, f"{path}: {link}"


@WORKSPACES
def test_pages_hold_no_style_no_handler_and_no_address_elsewhere(name: str) -> None:
    for path, page in pages(name).items():
        for tag, attribute, value in page.attributes:
            assert attribute != "style", path
            assert not attribute.startswith("on"), path
            assert "://" not in value, (path, tag, value)


@WORKSPACES
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    for path, page in pages(name).items():
        levels = page.levels()
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_says_everything_in_its_text() -> None:
    text = pages()["k/behind.html"].text
    for words in (
        "Repeat rate: 30.5\u00a0%, off track", "What is it doing?", "Why?", "What next?",
        "shop closed", "Late one", "11 days late", "Call the lapsed accounts", "Loyalty card",
        "How this number came about", "plan.yaml:17", "monthly; the latest value counts",
    ):  # fmt: skip
        assert words in text
    overview = pages()["index.html"].text
    for words in (
        "Two of 8 KPIs are off track", "1 error in the files", "1 record is left out",
        "Six days and nobody hurried", "over budget", "The newest", "Customers come back",
    ):  # fmt: skip
        assert words in overview
    quality = pages()["data-quality.html"].text
    assert "plan.yaml:3" in quality
    assert "there is no objective 'x'" in quality


def test_the_footer_names_day_version_and_input() -> None:
    for page in pages().values():
        assert "as of 31 May 2026 · made by kpi 1 from input abc" in " ".join(page.text.split())


def test_the_language_of_the_page_is_the_one_spoken() -> None:
    plan = judge("teams: {a: {name: A}}", "2026-05-31")
    with speaking("vi"):
        found = write_site(build_report(plan, version="1", digest="d"))["index.html"]
    assert b'<html lang="vi">' in found


def test_the_policy_of_the_single_page_allows_just_its_own_style_and_script() -> None:
    html = write_single(report()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    style, script = (re.search(rf"<{t}>(.*?)</{t}>", html, re.DOTALL) for t in ("style", "script"))
    assert policy
    assert style
    assert script
    assert f"style-src '{digest_of(style[1])}'" in policy[1].replace("&#39;", "'")
    assert f"script-src '{digest_of(script[1])}'" in policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in policy[1].replace("&#39;", "'")
    assert "unsafe" not in policy[1]
    assert (style[1], script[1]) == (asset("kpi.css"), asset("kpi.js"))


def test_hashes_are_those_browsers_compute() -> None:
    assert digest_of("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


_AGAIN = """
import sys
from tests.render.test_site import site
from hashlib import sha256
whole = sha256()
for path, raw in site("harbour-foods").items():
    whole.update(path.encode() + raw)
sys.stdout.write(whole.hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_under_any_seed_zone_locale_and_folder(
    tmp_path: Path,
) -> None:
    found = set()
    places = (("0", "UTC", "C", ROOT), ("1", "Asia/Ho_Chi_Minh", "C.UTF-8", tmp_path))
    for seed, zone, locale, folder in places:
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        env["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        command = [sys.executable, "-c", _AGAIN]
        found.add(
            subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True).stdout
        )
    assert len(found) == 1
    assert write_single(report("harbour-foods")) == write_single(report("harbour-foods"))


@pytest.mark.parametrize("spoken", ["en", "vi"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_pages_stay_small(name: str, spoken: str) -> None:
    with speaking(spoken):
        plan = load_plan(DiskTree(ROOT / "examples" / name)).plan
        built = build_report(assess(plan, date(2026, 5, 31)), version="1", digest="abc")
        found = write_site(built)
    assert len(found["index.html"]) <= 60_000 + 1_100 * len(built.kpis)
    assert max(len(raw) for path, raw in found.items() if path.startswith("k/")) <= 35_000
    assert len(found["assets/kpi.css"]) <= 12_000
    assert len(gzip.compress(found["assets/kpi.js"])) <= 2_048


def test_the_marker_lists_what_was_written() -> None:
    found = site()
    assert found[MARKER].decode().splitlines() == sorted(set(found) - {MARKER})


def test_above_three_hundred_kpis_the_overview_links_tables() -> None:
    rows = "".join(f"  k{n}: {{name: K{n}, target: 5}}\n" for n in range(301))
    plan = judge(f"kpis:\n{rows}", "2026-05-31")
    found = write_site(build_report(plan, version="1", digest="d"))
    assert {"kpis/_.html", "kpis/_~2.html"} <= set(found)
    assert len(found["index.html"]) < 20_000
    assert b'href="kpis/_~2.html"' in found["index.html"]
    assert parse(found["kpis/_.html"]).faults == []


nasty = st.text(
    st.sampled_from("<>&\"'`={}\u202e\u2066\u200f\x00\x1b\x85\u2028\ufffe\ud800đ ơ%\n\t")
    | st.characters(),
    min_size=1,
    max_size=30,
).filter(str.strip)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def site_with(name: str, person: str, note: str) -> dict[str, bytes]:
    """The company's folder with these texts on its first KPI and its owner."""
    base = company()
    kpi = base.plan.kpis["behind"].model_copy(update={"name": name, "when_red": note})
    minh = base.plan.people["minh"].model_copy(update={"name": person})
    plan = replace(
        base.plan,
        kpis={**base.plan.kpis, "behind": kpi},
        people={**base.plan.people, "minh": minh},
    )
    kpis = {**base.kpis, "behind": replace(base.kpis["behind"], kpi=kpi)}
    changed = replace(base, plan=plan, kpis=kpis)
    return write_site(build_report(changed, version="1", digest="abc"))


@cache
def plain_elements(path: str) -> list[str]:
    """The elements of a page whose texts are harmless."""
    return parse(site_with("Name", "Person", "Note")[path]).elements


@settings(max_examples=40)
@given(nasty, nasty, nasty)
def test_any_text_comes_back_as_text(name: str, person: str, note: str) -> None:
    found = site_with(name, person, note)
    for path in ("index.html", "k/behind.html", "o/loyal.html", "data-quality.html"):
        page = parse(found[path])
        assert page.faults == []
        assert page.elements == plain_elements(path)
        assert _squeezed(cleaned(name)) in _squeezed(page.text)
    text = _squeezed(parse(found["k/behind.html"]).text)
    assert _squeezed(cleaned(note)) in text
    assert _squeezed(cleaned(person)) in text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\x00b\x1b[31m", "a\ufffdb\ufffd[31m"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("שלום\u200f", "שלום\u200f"),
        ("\ud800\ufdd0\U0001fffe", "\ufffd" * 3),
        ("Nguyễn Thị Lan", "Nguyễn Thị Lan"),
    ],
)
def test_what_cannot_be_shown_is_replaced_or_named(raw: str, shown: str) -> None:
    assert cleaned(raw) == shown


def test_texts_of_files_are_isolated_and_figures_kept_together() -> None:
    assert data("<b>") == "<bdi>&lt;b&gt;</bdi>"
    assert figure("33.5 %") == "<bdi>33.5\u00a0%</bdi>"
    assert figure("1,418 nghìn ₫/tấn") == "<bdi>1,418 nghìn ₫/tấn</bdi>"
    assert figures("30.5 %, off track: 5 % of") == "<bdi>30.5\u00a0%, off track: 5\u00a0% of</bdi>"


def test_each_page_is_drawn_when_it_is_asked_for_in_the_language_of_the_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(Site, "_draw", lambda self, page: drawn.append(page.path) or language())
    with speaking("vi"):
        found = Site(report("harbour-foods"))
    assert found["map.html"] == b"vi"
    assert found.get("kpi.yaml") is None
    assert {"kpi.yaml", "index.html"} - found.keys() == {"kpi.yaml"}
    assert drawn == ["map.html"]


def test_what_several_pages_show_of_a_view_is_drawn_once() -> None:
    drawn: list[int] = []

    def macro(view: list[int], route: Route) -> Markup:
        drawn.append(view[0])
        return Markup(f"{view}{route.up}")

    one, equal, route = [1], [1], Route("../")
    assert [route.drawn(macro, view) for view in (one, equal, one)] == ["[1]../"] * 3
    assert route.drawn(lambda view, route: Markup("other"), one) == "other"
    assert drawn == [1, 1]
