"""Which congresses stand above and below one, what they look like, and what stands in their calendars; both stores."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid5

import pytest
from sqlalchemy import Engine

from application.history.history import History
from domain.congress.calendar import (
    CalendarEntryAdded,
    CalendarEntryChanged,
    CalendarEntryWithdrawn,
    EntryKind,
    year_calendar_stream,
)
from domain.congress.congress import CongressDescribed, CongressMoved
from domain.congress.look import Colour, CongressLookChosen
from projections import congress_directory as directory
from projections import year_calendar as calendars
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support import levels
from tests.support.levels import CITY, EAST, HILLS, WEST
from tests.support.year import of, record


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


def test_levels_looks_and_calendars(history: History, reading: Engine) -> None:
    chosen = of(CongressLookChosen, emblem="丘陵", public_name="丘陵", colour=Colour.PINE, contact="中心街 3 号")
    days = {"starts_on": date(2026, 3, 30), "ends_on": date(2026, 4, 2), "kind": EntryKind.VISIT}
    first, second = uuid5(HILLS, "first"), uuid5(HILLS, "second")
    book = year_calendar_stream(HILLS)
    record(
        history,
        [
            *levels.facts(),
            (HILLS, chosen),
            (HILLS, CongressMoved(parent=WEST)),
            (EAST, of(CongressDescribed, name="东河区人民代表大会", short_name="东河区人大", term=17)),
            (book, of(CalendarEntryAdded, congress=HILLS, entry=first, title="视察", public=False, **days)),
            (book, of(CalendarEntryAdded, congress=HILLS, entry=second, title="宣传", public=True, **days)),
            (book, of(CalendarEntryChanged, entry=first, title="视察两天", public=True, **days)),
            (book, CalendarEntryWithdrawn(entry=second)),
        ],
    )
    Followers(history, reading, [directory.PROJECTION, calendars.PROJECTION]).catch_up()
    with reading.connect() as conn:
        hills = directory.congress_at(conn, "hills")
        assert hills is not None
        assert (hills.emblem, hills.public_name, hills.colour) == ("丘陵", "丘陵", "pine")
        assert [one.id for one in directory.congresses_above(conn, hills)] == [WEST, CITY]
        assert [one.slug for one in directory.congresses_below(conn, CITY)] == [
            "east",
            "west",
            "hills",
            "lake",
            "street",
        ]
        assert [one.slug for one in directory.congresses_below(conn, EAST)] == ["lake", "street"]
        assert (directory.has_below(conn, WEST), directory.has_below(conn, HILLS)) == (True, False)
        east = directory.congress_at(conn, "east")
        assert east is not None
        assert (east.emblem, east.public_name, east.term) == ("东河", "东河区人民代表大会", 17)
        for month in (date(2026, 3, 1), date(2026, 4, 1)):
            (entry,) = calendars.entries_between(conn, HILLS, month, month.replace(day=30), public_only=True)
            assert (entry.title, entry.ends_on) == ("视察两天", date(2026, 4, 2))
        assert calendars.entries_between(conn, HILLS, date(2026, 4, 3), date(2026, 12, 31)) == []
        assert calendars.entry_at(conn, HILLS, second) is None
        assert calendars.entry_at(conn, EAST, first) is None
