"""What is sent and shown of the four asks."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from domain.asks.answers import Completion, PlanAnswer, ProgressAnswer, SummaryAnswer
from domain.shared import Money as Yuan
from interfaces.api._base.models import LINES, Asked, Day, Money, Shown, Whole
from projections.asks_board import AskRow

ID = "2a9c3b51-7d4e-5f60-8b1a-9c0d1e2f3a4b"
WRITTEN = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"
"""Several lines in which something is written."""

Long = Annotated[str, Field(pattern=LINES, max_length=4000)]
Count = Annotated[Whole, Field(ge=0, le=1_000_000)]
Amount = Annotated[Money, Field(ge=0, max_digits=18, decimal_places=2)]


class PlanWanted(Asked):
    """For which year the plan is asked for."""

    year: Whole = Field(ge=2000, le=2100, description="哪一年的项目。", examples=[2027])
    due_on: Day | None = Field(default=None, description="答复期限；不填为上一年年底。", examples=["2026-12-31"])


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

    def value(self) -> PlanAnswer:
        """As the domain knows it."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        return PlanAnswer(**plain)


class ResultAnswerBody(Asked):
    """What the declared poll does not say."""

    duty_list_on: Day | None = Field(default=None, description="责任清单印发日期。", examples=["2026-02-10"])
    remarks: Long = Field(default="", description="说明。", examples=[""])


class ProgressAnswerBody(Asked):
    """How far a project is."""

    percent: Whole = Field(ge=0, le=100, description="形象进度，%。", examples=[60])
    funds_spent: Amount = Field(description="已支出资金，元。", examples=["12000000"])
    milestones: str = Field(pattern=WRITTEN, max_length=4000, description="完成的节点。", examples=["主体完工"])
    problems: Long = Field(default="", description="困难和问题。", examples=[""])
    adjustments: Long = Field(default="", description="需要调整的事项。", examples=[""])
    inspections: Count = Field(default=0, description="视察次数。", examples=[1])

    def value(self) -> ProgressAnswer:
        """As the domain knows it."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        return ProgressAnswer(**plain | {"funds_spent": Yuan(self.funds_spent)})


class SummaryAnswerBody(Asked):
    """How a project ended."""

    completion: Completion = Field(description="完成等次。", examples=["completed"])
    results: str = Field(pattern=WRITTEN, max_length=4000, description="完成情况。", examples=["全部完工并验收"])
    leftovers: Long = Field(default="", description="遗留事项。", examples=[""])
    lessons: Long = Field(default="", description="经验教训。", examples=[""])
    proposals: Long = Field(default="", description="对下一年的建议。", examples=[""])

    def value(self) -> SummaryAnswer:
        """As the domain knows it."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        return SummaryAnswer(**plain)


class Reason(Asked):
    """Why."""

    reason: str = Field(pattern=WRITTEN, max_length=2000, description="理由。", examples=["请补充照片。"])


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
    stage: str = Field(description="`issued` `answered` `sent_back` `approved`。", examples=["answered"])
    answered_on: date | None = Field(description="答复日期。", examples=["2026-07-20"])
    answer: dict[str, Any] | None = Field(description="答复，字段随种类而异。", examples=[{"percent": 60}])
    sent_back_because: str = Field(description="退回的理由，可以为空。", examples=[""])


def shown(row: AskRow, today: date) -> AskShown:
    """An ask on a day."""
    same = {name: getattr(row, name) for name in AskShown.model_fields if hasattr(row, name)}
    return AskShown(**same | {"id": row.ask, "overdue": row.is_overdue(today)})
