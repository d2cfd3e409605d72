"""What a congress looks like, and what stands in its calendar: decided without a store."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from domain.congress import calendar, look
from domain.congress.calendar import Entry, EntryKind, EntryUnchanged
from domain.congress.congress import AlreadyUnder, Congress, Level, WrongParent, move_congress
from domain.congress.look import Colour
from domain.shared import Invalid, Missing, NotFound

VISIT = Entry(title="代表视察", starts_on=date(2026, 3, 5), ends_on=date(2026, 3, 6), kind=EntryKind.VISIT)


@pytest.mark.parametrize(
    ("short_name", "emblem"),
    [("青城市人大", "青城"), ("河岸街道", "河岸"), ("西乡人民代表大会", "西乡"), ("人大", "人大")],
)
def test_a_mark_nobody_chose_is_the_beginning_of_the_place(short_name: str, emblem: str) -> None:
    assert look.emblem_from(short_name) == emblem


@pytest.mark.parametrize("emblem", ["", "青城人大会", "qc", "青<", "青 城 人 大 会"])
def test_a_mark_has_one_to_four_characters(emblem: str) -> None:
    with pytest.raises(Invalid) as refused:
        look.choose_look(emblem=emblem, public_name="", colour=Colour.PINE, contact="")
    assert refused.value.field == "emblem"
    assert look.choose_look(emblem="青 城", public_name="", colour=Colour.PINE, contact="").emblem == "青城"


def test_an_entry_needs_a_title_and_days_in_their_order() -> None:
    congress, entry = uuid4(), uuid4()
    with pytest.raises(Missing):
        calendar.add_entry(congress, entry, replace(VISIT, title=" "))
    with pytest.raises(Invalid):
        calendar.add_entry(congress, entry, replace(VISIT, ends_on=date(2026, 3, 4)))
    with pytest.raises(Invalid):
        calendar.add_entry(congress, entry, replace(VISIT, ends_on=date(2027, 3, 6)))


def test_an_entry_is_changed_and_withdrawn_only_while_it_is_there() -> None:
    congress, entry = uuid4(), uuid4()
    there = calendar.evolve_year(None, calendar.add_entry(congress, entry, VISIT))
    with pytest.raises(EntryUnchanged):
        calendar.change_entry(there, entry, VISIT)
    gone = calendar.evolve_year(there, calendar.withdraw_entry(there, entry))
    for act in (lambda: calendar.change_entry(gone, entry, VISIT), lambda: calendar.withdraw_entry(gone, entry)):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("parent", Level)
def test_a_body_moves_only_under_a_level_above_its_own(level: Level, parent: Level) -> None:
    body = Congress(name="某地", short_name="某地", slug="some", level=level, parent=None, term=1)
    allowed: dict[Level, set[Level]] = {
        Level.CITY: set(),
        Level.COUNTY: {Level.CITY},
        Level.TOWNSHIP: {Level.CITY, Level.COUNTY},
        Level.STREET: {Level.CITY, Level.COUNTY},
    }
    above = uuid4()
    if parent in allowed[level]:
        assert move_congress(body, above, parent).parent == above
    else:
        with pytest.raises(WrongParent):
            move_congress(body, above, parent)
    with pytest.raises(AlreadyUnder):
        move_congress(body, None, None)
