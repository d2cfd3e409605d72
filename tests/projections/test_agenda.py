"""What is read of a council's agenda: items in order, what was said, hands, and the street's list by number."""

from uuid import uuid5

import pytest

from domain.congress.council import (
    AgendaItemEntered,
    AgendaItemRemoved,
    AgendaOrdered,
    DiscussionNoted,
    Hands,
    HandsShown,
    ItemDecided,
    ItemResult,
    Matter,
    agenda_stream,
)
from projections import agenda
from projections.reading.projection import Projection
from tests.support.facts import CONGRESS
from tests.support.telling import Telling
from tests.support.year import SESSION, of

STREAM = agenda_stream(SESSION)
LAMPS, STAIRS, DRAINS = (uuid5(SESSION, title) for title in ("路灯", "扶手", "排水"))


@pytest.fixture
def projection() -> Projection:
    return agenda.PROJECTION


@pytest.fixture
def told(telling: Telling) -> Telling:
    for item, title in ((LAMPS, "路灯"), (STAIRS, "扶手"), (DRAINS, "排水")):
        known = {"congress": CONGRESS, "session": SESSION, "item": item, "proposal": None}
        telling.tell((STREAM, of(AgendaItemEntered, **known, matter=Matter(title=title))))
    return telling


def places(telling: Telling) -> list[tuple[int, str]]:
    return [(one.place, one.title) for one in telling.ask(agenda.items_of, SESSION)]


def test_items_count_on_without_a_gap_after_one_was_moved_or_removed(told: Telling) -> None:
    told.tell((STREAM, AgendaOrdered(order=(DRAINS, LAMPS, STAIRS))))
    assert places(told) == [(1, "排水"), (2, "路灯"), (3, "扶手")]
    told.tell((STREAM, of(DiscussionNoted, item=LAMPS)), (STREAM, AgendaItemRemoved(item=LAMPS, reason="")))
    assert places(told) == [(1, "排水"), (2, "扶手")]
    assert told.ask(agenda.notes_of, SESSION) == {}


def test_hands_counted_again_take_the_result_back(told: Telling) -> None:
    hands = Hands(present=20, votes_for=11, against=9, abstain=0, not_voting=0, counted_by="林兰")
    told.tell((STREAM, of(HandsShown, item=STAIRS, hands=hands, needed=11)))
    told.tell((STREAM, of(ItemDecided, item=STAIRS, result=ItemResult.CHOSEN)))
    assert told.ask(agenda.tallies, CONGRESS) == {SESSION: agenda.Tally(items=3, decided=1, chosen=1)}
    again = Hands(present=20, votes_for=10, against=10, abstain=0, not_voting=0, counted_by="林兰")
    told.tell((STREAM, of(HandsShown, item=STAIRS, hands=again, needed=11)))
    found = next(one for one in told.ask(agenda.items_of, SESSION) if one.item == STAIRS)
    assert (found.is_carried, found.result) == (False, None)
