"""Who did what, when, and what changed: for auditors and administrators."""

import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from domain.accounts.permissions import Act, Actor
from interfaces.composition import House
from interfaces.web._base.asking import Place, Seat, Seated, TheHouse, needing
from interfaces.web._base.forms import blank, errors_of
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web.audit import export, words
from interfaces.web.audit.reading import Filters, filters, lines, whole_line
from projections import audit_trail
from projections.accounts import names_of
from projections.congress_directory import all_congresses

router = APIRouter()

PER_PAGE = 100
UNREADABLE = 422
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


@router.get("/staff/{slug}/audit/trail.xlsx")
def workbook_of_congress(request: Request, house: TheHouse, here: AuditDesk) -> Response:
    """What the filter finds, as a workbook."""
    asked = filters(request, here.congress.id).asked
    return export.as_xlsx(house, asked, _("%(name)s操作记录", name=here.congress.short_name))


@router.get("/staff/{slug}/audit/trail.csv")
def list_of_congress(request: Request, house: TheHouse, here: AuditDesk) -> Response:
    """What the filter finds, as a list without end."""
    asked = filters(request, here.congress.id).asked
    return export.as_csv(house, asked, _("%(name)s操作记录", name=here.congress.short_name))


@router.get("/staff/audit/trail.xlsx")
def workbook_of_installation(request: Request, house: TheHouse, _seat: Everywhere) -> Response:
    """What the filter finds, as a workbook."""
    return export.as_xlsx(house, filters(request, None).asked, _("全部记录"))


@router.get("/staff/audit/trail.csv")
def list_of_installation(request: Request, house: TheHouse, _seat: Everywhere) -> Response:
    """What the filter finds, as a list without end."""
    return export.as_csv(house, filters(request, None).asked, _("全部记录"))


@router.get("/staff/{slug}/audit/{position}")
def one_of_congress(request: Request, house: TheHouse, here: AuditDesk, position: int) -> Response:
    """One fact: what it says, what it changed, how it is recorded."""
    return _one(request, house, f"/staff/{here.congress.slug}/audit", here.actor, here.congress.id, position)


@router.get("/staff/audit/{position}")
def one_of_installation(request: Request, house: TheHouse, seat: Everywhere, position: int) -> Response:
    """One fact: what it says, what it changed, how it is recorded."""
    return _one(request, house, "/staff/audit", seat.actor, None, position)


def _trail(request: Request, house: House, root: str, congress: UUID | None) -> Response:
    found = filters(request, congress)
    query = request.query_params
    with house.reading.connect() as connection:
        entries = audit_trail.entries(connection, found.asked, before=found.before, limit=PER_PAGE + 1)
        told = lines(house, connection, entries[:PER_PAGE])
        congresses = {listed.id: listed.short_name for listed in all_congresses(connection)}
        person = names_of(connection, [found.asked.by]).get(found.asked.by, "") if found.asked.by else ""
        about = audit_trail.labels_of(connection, found.asked.about)
    form = blank(request, **{name: query.get(name, "") for name in ("q", "concept", "kind", "since", "until")})
    for wrong in found.wrong:
        form.errors.update(errors_of(wrong))
    return page(
        request,
        "audit/trail.html",
        status=UNREADABLE if found.wrong else 200,
        form=form,
        lines=[] if found.wrong else told,
        congress_names=congresses if congress is None else {},
        everywhere=congress is None,
        older=_older(request, found, [entry.position for entry in entries]),
        filtered=_query(request),
        person=person,
        about=next(iter(about.values()), ""),
        kept=[(name, query[name]) for name in ("by", "about") if query.get(name)],
        root=root,
        concept_options=list(words.CONCEPTS.items()),
        kind_options=[(fact, said) for fact, said in words.FACTS.items() if _fits(fact, query.get("concept", ""))],
    )


def _fits(fact: str, concept: str) -> bool:
    return concept not in words.CONCEPTS or fact in words.facts_of(concept)


def _older(request: Request, found: Filters, positions: list[int]) -> str:
    if found.wrong or len(positions) <= PER_PAGE:
        return ""
    return str(request.url.include_query_params(before=positions[PER_PAGE - 1]).query)


def _query(request: Request) -> str:
    return str(request.url.remove_query_params("before").query)


def _one(request: Request, house: House, root: str, actor: Actor, congress: UUID | None, position: int) -> Response:
    found = whole_line(house, actor, position, congress)
    return page(
        request,
        "audit/one.html",
        root=root,
        line=found.line,
        changed=found.changed,
        noticed=found.noticed,
        recorded=json.dumps(found.recorded, ensure_ascii=False, indent=2),
    )
