"""What comes with the tool: the workspaces and CI files that `kpi init` writes."""
