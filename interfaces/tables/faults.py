"""What can be wrong with a table that somebody sends, and the sentence for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.shared import Refused
from interfaces.web._base.language import Lazy, lazy, worded


class Reason(StrEnum):
    """Why a file, a heading or a cell cannot be taken."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NOT_A_TABLE = "not_a_table"
    DAMAGED = "damaged"
    OLD_EXCEL = "old_excel"
    MACROS = "macros"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    UNKNOWN_ENCODING = "unknown_encoding"
    MIXED_ENCODINGS = "mixed_encodings"
    BROKEN_QUOTES = "broken_quotes"

    HEADING_MISSING = "heading_missing"
    HEADING_TWICE = "heading_twice"
    NO_ROWS = "no_rows"
    BEYOND_HEADINGS = "beyond_headings"

    FORMULA = "formula"
    ERROR_CELL = "error_cell"
    CONTROL_CHARACTER = "control_character"
    TOO_LONG = "too_long"

    MISSING = "missing"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_WITH_UNIT = "number_with_unit"
    TOO_MANY_DECIMALS = "too_many_decimals"
    NUMBER_TOO_LARGE = "number_too_large"
    NOT_A_DATE = "not_a_date"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_GENDER = "not_a_gender"
    NOT_A_CERTIFICATE_NUMBER = "not_a_certificate_number"
    NOT_A_NAME = "not_a_name"
    NOT_A_SOURCE = "not_a_source"
    NOT_A_TARGET = "not_a_target"
    UNKNOWN_DELEGATION = "unknown_delegation"
    NOT_A_DELEGATION = "not_a_delegation"
    UNKNOWN_UNIT = "unknown_unit"
    NOT_A_LOGIN = "not_a_login"
    NOT_A_ROLE = "not_a_role"
    TWICE = "twice"
    TAKEN = "taken"

    NOT_A_CHANNEL = "not_a_channel"
    PERSONAL = "personal"
    OUTSIDE_THE_WINDOW = "outside_the_window"

    NOT_A_MILESTONE = "not_a_milestone"
    NOT_A_DUTY = "not_a_duty"
    NOT_AN_ANNUAL = "not_an_annual"
    UNKNOWN_PROJECT = "unknown_project"
    OTHER_PROJECT = "other_project"
    NOT_YOURS = "not_yours"
    PLAN_IN_FORCE = "plan_in_force"
    NOT_AN_OFFICE_PHONE = "not_an_office_phone"

    UNKNOWN_DELEGATE = "unknown_delegate"
    SAME_NAME = "same_name"
    OTHER_DELEGATE = "other_delegate"
    NO_SUCH_PROJECT = "no_such_project"
    TOO_MANY = "too_many"

    SOURCES_DO_NOT_ADD_UP = "sources_do_not_add_up"
    YEAR_ABOVE_TOTAL = "year_above_total"
    FINISH_BEFORE_START = "finish_before_start"
    NEEDS_ANNUAL_TARGETS = "needs_annual_targets"
    FINISH_IN_LATER_YEAR = "finish_in_later_year"
    NOT_POSITIVE = "not_positive"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One mistake: the row as the spreadsheet numbers it, the column by its heading, what stands there.

    `hint` is the other half of the sentence where there is one: the row that has the number already, the name that
    comes nearest, the limit.
    """

    row: int
    column: str
    reason: Reason
    value: str = ""
    hint: str = ""


@dataclass(eq=False)
class UnreadableTable(Refused):
    """A file that is no table at all, or not one that may be opened here. `row` is where reading stopped, 0 unknown."""

    reason: Reason
    row: int = 0
    hint: str = ""


SENTENCES: Final[Mapping[Reason, Lazy]] = {
    Reason.TOO_LARGE: lazy("文件太大，最多 %(hint)s MB。请分成几个文件导入。"),
    Reason.EMPTY: lazy("文件是空的。"),
    Reason.NOT_A_TABLE: lazy("这不是表格文件。请选择 .xlsx 或 .csv 文件。"),
    Reason.DAMAGED: lazy("文件已损坏，打不开。请在 Excel 或 WPS 里重新另存一份再导入。"),
    Reason.OLD_EXCEL: lazy("这是旧版 Excel(.xls)或加了密码的文件。请另存为不加密码的 .xlsx 再导入。"),
    Reason.MACROS: lazy("文件里有宏，不能导入。请另存为不含宏的 .xlsx。"),
    Reason.UNPACKS_TOO_LARGE: lazy("文件解压后太大，不能导入。请只保留要导入的工作表另存一份。"),
    Reason.TOO_MANY_ROWS: lazy("行数太多，最多 %(hint)s 行。请分成几个文件导入。"),
    Reason.TOO_MANY_COLUMNS: lazy("列数太多，最多 %(hint)s 列。请删去不用的列。"),
    Reason.UNKNOWN_ENCODING: lazy("第 %(row)s 行的文字编码不认识。请用 Excel 或 WPS 另存为 .xlsx 再导入。"),
    Reason.MIXED_ENCODINGS: lazy("文件里混用了两种文字编码（第 %(row)s 行起）。请另存为 .xlsx 再导入。"),
    Reason.BROKEN_QUOTES: lazy("第 %(row)s 行的引号不成对，或一格的文字过长，读不下去。"),
    Reason.HEADING_MISSING: lazy("缺少「%(column)s」这一列。"),
    Reason.HEADING_TWICE: lazy("「%(column)s」这一列出现了两次（第 %(hint)s 列），请删去一列。"),
    Reason.NO_ROWS: lazy("只有标题行，没有内容。"),
    Reason.BEYOND_HEADINGS: lazy("这一行比标题多出一格「%(value)s」，可能是文字里的逗号没有加引号。"),
    Reason.FORMULA: lazy("「%(column)s」是公式，不能导入。请复制后「选择性粘贴→数值」。"),
    Reason.ERROR_CELL: lazy("「%(column)s」是出错的单元格（%(value)s）。"),
    Reason.CONTROL_CHARACTER: lazy("「%(column)s」里有看不见的控制字符，请重新输入。"),
    Reason.TOO_LONG: lazy("「%(column)s」太长，最多 %(hint)s 字。"),
    Reason.MISSING: lazy("「%(column)s」没有填写。"),
    Reason.NOT_A_WHOLE_NUMBER: lazy("「%(column)s」应是整数，现在是「%(value)s」。"),
    Reason.NOT_A_NUMBER: lazy("「%(column)s」应是数字，现在是「%(value)s」。"),
    Reason.NUMBER_WITH_UNIT: lazy("「%(column)s」只填数字，不带单位，现在是「%(value)s」。"),
    Reason.TOO_MANY_DECIMALS: lazy("「%(column)s」最多 %(hint)s 位小数，现在是「%(value)s」。"),
    Reason.NUMBER_TOO_LARGE: lazy("「%(column)s」的数字太大：「%(value)s」。"),
    Reason.NOT_A_DATE: lazy("「%(column)s」应是日期，如 2026-03-15，现在是「%(value)s」。"),
    Reason.NOT_YES_OR_NO: lazy("「%(column)s」应填「是」或「否」，现在是「%(value)s」。"),
    Reason.NOT_A_GENDER: lazy("「%(column)s」应填「男」或「女」，现在是「%(value)s」。"),
    Reason.NOT_A_CERTIFICATE_NUMBER: lazy("「%(column)s」只能用数字、字母和短横，最多 20 位，现在是「%(value)s」。"),
    Reason.NOT_A_NAME: lazy("「%(column)s」不像姓名：「%(value)s」。"),
    Reason.NOT_A_SOURCE: lazy("「%(column)s」应写成「本级财政60%%；上级专项40%%」，读不懂的是「%(value)s」。"),
    Reason.NOT_A_TARGET: lazy("「%(column)s」应写成「雨水管网=42公里；泵站=3座」，读不懂的是「%(value)s」。"),
    Reason.UNKNOWN_DELEGATION: lazy("没有「%(value)s」这个代表团。%(hint)s"),
    Reason.NOT_A_DELEGATION: lazy("「%(value)s」不像代表团的名称。"),
    Reason.UNKNOWN_UNIT: lazy("单位名录里没有「%(value)s」。%(hint)s"),
    Reason.NOT_A_LOGIN: lazy("「%(column)s」只用字母、数字、点和连字符，不用手机号或邮箱：「%(value)s」。"),
    Reason.NOT_A_ROLE: lazy("没有「%(value)s」这个角色，可以填：%(hint)s。"),
    Reason.TWICE: lazy("「%(column)s」「%(value)s」与第 %(hint)s 行重复。"),
    Reason.TAKEN: lazy("「%(column)s」「%(value)s」已经有了。"),
    Reason.NOT_A_CHANNEL: lazy("没有「%(value)s」这个渠道，可以填：%(hint)s。"),
    Reason.PERSONAL: lazy("「%(column)s」里有手机号码或者身份证号（%(value)s），请写到联系方式的列里。"),
    Reason.OUTSIDE_THE_WINDOW: lazy("「%(column)s」（%(value)s）不在征集期内（%(hint)s）。"),
    Reason.NOT_A_MILESTONE: lazy("「%(column)s」应写成「2026-06-30 主体完工 60%%」，读不懂的是「%(value)s」。"),
    Reason.NOT_A_DUTY: lazy("「%(column)s」应写成「公安局：疏导交通（2026-06-30前）」，读不懂的是「%(value)s」。"),
    Reason.NOT_AN_ANNUAL: lazy("「%(column)s」应写成「2026年：24700万元，完成主体工程」，读不懂的是「%(value)s」。"),
    Reason.UNKNOWN_PROJECT: lazy("年度票决清单里没有第 %(value)s 项。"),
    Reason.OTHER_PROJECT: lazy("年度票决清单里这一项是「%(hint)s」，不是「%(value)s」。"),
    Reason.NOT_YOURS: lazy("「%(value)s」的牵头单位不是本单位，由牵头单位填报。"),
    Reason.PLAN_IN_FORCE: lazy("「%(value)s」的实施计划已经公布。要改动，请办理调整。"),
    Reason.NOT_AN_OFFICE_PHONE: lazy("「%(column)s」应是办公电话，如 0471-5550102，不写个人手机：「%(value)s」。"),
    Reason.UNKNOWN_DELEGATE: lazy("代表名册上没有「%(value)s」。%(hint)s"),
    Reason.SAME_NAME: lazy("代表名册上不止一位「%(value)s」，请在姓名后面写明代表证号，如「%(hint)s」。"),
    Reason.OTHER_DELEGATE: lazy("「%(value)s」的代表证号在名册上是「%(hint)s」，请核对。"),
    Reason.NO_SUCH_PROJECT: lazy("年度票决清单里没有「%(value)s」，请照清单上的名称写，或者填项目序号。"),
    Reason.TOO_MANY: lazy("「%(column)s」最多 %(hint)s 个，现在有 %(value)s 个。"),
    Reason.SOURCES_DO_NOT_ADD_UP: lazy("「%(column)s」合计应为 100%%，现在是 %(value)s%%。"),
    Reason.YEAR_ABOVE_TOTAL: lazy("「%(column)s」超过了总投资。"),
    Reason.FINISH_BEFORE_START: lazy("「%(column)s」（%(value)s）早于开工时间。"),
    Reason.NEEDS_ANNUAL_TARGETS: lazy("跨年度项目必须填写「%(column)s」。"),
    Reason.FINISH_IN_LATER_YEAR: lazy("「%(column)s」（%(value)s）在下一年度，应注明跨年度。"),
    Reason.NOT_POSITIVE: lazy("「%(column)s」应大于零。"),
    Reason.OUT_OF_RANGE: lazy("「%(column)s」超出了范围：「%(value)s」。"),
}


def sentence(wrong: Fault | UnreadableTable) -> str:
    """What is wrong and what to do, in the language of the request."""
    if isinstance(wrong, UnreadableTable):
        return SENTENCES[wrong.reason].filled(row=wrong.row or "?", hint=wrong.hint)
    hint = _nearest(wrong.hint) if wrong.reason in _NEAREST else wrong.hint
    column = worded(wrong.column) if wrong.reason is Reason.HEADING_MISSING else wrong.column
    return SENTENCES[wrong.reason].filled(row=wrong.row, column=column, value=wrong.value, hint=hint)


_NEAREST: Final = frozenset({Reason.UNKNOWN_DELEGATION, Reason.UNKNOWN_UNIT, Reason.UNKNOWN_DELEGATE})
_DID_YOU_MEAN: Final = lazy("是不是「%(name)s」？")


def _nearest(name: str) -> str:
    return _DID_YOU_MEAN.filled(name=name) if name else ""
