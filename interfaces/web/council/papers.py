"""Papers of a council's meeting to be saved: the agenda sheet and the minutes."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response

from domain.congress.council import ChosenBy, ItemResult
from interfaces.composition import House
from interfaces.documents.council import CouncilItem, CouncilPaper, agenda_sheet, minutes
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.language import CHINESE, speaking, worded
from interfaces.web.council import views
from interfaces.web.council.words import CHOSEN_BY, RESULTS
from interfaces.web.roll.views import download
from interfaces.web.session.views import standing
from projections import agenda
from projections.agenda import AgendaRow, NoteRow

router = APIRouter()

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/staff/{slug}/agenda/{session}/agenda.docx")
def sheet(house: TheHouse, here: OfficeReader, session: UUID) -> Response:
    """The agenda sheet."""
    with speaking(CHINESE):
        return agenda_file(house, here, session)


@router.get("/staff/{slug}/agenda/{session}/minutes.docx")
def written(house: TheHouse, here: OfficeReader, session: UUID) -> Response:
    """The minutes."""
    with speaking(CHINESE):
        return minutes_file(house, here, session)


def agenda_file(house: House, here: Place, session: UUID) -> Response:
    """The agenda sheet as a file, within `speaking`. Raises NotFound."""
    paper = paper_of(house, here, session)
    return download(agenda_sheet(paper), f"{paper.session}议程.docx", DOCX)


def minutes_file(house: House, here: Place, session: UUID) -> Response:
    """The minutes as a file, within `speaking`. Raises NotFound."""
    paper = paper_of(house, here, session)
    return download(minutes(paper), f"{paper.session}{worded('审议纪要')}.docx", DOCX)


def paper_of(house: House, here: Place, session: UUID) -> CouncilPaper:
    """The meeting as it is printed; papers are Chinese, whoever prints them. Raises NotFound."""
    with house.reading.connect() as conn:
        known = views.meeting(conn, here, session)
        now = standing(house, conn, here, session)
        notes = agenda.notes_of(conn, session)
    return CouncilPaper(
        body=here.congress.name,
        session=known.session.title,
        starts_on=known.session.starts_on,
        ends_on=known.session.ends_on,
        members=now.all_delegates,
        attending=now.attending or known.most_counted,
        groups=tuple((one.name, one.delegates, one.present) for one in now.delegations),
        items=tuple(_item(one, notes.get(one.item, [])) for one in known.items),
        printed_on=house.office.today(),
    )


def _item(row: AgendaRow, notes: list[NoteRow]) -> CouncilItem:
    numbers = (row.present, row.votes_for, row.against, row.abstain, row.not_voting)
    return CouncilItem(
        title=row.title,
        presenter=row.presenter,
        content=row.content,
        notes=tuple((note.speaker, note.words) for note in notes),
        hands=tuple(number for number in numbers if number is not None),
        needed=row.needed or 0,
        rules=row.profile_title or "",
        counted_by=row.counted_by or "",
        result=str(RESULTS[ItemResult(row.result)]) if row.result else "",
        by=str(CHOSEN_BY[ChosenBy(row.chosen_by)]) if row.chosen_by and row.chosen_by != ChosenBy.AGREEMENT else "",
        reason=row.reason or "",
    )
