"""What was read or found before, by content: never needed, never trusted beyond its check sums."""
