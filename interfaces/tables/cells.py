"""What the text of one cell means. Every reader takes tidy, non-empty text and raises CellRefused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from domain.congress.roll import Gender
from domain.projects.card import FundSource, Target
from domain.shared import MOST_YUAN, Money
from interfaces.tables.faults import Reason

_HALF_WIDTH: Final = str.maketrans({c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)})
_WHOLE: Final = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_STARTS_AS_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9,.]*\s*[^0-9,.eE+\-\s]")
_MOST_DIGITS: Final = 15
_DATES: Final = (
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})"),
    re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)
_MIDNIGHT: Final = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_YES: Final = frozenset({"是", "yes", "y", "true", "1", "√", "✓"})
_NO: Final = frozenset({"否", "no", "n", "false", "0", "×"})
_GENDERS: Final[Mapping[str, Gender]] = {"男": Gender.MALE, "女": Gender.FEMALE}
_HALF_WIDTH_SIGNS: Final = str.maketrans("０１２３４５６７８９．＝：；，％", "0123456789.=:;,%")
_BETWEEN_SOURCES: Final = re.compile(r"[;,、\n]")
_BETWEEN_TARGETS: Final = re.compile(r"[;、\n]")
_BETWEEN_NAMES: Final = re.compile(r"[;；、,，\n]")
_SOURCE: Final = re.compile(r"(.*[^0-9.\s:=])\s*[:=]?\s*([0-9]+(?:\.[0-9]+)?)\s*%")
_TARGET: Final = re.compile(r"([^=:]+)[=:]\s*([0-9]+(?:\.[0-9]+)?)\s*([^0-9\s].*)")
_HAN: Final = r"[〇\u3400-\u9fff\U00020000-\U000323af]"
_SPACE_BETWEEN_HAN: Final = re.compile(rf"(?<={_HAN})[ \t]+(?={_HAN})")
_NAME: Final = re.compile(rf"(?:{_HAN}·?){{1,40}}|[A-Za-z\u1800-\u18af][A-Za-z\u1800-\u18af .'·\u202f-]{{0,59}}")
_DOTS: Final = str.maketrans("•‧・", "···")
_CERTIFICATE: Final = re.compile(r"[0-9A-Za-z-]{1,20}")
_DELEGATION: Final = re.compile(r"[\w·\-—()（）、 ]{1,40}")


@dataclass(eq=False)
class CellRefused(Exception):
    """The text of a cell does not mean what its column holds; `value` is the part that is wrong, empty for all."""

    reason: Reason
    value: str = ""
    hint: str = ""


def half_width(text: str) -> str:
    """Digits, letters and signs as on a keyboard: ０-９ as 0-9, ％ as %, ； as ;."""
    return text.translate(_HALF_WIDTH)


def whole_number(text: str) -> int:
    """An integer; thousands may be separated by commas."""
    plain = half_width(text)
    if not _WHOLE.fullmatch(plain):
        raise CellRefused(reason=_unit_or(plain, Reason.NOT_A_WHOLE_NUMBER))
    return int(_short_enough(plain))


def decimal_number(text: str, most_decimals: int) -> Decimal:
    """A number with at most so many decimals."""
    plain = half_width(text)
    if not _NUMBER.fullmatch(plain):
        raise CellRefused(reason=_unit_or(plain, Reason.NOT_A_NUMBER))
    number = _short_enough(plain)
    if len(plain.partition(".")[2].rstrip("0")) > most_decimals:
        raise CellRefused(reason=Reason.TOO_MANY_DECIMALS, hint=str(most_decimals))
    return number


def ten_thousand_yuan(text: str) -> Money:
    """万元 as yuan; exact to the fen, so at most six decimals."""
    yuan = Money(decimal_number(text, 6) * 10_000)
    if abs(yuan) >= MOST_YUAN:
        raise CellRefused(reason=Reason.NUMBER_TOO_LARGE)
    return yuan


def degrees(text: str) -> Decimal:
    """A longitude or latitude, at most ten decimals."""
    return decimal_number(text, 10)


def day(text: str) -> date:
    """2026-03-15, 2026/3/15, 2026.3.15, 2026年3月15日, 20260315, or a spreadsheet's date."""
    plain = _MIDNIGHT.sub("", half_width(text))
    for form in _DATES:
        found = form.fullmatch(plain)
        if found:
            return _existing_day(*(int(part) for part in found.groups()))
    raise CellRefused(reason=Reason.NOT_A_DATE)


def yes_or_no(text: str) -> bool:
    """是 or 否, and what forms use instead."""
    plain = half_width(text).lower()
    if plain not in _YES | _NO:
        raise CellRefused(reason=Reason.NOT_YES_OR_NO)
    return plain in _YES


def gender(text: str) -> Gender:
    """男 or 女."""
    if text not in _GENDERS:
        raise CellRefused(reason=Reason.NOT_A_GENDER)
    return _GENDERS[text]


def certificate_number(text: str) -> str:
    """A delegate's certificate number: digits, letters, hyphens; leading zeros stay."""
    plain = half_width(text)
    if not _CERTIFICATE.fullmatch(plain):
        raise CellRefused(reason=Reason.NOT_A_CERTIFICATE_NUMBER)
    return plain


def person(text: str) -> str:
    """A name; rolls that pad two characters to the width of three (张　三) lose the padding."""
    name = without_padding(text).translate(_DOTS)
    if not _NAME.fullmatch(name):
        raise CellRefused(reason=Reason.NOT_A_NAME)
    return name


def delegation(text: str) -> str:
    """The name of a delegation as letters, digits and a few signs may form it."""
    name = without_padding(text)
    if not _DELEGATION.fullmatch(name):
        raise CellRefused(reason=Reason.NOT_A_DELEGATION)
    return name


def without_padding(text: str) -> str:
    """Chinese text without the spaces that only fill a column."""
    return _SPACE_BETWEEN_HAN.sub("", text)


def fund_sources(text: str) -> tuple[FundSource, ...]:
    """Shares of the funds: 本级财政60%;上级专项40%. Whether they add up is the candidate card's own rule."""
    return tuple(_source(part) for part in _parts(_BETWEEN_SOURCES, text.translate(_HALF_WIDTH_SIGNS)))


def targets(text: str) -> tuple[Target, ...]:
    """Quantified targets: 雨水管网=42公里;泵站=3座."""
    return tuple(_target(part) for part in _parts(_BETWEEN_TARGETS, text.translate(_HALF_WIDTH_SIGNS)))


def names(text: str) -> tuple[str, ...]:
    """Names one after another, each once: 公安局;自然资源局、水务局."""
    return tuple(dict.fromkeys(without_padding(part) for part in _parts(_BETWEEN_NAMES, text)))


def _parts(between: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in between.split(text) if part.strip()]


def _source(part: str) -> FundSource:
    found = _SOURCE.fullmatch(part)
    if not found or len(found[2]) > _MOST_DIGITS:
        raise CellRefused(reason=Reason.NOT_A_SOURCE, value=part)
    return FundSource(name=found[1], percent=Decimal(found[2]))


def _target(part: str) -> Target:
    found = _TARGET.fullmatch(part)
    if not found or len(found[2]) > _MOST_DIGITS:
        raise CellRefused(reason=Reason.NOT_A_TARGET, value=part)
    return Target(name=found[1].strip(), amount=Decimal(found[2]), unit=found[3].strip())


def _existing_day(year: int, month: int, day_of_month: int) -> date:
    try:
        found = date(year, month, day_of_month)
    except ValueError as error:
        raise CellRefused(reason=Reason.NOT_A_DATE) from error
    if not 1990 <= year <= 2100:
        raise CellRefused(reason=Reason.NOT_A_DATE)
    return found


def _unit_or(plain: str, other: Reason) -> Reason:
    return Reason.NUMBER_WITH_UNIT if _STARTS_AS_NUMBER.match(plain) else other


def _short_enough(plain: str) -> Decimal:
    if sum(c.isdigit() for c in plain.partition(".")[0].lstrip("+-0")) > _MOST_DIGITS:
        raise CellRefused(reason=Reason.NUMBER_TOO_LARGE)
    if len(plain) > 60:
        raise CellRefused(reason=Reason.NUMBER_TOO_LARGE)
    return Decimal(plain.replace(",", ""))
