"""One module a command: `validate.py` holds `def validate(run, ...)`, its docstring is its help."""
