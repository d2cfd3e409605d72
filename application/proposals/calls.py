"""Commands about calls: publish, extend, reword."""

from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.proposals import call as calls
from domain.proposals.call import CallPublished, CallReworded, call_stream
from domain.shared import NotFound

Said = TypeVar("Said", CallPublished, CallReworded)


def publish_call(office: Office, by: By, fact: CallPublished) -> int:
    """Publishes the call of a congress and year (rule 17).

    Raises NotPermitted, NotFound (congress), CallExists, Missing, Invalid or WindowTooShort.
    """
    by.actor.require(Act.PUBLISH_CALL, fact.congress)
    stream = call_stream(fact.congress, fact.year)

    def decide(desk: Desk) -> None:
        if desk.load(fact.congress, congresses.evolve) is None:
            raise NotFound(kind="congress", id=str(fact.congress))
        desk.add(stream, calls.publish_call(desk.load(stream, calls.evolve), _tidy(fact)))

    return office.record(by, decide)


def extend_call(office: Office, by: By, congress: UUID, year: int, closes_on: date, reason: str) -> int:
    """Keeps the window open longer, never shorter (rule 17).

    Raises NotPermitted, NotFound, WindowShortened or Missing.
    """
    by.actor.require(Act.PUBLISH_CALL, congress)
    return office.change(
        by,
        call_stream(congress, year),
        calls.evolve,
        lambda state: calls.extend_call(state, closes_on, reason),
    )


def reword_call(office: Office, by: By, congress: UUID, year: int, fact: CallReworded) -> int:
    """Puts right what the public reads. Raises NotPermitted, NotFound, Missing or Invalid."""
    by.actor.require(Act.PUBLISH_CALL, congress)
    return office.change(
        by, call_stream(congress, year), calls.evolve, lambda state: calls.reword_call(state, _tidy(fact))
    )


def _tidy(fact: Said) -> Said:
    """Without the blanks around what was typed."""
    return replace(
        fact,
        words=fact.words.strip(),
        address=fact.address.strip(),
        telephone=fact.telephone.strip(),
        notice_number=fact.notice_number.strip(),
    )
