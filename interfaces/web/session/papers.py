"""Paper for the doors: name badges with check-in codes, and the roll to sign."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Connection

from application.check_in import check_in_code
from domain.accounts.permissions import Act
from interfaces.documents.badges import Badge, BadgeBook, badges
from interfaces.documents.hall_sheets import RollDelegation, RollLine, RollSheet, roll_sheet
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web.roll.views import download
from interfaces.web.session.codes import address, grouped
from interfaces.web.session.views import AtSession, known_session
from projections import attendance
from projections.attendance import Attendee

router = APIRouter()

PATH = "/staff/{slug}/sessions/{session}"
Attendant = Annotated[Place, Depends(needing(Act.CHECK_IN))]


@router.get(f"{PATH}/badges.pdf")
def name_badges(house: TheHouse, here: Attendant, session: UUID, delegation: str = "") -> Response:
    """Badges of everybody, or of one delegation."""
    url, slug = house.settings.public_url, here.congress.slug
    with house.reading.connect() as connection:
        known = known_session(connection, here, session)
        people = _by_delegation(connection, here, session, delegation)
    book = BadgeBook(
        session=known.title,
        badges=tuple(
            Badge(
                name=one.name,
                delegation=one.delegation,
                number=one.number,
                address=address(url, slug, known, one.id),
                typed=grouped(check_in_code(session, one.id)),
            )
            for _name, delegates in people
            for one in delegates
        ),
    )
    return download(badges(book), f"签到证-{delegation or here.congress.short_name}.pdf", "application/pdf")


@router.get(f"{PATH}/roll.pdf")
def roll_to_sign(house: TheHouse, here: AtSession, session: UUID) -> Response:
    """The roll with a line for each signature, beside the check-in on screen."""
    with house.reading.connect() as connection:
        known = known_session(connection, here, session)
        people = _by_delegation(connection, here, session)
    sheet = RollSheet(
        session=known.title,
        day=known.starts_on,
        delegations=tuple(
            RollDelegation(name=name, delegates=tuple(RollLine(number=one.number, name=one.name) for one in delegates))
            for name, delegates in people
        ),
    )
    return download(roll_sheet(sheet), f"签到册-{here.congress.short_name}.pdf", "application/pdf")


def _by_delegation(
    connection: Connection, here: Place, session: UUID, only: str = ""
) -> list[tuple[str, list[Attendee]]]:
    people = attendance.attendees(connection, here.congress.id, session, delegation=only)
    names = [one.name for one in attendance.presence(connection, here.congress.id, session)]
    return [(name, [one for one in people if one.delegation == name]) for name in names if not only or name == only]
