"""The days of the years as they stand before anybody marks one: holidays and make-up working days 调休.

The years until `LAST_ANNOUNCED` are what the State Council's office announced, taken from the library
`chinesecalendar`. The years after it are calculated by the library `holidays` from the law on festivals: they have no
make-up days, and are to be put right when the announcement is out. A test holds the table against both
(tests/support/prepared_days.py prints it).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from domain.congress.working_days import DayKind, Mark, days_from

FIRST_PREPARED: Final = 2016
LAST_ANNOUNCED: Final = 2026
LAST_PREPARED: Final = 2027

TABLE: Final = """
2016 元旦 01-01
2016 春节 02-07..02-13 | 02-06 02-14
2016 清明节 04-04
2016 劳动节 05-01..05-02
2016 端午节 06-09..06-11 | 06-12
2016 中秋节 09-15..09-17 | 09-18
2016 国庆节 10-01..10-07 | 10-08..10-09
2017 元旦 01-01..01-02
2017 春节 01-27..02-02 | 01-22 02-04
2017 清明节 04-02..04-04 | 04-01
2017 劳动节 05-01
2017 端午节 05-28..05-30 | 05-27
2017 国庆节 10-01..10-03 10-05..10-08 | 09-30
2017 中秋节 10-04
2018 元旦 01-01 12-30..12-31 | 12-29
2018 春节 02-15..02-21 | 02-11 02-24
2018 清明节 04-05..04-07 | 04-08
2018 劳动节 04-29..05-01 | 04-28
2018 端午节 06-18
2018 中秋节 09-24
2018 国庆节 10-01..10-07 | 09-29..09-30
2019 元旦 01-01
2019 春节 02-04..02-10 | 02-02..02-03
2019 清明节 04-05..04-07
2019 劳动节 05-01..05-04 | 04-28 05-05
2019 端午节 06-07..06-09
2019 中秋节 09-13..09-15
2019 国庆节 10-01..10-07 | 09-29 10-12
2020 元旦 01-01
2020 春节 01-24..02-02 | 01-19
2020 清明节 04-04..04-06
2020 劳动节 05-01..05-05 | 04-26 05-09
2020 端午节 06-25..06-27 | 06-28
2020 国庆节 10-01..10-08 | 09-27 10-10
2021 元旦 01-01..01-03
2021 春节 02-11..02-17 | 02-07 02-20
2021 清明节 04-03..04-05
2021 劳动节 05-01..05-05 | 04-25 05-08
2021 端午节 06-12..06-14
2021 中秋节 09-19..09-21 | 09-18
2021 国庆节 10-01..10-07 | 09-26 10-09
2022 元旦 01-01..01-03 12-31
2022 春节 01-31..02-06 | 01-29..01-30
2022 清明节 04-03..04-05 | 04-02
2022 劳动节 04-30..05-04 | 04-24 05-07
2022 端午节 06-03..06-05
2022 中秋节 09-10..09-12
2022 国庆节 10-01..10-07 | 10-08..10-09
2023 元旦 01-01..01-02 12-30..12-31
2023 春节 01-21..01-27 | 01-28..01-29
2023 清明节 04-05
2023 劳动节 04-29..05-03 | 04-23 05-06
2023 端午节 06-22..06-24 | 06-25
2023 中秋节 09-29
2023 国庆节 09-30..10-06 | 10-07..10-08
2024 元旦 01-01
2024 春节 02-10..02-17 | 02-04 02-18
2024 清明节 04-04..04-06 | 04-07
2024 劳动节 05-01..05-05 | 04-28 05-11
2024 端午节 06-10
2024 中秋节 09-15..09-17 | 09-14
2024 国庆节 10-01..10-07 | 09-29 10-12
2025 元旦 01-01
2025 春节 01-28..02-04 | 01-26 02-08
2025 清明节 04-04..04-06
2025 劳动节 05-01..05-05 | 04-27
2025 端午节 05-31..06-02
2025 国庆节 10-01..10-05 10-07..10-08 | 09-28 10-11
2025 中秋节 10-06
2026 元旦 01-01..01-03 | 01-04
2026 春节 02-15..02-23 | 02-14 02-28
2026 清明节 04-04..04-06
2026 劳动节 05-01..05-05 | 05-09
2026 端午节 06-19..06-21
2026 中秋节 09-25..09-27
2026 国庆节 10-01..10-07 | 09-20 10-10
2027 元旦 01-01
2027 春节 02-05..02-10
2027 清明节 04-05
2027 劳动节 05-01..05-04
2027 端午节 06-09
2027 中秋节 09-15
2027 国庆节 10-01..10-05
"""
"""Year, festival, free days | make-up working days."""


def _marks() -> Iterator[tuple[date, Mark]]:
    for line in TABLE.strip().splitlines():
        free, _bar, worked = line.partition("|")
        year, name, *spans = free.split()
        for kind, parts in ((DayKind.FREE, spans), (DayKind.WORKING, worked.split())):
            for span in parts:
                first, _dots, last = span.partition("..")
                starts_on, ends_on = (date.fromisoformat(f"{year}-{day}") for day in (first, last or first))
                for day in days_from(starts_on, ends_on):
                    yield day, Mark(kind=kind, name=name)


PREPARED: Final[Mapping[date, Mark]] = MappingProxyType(dict(_marks()))
"""Every prepared day. The name of a make-up day is the festival that it makes up for."""
