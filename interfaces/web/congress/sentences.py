"""What refusals about congresses and units say."""

from domain.congress.congress import Level, WrongParent
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.congress.words import LEVELS


def _wrong_parent(refused: Refused) -> str:
    if not isinstance(refused, WrongParent):
        raise TypeError(type(refused).__name__)
    level, parent = (_level(name) for name in (refused.level, refused.parent_level))
    return _("%(level)s的大会不能设在%(parent)s之下，请改选上级或层级。", level=level, parent=parent)


def _level(name: str) -> str:
    return str(LEVELS[Level(name)]) if name in set(Level) else name


SENTENCES = {
    "SlugTaken": lazy("网址“%(slug)s”已被另一个大会使用，请换一个。"),
    "WrongParent": _wrong_parent,
    "AlreadyUnder": lazy("%(name)s已经设在这里，不需要改。"),
    "ReadFromAbove": lazy("您是从上级查看%(congress)s，只能阅读；办理由该级自己的工作人员进行。"),
    "EntryUnchanged": lazy("“%(title)s”没有改动。"),
    "UnitExists": lazy("已经有名为“%(name)s”的单位。"),
}

REASONS = {
    "slug": lazy("用小写字母、数字和连字符，以字母开头，2 至 32 位，如 qingcheng；系统自用的词（如 staff、p）不能用。"),
    "term": lazy("届次应在 1 到 99 之间。"),
    "too_many_units": lazy("一次最多 500 行，请分几次添加。"),
    "unit_name": lazy("有一行不像单位名称：“%(value)s”。每行先写名称，最多 100 字。"),
    "unit_phone": lazy("有一行的值班电话不对：“%(value)s”。电话里只能有数字、空格、括号、加号和连字符。"),
    "not_related": lazy("只能沿用上级或同一上级之下的大会的内容，%(value)s不是。"),
    "emblem": lazy("印记用 1 至 4 个汉字、大写字母或数字，如 青城。"),
    "span_too_long": lazy("一条日程最长一年。"),
    "duty_phone": lazy("只能有数字、空格、括号、加号和连字符，3 至 30 位。"),
}

FIELDS = {
    "slug": lazy("网址"),
    "short_name": lazy("简称"),
    "level": lazy("层级"),
    "parent": lazy("上级大会"),
    "term": lazy("届"),
    "duty_phone": lazy("值班电话"),
    "units": lazy("单位名称"),
    "source": lazy("沿用的大会"),
    "emblem": lazy("印记"),
    "public_name": lazy("对外名称"),
    "contact": lazy("办公联系方式"),
}
KINDS = {"calendar_entry": lazy("这条日程")}
STATUS = {"ReadFromAbove": 403}

FIELD_OF = {"SlugTaken": "slug", "WrongParent": "parent", "AlreadyUnder": "parent", "UnitExists": "name"}
