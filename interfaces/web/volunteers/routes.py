"""Volunteers in the office: enlisted, given projects and a personal link, released, forgotten."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.supervision import volunteers as commands
from domain.accounts.permissions import Act
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties.desk import project_choices, project_names
from interfaces.web.inquiries.desk import ids
from interfaces.web.session.codes import drawn
from interfaces.web.volunteers import observing
from interfaces.web.volunteers.desk import (
    Keeper,
    contact_typed,
    known_volunteer,
    people,
    said_words,
    sees_people,
    volunteer_context,
)
from projections import volunteers

router = APIRouter()
router.routes.extend(observing.router.routes)

PATH = "/staff/{slug}/volunteers"
_EDIT, _ONE = "volunteers/edit.html", "volunteers/one.html"
LINK_LASTS: Final = timedelta(days=180)


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """What waits first, then everybody who watches and everybody who did."""
    with house.reading.connect() as conn:
        rows = volunteers.volunteers_of(conn, here.congress.id)
        watched = volunteers.watched_by(conn, [row.volunteer for row in rows])
        seen = volunteers.observations_of(conn, here.congress.id)
        names = project_names(conn, here.congress.id)
    serving = [row for row in rows if row.released_on is None]
    return page(
        request,
        "volunteers/list.html",
        serving=serving,
        released=[row for row in rows if row.released_on is not None],
        people=people(house, here, rows),
        sees_people=sees_people(here),
        watched={volunteer: [names.get(one, "") for one in chosen] for volunteer, chosen in watched.items()},
        watched_projects=len({one for row in serving for one in watched[row.volunteer]}),
        observations=seen,
        waiting=[one for one in seen if one.waits],
        names=names,
        today=house.office.today(),
        may_keep=here.may(Act.KEEP_SUPERVISION),
        root=f"/staff/{here.congress.slug}/volunteers",
        **said_words(),
    )


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Keeper) -> Response:
    """The form for somebody who enlists."""
    return page(request, _EDIT, **_editing(house, here))


@router.post(f"{PATH}/new")
def enlist(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Gives the next number."""
    by = here.by(typed)
    volunteer = house.office.new_id(by, "volunteer")
    try:
        projects = ids(typed, "projects")
        typed.settle()
        position = commands.enlist_volunteer(
            house.office,
            house.private,
            by,
            here.congress.id,
            volunteer,
            contact_typed(typed),
            projects=projects,
            origin=typed.text("origin"),
        )
    except Refused as refused:
        return again(request, _EDIT, typed, refused, **_editing(house, here))
    return done(request, position, _address(here, volunteer), _("已登记。可以发给本人专用链接，在手机上直接反映情况。"))


@router.get(f"{PATH}/{{volunteer}}")
def one(request: Request, house: TheHouse, here: OfficeReader, volunteer: UUID) -> Response:
    """A volunteer with everything that may be done."""
    form = blank(request, until=(house.office.today() + LINK_LASTS).isoformat())
    return page(request, _ONE, form=form, **volunteer_context(house, here, volunteer))


@router.get(f"{PATH}/{{volunteer}}/edit")
def edit(request: Request, house: TheHouse, here: Keeper, volunteer: UUID) -> Response:
    """Projects and how to reach them, to be changed."""
    context = volunteer_context(house, here, volunteer)
    contact = context["contact"]
    form = blank(
        request,
        projects=[str(project) for project, _name in context["watched"]],
        name=contact.name if contact else "",
        phone=contact.phone if contact else "",
        address=contact.address if contact else "",
    )
    return page(request, _EDIT, form=form, **_editing(house, here, volunteer))


@router.post(f"{PATH}/{{volunteer}}/edit")
def change(request: Request, house: TheHouse, here: Keeper, volunteer: UUID, typed: Form) -> Response:
    """Changes projects and how to reach them."""
    row = known_volunteer(house, here, volunteer)
    try:
        projects = ids(typed, "projects")
        typed.settle()
        who = contact_typed(typed) if sees_people(here) and not row.forgotten else None
        position = commands.change_volunteer(
            house.office, house.private, here.by(typed), here.congress.id, volunteer, who, projects
        )
    except Refused as refused:
        return again(request, _EDIT, typed, refused, **_editing(house, here, volunteer))
    return done(request, position, _address(here, volunteer), _("已保存。"))


@router.post(f"{PATH}/{{volunteer}}/link")
def issue(request: Request, house: TheHouse, here: Keeper, volunteer: UUID, typed: Form) -> Response:
    """A personal link, shown this once."""
    context = volunteer_context(house, here, volunteer)
    try:
        until = typed.date("until")
        typed.settle()
        position, secret = commands.issue_link(
            house.office, house.private, here.by(typed), here.congress.id, volunteer, until
        )
    except Refused as refused:
        return again(request, _ONE, typed, refused, **context)
    house.followers.wait_for(position)
    link = f"{house.settings.public_url}/w/{secret}"
    picture = drawn(link, _("%(who)s的专用链接", who=context["who"]))
    return page(request, "volunteers/link.html", link=link, picture=picture, until=until, **context)


@router.post(f"{PATH}/{{volunteer}}/link/revoke")
def revoke(request: Request, house: TheHouse, here: Keeper, volunteer: UUID, typed: Form) -> Response:
    """The link opens nothing any more."""
    known_volunteer(house, here, volunteer)
    position = commands.revoke_link(house.office, house.private, here.by(typed), here.congress.id, volunteer)
    return done(request, position, _address(here, volunteer), _("专用链接已经收回。"))


@router.post(f"{PATH}/{{volunteer}}/release")
def release(request: Request, house: TheHouse, here: Keeper, volunteer: UUID, typed: Form) -> Response:
    """They watch no more."""
    context = volunteer_context(house, here, volunteer)
    try:
        reason = typed.required("reason")
        typed.settle()
        position = commands.release_volunteer(
            house.office, house.private, here.by(typed), here.congress.id, volunteer, reason
        )
    except Refused as refused:
        return again(request, _ONE, typed, refused, **context)
    return done(request, position, _address(here, volunteer), _("已登记离任，专用链接同时失效。"))


@router.post(f"{PATH}/{{volunteer}}/forget")
def forget(request: Request, house: TheHouse, here: Keeper, volunteer: UUID, typed: Form) -> Response:
    """Erases name and telephone for good."""
    known_volunteer(house, here, volunteer)
    position = commands.forget_volunteer(house.office, house.private, here.by(typed), here.congress.id, volunteer)
    return done(request, position, _address(here, volunteer), _("姓名和联系方式已经彻底删除，编号和反映的情况保留。"))


def _editing(house: House, here: Place, volunteer: UUID | None = None) -> dict[str, Any]:
    root = f"/staff/{here.congress.slug}/volunteers"
    row = known_volunteer(house, here, volunteer) if volunteer else None
    with house.reading.connect() as conn:
        projects = project_choices(conn, here.congress.id)
    return {
        "row": row,
        "projects": projects,
        "sees_people": sees_people(here) and not (row and row.forgotten),
        "root": root,
        "address": f"{root}/{volunteer}" if volunteer else root,
        **said_words(),
    }


def _address(here: Place, volunteer: UUID) -> str:
    return f"/staff/{here.congress.slug}/volunteers/{volunteer}"
