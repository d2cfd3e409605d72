"""What refusals about the sealing key, its shares and the opening of the box say."""

from domain.polls.box_opening import OpenedOn
from domain.polls.opening_the_box import BoxNotOpened, ObjectionsStillPossible
from domain.polls.raw_columns import ColumnsOfAnotherBox
from domain.polls.share import MistypedShare
from domain.shared import Refused
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.shown import day

_MISTYPED = {
    "length": lazy("份额共78位，输入的位数不对。请对照打印件再看一遍。"),
    "character": lazy("第%(row)s行有一个字符不会出现在份额里（份额不用字母U）。请对照打印件再看一遍。"),
    "row": lazy("第%(row)s行输错了，对不上这一行最后的校验位。请对照打印件再看一遍。"),
    "sum": lazy("每一行都对，但整份对不上：可能有两行颠倒了，或者抄错了不止一处。"),
    "version": lazy("这不是本系统现在使用的份额。"),
}

_OTHER_BOX = {
    "poll": lazy("这份票数是另一次表决的，不是这一次的。"),
    "form": lazy("这份票数所依据的票面和这次表决的不一样。"),
    "key": lazy("这份票数是用另一把密钥打开的。"),
    "root": lazy("这份票数所依据的票箱根和截止时记录的不一样：打开的不是这个票箱。"),
    "ballots": lazy("这份票数的选票张数和截止时记录的不一样。"),
}

_MISSING = {
    (OpenedOn.BROWSER,): lazy("票箱还没有在监票人的浏览器里打开。请监票人先开箱。"),
    (OpenedOn.OFFLINE,): lazy("票箱还没有在另一台离线电脑上第二次打开。两次结果一致，才能计票。"),
    (OpenedOn.BROWSER, OpenedOn.OFFLINE): lazy("票箱还没有打开。请监票人开箱两次，结果一致才能计票。"),
}


def _mistyped(refused: Refused) -> str:
    if not isinstance(refused, MistypedShare):
        raise TypeError(type(refused).__name__)
    return _MISTYPED[refused.reason].filled(row=refused.row)


def _other_box(refused: Refused) -> str:
    if not isinstance(refused, ColumnsOfAnotherBox):
        raise TypeError(type(refused).__name__)
    return _OTHER_BOX[refused.what].filled()


def _not_opened(refused: Refused) -> str:
    if not isinstance(refused, BoxNotOpened):
        raise TypeError(type(refused).__name__)
    said: Lazy = _MISSING[refused.missing]
    return said.filled()


def _kept(refused: Refused) -> str:
    if not isinstance(refused, ObjectionsStillPossible):
        raise TypeError(type(refused).__name__)
    return lazy("异议期到%(until)s为止，密封的选票要保存到那一天以后。").filled(until=day(refused.until))


SENTENCES = {
    "PollNotSealed": lazy("这次表决的选票没有密封，没有密钥和份额。"),
    "SealingKeyMissing": lazy("还没有生成票箱密钥，或者监票人已经换过。请监票人在“监票”页面生成密钥。"),
    "TrialOpeningMissing": lazy("票箱密钥还没有试开。请%(holders)s位保管人带回份额，在“监票”页面当场试开。"),
    "KeyChanged": lazy("您打开页面以后，密钥又重新生成过。请用新的份额试开。"),
    "TrialIncomplete": lazy("试开了%(combinations)s种组合，应有%(needed)s种。请重新试开。"),
    "MistypedShare": _mistyped,
    "ShareOfAnotherPoll": lazy("这是另一次表决的份额，不是这一次的。"),
    "ShareOfAnotherKey": lazy("这是已经作废的旧密钥的份额（第%(number)s份）。请带来最后一次生成时领到的那一份。"),
    "SharesDoNotOpen": lazy("这些份额各自都没有写错，但合在一起不是这次表决的密钥，其中有假。请停下来查明。"),
    "UnknownShare": lazy("这一份写法没有错，但不是登记过的份额。请停下来，查明它从哪里来。"),
    "ShareTwice": lazy("这一份已经带到了。请下一位。"),
    "BoxFileUnreadable": lazy("这不是票箱文件，或者文件不完整（%(reason)s）。请重新下载 box.json。"),
    "BallotsMissing": lazy(
        "文件里有%(found)s张选票，截止时记录的是%(recorded)s张：少了。不能打开，请立即报告总监票人。"
    ),
    "BallotsAdded": lazy("文件里有%(found)s张选票，截止时记录的是%(recorded)s张：多了。不能打开，请立即报告总监票人。"),
    "BallotDoubled": lazy("同一张选票出现了两次（%(receipt)s）。不能打开，请立即报告总监票人。"),
    "BallotsOutOfOrder": lazy("选票没有按回执排列，来路不对。不能打开，请立即报告总监票人。"),
    "BallotsChanged": lazy("选票的张数对，但票箱根对不上：至少有一张被换过。不能打开，请立即报告总监票人。"),
    "TooFewShares": lazy("开箱需要%(needed)s份份额，现在只有%(brought)s份。请勾选带来份额的保管人。"),
    "BoxNotOpened": _not_opened,
    "OpeningsDiffer": lazy("两次开箱的票数不一致，不能计票和签名。请看开箱页面上的对照表，重新开箱，直到两次一致。"),
    "BoxWasOpened": lazy("票箱已经打开过，不能再以份额不够为由结束这次表决。"),
    "ObjectionsStillPossible": _kept,
    "AlreadyDeleted": lazy("密封的选票已经删除，不用再删。"),
    "ColumnsUnreadable": lazy("这不是开箱得到的票数文件，或者文件不完整（%(reason)s）。请重新选择 columns.json。"),
    "ColumnsOfAnotherBox": _other_box,
    "MarksDoNotAddUp": lazy("项目%(item)s的标记合计%(total)s，应为%(expected)s，对不上，没有收下。"),
}

REASONS = {
    "unreadable": lazy("内容不完整。请重新生成密钥。"),
    "not_scrutineers": lazy("份额只能由这次表决的总监票人和监票人保管。"),
    "share_holders": lazy("保管人要有1到7位，每人一份。"),
    "threshold": lazy("凑齐的份数至少1份，不能多于保管人。"),
    "enough_shares": lazy("带来的份额已经够了，可以开箱。"),
    "destroyed": lazy("请逐一确认每份份额都已销毁。"),
}

FIELDS = {
    "public_key": lazy("公钥"),
    "threshold": lazy("凑齐的份数"),
    "holders": lazy("保管人"),
    "shares": lazy("份额指纹"),
    "brought": lazy("能带来的份额"),
    "columns": lazy("票数"),
    "combinations": lazy("组合数"),
    "destroyed": lazy("销毁份额"),
}

FIELD_OF = {
    "TooFewShares": "holders",
    "ColumnsUnreadable": "columns",
    "ColumnsOfAnotherBox": "columns",
    "MarksDoNotAddUp": "columns",
}
