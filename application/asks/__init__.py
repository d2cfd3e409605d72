"""Commands about the four asks 四问."""

from application.asks.answering import (
    answer_ask,
    answer_result,
    approve_ask,
    erase_photo,
    escalate_ask,
    send_back_ask,
    urge_ask,
    withdraw_ask,
)
from application.asks.issuing import ask_below, ask_for_plan
from application.asks.overdue import note_overdue
from application.asks.rules import adopt_ask_rules, rules_for

__all__ = [
    "adopt_ask_rules",
    "answer_ask",
    "answer_result",
    "approve_ask",
    "ask_below",
    "ask_for_plan",
    "erase_photo",
    "escalate_ask",
    "note_overdue",
    "rules_for",
    "send_back_ask",
    "urge_ask",
    "withdraw_ask",
]
