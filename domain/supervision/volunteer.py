"""Volunteers 群众义务监督员: enlisted for projects, known by a number; who they are lies in the private store alone.

One stream for all volunteers of a congress, so that numbers follow each other and are never given twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, NotFound, Refused
from domain.supervision.wording import LONGEST_LINE, LONGEST_REASON, line, text

MOST_PROJECTS: Final = 20
MOST_VOLUNTEERS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerEnlisted:
    """Somebody watches projects for the office. `origin` says where they come from, such as 城关街道推荐."""

    congress: UUID
    volunteer: UUID
    number: int
    projects: tuple[UUID, ...]
    origin: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerAssigned:
    """The projects they watch from now on."""

    volunteer: UUID
    projects: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerReleased:
    """They watch no more; the personal link is dead."""

    volunteer: UUID
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerLinkIssued:
    """A personal link was handed out, which opens the observation form until a day; any earlier one is dead."""

    volunteer: UUID
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerLinkRevoked:
    """The personal link opens nothing any more."""

    volunteer: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerForgotten:
    """Name and telephone were erased; the number stays."""

    volunteer: UUID
    on: date


VolunteerFact = (
    VolunteerEnlisted
    | VolunteerAssigned
    | VolunteerReleased
    | VolunteerLinkIssued
    | VolunteerLinkRevoked
    | VolunteerForgotten
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """A volunteer as they stand."""

    number: int
    projects: tuple[UUID, ...]
    origin: str
    released: bool = False
    forgotten: bool = False
    link_until: date | None = None

    def may_use_link(self, today: date) -> bool:
        """Whether the personal link opens anything."""
        return not self.released and self.link_until is not None and today <= self.link_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteers:
    """All volunteers of a congress, those released too."""

    congress: UUID
    known: Mapping[UUID, Volunteer] = field(default_factory=dict)


@dataclass(eq=False)
class VolunteerIsReleased(Refused):
    """They watch no more."""

    number: int


@dataclass(eq=False)
class NoLinkOut(Refused):
    """There is no personal link to take back."""

    number: int


def volunteers_stream(congress: UUID) -> UUID:
    """Where a congress's volunteers stand."""
    return uuid5(congress, "volunteers")


def enlist_volunteer(
    current: Volunteers | None, congress: UUID, volunteer: UUID, *, projects: Iterable[UUID], origin: str, on: date
) -> VolunteerEnlisted:
    """The next number. Raises Missing (projects) or Invalid (projects, origin, volunteer)."""
    known = current.known if current else {}
    if volunteer in known or len(known) >= MOST_VOLUNTEERS:
        raise Invalid(field="volunteer", reason="known", value=str(volunteer))
    return VolunteerEnlisted(
        congress=congress,
        volunteer=volunteer,
        number=max((one.number for one in known.values()), default=0) + 1,
        projects=_watched(projects),
        origin=line("origin", origin, LONGEST_LINE),
        on=on,
    )


def assign_volunteer(
    current: Volunteers | None, volunteer: UUID, projects: Iterable[UUID]
) -> tuple[VolunteerAssigned, ...]:
    """Nothing where nothing changes. Raises NotFound, VolunteerIsReleased, Missing or Invalid."""
    known, watched = _serving(current, volunteer), _watched(projects)
    return () if set(watched) == set(known.projects) else (VolunteerAssigned(volunteer=volunteer, projects=watched),)


def release_volunteer(current: Volunteers | None, volunteer: UUID, reason: str, on: date) -> VolunteerReleased:
    """Raises NotFound, VolunteerIsReleased, Missing (reason) or Invalid."""
    _serving(current, volunteer)
    return VolunteerReleased(volunteer=volunteer, reason=text("reason", reason, LONGEST_REASON), on=on)


def issue_link(current: Volunteers | None, volunteer: UUID, until: date, today: date) -> VolunteerLinkIssued:
    """Raises NotFound, VolunteerIsReleased or Invalid (a day that has passed, or more than 400 days away)."""
    _serving(current, volunteer)
    if not 0 <= (until - today).days <= 400:
        raise Invalid(field="until", reason="link_days", value=until.isoformat())
    return VolunteerLinkIssued(volunteer=volunteer, until=until)


def revoke_link(current: Volunteers | None, volunteer: UUID) -> VolunteerLinkRevoked:
    """Raises NotFound or NoLinkOut."""
    known = known_volunteer(current, volunteer)
    if known.link_until is None:
        raise NoLinkOut(number=known.number)
    return VolunteerLinkRevoked(volunteer=volunteer)


def forget_volunteer(current: Volunteers | None, volunteer: UUID, on: date) -> tuple[VolunteerForgotten, ...]:
    """Said once. Raises NotFound."""
    return () if known_volunteer(current, volunteer).forgotten else (VolunteerForgotten(volunteer=volunteer, on=on),)


def evolve(current: Volunteers | None, fact: VolunteerFact) -> Volunteers:
    """The volunteers after one more fact."""
    if isinstance(fact, VolunteerEnlisted):
        known = dict(current.known) if current else {}
        known[fact.volunteer] = Volunteer(number=fact.number, projects=fact.projects, origin=fact.origin)
        return Volunteers(congress=fact.congress, known=known)
    if current is None:
        raise NotFound(kind="volunteer", id=str(fact.volunteer))
    changed = _moved(known_volunteer(current, fact.volunteer), fact)
    return replace(current, known={**current.known, fact.volunteer: changed})


def _moved(
    known: Volunteer,
    fact: VolunteerAssigned | VolunteerReleased | VolunteerLinkIssued | VolunteerLinkRevoked | VolunteerForgotten,
) -> Volunteer:
    match fact:
        case VolunteerAssigned():
            return replace(known, projects=fact.projects)
        case VolunteerReleased():
            return replace(known, released=True, link_until=None)
        case VolunteerLinkIssued():
            return replace(known, link_until=fact.until)
        case VolunteerLinkRevoked():
            return replace(known, link_until=None)
        case VolunteerForgotten():
            return replace(known, forgotten=True)


def known_volunteer(current: Volunteers | None, volunteer: UUID) -> Volunteer:
    """Raises NotFound."""
    if current is None or volunteer not in current.known:
        raise NotFound(kind="volunteer", id=str(volunteer))
    return current.known[volunteer]


def _serving(current: Volunteers | None, volunteer: UUID) -> Volunteer:
    known = known_volunteer(current, volunteer)
    if known.released:
        raise VolunteerIsReleased(number=known.number)
    return known


def _watched(projects: Iterable[UUID]) -> tuple[UUID, ...]:
    watched = tuple(dict.fromkeys(projects))
    if not watched:
        raise Missing(fields=("projects",))
    if len(watched) > MOST_PROJECTS:
        raise Invalid(field="projects", reason="more_than", value=str(MOST_PROJECTS))
    return watched
