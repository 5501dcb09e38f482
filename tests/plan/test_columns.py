"""Whole columns are read as the same rows, one by one, are."""

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi_cli.diagnostics import Place
from kpi_cli.models import Kpi
from kpi_cli.models import series as models
from kpi_cli.period import Calendar, Frequency
from kpi_cli.plan import series

NAMES = st.sampled_from(
    ["2026", "2026-H1", "2026-Q1", "FY2026-Q1", "2026-01", "2026-02", "2026-03", "2026-13",
     "2026-W09", "2026-03-31", "2026-02-30", "files", "Feb"]
)  # fmt: skip
FIGURES: st.SearchStrategy[Any] = st.one_of(
    st.integers(-5, 5),
    st.floats(),
    st.sampled_from([10**101, -(10**101), 10**4000, 1e100, True, None, "red", "", [1], {}]),
)
NOTES = st.one_of(st.just("why"), st.none(), st.just(3))
ROWS = st.one_of(
    FIGURES,
    FIGURES,
    st.builds(lambda value, note: {"value": value, "note": note}, FIGURES, NOTES),
    st.builds(lambda note, value: {"note": note, "value": value}, NOTES, FIGURES),
    st.just({"note": "no value"}),
    st.just({"numerator": 1, "denominator": 2}),
)
TABLES = st.dictionaries(NAMES, st.integers(-5, 5) | ROWS, max_size=6)


@given(TABLES)
@example({"2026-01": 1, "2026-02": float("nan"), "2026-03": 2})
@example({"2026-01": float("inf"), "2026-02": -float("inf")})
@example({"2026-01": 0.0, "2026-02": -0.0})
@example({"2026-01": 3, "2026-02": 3.0})
def test_columns_hold_what_their_rows_hold(raw: dict[str, Any]) -> None:
    quick = models.read_actuals(raw, Calendar())
    with patch.object(models, "_read_plain", return_value=None):
        careful = models.read_actuals(raw, Calendar())
    assert repr(quick) == repr(careful)


@given(TABLES, st.sampled_from(["monthly", "quarterly", "annual", "irregular", "weekly"]))
def test_a_series_in_order_is_what_sorting_gives(raw: dict[str, Any], frequency: str) -> None:
    fields = {"id": "x", "name": "X", "frequency": frequency, "actuals": raw}
    calendar, place = Calendar(), Place("a.yaml", ("kpis", "x"))

    def assembled() -> series.Assembled:
        kpi = Kpi.model_validate(fields, context=calendar)
        return series.assemble(kpi, kpi.actuals.rows, place, calendar)

    quick = assembled()
    with patch.object(series, "_is_clean", return_value=False):
        careful = assembled()
    assert repr(quick) == repr(careful)


def test_plain_figures_with_notes_are_taken_as_columns() -> None:
    raw = {"2026-01": 1, "2026-02": {"value": 2.5, "note": "why"}}
    with patch.object(models, "_read_row", side_effect=AssertionError):
        rows = models.read_actuals(raw, Calendar()).rows
    assert (rows.values, rows.notes) == ([1, 2.5], {1: "why"})


def test_rows_of_the_same_periods_share_them_and_cannot_be_added_to() -> None:
    calendar = Calendar()
    one, other = (models.read_actuals({"2026-01": figure}, calendar).rows for figure in (1, 2))
    assert one.periods is other.periods
    assert one.notes is other.notes
    with pytest.raises(TypeError):
        one.add(calendar.parse("2026-02"), 3)
    with pytest.raises(TypeError):
        one.notes[0] = "why"
    grown = one.chosen([0])
    grown.add(calendar.parse("2026-02"), 3, note="why")
    assert (len(one), len(other), len(grown)) == (1, 1, 2)


def test_equal_figures_are_one_object_where_they_are_the_same() -> None:
    one, other = (
        models.read_actuals({"2026-01": float(text), "2026-02": 2.5}, Calendar()).rows.values
        for text in ("1234.5", "1234.5")
    )
    assert one[0] is other[0]


def test_a_record_holds_only_what_differs_from_the_defaults() -> None:
    said = Kpi.model_validate({"id": "x", "name": "X", "frequency": "monthly", "tags": []})
    unsaid = Kpi.model_validate({"id": "x", "name": "X"})
    assert said == unsaid
    assert "team" not in vars(unsaid)
    assert (unsaid.team, unsaid.frequency, unsaid.tags) == (None, Frequency.MONTHLY, ())
    assert said.model_fields_set - unsaid.model_fields_set == {"frequency", "tags"}


def test_a_changed_copy_leaves_the_keys_of_other_records_alone() -> None:
    one, other = (Kpi.model_validate({"id": name, "name": "X"}) for name in "xy")
    changed = one.model_copy(update={"team": "sales"})
    assert (changed.team, one.team) == ("sales", None)
    assert changed.model_fields_set == {"id", "name", "team"}
    assert one.model_fields_set == other.model_fields_set == {"id", "name"}
