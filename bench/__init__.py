"""Measuring `kpi` against floors and budgets; never imported by the package."""
