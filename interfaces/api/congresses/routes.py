"""The congresses of the installation."""

from uuid import UUID

from pydantic import Field

from application import congress as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.congress import Level
from domain.shared import NotFound
from interfaces.api._base.callers import SLUG, At, Caller, Here, TheCaller
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Shown, Whole
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.web._base.asking import open_from_above
from projections.congress_directory import ListedCongress, all_congresses, congress_at

router = operations("congresses", read=Scope.CONGRESS_READ, write=Scope.CONGRESS_WRITE)

PATH = "/congresses"


class CongressNames(Asked):
    """What of a congress can be put right."""

    name: str = Field(pattern=LINE, max_length=200, description="全称。", examples=["青城市人民代表大会"])
    short_name: str = Field(
        default="", pattern=MAYBE_LINE, max_length=80, description="简称；为空则同全称。", examples=["青城市"]
    )
    term: Whole = Field(ge=1, le=99, description="届次。", examples=[16])


class NewCongress(CongressNames):
    """A body that enters the installation."""

    slug: str = Field(
        pattern=SLUG,
        min_length=2,
        max_length=32,
        description="在地址中的用词：小写字母、数字和连字符，以字母开头，不能更改。",
        examples=["qingcheng"],
    )
    level: Level = Field(description="层级。", examples=["city"])
    parent: str | None = Field(
        default=None, pattern=SLUG, description="上级大会在地址中的用词；没有上级则为 null。", examples=[None]
    )


class Congress(Shown):
    """A congress."""

    id: UUID = Field(description="标识。", examples=["a3b4d7e8-2f5c-5d11-9c3e-0d5a7f0c9b21"])
    slug: str = Field(description="在地址中的用词。", examples=["qingcheng"])
    name: str = Field(description="全称。", examples=["青城市人民代表大会"])
    short_name: str = Field(description="简称。", examples=["青城市"])
    level: Level = Field(description="层级。", examples=["city"])
    parent: UUID | None = Field(description="上级大会的标识。", examples=[None])
    term: int = Field(description="届次。", examples=[16])


@router.get(PATH, summary="大会列表")
def congresses(caller: TheCaller, paging: Paged) -> Page[Congress]:
    """The bodies in which the account holds a role that the token can use, and those it reads from above."""
    with caller.house.reading.connect() as connection:
        known = all_congresses(connection)
    below = open_from_above(caller.actor, known)
    reached = [congress for congress in known if caller.reaches(congress.id) or congress.id in below]
    return paging.part(caller.told, reached, lambda congress: congress.id, shown)


@router.post(PATH, status_code=201, summary="建立大会")
def found(caller: TheCaller, body: NewCongress) -> Congress:
    """A body enters the installation."""
    caller.actor.require(Act.FOUND_CONGRESS, None)
    by = caller.by()
    congress = caller.house.office.new_id(by, "congress")
    position = commands.found_congress(
        caller.house.office,
        by,
        congress,
        name=body.name,
        short_name=body.short_name,
        slug=body.slug,
        level=body.level,
        term=body.term,
        parent=_listed(caller, body.parent).id if body.parent else None,
    )
    caller.done(position, f"{ROOT}{PATH}/{body.slug}")
    caller.shows(congress)
    return shown(_listed(caller, body.slug))


@router.get(f"{PATH}/{{slug}}", summary="一个大会")
def one(here: Here) -> Congress:
    """One congress."""
    here.shows(here.congress.id)
    return shown(_listed(here, here.congress.slug))


@router.put(f"{PATH}/{{slug}}", summary="更正大会名称或届次")
def describe(here: Here, body: CongressNames) -> Congress:
    """Names and term are put right."""
    position = commands.describe_congress(
        here.house.office,
        here.by(here.congress.id),
        here.congress.id,
        name=body.name,
        short_name=body.short_name,
        term=body.term,
    )
    here.done(position)
    return one(here)


def _listed(caller: Caller | At, slug: str) -> ListedCongress:
    with caller.house.reading.connect() as connection:
        found = congress_at(connection, slug)
    if found is None:
        raise NotFound(kind="congress", id=slug)
    return found


def shown(congress: ListedCongress) -> Congress:
    """The congress as it is told."""
    return Congress(
        id=congress.id,
        slug=congress.slug,
        name=congress.name,
        short_name=congress.short_name,
        level=Level(congress.level),
        parent=congress.parent,
        term=congress.term,
    )
