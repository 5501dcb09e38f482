"""One module a command: `validate.py` holds `def validate(run, ...)`, whose docstring is its help."""
