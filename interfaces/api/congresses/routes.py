"""The congresses of the installation."""

from uuid import UUID

from pydantic import Field

from application import congress as commands
from application import founding
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.congress import Level
from domain.congress.look import Colour
from domain.shared import NotFound
from interfaces.api._base.callers import SLUG, At, Caller, Here, OfficeReader, TheCaller
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Flag, Id, Shown, Whole
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.congresses import below
from interfaces.web._base.asking import open_from_above
from projections.congress_directory import ListedCongress, all_congresses, congress_at

router = operations("congresses", read=Scope.CONGRESS_READ, write=Scope.CONGRESS_WRITE)
router.routes.extend(below.router.routes)

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


class TakeOver(Asked):
    """What a new body takes over from its parent or from a sister: copied once, later changes there change nothing."""

    source: str = Field(pattern=SLUG, description="沿用哪个大会，填它在地址中的用词。", examples=["qingcheng"])
    units: Flag = Field(default=False, description="沿用在用的单位。", examples=[True])
    profile: Id | None = Field(default=None, description="沿用其中哪一份票决办法，作为草案。", examples=[None])
    screening: Flag = Field(default=False, description="沿用初筛规则。", examples=[True])


class NewBody(NewCongress):
    """A body that enters the installation, with what it takes over."""

    take_over: TakeOver | None = Field(default=None, description="沿用的内容。", examples=[None])


class Moved(Asked):
    """Under which body it stands from now on."""

    parent: str | None = Field(pattern=SLUG, description="新的上级大会在地址中的用词。", examples=["qingcheng"])


class LookBody(Asked):
    """What the pages and papers of a congress look like."""

    emblem: str = Field(
        pattern=LINE, max_length=8, description="印记：1 至 4 个汉字、大写字母或数字。", examples=["青城"]
    )
    public_name: str = Field(
        default="", pattern=MAYBE_LINE, max_length=40, description="对外名称；为空则用全称。", examples=["青城市人大"]
    )
    colour: Colour = Field(description="颜色。", examples=["crimson"])
    contact: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=120,
        description="办公室对外公布的地址和电话。",
        examples=["青城市人民路 1 号，0471-1234567"],
    )


class Look(Shown):
    """What a congress looks like."""

    emblem: str = Field(description="印记。", examples=["青城"])
    public_name: str = Field(description="对外名称。", examples=["青城市人大"])
    colour: Colour = Field(description="颜色。", examples=["crimson"])
    contact: str = Field(description="办公室对外公布的地址和电话，可以为空。", examples=[""])


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


@router.post(
    PATH,
    status_code=201,
    summary="建立大会",
    description="设在上级之下时，只能由全系统或该上级的管理员建立。第一位工作人员的账号另行开设。",
)
def found(caller: TheCaller, body: NewBody) -> Congress:
    """A body enters the installation, with what it takes over."""
    parent = _listed(caller, body.parent).id if body.parent else None
    caller.actor.require(Act.FOUND_CONGRESS, parent)
    by = caller.by()
    congress = caller.house.office.new_id(by, "congress")
    said = {name: getattr(body, name) for name in ("name", "short_name", "slug", "level", "term")}
    position, _slip = founding.found_with_office(
        caller.house.office,
        caller.house.private,
        by,
        congress,
        founding.Body(**said, parent=parent),
        None,
        _taken(caller, body.take_over),
        caller.house.slips_last,
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


@router.post(
    f"{PATH}/{{slug}}/move", summary="更改上级大会", description="新的上级必须高于本级，如乡镇设在旗县区或市之下。"
)
def move(here: Here, body: Moved) -> Congress:
    """It stands under another body from now on."""
    by = here.by(here.congress.id)
    parent = _listed(here, body.parent).id if body.parent else None
    here.done(commands.move_congress(here.house.office, by, here.congress.id, parent))
    return one(here)


@router.get(f"{PATH}/{{slug}}/look", summary="大会形象")
def look(here: OfficeReader) -> Look:
    """Its mark, public name, colour and contact line."""
    here.shows(here.congress.id)
    known = _listed(here, here.congress.slug)
    return Look(emblem=known.emblem, public_name=known.public_name, colour=Colour(known.colour), contact=known.contact)


@router.put(f"{PATH}/{{slug}}/look", summary="选定大会形象")
def choose_look(here: Here, body: LookBody) -> Look:
    """Another mark, public name, colour or contact line."""
    by = here.by(here.congress.id)
    here.done(commands.choose_look(here.house.office, by, here.congress.id, **body.model_dump()))
    return look(here)


def _taken(caller: Caller, wanted: TakeOver | None) -> founding.TakenOver | None:
    if wanted is None:
        return None
    source = _listed(caller, wanted.source).id
    return founding.TakenOver(source=source, units=wanted.units, profile=wanted.profile, screening=wanted.screening)


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
