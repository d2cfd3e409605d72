"""Which release of the program this is."""

from typing import Final

RELEASE: Final = "0.1.0"
"""As `pyproject.toml` says (a test compares); written into every export and backup."""
