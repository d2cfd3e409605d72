"""What a field is called where its name means something else than elsewhere."""

from typing import Final

from interfaces.web._base.language import Lazy, lazy
from interfaces.web.candidates.sentences import LABELS

WITHIN: Final[dict[tuple[str, str], Lazy]] = {
    ("key", "threshold"): lazy("开箱需要的份数"),
    ("card", "starts_on"): LABELS["starts_on"],
    ("prepared", "parent"): lazy("上一次表决"),
    ("entries", "name"): lazy("姓名"),
    ("entries", "number"): lazy("代表证号"),
    ("entries", "unit"): lazy("所在单位"),
    ("opened", "form"): lazy("票面校验码"),
    ("profile", "title"): lazy("票决办法"),
    ("profile", "scrutineers"): lazy("监票人的资格"),
    ("rules", "scrutineers"): lazy("监票人的资格"),
    ("quorum", "fraction"): lazy("法定人数的比例"),
    ("quorum", "operator"): lazy("法定人数的算法"),
    ("answer", "proposals"): lazy("对下一年的建议"),
    ("look", "contact"): lazy("办公联系方式"),
    ("received", "code"): lazy("查询码"),
    ("received", "form"): lazy("建议表"),
    ("suggestion", "content"): lazy("内容"),
    ("declared", "on"): lazy("宣布日期"),
    ("adoption", "on"): lazy("通过日期"),
    ("parts", "key"): lazy("图表"),
    ("parts", "words"): lazy("正文"),
}
"""Fields that mean something else inside of another one."""
