from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.congress.roll import (
    DelegateAdded,
    DelegateCorrected,
    DelegateEntry,
    DelegateLeft,
    DelegatesImported,
    ImportInUse,
    ImportUndone,
    NumberTaken,
    Roll,
    RollFact,
    add_delegate,
    correct_delegate,
    delegate_id,
    end_office,
    evolve,
    import_delegates,
    roll_stream,
    undo_import,
)
from domain.shared import Missing, NotFound
from tests.support.given import Situation, given

CONGRESS = UUID("00000000-0000-5000-8000-0000000c1771")
FIRST, SECOND = (uuid5(CONGRESS, name) for name in ("first import", "second import"))


def entry(number: str, *, name: str = "杜静浩", delegation: str = "东河区", import_id: UUID = FIRST) -> DelegateEntry:
    return DelegateEntry(delegate=delegate_id(import_id, number), number=number, name=name, delegation=delegation)


def brought(*entries: DelegateEntry, import_id: UUID = FIRST) -> DelegatesImported:
    return DelegatesImported(congress=CONGRESS, import_id=import_id, source="名册.xlsx", entries=entries)


def roll(*facts: RollFact) -> Situation[Roll]:
    return given(*facts, evolve=evolve)


ONE, TWO, THREE = entry("0001"), entry("0002", name="唐丽秀"), entry("0003", delegation="西河区")


def test_a_list_is_taken_in_as_a_whole() -> None:
    decided = roll().when(lambda r: import_delegates(r, CONGRESS, FIRST, "名册.xlsx", [ONE, TWO]))
    decided.then(brought(ONE, TWO))


def test_an_empty_list_is_no_import() -> None:
    roll().when(lambda r: import_delegates(r, CONGRESS, FIRST, "名册.xlsx", [])).refused(Missing)


def test_a_certificate_number_belongs_to_one_delegate() -> None:
    doubled = [ONE, replace(TWO, number="0001")]
    roll().when(lambda r: import_delegates(r, CONGRESS, FIRST, "", doubled)).refused(NumberTaken, numbers=("0001",))
    again = entry("0002", import_id=SECOND)
    roll(brought(ONE, TWO)).when(lambda r: import_delegates(r, CONGRESS, SECOND, "", [again])).refused(NumberTaken)
    roll(brought(ONE, TWO)).when(lambda r: add_delegate(r, CONGRESS, again)).refused(NumberTaken)


def test_n_is_the_number_of_delegates_on_the_roll() -> None:
    everybody = [entry(f"{number:04}") for number in range(1, 328)]
    state = evolve(None, brought(*everybody))
    assert state.all_delegates == 327
    assert evolve(state, DelegateLeft(delegate=everybody[0].delegate)).all_delegates == 326


def test_delegations_keep_the_order_of_the_roll() -> None:
    state = evolve(None, brought(THREE, ONE, TWO))
    assert state.delegations == ("西河区", "东河区")


def test_an_import_is_undone_while_nothing_depends_on_it() -> None:
    situation = roll(brought(ONE, TWO), DelegateAdded(congress=CONGRESS, entry=THREE))
    situation.when(lambda r: undo_import(r, FIRST, used=())).then(ImportUndone(import_id=FIRST))
    after = evolve(situation.state, ImportUndone(import_id=FIRST))
    assert after.entries == {THREE.delegate: THREE}


def test_an_import_stays_once_some_of_its_delegates_are_used_and_says_how_many() -> None:
    used = (ONE.delegate, THREE.delegate)
    roll(brought(ONE, TWO)).when(lambda r: undo_import(r, FIRST, used)).refused(ImportInUse, delegates=1)


def test_an_import_is_undone_once() -> None:
    situation = roll(brought(ONE), ImportUndone(import_id=FIRST))
    situation.when(lambda r: undo_import(r, FIRST, used=())).refused(NotFound)
    roll().when(lambda r: undo_import(r, FIRST, used=())).refused(NotFound)


def test_an_undone_import_can_be_sent_again() -> None:
    situation = roll(brought(ONE), ImportUndone(import_id=FIRST))
    again = entry("0001", import_id=SECOND)
    situation.when(lambda r: import_delegates(r, CONGRESS, SECOND, "名册.xlsx", [again])).then(
        brought(again, import_id=SECOND)
    )


@pytest.mark.parametrize("field", ["number", "name", "delegation"])
def test_a_line_of_the_roll_needs_number_name_and_delegation(field: str) -> None:
    empty: dict[str, Any] = {field: " "}
    incomplete = replace(ONE, **empty)
    roll().when(lambda r: add_delegate(r, CONGRESS, incomplete)).refused(Missing, fields=(field,))
    roll(brought(ONE)).when(lambda r: correct_delegate(r, incomplete)).refused(Missing, fields=(field,))


def test_a_line_is_corrected_and_may_keep_its_number() -> None:
    right = replace(ONE, name="杜静皓")
    roll(brought(ONE, TWO)).when(lambda r: correct_delegate(r, right)).then(DelegateCorrected(entry=right))


def test_a_correction_never_takes_the_number_of_another() -> None:
    wrong = replace(ONE, number="0002")
    roll(brought(ONE, TWO)).when(lambda r: correct_delegate(r, wrong)).refused(NumberTaken, numbers=("0002",))


def test_only_a_delegate_in_office_is_corrected_or_leaves() -> None:
    roll(brought(ONE)).when(lambda r: end_office(r, ONE.delegate)).then(DelegateLeft(delegate=ONE.delegate))
    roll(brought(ONE)).when(lambda r: end_office(r, TWO.delegate)).refused(NotFound)
    roll().when(lambda r: correct_delegate(r, ONE)).refused(NotFound)


def test_each_congress_has_one_roll_and_each_import_its_own_identities() -> None:
    assert roll_stream(CONGRESS) != roll_stream(FIRST)
    assert delegate_id(FIRST, "0001") != delegate_id(SECOND, "0001")
