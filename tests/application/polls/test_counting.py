"""Counting, signing and declaring a closed box."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from application.history.box import Box, Closing
from application.office import Office
from application.polls import counting, preparing
from application.signing_in import WrongPassword
from domain.accounts.permissions import Act, Role
from domain.polls.ballot import VoidReason, packed
from domain.polls.card import card_id
from domain.polls.count import read_count
from domain.polls.declaring import (
    AlreadySigned,
    BoxDiffers,
    CountChanged,
    CountNotValid,
    NotThisPollsScrutineer,
    SignaturesMissing,
)
from domain.polls.opening import CardsNotAccounted
from domain.polls.outcome import VoidBecause
from domain.polls.poll import PollClosed, PollCounted, PollInWrongStage, PollStage
from domain.projects.voted_list import ListAlreadyAnnounced, VotedListAnnounced, voted_list_stream
from domain.shared import Missing, NotPermitted
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import by, granted
from tests.support.voters import ballot, cast, cast_all, row

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
Sign = Callable[..., int]


def count(hall: Hall, box: Box | None = None) -> int:
    return counting.count_poll(hall.office, box or hall.box, hall.private, by(hall.clerk), hall.poll)


def count_of(hall: Hall) -> PollCounted:
    counted = hall.state.counted
    assert counted is not None
    return counted


def said(hall: Hall) -> dict[str, Any]:
    return read_count(count_of(hall).count)


def signers(hall: Hall) -> list[str]:
    return [signature.name for signature in hall.state.signatures]


def declare(hall: Hall, notice_number: str = "〔2026〕5号") -> int:
    return counting.declare_poll(
        hall.office, hall.private, by(hall.clerk), hall.poll, notice_number=notice_number, on=date(2026, 1, 22)
    )


@pytest.fixture
def signed_hall(counted_hall: Hall, sign: Sign) -> Hall:
    for person in (counted_hall.chief, *counted_hall.scrutineers):
        sign(counted_hall, person)
    return counted_hall


def test_cards_without_a_ballot_count_as_not_returned(open_hall: Hall) -> None:
    cast_all(open_hall, but=1)
    open_hall.close()
    count(open_hall)
    outcome = said(open_hall)["outcome"]
    assert (outcome["issued"], outcome["returned"], outcome["not_returned"]) == (12, 11, 1)


@ONE_STORE
def test_nothing_is_counted_while_the_box_is_open(open_hall: Hall) -> None:
    cast_all(open_hall)
    with pytest.raises(PollInWrongStage):
        count(open_hall)


@ONE_STORE
def test_an_undecodable_ballot_is_void_as_a_whole(open_hall: Hall) -> None:
    """It cannot come through the door, but whoever wrote into the box himself changes no figure but this."""
    cast(open_hall, open_hall.cards[0], row(open_hall, 1, 2))
    strange = packed(b"not a ballot of this form", form=open_hall.form_hash)
    open_hall.box.cast(open_hall.poll, card_id(open_hall.cards[1]), strange)
    open_hall.close()
    count(open_hall)
    outcome = said(open_hall)["outcome"]
    assert (outcome["returned"], outcome["void_ballots"]) == (2, 1)
    assert [item["void"] for item in outcome["items"]] == [1] * 6


@ONE_STORE
def test_a_box_that_holds_something_else_than_was_recorded_is_not_counted(
    open_hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast_all(open_hall)
    open_hall.close()
    lost = open_hall.box.ballots(open_hall.poll)[1:]
    monkeypatch.setattr(open_hall.box, "ballots", lambda _: lost)
    with pytest.raises(BoxDiffers) as refusal:
        count(open_hall)
    assert (refusal.value.recorded, refusal.value.found) == (12, 11)


@ONE_STORE
def test_rule_2_more_ballots_than_cards_void_the_whole_poll(
    office: Office, box: Box, monkeypatch: pytest.MonkeyPatch, sign: Sign
) -> None:
    """Thirteen ballots for twelve cards: nothing is computed or shown, nobody signs, a new poll is prepared."""
    hall = polls.open_hall(office, box)
    stuffed = [ballot(hall, row(hall, 1), number) for number in range(13)]
    closing = Closing(ballots=13, root="00" * 32)
    monkeypatch.setattr(box, "close", lambda _: closing)
    monkeypatch.setattr(box, "closing", lambda _: closing)
    monkeypatch.setattr(box, "ballots", lambda _: stuffed)
    hall.close()
    count(hall)
    assert count_of(hall).void_because == VoidBecause.RETURNED_EXCEEDS_ISSUED
    assert said(hall)["columns"] is None
    with pytest.raises(CountNotValid):
        sign(hall, hall.chief)
    with pytest.raises(CountNotValid):
        declare(hall)
    preparing.cancel_poll(office, by(hall.clerk), hall.poll, "收回多于发出，重新投票")
    assert hall.state.stage is PollStage.CANCELLED


@ONE_STORE
def test_a_drawn_card_that_was_voided_while_the_poll_opened_stops_the_count(open_hall: Hall) -> None:
    """Twelve were drawn, but only eleven could vote: the vote is repeated."""
    open_hall.box.void(open_hall.poll, card_id(open_hall.cards[0]), VoidReason.SPOILED)
    open_hall.close()
    with pytest.raises(CardsNotAccounted) as refusal:
        count(open_hall)
    assert (refusal.value.printed, refusal.value.voided, refusal.value.drawn) == (14, 3, 12)
    preparing.cancel_poll(open_hall.office, by(open_hall.clerk), open_hall.poll, "票卡数不符，重新投票")
    assert open_hall.state.stage is PollStage.CANCELLED


def test_a_recount_comes_to_the_same_and_voids_the_signatures(signed_hall: Hall, sign: Sign) -> None:
    first = count_of(signed_hall)
    assert signed_hall.state.is_signed
    count(signed_hall)
    again = count_of(signed_hall)
    assert (again.version, again.count_hash) == (2, first.count_hash)
    assert signers(signed_hall) == []
    with pytest.raises(SignaturesMissing):
        declare(signed_hall)
    sign(signed_hall, signed_hall.chief)
    assert signed_hall.state.signatures[0].version == 2


@ONE_STORE
@pytest.mark.parametrize("role", [Role.VENUE, Role.DELEGATE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_counting_and_declaring_are_the_offices_acts(signed_hall: Hall, role: Role) -> None:
    somebody = granted(role, signed_hall.congress)
    with pytest.raises(NotPermitted) as counted:
        counting.count_poll(signed_hall.office, signed_hall.box, signed_hall.private, by(somebody), signed_hall.poll)
    with pytest.raises(NotPermitted) as declared:
        counting.declare_poll(
            signed_hall.office,
            signed_hall.private,
            by(somebody),
            signed_hall.poll,
            notice_number="5",
            on=date(2026, 1, 22),
        )
    assert (counted.value.act, declared.value.act) == (Act.COUNT_POLL, Act.DECLARE_POLL)


@ONE_STORE
def test_the_office_does_not_sign(counted_hall: Hall, sign: Sign) -> None:
    with pytest.raises(NotPermitted) as refusal:
        sign(counted_hall, counted_hall.clerk)
    assert refusal.value.act == Act.SIGN_COUNT


@ONE_STORE
def test_a_delegate_who_is_no_scrutineer_does_not_sign(counted_hall: Hall, sign: Sign) -> None:
    with pytest.raises(NotPermitted):
        sign(counted_hall, counted_hall.delegate(5))


@ONE_STORE
def test_a_scrutineer_who_was_replaced_does_not_sign(office: Office, box: Box, sign: Sign) -> None:
    hall = polls.prepared(office, box)
    for people in (hall.delegates[4:7], hall.delegates[:3]):
        chief, *others = [entry.delegate for entry in people]
        preparing.approve_scrutineers(office, by(hall.clerk), hall.poll, chief, others)
    hall.release()
    hall.seat()
    hall.open()
    hall.close()
    count(hall)
    with pytest.raises(NotThisPollsScrutineer) as refusal:
        sign(hall, hall.delegate(4))
    assert refusal.value.name == hall.delegates[4].name


def test_a_signature_takes_the_sign_in_password_once_more(counted_hall: Hall, sign: Sign) -> None:
    with pytest.raises(WrongPassword):
        sign(counted_hall, counted_hall.chief, password="somebody else's")
    assert signers(counted_hall) == []
    sign(counted_hall, counted_hall.chief)
    signature = counted_hall.state.signatures[-1]
    assert (signature.name, signature.form) == (counted_hall.chief.name, "password")
    assert signature.count_hash == count_of(counted_hall).count_hash


@ONE_STORE
def test_what_is_signed_is_the_count_that_was_shown(counted_hall: Hall, sign: Sign) -> None:
    with pytest.raises(CountChanged):
        sign(counted_hall, counted_hall.chief, shown="0" * 64)


@ONE_STORE
def test_each_scrutineer_signs_once(counted_hall: Hall, sign: Sign) -> None:
    sign(counted_hall, counted_hall.chief)
    with pytest.raises(AlreadySigned):
        sign(counted_hall, counted_hall.chief)


@ONE_STORE
def test_rule_14_no_declaration_before_three_have_signed(counted_hall: Hall, sign: Sign) -> None:
    for person in (counted_hall.chief, counted_hall.scrutineers[0]):
        sign(counted_hall, person)
        with pytest.raises(SignaturesMissing):
            declare(counted_hall)
    sign(counted_hall, counted_hall.scrutineers[1])
    declare(counted_hall)


@ONE_STORE
def test_a_notice_has_its_number(signed_hall: Hall) -> None:
    with pytest.raises(Missing):
        declare(signed_hall, "  ")


@ONE_STORE
def test_a_declared_poll_is_neither_declared_nor_counted_nor_signed_again(signed_hall: Hall, sign: Sign) -> None:
    declare(signed_hall)
    again_and_again: tuple[Callable[[], int], ...] = (
        lambda: declare(signed_hall),
        lambda: count(signed_hall),
        lambda: sign(signed_hall, signed_hall.chief),
    )
    for again in again_and_again:
        with pytest.raises(PollInWrongStage):
            again()


@ONE_STORE
def test_a_declaration_is_recorded_whole_or_not_at_all(signed_hall: Hall) -> None:
    """The year has a voted list already: then nothing of the declaration is recorded."""
    office, end = signed_hall.office, signed_hall.office.history.last_position()
    stream = voted_list_stream(signed_hall.congress, 2026)
    announced = VotedListAnnounced(
        congress=signed_hall.congress,
        year=signed_hall.state.prepared.year,
        poll=signed_hall.poll,
        notice_number="1",
        announced_on=date(2026, 1, 1),
        projects=(),
    )
    office.record(by(), lambda desk: desk.add(stream, announced))
    with pytest.raises(ListAlreadyAnnounced):
        declare(signed_hall)
    assert office.history.last_position() == end + 1
    assert signed_hall.state.stage is PollStage.COUNTED


@ONE_STORE
def test_what_closed_the_poll_is_what_was_counted(signed_hall: Hall) -> None:
    assert isinstance(signed_hall.state.closed, PollClosed)
    assert said(signed_hall)["box"] == {
        "ballots": signed_hall.state.closed.ballots,
        "root": signed_hall.state.closed.root,
    }
