"""The only writers of plan files."""
