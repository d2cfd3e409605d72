"""Prints the table of `domain/congress/prepared_days.py` as two well-kept libraries know the days.

    python -m tests.support.prepared_days

Years the State Council's office has announced come from `chinesecalendar`; a year that it does not hold yet is
calculated by `holidays` from the law on festivals, without make-up days. A new release of the first is where the
announced days of the next year come from: then LAST_YEAR moves on, and the printed lines are pasted.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from chinese_calendar import constants
from holidays import country_holidays

FIRST_YEAR, LAST_YEAR = 2016, 2027
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "农历除夕": "春节",
}
ANNOUNCED = max(day.year for day in constants.holidays)
Days = dict[str, list[date]]


def lines() -> Iterator[str]:
    """Year, festival, free days and make-up days, as the domain has them."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        free, worked = _announced(year) if year <= ANNOUNCED else (_calculated(year), {})
        for name, days in free.items():
            makes_up = f" | {_spans(worked[name])}" if name in worked else ""
            yield f"{year} {name} {_spans(days)}{makes_up}"


def _announced(year: int) -> tuple[Days, Days]:
    free: Days = defaultdict(list)
    worked: Days = defaultdict(list)
    for day, name in sorted(constants.holidays.items()):
        if day.year == year:
            free[NAMES[name]].append(day)
    for day, name in sorted(constants.workdays.items()):
        if day.year == year:
            worked[NAMES[name]].append(day)
    return free, worked


def _calculated(year: int) -> Days:
    free: Days = defaultdict(list)
    for day, words in sorted(country_holidays("CN", years=year, language="zh_CN").items()):
        name = words.removesuffix("（补假）")
        free[NAMES.get(name, name)].append(day)
    return free


def _spans(days: list[date]) -> str:
    starts = [days[0], *(later for earlier, later in pairwise(days) if later - earlier > timedelta(days=1))]
    ends = [*(earlier for earlier, later in pairwise(days) if later - earlier > timedelta(days=1)), days[-1]]
    return " ".join(
        f"{start:%m-%d}" if start == end else f"{start:%m-%d}..{end:%m-%d}"
        for start, end in zip(starts, ends, strict=True)
    )


if __name__ == "__main__":
    print(*lines(), sep="\n")  # noqa: T201 -- its output is what it is for
