"""What volunteers observed, in the office: entered, given to units, taken note of, photos erased."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.private.files import file_at
from application.supervision import observations as commands
from application.supervision.observations import Observed
from domain.shared import NotFound, Refused
from domain.supervision.duty import WITHIN
from domain.supervision.observation import ObservationKind
from interfaces.composition import House
from interfaces.uploads import file_response
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties.desk import order_of, project_choices, project_names
from interfaces.web.duties.files import keeping_all, sent_photos
from interfaces.web.volunteers.desk import (
    Keeper,
    known_observation,
    observation_context,
    people,
    said_words,
    sees_people,
)
from interfaces.web.volunteers.words import known_as
from projections import volunteers

router = APIRouter()

PATH = "/staff/{slug}/volunteers/observations"
ONE = f"{PATH}/{{observation}}"
_NEW, _ONE = "volunteers/observation_new.html", "volunteers/observation.html"


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader, year: int = 0, project: str = "") -> Response:
    """What was observed in a year, the newest first."""
    with house.reading.connect() as conn:
        years = volunteers.years(conn, here.congress.id)
        chosen = year or (years[0] if years else house.office.today().year)
        rows = volunteers.observations_of(
            conn, here.congress.id, year=None if project else chosen, project=_id(project)
        )
        names = project_names(conn, here.congress.id)
        projects = project_choices(conn, here.congress.id)
    return page(
        request,
        "volunteers/observations.html",
        form=blank(request, project=project),
        rows=rows,
        year=chosen,
        years=years,
        names=names,
        projects=projects,
        project=project,
        root=f"/staff/{here.congress.slug}/volunteers",
        **said_words(),
    )


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Keeper, volunteer: str = "") -> Response:
    """The form for what a volunteer reported by telephone, in writing or in person."""
    form = blank(
        request,
        volunteer=volunteer,
        kind=ObservationKind.PROBLEM.value,
        on=house.office.today().isoformat(),
    )
    return page(request, _NEW, form=form, **_entering(house, here))


@router.post(f"{PATH}/new")
def enter(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Writes it down."""
    by = here.by(typed)
    observation = house.office.new_id(by, "observation")
    try:
        volunteer, project = typed.id("volunteer"), typed.id("project")
        kind, words, on = typed.choice("kind", ObservationKind), typed.required("words"), typed.date("on")
        typed.settle()
        with keeping_all(house, by, here.congress.id, sent_photos(typed), "observation") as photos:
            seen = Observed(project=project, kind=kind, words=words, place=typed.text("place"), photos=photos, on=on)
            position = commands.enter_observation(house.office, by, here.congress.id, observation, volunteer, seen)
    except Refused as refused:
        return again(request, _NEW, typed, refused, **_entering(house, here))
    return done(request, position, _address(here, observation), _("已登记。"))


@router.get(ONE)
def one(request: Request, house: TheHouse, here: OfficeReader, observation: UUID) -> Response:
    """An observation with what may be done."""
    context = observation_context(house, here, observation)
    row = context["row"]
    words = f"{row.words}（{_('地点')}{_('：')}{row.place}）" if row.place else row.words
    return page(request, _ONE, form=blank(request, words=words, working_days=WITHIN), **context)


@router.post(f"{ONE}/note")
def take_note(request: Request, house: TheHouse, here: Keeper, observation: UUID, typed: Form) -> Response:
    """Nothing is to be put right; the volunteer reads why."""
    context = observation_context(house, here, observation)
    try:
        reply = typed.required("reply")
        typed.settle()
        position = commands.take_note(house.office, here.by(typed), observation, reply)
    except Refused as refused:
        return again(request, _ONE, typed, refused, **context)
    return done(request, position, _address(here, observation), _("已登记，监督员在专用链接里看得到答复。"))


@router.post(f"{ONE}/duty")
def raise_duty(request: Request, house: TheHouse, here: Keeper, observation: UUID, typed: Form) -> Response:
    """Gives it to a unit."""
    context = observation_context(house, here, observation)
    by = here.by(typed)
    try:
        order = order_of(typed, project=context["row"].project)
        typed.settle()
        duty = house.office.new_id(by, "duty")
        position = commands.raise_duty(house.office, by, observation, duty, order)
    except Refused as refused:
        return again(request, _ONE, typed, refused, **context)
    return done(request, position, _address(here, observation), _("已交办。"))


@router.post(f"{ONE}/photos/erase")
def erase(request: Request, house: TheHouse, here: Keeper, observation: UUID, typed: Form) -> Response:
    """Erases a photo for good."""
    context = observation_context(house, here, observation)
    try:
        file, reason = typed.id("file"), typed.required("photo_reason")
        typed.settle()
        position = commands.erase_photo(house.office, house.private, here.by(typed), observation, file, reason)
    except Refused as refused:
        return again(request, _ONE, typed, refused, **context)
    return done(request, position, _address(here, observation), _("照片已经彻底删除。"))


@router.get(f"{ONE}/photos/{{file}}")
def picture(house: TheHouse, here: OfficeReader, observation: UUID, file: UUID) -> Response:
    """A photo, for the congress's own office."""
    row = known_observation(house, here, observation)
    is_of_it = sees_people(here) and any(one["file"] == str(file) for one in row.photos)
    kept = file_at(house.private, file) if is_of_it else None
    if kept is None or kept.congress != here.congress.id:
        raise NotFound(kind="document", id=str(file))
    return file_response(kept, keep_seconds=3600)


def _entering(house: House, here: Place) -> dict[str, Any]:
    with house.reading.connect() as conn:
        rows = [row for row in volunteers.volunteers_of(conn, here.congress.id) if row.released_on is None]
        projects = project_choices(conn, here.congress.id)
    known = people(house, here, rows)
    named = [
        (str(row.volunteer), f"{known_as(row.number)} {known[row.volunteer].name if row.volunteer in known else ''}")
        for row in rows
    ]
    return {
        "volunteers": named,
        "projects": projects,
        "root": f"/staff/{here.congress.slug}/volunteers",
        **said_words(),
    }


def _address(here: Place, observation: UUID) -> str:
    return f"/staff/{here.congress.slug}/volunteers/observations/{observation}"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
