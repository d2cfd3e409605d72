"""A unit's first page: what it has to do, by deadline, and how its projects are."""

from fastapi import APIRouter, Request, Response

from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import page
from interfaces.web.asks.desk import Answering
from interfaces.web.unit_home.tasks import own_projects, shown_asks, tasks_of

router = APIRouter()


@router.get("/unit/{slug}")
def first_page(request: Request, house: TheHouse, here: Answering) -> Response:
    """Tasks by deadline, then the own projects, then everything that was asked."""
    asks = shown_asks(house, here)
    projects = own_projects(house, here)
    return page(
        request,
        "unit_home/tasks.html",
        tasks=tasks_of(house, here, asks),
        today=house.office.today(),
        projects=projects,
        others=[ask for ask in asks if not (ask.is_open and ask.row.is_waiting)],
        root=f"/unit/{here.congress.slug}",
    )
