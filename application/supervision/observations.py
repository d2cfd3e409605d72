"""Commands about what volunteers observe: entered by the office or through the personal link, then settled."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.office import By, Desk, Office
from application.private import files
from application.private.store import PrivateStore
from application.private.volunteer_links import KnownLink
from application.supervision.duties import raise_duty_at
from application.supervision.inquiries import require_adopted
from domain.accounts.permissions import Act
from domain.files import Attached
from domain.shared import NotFound, Refused, Year
from domain.supervision import observation as observations
from domain.supervision import volunteer as volunteers
from domain.supervision.duty import DutyOrder, DutySource, Origin
from domain.supervision.observation import (
    Observation,
    ObservationKind,
    ObservationMade,
    ObservationOutcome,
    ObservationSettled,
)
from domain.supervision.volunteer import VolunteerIsReleased


@dataclass(eq=False)
class NotTheirProject(Refused):
    """The volunteer does not watch this project."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What a volunteer saw. `on` None: today."""

    project: UUID
    kind: ObservationKind
    words: str
    place: str = ""
    photos: tuple[Attached, ...] = ()
    on: date | None = None


def enter_observation(
    office: Office, by: By, congress: UUID, observation: UUID, volunteer: UUID, seen: Observed
) -> int:
    """The office writes down what a volunteer reported.

    Raises NotPermitted, NotFound (volunteer, project), NotTheirProject, VolunteerIsReleased, WrongStage, Missing or
    Invalid.
    """
    by.actor.require(Act.KEEP_SUPERVISION, congress)
    return _observe(office, by, KnownLink(volunteer=volunteer, congress=congress), observation, seen, by_link=False)


def observe(office: Office, by: By, link: KnownLink, observation: UUID, seen: Observed) -> int:
    """A volunteer writes through the personal link, which opens nothing else.

    Raises NotFound (volunteer_link, project), NotTheirProject, WrongStage, Missing or Invalid.
    """
    return _observe(office, by, link, observation, seen, by_link=True)


def take_note(office: Office, by: By, observation: UUID, words: str) -> int:
    """Nothing is to be put right; the volunteer reads why.

    Raises NotPermitted, NotFound, ObservationIsSettled, Missing (words) or Invalid.
    """
    by.actor.require(Act.KEEP_SUPERVISION, known_observation(office, observation).congress)
    fact = ObservationSettled(
        observation=observation,
        outcome=ObservationOutcome.NOTED,
        duty=None,
        words=words,
        on=office.today(),
    )
    return office.change(by, observation, observations.evolve, lambda now: observations.settle_observation(now, fact))


def raise_duty(office: Office, by: By, observation: UUID, duty: UUID, order: DutyOrder, words: str = "") -> int:
    """Gives what was observed to a unit; the project is the observation's. `words` are for the volunteer.

    Raises NotPermitted, NotFound, ObservationIsSettled, Missing or Invalid.
    """
    known = known_observation(office, observation)
    by.actor.require(Act.KEEP_SUPERVISION, known.congress)

    def decide(desk: Desk) -> None:
        now = desk.load(observation, observations.evolve)
        fact = ObservationSettled(
            observation=observation,
            outcome=ObservationOutcome.DUTY,
            duty=duty,
            words=words,
            on=office.today(),
        )
        desk.add(observation, observations.settle_observation(now, fact))
        roster = desk.load(volunteers.volunteers_stream(known.congress), volunteers.evolve)
        number = volunteers.known_volunteer(roster, known.volunteer).number
        origin = Origin(kind=DutySource.OBSERVATION, id=observation, title=f"监督员{number:02}")
        raise_duty_at(desk, office, known.congress, duty, origin, order)

    return office.record(by, decide)


def erase_photo(office: Office, private: PrivateStore, by: By, observation: UUID, file: UUID, reason: str) -> int:
    """Erases a photo for good; the bytes go first. Raises NotPermitted, NotFound, Missing (reason) or Invalid."""
    known = known_observation(office, observation)
    by.actor.require(Act.KEEP_SUPERVISION, known.congress)
    observations.erase_photo(known, observation, file, reason)
    files.erase_file(private, file)
    return office.change(
        by,
        observation,
        observations.evolve,
        lambda now: observations.erase_photo(now, observation, file, reason),
    )


def known_observation(office: Office, observation: UUID) -> Observation:
    """As it stands at this moment. Raises NotFound."""
    return observations.known_observation(office.state_of(observation, observations.evolve), observation)


def _observe(office: Office, by: By, link: KnownLink, observation: UUID, seen: Observed, *, by_link: bool) -> int:
    def decide(desk: Desk) -> None:
        roster = desk.load(volunteers.volunteers_stream(link.congress), volunteers.evolve)
        known = volunteers.known_volunteer(roster, link.volunteer)
        if by_link and not known.may_use_link(office.today()):
            raise NotFound(kind="volunteer_link", id="")
        if known.released:
            raise VolunteerIsReleased(number=known.number)
        if seen.project not in known.projects:
            raise NotTheirProject(number=known.number)
        require_adopted(desk, link.congress, (seen.project,))
        on = seen.on or office.today()
        fact = ObservationMade(
            congress=link.congress,
            year=Year(on.year),
            observation=observation,
            volunteer=link.volunteer,
            number=known.number,
            project=seen.project,
            kind=seen.kind,
            words=seen.words,
            place=seen.place,
            photos=seen.photos,
            on=on,
            by_link=by_link,
        )
        desk.add(observation, observations.make_observation(fact, office.today()))

    return office.record(by, decide)
