"""form.json of a poll's papers: with it, a computer without the database reads them by `piaojue scan`."""

from uuid import UUID

from fastapi import APIRouter, Response

from domain.accounts.permissions import Act
from domain.polls.count import form_of
from interfaces.paper.form_file import form_file
from interfaces.web._base.asking import Here, TheHouse
from interfaces.web.polls.desk import PollDesk, poll_desk
from interfaces.web.polls.downloads import file
from interfaces.web.scrutineer.table import at_table

router = APIRouter()


@router.get("/staff/{slug}/polls/{poll}/form.json")
def office_form(house: TheHouse, here: Here, poll: UUID) -> Response:
    """The form, for the office."""
    here.actor.require(Act.ENTER_PAPERS, here.congress.id)
    return _form(poll_desk(house, here, poll))


@router.get("/scrutineer/{slug}/polls/{poll}/form.json")
def table_form(house: TheHouse, here: Here, poll: UUID) -> Response:
    """The form, for the scrutineers."""
    return _form(at_table(house, here, poll))


def _form(desk: PollDesk) -> Response:
    return file(form_file(form_of(desk.id, desk.state.prepared)), "form.json", "application/json")
