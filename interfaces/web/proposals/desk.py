"""What the pages about proposals share."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Connection

from application.office import Busy
from application.private.contacts import Contact, erase_contacts, keep_contacts
from domain.accounts.permissions import Act
from domain.proposals import proposal as proposals
from domain.proposals.call import YEARS
from domain.proposals.proposal import Proposal
from domain.shared import Invalid, NotFound, NotPermitted, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Here, Place, needing
from interfaces.web._base.forms import Typed
from projections import calls, proposal_register
from projections.congress_register import units_of
from projections.houses import houses_of
from projections.proposal_register import ProposalRow


def reading(here: Here) -> Place:
    """Who handles proposals, and who reads everything of the office; contact data need more. Raises NotPermitted."""
    if not (here.may(Act.READ_PROPOSALS) or here.may(Act.READ_OFFICE)):
        raise NotPermitted(act=Act.READ_PROPOSALS.value)
    return here


ProposalReader = Annotated[Place, Depends(reading)]
Decider = Annotated[Place, Depends(needing(Act.DECIDE_PROPOSALS))]
Receiver = Annotated[Place, Depends(needing(Act.RECEIVE_PROPOSALS))]

STAFF, UNIT = "/staff/{slug}/proposals", "/unit/{slug}/proposals"

CATEGORIES = (
    "教育",
    "医疗卫生",
    "养老托育",
    "住房改造",
    "道路交通",
    "供水供热供气",
    "生态环境",
    "文化体育",
    "公共安全",
    "便民服务",
)
"""Offered until a congress has used its own."""


def root_of(request: Request, here: Place) -> str:
    """The inbox's address in the area of this request."""
    return f"/{request.url.path.split('/')[1]}/{here.congress.slug}/proposals"


def chosen_year(conn: Connection, here: Place, today: date, asked: int) -> tuple[int, list[int]]:
    """The year that is shown, and all years with a call or proposals, newest first."""
    called = {call.year for call in calls.calls_of(conn, here.congress.id)}
    years = sorted({*proposal_register.years(conn, here.congress.id), *called}, reverse=True)
    if asked in YEARS:
        return asked, years
    current = calls.current_call(conn, here.congress.id, today)
    if current is not None:
        return current.year, years
    return (years[0] if years else today.year + 1), years


def known_proposal(house: House, here: Place, proposal: UUID) -> Proposal:
    """The proposal of this congress as it stands. Raises NotFound."""
    state = house.office.state_of(proposal, proposals.evolve)
    if state is None or state.congress != here.congress.id:
        raise NotFound(kind="proposal", id=str(proposal))
    return state


def shown_row(conn: Connection, here: Place, proposal: UUID) -> ProposalRow:
    """The proposal of this congress as lists show it. Raises NotFound."""
    row = proposal_register.proposal_at(conn, proposal)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="proposal", id=str(proposal))
    return row


def typed_code(conn: Connection, here: Place, code: str) -> UUID:
    """The proposal of this congress with a tracking code. Raises Invalid (into)."""
    row = proposal_register.proposal_by_code(conn, code)
    if row is None or row.congress != here.congress.id:
        raise Invalid(field="into", reason="no_such_proposal", value=code[:20])
    return row.proposal


@contextmanager
def contacts_left(house: House, congress: UUID, proposal: UUID, left: Mapping[UUID, Contact]) -> Iterator[None]:
    """The contact data are there before any fact names them, and gone again when what names them was refused.

    `proposal` is the first that is received with them: one that is there already was sent before, and its contact data
    stay as they are, also erased.
    """
    is_new = house.office.state_of(proposal, proposals.evolve) is None
    if is_new:
        keep_contacts(house.private, congress, left, house.office.now())
    try:
        yield
    except Busy:
        raise  # perhaps it is recorded after all
    except Refused:
        if is_new:
            erase_contacts(house.private, left)
        raise


def offered_categories(conn: Connection, here: Place, year: int) -> list[str]:
    """The categories that are in use, with the usual ones."""
    used = [category for category, _ in proposal_register.categories(conn, here.congress.id, year) if category]
    return list(dict.fromkeys((*used, *CATEGORIES)))


def unit_choices(conn: Connection, here: Place) -> list[tuple[UUID, str]]:
    """The units in use."""
    return [(unit.id, unit.name) for unit in units_of(conn, here.congress.id) if not unit.withdrawn]


def house_choices(conn: Connection, here: Place) -> list[tuple[UUID, str]]:
    """The delegates' houses that take proposals."""
    return [(house.house, house.name) for house in houses_of(conn, here.congress.id)]


def in_order(conn: Connection, wanted: Iterable[UUID]) -> list[ProposalRow]:
    """These proposals in the order of receiving."""
    found = proposal_register.proposals_at(conn, list(wanted))
    return sorted(found.values(), key=lambda row: (row.received_on, row.code))


def ids_in(typed: Typed, name: str) -> list[UUID]:
    """The identities that were ticked; what is none is left out."""
    found = []
    for text in typed.texts(name):
        with suppress(ValueError):
            found.append(UUID(text))
    return found
