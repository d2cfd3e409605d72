"""What refusals about a council's agenda, hands and results say."""

from interfaces.web._base.language import lazy

SENTENCES = {
    "HandsDoNotAddUp": lazy(
        "赞成、反对、弃权、未表态合计 %(total)s 人，到会 %(present)s 人，相差 %(missing)s 人。请核对后再保存。"
    ),
    "TooFewPresent": lazy("到会 %(present)s 人，全体代表 %(members)s 人，按办法至少要 %(quorum)s 人到会，不能表决。"),
    "MorePresentThanMembers": lazy("到会 %(present)s 人，多于全体代表 %(members)s 人，数字有误。"),
    "ItemSettled": lazy("“%(title)s”已经报送上级或者列入清单，不能再改。"),
    "ItemNotCarried": lazy("“%(title)s”还没有表决，或者赞成人数不够，不能这样登记结果。"),
    "ItemNotChosen": lazy("“%(title)s”没有选定，不能报送。"),
    "ItemWasVoted": lazy("“%(title)s”已经交付表决，不能再改动、移除，也不能换一种方式表决。"),
    "QuotaReached": lazy("按办法最多选定 %(quota)s 项，名额已满。"),
    "ProposalOnAgenda": lazy("这件建议已经列入议程：“%(title)s”。"),
    "NothingToList": lazy("没有可以列入清单的事项。只有举手表决选定、还没有报送的，才能列入。"),
    "NoUpperBody": lazy("没有上级，不能报送。请管理员先登记上级。"),
    "PollNotDeclared": lazy("“%(title)s”的结果还没有宣布。"),
}

REASONS = {
    "negative": lazy("不能小于 0。"),
    "too_many": lazy("一次会议最多 %(value)s 项。"),
}

FIELDS = {
    "present": lazy("到会"),
    "votes_for": lazy("赞成"),
    "against": lazy("反对"),
    "abstain": lazy("弃权"),
    "not_voting": lazy("未表态"),
    "counted_by": lazy("清点人"),
    "presenter": lazy("提出人"),
    "speaker": lazy("发言人"),
    "words": lazy("发言内容"),
    "items": lazy("议程事项"),
    "lines": lazy("一行一项"),
    "removal_reason": lazy("移出的理由"),
    "again_reason": lazy("重新清点的理由"),
    "result_reason": lazy("理由"),
    "profile": lazy("表决办法"),
    "result": lazy("结果"),
    "content": lazy("内容"),
    "notice_number": lazy("公告编号"),
}

KINDS = {
    "agenda": lazy("这次会议的议程"),
    "agenda_item": lazy("这项议程"),
    "discussion_note": lazy("这条发言记录"),
}

FIELD_OF = {
    "HandsDoNotAddUp": "present",
    "TooFewPresent": "present",
    "MorePresentThanMembers": "present",
    "ItemNotCarried": "result",
    "QuotaReached": "result",
}
