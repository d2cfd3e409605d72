"""What a voter is told when something is not as it should be: what it is, what to do, whom to ask."""

from typing import NamedTuple

from domain.polls.card_set import CardOfAnotherSet, SetName
from domain.shared import Refused
from interfaces.web._base.language import Lazy, lazy


class Told(NamedTuple):
    """How the ballot page shows a refusal."""

    title: Lazy
    tone: str = "bad"
    again: str = ""
    """"soon": the page asks again by itself; "refill": the same card can be used for another try; "word": the same
    ballot is sent again with another hall word."""


TOLD: dict[str, Told] = {
    "MistypedCode": Told(lazy("代码不对"), "warn"),
    "UnknownCard": Told(lazy("没有这张票卡")),
    "CardOfAnotherSet": Told(lazy("这是另一套票卡"), "warn"),
    "SetNotReleased": Told(lazy("票卡还没有启用"), "warn", "soon"),
    "SetNotBound": Told(lazy("票卡还没有启用"), "warn"),
    "SetDiscarded": Told(lazy("这套票卡已停用")),
    "PollNotOpen": Told(lazy("还没有开始投票"), "warn", "soon"),
    "PollIsClosed": Told(lazy("投票已经结束")),
    "CardIsVoid": Told(lazy("这张票卡已作废")),
    "CardUsed": Told(lazy("这张票卡已经投过票"), "warn"),
    "BallotForAnotherForm": Told(lazy("选票页面已经过期"), "warn", "refill"),
    "BallotUnreadable": Told(lazy("选票没有被接受"), again="refill"),
    "BallotSeenElsewhere": Told(lazy("选票没有被接受"), again="refill"),
    "HallWordNeeded": Told(lazy("请输入会场口令"), "warn", "word"),
    "HallWordWrong": Told(lazy("会场口令不对"), "warn", "word"),
    "HallWordGuessed": Told(lazy("会场口令不对"), "warn", "word"),
}

BEFORE_CASTING = {
    "CardUsed": lazy("一张票卡只能投一次，票箱里那张选票的回执如下。如果您没有投过票，请立即告诉监票人。"),
    "PollIsClosed": lazy("投票已经结束，不能再投票。如有疑问，请到监票人工作台询问。"),
}
"""What is said instead when the card is shown and no ballot was sent yet."""


def set_words(name: SetName) -> str:
    """A set as people call it: 蓝色 第 2 套（山茶）."""
    return lazy("%(colour)s第 %(number)s 套（%(word)s）").filled(colour=name.colour, number=name.number, word=name.word)


def _of_another_set(refused: Refused) -> str:
    if not isinstance(refused, CardOfAnotherSet):
        raise TypeError(type(refused).__name__)
    return lazy("您拿的是%(held)s，现在投票用的是%(open)s。请换用现在这一套；您手里的票卡没有被使用。").filled(
        held=set_words(refused.card_set), open="、".join(map(set_words, refused.open_sets))
    )


SENTENCES = {
    "MistypedCode": lazy("请对照票卡上的代码再输一次。代码共 21 位，最后一位是校验位。"),
    "UnknownCard": lazy("系统里没有这张票卡。请检查是否输错；仍然不行，请到监票人工作台询问。"),
    "CardOfAnotherSet": _of_another_set,
    "SetNotReleased": lazy("总监票人还没有启用这套票卡，请稍等。本页会自动再看一次。"),
    "SetNotBound": lazy("这套票卡还没有用于任何表决。请使用签到时领到的票卡，或到监票人工作台询问。"),
    "SetDiscarded": lazy("这套票卡不再使用。请到监票人工作台询问。"),
    "PollNotOpen": lazy("请听会场主持人宣布。开始后本页会自动打开选票；票卡没有被使用。"),
    "PollIsClosed": lazy("投票已经结束，这张选票没有计入。如有疑问，请到监票人工作台询问。"),
    "CardIsVoid": lazy("这张票卡已经作废，不能投票。请到监票人工作台换领或使用纸质表决票。"),
    "CardUsed": lazy("先投的一张有效，这一张没有接受。票箱里那张选票的回执如下。如果您没有投过票，请立即告诉监票人。"),
    "BallotForAnotherForm": lazy("选票的项目已有变化。票卡没有被使用，请重新填写。"),
    "BallotUnreadable": lazy("选票没有填写完整或被改动过，没有存入票箱。票卡没有被使用，请重新填写。"),
    "BallotSeenElsewhere": lazy("同一张选票已用别的票卡投过，这一张没有接受。请重新填写，或告诉监票人。"),
    "TryAgain": lazy("还没有得到答复，请不要关闭本页，过几秒会再试。"),
    "BoxNotPrepared": lazy("这次表决还没有准备好票箱，请稍后再试。"),
    "BoxStillOpen": lazy("投票还没有结束，票箱不能打开。"),
    "BoxClosed": lazy("投票已经结束，这张选票没有计入。"),
    "CardHasBallot": lazy("这张票卡已经投过票，不能作废。请报告总监票人。"),
    "NotSecret": lazy("数据库的设置会留下投票时间，须先关闭：%(settings)s。请联系系统管理员。"),
}
