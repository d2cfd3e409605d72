"""Which volunteers watch which projects, what did they observe, and what came of it? Numbers only, never names."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.supervision.observation import ObservationMade, ObservationPhotoErased, ObservationSettled
from domain.supervision.volunteer import (
    VolunteerAssigned,
    VolunteerEnlisted,
    VolunteerForgotten,
    VolunteerLinkIssued,
    VolunteerLinkRevoked,
    VolunteerReleased,
)
from projections.reading.attached import as_rows
from projections.reading.projection import Projection

metadata = MetaData()

_volunteers = Table(
    "volunteer",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("volunteer", Uuid, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("origin", String, nullable=False),
    Column("enlisted_on", Date, nullable=False),
    Column("released_on", Date),
    Column("released_because", Text, nullable=False),
    Column("link_until", Date),
    Column("forgotten", Boolean, nullable=False),
    Index("volunteer_volunteer", "volunteer", unique=True),
)

_watched = Table(
    "volunteer_project",
    metadata,
    Column("volunteer", Uuid, primary_key=True),
    Column("project", Uuid, primary_key=True),
    Column("place", Integer, nullable=False),
    Index("volunteer_project_project", "project"),
)

_observations = Table(
    "observation",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("observation", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("volunteer", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("project", Uuid, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("place", String, nullable=False),
    Column("photos", JSON, nullable=False),
    Column("on", Date, nullable=False),
    Column("by_link", Boolean, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("duty", Uuid),
    Column("reply", Text, nullable=False),
    Column("settled_on", Date),
    Index("observation_observation", "observation", unique=True),
    Index("observation_volunteer", "volunteer"),
    Index("observation_project", "project"),
)


class VolunteerRow(NamedTuple):
    """A volunteer with how much they observed."""

    congress: UUID
    volunteer: UUID
    number: int
    origin: str
    enlisted_on: date
    released_on: date | None
    released_because: str
    link_until: date | None
    forgotten: bool
    observations: int
    last_on: date | None
    """When they observed something last."""

    def has_link(self, today: date) -> bool:
        """Whether a personal link opens the form."""
        return self.released_on is None and self.link_until is not None and today <= self.link_until


class ObservationRow(NamedTuple):
    """What was observed and what came of it; `outcome` is empty while it waits."""

    congress: UUID
    observation: UUID
    year: int
    volunteer: UUID
    number: int
    project: UUID
    kind: str
    words: str
    place: str
    photos: list[dict[str, Any]]
    on: date
    by_link: bool
    outcome: str
    duty: UUID | None
    reply: str
    settled_on: date | None

    @property
    def waits(self) -> bool:
        """Whether the office has not settled it."""
        return not self.outcome


def volunteers_of(conn: Connection, congress: UUID) -> list[VolunteerRow]:
    """All volunteers of a congress, those serving first, by number."""
    asked = _listed().where(_volunteers.c.congress == congress)
    ordered = asked.order_by(_volunteers.c.released_on.is_not(None), _volunteers.c.number)
    return [VolunteerRow(*row) for row in conn.execute(ordered)]


def volunteer_at(conn: Connection, volunteer: UUID) -> VolunteerRow | None:
    """One volunteer."""
    row = conn.execute(_listed().where(_volunteers.c.volunteer == volunteer)).one_or_none()
    return VolunteerRow(*row) if row else None


def congresses_among(conn: Connection, wanted: Collection[UUID]) -> dict[UUID, UUID]:
    """Of these identities those that are volunteers, each with the congress."""
    query = select(_volunteers.c.volunteer, _volunteers.c.congress).where(_volunteers.c.volunteer.in_(list(wanted)))
    return {row.volunteer: row.congress for row in conn.execute(query.order_by(_volunteers.c.volunteer))}


def watched_by(conn: Connection, volunteers: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The projects of each, in the order of assigning."""
    query = select(_watched).where(_watched.c.volunteer.in_(list(volunteers)))
    found: dict[UUID, list[UUID]] = {volunteer: [] for volunteer in volunteers}
    for row in conn.execute(query.order_by(_watched.c.volunteer, _watched.c.place)):
        found[row.volunteer].append(row.project)
    return found


def observations_of(
    conn: Connection,
    congress: UUID,
    *,
    year: int | None = None,
    volunteer: UUID | None = None,
    project: UUID | None = None,
) -> list[ObservationRow]:
    """What was observed, the newest first."""
    query = select(*_SHOWN).where(_observations.c.congress == congress)
    for column, wanted in (
        (_observations.c.year, year),
        (_observations.c.volunteer, volunteer),
        (_observations.c.project, project),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    return [ObservationRow(*row) for row in conn.execute(query.order_by(_observations.c.position.desc()))]


def observation_at(conn: Connection, observation: UUID) -> ObservationRow | None:
    """One observation."""
    row = conn.execute(select(*_SHOWN).where(_observations.c.observation == observation)).one_or_none()
    return ObservationRow(*row) if row else None


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with observations, newest first."""
    query = select(_observations.c.year).where(_observations.c.congress == congress).distinct()
    return list(conn.scalars(query.order_by(_observations.c.year.desc())))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Follows volunteers and their observations."""
    for notice in noticed:
        match notice.fact:
            case VolunteerEnlisted() as fact:
                _enlist(conn, fact)
            case VolunteerAssigned() as fact:
                conn.execute(delete(_watched).where(_watched.c.volunteer == fact.volunteer))
                _watch(conn, fact.volunteer, fact.projects)
            case VolunteerReleased() as fact:
                _change(conn, fact.volunteer, released_on=fact.on, released_because=fact.reason, link_until=None)
            case VolunteerLinkIssued() as fact:
                _change(conn, fact.volunteer, link_until=fact.until)
            case VolunteerLinkRevoked() as fact:
                _change(conn, fact.volunteer, link_until=None)
            case VolunteerForgotten() as fact:
                _change(conn, fact.volunteer, forgotten=True)
            case ObservationMade() as fact:
                _observe(conn, notice, fact)
            case ObservationSettled() as fact:
                settled = {"outcome": fact.outcome.value, "duty": fact.duty, "reply": fact.words}
                this = _observations.c.observation == fact.observation
                conn.execute(update(_observations).where(this).values(settled_on=fact.on, **settled))
            case ObservationPhotoErased() as fact:
                _erase_photo(conn, fact)


_SHOWN = [column for column in _observations.c if column.name != "position"]


def _listed() -> Any:
    seen = (
        select(_observations.c.volunteer, func.count().label("number"), func.max(_observations.c.on).label("last_on"))
        .group_by(_observations.c.volunteer)
        .subquery()
    )
    counted = (func.coalesce(seen.c.number, 0), seen.c.last_on)
    return select(*_volunteers.c, *counted).outerjoin(seen, seen.c.volunteer == _volunteers.c.volunteer)


def _enlist(conn: Connection, fact: VolunteerEnlisted) -> None:
    conn.execute(
        insert(_volunteers).values(
            congress=fact.congress,
            volunteer=fact.volunteer,
            number=fact.number,
            origin=fact.origin,
            enlisted_on=fact.on,
            released_because="",
            forgotten=False,
        )
    )
    _watch(conn, fact.volunteer, fact.projects)


def _watch(conn: Connection, volunteer: UUID, projects: Sequence[UUID]) -> None:
    rows = [{"volunteer": volunteer, "project": one, "place": place} for place, one in enumerate(projects)]
    if rows:
        conn.execute(insert(_watched), rows)


def _observe(conn: Connection, notice: Noticed, fact: ObservationMade) -> None:
    same = ("congress", "observation", "volunteer", "number", "project", "words", "place", "on", "by_link")
    conn.execute(
        insert(_observations).values(
            position=notice.position,
            year=int(fact.year),
            kind=fact.kind.value,
            photos=as_rows(fact.photos),
            outcome="",
            reply="",
            **{name: getattr(fact, name) for name in same},
        )
    )


def _erase_photo(conn: Connection, fact: ObservationPhotoErased) -> None:
    this = _observations.c.observation == fact.observation
    photos = conn.scalar(select(_observations.c.photos).where(this)) or []
    left = [one for one in photos if one["file"] != str(fact.file)]
    conn.execute(update(_observations).where(this).values(photos=left))


def _change(conn: Connection, volunteer: UUID, **values: object) -> None:
    conn.execute(update(_volunteers).where(_volunteers.c.volunteer == volunteer).values(**values))


PROJECTION = Projection(name="volunteers", shape=1, metadata=metadata, project=project)
