"""Projects, lists and polls as they were at an earlier moment, with everything that has been done to them."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from domain.polls import poll as polls
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from domain.shared import NotFound
from interfaces.web._base.asking import CandidateReader, OfficeReader, TheHouse
from interfaces.web._base.language import gettext as _
from interfaces.web.as_of import views
from interfaces.web.as_of.course import course_of, shown
from interfaces.web.candidates.desk import root_of

router = APIRouter()


@router.get("/staff/{slug}/projects/{project}/as-of")
@router.get("/unit/{slug}/projects/{project}/as-of")
def of_project(request: Request, house: TheHouse, here: CandidateReader, project: UUID) -> Response:
    """The card of then."""
    course = course_of(request, house, project, projects.evolve, lambda state: state.card.name)
    if course.now.congress != here.congress.id:
        raise NotFound(kind="project", id=str(project))
    root = root_of(request, here)
    crumbs = [(_("%(year)s 年候选项目", year=course.now.year), f"{root}?year={course.now.year}")]
    context = views.of_card(course.then)
    return shown(request, house, course, "as_of/project.html", back=f"{root}/{project}", crumbs=crumbs, **context)


@router.get("/staff/{slug}/projects/list/as-of")
def of_list(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The candidate list of then, with the cards of then."""
    stream = lists.list_stream(here.congress.id, year)
    name = _("%(year)s 年候选项目名单", year=year)
    course = course_of(request, house, stream, lists.evolve, lambda _state: name)
    root = root_of(request, here)
    crumbs = [(_("%(year)s 年候选项目", year=year), f"{root}?year={year}")]
    context = views.of_list(course)
    back = f"{root}/list?year={year}"
    return shown(request, house, course, "as_of/list.html", back=back, crumbs=crumbs, root=root, **context)


@router.get("/staff/{slug}/lists/{year:int}/as-of")
def of_voted_list(request: Request, house: TheHouse, here: OfficeReader, year: int) -> Response:
    """The annual voted list of then."""
    stream = voted_lists.voted_list_stream(here.congress.id, year)
    name = _("%(year)s 年度票决清单", year=year)
    course = course_of(request, house, stream, voted_lists.evolve, lambda _state: name)
    context = views.of_voted_list(house, here.congress.id, year, course)
    back = f"/staff/{here.congress.slug}/lists/{year}"
    return shown(request, house, course, "as_of/voted_list.html", back=back, crumbs=[], **context)


@router.get("/staff/{slug}/polls/{poll}/as-of")
def of_poll(request: Request, house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """The poll's preparation and course of then; marks only where they could be seen then and can be now."""
    course = course_of(request, house, poll, polls.evolve, lambda state: state.prepared.title)
    if course.now.prepared.congress != here.congress.id:
        raise NotFound(kind="poll", id=str(poll))
    sessions = f"/staff/{here.congress.slug}/sessions"
    crumbs = [
        (_("会议与票决"), sessions),
        (_("本次会议的票决"), f"{sessions}/{course.now.prepared.session}/polls"),
    ]
    context = views.of_poll(house, here, course)
    back = f"/staff/{here.congress.slug}/polls/{poll}"
    return shown(request, house, course, "as_of/poll.html", back=back, crumbs=crumbs, **context)
