"""A sealed poll (ballot.md, steps 2 and 6): its key, its trial, two openings, and the deletion of the sealed bytes."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from application.history.box import Box
from application.office import Office
from application.polls import counting, key_ceremony, opening_the_box, preparing
from application.private.store import PrivateStore
from application.private.workings import keep_part, parts_of
from domain.polls.ballot_form import Row
from domain.polls.box_opening import OpenedOn
from domain.polls.card import card_id
from domain.polls.columns import ItemsDiffer, VoteColumns
from domain.polls.count import read_count
from domain.polls.declaring import NotThisPollsScrutineer
from domain.polls.key_ceremony import (
    KeyChanged,
    PollNotSealed,
    SealingKeyMissing,
    TrialIncomplete,
    TrialOpeningMissing,
    key_obstacles,
)
from domain.polls.opening_the_box import (
    AlreadyDeleted,
    BoxNotOpened,
    BoxWasOpened,
    ObjectionsStillPossible,
    OpeningsDiffer,
    TooFewShares,
)
from domain.polls.poll import PollCancelled, PollInWrongStage, PollStage, Sealing
from domain.polls.raw_columns import (
    ColumnsOfAnotherBox,
    ColumnsUnreadable,
    MarksDoNotAddUp,
    RawColumns,
    RawItem,
    as_columns,
    raw_text,
    read_raw,
    written_raw,
)
from domain.shared import Invalid, Missing, NotPermitted
from tests.support import polls
from tests.support.polls import Hall
from tests.support.sealing import (
    MadeKey,
    columns_in,
    guarded,
    new_key,
    open_twice,
    record_key,
    record_opening,
    sealed,
    try_key,
)
from tests.support.stores import Clock, by

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
MARKS = ("", "for", "against", "abstain")


@pytest.fixture
def hall(office: Office, box: Box, private: PrivateStore) -> Hall:
    made = polls.prepared(office, box, sealing=Sealing.SEALED)
    made.private = private
    return made


@pytest.fixture
def key(hall: Hall) -> MadeKey:
    return guarded(hall)


def seated(hall: Hall) -> None:
    hall.release()
    hall.seat()


def voted(hall: Hall, key: MadeKey) -> list[Row]:
    """Everybody votes; the box is closed."""
    chance = random.Random(11)
    seated(hall)
    hall.open()
    rows = [tuple(chance.choices(MARKS, k=len(hall.form.items))) for _ in hall.cards]
    for card, row in zip(hall.cards, rows, strict=True):
        hall.box.cast(hall.poll, card_id(card), sealed(row, hall, key))
    hall.close()
    return rows


@ONE_STORE
class TestKey:
    def test_a_sealed_poll_does_not_open_without_a_key(self, hall: Hall) -> None:
        seated(hall)
        with pytest.raises(SealingKeyMissing):
            hall.open()

    def test_a_sealed_poll_does_not_open_before_every_holder_brought_the_share_back(self, hall: Hall) -> None:
        key = new_key(hall)
        record_key(hall, key)
        seated(hall)
        with pytest.raises(TrialOpeningMissing) as refusal:
            hall.open()
        assert refusal.value.holders == 3
        try_key(hall, key)
        hall.open()

    def test_a_new_key_replaces_the_old_one_and_is_tried_anew(self, hall: Hall, key: MadeKey) -> None:
        newer = new_key(hall, threshold=1, shares=1)
        record_key(hall, newer)
        assert hall.state.key is not None
        assert (hall.state.key.fingerprint, hall.state.key.tried) == (newer.fingerprint, False)
        with pytest.raises(KeyChanged):
            key_ceremony.try_key(hall.office, by(hall.chief), hall.poll, key=key.fingerprint, combinations=3)

    def test_a_trial_needs_every_combination(self, hall: Hall) -> None:
        key = new_key(hall)
        record_key(hall, key)
        with pytest.raises(TrialIncomplete) as refusal:
            key_ceremony.try_key(hall.office, by(hall.chief), hall.poll, key=key.fingerprint, combinations=2)
        assert refusal.value.needed == 3

    def test_a_key_does_not_change_once_voting_began(self, hall: Hall, key: MadeKey) -> None:
        seated(hall)
        hall.open()
        with pytest.raises(PollInWrongStage):
            record_key(hall, key)
        with pytest.raises(PollInWrongStage):
            try_key(hall, key)

    def test_a_holder_who_is_no_scrutineer_any_more_needs_a_new_key(self, hall: Hall, key: MadeKey) -> None:
        others = [entry.delegate for entry in hall.delegates[3:6]]
        preparing.approve_scrutineers(hall.office, by(hall.clerk), hall.poll, others[0], others[1:])
        seated_by = hall.delegate(3)
        with pytest.raises(Invalid, match="not_scrutineers"):
            key_ceremony.make_key(
                hall.office,
                by(seated_by),
                hall.poll,
                public_key=key.public_key,
                threshold=2,
                holders=[entry.delegate for entry in hall.delegates[:3]],
                shares=["1" * 64, "2" * 64, "3" * 64],
            )
        assert [type(one) for one in key_obstacles(hall.state)] == [SealingKeyMissing]

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"public_key": "00" * 32}, "public_key"),
            ({"public_key": "xy" * 32}, "public_key"),
            ({"threshold": 0}, "threshold"),
            ({"threshold": 4}, "threshold"),
            ({"shares": ["1" * 64, "1" * 64, "3" * 64]}, "shares"),
            ({"shares": ["1" * 64]}, "shares"),
            ({"holders": []}, "holders"),
        ],
    )
    def test_what_is_no_key_is_refused(self, hall: Hall, changed: dict[str, Any], field: str) -> None:
        given: dict[str, Any] = {
            "public_key": new_key(hall).public_key,
            "threshold": 2,
            "holders": [entry.delegate for entry in hall.delegates[:3]],
            "shares": ["1" * 64, "2" * 64, "3" * 64],
        }
        with pytest.raises(Invalid) as refusal:
            key_ceremony.make_key(hall.office, by(hall.chief), hall.poll, **(given | changed))
        assert refusal.value.field == field

    def test_only_this_polls_scrutineers_guard_its_key(self, hall: Hall) -> None:
        for outsider, refusal in ((hall.clerk, NotPermitted), (hall.delegate(7), NotPermitted)):
            with pytest.raises(refusal):
                key_ceremony.try_key(hall.office, by(outsider), hall.poll, key="", combinations=1)

    def test_an_unsealed_poll_has_no_key(self, office: Office, box: Box) -> None:
        plain = polls.prepared(office, box)
        with pytest.raises(PollNotSealed):
            record_key(plain, new_key(plain))


def test_two_openings_that_agree_are_counted_as_the_ballots_were_cast(hall: Hall, key: MadeKey) -> None:
    rows = voted(hall, key)
    with pytest.raises(BoxNotOpened):
        counting.count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
    columns = open_twice(hall, key)
    for place, item in enumerate(columns.items):
        assert item.marks == tuple([row[place] for row in rows].count(mark) for mark in MARKS)
    assert read_raw(raw_text(columns)) == columns
    counting.count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
    counted = hall.state.counted
    assert counted is not None
    result = read_count(counted.count)["outcome"]["items"]
    assert {item["id"]: item["for"] for item in result} == {item.id: item.marks[1] for item in columns.items}


@ONE_STORE
class TestOpening:
    def test_openings_that_differ_block_the_count_until_one_agrees(self, hall: Hall, key: MadeKey) -> None:
        voted(hall, key)
        columns = columns_in(hall, key)
        record_opening(hall, columns, OpenedOn.BROWSER)
        record_opening(hall, one_vote_moved(columns), OpenedOn.OFFLINE)
        assert hall.state.box.differs
        with pytest.raises(OpeningsDiffer):
            counting.count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
        record_opening(hall, columns, OpenedOn.OFFLINE)
        assert hall.state.box.agrees
        assert opening_the_box.agreed_columns(hall.private, hall.poll, hall.state) == columns

    def test_figures_that_were_altered_in_the_store_are_noticed(self, hall: Hall, key: MadeKey) -> None:
        voted(hall, key)
        columns = open_twice(hall, key)
        keep_part(hall.private, hall.poll, "box/browser", written_raw(one_vote_moved(columns)))
        with pytest.raises(OpeningsDiffer):
            opening_the_box.agreed_columns(hall.private, hall.poll, hall.state)

    @pytest.mark.parametrize("what", ["poll", "form", "key", "root", "ballots"])
    def test_columns_of_another_box_are_refused_by_name(self, hall: Hall, key: MadeKey, what: str) -> None:
        voted(hall, key)
        columns = columns_in(hall, key)
        other: dict[str, Any] = {"poll": hall.session, "ballots": columns.ballots + 1}
        with pytest.raises(ColumnsOfAnotherBox) as refusal:
            record_opening(hall, replace(columns, **{what: other.get(what, "0" * 64)}), OpenedOn.BROWSER)
        assert refusal.value.what == what
        assert parts_of(hall.private, hall.poll) == {}

    def test_marks_that_do_not_add_up_are_refused_by_item(self, hall: Hall, key: MadeKey) -> None:
        voted(hall, key)
        columns = columns_in(hall, key)
        first, *rest = columns.items
        more = RawItem(id=first.id, marks=(first.marks[0] + 1, *first.marks[1:]))
        with pytest.raises(MarksDoNotAddUp) as refusal:
            record_opening(hall, replace(columns, items=(more, *rest)), OpenedOn.BROWSER)
        assert (refusal.value.item, refusal.value.total) == (first.id, columns.ballots + 1)
        with pytest.raises(ItemsDiffer):
            record_opening(hall, replace(columns, items=tuple(rest)), OpenedOn.BROWSER)
        short = RawItem(id=first.id, marks=first.marks[:-1])
        with pytest.raises(ColumnsUnreadable):
            record_opening(hall, replace(columns, items=(short, *rest)), OpenedOn.BROWSER)

    def test_an_opening_names_enough_holders(self, hall: Hall, key: MadeKey) -> None:
        voted(hall, key)
        with pytest.raises(TooFewShares) as refusal:
            record_opening(hall, columns_in(hall, key), OpenedOn.BROWSER, holders=1)
        assert (refusal.value.brought, refusal.value.needed) == (1, 2)

    @pytest.mark.usefixtures("key")
    def test_the_box_is_handed_out_after_closing_to_its_scrutineers_only(self, hall: Hall) -> None:
        seated(hall)
        hall.open()
        with pytest.raises(PollInWrongStage):
            opening_the_box.sealed_ballots(hall.office, hall.box, hall.chief, hall.poll)
        hall.close()
        assert opening_the_box.sealed_ballots(hall.office, hall.box, hall.chief, hall.poll) == []
        for outsider in (hall.clerk, hall.delegate(7)):
            with pytest.raises((NotPermitted, NotThisPollsScrutineer)):
                opening_the_box.sealed_ballots(hall.office, hall.box, outsider, hall.poll)

    def test_what_no_key_opens_is_void_as_a_whole(self, hall: Hall, key: MadeKey) -> None:
        seated(hall)
        hall.open()
        other = new_key(hall)
        row = tuple("for" for _ in hall.form.items)
        for card, sealing in zip(hall.cards, (key, key, other), strict=False):
            hall.box.cast(hall.poll, card_id(card), sealed(row, hall, sealing))
        hall.close()
        columns = columns_in(hall, key)
        assert (columns.ballots, columns.undecodable, columns.counted) == (3, 1, 2)
        added = as_columns(columns, hall.state.prepared.profile, hall.form)
        assert isinstance(added, VoteColumns)
        assert (added.returned, added.void_ballots) == (3, 1)
        assert all((column.votes_for, column.void, column.total) == (2, 1, 3) for column in added.items)


def one_vote_moved(columns: RawColumns) -> RawColumns:
    first, *rest = columns.items
    taken = next(place for place in (0, 2, 3) if first.marks[place])
    marks = [number + (place == 1) - (place == taken) for place, number in enumerate(first.marks)]
    return replace(columns, items=(RawItem(id=first.id, marks=tuple(marks)), *rest))


@ONE_STORE
class TestUnopened:
    def test_the_chief_ends_a_poll_whose_shares_cannot_be_brought(self, hall: Hall, key: MadeKey) -> None:
        voted(hall, key)
        end(hall, brought=1, reason=" 两份份额遗失 ")
        assert hall.state.stage is PollStage.CANCELLED
        facts = [noticed.fact for noticed in hall.office.history.select(0, 10_000)]
        assert PollCancelled(reason="两份份额遗失") in facts
        assert parts_of(hall.private, hall.poll) == {}

    def test_enough_shares_no_reason_or_an_opened_box_end_nothing(self, hall: Hall, key: MadeKey) -> None:
        voted(hall, key)
        with pytest.raises(Invalid):
            end(hall, brought=2, reason="两份")
        with pytest.raises(Missing):
            end(hall, brought=1, reason=" ")
        with pytest.raises(NotThisPollsScrutineer):
            opening_the_box.end_unopened(
                hall.office, hall.private, by(hall.scrutineers[0]), hall.poll, brought=1, reason="遗失"
            )
        record_opening(hall, columns_in(hall, key), OpenedOn.BROWSER)
        with pytest.raises(BoxWasOpened):
            end(hall, brought=1, reason="遗失")


def end(hall: Hall, *, brought: int, reason: str) -> None:
    opening_the_box.end_unopened(hall.office, hall.private, by(hall.chief), hall.poll, brought=brought, reason=reason)


def delete(hall: Hall) -> None:
    holders = hall.state.key.holders if hall.state.key else ()
    opening_the_box.delete_sealed_ballots(hall.office, hall.box, by(hall.chief), hall.poll, destroyed=holders)


Declared = Callable[[Hall, MadeKey], None]


@pytest.fixture
def declared(sign: Callable[..., int]) -> Declared:
    def declare(hall: Hall, key: MadeKey) -> None:
        voted(hall, key)
        open_twice(hall, key)
        counting.count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
        for signer in (hall.chief, *hall.scrutineers):
            sign(hall, signer)
        today = hall.office.today()
        counting.declare_poll(
            hall.office, hall.private, by(hall.clerk), hall.poll, notice_number="〔2026〕5号", on=today
        )

    return declare


def test_sealed_ballots_are_deleted_thirty_days_after_the_declaration(
    hall: Hall, key: MadeKey, clock: Clock, declared: Declared
) -> None:
    declared(hall, key)
    receipts, root = hall.box.receipts(hall.poll), hall.box.closing(hall.poll)
    with pytest.raises(ObjectionsStillPossible) as refusal:
        delete(hall)
    assert refusal.value.until == hall.office.today() + timedelta(days=30)
    clock.forward(days=30)
    with pytest.raises(ObjectionsStillPossible):
        delete(hall)
    clock.forward(days=1)
    with pytest.raises(Invalid, match="destroyed"):
        opening_the_box.delete_sealed_ballots(hall.office, hall.box, by(hall.chief), hall.poll, destroyed=[])
    assert len(hall.box.ballots(hall.poll)) == 12
    delete(hall)
    assert hall.box.ballots(hall.poll) == []
    assert (hall.box.receipts(hall.poll), hall.box.closing(hall.poll)) == (receipts, root)
    assert hall.state.box.deleted
    with pytest.raises(AlreadyDeleted):
        delete(hall)


@ONE_STORE
def test_the_chief_alone_has_sealed_ballots_deleted(hall: Hall, key: MadeKey, clock: Clock, declared: Declared) -> None:
    declared(hall, key)
    clock.forward(days=40)
    for other in (hall.scrutineers[0], hall.clerk):
        with pytest.raises((NotPermitted, NotThisPollsScrutineer)):
            opening_the_box.delete_sealed_ballots(hall.office, hall.box, by(other), hall.poll, destroyed=[])
