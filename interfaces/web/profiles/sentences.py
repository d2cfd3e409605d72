"""What refusals about rule profiles say."""

from domain.polls.profile_check import ProfileFaults
from domain.shared import Invalid, Refused
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day

_REASONS = {
    "missing": lazy("请填写。"),
    "too_small": lazy("%(value)s太小。"),
    "out_of_range": lazy("%(value)s不在允许的范围内。"),
    "not_for_this_form": lazy("这一项与所选的表决方式不配。"),
    "not_a_share": lazy("“%(value)s”不是0到1之间的分数。请写成 1/2、2/3 或 0.6。"),
    "never_met": lazy("“超过全部”永远达不到。请改为“不少于”，或换一个较小的分数。"),
    "too_few": lazy("至少要有两个选项。"),
    "reserved": lazy("“?”表示无法辨认，不能作为选项。"),
    "doubled": lazy("“%(value)s”重复了。"),
    "not_descending": lazy("分数线要从高到低，并且不能重复。"),
    "last_has_condition": lazy("最后一个等次收下其余的项目，不能再设条件。"),
    "unknown_option": lazy("没有“%(value)s”这个选项。"),
}


def _faults(refused: Refused) -> str:
    if not isinstance(refused, ProfileFaults):
        raise TypeError(type(refused).__name__)
    said = "".join(
        f"{field_words(fault.field)}{lazy('：')}{_REASONS[fault.reason].filled(value=fault.value)}"
        for fault in refused.faults
    )
    return lazy("票决办法还不能保存。%(said)s").filled(said=said)


def _locked(refused: Refused) -> str:
    return lazy("这个办法已于%(on)s由会议通过，不能再改，也不能再次通过。如需修改，请以它为样本另拟一个。").filled(
        on=day(getattr(refused, "on", None))
    )


def field_words(field: str) -> str:
    """The label of a field as the profile's check names it: `grades.1.of`, `quorum`."""
    first, *rest = field.split(".")
    label = FIELDS.get(_FORM_FIELDS.get(first, first))
    words = str(label) if label is not None else first
    number = next((int(part) + 1 for part in rest if part.isdecimal()), None)
    return words if number is None else lazy("%(words)s第%(n)s行").filled(words=words, n=number)


def at_their_fields(faults: ProfileFaults) -> tuple[Invalid, ...]:
    """Each fault as a wrong field of the form."""
    return tuple(
        Invalid(field=_form_field(fault.field), reason=f"profile_{fault.reason}", value=fault.value)
        for fault in faults.faults
    )


_FORM_FIELDS = {"quorum": "quorum_fraction", "options": "option", "grades": "grade", "score_bands": "band"}
_ROW_FIELDS = {"grades": "name", "options": "name"}
_CELLS = {"id": "name", "grade": "name", "threshold": "fraction"}


def _form_field(field: str) -> str:
    first, *rest = field.split(".")
    if not rest:
        first_row = {"options": "option-0-name", "grades": "grade-0-name", "score_bands": "band-0-at_least"}
        return first_row.get(first) or _FORM_FIELDS.get(first, first)
    cell = rest[1] if len(rest) > 1 else _ROW_FIELDS.get(first, "name")
    return f"{_FORM_FIELDS.get(first, first)}-{rest[0]}-{_CELLS.get(cell, cell)}"


SENTENCES = {
    "ProfileFaults": _faults,
    "ProfileExists": lazy("这个办法已经建好了。请到办法列表中打开。"),
    "ProfileLocked": _locked,
    "ProfileChanged": lazy(
        "您看的是第 %(shown)s 稿，现在已是第 %(current)s 稿。请看过最新一稿，确认与会议通过的一致，再登记。"
    ),
    "ProfileNotAdopted": lazy("“%(title)s”还没有经会议通过，不能用来表决。请先在“票决办法”中登记通过。"),
}

REASONS = {f"profile_{name}": words for name, words in _REASONS.items()}

FIELDS = {
    "form": lazy("表决方式"),
    "quota": lazy("应选数"),
    "min_surplus_rate": lazy("最低差额率"),
    "quorum_fraction": lazy("法定人数"),
    "pass_base": lazy("计票基数"),
    "pass_fraction": lazy("通过线"),
    "blank_item": lazy("未填的项目"),
    "min_group_size": lazy("最小分组"),
    "pre_reading_days": lazy("提前送达天数"),
    "evaluation": lazy("测评规则"),
    "base": lazy("等次的计算基数"),
    "option": lazy("选项"),
    "grade": lazy("等次"),
    "band": lazy("分数线"),
    "decision": lazy("会议的决定"),
    "session": lazy("会议"),
    "profile": lazy("票决办法"),
}

KINDS = {"profile": lazy("这个票决办法")}
