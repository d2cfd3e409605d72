"""Who did what, when: for auditors and administrators."""

import json
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.accounts import COMMAND_LINE
from application.history.book import BOOK
from domain.accounts.permissions import Act
from domain.shared import CHINA, NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place, Seat, Seated, TheHouse, needing
from interfaces.web._base.forms import blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web.audit import words
from projections import audit_trail
from projections.accounts import names_of
from projections.audit_trail import Asked, Entry
from projections.congress_directory import all_congresses

router = APIRouter()

PER_PAGE = 100
AuditDesk = Annotated[Place, Depends(needing(Act.READ_AUDIT))]


def everywhere(seat: Seated) -> Seat:
    """The trail of the whole installation. Raises NotPermitted."""
    seat.actor.require(Act.READ_AUDIT, None)
    return seat


Everywhere = Annotated[Seat, Depends(everywhere)]


@router.get("/staff/{slug}/audit")
def of_congress(request: Request, house: TheHouse, here: AuditDesk) -> Response:
    """The trail of one congress."""
    return _trail(request, house, f"/staff/{here.congress.slug}/audit", here.congress.id)


@router.get("/staff/audit")
def of_installation(request: Request, house: TheHouse, _seat: Everywhere) -> Response:
    """The trail of everything."""
    return _trail(request, house, "/staff/audit", None)


@router.get("/staff/{slug}/audit/{position}")
def one_of_congress(request: Request, house: TheHouse, here: AuditDesk, position: int) -> Response:
    """One fact as it is recorded."""
    return _one(request, house, f"/staff/{here.congress.slug}/audit", here.congress.id, position)


@router.get("/staff/audit/{position}")
def one_of_installation(request: Request, house: TheHouse, _seat: Everywhere, position: int) -> Response:
    """One fact as it is recorded."""
    return _one(request, house, "/staff/audit", None, position)


def _trail(request: Request, house: House, root: str, congress: UUID | None) -> Response:
    query = request.query_params
    concept, since, until = query.get("concept", ""), _day(query.get("since")), _day(query.get("until"))
    asked = Asked(
        congress=congress,
        facts=words.facts_of(concept) if concept in words.CONCEPTS else (),
        by=_account(query.get("by")),
        since=_morning(since),
        until=_morning(until + timedelta(days=1)) if until else None,
    )
    before = query.get("before", "")
    with house.reading.connect() as connection:
        found = audit_trail.entries(
            connection, asked, before=int(before) if before.isdecimal() else None, limit=PER_PAGE + 1
        )
        names = _names(names_of(connection, {entry.by for entry in found if entry.by}))
        congresses = {listed.id: listed.short_name for listed in all_congresses(connection)}
    older = ""
    if len(found) > PER_PAGE:
        kept = {name: value for name, value in query.items() if name != "before"}
        older = str(request.url.replace_query_params(**kept, before=str(found[PER_PAGE - 1].position)).query)
    return page(
        request,
        "audit/trail.html",
        form=blank(request, concept=concept, since=since, until=until),
        entries=found[:PER_PAGE],
        names=names,
        congress_names=congresses if congress is None else {},
        everywhere=congress is None,
        older=older,
        root=root,
        fact_words=words.fact_words,
        concept_options=list(words.CONCEPTS.items()),
    )


def _one(request: Request, house: House, root: str, congress: UUID | None, position: int) -> Response:
    noticed = next(iter(house.history.select(position - 1, 1)), None)
    with house.reading.connect() as connection:
        belongs = audit_trail.congress_of(connection, position)
        names = _names(names_of(connection, {noticed.by} if noticed and noticed.by else ()))
    if noticed is None or noticed.position != position or (congress is not None and belongs != congress):
        raise NotFound(kind="page", id=str(position))
    name = BOOK.entry_of(type(noticed.fact)).name
    entry = Entry(
        position=position,
        at=noticed.at,
        by=noticed.by,
        who="",
        fact=name,
        subject=audit_trail.subject_of(noticed.fact),
        congress=belongs,
    )
    recorded = json.dumps(json.loads(BOOK.encoded(noticed.fact)), ensure_ascii=False, indent=2)
    context: dict[str, Any] = {"entry": entry, "names": names, "recorded": recorded, "stream": noticed.stream}
    return page(request, "audit/one.html", root=root, fact_words=words.fact_words, version=noticed.version, **context)


def _names(found: dict[UUID, str]) -> dict[UUID | None, str]:
    named: dict[UUID | None, str] = dict(found.items())
    return named | {None: _("系统"), COMMAND_LINE.account: _("命令行")}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _morning(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), CHINA) if day else None


def _account(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
