"""Reminds administrators on their first page when a backup is due."""

from sqlalchemy import Connection

from domain.accounts.permissions import Act
from interfaces.composition import House
from interfaces.web._base.asking import Seat
from projections import backup_shelf


def is_due(house: House, seat: Seat, connection: Connection) -> bool:
    """Whether this person takes backups and the last one is too long ago; for `backup/_due.html`."""
    return seat.actor.may(Act.TAKE_BACKUP, None) and backup_shelf.reminder(connection, house.office.now())
