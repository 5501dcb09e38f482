"""S: is it specific? What verbs, qualifiers and abstract nouns leave open."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.checks.registry import Context, check
from kpi_cli.checks.speaking import said
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.models import Kpi, Record

WARNING, INFO = Severity.WARNING, Severity.INFO


@check("S101", "vague-verb", WARNING)
def vague_verb(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A text only says that something should be better.

    Improve, support, optimise, nâng cao, đẩy mạnh: who reads it later cannot tell whether it came
    true. With figures beside the verb the rule is silent: “Improve the NPS from 41 to 50” is fine.

    Bad:
        kpis:
          welcome: {name: Improve the welcome of new customers, objective: loyal, owner: lan, target: {done: true}, source: {manual: visit}}

    Good:
        kpis:
          welcome: {name: New customers are greeted by name, objective: loyal, owner: lan, target: {done: true}, source: {manual: visit}}

    Fix:
        Say what will be seen once it is better, or measure it: from where to where, until when.
    """  # noqa: E501 - one record a line reads best here
    return said("S101", record, context, WARNING)


@check("S102", "vague-qualifier", WARNING)
def vague_qualifier(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A word such as good, fast or some stands where a figure belongs.

    Everyone who reads it thinks of another figure. Beside a number in the same clause the rule is
    silent; in an objective's title, which may be qualitative, it is only a note.

    Bad:
        kpis:
          answers: {name: Letters are answered promptly, objective: loyal, owner: lan, target: {done: true}, source: {manual: desk}}

    Good:
        kpis:
          answers: {name: Letters are answered within 2 days, objective: loyal, owner: lan, target: {done: true}, source: {manual: desk}}

    Fix:
        Leave the word out and say how it is measured.

    Setting:
        `checks: {accept: [WORD]}` leaves a word alone.
    """  # noqa: E501 - one record a line reads best here
    return said("S102", record, context, WARNING)


@check("S103", "escape-clause", WARNING)
def escape_clause(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A text lets everyone off: as soon as possible, if possible, etc., nếu có thể, v.v.

    A promise that cannot be broken is none. What is still to be decided (TBD) is an error.

    Bad:
        kpis:
          answers: {name: Letters answered where possible, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        kpis:
          answers: {name: Letters answered within a week, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Leave the words out, or name the condition and who decides on it.
    """  # noqa: E501 - one record a line reads best here
    return said("S103", record, context, WARNING)


@check("S104", "activity-not-outcome", WARNING)
def activity(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI names what people will do, not what will be different afterwards.

    Work can be done in full and change nothing. The rule is silent where an effect stands beside
    the work (“so that … rises from 20 % to 30 %”) and for yes/no and milestone targets, which say
    openly that they are steps.

    Bad:
        kpis:
          card: {name: Implement the loyalty card, objective: loyal, owner: lan, unit: "count", target: {at_least: 1}, source: {manual: plan}}

    Good:
        kpis:
          card: {name: Loyalty card in every store, objective: loyal, owner: lan, target: {done: true}, source: {manual: plan}}

    Fix:
        Measure the effect; or, where the delivery itself is wanted, write `target: {done: true}`.

    Setting:
        An error with `checks: {profile: okr}`.
    """  # noqa: E501 - one record a line reads best here
    return said("S104", kpi, context, WARNING)


@check("S105", "counts-activity", WARNING)
def counts_activity(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI counts how busy people were: calls made, meetings held, posts written.

    Such counts rise by being counted. As an early sign of a result they are sound: with
    `indicator: leading`, beside a lagging KPI of the same objective or with `leads:`.

    Bad:
        kpis:
          calls: {name: Sales calls made, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        kpis:
          calls: {name: Orders per hundred sales calls, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Count what the effort leads to.
    """  # noqa: E501 - one record a line reads best here
    if kpi.indicator == "leading" and has_outcome_beside(kpi, context):
        return ()
    return said("S105", kpi, context, WARNING)


def has_outcome_beside(kpi: Kpi, context: Context) -> bool:
    """Whether a lagging KPI of the same objective, or one it leads, shows the result."""
    if kpi.leads:
        return True
    texts = context.index.texts
    return any(texts.beside(link.target, _is_lagging) - {kpi.id} for link in kpi.objective)


def _is_lagging(kpi: Kpi) -> bool:
    return kpi.indicator == "lagging"


@check("S106", "too-thin-or-too-long", WARNING)
def thin_or_long(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A text is too short to know what is meant, or too long to keep in mind.

    A title of one word means what each reader wants. More than 25 words, or two sentences, are
    remembered by nobody. A KPI's name of one word is only a note.

    Bad:
        objectives:
          better: {title: Technology, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          answers: {name: Answers, objective: better, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        objectives:
          better: {title: Orders never wait for a machine, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          answers: {name: Orders stopped by a machine, objective: better, owner: minh, unit: count, target: {at_most: 9}, source: {manual: desk}}

    Fix:
        Say of what and of whom; put the reason into `why:` and the rest into `definition:`.
    """  # noqa: E501 - one record a line reads best here
    return said("S106", record, context, WARNING)


@check("S107", "verb-plus-generic-noun", WARNING)
def generic_noun(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A text is a verb and an abstract noun, or only the noun: “Improve quality”, “Culture”.

    Quality of what, seen by whom? An abstract noun gives direction but nobody can count it. A KPI
    that is defined (`definition`, `numerator` or `formula`) says what it counts and is left alone.

    Bad:
        objectives:
          better: {title: Improve service quality, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          answers: {name: Answers to letters, objective: better, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        objectives:
          better: {title: Customers get their answer the same day, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          answers: {name: Answers to letters, objective: better, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Name the people and what they will notice, or the measure.
    """  # noqa: E501 - one record a line reads best here
    if isinstance(record, Kpi) and (record.definition or record.numerator or record.formula):
        return ()
    return said("S107", record, context, WARNING)


@check("S109", "means-in-goal", INFO)
def means(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A text ties a goal to one way of reaching it, and does not say how far.

    When the way turns out to be wrong, the goal falls with it; people end up measuring the way. Too
    often wrong to be on by default: profile `strict` runs it.

    Bad:
        kpis:
          loyalty: {name: Deepen the loyalty of families through a points card, objective: loyal, owner: lan, target: {done: true}, source: {manual: desk}}

    Good:
        kpis:
          loyalty: {name: Families come back, objective: loyal, owner: lan, target: {done: true}, source: {manual: desk}}

    Fix:
        Say how far the goal goes, and put the way into an initiative.

    Setting:
        Off unless `checks: {profile: strict}`.
    """  # noqa: E501 - one record a line reads best here
    return said("S109", record, context, INFO)
