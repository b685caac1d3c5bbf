"""Strict reading and writing: JSON, JSON Lines, CSV, TOML; every problem with its path."""
