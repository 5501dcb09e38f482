"""The engine: selection, settings, order, fingerprints; the catalogue's own rules."""

import importlib
import pkgutil
import types
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kpi_cli import checks
from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.results import Assessment
from kpi_cli.checks import engine
from kpi_cli.checks.contents import CONTENTS
from kpi_cli.checks.directions import direction_mismatch
from kpi_cli.checks.engine import Selection, count, findings
from kpi_cli.checks.registry import (
    Catalogue,
    Context,
    as_code,
    catalogue,
    check,
    found_by_reader,
    rules_of,
)
from kpi_cli.checks.selection import for_validate
from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.models import Config, Kpi
from tests.checks.bench import AS_OF, firm, found, kpi, loaded, only

BARE = {"one": kpi(owner=None, source=None)}


def with_checks(settings: str, path: str = "firm.yaml") -> list[tuple[str, str]]:
    """Code and severity of what is found in two bare fields with these `checks:`."""
    files = {"kpi.yaml": f"version: 1\nchecks: {settings}\n", path: firm(kpis=BARE)}
    return [(f.code, f.severity.value) for f in found(files)]


def test_settings_choose_and_weigh() -> None:
    both = [("A301", "error"), ("M209", "warning")]
    assert with_checks("{}") == both
    assert with_checks("{disable: {A3: we have no people yet}}") == both[1:]
    assert with_checks("{select: [K, A]}") == both[:1]
    assert with_checks("{severity: {A301: info, M209: error}}") == [
        ("A301", "info"),
        ("M209", "error"),
    ]
    assert with_checks('{paths: {"drafts/**": {disable: {M: not agreed}}}}') == both
    assert (
        with_checks('{paths: {"drafts/**": {disable: {M: not agreed}}}}', "drafts/a.yaml")
        == both[:1]
    )


def test_a_disabled_rule_is_not_even_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    real = engine.outcomes

    def spy(rules: list[engine.Rule], context: Context, only: None = None) -> object:
        chosen = list(rules)
        ran.extend(rule.code for rule in chosen)
        return real(chosen, context, only)

    monkeypatch.setattr(engine, "outcomes", spy)
    with_checks("{disable: {R4: no}}")
    assert "R407" not in ran
    assert "M201" in ran


def test_only_chosen_codes_are_reported() -> None:
    selection = Selection(frozenset({"M209"}), {"M209": Severity.INFO})
    reported = found(firm(kpis=BARE), selection=selection)
    assert [(f.code, f.severity) for f in reported] == [("M209", Severity.INFO)]


def test_what_the_reader_says_is_chosen_as_well() -> None:
    selection = Selection(frozenset({"M209"}), {})
    assert found(firm(kpis={"one": kpi(ownr="an")}), selection=selection) == []


def test_only_errors_are_eased_on_drafts() -> None:
    selection = Selection(frozenset({"A301"}), {"A301": Severity.INFO}, ("A",))
    rule = catalogue()["A301"]
    assert selection.severity(rule, Config(), draft=True) is Severity.INFO
    assert selection.severity(rule, Config(), Severity.ERROR, draft=True) is Severity.WARNING
    assert selection.severity(rule, Config(), Severity.ERROR) is Severity.ERROR


def test_a_finding_tells_everything() -> None:
    finding = only("A301", kpis={"one": kpi(owner=None)})
    assert finding.name == "no-owner"
    assert finding.subject == "one"
    assert finding.end_column > finding.column
    assert len(finding.fingerprint) == 32


def test_fingerprints_do_not_move_with_lines() -> None:
    def prints(before: str) -> list[str]:
        text = f"{before}kpis:\n  one: {{objective: top, name: N}}\n"
        return [f.fingerprint for f in found({"a.yaml": firm(), "b.yaml": text})]

    assert prints("") == prints("# a\n# b\n")


def test_equal_findings_elsewhere_are_numbered() -> None:
    table = "kpi,period,value\nnone,2026-05,1\n"
    files = {"kpi.yaml": "version: 1\nactuals: [n.csv]\n", "a.yaml": firm()}
    text = table + "base,2026-O5,1\nbase,2026-O5,1\n"
    reported = [f for f in found(files | {"n.csv": text}) if f.code == "K210"]
    assert reported[1].fingerprint == f"{reported[0].fingerprint}#2"


def test_what_is_said_twice_at_one_place_is_kept_once() -> None:
    once = found(firm(kpis=BARE))
    assert engine.number_repeats([*once, *once][:1] * 3) == once[:1]


def test_rules_about_the_engine_itself_cannot_be_disabled() -> None:
    config = loaded({"kpi.yaml": "version: 1\nchecks: {disable: {X: no}}\n"}).plan.config
    assert engine.wanted(Diagnostic("X902", Place("a.yaml"), "no reason"), config)
    assert not engine.wanted(Diagnostic("W901", Place("a.yaml"), "no family"), config)


def test_counting() -> None:
    assert count(found(firm(kpis=BARE))) == {"error": 1, "warning": 1, "info": 0}


def test_a_place_without_a_route_is_the_top_of_the_file() -> None:
    places = engine.Places({"a.yaml": b"kpis: {}\n"})
    assert places.mark(Place("a.yaml", ("nowhere",))).line == 1
    assert places.mark(Place("gone.yaml")).line == 1


def test_edits_of_locked_periods_come_from_the_caller() -> None:
    files = {"kpi.yaml": 'version: 1\nlocked: ["2026-Q1"]\n', "a.yaml": firm()}
    plan = loaded(files)
    edit = Diagnostic("K302", Place("kpi.yaml", ("locked",)), "edited")
    selection = for_validate(plan.plan.config)
    told = findings(plan, AS_OF, selection, locked_edits=lambda: iter([edit]))
    assert [(f.code, f.line, f.column) for f in told] == [("K302", 2, 9)]
    assert findings(plan, AS_OF, selection) == []
    free = loaded(firm())
    assert findings(free, AS_OF, selection, locked_edits=lambda: iter([edit])) == []


def test_the_assessment_may_be_the_callers() -> None:
    asked: list[int] = []
    plan = loaded(firm())

    def assessment() -> Assessment:
        asked.append(1)
        return assess(plan.plan, AS_OF)

    findings(plan, AS_OF, for_validate(Config()), assessment=assessment)
    assert asked == []


def test_a_code_is_used_once() -> None:
    with pytest.raises(ValueError, match="K101 is in two modules"):
        Catalogue({"links": "K101 K102", "circles": "K101"})
    module = types.ModuleType("kpi_cli.checks.odd")

    @found_by_reader("K001", "one")
    def one() -> None:
        """One."""

    @found_by_reader("K001", "other")
    def other() -> None:
        """Another."""

    for function in (one, other):
        function.__module__ = module.__name__
        setattr(module, function.__name__, function)
    with pytest.raises(ValueError, match="K001 is defined twice"):
        rules_of(module)


def test_the_contents_name_the_rules_of_every_module() -> None:
    names = [info.name for info in pkgutil.iter_modules(checks.__path__)]
    found = {name: rules_of(importlib.import_module(f"kpi_cli.checks.{name}")) for name in names}
    codes = {name: {rule.code for rule in rules} for name, rules in found.items() if rules}
    assert {name: set(codes.split()) for name, codes in CONTENTS.items()} == codes
    assert list(catalogue()) == sorted(code for held in codes.values() for code in held)
    assert len(catalogue()) == len(dict(catalogue()))
    assert "Z999" not in catalogue()


def test_a_rule_runs_over_records_or_the_context() -> None:
    module = types.ModuleType("kpi_cli.checks.odd")

    @check("K999", "odd", Severity.ERROR)
    def odd(text: str) -> object:
        """Odd."""

    odd.__module__ = module.__name__
    from kpi_cli.checks import registry

    with pytest.raises(ValueError, match="neither Context nor a record"):
        registry._rule_of(odd, module)


def test_a_page_has_sections() -> None:
    rule = catalogue()["K301"]
    assert rule.title == "A target or due date was changed without a reason"
    assert rule.section("Bad").startswith("kpis:\n  visits:")
    assert rule.section("Nothing") == ""
    assert rule.why.startswith("A target that moves when it is missed is none.")
    assert "Bad" not in rule.why


def test_rules_say_only_their_own_code() -> None:
    sources = {rule.code: rule.run.__code__.co_consts for rule in catalogue().values() if rule.run}
    for code, constants in sources.items():
        named = {c for c in constants if isinstance(c, str) and c in catalogue()}
        assert named <= {code}


def test_a_rule_that_breaks_off_is_told_once_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
        if kpi.id != "base":
            raise ZeroDivisionError("three by nought")
        yield Diagnostic("A301", context.plan.place(kpi.id), "the sound record is judged", kpi.id)

    rules = dict(catalogue())
    rules["A301"] = replace(rules["A301"], over=Kpi, run=broken)
    monkeypatch.setattr(engine, "catalogue", lambda: rules)
    kpis = {"one": kpi(target=None), "two": kpi()}
    told = {finding.code: finding for finding in found(firm(kpis=kpis))}
    assert sorted(told) == ["A301", "M201", "X906"]
    assert told["X906"].subject == "one"
    assert told["X906"].severity is Severity.ERROR
    assert "the rule A301 broke off at 'one': ZeroDivisionError: three by nought" in (
        told["X906"].message
    )


def test_what_two_codes_say_is_said_by_the_one_of_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def same(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
        yield from as_code("A301", direction_mismatch(kpi, context))

    rules = dict(catalogue())
    rules["A301"] = replace(rules["A301"], over=Kpi, run=same)
    monkeypatch.setattr(engine, "catalogue", lambda: rules)
    wrong = {"one": kpi(direction="increase", baseline=60, target=40)}
    smart = engine.Selection(frozenset({"A301", "X901"}), {})

    def said(selection: engine.Selection, **fields: object) -> list[str]:
        texts = {"plan.yaml": firm(kpis={"one": {**wrong["one"], **fields}})}
        return [f.code for f in found(texts, selection=selection)]

    assert said(for_validate(Config())) == ["K304"]
    assert said(smart) == ["A301"]
    aside = [{"code": "K304", "reason": "both are meant"}]
    assert said(smart, ignore=aside) == []
