"""What the pages about volunteers share."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends

from application.private import contacts
from application.private.contacts import Contact
from domain.accounts.permissions import Act
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import gettext as _
from interfaces.web.duties import views as duty_views
from interfaces.web.duties.desk import order_choices, project_names
from interfaces.web.volunteers.words import (
    KIND_TAGS,
    OBSERVATION_KINDS,
    OBSERVATION_OUTCOMES,
    OUTCOME_TAGS,
    known_as,
)
from projections import duties, volunteers
from projections.volunteers import ObservationRow, VolunteerRow

Keeper = Annotated[Place, Depends(needing(Act.KEEP_SUPERVISION))]


def sees_people(here: Place) -> bool:
    """Whether names, telephones and photos are shown: to the congress's own office, not from above."""
    return here.may(Act.READ_CONTACTS) and here.read_from is None


def known_volunteer(house: House, here: Place, volunteer: UUID) -> VolunteerRow:
    """A volunteer of this congress. Raises NotFound."""
    with house.reading.connect() as conn:
        row = volunteers.volunteer_at(conn, volunteer)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="volunteer", id=str(volunteer))
    return row


def known_observation(house: House, here: Place, observation: UUID) -> ObservationRow:
    """An observation of this congress. Raises NotFound."""
    with house.reading.connect() as conn:
        row = volunteers.observation_at(conn, observation)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="observation", id=str(observation))
    return row


def contact_typed(typed: Typed) -> Contact:
    """How to reach a volunteer, as it was typed."""
    return Contact(name=typed.text("name"), phone=typed.text("phone"), address=typed.text("address"))


def people(house: House, here: Place, listed: list[VolunteerRow]) -> dict[UUID, Contact]:
    """How to reach them, for whoever may see it."""
    return contacts.contacts_of(house.private, [one.volunteer for one in listed]) if sees_people(here) else {}


def said_words() -> dict[str, Any]:
    """How kinds and outcomes are said."""
    return {
        "kinds": OBSERVATION_KINDS,
        "outcomes": OBSERVATION_OUTCOMES,
        "kind_tags": KIND_TAGS,
        "outcome_tags": OUTCOME_TAGS,
        "known_as": known_as,
    }


def volunteer_context(house: House, here: Place, volunteer: UUID) -> dict[str, Any]:
    """What the page of one volunteer shows, and what may be done there."""
    row = known_volunteer(house, here, volunteer)
    today = house.office.today()
    with house.reading.connect() as conn:
        names = project_names(conn, here.congress.id)
        watched = volunteers.watched_by(conn, [volunteer])[volunteer]
        seen = volunteers.observations_of(conn, here.congress.id, volunteer=volunteer)
    keeps = here.may(Act.KEEP_SUPERVISION)
    return {
        "row": row,
        "who": known_as(row.number),
        "contact": people(house, here, [row]).get(volunteer),
        "sees_people": sees_people(here),
        "watched": [(project, names.get(project, "")) for project in watched],
        "observations": seen,
        "names": names,
        "has_link": row.has_link(today),
        "may_keep": keeps and row.released_on is None,
        "may_forget": keeps and sees_people(here) and not row.forgotten,
        "root": f"/staff/{here.congress.slug}/volunteers",
        "address": f"/staff/{here.congress.slug}/volunteers/{volunteer}",
        **said_words(),
    }


def observation_context(house: House, here: Place, observation: UUID) -> dict[str, Any]:
    """What the page of one observation shows, and what may be done there."""
    row = known_observation(house, here, observation)
    keeps = here.may(Act.KEEP_SUPERVISION)
    with house.reading.connect() as conn:
        names = project_names(conn, here.congress.id)
        left = duty_views.shown_all(duties.duties_from(conn, [observation]), names, house.office.today())
        choices = order_choices(conn, here.congress.id) if keeps else {"units": [], "project_choices": []}
    return {
        "row": row,
        "who": known_as(row.number),
        "project_name": names.get(row.project, ""),
        "duties": left,
        "sees_people": sees_people(here),
        "may_settle": keeps and row.waits,
        "may_erase": keeps and sees_people(here),
        "photo_choices": [(one["file"], _("照片 %(n)s", n=place)) for place, one in enumerate(row.photos, 1)],
        "root": f"/staff/{here.congress.slug}/volunteers",
        "address": f"/staff/{here.congress.slug}/volunteers/observations/{observation}",
        **choices,
        **said_words(),
    }
