"""What the lines of a timeline say of delegates, volunteers and the upper level who look at a project."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from domain.supervision.duty import DutyOutcome, DutySource, EscalationStep
from domain.supervision.inquiry import InquiryKind
from domain.supervision.inspection import InspectionKind
from domain.supervision.observation import ObservationKind
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day

Details = Mapping[str, Any]
Told = tuple[str, ...]

INSPECTED: Final[dict[str, Lazy]] = {
    InspectionKind.INSPECTION.value: lazy("代表视察"),
    InspectionKind.SURVEY.value: lazy("代表调研"),
    InspectionKind.UNANNOUNCED.value: lazy("代表暗访"),
    InspectionKind.GROUP.value: lazy("代表小组监督"),
}

_SOURCES: Final[dict[str, Lazy]] = {
    DutySource.INQUIRY.value: lazy("专题询问"),
    DutySource.HEARING.value: lazy("听证会"),
    DutySource.INSPECTION.value: lazy("视察"),
    DutySource.NOTE.value: lazy("代表现场监督"),
    DutySource.OBSERVATION.value: lazy("群众义务监督"),
    DutySource.VISIT.value: lazy("上级督导"),
}

_OUTCOMES: Final[dict[str, Lazy]] = {
    DutyOutcome.DONE.value: lazy("已办结"),
    DutyOutcome.UNDER_WAY.value: lazy("正在办理"),
    DutyOutcome.EXPLAINED.value: lazy("已说明原因"),
}

_STEPS: Final[dict[str, Lazy]] = {
    EscalationStep.REMINDED.value: lazy("催办"),
    EscalationStep.PRESSED.value: lazy("督办"),
    EscalationStep.REPORTED.value: lazy("提级报告"),
}

_INQUIRED: Final[dict[str, Lazy]] = {
    InquiryKind.INQUIRY.value: lazy("专题询问"),
    InquiryKind.HEARING.value: lazy("听证会"),
}

_OBSERVED: Final[dict[str, Lazy]] = {
    ObservationKind.FINE.value: lazy("情况良好"),
    ObservationKind.PROBLEM.value: lazy("发现问题"),
    ObservationKind.SUGGESTION.value: lazy("提出建议"),
}


def _group_formed(told: Details) -> Told:
    return (_("%(name)s成立，%(n)s 名代表监督这个项目。", name=told["name"], n=told["members"]),)


def _inspection_told(told: Details) -> Told:
    what, on = INSPECTED[told["inspected"]], _day(told["planned_on"])
    return (_("通知%(what)s：%(title)s，%(day)s进行。", what=what, title=told["title"], day=on),)


def _inspection(told: Details) -> Told:
    what = INSPECTED[told["inspected"]]
    if told["sites"]:
        said = _("%(what)s：%(title)s，看了 %(n)s 处。", what=what, title=told["title"], n=told["sites"])
    else:
        said = _("%(what)s：%(title)s。", what=what, title=told["title"])
    found = [_("问题：%(words)s", words=words) if problem else words for words, problem in told.get("findings", ())]
    published = _("向居民公布：%(words)s", words=told["published"]) if told.get("published") else ""
    return said, told["words"], *found, published


def _note(told: Details) -> Told:
    said = _("代表现场记录，发现问题。") if told["is_problem"] else _("代表现场记录。")
    return said, told["words"], told["place"]


def _duty(told: Details) -> Told:
    source = _SOURCES[told["source"]]
    said = _("%(source)s交办%(unit)s：%(words)s", source=source, unit=told["unit"], words=told["words"])
    return said, _("%(title)s，%(day)s前答复", title=told["title"], day=_day(told["due_on"]))


def _answered(told: Details) -> Told:
    return _("%(unit)s答复交办事项。", unit=told["unit"]), *_answer(told)


def _approved(told: Details) -> Told:
    return _("%(unit)s的答复得到认可。", unit=told["unit"]), *_answer(told), told["remark"]


def _answer(told: Details) -> Told:
    outcome = str(_OUTCOMES[told["outcome"]]) if told.get("outcome") else ""
    if told.get("promised_on"):
        outcome += _("，承诺%(day)s前完成", day=_day(told["promised_on"]))
    return outcome, told.get("answer") or ""


def _escalated(told: Details) -> Told:
    said = _("%(step)s%(unit)s", step=_STEPS[told["step"]], unit=told["unit"])
    said += _("，送%(to)s。", to=told["to"]) if told["to"] else _("。")
    late = told.get("working_days")
    return said, _("逾期 %(n)s 个工作日", n=late) if late else "", told["words"]


def _observation(told: Details) -> Told:
    what = _OBSERVED[told["observed"]]
    return _("第 %(n)s 号监督员：%(what)s。", n=told["number"], what=what), told["words"], told["place"]


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


TOLD: Final[dict[str, Callable[[Details], Told]]] = {
    "group_formed": _group_formed,
    "group_dissolved": lambda told: (_("代表小组撤销。"), told["reason"]),
    "inspection_told": _inspection_told,
    "inspection_cancelled": lambda told: (_("取消：%(title)s。", title=told["title"]), told["reason"]),
    "inspection": _inspection,
    "note": _note,
    "note_withdrawn": lambda told: (_("撤回一条现场记录。"), told["reason"]),
    "duty": _duty,
    "duty_answered": _answered,
    "duty_sent_back": lambda told: (_("交办事项的答复退回重办。"), told["reason"]),
    "duty_approved": _approved,
    "duty_overdue": lambda told: (
        _("%(unit)s的交办事项 %(due)s 到期，已经逾期。", unit=told["unit"], due=_day(told["due_on"])),
    ),
    "duty_escalated": _escalated,
    "duty_withdrawn": lambda told: (_("撤销交办事项。"), told["reason"]),
    "inquiry": lambda told: (
        _("%(what)s：%(topic)s。", what=_INQUIRED[told["inquired"]], topic=told["topic"]),
        told["words"],
    ),
    "observation": _observation,
    "visit": lambda told: (_("上级督导：%(topic)s。", topic=told["topic"]), told["words"]),
    "visit_finding": lambda told: (
        _("上级督导提出：%(words)s", words=told["words"]),
        _("%(day)s前答复", day=_day(told["due_on"])),
    ),
    "visit_finding_approved": lambda told: (_("上级督导认可答复：%(words)s", words=told["words"]), told["remark"]),
}
