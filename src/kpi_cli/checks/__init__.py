"""The rules, one module a family; `engine` runs them and makes findings of what they say."""
