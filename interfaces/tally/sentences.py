"""Every sentence `piaojue tally` can say, in Chinese and English, one line each."""

import json
from collections.abc import Mapping
from enum import StrEnum

from interfaces.tally.refusing import CannotBeCounted, KnownId, Path


class Language(StrEnum):
    """In which language the command speaks."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


_LONGEST_SHOWN = 80

_SENTENCES: dict[str, tuple[str, str]] = {
    # files
    "no_such_file": ("找不到这个文件", "there is no such file"),
    "unreadable_file": ("无法读取：{problem}", "cannot be read: {problem}"),
    "unwritable_file": ("无法写入：{problem}", "cannot be written: {problem}"),
    "same_file": ("结果不能写入作为输入的文件", "the outcome must not overwrite an input file"),
    "not_utf8": ("第 {row} 行不是 UTF-8 编码", "row {row} is not UTF-8"),
    "empty_file": ("文件是空的，缺少项目编号的表头", "the file is empty, the header of item ids is missing"),
    # JSON
    "not_json": ("第 {row} 行第 {column} 列不是合法的 JSON", "row {row}, column {column} is not valid JSON"),
    "too_large": ("文件太大，内存不够", "the files are too large for the memory of this machine"),
    "too_deep": ("JSON 嵌套过深", "the JSON is nested too deeply"),
    "no_number": ("{value}不是数", "{value} is not a number"),
    "number_too_long": ("有一个 {digits} 位的数，过长", "a number of {digits} digits is too long"),
    "doubled_field": ("字段{field}出现了两次", "field {field} is given twice"),
    "unknown_fields": ("不认识的字段{fields}", "unknown field {fields}"),
    "missing_fields": ("缺少字段{fields}", "missing field {fields}"),
    "not_an_object": ("应为对象，而不是{value}", "must be an object, not {value}"),
    "not_a_list": ("应为列表，而不是{value}", "must be a list, not {value}"),
    "empty_list": ("列表不能为空", "the list must not be empty"),
    "not_a_text": ("应为文本，而不是{value}", "must be a text, not {value}"),
    "not_unicode": ("文本{value}含有无效字符", "the text {value} holds an invalid character"),
    "empty_text": ("文本不能为空", "the text must not be empty"),
    "not_whole": ("应为整数，而不是{value}", "must be a whole number, not {value}"),
    "too_small": ("{value}太小，至少为 {least}", "{value} is too small, it must be at least {least}"),
    "not_a_flag": ("应为 true 或 false，而不是{value}", "must be true or false, not {value}"),
    "not_one_of": ("{value}不可用，应为{choices}之一", "{value} is not one of {choices}"),
    "not_a_share": (
        "{value}不是 0 到 1 之间的精确分数（如“2/3”）",
        "{value} is not an exact fraction between 0 and 1 written as text, like “2/3”",
    ),
    "not_a_decimal": (
        "{value}不是非负小数（如“0.10”）",
        "{value} is not a decimal of at least 0 written as text, like “0.10”",
    ),
    "not_a_quota": ("{value}不可用，应为整数或“open”", "{value} is neither a whole number nor “open”"),
    "doubled": ("{value}重复", "{value} is given twice"),
    "reserved": (
        "{value}表示无法辨认的票，不能作选项",
        "{value} stands for an unreadable mark and cannot be an option",
    ),
    "unknown_option": ("没有选项{value}", "there is no option {value}"),
    # ballots
    "unknown_column": (
        "第 {row} 行第 {column} 列：没有编号为{item}的项目",
        "row {row}, column {column}: there is no item {item}",
    ),
    "doubled_column": (
        "第 {row} 行第 {column} 列：项目{item}出现了两次",
        "row {row}, column {column}: item {item} appears twice",
    ),
    "missing_columns": ("第 {row} 行：缺少项目{items}的列", "row {row}: there is no column for item {items}"),
    "ragged_row": ("第 {row} 行有 {cells} 格，应为 {expected} 格", "row {row} has {cells} cells instead of {expected}"),
    "unknown_mark": (
        "第 {row} 行第 {column} 列（项目 {item}）：不认识的标记{value}",
        "row {row}, column {column} (item {item}): unknown mark {value}",
    ),
    "bare_carriage_return": (
        "第 {row} 行有单独的回车符；每行应以换行符或回车换行结束",
        "row {row} holds a carriage return alone; rows must end in LF or CRLF",
    ),
    "broken_csv": ("第 {row} 行的引号不完整，不是合法的 CSV", "row {row} is not valid CSV: its quotes do not match"),
    # columns
    "unknown_item": ("没有编号为{item}的项目", "there is no item {item}"),
    "doubled_item": ("项目{item}出现了两次", "item {item} appears twice"),
    "missing_items": ("缺少项目{items}", "item {items} is missing"),
    "short": (
        "项目 {item}：合计 {total}，收回 {returned}，少 {difference}",
        "item {item}: short by {difference} (adds up to {total} of {returned} returned)",
    ),
    "over": (
        "项目 {item}：合计 {total}，收回 {returned}，多 {difference}",
        "item {item}: over by {difference} (adds up to {total} of {returned} returned)",
    ),
    "fewer_void": (
        "项目 {item}：无效 {void}，少于整张无效的 {void_ballots} 张",
        "item {item}: void is {void}, fewer than the {void_ballots} ballots void as a whole",
    ),
    "not_of_this_form": (
        "项目 {item}：按这个办法，{column} 只能是 0，而不是 {number}",
        "item {item}: under this profile {column} can only be 0, not {number}",
    ),
    # the poll
    "more_attending": (
        "到会 {attending} 人，多于全体 {all_delegates} 人",
        "attending is {attending}, more than all delegates, {all_delegates}",
    ),
    "more_issued": (
        "发出 {issued} 张，多于到会 {attending} 人",
        "issued is {issued}, more than attending, {attending}",
    ),
    "equal_election": (
        "候选 {candidates} 项，应选 {quota} 项，不是差额；等额须在办法中写明 allow_equal",
        "{candidates} items for a quota of {quota} leave no choice; the profile must say allow_equal",
    ),
    # the command line
    "unknown_arguments": ("不认识的参数{arguments}", "unknown argument {arguments}"),
    "bad_option": ("选项{option}缺少值，或值不可用", "option {option} lacks a value or cannot take this one"),
    "doubled_option": ("选项{option}给出了两次", "option {option} is given twice"),
    "missing_options": ("缺少选项{options}", "option {options} is missing"),
    "one_source": (
        "选项 --ballots 与 --columns 必须给出一个，且只能给出一个",
        "give one of --ballots and --columns, and not both",
    ),
}

_OPTIONS: dict[str, tuple[str, str]] = {
    "--profile": ("票决办法 profile.json", "the counting rules, profile.json"),
    "--poll": ("项目与人数 poll.json", "items, delegates, attendance and ballots issued, poll.json"),
    "--ballots": ("逐张选票 ballots.csv", "one row per returned ballot, ballots.csv"),
    "--columns": (
        "逐项合计 columns.json（与 --ballots 二选一）",
        "marks added up by item, columns.json (instead of --ballots)",
    ),
    "--out": ("另把结果写入这个文件", "write the outcome to this file as well"),
    "--lang": (
        "提示语言：zh-CN 或 en（也可用环境变量 PIAOJUE_LANG）",
        "language of messages: zh-CN or en (or set PIAOJUE_LANG)",
    ),
    "tally": (
        "按票决办法从文件计票，在标准输出给出 JSON 结果；不能计票时退出码为 2",
        "Counts a poll from files and prints the outcome as JSON; exit status 2 for input that cannot be counted.",
    ),
}


def sentence(problem: CannotBeCounted, language: Language) -> str:
    """What is wrong, in one line: file, place in it, reason."""
    chinese = language is Language.CHINESE
    said = _SENTENCES[problem.reason][0 if chinese else 1]
    what = said.format_map({name: _shown(value, language) for name, value in problem.values.items()})
    places = [_on_one_line(problem.file), _place(problem.path, language), what]
    colon, stop = ("\uff1a", "\u3002") if chinese else (": ", ".")
    return colon.join(place for place in places if place) + stop


def described(option: str, language: Language) -> str:
    """What an option of the command line is for."""
    return _OPTIONS[option][0 if language is Language.CHINESE else 1]


def _place(path: Path, language: Language) -> str:
    """Steps into a JSON file: items › entry 3 › id."""
    entry = "第{}项" if language is Language.CHINESE else "entry {}"
    return " › ".join(entry.format(step) if isinstance(step, int) else _printable(step) for step in path)


def _shown(value: object, language: Language) -> str:
    """A value as it is quoted in a sentence: short, printable, on one line."""
    match value:
        case KnownId():
            return _printable(value)
        case str():
            return f"“{_printable(value)}”"
        case tuple():
            comma = "\u3001" if language is Language.CHINESE else ", "
            return comma.join(_shown(entry, language) for entry in value)
        case Mapping():
            return "{…}"
        case list():
            return "[…]"
        case _:
            return _printable(json.dumps(value))


def _printable(text: str) -> str:
    return _on_one_line(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")


def _on_one_line(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
