"""Card sets: printed once, released at the scrutineers' table, discarded."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from application.polls import cards as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.polls.card_set import SetName, card_set_stream
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.polls.models import NewSet, Reason, SetShown, TheNumber, TheSession
from interfaces.documents.cards import CARDS_A_SHEET, CardSheets, card_sheets
from interfaces.web.polls.downloads import pdf
from interfaces.web.polls.sets import hall_wall, session_here
from projections.card_shelf import ShelvedSet, sets_of

router = operations("polls", read=Scope.POLLS_READ, write=Scope.POLLS_WRITE)

PATH = "/congresses/{slug}/sessions/{session}/card-sets"
Printer = Annotated[At, Depends(needing(Act.PRINT_CARDS))]


@router.get(PATH, summary="一次会议的票卡")
def sets(here: OfficeReader, session: TheSession, paging: Paged) -> Page[SetShown]:
    """The sets by number."""
    return paging.part(here.told, _sets(here, session), lambda one: one.id, _shown)


@router.get(f"{PATH}/{{number}}", summary="一套票卡")
def one_set(here: OfficeReader, session: TheSession, number: TheNumber) -> SetShown:
    """One set."""
    here.shows(card_set_stream(session, number))
    known = next((one for one in _sets(here, session) if one.number == number), None)
    if known is None:
        raise NotFound(kind="card", id=str(number))
    return _shown(known)


@router.post(
    PATH,
    summary="印制票卡",
    description="回应就是要打印的 PDF，只此一次：票卡号不在任何地方保存。丢了就整套作废，另印一套。",
    **file_of(PDF),
)
def print_set(here: Printer, session: TheSession, body: NewSet) -> Response:
    """The sheets of a new set, as the answer to this request and never again."""
    convened = session_here(here.house, here.place, session)
    name = SetName(colour=body.colour, word=body.word, number=body.number)
    position, secrets = commands.print_card_set(
        here.house.office,
        here.by(card_set_stream(session, body.number)),
        session,
        name=name,
        print_as=body.print_as,
        cards=body.cards,
        per_sheet=CARDS_A_SHEET,
        present=body.present,
        randomness=token_bytes,
    )
    sheets = CardSheets(
        session=convened.title,
        name=name,
        print_as=body.print_as,
        address=here.house.settings.public_url,
        secrets=tuple(secrets),
        rehearsal=convened.is_rehearsal,
    )
    here.told.position = position
    return pdf(card_sheets(sheets), f"{body.colour}{body.word}{body.number}.pdf")


@router.get(
    "/congresses/{slug}/sessions/{session}/hall-poster.pdf",
    summary="会场墙上的二维码",
    description="打开选票页面的公用二维码，人人相同，不含票卡；票卡印代码时用。",
    **file_of(PDF),
)
def poster(here: OfficeReader, session: TheSession) -> Response:
    """The one code on the hall wall."""
    return hall_wall(here.house, here.place, session)


@router.post(f"{PATH}/{{number}}/discard", summary="整套票卡作废")
def discard(here: Printer, session: TheSession, number: TheNumber, body: Reason) -> SetShown:
    """Takes a set that no poll uses out of use."""
    session_here(here.house, here.place, session)
    by = here.by(card_set_stream(session, number))
    here.done(commands.discard_card_set(here.house.office, by, session, number, body.reason))
    return one_set(here, session, number)


def _sets(here: At, session: UUID) -> list[ShelvedSet]:
    session_here(here.house, here.place, session)
    with here.house.reading.connect() as connection:
        return sets_of(connection, session)


def _shown(kept: ShelvedSet) -> SetShown:
    return SetShown(**{name: getattr(kept, name) for name in SetShown.model_fields})
