"""The report as HTML pages: templates, style sheet and the site that holds them together."""
