"""Charts as SVG text: pure functions of their data, colours by class only, no library."""
