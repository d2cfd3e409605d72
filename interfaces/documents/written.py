"""How documents write money, dates and numbers, and how a view becomes the data of a template."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TEN_THOUSAND = Decimal(10_000)
_HUNDRED_MILLION = Decimal(100_000_000)


def data_of(value: object) -> object:
    """A view as JSON knows it: dataclasses become objects, tuples lists, exact numbers and dates texts."""
    match value:
        case Enum():
            return data_of(value.value)
        case Mapping():
            return {str(key): data_of(item) for key, item in value.items()}
        case tuple() | list():
            return [data_of(item) for item in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {f.name: data_of(getattr(value, f.name)) for f in fields(value)}
    return _text_of(value)


def _text_of(value: object) -> object:
    match value:
        case datetime():
            return chinese_moment(value)
        case date():
            return chinese_date(value)
        case Decimal() | Fraction():
            return str(value)
        case str():
            return printable(value)
    return value


def printable(text: str) -> str:
    """Text without the characters that neither XML nor a printer knows (controls, halves of pairs, non-characters)."""
    return _UNPRINTABLE.sub("", text)


def chinese_date(day: date) -> str:
    """2026年1月24日, as GB/T 15835 and official papers write it: no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    """2026年1月24日 9:05, in the zone the moment carries."""
    return f"{chinese_date(moment)} {moment.hour}:{moment.minute:02}"


def money(yuan: Decimal) -> str:
    """Yuan in 亿元 from one 亿 on, in 万元 below; exact, no trailing zeros (5.04亿元, 2300万元)."""
    if abs(yuan) >= _HUNDRED_MILLION:
        return f"{plain(yuan / _HUNDRED_MILLION)}亿元"
    return f"{plain(yuan / _TEN_THOUSAND)}万元"


def ten_thousands(yuan: Decimal) -> Decimal:
    """Yuan as a number of 万元, exact."""
    return yuan / _TEN_THOUSAND


def plain(number: Decimal) -> str:
    """A number without exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: int, whole: int) -> str:
    """`part` of `whole` in percent, two decimals, half up; a dash where there is no whole."""
    if whole == 0:
        return "—"
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


_DIGITS = "〇一二三四五六七八九"


def chinese_ordinal(number: int) -> str:
    """1 to 99 in Chinese figures, for 第十六届第五次会议."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
