"""Words as they are looked for: widths, cases, spaces and signs make no difference."""

from typing import Final
from unicodedata import normalize

LONGEST: Final = 200
"""Characters of a text that count."""


def plain(text: str) -> str:
    """Letters and digits alone, folded: “ＪＲ-9k” and “jr9K” are the same."""
    return "".join(c for c in normalize("NFKC", text[:LONGEST]).casefold() if c.isalnum())[:LONGEST]


def words_of(typed: str) -> tuple[str, ...]:
    """What a person typed as plain words: spaces part them, all of them are meant."""
    return tuple(dict.fromkeys(word for part in typed[:LONGEST].split() if (word := plain(part))))
