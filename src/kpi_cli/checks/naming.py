"""S: names of measures and titles: neutral, single, clear, in clean letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kpi_cli.checks.agreement import repeated
from kpi_cli.checks.registry import Context, check
from kpi_cli.checks.speaking import is_read, said
from kpi_cli.diagnostics import Diagnostic, Rewrite, Severity
from kpi_cli.frozen import replace
from kpi_cli.models import Kpi, Objective, Record
from kpi_cli.wording.text import composed, language_of, lowered, tokens, words

WARNING, INFO = Severity.WARNING, Severity.INFO


@check("S108", "direction-in-name", WARNING)
def direction_in_name(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A KPI's name says which way the figure should go.

    “Increased sales: 4 %” leaves open whether sales rose to or by that. A name is neutral, so that
    it still fits when the goal changes; `direction:` says which way is good.

    Bad:
        kpis:
          returns: {name: Reduced returns of shoes, objective: loyal, owner: lan, unit: count, target: {at_most: 9}, source: {manual: desk}}

    Good:
        kpis:
          returns: {name: Returns of shoes, objective: loyal, owner: lan, unit: count, target: {at_most: 9}, source: {manual: desk}}

    Fix:
        Take the direction out of the name, and write `direction: increase` or `decrease`. Where
        the plan says the direction already, `kpi check-smart --fix` takes it out of the name.
    """  # noqa: E501 - one record a line reads best here
    for one in said("S108", kpi, context, WARNING):
        sure = isinstance(one.fix, Rewrite) and " " in one.fix.value and _tells_direction(kpi)
        yield one if sure else replace(one, fix=None)


def _tells_direction(kpi: Kpi) -> bool:
    """Whether the fields say which way is better, so that the name need not."""
    return kpi.direction is not None or (
        kpi.target is not None and kpi.target.direction is not None
    )


@check("S110", "double-barrelled", WARNING)
def double_barrelled(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI joins two measures or two results.

    When one comes true and the other does not, nobody knows the score. Fixed phrases such as
    “research and development” and one ratio over two things (“revenue per employee and month”) are
    left alone.

    Bad:
        kpis:
          both: {name: Return rate and waiting time, objective: loyal, owner: lan, unit: days, target: {at_most: 9}, source: {manual: desk}}

    Good:
        kpis:
          wait: {name: Waiting time at the desk, objective: loyal, owner: lan, unit: days, target: {at_most: 9}, source: {manual: desk}}

    Fix:
        Make two KPIs of it.
    """  # noqa: E501 - one record a line reads best here
    return said("S110", kpi, context, WARNING)


@check("S111", "negation", WARNING)
def negation(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A text says what shall not be, or denies twice.

    That something did not happen is hard to show, and “not without” makes every reader stop. What
    shall be instead can be counted.

    Bad:
        kpis:
          calm: {name: Orders not shipped without a label, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        kpis:
          calm: {name: Orders shipped with a label, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Say it straight.
    """  # noqa: E501 - one record a line reads best here
    return said("S111", kpi, context, WARNING)


_ACRONYM = re.compile(r"(?<![\w&-])[A-ZĐ]{2,6}(?![\w-])")
_KNOWN = words(
    """AHT AI API ARR ARPU AOV B2B B2C CAC CEO CES CFO CLV CO2 COGS CPA CPC CPI CPM CRM CSAT CSR CTR
    CV DAU EBIT EBITDA ERP ESG EU EUR FAQ FCR FIFO FTE FY GBP GDP GHG GW GWH KWH
    KW MWH MW GMV HR HTML ICT ID IMF ISO IT
    JPY KPI LED LTV MAU MQL MRR MTTR MVP NGO NPS NRR OEE OKR OTIF PC PDF PIN PO PR QA QR R&D ROA ROE
    ROI SEO SKU SLA SME SMS SQL TV UAT UI UK UN URL US USA USB USD USP UX VAT VIP VN VND WAU WHO
    WIFI WIP"""
)


@check("S112", "undefined-term", INFO)
def undefined_term(record: Record, context: Context) -> Iterator[Diagnostic]:
    """An abbreviation stands in a name, and neither the glossary nor the text explains it.

    Whoever joins next month will not know it, and two teams may mean different things by it.

    Bad:
        kpis:
          wait: {name: Waiting time of QZT customers, objective: loyal, owner: lan, unit: days, target: {at_most: 9}, source: {manual: desk}}

    Good:
        kpis:
          wait: {name: Waiting time of QZT customers, objective: loyal, owner: lan, unit: days, target: {at_most: 9}, source: {manual: desk}}
        glossary:
          qzt: {term: QZT, means: Customers of the quiet zone}

    Fix:
        Explain it in the glossary, or write it out.

    Setting:
        `checks: {accept: [QZT]}` for words everyone knows.
    """  # noqa: E501 - one record a line reads best here
    if not is_read(record, context) or record.label.isupper():
        return
    found = _unexplained(record, context)
    if found:
        key = "title" if isinstance(record, Objective) else "name"
        yield Diagnostic(
            "S112",
            context.plan.place(record.id, key),
            f"'{found[0]}' is explained nowhere",
            record.id,
            f"add it to the glossary: `{found[0].lower()}: {{term: {found[0]}, means: …}}`, "
            "or write it out",
        )


def _unexplained(record: Record, context: Context) -> list[str]:
    """Abbreviations that are not known, accepted, in the glossary, or written out."""
    accept = context.index.texts.accept
    defined = (record.definition or "") if isinstance(record, Kpi) else ""
    return [
        name
        for name in _ACRONYM.findall(record.label)
        if name not in _KNOWN
        and name.lower() not in accept
        and f"({name})" not in record.label
        and f"{name} (" not in record.label
        and f"({name})" not in defined
        and not any(name.lower() in term.split() for term in accept)
    ]


@check("S113", "dangling-reference", INFO)
def dangling_reference(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A text says it, this or việc này, and nothing before it tells what.

    Names are read by themselves: in a table, a message or a chart. There is no sentence before.

    Bad:
        objectives:
          ready: {title: Make it work in every store, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          answers: {name: Answers to letters, objective: ready, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        objectives:
          ready: {title: The till works in every store, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          answers: {name: Answers to letters, objective: ready, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Write the thing itself.
    """  # noqa: E501 - one record a line reads best here
    return said("S113", record, context, INFO)


@check("S114", "no-population", INFO)
def no_population(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """Nothing says of whom or of which place a figure is taken.

    Customers of what, which sites? Two people who collect the figure must come to the same list. A
    `population`, a denominator, a formula, or a “who” or “where” in the text says it.

    Bad:
        kpis:
          score: {name: Satisfaction score, objective: loyal, owner: lan, unit: points, target: {at_least: 9}, source: {manual: survey}}

    Good:
        kpis:
          score: {name: Satisfaction score, population: customers of the web shop, objective: loyal, owner: lan, unit: points, target: {at_least: 9}, source: {manual: survey}}

    Fix:
        Add `population:`.
    """  # noqa: E501 - one record a line reads best here
    if kpi.population or kpi.denominator or kpi.formula or not is_read(kpi, context):
        return
    statement = context.index.texts.of(kpi).statement
    if statement.kind == "milestone" or _has_who(kpi, context):
        return
    yield Diagnostic(
        "S114",
        context.plan.place(kpi.id, "name"),
        f"'{kpi.id}' does not say of whom or where it is measured",
        kpi.id,
        "add `population:`, such as `population: customers of all stores`",
    )


_PLACED = words("of in at for from among per within across của tại ở trong trên cho thuộc từ with")
_ASKING = words(
    "customer customers satisfaction score rate survey employee employees user users nps csat"
)


def _has_who(kpi: Kpi, context: Context) -> bool:
    """Whether the name or the definition names a group or a place, or no question arises."""
    statement = context.index.texts.of(kpi).statement
    texts = (kpi.name, kpi.definition or "")
    if any(not _PLACED.isdisjoint(lowered(text).split()) for text in (texts[0], kpi.metric or "")):
        return True
    asked = not _ASKING.isdisjoint(token.word for token in statement.tokens)
    vietnamese = statement.language == "vi" and statement.has("beneficiary")
    said_so = any(
        f" {word} " in f" {lowered(texts[1])} "
        for word in (
            "customers",
            "employees",
            "users",
            "stores",
            "sites",
            "khách hàng",
            "nhân viên",
        )
    )
    return not (asked or vietnamese) or said_so


@check("S115", "target-in-name", INFO)
def target_in_name(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A KPI's name repeats its target or its due date.

    The name goes stale with the next target, and then contradicts the plan. Fields hold both.

    Bad:
        kpis:
          wait: {name: Waiting time at most 9 days, objective: loyal, owner: lan, unit: days, target: {at_most: 9}, source: {manual: desk}}

    Good:
        kpis:
          wait: {name: Waiting time at the desk, objective: loyal, owner: lan, unit: days, target: {at_most: 9}, source: {manual: desk}}

    Fix:
        Take the number or the date out of the name; `target:` and `due:` say it. At the end of a
        name `kpi check-smart --fix` does it.
    """  # noqa: E501 - one record a line reads best here
    if not is_read(kpi, context):
        return
    span = repeated(kpi, context)
    if span is not None:
        text = context.index.texts.of(kpi).statement.text
        rest = " ".join((text[: span[0]] + " " + text[span[1] :]).split()).strip(" ,.;:")
        place = context.plan.place(kpi.id, "name")
        at_end = not text[span[1] :].strip(" ,.;:)") and text == kpi.name
        sure = at_end and _stands_alone(rest)
        yield Diagnostic(
            "S115",
            place,
            f"the name repeats '{text[slice(*span)]}', which `target:` or `due:` says",
            kpi.id,
            f"name it “{rest}”",
            fix=Rewrite(place, rest) if sure else None,
        )


_LEADING = frozenset(
    {
        "a", "an", "and", "at", "between", "by", "for", "from", "in", "of", "on", "or", "over",
        "than", "the", "to", "under", "until", "up", "with", "within", "below", "above", "least",
        "most", "đến", "tới", "trên", "dưới", "từ", "ở", "và", "hoặc", "là", "trong", "trước",
        "sau", "để",
    }
)  # fmt: skip
"""Words after which something has to follow."""


def _stands_alone(rest: str) -> bool:
    """Whether a name from which the end was taken is still one: two words, brackets closed."""
    known = rest.split()
    even = rest.count("(") == rest.count(")")
    return len(known) > 1 and known[-1].lower() not in _LEADING and even


@check("S116", "unicode-hygiene", WARNING)
def unicode_hygiene(record: Record, context: Context) -> Iterator[Diagnostic]:
    """A text holds letters that only look right.

    Letters in two parts (not NFC), letters of another alphabet, spaces that do not break and
    characters nobody sees: people read the same, but searching, sorting and comparing fail.

    Bad:
        kpis:
          answers: {name: "\\u0410nswers to letters", objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        kpis:
          answers: {name: Answers to letters, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Type the text anew, with plain spaces.
    """  # noqa: E501 - one record a line reads best here
    found = list(said("S116", record, context, WARNING))
    if not found:
        return
    clean = composed(record.label).replace("\u00a0", " ")
    plain = clean != record.label and len(found) == 1 and clean.strip() and clean.isprintable()
    place = found[0].place
    yield from (
        replace(
            one, fix=Rewrite(place, clean) if plain and "alphabets" not in one.message else None
        )
        for one in found
    )


@check("S117", "language-mix", INFO)
def language_mix(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A KPI's name is in one language and its definition in another.

    Whoever reads only one of them knows half. A name that is an abbreviation or a single word
    belongs to no language.

    Bad:
        kpis:
          answers: {name: Share of answers in time, definition: Số thư được trả lời trong hai ngày, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        kpis:
          answers: {name: Share of answers in time, definition: Letters answered within two days, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Write both in one language.
    """  # noqa: E501 - one record a line reads best here
    if not kpi.definition or not is_read(kpi, context):
        return
    name = context.index.texts.of(kpi).statement
    if name.language == "en" and kpi.definition.isascii():
        return  # no letter of it can be Vietnamese
    definition = tokens(lowered(composed(kpi.definition)))
    if len(name.tokens) < 3 or len(definition) < 4:
        return
    other = language_of(definition, composed(kpi.definition))
    if other != name.language and (name.language == "vi" or name.low.isascii()):
        spoken = {"en": "English", "vi": "Vietnamese"}
        yield Diagnostic(
            "S117",
            context.plan.place(kpi.id, "definition"),
            f"the name is {spoken[name.language]} and the definition {spoken[other]}",
            kpi.id,
            "write both in one language",
        )
