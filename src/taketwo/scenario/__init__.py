"""Scenarios: the model, the conditions, and reading them from TOML."""
