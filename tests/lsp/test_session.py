"""An editor and a real `kpi lsp` talk over pipes, from the first word to the last."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.transcript import kpi
from tests.house.tree import ROOT
from tests.lsp.client import Client
from tests.lsp.kit import PLAN, workspace

pytestmark = pytest.mark.slow
MISTYPED = PLAN.replace("owner: lan ", "owner: lam ", 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The workspace of the kit."""
    return workspace(tmp_path)


@pytest.fixture
def session(root: Path) -> Iterator[tuple[Client, str, Path]]:
    """A client that has opened plan.yaml; the file's address, and the workspace."""
    with Client() as client:
        client.start(root)
        yield client, client.open(root / "plan.yaml"), root
        assert client.ask("shutdown") is None
        client.tell("exit")
        assert client.process.wait(20) == 0
        assert client.process.stderr is not None
        assert client.process.stderr.read() == b""


Session = tuple[Client, str, Path]


def test_a_session_with_every_feature(session: Session) -> None:
    client, uri, root = session
    client.change(uri, MISTYPED)
    (found,) = client.findings(uri)
    assert found["range"]["start"] == {"line": 3, "character": 11}
    assert found["range"]["end"] == {"line": 3, "character": 14}
    assert (found["code"], found["severity"], found["source"]) == ("K104", 1, "kpi")
    assert found["message"].endswith("did you mean 'lan'?")
    assert found["codeDescription"]["href"].endswith("/K104.md")

    span = {"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 0}}
    context = {"diagnostics": [found]}
    offered = client.ask(
        "textDocument/codeAction",
        {"textDocument": {"uri": uri}, "range": span, "context": context},
    )
    write = next(one for one in offered if one["title"] == "Write 'lan'")
    assert write["edit"]["changes"][uri] == [
        {"range": found["range"], "newText": "lan"},
    ]
    assert write["kind"] == "quickfix"
    assert "Ignore K104 here, with a reason" in [one["title"] for one in offered]
    only = {"diagnostics": [], "only": ["source.fixAll"]}
    document = {"textDocument": {"uri": uri}, "range": span}
    assert client.ask("textDocument/codeAction", {**document, "context": only}) == []

    client.change(uri, PLAN, 3)
    assert client.findings(uri) == []
    hover = client.at("textDocument/hover", uri, 3, 12)
    assert hover["contents"]["value"].startswith("**Nguyễn Thị Lan** `lan`")
    (place,) = client.at("textDocument/definition", uri, 3, 12)
    assert place["uri"] == (root / "people.yaml").as_uri()
    context = {"includeDeclaration": False}
    assert len(client.at("textDocument/references", uri, 3, 12, context=context)) == 3
    assert client.at("textDocument/prepareRename", uri, 3, 12)["end"]["character"] == 14
    renamed = client.at("textDocument/rename", uri, 3, 12, newName="mai")["changes"]
    assert {len(edits) for edits in renamed.values()} == {1, 3}
    names = [item["label"] for item in client.at("textDocument/completion", uri, 3, 13)]
    assert names[:2] == ["lan", "minh"]
    outline = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [one["name"] for one in outline] == ["objectives", "kpis"]
    lenses = client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert lenses[1]["command"]["title"].startswith("● On track · 150 → 200")


def test_the_smart_score_follows_when_it_is_calm(session: Session) -> None:
    client, uri, _ = session
    document = {"textDocument": {"uri": uri}}
    first = client.ask("textDocument/codeLens", document)
    assert "SMART" not in first[1]["command"]["title"]
    client.refreshed()
    titles = [one["command"]["title"] for one in client.ask("textDocument/codeLens", document)]
    assert re.search(r" · SMART \d+$", titles[1])
    hover = client.at("textDocument/hover", uri, 7, 4)["contents"]["value"]
    assert re.search(r"SMART \d+: S \d+, M \d+, A \d+, R \d+, T \d+", hover)


def test_a_refused_rename_says_why(session: Session) -> None:
    client, uri, _ = session
    document = {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 12}}
    answer = client.wait(client.begin("textDocument/rename", {**document, "newName": "minh"}))
    assert answer["error"]["code"] == -32803
    assert "'minh' is used already" in answer["error"]["message"]


def test_a_rename_carries_the_baseline_along(session: Session) -> None:
    client, uri, root = session
    (root / "plan.yaml").write_text(MISTYPED, encoding="utf-8")
    kpi("baseline", "create", "-C", str(root), "--as-of", "2026-05-31")
    baseline = (root / ".kpi" / "baseline.json").as_uri()
    client.change(uri, MISTYPED)
    place = {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 4}}
    changes = client.ask("textDocument/rename", {**place, "newName": "faithful"})["changes"]
    assert len(changes[uri]) == 3
    assert "faithful" in changes[baseline][0]["newText"]


def test_both_ends_of_a_link_fault_are_named(session: Session) -> None:
    client, uri, root = session
    client.change(uri, PLAN + "people:\n  lan: {name: An}\n")
    found = next(one for one in client.findings(uri) if one["code"] == "K101")
    (other,) = found["relatedInformation"]
    assert other["location"]["uri"] == (root / "people.yaml").as_uri()
    assert other["location"]["range"]["start"] == {"line": 3, "character": 2}


def test_what_has_no_effect_is_faded(session: Session) -> None:
    client, uri, _ = session
    client.change(uri, PLAN.replace("  orders:\n", "  orders:  # kpi: ignore[K105] -- x\n"))
    (found,) = client.findings(uri)
    assert (found["code"], found["tags"]) == ("X901", [1])


def test_broken_yaml_is_told_and_the_rest_still_answers(session: Session) -> None:
    client, uri, _ = session
    client.change(uri, PLAN.replace("name: Orders\n", "name: [Orders\n"))
    assert {one["code"] for one in client.findings(uri)} == {"K001"}
    hover = client.at("textDocument/hover", uri, 3, 12)
    assert "Nguyễn Thị Lan" in hover["contents"]["value"]
    labels = [item["label"] for item in client.at("textDocument/completion", uri, 10, 11)]
    assert "minh" in labels
    client.change(uri, "\t: [}\x00", 3)
    assert client.findings(uri)
    assert client.at("textDocument/hover", uri, 9, 99) is None


def test_one_file_in_the_buffer_mends_a_fault_in_another(session: Session) -> None:
    client, uri, root = session
    people = root / "people.yaml"
    other = client.open(people, people.read_text(encoding="utf-8").replace("  minh:", "  binh:"))
    assert {one["code"] for one in client.findings(uri)} == {"K104"}
    client.tell("textDocument/didClose", {"textDocument": {"uri": other}})
    assert client.findings(uri) == []


def test_a_file_changed_on_disk_is_looked_at_again(session: Session) -> None:
    client, uri, root = session
    people = root / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("  minh:", "  binh:"), "utf-8")
    change = {"uri": people.as_uri(), "type": 2}
    client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
    assert {one["code"] for one in client.findings(uri)} == {"K104"}


def test_a_file_outside_of_any_workspace_is_left_alone(
    session: Session, tmp_path_factory: pytest.TempPathFactory
) -> None:
    client, _, _ = session
    stray = tmp_path_factory.mktemp("elsewhere") / "notes.yaml"
    uri = client.open(stray, PLAN)
    assert client.at("textDocument/hover", uri, 3, 12) is None
    assert client.at("textDocument/completion", uri, 3, 12) is None
    untitled = {"uri": "untitled:Untitled-1", "languageId": "yaml", "version": 1, "text": PLAN}
    client.tell("textDocument/didOpen", {"textDocument": untitled})
    assert client.at("textDocument/definition", "untitled:Untitled-1", 3, 12) is None


def test_a_request_may_be_taken_back(session: Session) -> None:
    client, uri, _ = session
    client.change(uri, MISTYPED)
    document = {"textDocument": {"uri": uri}}
    number = client.begin("textDocument/codeLens", document)
    client.tell("$/cancelRequest", {"id": number})
    assert client.wait(number)["error"]["code"] == -32800
    assert client.ask("textDocument/documentSymbol", document)


@pytest.mark.parametrize(
    ("asked", "chosen", "start"),
    [(None, "utf-16", 24), (["utf-8", "utf-16"], "utf-8", 31), (["utf-32"], "utf-32", 23)],
)
def test_columns_are_those_the_client_asked_for(
    root: Path, asked: list[str] | None, chosen: str, start: int
) -> None:
    """`Khách quay lại 𝄞` holds letters of two and three bytes, and one of two UTF-16 units."""
    text = PLAN.replace("Khách quay lại 𝄞", "Khách 𝄞").replace(
        "    title: Khách 𝄞\n    owner: lan ", "    title: 'ắ'\n    owner: lan "
    )
    line = "  loyal: {title: Á𝄞, owner: lam, team: shop}\n"
    text = f"objectives:\n{line}" + text[text.index("kpis:") :]
    with Client(encodings=asked) as client:
        capabilities = client.start(root)
        assert capabilities["positionEncoding"] == chosen
        uri = client.open(root / "plan.yaml", text)
        found = next(one for one in client.findings(uri) if one["code"] == "K104")
        at = found["range"]["start"]["character"]
        before = line[: line.index("lam")]
        sizes = {"utf-8": len(before.encode()), "utf-32": len(before)}
        assert at == sizes.get(chosen, len(before.encode("utf-16-le")) // 2)
        names = [one["label"] for one in client.at("textDocument/completion", uri, 1, at + 1)]
        assert "lan" in names


def test_leaving_without_a_word_is_an_error(root: Path) -> None:
    with Client() as client:
        client.start(root)
        client.tell("exit")
        assert client.process.wait(20) == 1


def test_an_editor_that_is_gone_leaves_no_server(root: Path) -> None:
    with Client() as client:
        client.start(root)
        assert client.process.stdin is not None
        client.process.stdin.close()
        client.process.wait(20)


def test_without_the_extra_a_sentence_says_how_to_get_it(root: Path) -> None:
    code = (
        "import sys; sys.modules['pygls'] = None; sys.modules['lsprotocol'] = None;"
        "from kpi_cli.cli.app import run; sys.exit(run(['lsp']))"
    )
    done: Any = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert "`kpi lsp` needs the extra `lsp`" in done.stderr
    assert "pip install 'kpi-cli[lsp]'" in done.stderr
