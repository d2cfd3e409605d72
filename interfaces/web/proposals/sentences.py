"""What refusals about proposals say."""

from domain.proposals.deciding import ProposalSettled
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.proposals.words import OUTCOMES


def _settled(refused: Refused) -> str:
    if not isinstance(refused, ProposalSettled):
        raise TypeError(type(refused).__name__)
    said = {"title": refused.title, "outcome": OUTCOMES[refused.outcome]}
    return _("建议“%(title)s”已经办结（%(outcome)s）。要改变结果，请先重新办理。", **said)


SENTENCES = {
    "ProposalSettled": _settled,
    "ProposalIsOpen": lazy("建议“%(title)s”还在办理，没有可以撤回的结果。"),
    "StandsBehindProject": lazy(
        "建议“%(title)s”已经成为候选项目。要重新办理，请先撤回候选项目，或把建议从候选项目中退回。"
    ),
    "CannotTakeIn": lazy(
        "不能并入“%(title)s”：只能并入同一大会、同一年度的另一件待办建议，或者已经成为候选项目的建议。"
    ),
    "NotInReserve": lazy("建议“%(title)s”不在储备库里。"),
    "HandedOn": lazy("建议“%(title)s”已经转给另一个大会办理，在这里不能重新办理；转错了请对方转回来。"),
    "DrawnAlready": lazy("建议“%(title)s”已经从储备库转入 %(year)s 年，请在那一年办理。"),
}

REASONS = {
    "personal": lazy("不要在这里写手机号码或者身份证号（%(value)s），请填在联系方式里。"),
    "no_rule_hit": lazy("初筛没有发现这件建议在负面清单之内，请先初筛，或者选别的原因。"),
    "not_later": lazy("请选择 %(value)s 年以后的年度。"),
    "in_the_future": lazy("日期还没有到。"),
    "out_of_range": lazy("超出了范围（%(value)s）。"),
    "not_positive": lazy("应当大于零。"),
    "two_to_merge": lazy("合并至少要选两件。"),
    "no_such_proposal": lazy("没有找到查询码是 %(value)s 的建议，请核对。"),
}

FIELDS = {
    "content": lazy("内容"),
    "place": lazy("地点"),
    "category": lazy("类别"),
    "beneficiaries": lazy("受益群众"),
    "estimated_funds": lazy("估算资金"),
    "unit_name": lazy("单位名称"),
    "signatories": lazy("联名人数"),
    "received_on": lazy("收到日期"),
    "house": lazy("代表之家"),
    "parts": lazy("拆分后的各件"),
    "proposals": lazy("建议"),
    "voices": lazy("附议人数"),
    "support_words": lazy("材料来源"),
    "into": lazy("并入哪一件"),
    "to": lazy("转给谁"),
    "congress": lazy("转给哪个大会"),
}

KINDS = {"proposal": lazy("这件建议"), "call": lazy("这一年的征集公告")}

FIELD_OF = {"DrawnAlready": "year", "CannotTakeIn": "into"}
