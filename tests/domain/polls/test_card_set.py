import random
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from domain.polls.card import SECRET_BYTES, CardId, Secret, card_id, secret_from
from domain.polls.card_set import (
    CardOfAnotherSet,
    CardSet,
    CardSetPrinted,
    PrintAs,
    SecondDownload,
    SetAlreadyBound,
    SetAlreadyReleased,
    SetDiscarded,
    SetInUse,
    SetName,
    SetNotBound,
    SetNotReleased,
    TwoScrutineersNeeded,
    UnknownCard,
    admit_card,
    bind_card_set,
    card_set_stream,
    discard_card_set,
    evolve,
    print_card_set,
    release_card_set,
    require_live,
)
from domain.shared import Invalid, Missing

CONGRESS, SESSION, POLL, OTHER_POLL, CHIEF, LI, WANG = (uuid4() for _ in range(7))
BLUE = SetName(colour="blue", word="杨树", number=2)
GREEN = SetName(colour="green", word="白桦", number=3)


def secrets(count: int, seed: int = 7) -> list[Secret]:
    randomness = random.Random(seed)
    return [secret_from(randomness.randbytes(SECRET_BYTES)) for _ in range(count)]


def printed(
    name: SetName = BLUE,
    cards: list[Secret] | None = None,
    current: CardSet | None = None,
    present: tuple[UUID, ...] = (LI, WANG),
    per_sheet: int = 10,
) -> CardSetPrinted:
    return print_card_set(
        current,
        congress=CONGRESS,
        session=SESSION,
        name=name,
        print_as=PrintAs.BARE_CODE,
        secrets=secrets(5) if cards is None else cards,
        per_sheet=per_sheet,
        present=present,
    )


def card_set(name: SetName = BLUE, *, released: bool = True, poll: UUID | None = POLL, seed: int = 7) -> CardSet:
    one = evolve(None, printed(name, secrets(5, seed)))
    if released:
        one = evolve(one, release_card_set(one, chief=CHIEF, scrutineer=LI))
    if poll:
        one = evolve(one, bind_card_set(one, poll=poll))
    return one


def card_of(seed: int) -> CardId:
    return card_id(secrets(1, seed)[0])


def test_only_the_sorted_hashes_of_a_printed_set_are_stored() -> None:
    made = secrets(50)
    fact = printed(cards=made)
    assert list(fact.cards) == sorted(card_id(secret) for secret in made)
    assert not any(secret[:20] in repr(fact) for secret in made)


def test_a_sheet_is_streamed_once_and_the_second_download_is_refused() -> None:
    with pytest.raises(SecondDownload) as refusal:
        printed(current=card_set())
    assert refusal.value.card_set == BLUE


def test_a_number_names_one_set_of_a_session() -> None:
    assert card_set_stream(SESSION, 2) == card_set_stream(SESSION, 2) != card_set_stream(SESSION, 3)


@pytest.mark.parametrize("present", [(), (LI,), (LI, LI)])
def test_two_scrutineers_are_present_when_cards_are_printed(present: tuple[UUID, ...]) -> None:
    with pytest.raises(TwoScrutineersNeeded):
        printed(present=present)


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (lambda: printed(SetName(colour=" ", word="", number=1)), Missing),
        (lambda: printed(SetName(colour="red", word="松", number=0)), Invalid),
        (lambda: printed(per_sheet=0), Invalid),
        (lambda: printed(cards=[]), Invalid),
        (lambda: printed(cards=secrets(1) * 2), Invalid),
    ],
)
def test_a_set_has_a_name_a_number_and_cards_that_differ(
    attempt: Callable[[], object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        attempt()


def test_the_chief_and_one_other_scrutineer_release_a_set_once() -> None:
    fresh = card_set(released=False, poll=None)
    with pytest.raises(TwoScrutineersNeeded):
        release_card_set(fresh, chief=CHIEF, scrutineer=CHIEF)
    with pytest.raises(SetAlreadyReleased):
        release_card_set(card_set(), chief=CHIEF, scrutineer=LI)


def test_a_set_serves_one_poll_only() -> None:
    with pytest.raises(SetAlreadyBound) as refusal:
        bind_card_set(card_set(), poll=OTHER_POLL)
    assert refusal.value.poll == POLL


def test_cards_are_dead_until_the_set_is_released_and_bound() -> None:
    assert card_set().is_live
    with pytest.raises(SetNotReleased):
        require_live(card_set(released=False))
    with pytest.raises(SetNotBound):
        require_live(card_set(poll=None))


def test_a_set_may_be_released_before_or_after_it_is_bound() -> None:
    bound_first = card_set(released=False)
    assert evolve(bound_first, release_card_set(bound_first, chief=CHIEF, scrutineer=LI)).is_live


def test_a_discarded_set_is_out_of_use_for_good() -> None:
    spoiled = card_set(poll=None)
    gone = evolve(spoiled, discard_card_set(spoiled, reason="打印机卡纸", poll_has_opened=False))
    for attempt in (
        lambda: release_card_set(gone, chief=CHIEF, scrutineer=LI),
        lambda: bind_card_set(gone, poll=POLL),
        lambda: discard_card_set(gone, reason="again", poll_has_opened=False),
        lambda: require_live(gone),
    ):
        with pytest.raises(SetDiscarded):
            attempt()


def test_a_set_is_not_discarded_once_its_cards_may_have_been_cast() -> None:
    with pytest.raises(SetInUse):
        discard_card_set(card_set(), reason="lost", poll_has_opened=True)
    with pytest.raises(Missing):
        discard_card_set(card_set(), reason="  ", poll_has_opened=False)


def test_a_card_of_another_set_is_told_so_by_name() -> None:
    """This card is blue, set 2; the poll now open is green, set 3."""
    sets = [card_set(BLUE, seed=7, poll=OTHER_POLL), card_set(GREEN, seed=8)]
    with pytest.raises(CardOfAnotherSet) as refusal:
        admit_card(card_of(7), poll=POLL, sets=sets)
    assert (refusal.value.card_set, refusal.value.open_sets) == (BLUE, (GREEN,))
    admit_card(card_of(8), poll=POLL, sets=sets)


def test_a_card_of_a_spare_set_is_told_so_too() -> None:
    sets = [card_set(BLUE, seed=7, poll=None), card_set(GREEN, seed=8)]
    with pytest.raises(CardOfAnotherSet):
        admit_card(card_of(7), poll=POLL, sets=sets)


def test_a_card_nobody_printed_is_unknown() -> None:
    with pytest.raises(UnknownCard):
        admit_card(card_of(99), poll=POLL, sets=[card_set()])


def test_a_set_begins_by_being_printed() -> None:
    with pytest.raises(ValueError, match="printed"):
        evolve(None, release_card_set(card_set(released=False), chief=CHIEF, scrutineer=LI))
