"""What a reader is told: frozen dataclasses built from an assessment, before any format."""
