"""What is sent and shown of polls and card sets. Marks are shown with a declared count, never before."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.polls.accounting import IncidentDecision, IncidentKind
from domain.polls.ballot import VoidReason
from domain.polls.card_set import PrintAs
from domain.polls.poll import Sealing
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Id, Shown, Whole

ID = "3e8611a5-9ee6-5054-80f9-8fe754ee8087"

TheSession = Annotated[UUID, Path(description="会议的标识。", examples=[ID])]
ThePoll = Annotated[UUID, Path(description="表决的标识。", examples=[ID])]
TheNumber = Annotated[int, Path(ge=1, le=999, description="票卡的套号。", examples=[1])]
Colour = Literal["红色", "蓝色", "绿色", "橙色", "紫色"]
HASH = r"^[0-9a-f]{64}$"


class Summary(Asked):
    """The line under one item."""

    project: Id = Field(description="项目的标识。", examples=[ID])
    summary: str = Field(
        pattern=MAYBE_LINE, max_length=200, description="票面上的一行说明。", examples=["水务局 · 5.04 亿元"]
    )


class NewPoll(Asked):
    """A vote on the session's published list."""

    profile: Id = Field(description="已通过的票决办法。", examples=[ID])
    card_set: Id | None = Field(
        default=None, description="一套还没有用过的票卡；只用纸质票或表决器的为 null。", examples=[ID]
    )
    sealing: Sealing = Field(default=Sealing.SEALED, description="是否密封。", examples=["sealed"])
    keypad: bool = Field(default=False, description="是否用会场的表决器。", examples=[False])
    paper_colour: str = Field(
        default="", pattern=MAYBE_LINE, max_length=20, description="纸质票的颜色。", examples=[""]
    )
    title: str = Field(pattern=LINE, max_length=100, description="名称。", examples=["2026年民生实事项目票决"])
    summaries: tuple[Summary, ...] = Field(default=(), max_length=200, description="各项目的说明；没有写的按卡片填写。")
    waiver: str = Field(
        default="", pattern=MAYBE_LINE, max_length=300, description="等额表决时主席团的决定。", examples=[""]
    )


class Scrutineers(Asked):
    """Whom the plenary approved."""

    chief: Id = Field(description="总监票人，代表的标识。", examples=[ID])
    scrutineers: tuple[Id, ...] = Field(
        min_length=1, max_length=6, description="监票人，代表的标识。", examples=[[ID, ID]]
    )


class SecondPerson(Asked):
    """The other one of two people, who proves who they are."""

    login: str = Field(pattern=LINE, max_length=80, description="另一位监票人员的登录名。", examples=["qingcheng-0002"])
    password: str = Field(min_length=1, max_length=200, description="其密码。", examples=["three short words"])


class VoidedCard(Asked):
    """A card that is scanned or typed."""

    code: str = Field(
        pattern=LINE, max_length=300, description="票卡号或扫到的地址。", examples=["7K2M-9QXA-4C0D-0000-0000-0"]
    )
    reason: VoidReason = Field(description="为什么作废。", examples=["left_over"])


class ScannedCard(Asked):
    """A card that is scanned or typed."""

    code: str = Field(
        pattern=LINE, max_length=300, description="票卡号或扫到的地址。", examples=["7K2M-9QXA-4C0D-0000-0000-0"]
    )


class NewIncident(Asked):
    """What was found that must not be."""

    kind: IncidentKind = Field(description="哪一种。", examples=["used_but_not_voted"])
    note: str = Field(pattern=LINE, max_length=500, description="经过；不要写票卡的代码。", examples=["三号席代表"])


class IncidentDecidedBody(Asked):
    """The chief's decision."""

    decision: IncidentDecision = Field(description="`proceed` 继续，`repeat` 重新表决。", examples=["proceed"])
    reason: str = Field(pattern=LINE, max_length=500, description="理由。", examples=["代表想起自己已经投过"])


class PapersBody(Asked):
    """How many papers."""

    papers: Whole = Field(ge=1, le=5000, description="张数。", examples=[360])


class Signing(Asked):
    """Exactly the count that was shown, and the password once more."""

    password: str = Field(min_length=1, max_length=200, description="本人的密码。", examples=["three short words"])
    shown_hash: str = Field(pattern=HASH, description="所看报告单的校验码。", examples=["9f86d081" * 8])


class Declaring(Asked):
    """The number of the notice."""

    notice_number: str = Field(pattern=LINE, max_length=100, description="公告文号。", examples=["青人公〔2026〕3号"])
    on: Day = Field(description="宣布的日期。", examples=["2026-01-24"])


class Reason(Asked):
    """Why."""

    reason: str = Field(pattern=LINE, max_length=300, description="理由。", examples=["印坏了"])


class NewSet(Asked):
    """A set of cards to be printed once."""

    number: Whole = Field(ge=1, le=999, description="套号，本次会议内不重复。", examples=[1])
    colour: Colour = Field(description="颜色。", examples=["蓝色"])
    word: str = Field(pattern=LINE, max_length=20, description="词。", examples=["山茶"])
    cards: Whole = Field(ge=1, le=5000, description="印多少张。", examples=[330])
    print_as: PrintAs = Field(description="二维码里是网址还是只有票卡号。", examples=["address"])
    present: tuple[Id, Id] = Field(description="在场的两位代表。", examples=[[ID, ID]])


class SetShown(Shown):
    """A set; its cards are nowhere listed."""

    id: UUID = Field(description="标识。", examples=[ID])
    number: int = Field(description="套号。", examples=[1])
    colour: str = Field(description="颜色。", examples=["蓝色"])
    word: str = Field(description="词。", examples=["山茶"])
    print_as: str = Field(description="二维码里是网址还是只有票卡号。", examples=["address"])
    cards: int = Field(description="张数。", examples=[330])
    printed_at: datetime = Field(description="印制时间。", examples=["2026-01-20T08:31:00+08:00"])
    released: bool = Field(description="是否已启用。", examples=[True])
    poll: UUID | None = Field(description="用于哪次表决。", examples=[ID])
    discarded: str | None = Field(description="整套作废的理由；可用的为 null。", examples=[None])


class ListedPoll(Shown):
    """A poll as lists show it."""

    id: UUID = Field(description="标识。", examples=[ID])
    title: str = Field(description="名称。", examples=["2026年民生实事项目票决"])
    stage: str = Field(
        description="`prepared` `open` `closed` `counted` `declared` `cancelled`。", examples=["prepared"]
    )
    year: int = Field(description="哪一年的项目。", examples=[2026])
    items: int = Field(description="候选项目的个数。", examples=[12])
    rehearsal: bool = Field(description="是否演练；演练不产生任何结果。", examples=[False])


class ItemShown(Shown):
    """One question of the ballot."""

    id: str = Field(description="票面上的序号。", examples=["1"])
    project: UUID = Field(description="项目的标识。", examples=[ID])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    summary: str = Field(description="票面上的一行说明，可以为空。", examples=["住建局 · 6.5 亿元"])


class NumbersShown(Shown):
    """The equation of the cards; what is not known yet is null."""

    all_delegates: int | None = Field(description="全体代表。", examples=[327])
    attending: int | None = Field(description="实到代表。", examples=[314])
    quorum: int | None = Field(description="法定人数。", examples=[218])
    printed: int | None = Field(description="印制票卡。", examples=[330])
    voided: int | None = Field(description="作废票卡。", examples=[16])
    drawn: int | None = Field(description="已领票卡。", examples=[314])
    papers: int | None = Field(description="已领纸质票，不含换票。", examples=[0])
    late: int | None = Field(description="其中开始投票以后到会、领纸质票的代表。", examples=[0])
    issued: int | None = Field(
        description="发出票卡和纸质票；开始投票时固定，迟到的代表领纸质票的另加。", examples=[314]
    )
    cast: int | None = Field(description="票箱里的票；投票中每 10 秒以上才变一次。", examples=[120])
    seconds_left: int | None = Field(description="最后投票还剩几秒。", examples=[None])


class IncidentShown(Shown):
    """What was reported, and the chief's decision."""

    number: int = Field(description="第几件。", examples=[1])
    kind: str = Field(
        description="`unused_card_has_ballot` 交回的卡投过票，`used_but_not_voted` 没投过却显示已使用，`other` 其他。",
        examples=["used_but_not_voted"],
    )
    note: str = Field(description="经过，可以为空。", examples=["三号席代表"])
    decision: str | None = Field(description="`proceed` `repeat`；还没有决定为 null。", examples=["proceed"])
    reason: str = Field(description="决定的理由，可以为空。", examples=["代表想起自己已经投过"])


class AccountShown(Shown):
    """Where everything is that was handed out."""

    cards: int = Field(description="发出的票卡。", examples=[314])
    in_the_box: int = Field(description="票箱里的票。", examples=[311])
    handed_in: int = Field(description="交回的未用票卡。", examples=[2])
    cards_missing: int = Field(description="没有交回的票卡。", examples=[1])
    papers: int = Field(description="发出的纸质票。", examples=[0])
    papers_returned: int = Field(description="收回的纸质票。", examples=[0])
    papers_missing: int = Field(description="没有收回的纸质票。", examples=[0])
    issued: int = Field(description="发出的票卡和纸质票。", examples=[314])
    returned: int = Field(description="收回的票。", examples=[311])
    incidents: list[IncidentShown] = Field(description="异常情况。")


class SignatureShown(Shown):
    """Who signed the current count."""

    delegate: UUID = Field(description="代表的标识。", examples=[ID])
    role: str = Field(description="`chief` 总监票人，`scrutineer` 监票人。", examples=["chief"])
    name: str = Field(description="姓名。", examples=["蒋立平"])
    at: datetime = Field(description="时间。", examples=["2026-01-24T10:41:00+08:00"])


class PollShown(Shown):
    """A poll without any mark."""

    id: UUID = Field(description="标识。", examples=[ID])
    session: UUID = Field(description="会议的标识。", examples=[ID])
    title: str = Field(description="名称。", examples=["2026年民生实事项目票决"])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    stage: str = Field(
        description="`prepared` `open` `closed` `counted` `declared` `cancelled`。", examples=["counted"]
    )
    sealing: str = Field(description="`unsealed`：未密封。", examples=["unsealed"])
    profile: UUID = Field(description="票决办法的标识。", examples=[ID])
    card_set: UUID | None = Field(description="票卡的标识。", examples=[ID])
    rehearsal: bool = Field(description="是否演练；演练不产生任何结果。", examples=[False])
    items: list[ItemShown] = Field(description="候选项目，按票面的次序。")
    chief: UUID | None = Field(description="总监票人；还没有通过为 null。", examples=[ID])
    scrutineers: list[UUID] = Field(description="监票人。", examples=[[ID]])
    numbers: NumbersShown = Field(description="人数和票卡。")
    obstacles: list[str] = Field(description="现在还不能开始投票的原因，用话说；投票开始以后为空。", examples=[[]])
    last_call: bool = Field(description="是否已宣布最后投票。", examples=[False])
    root: str | None = Field(description="票箱根；截止以后才有。", examples=["9f86d081" * 8])
    count_version: int | None = Field(description="第几次计票；没有为 null。", examples=[1])
    count_hash: str | None = Field(description="计票报告单的校验码，签名时用。", examples=["9f86d081" * 8])
    void_because: str = Field(description="整次无效的原因；有效的为空。", examples=[""])
    signatures: list[SignatureShown] = Field(description="本次计票上的签名。")
    notice_number: str = Field(description="公告文号；宣布以前为空。", examples=[""])
    declared_on: date | None = Field(description="宣布日期。", examples=["2026-01-24"])
    cancelled_because: str = Field(description="取消的理由，可以为空。", examples=[""])


class RowShown(Shown):
    """One item of a counted vote."""

    id: str = Field(description="票面上的序号。", examples=["1"])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    rank: int = Field(description="名次。", examples=[1])
    votes: int = Field(description="赞成票。", examples=[288])
    marks: list[int] = Field(description="各列的票数，与 `columns` 对应。", examples=[[288, 12, 13]])
    needed: int | None = Field(description="通过线；只比较得票多少的为 null。", examples=[164])
    passed: bool = Field(description="是否达到通过线。", examples=[True])
    adopted: bool = Field(description="是否列入。", examples=[True])
    standing: str = Field(description="结果，用话说。", examples=["列入"])


class CountShown(Shown):
    """A count, for those who may see it: everybody in the office once it is declared."""

    declared: bool = Field(description="是否已宣布。", examples=[True])
    version: int = Field(description="第几次计票。", examples=[1])
    count_hash: str = Field(description="校验码。", examples=["9f86d081" * 8])
    void_because: str = Field(description="整次无效的原因；有效的为空。", examples=[""])
    returned: int | None = Field(description="收回的票；整次无效的为 null。", examples=[313])
    void_ballots: int | None = Field(description="整张无效的票。", examples=[0])
    columns: list[str] = Field(description="各列的名称。", examples=[["赞成", "反对", "弃权"]])
    rows: list[RowShown] = Field(description="各项目，按名次。")
    remarks: list[str] = Field(description="说明。", examples=[[]])
    still_open: list[str] = Field(description="还须另行表决或决定的，用话说。", examples=[[]])
