"""Lights and the state of a project under way in words. A colour never stands without its word."""

from datetime import date
from typing import Final

from domain.asks.answers import Completion
from domain.projects.implementation import ReportStage
from domain.projects.implementation_facts import UrgingLevel
from domain.projects.lights import Band, Cause, Colour, Light, LightRules, band_of
from domain.projects.periods import Rhythm, days_late
from interfaces.public.projects.timeline import COMPLETIONS as SAID
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import number, rounded
from projections.progress_board import REPLACED

COLOURS: Final[dict[Colour, Lazy]] = {
    Colour.GREEN: lazy("绿灯"),
    Colour.YELLOW: lazy("黄灯"),
    Colour.ORANGE: lazy("橙灯"),
    Colour.RED: lazy("红灯"),
    Colour.BLUE: lazy("蓝灯"),
    Colour.GREY: lazy("灰灯"),
    Colour.BLACK: lazy("黑灯"),
}

LIGHT_KINDS: Final[dict[Colour, str]] = {
    Colour.GREEN: "ok",
    Colour.YELLOW: "warn",
    Colour.ORANGE: "orange",
    Colour.RED: "bad",
    Colour.BLUE: "info",
    Colour.GREY: "idle",
    Colour.BLACK: "dark",
}
"""The look of a tag or bar; each colour has a shape of its own too."""

RHYTHMS: Final[dict[Rhythm, Lazy]] = {Rhythm.MONTHLY: lazy("按月填报"), Rhythm.QUARTERLY: lazy("按季填报")}

COMPLETIONS: Final[dict[Completion, Lazy]] = {level: SAID[level.value] for level in Completion}

COMPLETION_KINDS: Final[dict[Completion, str]] = {
    Completion.COMPLETED: "ok",
    Completion.BASICALLY_COMPLETED: "info",
    Completion.NOT_COMPLETED: "bad",
    Completion.CARRIED_OVER: "warn",
}

REPORT_STAGES: Final[dict[str, Lazy]] = {
    ReportStage.GIVEN.value: lazy("待审核"),
    ReportStage.SENT_BACK.value: lazy("退回重报"),
    ReportStage.APPROVED.value: lazy("已审核"),
    REPLACED: lazy("已重报"),
}
REPORT_KINDS: Final = {
    ReportStage.GIVEN.value: "warn",
    ReportStage.SENT_BACK.value: "bad",
    ReportStage.APPROVED.value: "ok",
    REPLACED: "idle",
}

URGINGS: Final[dict[UrgingLevel, Lazy]] = {
    UrgingLevel.REMINDER: lazy("提醒"),
    UrgingLevel.SUPERVISION: lazy("督办通知"),
    UrgingLevel.INTERVIEW: lazy("约谈负责人"),
    UrgingLevel.LEADING_GROUP: lazy("提请领导小组"),
}

SCHEME_TITLES: Final[dict[str, Lazy]] = {
    "three_colours": lazy("三色灯：绿、黄、红（默认）"),
    "four_colours": lazy("四色灯：绿、蓝、黄、红"),
    "five_steps": lazy("四级灯：绿、黄、橙、红"),
    "two_colours": lazy("两色灯：绿、红"),
}


def light_words(light: Light, rules: LightRules) -> str:
    """What a light says, short: 正常推进, 节点逾期, 已验收."""
    match light.cause:
        case Cause.TERMINATED:
            return _("已终止")
        case Cause.SUSPENDED:
            return _("已暂缓")
        case Cause.ACCEPTED:
            return _("已验收")
        case Cause.MILESTONE_OVERDUE:
            return _("节点逾期")
        case Cause.DIFFERENCE:
            return band_words(band_of(rules, light.difference))


def light_reason(light: Light, today: date) -> str:
    """Why it is so, with its figures: 比计划慢 20 个百分点, 节点“主体完工”逾期 9 天."""
    if light.cause is Cause.MILESTONE_OVERDUE and light.milestone is not None:
        days = days_late(light.milestone.due_on, today)
        return _("节点“%(name)s”逾期 %(n)s 天", name=light.milestone.name, n=days)
    if light.cause is not Cause.DIFFERENCE:
        return ""
    points = rounded(light.difference, 0)
    if points == 0:
        return _("与计划持平")
    if points < 0:
        return _("比计划慢 %(n)s 个百分点", n=number(-points))
    return _("比计划快 %(n)s 个百分点", n=number(points))


def band_words(band: Band) -> str:
    """The words of a band: of a ready-made scheme in the reader's language, of an own scheme as they were typed."""
    return str(_BANDS.get(band.words, band.words))


_BANDS: Final[dict[str, Lazy]] = {
    "正常推进": lazy("正常推进"),
    "进度偏慢": lazy("进度偏慢"),
    "严重滞后": lazy("严重滞后"),
    "超前推进": lazy("超前推进"),
    "按期推进": lazy("按期推进"),
    "轻微滞后": lazy("轻微滞后"),
    "明显滞后": lazy("明显滞后"),
    "序时推进": lazy("序时推进"),
    "未达序时": lazy("未达序时"),
}
