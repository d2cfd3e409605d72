"""What was done about groups, inspections, notes and draws of sites, as one sentence each."""

from typing import Final

from domain.supervision.draw import DrawAnnounced, DrawGivenUp, PoolClosed, SitesDrawn
from domain.supervision.group import GroupChanged, GroupDissolved, GroupFormed
from domain.supervision.inspection import (
    ConclusionCorrected,
    InspectionCancelled,
    InspectionConcluded,
    InspectionPlanned,
    InspectionReplanned,
    InspectionReplied,
)
from domain.supervision.note import NoteHandedOver, NotePhotoErased, NoteSettled, NoteTaken, NoteWithdrawn
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, number
from interfaces.web.audit.telling_polls import Told, with_reason
from interfaces.web.audit.values import Names
from interfaces.web.supervision.words import INSPECTION_KINDS


def _formed(fact: GroupFormed, names: Names) -> str:
    told = {"name": fact.name, "project": names.of(fact.project), "n": number(len(fact.members))}
    return _("为“%(project)s”建立%(name)s，共 %(n)s 名代表。", **told)


def _changed(fact: GroupChanged, names: Names) -> str:
    joined, left = (_("、").join(names.of(one) for one in some) for some in (fact.joined, fact.left))
    if joined and left:
        return _("%(joined)s加入、%(left)s退出%(name)s。", name=fact.name, joined=joined, left=left)
    if joined:
        return _("%(joined)s加入%(name)s。", name=fact.name, joined=joined)
    if left:
        return _("%(left)s退出%(name)s。", name=fact.name, left=left)
    return _("更改%(name)s的名称或组长。", name=fact.name)


def _planned(fact: InspectionPlanned | InspectionReplanned, _names: Names) -> str:
    plan = fact.plan
    told = {"title": plan.title, "kind": INSPECTION_KINDS[plan.kind.value], "day": day(plan.on)}
    if isinstance(fact, InspectionPlanned):
        return _("安排%(kind)s“%(title)s”，%(day)s。", **told)
    return _("更改%(kind)s“%(title)s”的安排，%(day)s。", **told)


def _replied(fact: InspectionReplied, names: Names) -> str:
    if fact.coming:
        return _("代表 %(name)s 回复能参加。", name=names.of(fact.delegate))
    return with_reason(_("代表 %(name)s 请假。", name=names.of(fact.delegate)), fact.words)


def _concluded(fact: InspectionConcluded, _names: Names) -> str:
    problems = sum(one.is_problem for one in fact.findings)
    return _("形成视察意见，%(n)s 名代表参加，发现问题 %(m)s 个。", n=number(len(fact.attended)), m=number(problems))


def _noted(fact: NoteTaken, names: Names) -> str:
    told = {"name": names.of(fact.delegate), "project": names.of(fact.project)}
    if fact.is_problem:
        return _("代表 %(name)s 现场记录“%(project)s”的问题。", **told)
    return _("代表 %(name)s 现场记录“%(project)s”。", **told)


SUPERVISION: Final[dict[type, Told]] = {
    GroupFormed: _formed,
    GroupChanged: _changed,
    GroupDissolved: lambda f, _n: with_reason(_("撤销代表小组。"), f.reason),
    InspectionPlanned: _planned,
    InspectionReplanned: _planned,
    InspectionReplied: _replied,
    InspectionCancelled: lambda f, _n: with_reason(_("取消视察调研。"), f.reason),
    InspectionConcluded: _concluded,
    ConclusionCorrected: lambda f, _n: _("更正视察意见，%(n)s 名代表参加。", n=number(len(f.attended))),
    NoteTaken: _noted,
    NoteWithdrawn: lambda f, _n: with_reason(_("撤回现场监督记录。"), f.reason),
    NoteHandedOver: lambda f, _n: _("把反映的问题交%(unit)s整改。", unit=f.unit_name),
    NoteSettled: lambda f, _n: _("处理反映的问题：%(words)s。", words=f.words.rstrip("。")),
    NotePhotoErased: lambda f, _n: with_reason(_("删除现场照片。"), f.reason),
    DrawAnnounced: lambda f, _n: _("公布抽点“%(title)s”的承诺值。", title=f.title),
    PoolClosed: lambda f, _n: _("封闭抽点名单，共 %(n)s 个点位。", n=number(len(f.sites))),
    SitesDrawn: lambda f, _n: _("公开种子，抽出 %(n)s 个点位。", n=number(len(f.drawn))),
    DrawGivenUp: lambda f, _n: with_reason(_("放弃抽点。"), f.reason),
}
