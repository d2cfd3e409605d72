"""Every change of a page leaves its position there: kept pages are dropped by it."""

from uuid import UUID

from sqlalchemy import ColumnElement, Connection, update

from application.history.history import Noticed
from domain.shared import CHINA
from projections.public_page.tables import pages


def change(conn: Connection, notice: Noticed, about: UUID, **values: object) -> None:
    """Something about the project itself has changed."""
    conn.execute(update(pages).where(pages.c.project == about).values(**values, **moment(notice)))


def touch(conn: Connection, notice: Noticed, which: ColumnElement[bool]) -> None:
    """Something around these projects has changed: the pages are older than they look, the projects are not newer."""
    conn.execute(update(pages).where(which).values(position=notice.position))


def moment(notice: Noticed) -> dict[str, object]:
    """When it was."""
    return {"position": notice.position, "updated_on": notice.at.astimezone(CHINA).date()}
