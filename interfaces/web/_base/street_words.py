"""The words of a street: its residents' council 居民议事会 speaks of members and groups where a congress has delegates.

The tables hold for texts of the catalogue and of documents, before any value is put in: what people typed is never
touched. The longest term wins wherever several begin at the same place; what a term has become is not looked at again.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

CHINESE_TERMS: Final[Mapping[str, str]] = {
    "代表大会": "议事会",
    "人民代表大会": "居民议事会",
    "人大代表": "议事会成员",
    "民生实事项目人大代表票决": "民生实事项目居民会商",
    "本级人大办公室": "本街道居民议事会办公室",
    "人大办公室": "居民议事会办公室",
    "上级人大": "上级机关",
    "经人大认可": "经居民议事会认可",
    "人大工作人员": "议事会工作人员",
    "人大": "居民议事会",
    "人大常委会": "联席会议",
    "常委会工作机构": "居民议事会工作机构",
    "常委会组成人员": "联席会议成员",
    "常务委员会": "联席会议",
    "常委会": "联席会议",
    "大会主席团": "召集人会议",
    "主席团会议": "召集人会议",
    "大会主席团会议": "召集人会议",
    "主席团": "召集人会议",
    "大会秘书处": "居民议事会办公室",
    "大会通过": "会议通过",
    "上级大会": "上级机关",
    "各级大会": "各级机构",
    "其他大会": "其他机构",
    "全部大会": "全部机构",
    "各个大会": "各个机构",
    "大会": "居民议事会",
    "代表团": "小组",
    "每团": "每组",
    "各团": "各组",
    "本团": "本组",
    "专门委员会": "专题小组",
    "专委会": "专题小组",
    "代表之家": "居民议事厅",
    "代表证号": "成员编号",
    "代表证": "成员证",
    "代表名册": "成员名册",
    "代表姓名": "成员姓名",
    "代表资格": "成员资格",
    "代表签到": "成员签到",
    "代表启用条": "成员启用条",
    "代表账号启用条": "成员账号启用条",
    "代表票决": "议事会表决",
    "经代表票决": "经居民议事会表决",
    "代表再次票决": "议事会再次表决",
    "经代表再次票决": "经居民议事会再次表决",
    "全体代表": "全体成员",
    "到会代表": "到会成员",
    "到会的代表": "到会的成员",
    "实到代表": "实到成员",
    "应到代表": "应到成员",
    "在场代表": "在场成员",
    "迟到的代表": "迟到的成员",
    "后到的代表": "后到的成员",
    "位代表": "位成员",
    "名代表": "名成员",
    "代表": "议事会成员",
    "不代表": "不代表",
    "所代表的": "所代表的",
    "令牌代表": "令牌代表",
    "代表账号办事": "代表账号办事",
    "代表您": "代表您",
    "代表谁": "代表谁",
    "代表单位": "以单位名义",
    "代表本团": "以本组名义",
    "代表本代表团": "以本小组名义",
    "群众代表": "群众代表",
    "居民代表": "居民代表",
    "市民代表": "市民代表",
    "审议": "会商",
    "审议意见": "会商意见",
    "票决办法": "会商办法",
    "票决清单": "会商清单",
    "票决结果": "会商结果",
    "会议与票决": "会议与会商",
    "民生实事票决": "民生实事会商",
    "票决系统": "会商系统",
    "票决": "表决",
}
"""Terms and what a street says instead; a term that stands for itself is left as it is."""

ENGLISH_TERMS: Final[Mapping[str, str]] = {
    "people's congresses": "residents' councils",
    "people's congress": "residents' council",
    "the congress office": "the council's office",
    "congresses": "councils",
    "congress": "council",
    "delegates' house": "residents' meeting room",
    "delegates' houses": "residents' meeting rooms",
    "house of delegates": "residents' meeting room",
    "delegations": "groups",
    "delegation": "group",
    "delegates": "members",
    "delegate": "member",
    "standing committee members": "members of the joint conference",
    "standing committee": "joint conference",
    "committee staff": "council staff",
    "special committees": "working groups",
    "special committee": "working group",
    "presidium": "conveners' meeting",
    "plenary": "council meeting",
    "voted list": "adopted list",
    "voted lists": "adopted lists",
    "upper-level congress": "upper-level body",
    "parent congress": "parent body",
}

_PLACE: Final = r"%\([a-z_]+\)[sd]"


@lru_cache(maxsize=8192)
def in_chinese(text: str) -> str:
    """A Chinese text in a street's words."""
    return _chinese().sub(lambda found: CHINESE_TERMS[found[0]], text)


@lru_cache(maxsize=8192)
def in_english(text: str) -> str:
    """An English text in a street's words, capitals as they stand; the names of its places are left alone."""
    return _english().sub(_council_word, text)


def _council_word(found: re.Match[str]) -> str:
    term = found[0].replace("’", "'")
    if term.startswith("%("):
        return found[0]
    word = ENGLISH_TERMS[term.lower()]
    return word[0].upper() + word[1:] if term[0].isupper() else word


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _longest_first(CHINESE_TERMS))))


@cache
def _english() -> re.Pattern[str]:
    terms = "|".join(re.escape(term).replace("'", "['’]") for term in _longest_first(ENGLISH_TERMS))
    return re.compile(rf"{_PLACE}|\b(?:{terms})\b", re.IGNORECASE)


def _longest_first(terms: Mapping[str, str]) -> list[str]:
    return sorted(terms, key=lambda term: (-len(term), term))
