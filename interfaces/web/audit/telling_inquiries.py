"""What was done in inquiries, with duties, by volunteers and on guidance visits, as one sentence each."""

from typing import Final

from domain.supervision.duty import (
    DutyAnswered,
    DutyApproved,
    DutyChanged,
    DutyEscalated,
    DutyFellOverdue,
    DutyRaised,
    DutySentBack,
    DutyWithdrawn,
)
from domain.supervision.duty_rules import DutyRulesAdopted
from domain.supervision.inquiry import (
    InquiryCancelled,
    InquiryHeld,
    InquiryPlanned,
    InquiryQuestionAnswered,
    InquiryQuestionCorrected,
    InquiryQuestionDropped,
    InquiryQuestionPut,
    InquiryRearranged,
)
from domain.supervision.observation import ObservationMade, ObservationPhotoErased, ObservationSettled
from domain.supervision.visit import (
    VisitCancelled,
    VisitFindingAnswered,
    VisitFindingApproved,
    VisitFindingNoted,
    VisitFindingSentBack,
    VisitFindingWithdrawn,
    VisitHeld,
    VisitPlanned,
    VisitRearranged,
)
from domain.supervision.volunteer import (
    VolunteerAssigned,
    VolunteerEnlisted,
    VolunteerForgotten,
    VolunteerLinkIssued,
    VolunteerLinkRevoked,
    VolunteerReleased,
)
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.audit.telling_polls import Told, with_reason
from interfaces.web.audit.values import Names
from interfaces.web.duties.words import OUTCOMES, SOURCES, STEPS
from interfaces.web.inquiries.words import INQUIRY_KINDS
from interfaces.web.volunteers.words import OBSERVATION_KINDS, OBSERVATION_OUTCOMES, known_as


def _raised(fact: DutyRaised, _names: Names) -> str:
    said = {"unit": fact.unit_name, "due": day(fact.due_on), "source": SOURCES[fact.origin.kind.value]}
    return _("%(source)s中的问题交%(unit)s在 %(due)s 前办理。", **said)


def _answered(fact: DutyAnswered, _names: Names) -> str:
    unit = fact.unit_name or _("政府办公室")
    return _("%(unit)s答复交办事项：%(outcome)s。", unit=unit, outcome=OUTCOMES[fact.outcome.value])


def _escalated(fact: DutyEscalated, _names: Names) -> str:
    step = STEPS[fact.step.value]
    said = _("%(step)s交办事项。", step=step)
    if fact.to:
        said = _("%(step)s交办事项，抄送%(to)s。", step=step, to=fact.to)
    if fact.working_days:
        said = _("逾期 %(n)s 个工作日：%(said)s", n=fact.working_days, said=said)
    return with_reason(said, fact.words)


def _planned(fact: InquiryPlanned, _names: Names) -> str:
    said = {"kind": INQUIRY_KINDS[fact.kind.value], "topic": fact.plan.topic, "on": day(fact.plan.on)}
    return _("安排 %(on)s 就“%(topic)s”举行%(kind)s。", **said)


def _asked(fact: InquiryQuestionPut, names: Names) -> str:
    who = names.of(fact.delegate) if fact.delegate else fact.speaker
    return _("%(who)s提出询问或者陈述。", who=who)


def _observed(fact: ObservationMade, names: Names) -> str:
    said = {"who": known_as(fact.number), "project": names.of(fact.project), "kind": OBSERVATION_KINDS[fact.kind.value]}
    return _("%(who)s就“%(project)s”反映情况（%(kind)s）。", **said)


def _visit(fact: VisitPlanned, _names: Names) -> str:
    said = {"visited": fact.visited_name, "topic": fact.plan.topic, "on": day(fact.plan.on)}
    return _("安排 %(on)s 到%(visited)s督导：%(topic)s。", **said)


INQUIRIES: Final[dict[type, Told]] = {
    DutyRaised: _raised,
    DutyChanged: lambda f, _n: with_reason(
        _("更正交办事项，由%(unit)s在 %(due)s 前办理。", unit=f.unit_name, due=day(f.due_on)), f.reason
    ),
    DutyAnswered: _answered,
    DutySentBack: lambda f, _n: with_reason(_("退回交办事项的答复，%(due)s 前重办。", due=day(f.due_on)), f.reason),
    DutyApproved: lambda f, _n: with_reason(_("认可交办事项的答复。"), f.remark),
    DutyFellOverdue: lambda f, _n: _("交办事项 %(due)s 到期，已经逾期。", due=day(f.due_on)),
    DutyEscalated: _escalated,
    DutyRulesAdopted: lambda f, _n: _(
        "交办事项督办规则第 %(version)s 版启用（%(decision)s）。", version=f.version, decision=f.decision
    ),
    DutyWithdrawn: lambda f, _n: with_reason(_("撤销交办事项。"), f.reason),
    InquiryPlanned: _planned,
    InquiryRearranged: lambda f, _n: _("更改安排：%(on)s，%(topic)s。", on=day(f.plan.on), topic=f.plan.topic),
    InquiryCancelled: lambda f, _n: with_reason(_("取消询问或者听证。"), f.reason),
    InquiryQuestionPut: _asked,
    InquiryQuestionCorrected: lambda _f, _n: _("更正询问或者陈述的内容。"),
    InquiryQuestionDropped: lambda f, _n: with_reason(_("删去询问或者陈述。"), f.reason),
    InquiryQuestionAnswered: lambda f, _n: _("登记%(who)s的答复。", who=f.respondent or _("应询单位")),
    InquiryHeld: lambda f, _n: _("登记 %(on)s 举行的情况和结论。", on=day(f.on)),
    VolunteerEnlisted: lambda f, _n: _("登记%(who)s。", who=known_as(f.number)),
    VolunteerAssigned: lambda f, _n: _("更改监督的项目，共 %(n)s 个。", n=len(f.projects)),
    VolunteerReleased: lambda f, _n: with_reason(_("监督员离任。"), f.reason),
    VolunteerLinkIssued: lambda f, _n: _("给监督员发放专用链接，%(day)s 前有效。", day=day(f.until)),
    VolunteerLinkRevoked: lambda _f, _n: _("收回监督员的专用链接。"),
    VolunteerForgotten: lambda _f, _n: _("彻底删除监督员的姓名和联系方式。"),
    ObservationMade: _observed,
    ObservationSettled: lambda f, _n: with_reason(
        _("处理反映的情况：%(outcome)s。", outcome=OBSERVATION_OUTCOMES[f.outcome.value]), f.words
    ),
    ObservationPhotoErased: lambda f, _n: with_reason(_("彻底删除反映的照片。"), f.reason),
    VisitPlanned: _visit,
    VisitRearranged: lambda f, _n: _("更改督导安排：%(on)s，%(topic)s。", on=day(f.plan.on), topic=f.plan.topic),
    VisitCancelled: lambda f, _n: with_reason(_("取消督导。"), f.reason),
    VisitHeld: lambda f, _n: _("登记 %(on)s 督导的情况。", on=day(f.on)),
    VisitFindingNoted: lambda f, _n: _("提出督导意见，%(due)s 前答复。", due=day(f.due_on)),
    VisitFindingWithdrawn: lambda f, _n: with_reason(_("撤销督导意见。"), f.reason),
    VisitFindingAnswered: lambda _f, _n: _("答复督导意见。"),
    VisitFindingSentBack: lambda f, _n: with_reason(
        _("退回对督导意见的答复，%(due)s 前重办。", due=day(f.due_on)), f.reason
    ),
    VisitFindingApproved: lambda f, _n: with_reason(_("认可对督导意见的答复。"), f.remark),
}
