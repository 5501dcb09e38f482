"""The declarative map of `kpi import`: tables -> plan records, with an account of every row."""
