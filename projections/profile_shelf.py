"""Which rule profiles does a congress keep, in which version, and which of them were adopted?"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Uuid,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.polls.profile import ProfileAdopted, ProfileDrafted, ProfileRevised
from projections.reading.projection import Projection

metadata = MetaData()

_profiles = Table(
    "profile_shelf",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("profile", Uuid, primary_key=True),
    Column("title", String(400), nullable=False),
    Column("form", String(16), nullable=False),
    Column("quota", Integer),
    Column("version", Integer, nullable=False),
    Column("session", Uuid),
    Column("adopted_on", Date),
    Column("decision", String, nullable=False),
    Column("drafted", BigInteger, nullable=False),
    Index("profile_shelf_profile", "profile"),
)


class ShelvedProfile(NamedTuple):
    """A profile as lists show it; `adopted_on` is None for a draft."""

    id: UUID
    title: str
    form: str
    quota: int | None
    version: int
    session: UUID | None
    adopted_on: date | None
    decision: str

    @property
    def is_adopted(self) -> bool:
        """Whether it is locked."""
        return self.adopted_on is not None


def profiles_of(connection: Connection, congress: UUID) -> list[ShelvedProfile]:
    """Every profile of a congress, the newest first."""
    rows = connection.execute(_listed(congress).order_by(_profiles.c.drafted.desc()))
    return [ShelvedProfile._make(row) for row in rows]


def adopted_profiles(connection: Connection, congress: UUID) -> list[ShelvedProfile]:
    """The adopted ones, the one adopted last first."""
    asked = _listed(congress).where(_profiles.c.adopted_on.is_not(None))
    rows = connection.execute(asked.order_by(_profiles.c.adopted_on.desc(), _profiles.c.drafted.desc()))
    return [ShelvedProfile._make(row) for row in rows]


def _listed(congress: UUID) -> Select[tuple[UUID, str, str, int | None, int, UUID | None, date | None, str]]:
    columns = _profiles.c
    return select(
        columns.profile,
        columns.title,
        columns.form,
        columns.quota,
        columns.version,
        columns.session,
        columns.adopted_on,
        columns.decision,
    ).where(columns.congress == congress)


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a profile."""
    for notice in noticed:
        match notice.fact:
            case ProfileDrafted(congress=congress, rules=rules):
                connection.execute(
                    insert(_profiles).values(
                        congress=congress,
                        profile=notice.stream,
                        title=rules.title,
                        form=rules.form.value,
                        quota=rules.quota,
                        version=1,
                        decision="",
                        drafted=notice.position,
                    )
                )
            case ProfileRevised(rules=rules):
                again = {"title": rules.title, "form": rules.form.value, "quota": rules.quota}
                _change(connection, notice, version=_profiles.c.version + 1, **again)
            case ProfileAdopted() as adopted:
                by = {"adopted_on": adopted.on, "decision": adopted.decision}
                _change(connection, notice, session=adopted.session, **by)


def _change(connection: Connection, notice: Noticed, **values: object) -> None:
    connection.execute(update(_profiles).where(_profiles.c.profile == notice.stream).values(**values))


PROJECTION = Projection(name="profile_shelf", shape=1, metadata=metadata, project=project)
