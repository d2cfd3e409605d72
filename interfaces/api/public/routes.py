"""The data everybody may read, without a token, from any site: the same as on the public pages."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import Path, Request
from sqlalchemy import Connection

from domain.asks.answers import Completion
from domain.projects.project import Stage
from domain.shared import NotFound, normal_code
from interfaces.api._base.callers import SLUG, Told
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.public import proposals
from interfaces.api.public.models import (
    ProjectPage,
    PublicCongress,
    Result,
    Target,
    TimelineLine,
    YearList,
    congress_of,
    light_of,
    outcome_of,
    progress_of,
    project_of,
)
from interfaces.public.lists.views import year_list
from interfaces.public.projects import standing, timeline
from interfaces.public.projects.views import responsible
from interfaces.web._base.addressed import level_of
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.language import speak_of
from projections import progress_timeline, public_page, voted_list
from projections.congress_directory import all_congresses
from projections.public_page import PublicPage

router = operations("public", public=True)
router.routes.extend(proposals.router.routes)

TheSlug = Annotated[str, Path(pattern=SLUG, description="大会在地址中的用词。", examples=["qingcheng"])]
TheYear = Annotated[int, Path(ge=1, le=9999, description="年份。", examples=[2026])]
TheCode = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,16}$", description="项目的公开短码。", examples=["7K2M9QXA"])]


@router.get("/congresses", summary="各级大会和有清单的年份")
def congresses(request: Request, house: TheHouse, paging: Paged) -> Page[PublicCongress]:
    """Every congress with the years it has lists for."""
    with house.reading.connect() as connection:
        known, announced = all_congresses(connection), voted_list.all_announced(connection)
    slugs: dict[object, str] = {congress.id: congress.slug for congress in known}
    years = {congress.id: [one.year for one in announced if one.congress == congress.id] for congress in known}
    told: Told = request.state.told
    return paging.part(told, known, lambda c: c.slug, lambda c: congress_of(c, slugs, years[c.id]))


@router.get("/congresses/{slug}/lists/{year}", summary="年度票决清单")
def year_list_of(house: TheHouse, slug: TheSlug, year: TheYear) -> YearList:
    """The annual voted list."""
    with house.reading.connect() as connection:
        listed = year_list(connection, slug, year, house.office.today())
    announced = listed["announced"]
    return YearList(
        congress=slug,
        year=year,
        notice_number=announced.notice_number,
        announced_on=announced.announced_on,
        total_funds=listed["total_funds"],
        projects=[project_of(voted, announced, listed["now"].get(voted.project)) for voted in listed["adopted"]],
    )


@router.get("/congresses/{slug}/results/{year}", summary="宣布的票决结果")
def result(house: TheHouse, slug: TheSlug, year: TheYear) -> Result:
    """What became of every candidate of the year."""
    with house.reading.connect() as connection:
        listed = year_list(connection, slug, year, house.office.today())
    announced, voted = listed["announced"], [*listed["adopted"], *listed["passed_over"]]
    base = voted[0] if voted else None
    return Result(
        congress=slug,
        year=year,
        notice_number=announced.notice_number,
        announced_on=announced.announced_on,
        all_delegates=base.all_delegates if base else None,
        attending=base.attending if base else None,
        needed=base.needed if base and announced.full_counts else None,
        outcomes=[outcome_of(one, announced) for one in voted],
    )


@router.get("/projects/{code}", summary="一个项目和它的经过")
def project(house: TheHouse, code: TheCode) -> ProjectPage:
    """A project as residents see it behind its QR code."""
    with house.reading.connect() as connection:
        page = public_page.page(connection, normal_code(code))
        if page is None:
            raise NotFound(kind="project", id=code)
        speak_of(level_of(house, page.congress))
        return _page(connection, page, f"{house.settings.public_url}/p/{page.code}", house.office.today())


def _page(connection: Connection, page: PublicPage, address: str, today: date) -> ProjectPage:
    card, now = page.card, standing.shown(page.work, page.progress, today)
    by = responsible(page, now)
    entries = progress_timeline.timeline(connection, page.project, progress_timeline.Reader.RESIDENT)
    lines = timeline.lines(entries, with_counts=page.full_counts)
    return ProjectPage(
        code=page.code,
        congress=page.congress_slug,
        year=page.year,
        stage=Stage(page.stage),
        number=page.number,
        name=card["name"],
        category=card["category"],
        purpose=card["purpose"],
        content=card["content"],
        place=card["place"],
        targets=[Target(name=name, amount=Decimal(amount), unit=unit) for name, amount, unit in card["targets"]],
        total_funds=card["total_funds"],
        beneficiaries=card["beneficiaries"],
        beneficiary_count=card["beneficiary_count"],
        starts_on=card["starts_on"],
        finishes_on=card["finishes_on"],
        lead_unit=by.lead,
        duty_phone=by.phone or None,
        progress=progress_of(page, now),
        light=light_of(now),
        completion=Completion(page.completion) if page.completion else None,
        updated_on=page.updated_on,
        address=address,
        timeline=[
            TimelineLine(on=line.on, kind=entry.kind, heading=line.heading, said=line.said, more=list(line.more))
            for entry, line in zip(entries, lines, strict=True)
        ],
    )
