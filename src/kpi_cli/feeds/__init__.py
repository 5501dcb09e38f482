"""Outside data for `kpi import`: readers of tables, and the map that turns rows into records."""
