"""What a check has found."""

from dataclasses import dataclass
from enum import StrEnum

from interfaces.web._base.language import Lazy


class Level(StrEnum):
    """`bad` keeps an installation from being relied on; `warn` is for a person to judge."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line of the report; `advice` is empty where nothing is to be done."""

    check: str
    level: Level
    words: str
    advice: str = ""


def ok(check: str, words: Lazy, **values: object) -> Found:
    """Nothing to do."""
    return Found(check=check, level=Level.OK, words=words.filled(**values))


def warn(check: str, words: Lazy, advice: Lazy, **values: object) -> Found:
    """Somebody should look at it; both sentences take the values they name."""
    return Found(check=check, level=Level.WARN, words=words.filled(**values), advice=advice.filled(**values))


def bad(check: str, words: Lazy, advice: Lazy, **values: object) -> Found:
    """To be put right before anybody relies on the installation."""
    return Found(check=check, level=Level.BAD, words=words.filled(**values), advice=advice.filled(**values))
