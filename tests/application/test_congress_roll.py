"""Keeping the roll: what an import brings, and what holds it fast."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from application import check_in as desk
from application import congress as commands
from application.account_slips import issue_delegate_slips
from application.accounts import grant_role
from application.office import Office
from application.private.store import PrivateStore, open_private
from application.projects import read_card
from application.signing_in import use_slip
from domain.accounts import account as accounts
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import roll as rolls
from domain.congress.roll import DelegateEntry, DelegateInUse, ImportInUse, NumberTaken, Roll, delegate_id
from domain.shared import NotFound, NotPermitted
from tests.support import polls
from tests.support.stores import by, granted

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    opened = open_private(database_url)
    yield opened
    opened.close()


def entries(import_id: UUID, numbers: Sequence[int]) -> list[DelegateEntry]:
    return [
        DelegateEntry(
            delegate=delegate_id(import_id, f"{number:04}"), number=f"{number:04}", name="代表", delegation="城东代表团"
        )
        for number in numbers
    ]


def bring(office: Office, clerk: Actor, congress: UUID, numbers: Sequence[int]) -> UUID:
    import_id = uuid4()
    commands.import_delegates(office, by(clerk), congress, import_id, "名册.xlsx", entries(import_id, numbers))
    return import_id


def roll(office: Office, congress: UUID) -> Roll:
    return office.state_of(rolls.roll_stream(congress), rolls.evolve) or Roll()


def test_an_import_of_327_delegates_is_one_fact_and_can_be_undone(office: Office) -> None:
    congress, clerk = polls.founded(office)
    brought = bring(office, clerk, congress, range(1, 328))
    assert roll(office, congress).all_delegates == 327
    commands.undo_import(office, by(clerk), congress, brought)
    assert roll(office, congress).all_delegates == 0


def test_confirming_an_import_twice_brings_it_once(office: Office) -> None:
    congress, clerk = polls.founded(office)
    import_id = uuid4()
    form = by(clerk, "form")
    listed = entries(import_id, range(1, 4))
    first = commands.import_delegates(office, form, congress, import_id, "名册.xlsx", listed)
    assert commands.import_delegates(office, form, congress, import_id, "名册.xlsx", listed) == first
    assert roll(office, congress).all_delegates == 3


@ONE_STORE
def test_a_second_import_brings_only_new_numbers(office: Office) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, [1, 2])
    with pytest.raises(NumberTaken) as refused:
        bring(office, clerk, congress, [2, 3])
    assert refused.value.numbers == ("0002",)
    bring(office, clerk, congress, [3])
    assert roll(office, congress).all_delegates == 3


@ONE_STORE
def test_an_import_whose_delegates_checked_in_is_not_undone(office: Office) -> None:
    congress, clerk = polls.founded(office)
    brought = bring(office, clerk, congress, range(1, 6))
    session = polls.convened(office, clerk, congress, office.today())
    here = list(roll(office, congress).entries)[:2]
    for delegate in here:
        desk.check_in(office, by(clerk), session, delegate)
    with pytest.raises(ImportInUse) as refused:
        commands.undo_import(office, by(clerk), congress, brought)
    assert refused.value.delegates == 2
    for delegate in here:
        desk.undo_check_in(office, by(clerk), session, delegate)
    commands.undo_import(office, by(clerk), congress, brought)


@ONE_STORE
def test_an_import_whose_delegates_use_their_accounts_is_not_undone(office: Office, private: PrivateStore) -> None:
    congress, clerk = polls.founded(office)
    brought = bring(office, clerk, congress, range(1, 6))
    _, slips = issue_delegate_slips(office, private, by(clerk), congress, timedelta(days=30))
    use_slip(office, private, slips[0].secret, "four quiet evening walks")
    with pytest.raises(ImportInUse) as refused:
        commands.undo_import(office, by(clerk), congress, brought)
    assert refused.value.delegates == 1


@ONE_STORE
def test_an_import_whose_delegates_read_candidate_cards_is_not_undone(office: Office) -> None:
    congress, clerk = polls.founded(office)
    brought = bring(office, clerk, congress, range(1, 6))
    session = polls.convened(office, clerk, congress, office.today())
    projects = polls.published(office, clerk, congress, session, office.today().year, ["城区排水"], office.today())
    reader = next(iter(roll(office, congress).entries))
    grant = Grant(role=Role.DELEGATE, congress=congress, delegate=reader)
    read_card(office, by(Actor(account=uuid4(), name="代表", grants=(grant,))), projects[0])
    with pytest.raises(ImportInUse) as refused:
        commands.undo_import(office, by(clerk), congress, brought)
    assert refused.value.delegates == 1


@ONE_STORE
def test_delegates_of_another_import_do_not_hold_this_one_fast(office: Office) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, [1])
    brought = bring(office, clerk, congress, [2])
    session = polls.convened(office, clerk, congress, office.today())
    desk.check_in(office, by(clerk), session, next(iter(roll(office, congress).entries)))
    commands.undo_import(office, by(clerk), congress, brought)
    assert [entry.number for entry in roll(office, congress).entries.values()] == ["0001"]


def test_a_delegate_is_added_corrected_and_taken_off(office: Office) -> None:
    congress, clerk = polls.founded(office)
    entry = entries(uuid4(), [7])[0]
    commands.add_delegate(office, by(clerk), congress, entry)
    commands.correct_delegate(office, by(clerk), congress, replace(entry, name="唐丽秀"))
    assert roll(office, congress).entries[entry.delegate].name == "唐丽秀"
    commands.end_office(office, by(clerk), congress, entry.delegate)
    assert roll(office, congress).all_delegates == 0


@ONE_STORE
def test_a_delegate_who_is_checked_in_stays_on_the_roll(office: Office) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, [1])
    session = polls.convened(office, clerk, congress, office.today())
    delegate = next(iter(roll(office, congress).entries))
    desk.check_in(office, by(clerk), session, delegate)
    with pytest.raises(DelegateInUse):
        commands.end_office(office, by(clerk), congress, delegate)


@ONE_STORE
def test_each_congress_keeps_its_own_roll(office: Office) -> None:
    congress, clerk = polls.founded(office)
    other, other_clerk = polls.founded(office, "other")
    brought = bring(office, clerk, congress, [1])
    bring(office, other_clerk, other, [1])
    delegate = next(iter(roll(office, congress).entries))
    with pytest.raises(NotPermitted):
        commands.undo_import(office, by(other_clerk), congress, brought)
    with pytest.raises(NotFound):
        commands.undo_import(office, by(other_clerk), other, brought)
    with pytest.raises(NotFound):
        commands.end_office(office, by(other_clerk), other, delegate)
    with pytest.raises(NotFound):
        commands.correct_delegate(office, by(other_clerk), other, roll(office, congress).entries[delegate])


@ONE_STORE
def test_venue_staff_read_no_roll_into_the_record(office: Office) -> None:
    congress, _clerk = polls.founded(office)
    venue = granted(Role.VENUE, congress)
    with pytest.raises(NotPermitted):
        bring(office, venue, congress, [1])
    with pytest.raises(NotPermitted):
        commands.add_delegate(office, by(venue), congress, entries(uuid4(), [1])[0])


@ONE_STORE
def test_a_roll_needs_its_congress(office: Office) -> None:
    nowhere = uuid4()
    with pytest.raises(NotFound):
        bring(office, granted(Role.STAFF, nowhere), nowhere, [1])


def test_with_the_office_ends_what_the_account_held_by_it(office: Office, private: PrivateStore) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, range(1, 4))
    _, slips = issue_delegate_slips(office, private, by(clerk), congress, timedelta(days=30))
    first = next(iter(roll(office, congress).entries))
    account = accounts.account_of_delegate(first)
    chief = granted(Role.ADMINISTRATOR)
    grant_role(office, by(chief), account, Grant(role=Role.VENUE, congress=congress))
    grant_role(office, by(chief), account, Grant(role=Role.SCRUTINEER, congress=congress, delegate=first))
    commands.end_office(office, by(clerk), congress, first)
    state = office.state_of(account, accounts.evolve)
    assert state is not None
    assert [grant.role for grant in state.grants] == [Role.VENUE]
    others = office.states_of([slip.account for slip in slips[1:]], accounts.evolve).values()
    assert [grant.role for other in others for grant in other.grants] == [Role.DELEGATE, Role.DELEGATE]


def test_an_import_taken_back_takes_the_roles_of_its_accounts_back_too(office: Office, private: PrivateStore) -> None:
    congress, clerk = polls.founded(office)
    brought = bring(office, clerk, congress, range(1, 4))
    _, slips = issue_delegate_slips(office, private, by(clerk), congress, timedelta(days=30))
    commands.undo_import(office, by(clerk), congress, brought)
    states = office.states_of([slip.account for slip in slips], accounts.evolve)
    assert len(states) == 3
    assert all(state.grants == () for state in states.values())


def test_who_gets_a_number_again_gets_another_sign_in_name(office: Office, private: PrivateStore) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, [7])
    _, (first,) = issue_delegate_slips(office, private, by(clerk), congress, timedelta(days=30))
    commands.end_office(office, by(clerk), congress, next(iter(roll(office, congress).entries)))
    bring(office, clerk, congress, [7])
    _, (second,) = issue_delegate_slips(office, private, by(clerk), congress, timedelta(days=30))
    assert second.login == f"{first.login}-2"
    assert second.account != first.account
