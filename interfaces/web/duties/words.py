"""Sources, stages, outcomes and steps of duties in words."""

from domain.supervision.duty import DutyOutcome, DutySource, DutyStage, EscalationStep
from interfaces.web._base.language import Lazy, lazy

SOURCES: dict[str, Lazy] = {
    DutySource.INQUIRY.value: lazy("专题询问"),
    DutySource.HEARING.value: lazy("听证会"),
    DutySource.INSPECTION.value: lazy("视察调研"),
    DutySource.NOTE.value: lazy("代表现场监督"),
    DutySource.OBSERVATION.value: lazy("义务监督员反映"),
    DutySource.VISIT.value: lazy("上级督导"),
}

STAGES: dict[str, Lazy] = {
    DutyStage.OPEN.value: lazy("待答复"),
    DutyStage.ANSWERED.value: lazy("待审核"),
    DutyStage.SENT_BACK.value: lazy("退回重办"),
    DutyStage.APPROVED.value: lazy("已认可"),
    DutyStage.WITHDRAWN.value: lazy("已撤销"),
}

OUTCOMES: dict[str, Lazy] = {
    DutyOutcome.DONE.value: lazy("已整改到位"),
    DutyOutcome.UNDER_WAY.value: lazy("列入计划，限期完成"),
    DutyOutcome.EXPLAINED.value: lazy("暂不能办，已说明理由"),
}

STEPS: dict[str, Lazy] = {
    EscalationStep.REMINDED.value: lazy("催办"),
    EscalationStep.PRESSED.value: lazy("督办"),
    EscalationStep.REPORTED.value: lazy("提级督办"),
}

HAPPENED: dict[str, Lazy] = {
    "raised": lazy("交办"),
    "changed": lazy("更正交办"),
    "answered": lazy("答复"),
    "sent_back": lazy("退回重办"),
    "approved": lazy("认可"),
    "withdrawn": lazy("撤销"),
    "fell_overdue": lazy("逾期"),
    **STEPS,
}
