"""What is read of calls and houses: windows on a day, proposals by way and by house, houses by their code."""

from datetime import date
from uuid import uuid5

import pytest

from domain.proposals.call import CallExtended, CallPublished, Channel, call_stream
from domain.proposals.house import HouseClosed, HouseOpened, house_code
from domain.proposals.proposal import ProposalReceived
from domain.shared import Year
from projections import calls, houses
from projections.reading.projection import Projection
from tests.support.facts import CONGRESS
from tests.support.telling import Telling
from tests.support.year import of

HOUSES = tuple(uuid5(CONGRESS, f"house {number}") for number in (1, 2))


class TestCalls:
    @pytest.fixture
    def projection(self) -> Projection:
        return calls.PROJECTION

    def test_a_window_counts_both_ends_and_is_current_on_its_days_alone(self, telling: Telling) -> None:
        window = {"opens_on": date(2026, 9, 20), "closes_on": date(2026, 10, 19)}
        telling.tell((call_stream(CONGRESS, 2027), of(CallPublished, congress=CONGRESS, year=Year(2027), **window)))
        for day, left in ((date(2026, 9, 20), 30), (date(2026, 10, 19), 1)):
            found = telling.ask(calls.current_call, CONGRESS, day)
            assert found is not None
            assert found.days_left(day) == left
        for day in (date(2026, 9, 19), date(2026, 10, 20)):
            assert telling.ask(calls.current_call, CONGRESS, day) is None
        telling.tell((call_stream(CONGRESS, 2027), CallExtended(closes_on=date(2026, 10, 31), reason="降雪")))
        extended = telling.ask(calls.current_call, CONGRESS, date(2026, 10, 20))
        assert extended is not None
        assert (extended.first_closes_on, extended.extended_because) == (date(2026, 10, 19), "降雪")

    def test_proposals_are_counted_by_way_and_by_house(self, telling: Telling) -> None:
        ways = (Channel.WEB, Channel.HOUSE, Channel.WEB, Channel.TELEPHONE, Channel.HOUSE)
        for number, way in enumerate(ways):
            known = {"congress": CONGRESS, "year": Year(2027), "channel": way, "split_from": None}
            by_house = HOUSES[0] if way is Channel.HOUSE else None
            telling.tell((uuid5(CONGRESS, f"proposal {number}"), of(ProposalReceived, house=by_house, **known)))
        assert telling.ask(calls.received_by_channel, CONGRESS, 2027) == {"house": 2, "web": 2, "telephone": 1}
        assert telling.ask(calls.received_by_house, CONGRESS, 2027) == {HOUSES[0]: 2}


class TestHouses:
    @pytest.fixture
    def projection(self) -> Projection:
        return houses.PROJECTION

    def test_a_closed_house_leaves_the_list_and_keeps_its_code(self, telling: Telling) -> None:
        for house in HOUSES:
            telling.tell((house, of(HouseOpened, congress=CONGRESS, code=house_code(house))))
        telling.tell((HOUSES[0], HouseClosed()))
        assert [one.house for one in telling.ask(houses.houses_of, CONGRESS)] == [HOUSES[1]]
        both = telling.ask(houses.houses_of, CONGRESS, closed=True)
        assert [(one.house, one.is_open) for one in both] == [(HOUSES[1], True), (HOUSES[0], False)]
        found = telling.ask(houses.house_by_code, house_code(HOUSES[0]))
        assert found is not None
        assert not found.is_open
