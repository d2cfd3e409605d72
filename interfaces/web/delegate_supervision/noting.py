"""Taking a note on the spot: project, photos, a line of words; sent again it is the same note."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Annotated, Any, Final
from uuid import UUID, uuid5

from fastapi import APIRouter, Query, Request, Response

from application.supervision import notes as commands
from application.supervision.notes import Seen
from domain.shared import NotFound, Refused
from domain.supervision import note as rules
from domain.supervision.note import LONGEST_PLACE, LONGEST_WORDS, MOST_PHOTOS
from interfaces.composition import House
from interfaces.public.proposing.photos import HeldPhoto, attach, held_photos, take_photos
from interfaces.public.proposing.refusals import WrongPhotos
from interfaces.uploads import limits
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Typed, WrongFields, blank, errors_of, refilled
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import led_to, page, retry_headers
from interfaces.web._base.sentences import status_of
from interfaces.web.delegate_supervision.sight import own_inspection
from interfaces.web.supervision.desk import Supervisor, Watched, watched_lately
from projections import groups

router = APIRouter()

PATH: Final = "/delegate/{slug}/supervision/note"
FORM: Final = "delegate_supervision/noting.html"
_LOCATION: Final = {"Permissions-Policy": "camera=(), microphone=(), geolocation=(self), interest-cohort=()"}


@router.get(PATH)
def new(
    request: Request,
    house: TheHouse,
    here: Supervisor,
    project: Annotated[UUID | None, Query()] = None,
    inspection: Annotated[UUID | None, Query()] = None,
) -> Response:
    """The form; on the way from a project or an inspection nothing is left to choose."""
    context = _context(house, here, inspection)
    choices = [value for value, _words in context["projects"]]
    chosen = str(project) if project else (choices[0] if len(choices) == 1 else "")
    form = blank(request, project=chosen, kind="fine")
    return page(request, FORM, form=form, headers=_LOCATION, held=[], **context)


@router.post(PATH)
def take(request: Request, house: TheHouse, here: Supervisor, typed: Form) -> Response:
    """Keeps the photos, then the note. What has arrived once is shown and not taken again."""
    by = here.by(typed)
    note = house.office.new_id(by, "note")
    there = f"{_root(here)}/notes/{note}?kept=1"
    if house.office.state_of(note, rules.evolve) is not None:
        return led_to(request, there)
    held = held_photos(house, here.actor.account, typed, most=MOST_PHOTOS)
    try:
        project, seen = _read(house, here, typed, held)
        held = [replace(one, id=uuid5(note, sha256(one.content).hexdigest())) for one in held]
        seen = replace(seen, photos=attach(house, here.congress.id, held))
        position = commands.take_note(house.office, by, project, note, seen)
    except Refused as refused:
        return _again(request, house, here, typed, refused, held)
    house.followers.wait_for(position)
    return led_to(request, there)


def _read(house: House, here: Place, typed: Typed, held: list[HeldPhoto]) -> tuple[UUID, Seen]:
    """Everything that is wrong at once, photos too. Raises WrongPhotos or WrongFields."""
    wrong = take_photos(house, here.actor.account, typed, held, most=MOST_PHOTOS)
    project = typed.id("project")
    is_problem = typed.text("kind") == "problem"
    if is_problem or not held:
        typed.required("words")
    inspection = typed.id("inspection") if typed.text("inspection") else None
    try:
        typed.settle()
    except WrongFields as refused:
        if wrong:
            raise WrongPhotos(said={"photos": " ".join(wrong), **errors_of(refused)}) from None
        raise
    if wrong:
        raise WrongPhotos(said={"photos": " ".join(wrong)})
    longitude, latitude = _coordinate(typed, "longitude", 180), _coordinate(typed, "latitude", 90)
    is_placed = longitude is not None and latitude is not None
    seen = Seen(
        words=typed.text("words"),
        is_problem=is_problem,
        place=typed.text("place"),
        longitude=longitude if is_placed else None,
        latitude=latitude if is_placed else None,
        inspection=inspection,
    )
    return project, seen


def _again(
    request: Request, house: House, here: Place, typed: Typed, refused: Refused, held: list[HeldPhoto]
) -> Response:
    text = typed.text("inspection")
    context = _context(house, here, UUID(text) if _is_id(text) else None)
    return page(
        request,
        FORM,
        form=refilled(request, typed, refused),
        status=status_of(refused),
        headers={**_LOCATION, **retry_headers(refused)},
        held=held,
        **context,
    )


def _context(house: House, here: Place, inspection: UUID | None) -> dict[str, Any]:
    if here.delegate is None:
        raise NotFound(kind="delegate", id="")
    with house.reading.connect() as conn:
        row = own_inspection(conn, here, inspection) if inspection else None
        watched = watched_lately(conn, here.congress.id)
        own = {one.project for one in groups.groups_of_delegate(conn, here.congress.id, here.delegate)}
    offered = [one for one in watched if row is None or one.project in row.projects]
    offered.sort(key=lambda one: (one.project not in own, -one.year, one.number))
    return {
        "projects": _choices(offered, house.office.today().year),
        "inspection": row,
        "most": {
            "words": LONGEST_WORDS,
            "place": LONGEST_PLACE,
            "photos": MOST_PHOTOS,
            "photo_mb": limits.PHOTO_BYTES // 1024 // 1024,
        },
        "root": _root(here),
    }


def _choices(offered: list[Watched], year: int) -> list[tuple[str, str]]:
    return [
        (str(one.project), one.name if one.year == year else _("%(year)s 年 %(name)s", year=one.year, name=one.name))
        for one in offered
    ]


def _coordinate(typed: Typed, name: str, limit: int) -> Decimal | None:
    """As the phone's location gave it, to some ten metres; anything else is as if it had given none."""
    try:
        value = Decimal(typed.text(name)).quantize(Decimal("0.0001"))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) <= limit else None


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _root(here: Place) -> str:
    return f"/delegate/{here.congress.slug}/supervision"
