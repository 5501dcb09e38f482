"""`kpi align`: the score with every deduction and its place, conflicts, coverage, balance, load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kpi_cli.analysis.alignment import Alignment, align
from kpi_cli.analysis.balance import Mix
from kpi_cli.analysis.conflicts import Conflict
from kpi_cli.analysis.governance import starving
from kpi_cli.analysis.hints import Hint, hints
from kpi_cli.analysis.reach import running
from kpi_cli.analysis.results import Assessment
from kpi_cli.analysis.tensions import Agreement
from kpi_cli.checks.engine import Places, run_rules, wanted
from kpi_cli.checks.ignores import ignores
from kpi_cli.checks.left_out import LeftOut
from kpi_cli.checks.registry import Context, catalogue
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.locale import _, ngettext
from kpi_cli.plan import Loaded
from kpi_cli.views.document import Document, Grid, Item, Section
from kpi_cli.views.means import money_and_people
from kpi_cli.views.scope import Scope, Selected, scope_of, within
from kpi_cli.views.words import day, how_many, level_word, listed, money, number, plain, share

STRUCTURE = ("A301", "K107", "K120", "K121", "K122", "K123", "R401")
"""Rules of `kpi validate` whose findings cost points."""
MOST = 12
"""Owners, metrics and deductions of one kind listed for people; JSON has them all."""


class AlignView:
    """The alignment of a loaded plan, and where each finding stands.

    The score is always that of the whole plan; a selection chooses what is listed.
    """

    def __init__(
        self,
        loaded: Loaded,
        assess: Callable[[], Assessment],
        selected: Selected | None = None,
    ) -> None:
        self.loaded = loaded
        self.assessment = assess()
        self.scope: Scope | None = scope_of(self.assessment, selected or Selected())
        as_of = self.assessment.as_of
        context = Context(loaded.plan, as_of, assess, None, LeftOut(loaded))
        rules = [rule for code, rule in catalogue().items() if code in STRUCTURE]
        asides = [one for one in ignores(loaded) if not one.has_expired(as_of)]

        def counts(found: Diagnostic) -> bool:
            aside = any(one.name_for(found) for one in asides)
            return wanted(found, loaded.plan.config) and not aside

        structure = run_rules(rules, context)
        whole = align(loaded.plan, as_of, structure, counts)
        found = tuple(hints(running(loaded.plan, as_of), self.assessment))
        self.alignment: Alignment = within(whole, self.scope) if self.scope else whole
        self.hints: tuple[Hint, ...] = tuple(h for h in found if self._shows(h.one, h.other))
        self._places = Places(loaded.files)

    def _shows(self, *identifiers: str) -> bool:
        return self.scope is None or self.scope.holds(*identifiers)

    def deductions(self) -> list[dict[str, Any]]:
        """Every deduction with its file and line."""
        return [
            {
                "points": one.points,
                "code": one.code,
                "subject": one.subject,
                "message": one.message,
                "path": one.place.path,
                "line": self._places.mark(one.place).line,
            }
            for one in self.alignment.deductions
        ]

    def envelope(self) -> dict[str, Any]:
        """`kpi-align/1`."""
        found = self.alignment
        return {
            "schema": "kpi-align/1",
            "as_of": self.assessment.as_of,
            "score": found.score,
            "points": self._points(),
            "deductions": self.deductions(),
            "conflicts": [_conflict(one) for one in found.conflicts],
            "coverage": found.reach.coverage,
            "levels": found.reach.levels,
            "reach": {
                "aligned": found.reach.aligned,
                "island": found.reach.islands,
                "unaligned": found.reach.unaligned,
            },
            "balance": {
                "objectives": {name: _mix(mix) for name, mix in found.objectives.items()},
                "teams": {name: _mix(mix) for name, mix in found.teams.items()},
            },
            "load": found.load.owners,
            "team_load": found.load.teams,
            "metrics": found.shared,
            "hints": [
                {"subjects": [h.one, h.other], "r": h.r, "n": h.n, "message": h.message}
                for h in self.hints
            ],
        }

    def document(self, *, everything: bool = False) -> Document:
        """The same for people; `everything` lists every deduction, owner and metric."""
        return Document(self._verdict(), self._about(), tuple(self._sections(everything)))

    def _verdict(self) -> str:
        found = self.alignment
        if not self.loaded.plan.objectives and not self.loaded.plan.kpis:
            return _("There is nothing to align yet")
        open_ = sum(one.is_open for one in found.conflicts)
        told = {
            "score": plain(found.score),
            "deductions": ngettext("{n} deduction", "{n} deductions", len(found.deductions)),
            "conflicts": ngettext("{n} open conflict", "{n} open conflicts", open_),
        }
        if self.scope is None:
            return _("Alignment {score} of 100: {deductions}, {conflicts}", **told)
        if not found.deductions:
            return _(
                "Alignment {score} of 100 in all; in this part {deductions}, {conflicts}", **told
            )
        return _(
            "Alignment {score} of 100 in all; in this part {deductions} of {points} points,"
            " {conflicts}",
            points=plain(self._points()),
            **told,
        )

    def _points(self) -> float:
        """What the deductions listed cost together; more than 100 where the score is 0."""
        return round(sum(one.points for one in self.alignment.deductions), 2)

    def _about(self) -> str:
        name = self.loaded.plan.config.name
        when = day(self.assessment.as_of)
        return f"{name} · {when}" if name else when

    def _sections(self, everything: bool) -> Iterable[Section]:
        found = self.alignment
        yield self._kinds()
        yield self._costs(everything)
        yield Section(
            _("Settled by agreement"), tuple(self._agreed(one) for one in found.agreements)
        )
        yield self._reach(everything)
        yield self._coverage()
        yield self._balance()
        yield self._load(everything)
        means = money_and_people(self.assessment, self._shows)
        yield Section(_("Money and people"), tuple(self._starving()), grid=means)
        yield self._shared(everything)
        yield Section(
            _("Hints from the figures"), tuple(Item(_(h.message), tone="quiet") for h in self.hints)
        )

    def _starving(self) -> Iterable[Item]:
        """Red objectives without any means, each with the healthy one that has most left."""
        for poor, rich, left in starving(self.assessment):
            if self._shows(poor.id, rich.id):
                budget = rich.resources.budget if rich.resources else None
                amount = money(budget.model_copy(update={"amount": left})) if budget else ""
                text = _(
                    "{poor} is off track without any means; {rich} is healthy and has {left} left",
                    poor=f"“{poor.title}”", rich=f"“{rich.title}”", left=amount,
                )  # fmt: skip
                yield Item(text, tone="risk")

    def _kinds(self) -> Section:
        """The points by kind, where there are more deductions than a reader takes in at once."""
        rows: dict[str, tuple[int, float]] = {}
        for one in self.alignment.deductions:
            count, points = rows.get(one.code, (0, 0.0))
            rows[one.code] = count + 1, points + one.points
        lines = sorted(rows.items(), key=lambda row: (-row[1][1], row[0]))
        grid = Grid(
            (_("Points"), _("Code"), _("What"), _("Times")),
            tuple((number(f"-{p:.2f}"), code, _kind(code), how_many(n)) for code, (n, p) in lines),
            frozenset({0, 3}),
        )
        few = len(self.alignment.deductions) <= MOST
        return Section(_("Where the points go"), grid=None if few else grid)

    def _costs(self, everything: bool) -> Section:
        """Every deduction, or of each kind the dearest."""
        counts: dict[str, int] = {}
        items = []
        for one in self.deductions():
            counts[one["code"]] = counts.get(one["code"], 0) + 1
            if everything or counts[one["code"]] <= MOST:
                items.append(self._deduction(one))
        left = len(self.alignment.deductions) - len(items)
        note = _("{n} more of these kinds: `kpi align --all`", n=how_many(left))
        return Section(_("What costs points"), tuple(items), note=note if left else None)

    def _deduction(self, one: dict[str, Any]) -> Item:
        place = f"{one['path']}:{one['line']}"
        points = number(f"-{one['points']:.2f}")
        return Item(f"{points}  {one['code']}  {_(one['message'])}", (place,), "")

    def _agreed(self, one: Agreement) -> Item:
        tension = one.tension
        settled = [_(c.message) for c in self.alignment.conflicts if c.agreement == one]
        when = f"{day(tension.on)}: " if tension.on else ""
        pair = listed((f"'{one.objective.id}'", f"'{tension.with_}'"))
        return Item(f"{pair}, {when}{tension.agreed}", tuple(settled))

    def _reach(self, everything: bool) -> Section:
        found = self.alignment.reach
        whole = len(found.aligned) + len(found.islands) + len(found.unaligned)
        if not whole:
            return Section(_("Reach"))
        text = ngettext(
            "{some} of {n} objective and KPI lead up to a top objective",
            "{some} of {n} objectives and KPIs lead up to a top objective",
            whole,
            some=how_many(len(found.aligned)),
        )
        items = [Item(text)]
        if found.islands:
            ids = _ids(found.islands, everything)
            items.append(Item(_("on an island: {ids}", ids=ids), tone="risk"))
        if found.unaligned:
            ids = _ids(found.unaligned, everything)
            items.append(Item(_("tied to nothing: {ids}", ids=ids), tone="risk"))
        return Section(_("Reach"), tuple(items))

    def _coverage(self) -> Section:
        plan, found = self.loaded.plan, self.alignment
        rows = [
            (plan.teams[team].name, share(part), str(found.load.teams.get(team, 0)))
            for team, part in found.reach.coverage.items()
        ]
        levels = ", ".join(
            f"{level_word(level)} {share(part)}" for level, part in found.reach.levels.items()
        )
        grid = Grid((_("Team"), _("Aligned"), _("Objectives")), tuple(rows), frozenset({1, 2}))
        return Section(
            _("Coverage"),
            grid=grid,
            note=_("by level: {levels}", levels=levels) if levels else None,
        )

    def _balance(self) -> Section:
        plan = self.loaded.plan
        rows = [
            (
                plan.teams[team].name,
                str(mix.leading),
                str(mix.lagging),
                str(mix.undeclared),
                ", ".join(f"{name} {n}" for name, n in mix.perspectives.items()),
            )
            for team, mix in self.alignment.teams.items()
        ]
        head = (_("Team"), _("Leading"), _("Lagging"), _("Not said"), _("Perspectives"))
        grid = Grid(head, tuple(rows), frozenset({1, 2, 3}), frozenset({4}))
        return Section(_("Balance of the KPIs"), grid=grid)

    def _load(self, everything: bool) -> Section:
        plan, owners = self.loaded.plan, self.alignment.load.owners
        most = sorted(owners.items(), key=lambda pair: (-pair[1], pair[0]))
        rows = tuple(
            (plan.people[name].name if name in plan.people else name, str(n)) for name, n in most
        )
        if not rows:
            return Section(_("Load"))
        limit = plan.config.limits.kpis_per_owner
        end, more = _first(len(rows), everything)
        grid = Grid((_("Owner"), _("KPIs")), rows[:end], frozenset({1}))
        note = _("the limit is {n} KPIs for one owner", n=limit)
        return Section(_("Load"), grid=grid, note="; ".join((note, *more)))

    def _shared(self, everything: bool) -> Section:
        rows = tuple((name, ", ".join(ids)) for name, ids in self.alignment.shared.items())
        end, more = _first(len(rows), everything)
        grid = Grid((_("Metric"), _("Measured by")), rows[:end])
        return Section(_("Shared metrics"), grid=grid, note="; ".join(more) or None)


def _first(number_of: int, everything: bool) -> tuple[int, tuple[str, ...]]:
    """How many are listed, and a word on those that are not."""
    if everything or number_of <= MOST:
        return number_of, ()
    return MOST, (_("{n} more: `kpi align --all`", n=how_many(number_of - MOST)),)


def _ids(names: Sequence[str], everything: bool) -> str:
    end, more = _first(len(names), everything)
    return listed((*names[:end], *more))


def _kind(code: str) -> str:
    """`claimed-twice` as words, from the rule's name; a code of `align` alone has its own."""
    rule = catalogue().get(code)
    return rule.name.replace("-", " ").replace("kpi", "KPI") if rule else _OWN.get(code, code)


_OWN = {
    "R409": "conflict", "R410": "lead lag balance", "R411": "too many or too few",
    "R412": "children do not add up", "R413": "copied down", "R416": "silo",
}  # fmt: skip


def _mix(mix: Mix) -> dict[str, Any]:
    return {
        "leading": mix.leading,
        "lagging": mix.lagging,
        "undeclared": mix.undeclared,
        "perspectives": mix.perspectives,
    }


def _conflict(one: Conflict) -> dict[str, Any]:
    agreement = one.agreement
    return {
        "code": one.code,
        "subjects": one.subjects,
        "message": one.message,
        "kind": one.kind,
        "settled": agreement.tension.agreed if agreement else None,
    }
