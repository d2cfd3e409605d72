"""Publishing a call and keeping houses, on both stores: who may, what a repeated command does, whose house it is."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from application.office import Office
from application.proposals.calls import extend_call, publish_call, reword_call
from application.proposals.houses import change_house, close_house, open_house
from domain.proposals import call as calls
from domain.proposals import house as houses
from domain.proposals.call import (
    CallExists,
    CallPublished,
    CallReworded,
    Channel,
    WindowShortened,
    WindowTooShort,
    call_stream,
)
from domain.shared import NotFound, NotPermitted, Year
from tests.support import polls
from tests.support.proposals import calling
from tests.support.stores import by


def test_a_call_is_published_once_extended_and_reworded_by_the_office_alone(office: Office) -> None:
    congress, clerk = polls.founded(office)
    call = CallPublished(
        congress=congress,
        year=Year(2027),
        title="公告",
        words=" 可以提什么 ",
        opens_on=date(2026, 10, 13),
        closes_on=date(2026, 10, 19),
        channels=(Channel.WEB,),
    )
    with pytest.raises(WindowTooShort, match="days=7"):
        publish_call(office, by(clerk), call)
    asked = by(clerk)
    first = publish_call(office, asked, replace(call, opens_on=date(2026, 9, 20)))
    assert publish_call(office, asked, replace(call, opens_on=date(2026, 9, 20))) == first
    with pytest.raises(CallExists):
        publish_call(office, by(clerk), replace(call, opens_on=date(2026, 9, 20)))
    with pytest.raises(WindowShortened):
        extend_call(office, by(clerk), congress, 2027, date(2026, 10, 18), "提前")
    extend_call(office, by(clerk), congress, 2027, date(2026, 10, 31), "降雪")
    reworded = CallReworded(
        title="新公告", words="正文", channels=(Channel.PAPER,), address=" 1 号 ", telephone="", notice_number=""
    )
    reword_call(office, by(clerk), congress, 2027, reworded)
    state = office.state_of(call_stream(congress, 2027), calls.evolve)
    assert state is not None
    assert (state.words, state.address, state.closes_on) == ("正文", "1 号", date(2026, 10, 31))
    with pytest.raises(NotPermitted):
        publish_call(office, by(replace(clerk, grants=())), replace(call, year=Year(2028)))


def test_a_house_is_changed_and_closed_by_its_own_congress(office: Office) -> None:
    place = calling(office)
    house, clerk = uuid4(), by(place.clerk)
    open_house(office, clerk, place.congress, house, name="东河代表之家", address="东河街 1 号")
    change_house(office, by(place.clerk), place.congress, house, name="东河", address="2 号", hours="周三")
    other, stranger = polls.founded(office, "other")
    with pytest.raises(NotFound):
        close_house(office, by(stranger), other, house)
    close_house(office, by(place.clerk), place.congress, house)
    with pytest.raises(NotFound):
        change_house(office, by(place.clerk), place.congress, house, name="东河", address="3 号")
    state = office.state_of(house, houses.evolve)
    assert state is not None
    assert (state.name, state.address, state.is_open) == ("东河", "2 号", False)
