"""The letter of findings 督导意见书 as a paper."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response

from domain.shared import NotFound
from domain.supervision.visit import VisitStage
from interfaces.composition import House
from interfaces.documents.visit_letter import LetterFinding, VisitLetter, visit_letter
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web.duties.desk import project_names
from interfaces.web.roll.views import download
from interfaces.web.visits.desk import known_visit, shown_visits

router = APIRouter()

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/staff/{slug}/visits/{visit}/letter.docx")
def letter(house: TheHouse, here: OfficeReader, visit: UUID) -> Response:
    """What was found, for the congress that was visited."""
    with speaking(CHINESE):
        return letter_file(house, here, visit)


def letter_file(house: House, here: Place, visit: UUID) -> Response:
    """The letter as a file, within `speaking`. Raises NotFound before the visit."""
    row = known_visit(house, here, visit)
    if row.stage != VisitStage.HELD:
        raise NotFound(kind="visit", id=str(visit))
    with house.reading.connect() as conn:
        one = shown_visits(house, conn, [row])[0]
        names = project_names(conn, row.visited)
    made = VisitLetter(
        visitor=one.visitor,
        visited=row.visited_name,
        topic=row.topic,
        on=row.on,
        place=row.place,
        members=row.members,
        projects=tuple(names.get(UUID(project), "") for project in row.projects),
        report=row.report,
        findings=tuple(
            LetterFinding(
                words=finding.row.words,
                project=finding.project_name,
                due_on=finding.row.due_on,
                answer=finding.row.answer,
            )
            for finding in one.findings
        ),
        printed_on=house.office.today(),
    )
    return download(visit_letter(made), f"督导意见书-{row.visited_name}-{row.on:%Y%m%d}.docx", DOCX)
