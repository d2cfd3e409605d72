"""Files that somebody sent to be checked: kept for an hour, so that confirming needs no second upload."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, or_, select

from application.private.store import PrivateStore, uploads
from domain.shared import Refused

KEPT_FOR = timedelta(hours=1)
_LONGEST_NAME = 120


@dataclass(eq=False)
class UploadForgotten(Refused):
    """The file was checked too long ago: it has to be sent once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file under the name it came with."""

    name: str
    content: bytes


def keep(
    store: PrivateStore, account: UUID, purpose: str, upload: Upload, now: datetime, made: UUID | None = None
) -> UUID:
    """Keeps a file for whoever sent it and for one purpose; forgets what is too old.

    `made` is its identity where one request that is sent again is to keep it once.
    """
    known = made or uuid4()
    with store.writing() as connection:
        connection.execute(
            delete(uploads).where(or_(uploads.c.kept_until <= int(now.timestamp()), uploads.c.upload == known))
        )
        connection.execute(
            insert(uploads).values(
                upload=known,
                account=account,
                purpose=purpose,
                name=upload.name[-_LONGEST_NAME:],
                content=upload.content,
                kept_until=int((now + KEPT_FOR).timestamp()),
            )
        )
    return known


def kept(store: PrivateStore, account: UUID, purpose: str, upload: UUID, now: datetime) -> Upload:
    """The file, for the account that sent it. Raises UploadForgotten."""
    asked = select(uploads.c.name, uploads.c.content).where(
        uploads.c.upload == upload,
        uploads.c.account == account,
        uploads.c.purpose == purpose,
        uploads.c.kept_until > int(now.timestamp()),
    )
    with store.reading() as connection:
        row = connection.execute(asked).first()
    if row is None:
        raise UploadForgotten
    return Upload(name=row.name, content=row.content)


def sweep(store: PrivateStore, now: datetime) -> None:
    """Forgets what is too old, also when nobody uploads any more."""
    with store.writing() as connection:
        connection.execute(delete(uploads).where(uploads.c.kept_until <= int(now.timestamp())))
