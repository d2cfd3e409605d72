"""What people write about supervision: checked for being there, and for its length."""

from typing import Final

from domain.shared import Invalid, Missing

LONGEST_WORDS: Final = 5_000
LONGEST_REASON: Final = 500
LONGEST_LINE: Final = 200
MOST_FILES: Final = 6
"""With one answer, one set of minutes, one observation."""

FIRST_YEAR, LAST_YEAR = 2000, 2100


def line(name: str, words: str, longest: int = LONGEST_LINE) -> str:
    """One line, which may be empty. Raises Invalid."""
    text = " ".join(words.split())
    if len(text) > longest:
        raise Invalid(field=name, reason="too_long", value=str(longest))
    return text


def text(name: str, words: str, longest: int = LONGEST_WORDS) -> str:
    """Words that must be there. Raises Missing or Invalid."""
    if not words.strip():
        raise Missing(fields=(name,))
    return free_text(name, words, longest)


def free_text(name: str, words: str, longest: int = LONGEST_WORDS) -> str:
    """Words that may be left out. Raises Invalid."""
    if len(words.strip()) > longest:
        raise Invalid(field=name, reason="too_long", value=str(longest))
    return words.strip()
