"""Who has read which cards, among the delegates who are in office now."""

from uuid import UUID, uuid5

import pytest

from domain.congress.roll import (
    DelegateAdded,
    DelegateCorrected,
    DelegateEntry,
    DelegateLeft,
    DelegatesImported,
    ImportUndone,
    roll_stream,
)
from domain.projects.candidate_list import CardRead, reading_stream
from projections import reading_receipts
from projections.reading.projection import Projection
from tests.support import facts
from tests.support.facts import CONGRESS, LIST, YEAR
from tests.support.telling import Telling

ROLL = roll_stream(CONGRESS)
IMPORT = uuid5(CONGRESS, "import")


@pytest.fixture
def projection() -> Projection:
    return reading_receipts.PROJECTION


def entry(name: str, number: str, delegation: str = "城东代表团") -> DelegateEntry:
    return DelegateEntry(delegate=uuid5(CONGRESS, name), number=number, name=name, delegation=delegation)


LI, WANG, ZHAO = entry("李红", "002"), entry("王强", "001"), entry("赵敏", "003", "城西代表团")


def imported(*entries: DelegateEntry) -> facts.Told:
    return ROLL, DelegatesImported(congress=CONGRESS, import_id=IMPORT, source="代表.xlsx", entries=entries)


def read(who: DelegateEntry, number: int) -> facts.Told:
    receipt = CardRead(congress=CONGRESS, delegate=who.delegate, project=facts.project(number))
    return reading_stream(LIST, who.delegate), receipt


def counts(telling: Telling, year: int = YEAR, listed: tuple[int, ...] = (1, 2)) -> list[tuple[str, int]]:
    cards = [facts.project(number) for number in listed]
    return [(one.name, one.cards) for one in telling.ask(reading_receipts.readers_of, CONGRESS, year, cards)]


def test_everybody_on_the_roll_is_counted_by_delegation_and_number(telling: Telling) -> None:
    telling.tell(imported(LI, WANG, ZHAO), facts.drafted(1), facts.drafted(2))
    telling.tell(read(LI, 1), read(LI, 2), read(ZHAO, 2))
    assert counts(telling) == [("王强", 0), ("李红", 2), ("赵敏", 1)]
    assert counts(telling, listed=(2, 3)) == [("王强", 0), ("李红", 1), ("赵敏", 1)], "a card off the list counts not"
    both = [facts.project(1), facts.project(2)]
    assert telling.ask(reading_receipts.read_by_all, CONGRESS, YEAR, both) == (1, 3), "李红 alone has read both cards"
    assert telling.ask(reading_receipts.read_by_all, CONGRESS, YEAR, both[1:]) == (2, 3)
    assert telling.ask(reading_receipts.read_by_all, CONGRESS, YEAR, []) == (0, 3), "nobody has read what is not listed"


def test_a_delegate_sees_the_own_receipts(telling: Telling) -> None:
    telling.tell(imported(LI, WANG), facts.drafted(1), facts.drafted(2), read(LI, 2), read(WANG, 1))
    mine: set[UUID] = telling.ask(reading_receipts.read_by, CONGRESS, YEAR, LI.delegate)
    assert mine == {facts.project(2)}


def test_receipts_belong_to_the_year_of_the_card(telling: Telling) -> None:
    telling.tell(imported(LI), facts.drafted(1), read(LI, 1))
    assert counts(telling, YEAR + 1) == [("李红", 0)]


def test_who_left_is_no_longer_counted_and_who_came_is(telling: Telling) -> None:
    telling.tell(imported(LI, WANG), facts.drafted(1), read(WANG, 1))
    telling.tell((ROLL, DelegateLeft(delegate=LI.delegate)), (ROLL, DelegateAdded(congress=CONGRESS, entry=ZHAO)))
    assert counts(telling) == [("王强", 1), ("赵敏", 0)]


def test_a_corrected_name_keeps_the_receipts(telling: Telling) -> None:
    corrected = DelegateEntry(delegate=LI.delegate, number="002", name="李虹", delegation="城东代表团")
    telling.tell(imported(LI), facts.drafted(1), read(LI, 1), (ROLL, DelegateCorrected(entry=corrected)))
    assert counts(telling) == [("李虹", 1)]


def test_an_undone_import_takes_its_delegates_along(telling: Telling) -> None:
    telling.tell(imported(LI, WANG), (ROLL, ImportUndone(import_id=IMPORT)))
    assert counts(telling) == []
