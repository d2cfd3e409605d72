"""The rules of the four asks in plain words, as they are previewed and cited."""

from domain.asks.rules import AskRule, AskRules, CountedFrom, WindowDay
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.asks.words import ADDRESSEES, KINDS, LABELS

_YEARS: dict[int, Lazy] = {-1: lazy("上一年"), 0: lazy("当年"), 1: lazy("下一年")}


def rule_words(rule: AskRule) -> str:
    """One ask in a sentence or two."""
    to = _("、").join(str(ADDRESSEES[one]) for one in rule.to)
    said = _("%(kind)s：%(window)s，由%(to)s答复。", kind=KINDS[rule.kind], window=_window(rule), to=to)
    if rule.required:
        labels = LABELS[rule.kind]
        said += _("另须填写%(fields)s。", fields=_("、").join(str(labels[name]) for name in rule.required))
    if rule.questions:
        said += _("附加 %(n)s 个问题。", n=len(rule.questions))
    return said


def escalation_words(rules: AskRules) -> str:
    """What happens to an overdue ask."""
    if not rules.escalation:
        return _("逾期后只作标记，不自动提级。")
    steps = [_("满 %(n)s 个工作日提至%(to)s", n=step.after, to=step.to) for step in rules.escalation]
    return _("逾期%(steps)s。", steps=_("，").join(steps))


def window_words(rule: AskRule, year: int) -> str:
    """The window in a year, with its dates where they follow from the year alone."""
    if rule.opens.counted_from is CountedFrom.SESSION:
        return _window(rule)
    opens, due = rule.opens.of(year, None), rule.due.of(year, None)
    return _("%(first)s至%(last)s", first=day(opens), last=day(due))


def _window(rule: AskRule) -> str:
    if rule.opens.counted_from is CountedFrom.SESSION:
        if rule.opens.days == 0:
            return _("会议闭幕之日起 %(n)s 天内", n=rule.due.days)
        return _("会议闭幕后第 %(first)s 天至第 %(last)s 天", first=rule.opens.days, last=rule.due.days)
    return _("%(first)s至%(last)s", first=_day(rule.opens), last=_day(rule.due))


def _day(one: WindowDay) -> str:
    return _("%(year)s%(month)s月%(day)s日", year=_YEARS[one.years], month=one.month, day=one.day)
