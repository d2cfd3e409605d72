"""Commands about volunteers: enlisted, assigned, given a personal link, released, forgotten.

Who they are lies in the private store under the volunteer's identity; facts carry the number.
"""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from application.congress import existing
from application.office import Busy, By, Desk, Office
from application.private import contacts, volunteer_links
from application.private.contacts import Contact
from application.private.slips import new_secret
from application.private.store import PrivateStore
from application.private.volunteer_links import KnownLink
from application.supervision.inquiries import require_adopted
from domain.accounts.permissions import RESIDENT, Act
from domain.shared import Missing, NotFound, Refused
from domain.supervision import volunteer as volunteers
from domain.supervision.volunteer import Volunteer, VolunteerFact, Volunteers

Decide = Callable[[Desk, Volunteers | None], tuple[VolunteerFact, ...]]


def enlist_volunteer(
    office: Office,
    private: PrivateStore,
    by: By,
    congress: UUID,
    volunteer: UUID,
    who: Contact,
    *,
    projects: tuple[UUID, ...],
    origin: str = "",
) -> int:
    """Gives the next number.

    Raises NotPermitted, NotFound (project), WrongStage, Missing (name, projects) or Invalid.
    """
    by.actor.require(Act.KEEP_SUPERVISION, congress)
    _require_name(who)
    is_new = volunteer not in known_volunteers(office, congress)
    if is_new:
        contacts.keep_contact(private, volunteer, congress, who, office.now())

    def decide(desk: Desk, known: Volunteers | None) -> tuple[VolunteerFact, ...]:
        existing(desk, congress)
        require_adopted(desk, congress, projects)
        today = office.today()
        return (volunteers.enlist_volunteer(known, congress, volunteer, projects=projects, origin=origin, on=today),)

    try:
        return _change(office, by, congress, decide)
    except Busy:
        raise  # perhaps it is recorded after all
    except Refused:
        if is_new:
            contacts.erase_contact(private, volunteer)
        raise


def change_volunteer(
    office: Office,
    private: PrivateStore,
    by: By,
    congress: UUID,
    volunteer: UUID,
    who: Contact | None,
    projects: tuple[UUID, ...],
) -> int:
    """Other projects, and how to reach them put right; None leaves that as it is.

    Raises NotPermitted, NotFound, VolunteerIsReleased, WrongStage, Missing or Invalid.
    """
    if who is not None:
        by.actor.require(Act.READ_CONTACTS, congress)
        _require_name(who)

    def decide(desk: Desk, known: Volunteers | None) -> tuple[VolunteerFact, ...]:
        before = volunteers.known_volunteer(known, volunteer).projects
        require_adopted(desk, congress, tuple(one for one in projects if one not in before))
        return volunteers.assign_volunteer(known, volunteer, projects)

    position = _keep(office, by, congress, decide)
    if who is not None and not volunteer_at(office, congress, volunteer).forgotten:
        contacts.keep_contact(private, volunteer, congress, who, office.now())
    return position


def release_volunteer(
    office: Office, private: PrivateStore, by: By, congress: UUID, volunteer: UUID, reason: str
) -> int:
    """They watch no more. Raises NotPermitted, NotFound, VolunteerIsReleased or Missing (reason)."""
    today = office.today()
    position = _keep(
        office,
        by,
        congress,
        lambda _, known: (volunteers.release_volunteer(known, volunteer, reason, today),),
    )
    volunteer_links.drop_link(private, volunteer)
    return position


def issue_link(
    office: Office, private: PrivateStore, by: By, congress: UUID, volunteer: UUID, until: date
) -> tuple[int, str]:
    """A personal link until a day, and its secret, which is shown once and kept as a hash only.

    A form that is sent twice makes the link anew: the last secret counts. Raises NotPermitted, NotFound,
    VolunteerIsReleased or Invalid (until).
    """
    today = office.today()
    position = _keep(office, by, congress, lambda _, known: (volunteers.issue_link(known, volunteer, until, today),))
    secret = new_secret()
    volunteer_links.keep_link(private, congress, volunteer, secret, until)
    return position, secret


def revoke_link(office: Office, private: PrivateStore, by: By, congress: UUID, volunteer: UUID) -> int:
    """The link opens nothing any more. Raises NotPermitted, NotFound or NoLinkOut."""
    position = _keep(office, by, congress, lambda _, known: (volunteers.revoke_link(known, volunteer),))
    volunteer_links.drop_link(private, volunteer)
    return position


def forget_volunteer(office: Office, private: PrivateStore, by: By, congress: UUID, volunteer: UUID) -> int:
    """Erases name and telephone for good. Raises NotPermitted or NotFound."""
    by.actor.require(Act.READ_CONTACTS, congress)
    volunteer_at(office, congress, volunteer)
    contacts.erase_contact(private, volunteer)
    today = office.today()
    return _keep(office, by, congress, lambda _, known: volunteers.forget_volunteer(known, volunteer, today))


def forget_those_left(office: Office, private: PrivateStore, old: Mapping[UUID, UUID]) -> None:
    """What the retention asks for, volunteers with their congresses: whoever was released is forgotten.

    How to reach those who serve is still needed, so their retention begins anew.
    """
    for volunteer, congress in old.items():
        known = known_volunteers(office, congress).get(volunteer)
        if known is None or not known.released:
            contacts.still_needed(private, [volunteer], office.now())
            continue
        contacts.erase_contact(private, volunteer)
        by = By(actor=RESIDENT, key=f"forgotten/{volunteer}")
        _change(office, by, congress, _forgetting(volunteer, office.today()))


def living_link(office: Office, private: PrivateStore, secret: str) -> tuple[KnownLink, Volunteer]:
    """Whose personal link this is, while it opens anything. Raises NotFound."""
    known = volunteer_links.link_of(private, secret)
    state = known_volunteers(office, known.congress).get(known.volunteer) if known else None
    if known is None or state is None or not state.may_use_link(office.today()):
        raise NotFound(kind="volunteer_link", id="")
    return known, state


def known_volunteers(office: Office, congress: UUID) -> dict[UUID, Volunteer]:
    """All there are at this moment."""
    state = office.state_of(volunteers.volunteers_stream(congress), volunteers.evolve)
    return dict(state.known) if state else {}


def volunteer_at(office: Office, congress: UUID, volunteer: UUID) -> Volunteer:
    """Raises NotFound."""
    known = known_volunteers(office, congress)
    if volunteer not in known:
        raise NotFound(kind="volunteer", id=str(volunteer))
    return known[volunteer]


def _forgetting(volunteer: UUID, today: date) -> Decide:
    return lambda _, known: volunteers.forget_volunteer(known, volunteer, today)


def _keep(office: Office, by: By, congress: UUID, decide: Decide) -> int:
    by.actor.require(Act.KEEP_SUPERVISION, congress)
    return _change(office, by, congress, decide)


def _change(office: Office, by: By, congress: UUID, decide: Decide) -> int:
    stream = volunteers.volunteers_stream(congress)

    def at(desk: Desk) -> None:
        desk.add(stream, *decide(desk, desk.load(stream, volunteers.evolve)))

    return office.record(by, at)


def _require_name(who: Contact) -> None:
    if not who.name.strip():
        raise Missing(fields=("name",))
