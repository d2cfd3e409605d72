"""What refusals about sessions and the check-in say."""

from interfaces.web._base.language import lazy

SENTENCES = {
    "SessionExists": lazy("第 %(term)s 届第 %(number)s 次会议已经召集。"),
    "SessionInUse": lazy("“%(title)s”的候选项目清单已经公布，名称、年度和日期不能再改。确需更改，请先撤回清单。"),
    "AlreadyCheckedIn": lazy("%(name)s已经签到，不用再签。"),
    "NotCheckedIn": lazy("%(name)s还没有签到，不能领票。"),
    "CardAlreadyDrawn": lazy("%(name)s已经领过票卡，一位代表只领一张。"),
    "PaperAlreadyIssued": lazy("%(name)s已经领过纸质票，一位代表只领一张。写坏的票请到监票台换。"),
    "HoldsCard": lazy(
        "%(name)s领了票卡。票卡和纸质票只能领一样；要换领或撤销签到，请先收回票卡、撤销领票。表决已经开始的，不能撤销。"
    ),
    "HoldsPaper": lazy("%(name)s领了纸质票。票卡和纸质票只能领一样；要换领或撤销签到，请先收回纸质票、撤销领票。"),
}

REASONS = {
    "ordinal": lazy("应在 1 到 99 之间。"),
    "year": lazy("请填写四位年份。"),
    "ends_before_start": lazy("结束日期早于开始日期。"),
}

FIELDS = {
    "number": lazy("次数"),
    "year": lazy("年度"),
    "starts_on": lazy("开始日期"),
    "ends_on": lazy("结束日期"),
}

KINDS = {
    "session": lazy("这次会议"),
    "card": lazy("领票记录"),
    "paper": lazy("领纸质票的记录"),
    "poll": lazy("这次表决"),
}

FIELD_OF = {"SessionExists": "number"}
