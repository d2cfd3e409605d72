"""What is sent and shown of sessions and of who is there."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field

from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Id, Shown, Whole
from interfaces.web.session.views import Standing
from projections.attendance import Attendee
from projections.congress_register import ListedSession

ID = "5b1d2a30-3e7f-5c55-9a0e-2f4a7c1b9d10"

TheSession = Annotated[UUID, Path(description="会议的标识。", examples=[ID])]
TheDelegate = Annotated[UUID, Path(description="代表的标识。", examples=[ID])]
OfDelegation = Annotated[
    str, Query(pattern=MAYBE_LINE, max_length=60, description="只要这个代表团的。", examples=["城中代表团"])
]


class Schedule(Asked):
    """What can still be changed of a session."""

    title: str = Field(
        pattern=LINE, max_length=200, description="名称。", examples=["青城市第十六届人民代表大会第五次会议"]
    )
    year: Whole = Field(ge=2000, le=2100, description="票决哪一年的项目。", examples=[2026])
    starts_on: Day = Field(description="开始日期。", examples=["2026-01-20"])
    ends_on: Day = Field(description="结束日期。", examples=["2026-01-24"])


class NewSession(Schedule):
    """A session of the present term."""

    number: Whole = Field(ge=1, le=99, description="本届第几次会议。", examples=[5])


class SessionShown(Shown):
    """A session."""

    id: UUID = Field(description="标识。", examples=[ID])
    term: int = Field(description="届。", examples=[16])
    number: int = Field(description="本届第几次会议。", examples=[5])
    title: str = Field(description="名称。", examples=["青城市第十六届人民代表大会第五次会议"])
    year: int = Field(description="票决哪一年的项目。", examples=[2026])
    starts_on: date = Field(description="开始日期。", examples=["2026-01-20"])
    ends_on: date = Field(description="结束日期。", examples=["2026-01-24"])


class Presence(Shown):
    """The delegates of one delegation."""

    name: str = Field(description="代表团的名称。", examples=["城中代表团"])
    delegates: int = Field(description="代表人数。", examples=[42])
    present: int = Field(description="已签到人数。", examples=[40])


class StandingShown(Shown):
    """Attendance at this moment."""

    all_delegates: int = Field(description="全体代表人数。", examples=[327])
    attending: int = Field(description="实到人数。", examples=[301])
    needed: int = Field(description="可以开始表决的最少到会人数。", examples=[218])
    is_met: bool = Field(description="到会人数是否足够。", examples=[True])
    profile: str = Field(description="所依据的票决办法；还没有通过时为空，按三分之二计。", examples=["青城市票决办法"])
    delegations: list[Presence] = Field(description="各代表团，按名册的次序。")


class AttendeeShown(Shown):
    """A delegate at a session."""

    id: UUID = Field(description="代表的标识。", examples=[ID])
    number: str = Field(description="代表证号。", examples=["0123"])
    name: str = Field(description="姓名。", examples=["王敏"])
    delegation: str = Field(description="代表团的名称。", examples=["城中代表团"])
    checked_in_at: datetime | None = Field(
        description="签到时间；没有签到为 null。", examples=["2026-01-20T08:31:00+08:00"]
    )


class AtDesk(AttendeeShown):
    """The same, with what only the desk knows."""

    code: str = Field(description="签到码，只在本次会议有效。", examples=["7K2M9QXA4C"])
    cards: list[UUID] = Field(description="为哪些表决领了票卡。", examples=[[ID]])
    papers: list[UUID] = Field(description="为哪些表决领了纸质票。", examples=[[]])


class Scanned(Asked):
    """What was scanned or typed at the desk."""

    code: str = Field(
        pattern=LINE, max_length=300, description="签到码、扫到的地址或代表证号。", examples=["7K2M9QXA4C"]
    )


class PollBody(Asked):
    """For which poll."""

    poll: Id = Field(description="表决的标识。", examples=[ID])


class Exchange(PollBody):
    """The card that comes back for a paper."""

    code: str = Field(
        pattern=LINE, max_length=300, description="票卡号或扫到的地址。", examples=["7K2M-9QXA-4C0D-0000-0000-0"]
    )


def session_shown(one: ListedSession) -> SessionShown:
    """As it is shown."""
    return SessionShown(**{name: value for name, value in one._asdict().items() if name != "congress"})


def standing_shown(now: Standing) -> StandingShown:
    """As it is shown."""
    parts = [Presence(name=one.name, delegates=one.delegates, present=one.present) for one in now.delegations]
    return StandingShown(
        all_delegates=now.all_delegates,
        attending=now.attending,
        needed=now.needed,
        is_met=now.is_met,
        profile=now.profile,
        delegations=parts,
    )


def attendee_shown(one: Attendee) -> AttendeeShown:
    """As it is shown."""
    return AttendeeShown(id=one.id, number=one.number, name=one.name, delegation=one.delegation, checked_in_at=one.at)
