"""Ballot cards: printed once, dead until released by two, voided without a trace of which."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from application.check_in import undo_draw
from application.polls import cards, preparing
from domain.accounts.permissions import Act, Actor, Role
from domain.congress.session import CardAlreadyDrawn, NotCheckedIn
from domain.polls.ballot import CardIsVoid, VoidReason
from domain.polls.card import SECRET_BYTES, MistypedCode, Secret, card_id, printed_code, secret_from
from domain.polls.card_set import (
    CardOfAnotherSet,
    PrintAs,
    SecondDownload,
    SetAlreadyReleased,
    SetDiscarded,
    SetInUse,
    TwoScrutineersNeeded,
    UnknownCard,
)
from domain.polls.declaring import NotThisPollsScrutineer
from domain.polls.opening import CardsNotAccounted
from domain.polls.poll import PollInWrongStage
from domain.polls.voiding import VoidingNoted, evolve, voiding_streams
from domain.shared import Invalid, NotFound, NotPermitted
from tests.support.polls import BLUE, GREEN, Hall
from tests.support.stores import by, granted

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def zeros_and_a_number() -> Callable[[int], bytes]:
    """Randomness that is the same in every run."""
    numbers = iter(range(1, 10_000))
    return lambda length: next(numbers).to_bytes(length, "big")


def print_green(hall: Hall, key: str | None = None, count: int = 5, **other: object) -> list[Secret]:
    wanted = {
        "name": GREEN,
        "print_as": PrintAs.BARE_CODE,
        "cards": count,
        "per_sheet": 8,
        "present": [entry.delegate for entry in hall.delegates[:2]],
        "randomness": zeros_and_a_number(),
        **other,
    }
    return cards.print_card_set(hall.office, by(hall.clerk, key), hall.session, **wanted)[1]  # type: ignore[arg-type]  # as above


@ONE_STORE
def test_a_set_is_handed_out_once(hall: Hall) -> None:
    """Also when the very same form is sent again: the secrets are nowhere any more."""
    assert len(set(print_green(hall, key="form"))) == 5
    for key in ("form", "another form"):
        with pytest.raises(SecondDownload) as refusal:
            print_green(hall, key=key)
        assert refusal.value.card_set == GREEN


@ONE_STORE
def test_no_secret_is_kept_anywhere(hall: Hall, tmp_path: Path) -> None:
    secrets = [*hall.secrets, *print_green(hall)]
    files = sorted(tmp_path.glob("*"))
    assert any(path.name == "piaojue.db" for path in files)
    kept = b"".join(path.read_bytes() for path in files if path.is_file())
    with sqlite3.connect(tmp_path / "piaojue.db") as connection:
        kept += "\n".join(connection.iterdump()).encode()
    assert not any(secret[:20].encode() in kept for secret in secrets)


@ONE_STORE
@pytest.mark.parametrize("count", [0, 5001])
def test_a_set_has_a_sensible_size(hall: Hall, count: int) -> None:
    with pytest.raises(Invalid) as refusal:
        print_green(hall, count=count)
    assert refusal.value.field == "cards"


@ONE_STORE
def test_two_delegates_watch_the_printing(hall: Hall) -> None:
    one = hall.delegates[0].delegate
    with pytest.raises(TwoScrutineersNeeded):
        print_green(hall, present=[one, one])
    with pytest.raises(NotFound):
        print_green(hall, present=[one, uuid4()])


@ONE_STORE
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.STAFF, Role.SCRUTINEER)])
def test_only_office_and_scrutineers_print_cards(hall: Hall, role: Role) -> None:
    with pytest.raises(NotPermitted) as refusal:
        cards.print_card_set(
            hall.office,
            by(granted(role, hall.congress)),
            hall.session,
            name=GREEN,
            print_as=PrintAs.ADDRESS,
            cards=5,
            per_sheet=8,
            present=[],
            randomness=zeros_and_a_number(),
        )
    assert refusal.value.act == Act.PRINT_CARDS


@ONE_STORE
def test_a_print_that_failed_is_discarded(hall: Hall) -> None:
    print_green(hall)
    cards.discard_card_set(hall.office, by(hall.clerk), hall.session, GREEN.number, "卡纸")
    with pytest.raises(SetDiscarded):
        cards.discard_card_set(hall.office, by(hall.clerk), hall.session, GREEN.number, "卡纸")
    with pytest.raises(NotFound):
        cards.discard_card_set(hall.office, by(hall.clerk), hall.session, 7, "卡纸")


@ONE_STORE
def test_the_set_of_a_poll_is_not_discarded(hall: Hall) -> None:
    with pytest.raises(SetInUse):
        cards.discard_card_set(hall.office, by(hall.clerk), hall.session, 1, "卡纸")


def test_the_chief_and_one_scrutineer_release_the_set(hall: Hall) -> None:
    cards.release_card_set(hall.office, by(hall.scrutineers[1]), hall.poll, hall.chief)
    with pytest.raises(SetAlreadyReleased):
        hall.release()


@ONE_STORE
def test_the_office_does_not_release_cards(hall: Hall) -> None:
    for first, second in ((hall.clerk, hall.chief), (hall.chief, hall.clerk)):
        with pytest.raises(NotPermitted) as refusal:
            cards.release_card_set(hall.office, by(first), hall.poll, second)
        assert refusal.value.act == Act.RELEASE_CARDS


@ONE_STORE
def test_releasing_takes_the_chief_and_somebody_else(hall: Hall) -> None:
    with pytest.raises(TwoScrutineersNeeded):
        cards.release_card_set(hall.office, by(hall.chief), hall.poll, hall.chief)
    with pytest.raises(NotThisPollsScrutineer):
        cards.release_card_set(hall.office, by(hall.scrutineers[0]), hall.poll, hall.scrutineers[1])


@ONE_STORE
def test_a_scrutineer_who_was_replaced_releases_nothing(hall: Hall) -> None:
    for people in (hall.delegates[4:7], hall.delegates[:3]):
        chief, *others = [entry.delegate for entry in people]
        preparing.approve_scrutineers(hall.office, by(hall.clerk), hall.poll, chief, others)
    with pytest.raises(NotThisPollsScrutineer) as refusal:
        cards.release_card_set(hall.office, by(hall.chief), hall.poll, hall.delegate(4))
    assert refusal.value.name == hall.delegates[4].name


def test_a_left_over_card_is_voided_by_its_code_in_any_writing(hall: Hall) -> None:
    ways: tuple[Callable[[Secret], str], ...] = (
        lambda secret: secret,
        lambda secret: printed_code(secret).lower(),
        lambda secret: f"https://rd.example.cn/v#{secret}",
    )
    for secret, way in zip(hall.secrets, ways, strict=False):
        cards.void_card(hall.office, hall.box, by(hall.clerk), hall.poll, way(secret), VoidReason.LEFT_OVER)
        assert hall.box.is_void(hall.poll, card_id(secret))
    assert hall.box.counts(hall.poll).voided == 3


@ONE_STORE
def test_who_voided_a_card_is_recorded_and_which_is_not(hall: Hall) -> None:
    hall.void(hall.secrets[0], VoidReason.SPOILED)
    noticed = hall.office.history.select(0, 10_000)[-1]
    assert noticed.fact == VoidingNoted(congress=hall.congress, poll=hall.poll, reason=VoidReason.SPOILED)
    assert noticed.by == hall.clerk.account


@ONE_STORE
def test_a_card_is_voided_once(hall: Hall) -> None:
    hall.void(hall.secrets[0])
    end = hall.office.history.last_position()
    with pytest.raises(CardIsVoid):
        hall.void(hall.secrets[0])
    assert hall.office.history.last_position() == end


@ONE_STORE
def test_a_code_that_was_mistyped_or_is_of_another_set_voids_nothing(hall: Hall) -> None:
    wrong = hall.secrets[0][:-1] + ("0" if hall.secrets[0][-1] != "0" else "1")
    with pytest.raises(MistypedCode):
        hall.void(Secret(wrong))
    with pytest.raises(UnknownCard):
        hall.void(secret_from(bytes(SECRET_BYTES)))
    with pytest.raises(CardOfAnotherSet) as refusal:
        hall.void(print_green(hall)[0])
    assert (refusal.value.card_set, refusal.value.open_sets) == (GREEN, (BLUE,))
    assert hall.box.counts(hall.poll).voided == 0


def test_eight_scanners_void_at_once_and_nobody_scans_again(hall: Hall) -> None:
    """They are different accounts; meanwhile cards are drawn."""
    hall.release()
    for place in range(4):
        hall.check_in(place)
    venues = [granted(Role.VENUE, hall.congress) for _ in range(8)]

    def scan(place: int) -> None:
        cards.void_card(hall.office, hall.box, by(venues[place]), hall.poll, hall.secrets[place], VoidReason.SPOILED)

    with ThreadPoolExecutor(12) as hands:
        list(
            hands.map(
                lambda act: act(), [*(partial(scan, n) for n in range(8)), *(partial(hall.draw, n) for n in range(4))]
            )
        )
    assert hall.box.counts(hall.poll).voided == 8
    noted = hall.office.states_of(voiding_streams(hall.poll), evolve).values()
    assert sum(one.spoiled for one in noted) == 8


@ONE_STORE
@pytest.mark.parametrize("role", [Role.DELEGATE, Role.AUDITOR, Role.GOVERNMENT])
def test_who_has_no_business_at_the_desk_voids_nothing(hall: Hall, role: Role) -> None:
    somebody: Actor = granted(role, hall.congress)
    with pytest.raises(NotPermitted):
        cards.void_card(hall.office, hall.box, by(somebody), hall.poll, hall.secrets[0], VoidReason.SPOILED)


@ONE_STORE
def test_no_card_is_voided_once_voting_has_begun(open_hall: Hall) -> None:
    with pytest.raises(PollInWrongStage):
        open_hall.void(open_hall.cards[0], VoidReason.SPOILED)
    assert not open_hall.box.is_void(open_hall.poll, card_id(open_hall.cards[0]))


def test_rule_13_a_spoiled_card_is_replaced_and_counts_once(hall: Hall) -> None:
    """Twelve cards drawn, one of them spoiled and replaced: 14 printed, 2 voided, 12 live, issued 12."""
    hall.release()
    for place in range(12):
        hall.check_in(place)
        hall.draw(place)
    spoiled, *good = hall.secrets[:13]
    with pytest.raises(CardAlreadyDrawn):
        hall.draw(0)
    hall.void(spoiled, VoidReason.SPOILED)
    with pytest.raises(CardsNotAccounted) as refusal:
        hall.open()
    assert (refusal.value.printed, refusal.value.voided, refusal.value.drawn) == (14, 1, 12)
    hall.void(hall.secrets[13])
    hall.open()
    assert hall.state.opened is not None
    assert hall.state.opened.issued == len(good)
    assert (hall.state.issued, hall.state.cards_spoiled) == (12, 1)


@ONE_STORE
def test_rule_13_an_absent_delegate_draws_no_card(hall: Hall) -> None:
    hall.release()
    with pytest.raises(NotCheckedIn):
        hall.draw(4)


@ONE_STORE
def test_a_card_given_back_before_the_opening_is_voided_like_any_other(hall: Hall) -> None:
    hall.release()
    hall.check_in(0)
    hall.draw(0)
    undo_draw(hall.office, by(hall.clerk), hall.session, hall.poll, hall.delegates[0].delegate)
    for place in range(12):
        if place:
            hall.check_in(place)
            hall.draw(place)
    hall.account_for_cards(11)
    hall.open()
    assert hall.state.opened is not None
    assert (hall.state.opened.attending, hall.state.opened.issued) == (12, 11)
