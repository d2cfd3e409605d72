"""Backups by one button: made, read back and handed over as a download; never kept here."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import IO, Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import StreamingResponse

from application.backups.recording import record_backup, require_backup
from application.backups.taking import Taken, take
from application.signing_in import confirm_password
from domain.backups.backup import Way
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Seat, Seated, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.pages import again, page
from projections import backup_shelf
from projections.accounts import names_of

router = APIRouter()

HERE: Final = "/staff/backup"
_CHUNK: Final = 256 * 1024
_one_at_a_time = Lock()


@dataclass(eq=False)
class BackupGoesOn(Refused):
    """Somebody makes one already; two would only slow each other down."""


def keeper(seat: Seated) -> Seat:
    """An administrator of the whole installation. Raises NotPermitted."""
    require_backup(seat.actor)
    return seat


Keeper = Annotated[Seat, Depends(keeper)]


@router.get(HERE)
def last(request: Request, house: TheHouse, _seat: Keeper) -> Response:
    """When the last were taken, and the button."""
    return page(request, "backup/backup.html", form=blank(request), **_context(house))


@router.post(HERE)
def download(request: Request, house: TheHouse, seat: Keeper, typed: Form) -> Response:
    """Makes a backup, reads it back, records that it was taken, and hands it over."""
    try:
        confirm_password(house.office, house.private, seat.actor.account, typed.secret("password"))
        with _alone(), _folder(house) as folder:
            name = f"piaojue-{house.office.now():%Y%m%d-%H%M}.zip"
            taken = take(
                house.settings.storage_url, house.private, folder / name, house.office.now(), while_voting=False
            )
            record_backup(house.office, seat.by(typed), taken, Way.PAGE)
            content = (folder / name).open("rb")
    except Refused as refused:
        return again(request, "backup/backup.html", typed, refused, **_context(house))
    return _handed_over(content, name, taken)


def _context(house: House) -> dict[str, Any]:
    with house.reading.connect() as connection:
        backups = backup_shelf.last_backups(connection)
        names = names_of(connection, {backup.by for backup in backups if backup.by})
        due = backup_shelf.reminder(connection, house.office.now())
    return {"backups": backups, "names": names, "due": due}


@contextmanager
def _alone() -> Iterator[None]:
    """Raises BackupGoesOn."""
    if not _one_at_a_time.acquire(blocking=False):
        raise BackupGoesOn
    try:
        yield
    finally:
        _one_at_a_time.release()


@contextmanager
def _folder(house: House) -> Iterator[Path]:
    """A folder of our own that is gone at the end of the block: an open file can be read on without a name."""
    house.settings.data.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix="backup-", dir=house.settings.data))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _handed_over(content: IO[bytes], name: str, taken: Taken) -> Response:
    def pieces() -> Iterator[bytes]:
        with content:
            yield from iter(partial(content.read, _CHUNK), b"")

    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(taken.bytes),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(pieces(), media_type="application/zip", headers=headers)
