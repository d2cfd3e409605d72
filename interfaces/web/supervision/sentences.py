"""What refusals about groups, inspections, notes and draws of sites say."""

from domain.shared import Refused
from domain.supervision.draw import DrawInWrongStage
from domain.supervision.inspecting import InspectionInWrongStage
from domain.supervision.note import NoteInWrongStage
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.supervision.words import DRAW_STAGES, INSPECTION_STAGES, NOTE_STAGES


def _wrong_stage(refused: Refused) -> str:
    match refused:
        case InspectionInWrongStage(title=title, stage=stage):
            words = INSPECTION_STAGES[stage]
            return _("“%(title)s”现在是“%(stage)s”，不能这样办理。请刷新页面查看。", title=title, stage=words)
        case NoteInWrongStage(stage=stage):
            return _("这条记录现在是“%(stage)s”，不能这样办理。请刷新页面查看。", stage=NOTE_STAGES[stage])
        case DrawInWrongStage(stage=stage):
            return _("这次抽点现在是“%(stage)s”，不能这样办理。请刷新页面查看。", stage=DRAW_STAGES[stage])
    raise TypeError(type(refused).__name__)


SENTENCES = {
    "GroupStands": lazy("这个项目已经有代表小组“%(name)s”。一个项目一个小组，要换人请更改小组。"),
    "NoGroup": lazy("这个项目现在没有代表小组。"),
    "LeaderNotAMember": lazy("组长应当是小组成员，请在成员里勾选组长。"),
    "TooManyMembers": lazy("一个小组最多 %(most)s 名代表，现在选了 %(members)s 名。"),
    "InspectionInWrongStage": _wrong_stage,
    "NotOnTheInspection": lazy("您不在这次视察的名单里。"),
    "NoteInWrongStage": _wrong_stage,
    "NotAProblem": lazy("这条记录没有反映问题，不用交办。"),
    "DrawInWrongStage": _wrong_stage,
    "NothingToDraw": lazy("名单里只有 %(sites)s 个点位，会全部抽中，不用抽。请增加点位。"),
    "SiteTwice": lazy("点位“%(name)s”在名单里出现了两次，会有两次机会。请删去一个。"),
    "SeedNotCommitted": lazy("本机的种子和事先公布的承诺值对不上，不能抽。请放弃这次抽点，说明原因，再重新公布。"),
    "DrawRecordUnreadable": lazy("这不是一份已经抽出的抽点记录。"),
}

FIELD_OF = {
    "LeaderNotAMember": "leader",
    "TooManyMembers": "members",
    "NothingToDraw": "sites",
    "SiteTwice": "sites",
}

REASONS = {
    "too_many": lazy("最多 %(value)s 个。"),
    "other_project": lazy("这里的项目不在本次视察的项目里，请一并勾选或者改正。"),
    "out_of_range": lazy("请填写 1 到 2000 之间的数。"),
    "site_unread": lazy("这一行读不懂：%(value)s。每行写“点位，地点，项目序号”，点位必须有，文字里不要再用逗号。"),
    "pool_with_faults": lazy(
        "表里还有 %(value)s 行有问题。点位名单封闭以后不能再改，不能丢下这些行；请改好后重新上传。"
    ),
    "site_project": lazy("没有序号为 %(value)s 的项目，请核对每行最后的项目序号。"),
}

FIELDS = {
    "leader": lazy("组长"),
    "projects": lazy("项目"),
    "sites": lazy("点位"),
    "gather": lazy("集合时间和地点"),
    "focus": lazy("重点"),
    "attended": lazy("参加的代表"),
    "held_on": lazy("日期"),
    "public_words": lazy("公开的内容"),
    "findings": lazy("发现的情况"),
    "seen_on": lazy("日期"),
    "takes": lazy("抽几个"),
    "witness": lazy("公证数字的来源"),
    "purpose": lazy("用途"),
}

KINDS = {
    "inspection": lazy("这次视察"),
    "note": lazy("这条记录"),
    "draw": lazy("这次抽点"),
}
