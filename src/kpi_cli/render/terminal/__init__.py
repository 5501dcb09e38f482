"""What a terminal shows: one module for each thing shown, over `paper` (lines) and `table`."""
