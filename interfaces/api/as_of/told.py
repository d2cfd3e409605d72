"""Something at an earlier moment as the API tells it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from application.as_of import Past, versions_of
from domain.changes import Change, changes
from domain.shared import NotFound
from interfaces.api._base.callers import At
from interfaces.api.as_of.models import AsOf, FieldShown, ValueShown, VersionShown
from interfaces.web.as_of.course import people_of
from interfaces.web.as_of.moments import asked_for
from interfaces.web.audit.telling import sentence_of
from interfaces.web.audit.values import Names, names_in, told_rows

S = TypeVar("S")


def as_of(
    here: At,
    on: str,
    stream: UUID,
    evolve: Callable[[S | None, Any], S],
    *,
    kind: str,
    name: Callable[[S], str],
    is_ours: Callable[[S], bool],
) -> AsOf:
    """Raises NotFound for what was never there or belongs to another congress, Invalid (on)."""
    house = here.house
    here.shows(stream)
    now = house.office.state_of(stream, evolve)
    if now is None or not is_ours(now):
        raise NotFound(kind=kind, id=str(stream))
    asked = asked_for(on, house.office.now())
    if asked.wrong is not None:
        raise asked.wrong
    until = asked.until or house.office.now()
    then = Past(house.history, until).state_of(stream, evolve)
    return _told(here, stream, name(now), until, then, now)


def _told(here: At, stream: UUID, name: str, until: datetime, then: object, now: object) -> AsOf:
    house = here.house
    versions = versions_of(house.history, stream)
    stood, since = changes(None, then), changes(then, now) if then is not None else ()
    with house.reading.connect() as connection:
        names = names_in(connection, stood, since, [(one.fact, one.changed) for one in versions])
        people = people_of(connection, stream, versions)
    return AsOf(
        id=stream,
        name=name,
        until=until,
        there=then is not None,
        state=[ValueShown(field=one.field, label=one.label, value=one.after) for one in _fields(stood, names)],
        since=_fields(since, names),
        versions=[
            VersionShown(
                version=one.number,
                at=one.at,
                by=one.by,
                by_name=people.get((one.at, one.by), ""),
                said=sentence_of(one.fact, names),
                changed=_fields(one.changed, names),
            )
            for one in reversed(versions)
        ],
    )


def _fields(told: Iterable[Change], names: Names) -> list[FieldShown]:
    return [
        FieldShown(field=".".join(map(str, change.path)), label=row.label, before=row.before, after=row.after)
        for change, row in told_rows(told, names)
    ]
