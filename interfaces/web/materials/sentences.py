"""What refusals about materials and reminders say."""

from domain.congress.materials import RemindedToday
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day


def _reminded(refused: Refused) -> str:
    if not isinstance(refused, RemindedToday):
        raise TypeError(type(refused).__name__)
    return _("%(day)s 已经提醒过，每天最多提醒一次。", day=day(refused.on))


SENTENCES = {
    "MaterialIsWithdrawn": lazy("材料“%(title)s”已经撤回。"),
    "MaterialWasReplaced": lazy("材料“%(title)s”刚刚换了新版，请先看新版再确认。"),
    "RemindedToday": _reminded,
    "NobodyToRemind": lazy("代表都已读过，不用提醒。"),
}

REASONS = {
    "unknown_delegation": lazy("名册上没有“%(value)s”。"),
    "no_delegation": lazy("请至少选一个代表团，或者改为发给全体代表。"),
}

FIELDS = {
    "delegations": lazy("代表团"),
    "document": lazy("文件"),
    "withdrawn_because": lazy("撤回理由"),
}

KINDS = {"material": lazy("这份材料"), "file": lazy("这个文件")}
