"""A congress with units, delegates and a session, and the people who enter candidates."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from application.congress import add_units
from domain.accounts.permissions import Actor, Role
from domain.congress.roll import DelegateEntry
from domain.projects.card import CandidateCard
from interfaces.composition import House
from projections import candidate_board
from projections.candidate_board import ListedCandidate
from projections.congress_register import units_of
from tests.support import polls
from tests.support.stores import by
from tests.support.visitors import SignedIn, Visitor

YEAR = 2026


@dataclass(frozen=True)
class Town:
    """Jiangzhou before its vote: six delegates, a session on 20 January 2026, no candidate yet."""

    house: House
    congress: UUID
    session: UUID
    clerk: Actor
    delegates: list[DelegateEntry]

    @property
    def units(self) -> dict[str, UUID]:
        with self.house.reading.connect() as connection:
            return {unit.name: unit.id for unit in units_of(connection, self.congress)}

    def candidates(self, year: int = YEAR) -> list[ListedCandidate]:
        with self.house.reading.connect() as connection:
            return candidate_board.candidates_of(connection, self.congress, year)


@pytest.fixture
def town(house: House) -> Town:
    congress, clerk = polls.founded(house.office)
    add_units(house.office, by(clerk), congress, [("市教育局", ""), ("市交通运输局", "")])
    delegates = polls.roll_of(house.office, clerk, congress, 6)
    session = polls.convened(house.office, clerk, congress, date(YEAR, 1, 20))
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return Town(house, congress, session, clerk, delegates)


@pytest.fixture
def staff(town: Town, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, town.congress)


@pytest.fixture
def government(town: Town, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.GOVERNMENT, town.congress, name="政府办")


def typed(card: CandidateCard) -> dict[str, str]:
    """A card as somebody types it into the form."""
    assert card.total_funds is not None
    assert card.year_funds is not None
    assert card.starts_on is not None
    assert card.finishes_on is not None
    return {
        "number": str(card.number),
        "name": card.name,
        "category": card.category,
        "purpose": card.purpose,
        "content": card.content,
        "targets": "\n".join(f"{one.name}={one.amount}{one.unit}" for one in card.targets),
        "place": card.place,
        "total_funds": str(card.total_funds / 10_000),
        "year_funds": str(card.year_funds / 10_000),
        "sources": "\n".join(f"{one.name}{one.percent}%" for one in card.sources),
        "beneficiaries": card.beneficiaries,
        "beneficiary_count": str(card.beneficiary_count),
        "starts_on": card.starts_on.isoformat(),
        "finishes_on": card.finishes_on.isoformat(),
        "lead_unit_name": card.lead_unit_name,
        "responsible": card.responsible,
    }


def entered(visitor: Visitor, number: int, /, area: str = "staff", **changed: str) -> Visitor:
    """Enters the candidate of this number by the form."""
    visitor.open(f"/{area}/jz/projects/new?year={YEAR}")
    card = polls.candidate(f"项目{number}", number, YEAR)
    values: dict[str, Any] = typed(card)
    page = visitor.send(f"/{area}/jz/projects/new", **{**values, **changed})
    assert page.status == 200, page.errors
    return visitor
