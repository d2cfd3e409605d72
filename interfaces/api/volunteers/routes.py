"""Volunteers by their numbers, and what they observe. Names and telephones are for people at their desks."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Path, Query
from pydantic import Field

from application.private.contacts import Contact
from application.supervision import observations, volunteers
from application.supervision.observations import Observed
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from domain.supervision.observation import ObservationKind, ObservationOutcome
from domain.supervision.volunteer import volunteers_stream
from domain.supervision.wording import MOST_FILES
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.files import sent_photos
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Id, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.deliberation.models import ReasonBody, Words
from interfaces.api.duties.models import PROJECT, OrderBody, Reason
from interfaces.api.duties.routes import order_of
from projections import volunteers as shelf
from projections.volunteers import ObservationRow, VolunteerRow

router = operations("volunteers", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

ID: Final = "c0a1b2d3-e4f5-5a67-8b90-1c2d3e4f5a6b"
CONGRESS = "/congresses/{slug}"
ONE = f"{CONGRESS}/volunteers/{{volunteer}}"
SEEN = f"{CONGRESS}/observations/{{observation}}"

Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]
TheVolunteer = Annotated[UUID, Path(description="监督员的标识。", examples=[ID])]
TheObservation = Annotated[UUID, Path(description="反映的标识。", examples=[ID])]
OfYear = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年；不填为全部。", examples=[2026])]
Projects = Annotated[list[Id], Field(min_length=1, max_length=20)]


class ProjectsBody(Asked):
    """What they watch."""

    projects: Projects = Field(description="监督的项目。", examples=[[PROJECT]])


class VolunteerBody(ProjectsBody):
    """Somebody who enlists; name and telephone go to the private store and are never shown here."""

    name: str = Field(pattern=LINE, max_length=80, description="姓名，只存入可删除的私密存储。", examples=["张三"])
    phone: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=40,
        description="电话，只存入可删除的私密存储。",
        examples=["0471-1234567"],
    )
    origin: str = Field(
        default="", pattern=MAYBE_LINE, max_length=200, description="来自，不写姓名。", examples=["城关街道推荐"]
    )


class ObservationBody(Asked):
    """What a volunteer reported."""

    volunteer: Id = Field(description="监督员。", examples=[ID])
    project: Id = Field(description="项目，须是监督员监督的。", examples=[PROJECT])
    kind: ObservationKind = Field(
        description="problem 发现问题，suggestion 提出建议，fine 情况良好。", examples=["problem"]
    )
    words: Annotated[Words, Field(max_length=1000)] = Field(description="内容。", examples=["工地没有围挡。"])
    place: str = Field(default="", pattern=MAYBE_LINE, max_length=200, description="地点。", examples=["北街"])
    on: Day | None = Field(default=None, description="日期；不填为今天。", examples=["2026-06-01"])
    photos: tuple[Id, ...] = Field(
        default=(), max_length=MOST_FILES, description="先上传的照片的标识。", examples=[[ID]]
    )


class ReplyBody(Asked):
    """A word to the volunteer."""

    words: Words = Field(max_length=500, description="给监督员的答复。", examples=["感谢反映，已转告。"])


class ObservedDutyBody(OrderBody):
    """A duty from an observation; its project is the observation's."""

    reply: Reason = Field(default="", description="给监督员的答复，可以为空。", examples=["已交市住建局办理。"])


class VolunteerShown(Shown):
    """A volunteer by number."""

    id: UUID = Field(description="标识。", examples=[ID])
    number: int = Field(description="编号。", examples=[3])
    projects: list[UUID] = Field(description="监督的项目。", examples=[[PROJECT]])
    origin: str = Field(description="来自。", examples=["城关街道推荐"])
    enlisted_on: date = Field(description="登记日期。", examples=["2026-02-01"])
    released_on: date | None = Field(description="离任日期；现任为 null。", examples=[None])
    link_until: date | None = Field(description="专用链接有效期；没有为 null。", examples=["2026-12-31"])
    observations: int = Field(description="反映几条。", examples=[4])


class ObservationShown(Shown):
    """What was observed."""

    id: UUID = Field(description="标识。", examples=[ID])
    volunteer: UUID = Field(description="监督员。", examples=[ID])
    number: int = Field(description="监督员编号。", examples=[3])
    project: UUID = Field(description="项目。", examples=[PROJECT])
    kind: ObservationKind = Field(description="种类。", examples=["problem"])
    words: str = Field(description="内容。", examples=["工地没有围挡。"])
    place: str = Field(description="地点。", examples=["北街"])
    on: date = Field(description="日期。", examples=["2026-06-01"])
    photos: int = Field(description="照片几张；照片只在页面上看。", examples=[2])
    by_link: bool = Field(description="是否本人用专用链接反映。", examples=[True])
    outcome: ObservationOutcome | None = Field(description="处理结果；待处理为 null。", examples=["duty"])
    duty: UUID | None = Field(description="交办事项。", examples=[None])
    reply: str = Field(description="给监督员的答复。", examples=[""])


@router.get(f"{CONGRESS}/volunteers", summary="群众义务监督员", description="只有编号，没有姓名。")
def listed(here: OfficeReader, paging: Paged) -> Page[VolunteerShown]:
    """All volunteers, those serving first."""
    with here.house.reading.connect() as conn:
        rows = shelf.volunteers_of(conn, here.congress.id)
        watched = shelf.watched_by(conn, [row.volunteer for row in rows])
    return paging.part(here.told, rows, lambda row: row.volunteer, lambda row: _shown(row, watched[row.volunteer]))


@router.post(f"{CONGRESS}/volunteers", status_code=201, summary="登记监督员")
def enlist(here: Keeper, body: VolunteerBody) -> VolunteerShown:
    """The next number."""
    by = here.by()
    made = here.house.office.new_id(by, "volunteer")
    position = volunteers.enlist_volunteer(
        here.house.office,
        here.house.private,
        by,
        here.congress.id,
        made,
        Contact(name=body.name, phone=body.phone),
        projects=tuple(body.projects),
        origin=body.origin,
    )
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/volunteers/{made}")
    return one(here, made)


@router.get(ONE, summary="一位监督员")
def one(here: OfficeReader, volunteer: TheVolunteer) -> VolunteerShown:
    """One of them."""
    here.shows(volunteers_stream(here.congress.id))
    with here.house.reading.connect() as conn:
        row = shelf.volunteer_at(conn, volunteer)
        watched = shelf.watched_by(conn, [volunteer])[volunteer]
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="volunteer", id=str(volunteer))
    return _shown(row, watched)


@router.put(ONE, summary="更改监督的项目")
def assign(here: Keeper, volunteer: TheVolunteer, body: ProjectsBody) -> VolunteerShown:
    """Other projects."""
    by = here.by(volunteers_stream(here.congress.id))
    here.done(
        volunteers.change_volunteer(
            here.house.office, here.house.private, by, here.congress.id, volunteer, None, tuple(body.projects)
        )
    )
    return one(here, volunteer)


@router.post(f"{ONE}/release", summary="登记离任", description="专用链接同时失效。")
def release(here: Keeper, volunteer: TheVolunteer, body: ReasonBody) -> VolunteerShown:
    """They watch no more."""
    by = here.by(volunteers_stream(here.congress.id))
    here.done(
        volunteers.release_volunteer(
            here.house.office, here.house.private, by, here.congress.id, volunteer, body.reason
        )
    )
    return one(here, volunteer)


@router.post(f"{ONE}/revoke-link", summary="收回专用链接")
def revoke(here: Keeper, volunteer: TheVolunteer) -> VolunteerShown:
    """The link opens nothing any more."""
    by = here.by(volunteers_stream(here.congress.id))
    here.done(volunteers.revoke_link(here.house.office, here.house.private, by, here.congress.id, volunteer))
    return one(here, volunteer)


@router.get(f"{CONGRESS}/observations", summary="监督员反映的情况")
def observed(here: OfficeReader, paging: Paged, year: OfYear = None) -> Page[ObservationShown]:
    """The newest first."""
    with here.house.reading.connect() as conn:
        rows = shelf.observations_of(conn, here.congress.id, year=year)
    return paging.part(here.told, rows, lambda row: row.observation, _seen)


@router.post(f"{CONGRESS}/observations", status_code=201, summary="登记反映")
def enter(here: Keeper, body: ObservationBody) -> ObservationShown:
    """What a volunteer reported."""
    by = here.by()
    made = here.house.office.new_id(by, "observation")
    said = {name: getattr(body, name) for name in ("project", "kind", "words", "place", "on")}
    seen = Observed(**said, photos=sent_photos(here, body.photos))
    position = observations.enter_observation(here.house.office, by, here.congress.id, made, body.volunteer, seen)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/observations/{made}")
    return one_seen(here, made)


@router.get(SEEN, summary="一条反映")
def one_seen(here: OfficeReader, observation: TheObservation) -> ObservationShown:
    """One of them."""
    here.shows(observation)
    return _seen(_known(here, observation))


@router.post(f"{SEEN}/note", summary="阅处", description="不用交办，答复监督员。")
def take_note(here: Keeper, observation: TheObservation, body: ReplyBody) -> ObservationShown:
    """Nothing is to be put right."""
    _known(here, observation)
    here.done(observations.take_note(here.house.office, here.by(observation), observation, body.words))
    return one_seen(here, observation)


@router.post(f"{SEEN}/duty", summary="交办给单位", description="涉及的项目就是反映的项目。")
def raise_duty(here: Keeper, observation: TheObservation, body: ObservedDutyBody) -> ObservationShown:
    """A duty for a unit."""
    _known(here, observation)
    by = here.by(observation)
    duty = here.house.office.new_id(by, "duty")
    order = order_of(body)
    here.done(observations.raise_duty(here.house.office, by, observation, duty, order, body.reply))
    return one_seen(here, observation)


def _shown(row: VolunteerRow, watched: list[UUID]) -> VolunteerShown:
    same = {name: getattr(row, name) for name in ("number", "origin", "enlisted_on", "released_on", "link_until")}
    return VolunteerShown(id=row.volunteer, projects=watched, observations=row.observations, **same)


def _seen(row: ObservationRow) -> ObservationShown:
    same = {name: getattr(row, name) for name in ("volunteer", "number", "project", "words", "place", "on", "by_link")}
    return ObservationShown(
        id=row.observation,
        kind=ObservationKind(row.kind),
        photos=len(row.photos),
        outcome=ObservationOutcome(row.outcome) if row.outcome else None,
        duty=row.duty,
        reply=row.reply,
        **same,
    )


def _known(here: At, observation: UUID) -> ObservationRow:
    """One of this congress. Raises NotFound."""
    with here.house.reading.connect() as conn:
        row = shelf.observation_at(conn, observation)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="observation", id=str(observation))
    return row
