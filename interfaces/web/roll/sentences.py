"""What refusals about the roll and about tables that were sent say."""

from domain.shared import Refused
from interfaces.tables.faults import UnreadableTable
from interfaces.tables.faults import sentence as sentence_of_table
from interfaces.web._base.language import lazy


def _unreadable(refused: Refused) -> str:
    if not isinstance(refused, UnreadableTable):
        raise TypeError(type(refused).__name__)
    return sentence_of_table(refused)


SENTENCES = {
    "NumberTaken": lazy("代表证号 %(numbers)s 已经在名册上，一个证号只能有一位代表。"),
    "ImportInUse": lazy(
        "不能撤销：这次导入的代表中有 %(delegates)s 位已经签到、领票、启用账号或阅读候选项目。"
        "个别有误的，请在名册里逐个更正。"
    ),
    "DelegateInUse": lazy("%(name)s已在本届会议签到或领票，不能移出名册。请先撤销签到；只是信息有误的，请改正后保存。"),
    "UnreadableTable": _unreadable,
    "UploadForgotten": lazy("核对过的文件只保留一小时，现在已经清除。请重新上传。"),
}

REASONS = {
    "certificate_number": lazy("只能用数字、字母和短横，最多 20 位。"),
    "person": lazy("不像姓名，请检查。"),
    "delegation": lazy("不像代表团的名称，请检查。"),
    "forgotten": lazy("核对过的文件只保留一小时，现在已经清除。请重新上传。"),
    "file_and_pasted": lazy("已经选了文件，又粘贴了内容。请只留一样。"),
    "rows_changed": lazy("核对以后情况有了变动，请再核对一遍。"),
}

FIELDS = {
    "number": lazy("代表证号"),
    "delegation": lazy("代表团"),
    "gender": lazy("性别"),
    "ethnicity": lazy("民族"),
    "entries": lazy("代表"),
    "table": lazy("表格文件"),
}

KINDS = {"import": lazy("这次导入"), "delegate": lazy("这位代表")}

FIELD_OF = {"NumberTaken": "number", "UnreadableTable": "table"}

STATUS = {"UnreadableTable": 422, "UploadForgotten": 410}
