"""Papers of an inquiry or a hearing to be saved: the minutes."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response

from domain.shared import NotFound
from domain.supervision.inquiry import InquiryStage
from interfaces.composition import House
from interfaces.documents.inquiry_minutes import InquiryMinutes, MinutedDuty, MinutedQuestion, inquiry_minutes
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web.duties import views as duty_views
from interfaces.web.duties.desk import project_names
from interfaces.web.inquiries.desk import known_inquiry, names_of, speaker_of
from interfaces.web.inquiries.words import INQUIRY_KINDS
from interfaces.web.roll.views import download
from projections import duties, inquiries

router = APIRouter()

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/staff/{slug}/inquiries/{inquiry}/minutes.docx")
def minutes(house: TheHouse, here: OfficeReader, inquiry: UUID) -> Response:
    """The minutes; before the day, the plan with the questions handed in."""
    with speaking(CHINESE):
        return minutes_file(house, here, inquiry)


def minutes_file(house: House, here: Place, inquiry: UUID) -> Response:
    """The minutes as a file, within `speaking`. Raises NotFound."""
    made = minutes_of(house, here, inquiry)
    return download(inquiry_minutes(made), f"{made.kind}{made.paper}-{made.on:%Y%m%d}.docx", DOCX)


def minutes_of(house: House, here: Place, inquiry: UUID) -> InquiryMinutes:
    """It as it is printed; papers are Chinese. Raises NotFound."""
    row = known_inquiry(house, here, inquiry)
    if row.stage == InquiryStage.CANCELLED:
        raise NotFound(kind="inquiry", id=str(inquiry))
    with house.reading.connect() as conn:
        names = names_of(conn, here.congress.id)
        projects = project_names(conn, here.congress.id)
        about = inquiries.projects_of(conn, [inquiry])[inquiry]
        asked = inquiries.questions_of(conn, inquiry)
        left = duties.duties_from(conn, [inquiry])
    return InquiryMinutes(
        congress=here.congress.name,
        issuer=f"{here.congress.name}办公室",
        kind=str(INQUIRY_KINDS[row.kind]),
        is_held=row.stage == InquiryStage.HELD,
        topic=row.topic,
        on=row.on,
        starts_at=row.starts_at,
        place=row.place,
        presiding=row.presiding,
        projects=tuple(projects.get(project, "") for project in about),
        speakers=tuple(names[one] for one in map(_uuid, row.delegates) if one in names),
        others=row.others,
        units=tuple(row.unit_names),
        attending=row.attending,
        background=row.background,
        questions=tuple(
            MinutedQuestion(
                speaker=speaker_of(one, names, "原代表"),
                unit=one.unit_name,
                words=one.words,
                respondent=one.respondent,
                answer=one.answer,
            )
            for one in asked
        ),
        conclusion=row.conclusion,
        duties=tuple(
            MinutedDuty(
                label=duty_views.label(one.year, one.number),
                words=one.words,
                unit=one.unit_name,
                due_on=one.due_on,
            )
            for one in left
        ),
        printed_on=house.office.today(),
    )


def _uuid(text: str) -> UUID:
    return UUID(text)
