"""`kpi who`: who answers for what."""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import need


def who(
    run: Run,
    identifier: Annotated[
        str,
        argument(
            metavar="ID|PERSON",
            help="A person, a KPI or an objective.",
            find=ids_of("people", "kpis", "objectives"),
        ),
    ],
) -> int:
    """Show what a person answers for and what waits for them, or who answers for a record.

    Examples:
      kpi who minh
      kpi who repeat-rate
      kpi who minh --format json
    """
    from kpi_cli.cli.documents import write_document
    from kpi_cli.views import who as views

    plan = run.loaded.plan
    known = [*plan.people, *plan.kpis, *plan.objectives]
    need(plan, identifier, known, "person, KPI or objective")
    if identifier in plan.people:
        person = views.person_view(run.assessment, identifier)
        write_document(
            run,
            lambda: views.person_document(run.assessment, person),
            lambda: views.person_envelope(person, run.as_of),
        )
    else:
        record = views.record_view(plan, identifier, run.as_of)
        write_document(
            run,
            lambda: views.record_document(plan, record, run.as_of),
            lambda: views.record_envelope(record, run.as_of),
        )
    run.tell_left_out()
    return 0
