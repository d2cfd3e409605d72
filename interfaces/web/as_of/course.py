"""The course 沿革 of one thing: its versions with who, when and what changed, and the state of then beside today's."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from application.accounts import COMMAND_LINE
from application.as_of import Past, Version, versions_of
from domain.changes import changes
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.forms import blank, errors_of
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web._base.shown import day, moment
from interfaces.web.as_of.moments import FIELD, Asked, asked_for, exactly
from interfaces.web.audit.telling import sentence_of
from interfaces.web.audit.values import Names, Rows, names_in, rows_of
from projections import audit_trail
from projections.accounts import names_of

S = TypeVar("S")
UNREADABLE = 422
MOST_LINES = 2000
_TO_THE_MINUTE = len("2026-01-15T09:00")
"""What a field for moments shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVersion:
    """One version as it is listed; `link` leads to the state it made.

    What somebody did several times on end and changed no field is one line of `times`, begun at `since`.
    """

    number: int
    at: datetime
    since: datetime
    times: int
    who: str
    said: str
    changed: Rows
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Generic[S]):
    """One thing at the moment that was asked for, and today."""

    stream: UUID
    name: str
    now: S
    then: S | None
    """None before it was there, and where no moment was asked for."""
    asked: Asked
    past: Past | None
    versions: tuple[Version, ...]

    @property
    def until_then(self) -> tuple[Version, ...]:
        """The versions that were there when the moment was over."""
        if self.past is None:
            return self.versions
        last = max((one.number for one in self.versions if one.at <= self.past.until), default=0)
        return tuple(one for one in self.versions if one.number <= last)


def course_of(
    request: Request, house: House, stream: UUID, evolve: Callable[[S | None, Any], S], name: Callable[[S], str]
) -> Course[S]:
    """Raises NotFound for a thing that was never there."""
    now = house.office.state_of(stream, evolve)
    if now is None:
        raise NotFound(kind="page", id=str(stream))
    asked = asked_for(request.query_params.get(FIELD, ""), house.office.now())
    past = Past(house.history, asked.until) if asked.until else None
    return Course(
        stream=stream,
        name=name(now),
        now=now,
        then=past.state_of(stream, evolve) if past else None,
        asked=asked,
        past=past,
        versions=versions_of(house.history, stream),
    )


def shown(
    request: Request,
    house: House,
    course: Course[Any],
    template: str,
    *,
    back: str,
    crumbs: Sequence[tuple[str, str]],
    **context: Any,
) -> Response:
    """The page: a band that says of when it is, the state of then, what has changed since, and all versions."""
    with house.reading.connect() as connection:
        since = changes(course.then, course.now) if course.then is not None else ()
        names = names_in(connection, since, [(one.fact, one.changed) for one in course.versions])
        people = people_of(connection, course.stream, course.versions)
    form = blank(request, **{FIELD: exactly(course.past.until)[:_TO_THE_MINUTE] if course.past else course.asked.typed})
    if course.asked.wrong:
        form.errors.update(errors_of(course.asked.wrong))
    return page(
        request,
        template,
        status=UNREADABLE if course.asked.wrong else 200,
        form=form,
        course=course,
        at=course.past.until if course.past else None,
        at_words=_moment_words(course.asked),
        versions=_together([_shown(request, one, names, people) for one in reversed(course.versions)]),
        since=rows_of(since, names),
        kept=[(key, value) for key, value in request.query_params.items() if key != FIELD],
        here_url=request.url.path,
        back=back,
        trail_of=crumbs,
        **context,
    )


def _shown(
    request: Request, version: Version, names: Names, people: dict[tuple[datetime, UUID | None], str]
) -> ShownVersion:
    return ShownVersion(
        number=version.number,
        at=version.at,
        since=version.at,
        times=1,
        who=people.get((version.at, version.by), "")
        or (_("命令行") if version.by == COMMAND_LINE.account else _("系统")),
        said=sentence_of(version.fact, names),
        changed=rows_of(version.changed, names, first=version.number == 1),
        link="?" + str(request.url.include_query_params(**{FIELD: exactly(version.at)}).query),
    )


def _moment_words(asked: Asked) -> str:
    """The moment as it was meant: a day that was typed is the whole day."""
    if asked.until is None:
        return ""
    return moment(asked.until) if ":" in asked.typed else day(asked.until)


def _together(listed: list[ShownVersion]) -> list[ShownVersion]:
    """Newest first; the last of several equal lines stands for all of them."""
    found: list[ShownVersion] = []
    for one in listed:
        last = found[-1] if found else None
        if last and not (last.changed.rows or one.changed.rows) and (last.who, last.said) == (one.who, one.said):
            found[-1] = replace(last, since=one.at, times=last.times + 1)
        else:
            found.append(one)
    return found


def people_of(
    connection: Connection, stream: UUID, versions: Iterable[Version]
) -> dict[tuple[datetime, UUID | None], str]:
    """Who it was by the names of then, as the trail keeps them; today's where it is behind."""
    done = [one for one in versions if one.by]
    today = names_of(connection, {one.by for one in done if one.by})
    found = {(one.at, one.by): today.get(one.by, "") for one in done if one.by}
    told = audit_trail.entries(connection, audit_trail.Asked(about=[stream]), limit=MOST_LINES)
    return found | {(entry.at, entry.by): entry.who for entry in told if entry.who}
