"""What is recorded after the vote: its fields and values in words of the office."""

from collections.abc import Mapping
from typing import Final

from domain.projects.adjustment_facts import AdjustedField
from domain.projects.lights import Cause
from interfaces.web._base.language import Lazy, lazy
from interfaces.web.plans.words import KINDS, LABELS, STAGES, STANDINGS
from interfaces.web.progress.words import COLOURS, REPORT_STAGES, RHYTHMS, URGINGS

IMPLEMENTATION_FIELDS: Final[dict[str, Lazy]] = {
    **{name: LABELS[name] for name in ("deadline", "safeguards", "duties", "annual")},
    "accepted": lazy("验收"),
    "adjustment": lazy("调整"),
    "bands": lazy("各档"),
    "carried_to": lazy("结转到"),
    "chair": lazy("主持人"),
    "departures": lazy("重大改动"),
    "difficulties": lazy("困难"),
    "difficulty": lazy("困难"),
    "documents": lazy("文件"),
    "filed": lazy("填报的计划"),
    "given": lazy("填报内容"),
    "held_on": lazy("召开日期"),
    "in_use": lazy("在正常使用"),
    "lights": lazy("亮灯规则"),
    "issuer": lazy("发布单位"),
    "look_backs": lazy("回头看"),
    "look_back": lazy("回头看"),
    "measures": lazy("整改措施"),
    "meeting": lazy("会议"),
    "milestone_overdue": lazy("节点逾期时"),
    "minutes": lazy("会议纪要"),
    "needs": lazy("请求协调"),
    "notice_on": lazy("公布日期"),
    "nth": lazy("第几年"),
    "plan": lazy("实施计划"),
    "raised": lazy("提出的困难"),
    "reached": lazy("到达的节点"),
    "report": lazy("进度填报"),
    "reports": lazy("进度填报"),
    "report_day": lazy("每期几日填报"),
    "remind_after": lazy("逾期几个工作日自动催办"),
    "since": lazy("从哪天起按此填报"),
    "resolved_on": lazy("解决日期"),
    "rhythm": lazy("填报周期"),
    "sent_back": lazy("退回理由"),
    "standing": lazy("实施状态"),
    "suspended": lazy("暂缓时"),
    "terminated": lazy("终止时"),
    "urged": lazy("督办"),
}

IMPLEMENTATION_VALUES: Final[dict[str, Mapping[str, Lazy]]] = {
    "Standing": STANDINGS,
    "AdjustmentKind": KINDS,
    "AdjustmentStage": STAGES,
    "AdjustedField": {
        AdjustedField.TARGET: LABELS["targets"],
        AdjustedField.TOTAL_FUNDS: LABELS["total_funds"],
        AdjustedField.YEAR_FUNDS: LABELS["year_funds"],
        AdjustedField.PLACE: LABELS["place"],
        AdjustedField.LEAD_UNIT: LABELS["lead_unit_name"],
        AdjustedField.DEADLINE: LABELS["deadline"],
    },
    "ReportStage": REPORT_STAGES,
    "UrgingLevel": {level.value: said for level, said in URGINGS.items()},
    "Colour": {colour.value: said for colour, said in COLOURS.items()},
    "Rhythm": {rhythm.value: said for rhythm, said in RHYTHMS.items()},
    "Cause": {
        Cause.TERMINATED: lazy("已终止"),
        Cause.SUSPENDED: lazy("已暂缓"),
        Cause.ACCEPTED: lazy("已验收"),
        Cause.MILESTONE_OVERDUE: lazy("节点逾期"),
        Cause.DIFFERENCE: lazy("与计划的差距"),
    },
}
