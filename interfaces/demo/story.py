"""The demonstration: the city 青城市 with two districts and a street council, as it stands today.

The city is in the middle of its session, its poll ready to open, its list made from what residents proposed; the
district 东河区 has voted, its projects are under way, and it calls for next year's; 西河区 gathers candidates; the
street's council has held a meeting. Everything comes about by the commands people give, and every date counts from
the day the story is told.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.polls.card import Secret
from domain.polls.card_set import SetName
from interfaces.demo.city import CityStory
from interfaces.demo.diary import Diary
from interfaces.demo.district import DistrictStory
from interfaces.demo.founding import Founding
from interfaces.demo.neighbours import StreetStory, WestStory
from interfaces.demo.town_hall import TownHall
from interfaces.demo.upper_level import UpperLevel

UNDER_WAY_FROM = (7, 20)
"""From this day on the district's projects of the same year have something to show; before, last year's have."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the one who tries the demonstration needs: the live cards on the table."""

    city: UUID
    poll: UUID
    cards: tuple[Secret, ...]
    set_name: SetName
    session_title: str
    poll_title: str
    shares: tuple[str, ...]
    """Of the city's poll: two of them open its box."""
    scrutineers: tuple[str, ...]
    """Their sign-in names, the chief's first."""


def tell(hall: TownHall, today: date) -> Told:
    """Makes the whole demonstration; the hall's clock must not have passed the beginning."""
    founded = Founding.begun(hall)
    diary = Diary(hall.clock)
    year = _year_under_way(today)
    city = CityStory(hall=hall, founded=founded, today=today)
    DistrictStory(hall=hall, founded=founded, today=today, year=year, next_year=max(year + 1, city.year)).write(diary)
    WestStory(hall=hall, founded=founded, today=today, year=city.year).write(diary)
    StreetStory(hall=hall, founded=founded, today=today, year=max(year + 1, city.year)).write(diary)
    city.write(diary)
    UpperLevel(hall=hall, founded=founded, today=today, year=year).write(diary)
    diary.live_through(today)
    table = city.table
    return Told(
        city=founded.city,
        poll=table.poll,
        cards=table.cards,
        set_name=table.set_name,
        session_title=city.day.title,
        poll_title=city.poll_title,
        shares=table.shares,
        scrutineers=table.scrutineers,
    )


def beginning(today: date) -> date:
    """The first day of the story: before the candidates of the city's first year are drafted."""
    return date((today + timedelta(days=60)).year - 4, 8, 20)


def _year_under_way(today: date) -> int:
    return today.year if (today.month, today.day) >= UNDER_WAY_FROM else today.year - 1
