"""What rehearsals refuse, in words."""

from typing import Final

from interfaces.web._base.language import Lazy, lazy

SENTENCES: Final[dict[str, Lazy]] = {
    "RehearsalUnderWay": lazy("第%(rehearsal)s次演练还没有结束。请先把它作废，再开始新的演练。"),
    "RehearsalIsOver": lazy("第%(rehearsal)s次演练已经作废。"),
    "OnlyInRehearsal": lazy("“%(title)s”不是演练。一键签到、模拟投票只能在演练里用。"),
    "NotInRehearsal": lazy("“%(title)s”本身就是演练，不能再演练，也不能在里面准备真实表决。"),
    "SetOfRehearsal": lazy("这套票卡是演练用的，不能用于真实表决。"),
    "SetIsReal": lazy("这套票卡是真实表决用的，不能用于演练。"),
}
REASONS: Final[dict[str, Lazy]] = {
    "too_many": lazy("没有这么多张。"),
}
KINDS: Final[dict[str, Lazy]] = {
    "rehearsal": lazy("这次演练"),
    "rehearsal_cards": lazy("演练票卡的编码"),
}
FIELDS: Final[dict[str, Lazy]] = {
    "leave": lazy("留下的票卡"),
    "outcome": lazy("模拟结果"),
    "sealing": lazy("密封"),
}
