"""Commands after closing: unused cards are handed in, incidents reported and decided."""

from threading import Lock
from uuid import UUID
from weakref import WeakKeyDictionary

from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.cards import scanned_card
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from domain.accounts.permissions import Act
from domain.polls import after_closing
from domain.polls import poll as polls
from domain.polls.accounting import IncidentDecision, IncidentKind
from domain.polls.ballot import CardHasBallot
from domain.polls.card import CardId

_REPORTED: WeakKeyDictionary[Box, set[CardId]] = WeakKeyDictionary()
"""Cards with a ballot that this process has reported, so that a scanner that reads twice reports once.

Kept in memory alone: a stored note would tie whoever handed the card in to a ballot.
"""
_REPORTING = Lock()


def hand_in_unused(office: Office, box: Box, by: By, poll: UUID, typed: str) -> int:
    """Counts a card that a delegate who did not vote hands in after closing: once, and never which.

    The record follows the box: whoever scans next brings it up to the cards counted there. Raises NotPermitted,
    NotThisPollsScrutineer, NotFound, PollInWrongStage, MistypedCode, UnknownCard, CardOfAnotherSet, CardIsVoid,
    CardCountedAlready or TryAgain; CardHasBallot after the incident was reported: somebody used a copy.
    """
    state = known_poll(office, poll)
    require_at_table(by.actor, Act.REPORT_INCIDENT, state)
    polls.in_stage(state, polls.PollStage.CLOSED)
    card = scanned_card(office, poll, typed)
    try:
        is_new = box.hand_in(poll, card)
    except CardHasBallot:
        _report_once(office, box, by, poll, card)
        raise

    def decide(desk: Desk) -> None:
        facts = after_closing.hand_in(desk.load(poll, polls.evolve), box.handed_in(poll))
        if not facts and not is_new:
            raise after_closing.CardCountedAlready
        desk.add(poll, *facts)

    return office.record(by, decide)


def report_incident(office: Office, by: By, poll: UUID, kind: IncidentKind, note: str) -> int:
    """Something that blocks the opening of the box until the chief has decided.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage or Missing (note).
    """
    require_at_table(by.actor, Act.REPORT_INCIDENT, known_poll(office, poll))
    return office.change(
        by, poll, polls.evolve, lambda state: after_closing.report_incident(state, kind=kind, note=note)
    )


def decide_incident(office: Office, by: By, poll: UUID, number: int, decision: IncidentDecision, reason: str) -> int:
    """The chief's decision; single ballots are never removed.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage, IncidentAlreadyDecided or Missing
    (reason).
    """
    require_at_table(by.actor, Act.DECIDE_INCIDENT, known_poll(office, poll), chief_alone=True)
    return office.change(
        by, poll, polls.evolve, lambda state: after_closing.decide_incident(state, number, decision, reason)
    )


def _report_once(office: Office, box: Box, by: By, poll: UUID, card: CardId) -> None:
    """Recorded before it is remembered: a report that failed is made again by the next scan."""
    with _REPORTING:
        reported = _REPORTED.setdefault(box, set())
        if card in reported:
            return
        office.change(
            by,
            poll,
            polls.evolve,
            lambda state: after_closing.report_incident(state, IncidentKind.UNUSED_CARD_HAS_BALLOT),
        )
        reported.add(card)
