"""What refusals about calls say."""

from domain.proposals.call import ChannelNotOffered, OutsideTheWindow, WindowShortened
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day
from interfaces.web.calls.words import CHANNELS


def _shortened(refused: Refused) -> str:
    if not isinstance(refused, WindowShortened):
        raise TypeError(type(refused).__name__)
    last = day(refused.closes_on)
    return _("征集期已公布到%(day)s，只能延长，不能缩短。请填写更晚的日期。", day=last)


def _outside(refused: Refused) -> str:
    if not isinstance(refused, OutsideTheWindow):
        raise TypeError(type(refused).__name__)
    first, last, on = day(refused.opens_on), day(refused.closes_on), day(refused.on)
    if refused.on < refused.opens_on:
        return _("征集从%(first)s开始，%(on)s不在征集期内。", first=first, on=on)
    return _("征集已于%(last)s结束，%(on)s不在征集期内（%(first)s至%(last)s）。", first=first, last=last, on=on)


def _not_offered(refused: Refused) -> str:
    if not isinstance(refused, ChannelNotOffered):
        raise TypeError(type(refused).__name__)
    return _("本次征集公告没有开放“%(channel)s”这一渠道。", channel=CHANNELS[refused.channel])


SENTENCES = {
    "CallExists": lazy("%(year)s 年的征集公告已经发布，一年只有一份；需要时可以延长或更正。"),
    "WindowTooShort": lazy("征集期只有 %(days)s 天，首尾两天都算；不足 %(required)s 天的，请延长或写明理由。"),
    "WindowShortened": _shortened,
    "OutsideTheWindow": _outside,
    "ChannelNotOffered": _not_offered,
}

FIELD_OF = {
    "CallExists": "year",
    "WindowTooShort": "closes_on",
    "WindowShortened": "closes_on",
}

REASONS = {
    "year": lazy("请填写 2000 到 2100 之间的年份。"),
    "channel": lazy("这一渠道不能对外开放。"),
}

FIELDS = {
    "opens_on": lazy("开始日期"),
    "closes_on": lazy("结束日期"),
    "words": lazy("公告正文"),
    "channels": lazy("征集渠道"),
    "year": lazy("年度"),
    "channel": lazy("渠道"),
    "waiver": lazy("不足三十天的理由"),
    "telephone": lazy("电话"),
    "address": lazy("地址"),
    "notice_number": lazy("公告文号"),
}

KINDS = {"call": lazy("这一年的征集公告")}
