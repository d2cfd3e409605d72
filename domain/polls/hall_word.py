"""The hall word 会场口令: six digits on the hall screen while a poll is open, for who sits there (step 3)."""

import hmac
from dataclasses import dataclass

from domain.shared import Refused

DIGITS = 6
RANDOM_BYTES = 16
"""So many that each of the million words is as likely as any other."""

GUESSES = 5
"""Wrong words in a row after which a card has to wait."""

WAITING_SECONDS = 60


@dataclass(eq=False)
class HallWordNeeded(Refused):
    """The poll asks for the word on the hall's screen, and none was given."""


@dataclass(eq=False)
class HallWordWrong(Refused):
    """Not the word on the hall's screen; nothing was used up."""


@dataclass(eq=False)
class HallWordGuessed(Refused):
    """Too many wrong words were given with this card; nothing was used up."""

    wait: int
    """Seconds until the next one is looked at."""


def hall_word(randomness: bytes) -> str:
    """The word made of RANDOM_BYTES bytes from a cryptographic random source."""
    if len(randomness) != RANDOM_BYTES:
        raise ValueError(f"a hall word is made of {RANDOM_BYTES} random bytes")
    return str(int.from_bytes(randomness, "big") % 10**DIGITS).zfill(DIGITS)


def require_word(word: str, given: str) -> None:
    """Compares in a time that tells nothing. Raises HallWordNeeded or HallWordWrong."""
    digits = "".join(digit for digit in given if digit.isdecimal() and digit.isascii())
    if not digits:
        raise HallWordNeeded
    if not hmac.compare_digest(word.encode(), digits.encode()):
        raise HallWordWrong
