"""What refusals about polls, cards, counts and signatures say."""

from collections.abc import Callable

from domain.polls.card_set import SetName
from domain.polls.outcome import VoidBecause
from domain.polls.poll import PollStage
from domain.projects.candidate_list import PreReadingTooShort
from domain.shared import Refused
from interfaces.public.ballot.sentences import set_words
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day


def _of_set(said: Lazy) -> Callable[[Refused], str]:
    def sentence(refused: Refused) -> str:
        name = getattr(refused, "card_set", None)
        if not isinstance(name, SetName):
            raise TypeError(type(refused).__name__)
        return said.filled(card_set=set_words(name))

    return sentence


_STAGES = {
    PollStage.PREPARED.value: lazy("这次表决还在准备，没有开始投票，现在不能这样办理。"),
    PollStage.OPEN.value: lazy("投票正在进行，现在不能这样办理。截止之前须先宣布最后投票。"),
    "last_call": lazy("已经宣布过最后投票。"),
    PollStage.CLOSED.value: lazy("投票已经截止，现在不能这样办理。"),
    PollStage.COUNTED.value: lazy("已经计票，现在不能这样办理。"),
    PollStage.DECLARED.value: lazy("结果已经宣布，不能再改动。"),
    PollStage.CANCELLED.value: lazy("这次表决已经取消。"),
}

_VOID = {
    VoidBecause.RETURNED_EXCEEDS_ISSUED.value: lazy(
        "收回的票多于发出的票，本次表决无效，不能签名或宣布。请取消后重新表决。"
    ),
    VoidBecause.QUORUM.value: lazy("到会代表不足法定人数，本次表决无效，不能签名或宣布。请取消后重新表决。"),
}


def _wrong_stage(refused: Refused) -> str:
    return _STAGES[getattr(refused, "stage", "")].filled()


def _not_valid(refused: Refused) -> str:
    return _VOID[getattr(refused, "reason", "")].filled()


def _pre_reading(refused: Refused) -> str:
    if not isinstance(refused, PreReadingTooShort):
        raise TypeError(type(refused).__name__)
    said = lazy("材料于%(sent)s送达代表，到今天只有%(days)s天，按办法至少要%(required)s天，最早可在%(earliest)s表决。")
    return said.filled(
        sent=day(refused.sent_on), days=refused.days, required=refused.required, earliest=day(refused.earliest)
    )


def _incidents(refused: Refused) -> str:
    numbers = _("、").join(str(number) for number in getattr(refused, "numbers", ()))
    return _("第%(numbers)s件异常还没有决定。总监票人决定以前，不能开箱、计票、签名或宣布。", numbers=numbers)


def _signatures_missing(refused: Refused) -> str:
    said = lazy("签名还不齐：总监票人%(chief)s，监票人已签%(scrutineers)s人，至少要2人。签齐后才能宣布。")
    chief = lazy("已签") if getattr(refused, "chief", False) else lazy("未签")
    return said.filled(chief=chief, scrutineers=getattr(refused, "scrutineers", 0))


SENTENCES = {
    "PollInWrongStage": _wrong_stage,
    "CountNotValid": _not_valid,
    "SignaturesMissing": _signatures_missing,
    "QuorumNotMet": lazy(
        "到会%(attending)s人，全体代表%(all_delegates)s人，按办法至少要%(needed)s人到会，还不能开始投票。"
    ),
    "CardsNotAccounted": lazy(
        "印了%(printed)s张，作废%(voided)s张，领出%(drawn)s张，对不上。请把剩余的票卡逐张作废，直到可用票卡等于领出的票卡。"
    ),
    "MoreCardsThanAttending": lazy(
        "领出%(drawn)s张票卡、%(papers)s张纸质票，多于到会的%(attending)s人。请核对签到和发票。"
    ),
    "NothingIssued": lazy("还没有代表领票。"),
    "VotesByKeypad": lazy("“%(title)s”用会场的表决器，不发票卡和纸质票。"),
    "TooLateForThisPoll": lazy(
        "“%(title)s”已经开始投票。按通过的票决办法，这时到会的代表不参加这一次，可以参加之后的表决。"
    ),
    "CardCountedAlready": lazy("这张票卡已经清点过，只计一次。请放到已清点的一边。"),
    "IncidentsUndecided": _incidents,
    "IncidentAlreadyDecided": lazy("第%(number)s件异常已经有了决定，不能再改。"),
    "PollToBeRepeated": lazy("总监票人已决定重新表决：这次的票箱不再打开，请取消这次表决，另行准备。"),
    "HallWordNeeded": lazy("请输入会场屏幕上的六位数字。"),
    "HallWordWrong": lazy("与会场屏幕上的六位数字不符，请看着屏幕再输入一次。票卡没有用掉。"),
    "HallWordGuessed": lazy("会场口令输错的次数太多，请等%(wait)s秒再试。票卡没有用掉；看不清屏幕的，请问监票人。"),
    "CardSetNeeded": lazy("这次表决还没有可用的票卡。请选择本次会议印好的一套，并由总监票人启用。"),
    "TooFewScrutineers": lazy(
        "需要总监票人1人、监票人至少%(needed)s人，现在监票人%(appointed)s人。请先登记会议通过的名单。"
    ),
    "MayNotBeScrutineer": lazy("%(name)s在%(unit)s工作，该单位是候选项目的责任单位，不能担任监票人。请换一位代表。"),
    "NoSurplus": lazy(
        "候选项目%(candidates)s项，应选%(quota)s项，不是差额。办法允许等额的，请填写主席团的决定；不允许的，请调整候选项目或办法。"
    ),
    "SealingRequired": lazy(
        "所选的办法没有明文允许不密封，选票必须密封。请选“密封”；不密封只用于演练和办法明文允许的表决。"
    ),
    "NotForProjects": lazy("“%(title)s”是测评办法，不能用来票决项目。请选择票决办法。"),
    "NotAnEvaluation": lazy("“%(title)s”是票决办法，不能用来测评。请选择测评办法。"),
    "NothingLeftOpen": lazy("“%(title)s”没有留下可以这样办理的名额。"),
    "AlreadyHeldAgain": lazy("“%(title)s”空缺的名额已经准备了再次票决；要另行办理，请先取消那一次。"),
    "PlacesAlreadyDecided": lazy("空缺的名额已经由%(number)s决定，不能再办理。"),
    "MoreThanPlaces": lazy("选了%(named)s项，只有%(places)s个名额。请去掉多选的项目。"),
    "NotAmongTheOpen": lazy("“%(name)s”不在待定的项目之中，不能列入。"),
    "ByVoteAlone": lazy(
        "按通过的办法，这些名额由代表再次票决产生，不能由主席团直接决定列入哪些项目；主席团只能决定空缺。"
    ),
    "NotThisPollsScrutineer": lazy("%(name)s不是这次表决的监票人，不能办理。"),
    "AlreadySigned": lazy("%(name)s已经签过名，不用再签。"),
    "CountChanged": lazy("计票结果在您打开页面以后有了变化。请看过新的报告单，核对无误后再签名。"),
    "BoxDiffers": lazy(
        "票箱里有%(found)s张票，截止时记录的是%(recorded)s张，不一致，不能计票。请立即报告总监票人和系统管理员。"
    ),
    "SecondDownload": _of_set(
        lazy("%(card_set)s已经印过。票卡只能下载一次，系统里没有留存；没有收到文件的，请停用这一套，另印一套。")
    ),
    "TwoScrutineersNeeded": lazy("这件事须有两个不同的人在场，现在只有%(present)s人。"),
    "SetAlreadyReleased": _of_set(lazy("%(card_set)s已经启用，不用再启用。")),
    "SetAlreadyBound": _of_set(lazy("%(card_set)s已经用于另一次表决，请选另一套。")),
    "SetInUse": _of_set(lazy("%(card_set)s已经用于一次表决，不能整套停用。请逐张作废，或取消那次表决。")),
    "PreReadingTooShort": _pre_reading,
    "MoreAttendingThanDelegates": lazy("到会%(attending)s人，多于全体代表%(all_delegates)s人，数字有误。"),
    "MoreIssuedThanAttending": lazy("发出%(issued)s张，多于到会%(attending)s人，数字有误。"),
    "EqualElectionNotWaived": lazy(
        "候选项目%(candidates)s项，应选%(quota)s项，没有差额；这个办法不允许等额，不能表决。"
    ),
    "ColumnsOfAnotherForm": lazy("票数表与办法的表决方式不一致，不能计票。"),
    "ItemsDiffer": lazy("票数表里的项目与表决的项目不一致，不能计票。"),
    "RaggedBallot": lazy("第%(ballot)s张票有%(cells)s格，应为%(expected)s格，不能计票。"),
    "UnknownMark": lazy("第%(ballot)s张票的项目%(item)s有认不出的标记，不能计票。"),
    "DoesNotAddUp": lazy("项目%(item)s各栏合计%(total)s，收回%(returned)s张，对不上，不能计票。"),
    "FewerVoidThanBallots": lazy("项目%(item)s无效%(void)s，少于整张无效的%(void_ballots)s张，不能计票。"),
    "NotPabulib": lazy("这不是可以读入的 Pabulib 文件。"),
    "NotOfThisForm": lazy("项目%(item)s有这种表决方式不会出现的票数，不能计票。"),
}

REASONS = {
    "cards": lazy("请填写1到5000之间的张数。"),
    "set_number": lazy("请填写1到999之间的套号。"),
    "colour": lazy("请从列出的颜色中选择。"),
    "repeated": lazy("同一个人填了两次，请填不同的代表。"),
    "no_delegate": lazy("名册上没有“%(value)s”。请填代表证号，或名册上的姓名。"),
    "several_delegates": lazy("名册上有几位“%(value)s”，请填代表证号。"),
    "wrong_password": lazy("密码不对。"),
    "notice_number": lazy("请填完整的编号，如 〔2026〕5号。"),
    "before_declaration": lazy("决定的日期不能早于宣布结果的日期。"),
    "keypad": lazy("表决器表决不用票卡和纸质票，也不能用于选择式办法。请改选别的投票方式，或另选办法。"),
}

FIELDS = {
    "items": lazy("候选项目"),
    "cards": lazy("张数"),
    "papers": lazy("张数"),
    "note": lazy("经过"),
    "reason": lazy("理由"),
    "decision": lazy("决定"),
    "colour": lazy("颜色"),
    "word": lazy("标识词"),
    "number": lazy("套号"),
    "card_set": lazy("票卡"),
    "notice_number": lazy("公告编号"),
    "scrutineers": lazy("监票人"),
    "code": lazy("票卡代码"),
    "waiver": lazy("主席团的决定"),
    "medium": lazy("投票方式"),
    "sealing": lazy("密封"),
    "paper_colour": lazy("纸质票的颜色"),
    "adopted": lazy("列入的项目"),
    "members": lazy("参加测评的人员"),
    "year": lazy("年度"),
    "present_1": lazy("在场代表"),
    "present_2": lazy("在场代表"),
    "chief": lazy("总监票人"),
}

KINDS = {
    "poll": lazy("这次表决"),
    "elector": lazy("有权参加这次表决的人员名单中的这位代表"),
    "session": lazy("这次会议"),
    "card_set": lazy("这套票卡"),
    "card": lazy("这张票卡"),
    "count": lazy("计票结果"),
    "incident": lazy("这件异常"),
}

FIELD_OF = {
    "SecondDownload": "number",
    "NoSurplus": "waiver",
    "SealingRequired": "profile",
    "ProfileNotAdopted": "profile",
    "NotForProjects": "profile",
    "NotAnEvaluation": "profile",
    "MoreThanPlaces": "adopted",
    "NotAmongTheOpen": "adopted",
    "ByVoteAlone": "adopted",
    "SetAlreadyBound": "card_set",
    "SetDiscarded": "card_set",
    "CardSetNeeded": "card_set",
    "MistypedCode": "code",
    "UnknownCard": "code",
    "CardIsVoid": "code",
    "CardHasBallot": "code",
    "CardOfAnotherSet": "code",
}
