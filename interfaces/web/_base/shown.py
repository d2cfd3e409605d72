"""How values are shown: money in 万元 and 亿元, dates as 2026年1月24日, numbers with separators."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from babel.dates import format_date

from domain.shared import CHINA
from interfaces.web._base.language import CHINESE, current_language
from interfaces.web._base.language import gettext as _

_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)


def number(value: int | Decimal) -> str:
    """12,345 or 1,234.5: digits in threes, no zeros behind the point."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal | Fraction | float, places: int) -> Decimal:
    """Half up, as all printed figures are."""
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def money(yuan: Decimal | int | None) -> str:
    """5.04 亿元, 2,300 万元, 8,500 元; a dash for an amount that is not known."""
    if yuan is None:
        return "–"
    amount = Decimal(yuan)
    if abs(amount) >= _YI:
        return _("%(n)s 亿元", n=number(rounded(amount / _YI, 2)), million=number(rounded(amount / (_WAN * 100), 0)))
    if abs(amount) >= _WAN:
        return _("%(n)s 万元", n=number(rounded(amount / _WAN, 2)), thousand=number(rounded(amount / 1000, 1)))
    return _("%(n)s 元", n=number(rounded(amount, 2)))


def wan(yuan: Decimal | int | None) -> str:
    """An amount in 万元 as digits alone, for fields and columns that name the unit."""
    if yuan is None:
        return ""
    text = f"{(Decimal(yuan) / _WAN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date | None) -> str:
    """2026年1月24日."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(CHINA).date()
    if current_language() == CHINESE:
        return f"{value.year}年{value.month}月{value.day}日"
    return format_date(value, "d MMMM y", locale="en")


def span(first: date, last: date) -> str:
    """One day, or 2026年1月24日至1月28日."""
    if first == last:
        return day(first)
    if first.year == last.year and current_language() == CHINESE:
        return f"{day(first)}至{last.month}月{last.day}日"
    return _("%(first)s至%(last)s", first=day(first), last=day(last))


def moment(value: datetime | None) -> str:
    """2026年1月24日 09:41, in China."""
    if value is None:
        return "–"
    local = value.astimezone(CHINA)
    return f"{day(local.date())} {local:%H:%M}"


def percent(value: Decimal | Fraction | float | None, places: int = 2) -> str:
    """95.03 %, written 95.03%."""
    return "–" if value is None else f"{number(rounded(value, places))}%"


FILTERS = {"number": number, "money": money, "wan": wan, "day": day, "span": span, "moment": moment, "percent": percent}
