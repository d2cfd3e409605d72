"""What the scrutineers' pages say while the browser works; places in braces are filled there."""

from interfaces.web._base.language import lazy

_WORDS = {
    "chosen": lazy("共 {n} 份，凑齐 {t} 份就能打开票箱。"),
    "number": lazy("第 {k} 份，共 {n} 份"),
    "threshold": lazy("{n} 份中凑齐 {t} 份"),
    "mine": lazy("我是{name}，看我的份额"),
    "brought": lazy("已带到"),
    "not_brought": lazy("还没有带到"),
    "share_length": lazy("份额共 78 位，现在是 {n} 位。请对照打印件再看一遍。"),
    "share_character": lazy("第 {row} 行有一个字符不会出现在份额里（份额不用字母 U）。请对照打印件再看一遍。"),
    "share_row": lazy("第 {row} 行输错了，对不上这一行最后的校验位。请对照打印件再看一遍。"),
    "share_sum": lazy("每一行都对，但整份对不上：可能有两行颠倒了，或者抄错了不止一处。"),
    "share_version": lazy("这不是本系统现在使用的份额。"),
    "share_other_poll": lazy("这是另一次表决的份额，不是这一次的。"),
    "share_other_key": lazy("这是这次表决已经作废的旧密钥的份额。请带来最后一次生成时领到的那一份。"),
    "share_unknown": lazy("这一份（第 {n} 份）写法没有错，但不是登记过的份额。请停下来，查明它从哪里来。"),
    "share_twice": lazy("{name}的份额已经带到了。请下一位。"),
    "share_taken": lazy("{name}的份额没有问题。"),
    "row_going": lazy("第 {row} 行…"),
    "row_right": lazy("第 {row} 行 ✓"),
    "row_wrong": lazy("第 {row} 行 ✗"),
    "no_camera": lazy("打不开摄像头。请用扫码枪，或照着打印件输入。"),
    "and": lazy("和"),
    "or": lazy("；"),
    "trial_done": lazy("{n} 种组合都打开了测试选票。"),
    "trial_failed": lazy("这些份额合在一起打不开测试选票：{names}。请重新生成密钥。"),
    "box_fetching": lazy("正在取出票箱里的选票……"),
    "box_unreachable": lazy("取不到票箱里的选票。请检查网络后重新打开本页。"),
    "box_number": lazy("票箱里有 {found} 张选票，截止时记录的是 {recorded} 张：{what}。不能打开，请立即报告总监票人。"),
    "box_more": lazy("多了 {n} 张"),
    "box_fewer": lazy("少了 {n} 张"),
    "box_doubled": lazy("同一张选票出现了两次（{receipt}）。不能打开，请立即报告总监票人。"),
    "box_order": lazy("选票没有按回执排列，来路不对。不能打开，请立即报告总监票人。"),
    "box_changed": lazy("选票的张数对，但票箱根对不上：至少有一张被换过。不能打开，请立即报告总监票人。"),
    "box_right": lazy("{n} 张选票都在，票箱根一致。"),
    "shares_false": lazy("这些份额各自都没有写错，但合在一起不是这次表决的密钥，其中有假。请停下来查明。"),
    "opening": lazy("正在打开选票：{done} / {all}"),
    "opened": lazy("{n} 张选票已打开并加总，用时 {seconds} 秒。"),
}


def said() -> dict[str, str]:
    """The words in the language of the page."""
    return {name: str(text) for name, text in _WORDS.items()}
