"""A volunteer's personal link: the form for what was observed, and what became of it. No account, no name shown.

The address holds a hundred random bits and is kept as a hash; it ends with its day, with release and with a new link.
It opens this page alone: it writes observations of the volunteer's own projects and reads the volunteer's own.
"""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.private.turns import Allowance, take_turn
from application.private.volunteer_links import KnownLink
from application.supervision.observations import Observed, observe
from application.supervision.volunteers import living_link
from domain.accounts.permissions import RESIDENT
from domain.shared import NotFound, Refused
from domain.supervision.observation import ObservationKind
from domain.supervision.volunteer import Volunteer
from interfaces.composition import House
from interfaces.public import flood
from interfaces.public.flood import FormTooOld, SealedForm
from interfaces.public.proposing.photos import HeldPhoto, attach, held_photos, take_photos
from interfaces.public.proposing.refusals import WrongPhotos
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import speak_of
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties.desk import project_names
from interfaces.web.volunteers.words import OBSERVATION_KINDS, OBSERVATION_OUTCOMES, OUTCOME_TAGS, known_as
from projections import duties, volunteers
from projections.congress_directory import congresses_named

router = APIRouter()

_PAGE: Final = "volunteering/one.html"
_HEADERS: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
LONGEST_SECRET: Final = 40
OBSERVING: Final = Allowance(at_once=20, a_minute=0.5)
"""Of one volunteer: a walk along a street at once, then one in two minutes."""


@router.get("/w/{secret}")
def show(request: Request, house: TheHouse, secret: str) -> Response:
    """The form and what became of earlier observations."""
    link, known = living_link(house.office, house.private, secret[:LONGEST_SECRET])
    form = blank(
        request,
        kind=ObservationKind.PROBLEM.value,
        project=str(known.projects[0]) if len(known.projects) == 1 else "",
    )
    sealed = flood.give_out(house, _purpose(link))
    return page(request, _PAGE, form=form, headers=_HEADERS, **_context(house, secret, link, known, sealed, []))


@router.post("/w/{secret}/observe")
def send(request: Request, house: TheHouse, secret: str, typed: Form) -> Response:
    """Takes an observation in, or gives the form back with everything in it."""
    link, known = living_link(house.office, house.private, secret[:LONGEST_SECRET])
    held: list[HeldPhoto] = []
    try:
        sealed = flood.taken_back(house, _purpose(link), typed.text("sealed"))
    except FormTooOld as old:
        fresh = flood.give_out(house, _purpose(link))
        return again(request, _PAGE, typed, old, **_context(house, secret, link, known, fresh, held))
    by = By(actor=RESIDENT, key=f"observe/{sealed.number}")
    try:
        held = held_photos(house, sealed.holder, typed)
        take_turn(house.private, house.seals.hashed("observe", str(link.volunteer)), OBSERVING, house.office.now())
        seen = _read(house, typed, sealed, link, held)
        observation = house.office.new_id(by, "observation")
        position = observe(house.office, by, link, observation, seen)
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_context(house, secret, link, known, sealed, held))
    return done(request, position, f"/w/{secret}", _("已收到，谢谢您。办公室处理后，结果会显示在下面。"))


def _read(house: House, typed: Typed, sealed: SealedForm, link: KnownLink, held: list[HeldPhoto]) -> Observed:
    """What was typed and the photos that came with it. Raises WrongFields or WrongPhotos."""
    wrong = take_photos(house, sealed.holder, typed, held)
    project, kind = typed.id("project"), typed.choice("kind", ObservationKind)
    words, place = typed.required("words"), typed.text("place")
    typed.settle()
    if wrong:
        raise WrongPhotos(said={"photos": " ".join(wrong)})
    photos = attach(house, link.congress, held)
    return Observed(project=project, kind=kind, words=words, place=place, photos=photos)


def _context(
    house: House, secret: str, link: KnownLink, known: Volunteer, sealed: SealedForm, held: list[HeldPhoto]
) -> dict[str, Any]:
    with house.reading.connect() as conn:
        congress = next(iter(congresses_named(conn, [link.congress])), None)
        if congress is None:
            raise NotFound(kind="volunteer_link", id="")
        speak_of(congress.level)
        names = project_names(conn, link.congress)
        own = volunteers.observations_of(conn, link.congress, volunteer=link.volunteer)
        given = {one.origin: one for one in duties.duties_from(conn, [one.observation for one in own])}
    return {
        "congress": congress,
        "who": known_as(known.number),
        "until": known.link_until,
        "projects": [(str(project), names.get(project, "")) for project in known.projects],
        "names": names,
        "observations": own,
        "duties": _answered(given),
        "kinds": list(OBSERVATION_KINDS.items()),
        "kind_words": OBSERVATION_KINDS,
        "outcomes": OBSERVATION_OUTCOMES,
        "outcome_tags": OUTCOME_TAGS,
        "sealed": sealed,
        "held": held,
        "address": f"/w/{secret}",
    }


def _answered(given: dict[UUID, duties.DutyRow]) -> dict[UUID, duties.DutyRow]:
    """What came of an observation is shown once the office has approved the unit's answer."""
    return {origin: one for origin, one in given.items() if one.stage == "approved"}


def _purpose(link: KnownLink) -> str:
    return f"observe/{link.volunteer}"
