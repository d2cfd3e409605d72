"""What the pages about deliberation share."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request

from application.deliberation import answers_for
from domain.accounts.permissions import Act
from domain.projects import candidate_list as lists
from domain.projects import deliberation as rules
from domain.projects.deliberation import ClosedBy
from domain.projects.remark import UNANSWERED, RemarkStage
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web.deliberation import views
from interfaces.web.deliberation.views import ShownRemark
from interfaces.web.deliberation.words import REMARK_KINDS
from projections import candidate_board, deliberation
from projections.congress_register import units_of
from projections.deliberation import RemarkRow

Keeper = Annotated[Place, Depends(needing(Act.RECORD_REMARKS))]
Answering = Annotated[Place, Depends(needing(Act.ANSWER_REMARKS))]


def known_remark(house: House, here: Place, remark: UUID) -> RemarkRow:
    """A remark of this congress, for the office and for whom it is to be answered by. Raises NotFound."""
    with house.reading.connect() as conn:
        row = deliberation.remark_at(conn, remark)
    if row is None or row.congress != here.congress.id or not (here.may(Act.READ_OFFICE) or is_answered_by(here, row)):
        raise NotFound(kind="remark", id=str(remark))
    return row


def is_answered_by(here: Place, row: RemarkRow) -> bool:
    """Whether the person may answer it: a department's officers those of the own unit only."""
    if not here.may(Act.ANSWER_REMARKS):
        return False
    return answers_for(here.actor, row.congress, row.unit)


def sees_all(here: Place) -> bool:
    """Whether the person answers for everybody: the government office, and the congress's own."""
    return answers_for(here.actor, here.congress.id, None)


def answered_by_me(house: House, here: Place, year: int) -> list[RemarkRow]:
    """What the person is to answer, in the order of recording."""
    everything = sees_all(here)
    if not everything and here.unit is None:
        return []
    with house.reading.connect() as conn:
        return deliberation.remarks_of(conn, here.congress.id, year, unit=None if everything else here.unit)


def waiting_remarks(house: House, here: Place) -> list[RemarkRow]:
    """What waits for the person's answer, of the newest year with remarks."""
    if not here.may(Act.ANSWER_REMARKS):
        return []
    with house.reading.connect() as conn:
        years = deliberation.years(conn, here.congress.id)
    return [one for one in answered_by_me(house, here, years[0]) if one.waits] if years else []


def shown_remark(house: House, row: RemarkRow) -> ShownRemark:
    """It on this day."""
    with house.reading.connect() as conn:
        candidates = candidate_board.candidates_of(conn, row.congress, row.year)
        names = views.delegate_names(conn, row.congress)
    known = next((one for one in candidates if one.project == row.project), None)
    return views.shown(row, known, names, house.office.today())


def remark_context(request: Request, house: House, here: Place, remark: UUID) -> dict[str, Any]:
    """What the page of one remark shows, and what may be done there."""
    row = known_remark(house, here, remark)
    area = request.url.path.split("/")[1]
    keeps = here.may(Act.RECORD_REMARKS)
    answered = row.stage == RemarkStage.ANSWERED
    with house.reading.connect() as conn:
        units = [(str(one.id), one.name) for one in units_of(conn, here.congress.id) if not one.withdrawn]
    open_ = closed_by(house, here, row.year) is None
    return {
        "one": shown_remark(house, row),
        "row": row,
        "units": units,
        "kinds": list(REMARK_KINDS.items()),
        "address": address(area, here, remark),
        "back": f"/{area}/{here.congress.slug}/" + ("deliberation" if area == "staff" else "remarks"),
        "may_answer": is_answered_by(here, row) and (row.stage in UNANSWERED or answered),
        "may_judge": keeps and answered,
        "may_assign": keeps and row.stage in UNANSWERED,
        "may_correct": keeps and open_ and row.stage == RemarkStage.OPEN,
    }


def address(area: str, here: Place, remark: UUID) -> str:
    """Where a remark stands in an area."""
    between = "deliberation/remarks" if area == "staff" else "remarks"
    return f"/{area}/{here.congress.slug}/{between}/{remark}"


def closed_by(house: House, here: Place, year: int) -> ClosedBy | None:
    """What has closed the year's remarks, None while they are taken."""
    listed = house.office.state_of(lists.list_stream(here.congress.id, year), lists.evolve)
    closing = house.office.state_of(rules.closing_stream(here.congress.id, year), rules.evolve_closing)
    return rules.closed_by(closing, listed)
