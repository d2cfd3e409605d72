"""The chapter of the book on the four asks, beside those that stand in the book itself."""

from typing import Final

from domain.asks.ask import (
    AskEscalated,
    AskFellOverdue,
    AskHandedOver,
    AskPhotoErased,
    AskUrged,
    AskWithdrawn,
    NextYearOpened,
)
from domain.asks.rules import AskRulesAdopted

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("asks.ask-urged", 1, AskUrged),
    ("asks.ask-fell-overdue", 1, AskFellOverdue),
    ("asks.ask-escalated", 1, AskEscalated),
    ("asks.ask-withdrawn", 1, AskWithdrawn),
    ("asks.ask-handed-over", 1, AskHandedOver),
    ("asks.ask-photo-erased", 1, AskPhotoErased),
    ("asks.next-year-opened", 1, NextYearOpened),
    ("asks.ask-rules-adopted", 1, AskRulesAdopted),
)
