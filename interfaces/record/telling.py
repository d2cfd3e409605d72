"""Findings in sentences: in which file, what does not fit, and what should be there."""

from typing import Final

from domain.shared import Refused
from interfaces.record.finding import Finding
from interfaces.tally.refusing import CannotBeCounted
from interfaces.tally.sentences import Language
from interfaces.tally.sentences import sentence as why_not_counted
from interfaces.web._base.language import ENGLISH, Lazy, current_language, lazy
from interfaces.web._base.sentences import sentence

_SENTENCES: Final[dict[str, Lazy]] = {
    "packing": lazy("压缩包被改动过或重新打包过。若只是重新打包，请解压后核对文件夹。"),
    "missing": lazy("缺少这个文件。"),
    "unexpected": lazy("档案里不应有这个文件。"),
    "not_utf8": lazy("不是 UTF-8 文字（第 %(byte)s 个字节）。"),
    "shape": lazy("%(place)s 缺少、多余或不是应有的类型（%(problem)s）。"),
    "format": lazy("格式是 %(found)s，应为 %(wanted)s。"),
    "hash": lazy("内容与目录（manifest.json）里的校验值不符，公布以后被改动过。"),
    "differs": lazy("第 %(line)s 行写的是“%(found)s”，由计票原文和其他文件得出的应是“%(wanted)s”。"),
    "columns_missing": lazy("没有分项票数，无法重新计票。"),
    "outcome": lazy("“%(field)s”写的是 %(found)s，重新计票得 %(wanted)s。"),
    "small_part": lazy("单独列出了少于 %(least)s 张的一部分选票，或者只列出了几部分中的一部分。"),
    "parts": lazy("各部分的票数相加不等于合计。"),
    "equation": lazy("%(equation)s 不平：%(one)s ≠ %(other)s。"),
    "incident": lazy("有异常没有处理，或者已决定重新表决。"),
    "openings": lazy("密封票箱应由浏览器和离线工具各打开一次，数目和根值与封箱时一致。"),
    "receipt": lazy("第 %(line)s 行不是回执、没有按顺序或重复。"),
    "root": lazy("回执的张数和根值是 %(found)s，封箱时是 %(wanted)s。"),
    "proof": lazy("第 %(index)s 号事件不在检查点的树里。"),
    "fact": lazy("历史记录与档案不一致：%(fact)s。"),
    "other_count": lazy("签名签的不是这份计票。"),
    "signatures": lazy("须有总监票人一人、监票人两人以上的签名；无效的表决不应有签名。"),
}

_EQUATIONS: Final[dict[str, Lazy]] = {
    "cards": lazy("发出票卡 = 箱内 + 交回未用 + 未交回"),
    "live_cards": lazy("印制 − 作废 = 发出票卡"),
    "in_box": lazy("箱内票卡 = 箱内选票"),
    "electronic": lazy("电子票 = 箱内选票"),
    "paper": lazy("纸质票 = 收回纸质票"),
    "papers": lazy("发出纸质票 = 收回 + 未收回"),
    "returned": lazy("收回 = 各部分之和"),
    "issued": lazy("发出 = 票卡 + 纸质票"),
}


def told(finding: Finding) -> str:
    """One line: the file, then what is wrong."""
    problem = finding.values.get("problem")
    if finding.what == "unreadable" and isinstance(problem, CannotBeCounted):
        return why_not_counted(problem, Language.ENGLISH if current_language() == ENGLISH else Language.CHINESE)
    if finding.what == "refused" and isinstance(problem, Refused):
        return f"{finding.file}: {sentence(problem)}"
    values = dict(finding.values)
    if finding.what == "equation":
        values["equation"] = _EQUATIONS[values["equation"]]
    return f"{finding.file}: {_SENTENCES[finding.what].filled(**values)}"
