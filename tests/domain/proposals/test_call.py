"""The call's window: rule 17 with its numbers."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from domain.proposals.call import (
    OFFERED,
    CallExists,
    CallExtended,
    CallPublished,
    CallReworded,
    Channel,
    ChannelNotOffered,
    OutsideTheWindow,
    WindowShortened,
    WindowTooShort,
    evolve,
    extend_call,
    is_unusual_start,
    publish_call,
    require_open,
    reword_call,
    window_days,
)
from domain.shared import Invalid, Missing, NotFound, Year
from tests.support.given import given

CONGRESS = UUID(int=1)


def call(
    opens_on: date = date(2026, 9, 20), closes_on: date = date(2026, 10, 19), *, waiver: str = "", title: str = "公告"
) -> CallPublished:
    return CallPublished(
        congress=CONGRESS,
        year=Year(2027),
        title=title,
        words="面向全市征集。",
        opens_on=opens_on,
        closes_on=closes_on,
        channels=(Channel.WEB, Channel.PAPER),
        waiver=waiver,
    )


def test_rule_17_thirty_days_with_both_ends_are_enough() -> None:
    assert window_days(date(2026, 9, 20), date(2026, 10, 19)) == 30
    given(evolve=evolve).when(lambda none: publish_call(none, call(waiver="用不着的理由"))).then(call())


def test_rule_17_seven_days_need_a_reason() -> None:
    short = call(date(2026, 10, 13))
    given(evolve=evolve).when(lambda none: publish_call(none, short)).refused(WindowTooShort, days=7, required=30)
    waived = call(date(2026, 10, 13), waiver="换届年，常委会主任会议同意")
    given(evolve=evolve).when(lambda none: publish_call(none, waived)).then(waived)


def test_rule_17_a_start_outside_the_third_quarter_is_unusual() -> None:
    assert not is_unusual_start(date(2026, 7, 1))
    assert not is_unusual_start(date(2026, 9, 30))
    assert is_unusual_start(date(2026, 10, 1))
    assert is_unusual_start(date(2026, 6, 30))


def test_rule_17_a_published_window_is_extended_and_never_shortened() -> None:
    published = given(call(), evolve=evolve)
    longer = CallExtended(closes_on=date(2026, 10, 20), reason="应群众要求")
    published.when(lambda it: extend_call(it, date(2026, 10, 20), " 应群众要求 ")).then(longer)
    for not_longer in (date(2026, 10, 18), date(2026, 10, 19)):
        refused = published.when(lambda it, on=not_longer: extend_call(it, on, "理由"))  # type: ignore[misc]  # default binds the day
        refused.refused(WindowShortened, closes_on=date(2026, 10, 19))
    published.when(lambda it: extend_call(it, date(2026, 10, 20), " ")).refused(Missing, fields=("reason",))


@over(st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=6))
def test_whatever_is_asked_the_window_never_becomes_shorter(days: list[date]) -> None:
    state, last = evolve(None, call()), date(2026, 10, 19)
    for day in days:
        try:
            state = evolve(state, extend_call(state, day, "理由"))
        except WindowShortened:
            assert day <= last
        assert state.closes_on >= last
        last = state.closes_on


def test_a_year_has_one_call_and_it_says_something() -> None:
    given(call(), evolve=evolve).when(lambda it: publish_call(it, call())).refused(CallExists, year=2027)
    given(evolve=evolve).when(lambda none: publish_call(none, call(title=" "))).refused(Missing, fields=("title",))
    backwards = call(date(2026, 10, 20), waiver="理由")
    given(evolve=evolve).when(lambda none: publish_call(none, backwards)).refused(Invalid, field="closes_on")


def test_rewording_leaves_the_window_alone_and_offers_public_ways_only() -> None:
    def said(*channels: Channel) -> CallReworded:
        return CallReworded(title="更正", words="新", channels=channels, address="", telephone="", notice_number="")

    state = evolve(evolve(None, call()), said(Channel.LETTER))
    assert (state.opens_on, state.closes_on, state.channels) == (
        date(2026, 9, 20),
        date(2026, 10, 19),
        (Channel.LETTER,),
    )
    with pytest.raises(Invalid):
        reword_call(state, said(Channel.WEB, Channel.DELEGATE))


def test_what_the_public_brings_is_bound_to_window_and_ways() -> None:
    state = evolve(None, call())
    for day in (date(2026, 9, 20), date(2026, 10, 19)):
        assert require_open(state, day, Channel.WEB) is state
    for day in (date(2026, 9, 19), date(2026, 10, 20)):
        with pytest.raises(OutsideTheWindow):
            require_open(state, day, Channel.PAPER)
    with pytest.raises(ChannelNotOffered):
        require_open(state, date(2026, 9, 20), Channel.TELEPHONE)


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel not in OFFERED])
def test_what_delegates_units_and_councils_bring_needs_a_call_but_no_window(channel: Channel) -> None:
    assert require_open(evolve(None, call()), date(2026, 12, 31), channel).year == 2027
    with pytest.raises(NotFound):
        require_open(None, date(2026, 9, 20), channel)
