"""Which API tokens are there, whose, for what and until when?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Date,
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
from domain.accounts.api_token import ApiTokenIssued, ApiTokenRevoked
from domain.accounts.scopes import Scope
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

_tokens = Table(
    "api_token",
    metadata,
    Column("token", Uuid, primary_key=True),
    Column("congress", Uuid, index=True),
    Column("account", Uuid, nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("revoked_at", Moment),
    Column("issued", BigInteger, nullable=False),
)


class ListedToken(NamedTuple):
    """A token as lists show it; `congress` None reaches wherever its account may act."""

    id: UUID
    congress: UUID | None
    account: UUID
    name: str
    scopes: tuple[Scope, ...]
    issued_at: datetime
    expires_on: date
    revoked_at: datetime | None

    def lives_on(self, today: date) -> bool:
        """Whether it can be used on this day, as long as its account can."""
        return self.revoked_at is None and today <= self.expires_on


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a token."""
    for notice in noticed:
        match notice.fact:
            case ApiTokenIssued() as issued:
                connection.execute(
                    insert(_tokens).values(
                        token=notice.stream,
                        congress=issued.congress,
                        account=issued.account,
                        name=issued.name,
                        scopes=[scope.value for scope in issued.scopes],
                        issued_at=notice.at,
                        expires_on=issued.expires_on,
                        revoked_at=None,
                        issued=notice.position,
                    )
                )
            case ApiTokenRevoked():
                row = update(_tokens).where(_tokens.c.token == notice.stream)
                connection.execute(row.values(revoked_at=notice.at))


def tokens_of(connection: Connection, account: UUID) -> list[ListedToken]:
    """All tokens an account ever had, the newest first."""
    return _found(connection, _listed().where(_tokens.c.account == account))


def tokens_reaching(connection: Connection, congress: UUID) -> list[ListedToken]:
    """The tokens made for one congress, the newest first."""
    return _found(connection, _listed().where(_tokens.c.congress == congress))


def all_tokens(connection: Connection) -> list[ListedToken]:
    """Every token of the installation, the newest first."""
    return _found(connection, _listed())


def token_named(connection: Connection, token: UUID) -> ListedToken | None:
    """One token."""
    return next(iter(_found(connection, _listed().where(_tokens.c.token == token))), None)


def _listed() -> Select[tuple[UUID, UUID | None, UUID, str, list[str], datetime, date, datetime | None]]:
    columns = _tokens.c
    return select(
        columns.token,
        columns.congress,
        columns.account,
        columns.name,
        columns.scopes,
        columns.issued_at,
        columns.expires_on,
        columns.revoked_at,
    ).order_by(columns.issued.desc())


def _found(
    connection: Connection,
    asked: Select[tuple[UUID, UUID | None, UUID, str, list[str], datetime, date, datetime | None]],
) -> list[ListedToken]:
    return [
        ListedToken._make((*row[:4], tuple(Scope(scope) for scope in row.scopes), *row[5:]))
        for row in connection.execute(asked)
    ]


PROJECTION = Projection(name="api_tokens", shape=1, metadata=metadata, project=project)
