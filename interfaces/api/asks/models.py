"""What is sent and shown of the four asks."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from domain.asks.answers import (
    MOST_PHOTOS,
    Completion,
    CompletionCount,
    PlanAnswer,
    ProgressAnswer,
    Reply,
    SummaryAnswer,
)
from domain.asks.ask import AskKind
from domain.asks.next_year import MatterKind, NextYearMatter
from domain.files import Attached
from domain.shared import Money as Yuan
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Id, Money, Shown, Whole
from projections.asks_board import AskRow

ID = "2a9c3b51-7d4e-5f60-8b1a-9c0d1e2f3a4b"
WRITTEN = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"
"""Several lines in which something is written."""

Long = Annotated[str, Field(pattern=LINES, max_length=4000)]
Count = Annotated[Whole, Field(ge=0, le=1_000_000)]
Photos = Annotated[tuple[Id, ...], Field(max_length=MOST_PHOTOS)]
Amount = Annotated[Money, Field(ge=0, max_digits=18, decimal_places=2)]


class ReplyBody(Asked):
    """What is said to an additional question."""

    question: str = Field(pattern=r"^q[0-9]{1,2}$", description="附加问题的代码。", examples=["q1"])
    words: str = Field(pattern=WRITTEN, max_length=4000, description="答复。", examples=["已培训120人次。"])


Replies = Annotated[list[ReplyBody], Field(max_length=10)]


def _replies(said: list[ReplyBody]) -> tuple[Reply, ...]:
    return tuple(Reply(question=one.question, words=one.words) for one in said)


class PlanWanted(Asked):
    """For which year the plan is asked for."""

    year: Whole = Field(ge=2000, le=2100, description="哪一年的项目。", examples=[2027])
    due_on: Day | None = Field(default=None, description="答复期限；不填为上一年年底。", examples=["2026-12-31"])


class BelowWanted(Asked):
    """Which ask is put to which congresses below."""

    kind: AskKind = Field(description="`plan` `result` `progress` `summary`。", examples=["progress"])
    year: Whole = Field(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])
    below: list[Id] = Field(min_length=1, max_length=500, description="下级大会的标识。", examples=[[ID]])
    due_on: Day | None = Field(default=None, description="答复期限；不填按规则。", examples=["2026-07-31"])


class PlanAnswerBody(Asked):
    """How next year's vote is being prepared."""

    call_from: Day = Field(description="征集开始日期。", examples=["2026-09-20"])
    call_until: Day = Field(description="征集结束日期。", examples=["2026-10-19"])
    channels: str = Field(
        pattern=WRITTEN, max_length=4000, description="征集渠道。", examples=["网站、代表之家、12345"]
    )
    proposals_received: Count | None = Field(default=None, description="收到建议（件）。", examples=[120])
    draft_candidates: Count | None = Field(default=None, description="初步候选项目（个）。", examples=[15])
    funds: Amount | None = Field(default=None, description="资金安排，元。", examples=["504000000"])
    party_review_on: Day | None = Field(default=None, description="党委研究日期。", examples=["2026-11-20"])
    rule_profile_draft: Long = Field(default="", description="票决办法草案。", examples=["沿用上年办法"])
    training: Long = Field(default="", description="培训安排。", examples=["12月培训代表"])
    replies: Replies = Field(default=[], description="附加问题的答复。", examples=[[]])

    def value(self) -> PlanAnswer:
        """As the domain knows it."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        return PlanAnswer(**plain | {"replies": _replies(self.replies)})


class ResultAnswerBody(Asked):
    """What the declared poll does not say."""

    duty_list_on: Day | None = Field(default=None, description="责任清单印发日期。", examples=["2026-02-10"])
    remarks: Long = Field(default="", description="说明。", examples=[""])
    replies: Replies = Field(default=[], description="附加问题的答复。", examples=[[]])

    def told(self) -> tuple[Reply, ...]:
        """The replies as the domain knows them."""
        return _replies(self.replies)


class ProgressAnswerBody(Asked):
    """How far a project is."""

    percent: Whole = Field(ge=0, le=100, description="形象进度，%。", examples=[60])
    funds_spent: Amount = Field(description="已支出资金，元。", examples=["12000000"])
    milestones: str = Field(pattern=WRITTEN, max_length=4000, description="完成的节点。", examples=["主体完工"])
    problems: Long = Field(default="", description="困难和问题。", examples=[""])
    adjustments: Long = Field(default="", description="需要调整的事项。", examples=[""])
    inspections: Count = Field(default=0, description="视察次数。", examples=[1])
    replies: Replies = Field(default=[], description="附加问题的答复。", examples=[[]])
    photos: Photos = Field(default=(), description="先上传的照片的标识，随这次答复添加。", examples=[[ID]])
    keep: Photos | None = Field(
        default=None, description="上次答复的照片里留下哪些；不写为全部留下，空数组为全部去掉。", examples=[[ID]]
    )

    def value(self, photos: tuple[Attached, ...]) -> ProgressAnswer:
        """As the domain knows it, with these photos."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields if name != "keep"}
        known = {"funds_spent": Yuan(self.funds_spent), "replies": _replies(self.replies), "photos": photos}
        return ProgressAnswer(**plain | known)


class EndedBody(Asked):
    """How many projects of the year ended in one way."""

    completion: Completion = Field(description="完成等次。", examples=["completed"])
    projects: Count = Field(description="项目数。", examples=[8])


class SummaryAnswerBody(Asked):
    """How a project ended."""

    completion: Completion = Field(description="完成等次。", examples=["completed"])
    results: str = Field(pattern=WRITTEN, max_length=4000, description="完成情况。", examples=["全部完工并验收"])
    leftovers: Long = Field(default="", description="遗留事项。", examples=[""])
    lessons: Long = Field(default="", description="经验教训。", examples=[""])
    proposals: Long = Field(default="", description="对下一年的建议，一行一件。", examples=[""])
    evaluation: Long = Field(default="", description="测评结果。", examples=["满意，满意率 92.31%"])
    counts: list[EndedBody] = Field(
        default=[], max_length=4, description="各等次项目数；答复全年时才填。", examples=[[]]
    )
    replies: Replies = Field(default=[], description="附加问题的答复。", examples=[[]])

    def value(self) -> SummaryAnswer:
        """As the domain knows it."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        counts = tuple(CompletionCount(completion=one.completion, projects=one.projects) for one in self.counts)
        return SummaryAnswer(**plain | {"counts": counts, "replies": _replies(self.replies)})


class Reason(Asked):
    """Why."""

    reason: str = Field(pattern=WRITTEN, max_length=2000, description="理由。", examples=["请补充照片。"])


class SentBack(Reason):
    """Why, and until when it is to be reworked."""

    due_on: Day | None = Field(default=None, description="重报期限；不填按规则。", examples=["2026-08-07"])


class Urging(Asked):
    """What is said with a reminder."""

    words: str = Field(
        default="", pattern=MAYBE_LINE, max_length=200, description="附言。", examples=["请本周内答复。"]
    )


class Escalation(Asked):
    """To whom an overdue ask goes."""

    to: str = Field(default="", pattern=MAYBE_LINE, max_length=60, description="提至谁；不填按规则。", examples=[""])


class MatterBody(Asked):
    """One matter of a summary for next year's file."""

    kind: MatterKind = Field(description="`leftovers` `proposals` `lessons`。", examples=["leftovers"])
    place: Whole = Field(ge=1, le=1000, description="在该项中是第几行，从 1 起。", examples=[1])
    title: str = Field(pattern=LINE, max_length=60, description="建议的标题。", examples=["剩余12个小区改造"])
    content: str = Field(pattern=WRITTEN, max_length=2000, description="建议的内容。", examples=["剩余12个小区改造。"])

    def value(self) -> NextYearMatter:
        """As the domain knows it."""
        return NextYearMatter(kind=self.kind, place=self.place, title=self.title, content=self.content)


class Approval(Asked):
    """What goes with an approval."""

    remark: Long = Field(default="", description="附言。", examples=[""])
    matters: list[MatterBody] | None = Field(
        default=None,
        max_length=200,
        description="问总结中转入下一年建议的事项；null：本级的全部转入，下级的都不转。",
        examples=[[]],
    )


class AskShown(Shown):
    """One ask."""

    id: UUID = Field(description="标识。", examples=[ID])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    kind: str = Field(description="`plan` `result` `progress` `summary`。", examples=["progress"])
    project: UUID | None = Field(description="关于哪个项目；关于全年的为 null。", examples=[ID])
    project_name: str = Field(description="项目名称，可以为空。", examples=["老旧小区改造"])
    unit: UUID | None = Field(description="由哪个单位答复；由本大会机关答复的为 null。", examples=[ID])
    unit_name: str = Field(description="答复单位的名称，可以为空。", examples=["市住房和城乡建设局"])
    opens_on: date = Field(description="从哪天起答复。", examples=["2026-06-01"])
    due_on: date = Field(description="答复期限。", examples=["2026-07-31"])
    overdue: bool = Field(description="今天是否已经逾期。", examples=[False])
    addressee: str = Field(description="`government` `office` `lead_units`：谁答复。", examples=["lead_units"])
    asked_by: UUID | None = Field(description="提问的上级大会；本级提问的为 null。", examples=[None])
    required: list[str] = Field(description="规则另外要求必填的字段。", examples=[["problems"]])
    questions: list[dict[str, Any]] = Field(
        description="附加问题：`code` `words` `required`。",
        examples=[[{"code": "q1", "words": "群众怎样参与？", "required": False}]],
    )
    stage: str = Field(description="`issued` `answered` `sent_back` `approved` `withdrawn`。", examples=["answered"])
    overdue_on: date | None = Field(description="登记逾期的日期。", examples=["2026-08-01"])
    escalated: int = Field(description="已提级督办到第几级。", examples=[0])
    escalated_to: str = Field(description="提至谁，可以为空。", examples=[""])
    urged_on: date | None = Field(description="最近一次催办。", examples=[None])
    carried: list[UUID] = Field(description="转成的下一年建议。", examples=[[]])
    answered_on: date | None = Field(description="答复日期。", examples=["2026-07-20"])
    answer: dict[str, Any] | None = Field(description="答复，字段随种类而异。", examples=[{"percent": 60}])
    sent_back_because: str = Field(description="退回的理由，可以为空。", examples=[""])


class StepShown(Shown):
    """Something that happened to an ask."""

    kind: str = Field(
        description=(
            "`issued` `answered` `sent_back` `approved` `urged` `fell_overdue` `escalated` `withdrawn` `handed_over`。"
        ),
        examples=["answered"],
    )
    happened_on: date = Field(description="日期。", examples=["2026-07-20"])
    words: str = Field(description="理由、附言或者提至谁，可以为空。", examples=[""])
    number: int | None = Field(description="提级督办的级数。", examples=[None])


def shown(row: AskRow, today: date) -> AskShown:
    """An ask on a day."""
    same = {name: getattr(row, name) for name in AskShown.model_fields if hasattr(row, name)}
    return AskShown(**same | {"id": row.ask, "overdue": row.is_overdue(today)})
