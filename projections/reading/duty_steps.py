"""What a duty's page tells of each thing that happened to it."""

from typing import Any

from domain.supervision.duty import (
    DutyAnswered,
    DutyApproved,
    DutyChanged,
    DutyEscalated,
    DutyFact,
    DutyFellOverdue,
    DutyRaised,
    DutySentBack,
    DutyWithdrawn,
)
from projections.reading.attached import as_rows


def told(fact: DutyFact) -> dict[str, Any]:
    """What is kept of the fact beside the duty and its place."""
    kept: dict[str, Any] = {"who": "", "outcome": "", "due_on": None, "files": [], "on": None, "late": None}
    match fact:
        case DutyRaised():
            kept |= {"kind": "raised", "on": fact.on, "who": fact.unit_name, "words": fact.words, "due_on": fact.due_on}
        case DutyChanged():
            kept |= {"kind": "changed", "who": fact.unit_name, "words": fact.reason, "due_on": fact.due_on}
        case DutyAnswered():
            kept |= {"kind": "answered", "on": fact.on, "who": fact.unit_name, "words": fact.words}
            kept |= {"outcome": fact.outcome.value, "due_on": fact.promised_on, "files": as_rows(fact.files)}
        case DutySentBack():
            kept |= {"kind": "sent_back", "on": fact.on, "words": fact.reason, "due_on": fact.due_on}
        case DutyApproved():
            kept |= {"kind": "approved", "on": fact.on, "words": fact.remark}
        case DutyFellOverdue():
            kept |= {"kind": "fell_overdue", "on": fact.on, "words": "", "due_on": fact.due_on}
        case DutyEscalated():
            kept |= {"kind": fact.step.value, "on": fact.on, "who": fact.to, "words": fact.words}
            kept |= {"late": fact.working_days}
        case DutyWithdrawn():
            kept |= {"kind": "withdrawn", "on": fact.on, "words": fact.reason}
    return kept
