"""Which polls are public, as what, and what changes their pages."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest

from domain.polls.places import Again, DecidedBy, HeldAgain, PlacesDecided
from domain.polls.poll import PollCancelled, PollDeclared, PollOpened, PollPrepared
from projections import declared_results
from projections.reading.projection import Projection
from tests.support import facts
from tests.support.facts import CONGRESS, POLL, YEAR, Told
from tests.support.telling import Telling

AGAIN = uuid5(POLL, "again")
OPENED = PollOpened(all_delegates=12, attending=12, issued=12, form="f" * 64)
DECLARED = PollDeclared(on=date(YEAR, 1, 22), notice_number=facts.NOTICE, count_hash="0" * 64, adopted=())


@pytest.fixture
def projection() -> Projection:
    return declared_results.PROJECTION


def prepared(poll: UUID = POLL, **changed: object) -> Told:
    _, fact = facts.prepared()
    assert isinstance(fact, PollPrepared)
    return poll, replace(fact, **changed)  # type: ignore[arg-type]  # the names are those of PollPrepared


def titles(telling: Telling) -> list[UUID]:
    return [one.poll for one in telling.ask(declared_results.results_of, CONGRESS, YEAR)]


def test_a_poll_is_public_once_it_is_declared(telling: Telling) -> None:
    telling.tell(prepared(), (POLL, OPENED))
    assert titles(telling) == []
    assert telling.ask(declared_results.result_of, CONGRESS, POLL) is None
    telling.tell((POLL, DECLARED))
    found = telling.ask(declared_results.result_of, CONGRESS, POLL)
    assert found is not None
    assert (found.notice_number, found.ended_on, found.is_void) == (facts.NOTICE, date(YEAR, 1, 22), False)


def test_a_poll_that_was_open_and_ended_without_a_result_is_public_as_void(telling: Telling) -> None:
    telling.tell(prepared(), (POLL, OPENED), (POLL, PollCancelled(reason="收回 13 张")))
    found = telling.ask(declared_results.result_of, CONGRESS, POLL)
    assert found is not None
    assert found.is_void


def test_a_poll_that_never_opened_and_a_rehearsal_are_nobodys_business(telling: Telling) -> None:
    telling.tell(prepared(), (POLL, PollCancelled(reason="改期")))
    telling.tell(prepared(AGAIN, rehearsal=True), (AGAIN, OPENED), (AGAIN, DECLARED))
    assert titles(telling) == []


def test_a_second_ballot_stands_after_its_parent(telling: Telling) -> None:
    telling.tell(prepared(), (POLL, OPENED), (POLL, DECLARED), prepared(AGAIN, parent=POLL, again=Again.TIE))
    telling.tell((AGAIN, OPENED), (AGAIN, DECLARED))
    assert titles(telling) == [POLL, AGAIN]
    second = telling.ask(declared_results.result_of, CONGRESS, AGAIN)
    assert second is not None
    assert (second.again, second.parent) == ("tie", POLL)


def test_what_becomes_of_open_places_changes_the_pages(telling: Telling) -> None:
    before = telling.tell(prepared(), (POLL, OPENED), (POLL, DECLARED))
    decided = PlacesDecided(by=DecidedBy.PRESIDIUM, number="3", on=date(YEAR, 1, 23), adopted=())
    for fact in (HeldAgain(poll=AGAIN, again=Again.TIE), decided):
        assert telling.ask(declared_results.changed_since, before) == set()
        after = telling.tell((POLL, fact))
        assert telling.ask(declared_results.changed_since, before) == {CONGRESS}
        before = after
