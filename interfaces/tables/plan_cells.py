"""What the cells of an implementation plan mean: milestones, duties of units, annual milestones; and how they are told.

What `*_told` writes, the reader of the same name reads back, in a table as on a form.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from domain.projects.card import Target
from domain.projects.plan import AnnualMilestone, Milestone, UnitDuty
from domain.shared import Money
from interfaces.tables.cells import CellRefused, day, decimal_number, half_width, without_padding
from interfaces.tables.faults import Reason

_BETWEEN: Final = re.compile(r"[;；\n]")
_DAY: Final = r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?"
_PERCENT: Final = r"[(（]?\s*(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s*[%％]\s*[)）]?"
_MILESTONE: Final = re.compile(rf"(?P<day>{_DAY})\s*前?[\s,，:：]*(?P<name>\S.*?)\s*{_PERCENT}")
_DUTY: Final = re.compile(rf"(?P<unit>[^:：]+)[:：]\s*(?P<words>.+?)\s*(?:[(（]\s*(?P<day>{_DAY})\s*前?\s*[)）])?")
_ANNUAL: Final = re.compile(
    r"(?P<year>[0-9]{4})\s*年?\s*[=＝:：]\s*(?P<funds>[0-9.,]+)\s*(?P<unit>万元|亿元)?(?:[\s,，:：]+(?P<words>.*))?"
)
_PHONE: Final = re.compile(r"[0-9+() \-/,、]{3,40}")
_MOBILE: Final = re.compile(r"(?<![0-9])(?:\+?86)?1[3-9][0-9]{9}(?![0-9])")
_SCALE: Final = {"万元": 10_000, "亿元": 100_000_000}


def milestones(text: str) -> tuple[Milestone, ...]:
    """2026-04-15 完成招标 10%；2026-12-20 完工验收 100%, numbered in the order of their days."""
    found = sorted((_milestone(part) for part in _parts(text)), key=lambda one: (one[0], one[2]))
    return tuple(
        Milestone(number=number, name=name, due_on=due_on, percent=percent)
        for number, (due_on, name, percent) in enumerate(found, 1)
    )


def duties(text: str) -> tuple[UnitDuty, ...]:
    """自然资源局：办理用地手续（2026-03-31前）；公安局：疏导交通."""
    return tuple(_duty(part) for part in _parts(text))


def annual_milestones(text: str) -> tuple[AnnualMilestone, ...]:
    """2026年：24700万元，完成主体工程；2027年：13500万元，全部完工. Without a unit it is 万元."""
    return tuple(sorted((_annual(part) for part in _parts(text)), key=lambda one: one.year))


def office_phone(text: str) -> str:
    """Telephones of an office, 0471-5550102; a person's own mobile is nothing to publish."""
    plain_text = half_width(text)
    if not _PHONE.fullmatch(plain_text) or _MOBILE.search(re.sub(r"[ \-]", "", plain_text)):
        raise CellRefused(reason=Reason.NOT_AN_OFFICE_PHONE)
    return plain_text


def targets_told(targets: Iterable[Target]) -> list[str]:
    """雨水管网=42公里, one a line."""
    return [f"{one.name}={plain(one.amount)}{one.unit}" for one in targets]


def milestones_told(found: Iterable[Milestone]) -> list[str]:
    """2026-04-15 完成招标 10%, one a line."""
    return [f"{one.due_on.isoformat()} {one.name} {plain(one.percent)}%" for one in found]


def duties_told(found: Iterable[UnitDuty]) -> list[str]:
    """自然资源局：办理用地手续（2026-03-31前）, one a line."""
    return [
        f"{one.unit_name}：{one.words}" + (f"（{one.due_on.isoformat()}前）" if one.due_on else "") for one in found
    ]


def annual_told(found: Iterable[AnnualMilestone]) -> list[str]:
    """2026年：24700万元，完成主体工程, one a line."""
    return [f"{one.year}年：{plain(one.funds / 10_000)}万元，{one.words}" for one in found]


def plain(number: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _milestone(part: str) -> tuple[date, str, Decimal]:
    found = _MILESTONE.fullmatch(part)
    if not found:
        raise CellRefused(reason=Reason.NOT_A_MILESTONE, value=part)
    return _day_in(found["day"], part, Reason.NOT_A_MILESTONE), found["name"], Decimal(found["percent"])


def _duty(part: str) -> UnitDuty:
    found = _DUTY.fullmatch(part)
    if not found:
        raise CellRefused(reason=Reason.NOT_A_DUTY, value=part)
    due_on = _day_in(found["day"], part, Reason.NOT_A_DUTY) if found["day"] else None
    return UnitDuty(unit_name=without_padding(found["unit"].strip()), words=found["words"], due_on=due_on)


def _annual(part: str) -> AnnualMilestone:
    found = _ANNUAL.fullmatch(half_width_digits(part))
    if not found:
        raise CellRefused(reason=Reason.NOT_AN_ANNUAL, value=part)
    try:
        funds = Money(decimal_number(found["funds"], 6) * _SCALE[found["unit"] or "万元"])
    except CellRefused as wrong:
        raise CellRefused(reason=Reason.NOT_AN_ANNUAL, value=part) from wrong
    return AnnualMilestone(year=int(found["year"]), funds=funds, words=(found["words"] or "").strip())


def half_width_digits(text: str) -> str:
    """Digits as on a keyboard; signs stay, because they are also those of the words."""
    return "".join(half_width(sign) if sign.isdigit() else sign for sign in text)


def _day_in(text: str, part: str, otherwise: Reason) -> date:
    try:
        return day(re.sub(r"\s", "", half_width_digits(text)))
    except CellRefused as wrong:
        raise CellRefused(reason=otherwise, value=part) from wrong
