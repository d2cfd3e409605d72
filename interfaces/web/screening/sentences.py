"""What refusals about screening and approvals say."""

from domain.projects import approvals
from domain.proposals.screening import NegativeListHit
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day
from interfaces.web.screening.words import APPROVALS, kinds_named, rules_named


def _hit(refused: Refused) -> str:
    if not isinstance(refused, NegativeListHit):
        raise TypeError(type(refused).__name__)
    return _(
        "“%(title)s”命中负面清单 %(rules)s，不能作为候选项目。",
        title=refused.title,
        rules=rules_named(refused.rules),
    )


def _out_of_order(refused: Refused) -> str:
    if not isinstance(refused, approvals.ApprovalOutOfOrder):
        raise TypeError(type(refused).__name__)
    return _(
        "审定要按程序进行：“%(name)s”还没有登记%(first)s，不能先登记%(kind)s。",
        name=refused.name,
        first=APPROVALS[refused.first],
        kind=APPROVALS[refused.kind],
    )


def _refused(refused: Refused) -> str:
    if not isinstance(refused, approvals.ApprovalRefused):
        raise TypeError(type(refused).__name__)
    return _(
        "%(body)s不同意“%(name)s”。情况有变化的，先撤回这条意见，再重新审定。",
        body=refused.body,
        name=refused.name,
    )


def _missing(refused: Refused) -> str:
    if not isinstance(refused, approvals.ApprovalsMissing):
        raise TypeError(type(refused).__name__)
    return _("“%(name)s”还缺审定：%(kinds)s，不能列入名单。", name=refused.name, kinds=kinds_named(refused.kinds))


def _backwards(refused: Refused) -> str:
    if not isinstance(refused, approvals.ApprovalRunsBackwards):
        raise TypeError(type(refused).__name__)
    return _(
        "日期与审定的先后不符：%(on)s 与%(kind)s的 %(other)s 前后颠倒。",
        on=day(refused.on),
        kind=APPROVALS[refused.kind],
        other=day(refused.other),
    )


def _already(refused: Refused) -> str:
    if not isinstance(refused, approvals.AlreadyApproved):
        raise TypeError(type(refused).__name__)
    return _(
        "“%(name)s”已经登记过%(kind)s（%(body)s）。要改，请先撤回原来的那条。",
        name=refused.name,
        kind=APPROVALS[refused.kind],
        body=refused.body,
    )


def _later(refused: Refused) -> str:
    if not isinstance(refused, approvals.LaterApprovalStands):
        raise TypeError(type(refused).__name__)
    return _(
        "“%(name)s”的%(kind)s以这条意见为前提，请先撤回%(kind)s。", name=refused.name, kind=APPROVALS[refused.kind]
    )


SENTENCES = {
    "NegativeListHit": _hit,
    "NotScreened": lazy("“%(title)s”还没有初筛。本大会已经启用初筛清单，请先初筛。"),
    "ApprovalOutOfOrder": _out_of_order,
    "ApprovalRefused": _refused,
    "ApprovalsMissing": _missing,
    "ApprovalRunsBackwards": _backwards,
    "AlreadyApproved": _already,
    "LaterApprovalStands": _later,
}

REASONS = {
    "code_repeated": lazy("编号“%(value)s”空着或者与别的条目重复，请给每一条一个不同的编号。"),
    "empty": lazy("编号“%(value)s”的条目没有名称。"),
    "approval_repeated": lazy("同一个审定环节选了两次。"),
    "not_in_the_rules": lazy("本大会的审定程序里没有这个环节。"),
    "no_such_rule": lazy("清单里没有编号“%(value)s”的条目，清单可能刚刚换过，请重新打开初筛页。"),
    "after_publication": lazy("决定日期（%(value)s）晚于公布日期。"),
}

FIELDS = {
    "positive": lazy("正面清单"),
    "negative": lazy("负面清单"),
    "code": lazy("编号"),
    "approvals": lazy("审定程序"),
    "hits": lazy("负面清单"),
    "unmet": lazy("正面清单"),
    "kind": lazy("审定环节"),
    "body": lazy("单位或者会议"),
    "outcome": lazy("结论"),
    "on": lazy("日期"),
    "words": lazy("意见内容"),
    "document": lazy("文件"),
    "decision_number": lazy("决定文号"),
    "decided_on": lazy("决定日期"),
    "scan": lazy("决定扫描件"),
}

FIELD_OF = {
    "ApprovalRunsBackwards": "on",
    "AlreadyApproved": "body",
    "ApprovalOutOfOrder": "kind",
}

KINDS = {"approval": lazy("这条审定意见"), "document": lazy("这份文件")}
