"""Kinds of days and prepared festivals in words."""

from typing import Final

from domain.congress.working_days import DayKind
from interfaces.web._base.language import Lazy, lazy

DAY_KINDS: Final[dict[DayKind, Lazy]] = {
    DayKind.FREE: lazy("放假"),
    DayKind.WORKING: lazy("上班"),
}
FESTIVALS: Final[dict[str, Lazy]] = {
    "元旦": lazy("元旦"),
    "春节": lazy("春节"),
    "清明节": lazy("清明节"),
    "劳动节": lazy("劳动节"),
    "端午节": lazy("端午节"),
    "中秋节": lazy("中秋节"),
    "国庆节": lazy("国庆节"),
}
"""What the prepared days are called; what an office writes stays as it is."""
