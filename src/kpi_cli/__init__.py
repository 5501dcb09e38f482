"""Objectives and KPIs as plain YAML: validated, computed, reported."""

__version__ = "0.1.0"
