"""What the pages, the exports and the interface for programs read of the trail, and what they keep back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from starlette.requests import Request

from application import as_of
from application.accounts import COMMAND_LINE
from application.history.book import BOOK
from application.history.recorded import Noticed
from domain.accounts.permissions import Act, Actor
from domain.polls import poll as polls
from domain.polls.poll import PollCounted, PollStage
from domain.shared import CHINA, Invalid, NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.language import gettext as _
from interfaces.web.audit import words
from interfaces.web.audit.telling import sentence_of
from interfaces.web.audit.values import Rows, names_in, rows_of
from projections import audit_trail
from projections.accounts import names_of
from projections.audit_trail import Asked, Entry

LAST_POSITION = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it is shown."""

    entry: Entry
    who: str
    """The name of then."""
    now: str
    """The name of today where it is another one."""
    act: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeLine:
    """One line with what changed and the record itself."""

    line: Line
    noticed: Noticed
    changed: Rows
    recorded: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What was asked, as far as it could be read, and the sentences about the rest."""

    asked: Asked
    before: int | None
    wrong: tuple[Invalid, ...] = ()


def filters(request: Request, congress: UUID | None) -> Filters:
    """The parts of the query; a day that is none is told and otherwise left out."""
    query = request.query_params
    wrong: list[Invalid] = []

    def morning(name: str, later: timedelta) -> datetime | None:
        text = query.get(name, "").strip()
        if not text:
            return None
        try:
            return datetime.combine(datetime.fromisoformat(text).date() + later, time(), CHINA)
        except (ValueError, OverflowError):
            wrong.append(Invalid(field=name, reason="date", value=text[:20]))
            return None

    asked = Asked(
        congress=congress,
        facts=_facts(query.get("concept", ""), query.get("kind", "")),
        by=_id(query.get("by")),
        since=morning("since", timedelta()),
        until=morning("until", timedelta(days=1)),
        words=query.get("q", ""),
        about=tuple(filter(None, [_id(query.get("about"))])),
    )
    return Filters(asked=asked, before=_position(query.get("before", "")), wrong=tuple(wrong))


def lines(house: House, connection: Connection, found: Sequence[Entry]) -> list[Line]:
    """Entries with their sentences, made from the facts themselves."""
    noticed = {one.position: one for one in house.history.at(entry.position for entry in found)}
    names = names_in(connection, *(one.fact for one in noticed.values()))
    today = names_of(connection, {entry.by for entry in found if entry.by})
    return [
        Line(
            entry=entry,
            who=entry.who or _nobody(entry.by),
            now=_new_name(entry, today),
            act=words.fact_words(entry.fact),
            said=sentence_of(noticed[entry.position].fact, names, entry.subject),
        )
        for entry in found
        if entry.position in noticed
    ]


def whole_line(house: House, actor: Actor, position: int, congress: UUID | None) -> WholeLine:
    """One line of this congress's trail, of any with None. Raises NotFound."""
    with house.reading.connect() as connection:
        entry = audit_trail.line_at(connection, position) if 0 < position <= LAST_POSITION else None
        noticed = next(iter(house.history.at([position])), None) if entry else None
        if entry is None or noticed is None or (congress is not None and entry.congress != congress):
            raise NotFound(kind="page", id=str(position))
        version = as_of.version_at(house.history, noticed.stream, noticed.version)
        changed = rows_of(version.changed, names_in(connection, version.changed), first=noticed.version == 1)
        (line,) = lines(house, connection, [entry])
    return WholeLine(line=line, noticed=noticed, changed=changed, recorded=recorded_of(house, actor, noticed))


def recorded_of(house: House, actor: Actor, noticed: Noticed) -> dict[str, Any]:
    """The fact as it is stored; the marks of a count that is not declared only for those who count."""
    stored: dict[str, Any] = json.loads(BOOK.encoded(noticed.fact))
    if isinstance(noticed.fact, PollCounted):
        poll = house.office.state_of(noticed.stream, polls.evolve)
        if poll is not None and not may_see_count(actor, poll):
            stored["count"] = _("（宣布以前不显示）")
    return stored


def may_see_count(actor: Actor, poll: polls.Poll) -> bool:
    """Before it is declared a count is shown to those who count, and to nobody else."""
    return poll.stage is PollStage.DECLARED or actor.may(Act.COUNT_POLL, poll.prepared.congress)


def refusal_of(found: Filters) -> Refused | None:
    """What is wrong with the query, if anything."""
    return found.wrong[0] if found.wrong else None


def _nobody(by: UUID | None) -> str:
    return _("命令行") if by == COMMAND_LINE.account else _("系统") if by is None else "–"


def _new_name(entry: Entry, today: dict[UUID, str]) -> str:
    now = today.get(entry.by, "") if entry.by else ""
    return now if entry.who and now != entry.who else ""


def _facts(concept: str, kind: str) -> tuple[str, ...]:
    if kind in words.FACTS:
        return (kind,)
    return words.facts_of(concept) if concept in words.CONCEPTS else ()


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _position(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(LAST_POSITION)) else None
